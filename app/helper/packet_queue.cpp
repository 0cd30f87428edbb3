// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/packet_queue.h"

#include <algorithm>
#include <utility>

namespace wirestage::helper {
namespace {

constexpr std::size_t mostSpare = 8;

/// Small batches are put together: a slow trickle that nobody fetches must not take a whole batch each time.
bool joined(std::vector<Batch>& waiting, const Batch& batch) {
    if (waiting.empty() || waiting.back().device != batch.device ||
        waiting.back().blocks.size() + batch.blocks.size() > Batch::size)
        return false;
    Batch& last = waiting.back();
    last.blocks += batch.blocks;
    last.packets += batch.packets;
    last.latest = std::max(last.latest, batch.latest);
    last.handedOver = batch.handedOver;
    return true;
}

} // namespace

bool PacketQueue::put(Batch& batch) {
    bool isFirst = false;
    {
        const std::lock_guard lock(mutex_);
        if (bytes_ + batch.blocks.size() > mostBytes_)
            return false;
        bytes_ += batch.blocks.size();
        isFirst = waiting_.empty();
        if (joined(waiting_, batch)) {
            batch.blocks.clear();
        } else {
            waiting_.push_back(std::move(batch));
            renew(batch);
        }
    }
    batch.packets = 0;
    batch.latest = 0;
    if (isFirst)
        news_.ring();
    return true;
}

void PacketQueue::renew(Batch& batch) {
    batch.blocks.clear();
    if (!spare_.empty()) {
        batch.blocks = std::move(spare_.back());
        spare_.pop_back();
    }
    batch.blocks.reserve(Batch::size);
}

std::vector<Batch> PacketQueue::takeAll() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
}

void PacketQueue::giveBack(Batch batch) {
    const std::lock_guard lock(mutex_);
    bytes_ -= batch.blocks.size();
    if (spare_.size() < mostSpare) {
        batch.blocks.clear();
        spare_.push_back(std::move(batch.blocks));
    }
}

} // namespace wirestage::helper
