// SPDX-License-Identifier: GPL-3.0-or-later
// Packets on their way from the threads that read to the one that writes. They travel in batches, so that
// neither side takes the lock for each packet. The queue is bounded: a reader that finds no room drops, and
// the kernel's buffer goes on being emptied.
#pragma once

#include "app/helper/bell.h"
#include "core/capture/frame.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace wirestage::helper {

using Moment = std::chrono::steady_clock::time_point;

/// Packet blocks of one device, in the order in which it gave them.
struct Batch {
    static constexpr std::size_t size = 256 * 1024;

    std::string blocks;
    std::uint64_t packets = 0;
    Time latest = 0;   ///< of its packets' times
    Moment handedOver; ///< of its latest packet
    std::uint32_t device = 0;
};

class PacketQueue {
public:
    /// `news` rings when there is something to take again.
    PacketQueue(std::size_t mostBytes, const Bell& news) : mostBytes_(mostBytes), news_(news) {}

    /// Leaves an empty batch of the same device. False where there is no room: the batch is as it was.
    bool put(Batch& batch);

    /// Everything, in the order in which it came.
    std::vector<Batch> takeAll();
    /// Makes room again: what was taken counts until it was given back.
    void giveBack(Batch batch);

private:
    void renew(Batch& batch);

    const std::size_t mostBytes_;
    const Bell& news_;
    std::mutex mutex_;
    std::vector<Batch> waiting_;
    std::vector<std::string> spare_; ///< used last comes first: it is in the processor's cache
    std::size_t bytes_ = 0;
};

} // namespace wirestage::helper
