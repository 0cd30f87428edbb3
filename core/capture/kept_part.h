// SPDX-License-Identifier: GPL-3.0-or-later
// From where on a growing file keeps its packets, agreed between the thread that writes it and the one that
// indexes it: the writer asks for room, the indexer grants it between two batches, and only then is anything
// taken away. So nobody reads bytes that are just going, and no packet goes unindexed.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace wirestage {

class KeptPart {
public:
    /// Packets that begin before it have given way.
    [[nodiscard]] std::uint64_t from() const { return from_.load(std::memory_order_acquire); }
    /// Whoever writes would like to take away what is before it; more than from() while nobody has agreed.
    [[nodiscard]] std::uint64_t wanted() const { return wanted_.load(std::memory_order_acquire); }

    // --- whoever indexes ---
    /// Somebody will come: until then nothing gives way that nobody has seen.
    void expect(bool somebody);
    void attach();
    void detach();
    /// Nothing before `offset`, which was wanted, is going to be read. False where that must wait.
    bool grant(std::uint64_t offset);
    /// The index is made: what it tells of stays.
    void close();

    // --- whoever writes ---
    enum class Patience { DoesNotWait, WaitsForTheIndex, WaitsForAll };
    /// Asks for what is before `offset`, and takes away, by `take`, what is granted. False where it will
    /// never be granted.
    bool ask(std::uint64_t offset, Patience patience, const std::function<void(std::uint64_t before)>& take);
    /// From any thread: nobody waits any longer.
    void hurry();

    /// As long as it lives nothing is taken away: for who reads the file without the index.
    [[nodiscard]] std::shared_ptr<const void> hold();

private:
    std::atomic<std::uint64_t> from_{0}, wanted_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    int readers_ = 0, holds_ = 0;
    bool expected_ = false, closed_ = false, hurried_ = false;
    [[nodiscard]] bool unread() const { return readers_ == 0 && !expected_; } ///< expects the lock
};

} // namespace wirestage
