// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/bell.h"

#include <atomic>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <sys/time.h>
#include <system_error>
#include <unistd.h>

namespace wirestage::helper {
namespace {

std::atomic<const Bell*> rungBySignals = nullptr;
std::atomic<bool> came = false;
static_assert(std::atomic<const Bell*>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

void onSignal(int) {
    const int before = errno;
    came = true;
    rungBySignals.load()->ring();
    alarm(1); // a signal just before a write(2) that blocks would not interrupt it
    errno = before;
}

} // namespace

Bell::Bell() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0)
        throw std::system_error(errno, std::generic_category(), "eventfd");
}

Bell::~Bell() {
    close(descriptor_);
}

void Bell::ring() const noexcept {
    // It fails only where the bell is ringing as loudly as it can.
    const std::uint64_t once = 1;
    [[maybe_unused]] const ssize_t written = write(descriptor_, &once, sizeof once);
}

void Bell::silence() const noexcept {
    std::uint64_t times = 0;
    [[maybe_unused]] const ssize_t taken = read(descriptor_, &times, sizeof times);
}

void ringOnSignals(const Bell& bell) {
    rungBySignals = &bell;
    struct sigaction action {};
    action.sa_handler = onSignal; // without SA_RESTART: a blocked write(2) must end
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGALRM})
        sigaction(signal, &action, nullptr);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, nullptr);
}

void ringAfter(double seconds) {
    double whole = 0;
    const double fraction = std::modf(seconds, &whole);
    itimerval timer{};
    timer.it_value.tv_sec = static_cast<time_t>(whole);
    timer.it_value.tv_usec = static_cast<suseconds_t>(fraction * 1e6);
    setitimer(ITIMER_REAL, &timer, nullptr);
}

bool signalCame() {
    return came;
}

} // namespace wirestage::helper
