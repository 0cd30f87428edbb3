// SPDX-License-Identifier: GPL-3.0-or-later
// The SIGBUS handler. It may interrupt any thread anywhere, so it takes no lock and allocates nothing: the
// registered ranges stand in a fixed table of atomics, and mmap is a bare system call.
#include "core/capture/bus_error.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>

namespace wirestage {
namespace {

struct Range {
    std::atomic<bool> taken{false};
    std::atomic<std::uintptr_t> start{0}; // written last when a range is set up, zeroed first when it goes
    std::atomic<std::uintptr_t> end{0};
    std::atomic<std::atomic<bool>*> raised{nullptr};
};

std::array<Range, 64> ranges;
struct sigaction previous;

void passOn(int signal, siginfo_t* info, void* context) {
    if (previous.sa_flags & SA_SIGINFO) {
        previous.sa_sigaction(signal, info, context);
    } else if (previous.sa_handler == SIG_DFL || previous.sa_handler == SIG_IGN) {
        // What happens now is what would have happened without us, to an access and to a signal that was
        // sent.
        sigaction(signal, &previous, nullptr);
        raise(signal);
    } else {
        previous.sa_handler(signal);
    }
}

bool replacePages(std::uintptr_t address) {
    for (Range& range : ranges) {
        const std::uintptr_t start = range.start.load(std::memory_order_acquire);
        const std::uintptr_t end = range.end.load(std::memory_order_acquire);
        if (start == 0 || address < start || address >= end)
            continue;
        const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
        const std::uintptr_t from = address & ~(page - 1);
        // Everything behind the first unreadable page is replaced at once: one signal, not one a page.
        void* where = reinterpret_cast<void*>(from); // NOLINT(performance-no-int-to-ptr)
        if (mmap(where, end - from, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
            return false;
        if (std::atomic<bool>* raised = range.raised.load(std::memory_order_acquire))
            raised->store(true, std::memory_order_release);
        return true;
    }
    return false;
}

void onBusError(int signal, siginfo_t* info, void* context) {
    const int saved = errno;
    const bool sentBySomebody = info->si_code <= 0; // it has no address then
    if (sentBySomebody || !replacePages(reinterpret_cast<std::uintptr_t>(info->si_addr)))
        passOn(signal, info, context);
    errno = saved;
}

void install() {
    static std::once_flag once;
    std::call_once(once, [] {
        struct sigaction ours {};
        ours.sa_sigaction = onBusError;
        ours.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigemptyset(&ours.sa_mask);
        sigaction(SIGBUS, &ours, &previous);
    });
}

} // namespace

BusErrorGuard::BusErrorGuard(const void* start, std::size_t size, std::atomic<bool>& raised) {
    install();
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        bool expected = false;
        if (!ranges[i].taken.compare_exchange_strong(expected, true))
            continue;
        const auto from = reinterpret_cast<std::uintptr_t>(start);
        ranges[i].raised.store(&raised, std::memory_order_release);
        ranges[i].end.store(from + size, std::memory_order_release);
        ranges[i].start.store(from, std::memory_order_release);
        slot_ = static_cast<int>(i);
        return;
    }
}

BusErrorGuard::~BusErrorGuard() {
    if (slot_ < 0)
        return;
    Range& range = ranges[static_cast<std::size_t>(slot_)];
    range.start.store(0, std::memory_order_release);
    range.end.store(0, std::memory_order_release);
    range.raised.store(nullptr, std::memory_order_release);
    range.taken.store(false, std::memory_order_release);
}

} // namespace wirestage
