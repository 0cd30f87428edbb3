// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/forbidden.h"

#include "app/helper/complaint.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace wirestage::helper {
namespace {

// Each is one system call; when it comes back, whatever it says, confinement has a hole.
constexpr std::array<std::pair<std::string_view, void (*)()>, 14> deeds{{
    {"open", [] { syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY); }},
    {"socket", [] { syscall(SYS_socket, AF_INET, SOCK_DGRAM, 0); }},
    {"send", [] { syscall(SYS_sendto, 99, nullptr, 0, 0, nullptr, 0); }},
    {"connect", [] { syscall(SYS_connect, 0, nullptr, 0); }},
    {"exec",
     [] {
         char* const nothing[] = {nullptr};
         syscall(SYS_execve, "/bin/true", nothing, nothing);
     }},
    {"fork", [] { syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr); }},
    {"thread", [] { syscall(SYS_clone3, nullptr, 0); }},
    {"ptrace", [] { syscall(SYS_ptrace, PTRACE_TRACEME, 0, nullptr, nullptr); }},
    {"kill", [] { syscall(SYS_kill, 1, 0); }},
    {"code",
     [] { syscall(SYS_mmap, nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }},
    {"protect", [] { syscall(SYS_mprotect, nullptr, 0, PROT_EXEC); }},
    {"read", [] { syscall(SYS_read, STDIN_FILENO, nullptr, 0); }},
    {"write", [] { syscall(SYS_write, 99, nullptr, 0); }},
    {"prctl", [] { syscall(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0); }},
}};

} // namespace

std::function<void()> forbiddenDeed(std::span<const char* const>& arguments) {
    if (arguments.size() < 2 || std::string_view(arguments[0]) != "--try-forbidden")
        return {};
    const std::string_view wanted = arguments[1];
    arguments = arguments.subspan(2);
    for (const auto& [name, deed] : deeds)
        if (name == wanted)
            return [name = name, deed = deed] {
                deed();
                tell("got away with " + std::string(name));
            };
    complain("no deed is called " + std::string(wanted));
    std::exit(static_cast<int>(Status::WrongUsage));
}

} // namespace wirestage::helper
