// SPDX-License-Identifier: GPL-3.0-or-later
// The list, as a filter of seccomp(2). Packets come through rings that are mapped already, so that not even
// their sockets are read from.
#include "app/helper/confinement.h"

#include <array>
#include <linux/if_packet.h>
#include <memory>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace wirestage::helper {
namespace {

// Without a look at their arguments.
constexpr std::array harmless{
    SCMP_SYS(poll),          SCMP_SYS(ppoll),           // waiting ...
    SCMP_SYS(futex),         SCMP_SYS(restart_syscall), // (after SIGSTOP and SIGCONT)
    SCMP_SYS(alarm),         SCMP_SYS(setitimer),       // ... but not for ever
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(brk),           SCMP_SYS(munmap),          SCMP_SYS(madvise),      SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(uname), // libpcap names the kernel where its ring is damaged
};

class Rules {
public:
    Rules() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release) {
        if (!context_)
            return;
        good_ = seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
                seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0;
    }

    template <class... Conditions>
    void allow(int call, Conditions... conditions) {
        if (good_)
            good_ = seccomp_rule_add(context_.get(), SCMP_ACT_ALLOW, call, sizeof...(conditions),
                                     conditions...) == 0;
    }

    bool load() { return good_ && seccomp_load(context_.get()) == 0; }

private:
    std::unique_ptr<void, void (*)(scmp_filter_ctx)> context_;
    bool good_ = false;
};

scmp_arg_cmp equals(unsigned argument, std::uint64_t value) {
    return {argument, SCMP_CMP_EQ, value, 0}; // the macro SCMP_CMP is C
}

scmp_arg_cmp without(unsigned argument, std::uint64_t bits) {
    return {argument, SCMP_CMP_MASKED_EQ, bits, 0};
}

} // namespace

std::optional<std::string> confine(const std::vector<int>& writable, const std::vector<int>& readable) {
    Rules rules;
    for (const int call : harmless)
        rules.allow(call);
    // Memory for packets, never for code.
    rules.allow(SCMP_SYS(mmap), without(2, PROT_EXEC));
    rules.allow(SCMP_SYS(mprotect), without(2, PROT_EXEC));
    for (const int descriptor : writable)
        rules.allow(SCMP_SYS(write), equals(0, static_cast<std::uint64_t>(descriptor)));
    rules.allow(SCMP_SYS(write), equals(0, STDERR_FILENO));
    for (const int descriptor : readable)
        rules.allow(SCMP_SYS(read), equals(0, static_cast<std::uint64_t>(descriptor)));
    // What an interface has dropped, why it is silent, whether it is there and up.
    rules.allow(SCMP_SYS(getsockopt), equals(1, SOL_PACKET), equals(2, PACKET_STATISTICS));
    rules.allow(SCMP_SYS(getsockopt), equals(1, SOL_SOCKET), equals(2, SO_ERROR));
    rules.allow(SCMP_SYS(ioctl), equals(1, SIOCGIFNAME));
    rules.allow(SCMP_SYS(ioctl), equals(1, SIOCGIFFLAGS));
    if (!rules.load())
        return "the program cannot be confined: this kernel has no seccomp filters";
    return std::nullopt;
}

} // namespace wirestage::helper
