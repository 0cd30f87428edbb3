// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/kept_part.h"

#include <algorithm>

namespace wirestage {

void KeptPart::expect(bool somebody) {
    {
        const std::lock_guard lock(mutex_);
        expected_ = somebody;
    }
    changed_.notify_all();
}

void KeptPart::attach() {
    const std::lock_guard lock(mutex_);
    ++readers_;
    expected_ = false;
}

void KeptPart::detach() {
    {
        const std::lock_guard lock(mutex_);
        if (--readers_ == 0)
            closed_ = false;
    }
    changed_.notify_all();
}

bool KeptPart::grant(std::uint64_t offset) {
    {
        // Whoever indexes has others waiting: the next batch is early enough.
        const std::unique_lock lock(mutex_, std::try_to_lock);
        if (!lock.owns_lock())
            return false;
        from_.store(std::max(offset, from()), std::memory_order_release);
    }
    changed_.notify_all();
    return true;
}

void KeptPart::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    changed_.notify_all();
}

bool KeptPart::ask(std::uint64_t offset, Patience patience,
                   const std::function<void(std::uint64_t before)>& take) {
    std::unique_lock lock(mutex_);
    wanted_.store(std::max(offset, wanted()), std::memory_order_release);
    const auto granted = [&] {
        return (unread() || from() >= offset) && (holds_ == 0 || patience != Patience::WaitsForAll);
    };
    if (patience != Patience::DoesNotWait)
        changed_.wait(lock, [&] { return granted() || closed_ || hurried_; });
    if (unread())
        from_.store(wanted(), std::memory_order_release);
    if (holds_ == 0)
        take(from());
    return !closed_ || from() >= offset;
}

void KeptPart::hurry() {
    {
        const std::lock_guard lock(mutex_);
        hurried_ = true;
    }
    changed_.notify_all();
}

std::shared_ptr<const void> KeptPart::hold() {
    const std::lock_guard lock(mutex_);
    ++holds_;
    return {this, [](KeptPart* part) {
                {
                    const std::lock_guard release(part->mutex_);
                    --part->holds_;
                }
                part->changed_.notify_all();
            }};
}

} // namespace wirestage
