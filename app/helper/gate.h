// SPDX-License-Identifier: GPL-3.0-or-later
// Threads start, wait here, and go on together. (std::latch would call sched_yield(2), which confinement
// forbids.)
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace wirestage::helper {

class Gate {
public:
    /// Of a thread that starts: tells that it is there, and waits for open().
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
    }

    void awaitArrivals(std::size_t threads) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ == threads; });
    }

    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t waiting_ = 0;
    bool open_ = false;
};

} // namespace wirestage::helper
