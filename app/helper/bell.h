// SPDX-License-Identifier: GPL-3.0-or-later
// Something a thread can wait for in poll(2) together with sockets and pipes: an eventfd(2).
#pragma once

namespace wirestage::helper {

class Bell {
public:
    /// Throws std::system_error where the system has no descriptor left.
    Bell();
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;
    ~Bell();

    /// From any thread, and from a signal handler.
    void ring() const noexcept;
    /// Until it rings again, descriptor() is not readable.
    void silence() const noexcept;
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

/// SIGINT, SIGTERM, SIGHUP, and SIGALRM ring the bell from now on, which must outlive the program's work;
/// SIGPIPE is ignored. They interrupt a system call that blocks, and again every second, lest one be missed.
void ringOnSignals(const Bell& bell);
/// After so many seconds it is as if a signal had come.
void ringAfter(double seconds);
/// Did such a signal come?
bool signalCame();

} // namespace wirestage::helper
