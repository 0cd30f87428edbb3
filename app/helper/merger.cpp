// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/merger.h"

#include "app/helper/blocks.h"

#include <algorithm>
#include <limits>

namespace wirestage::helper {

void Merger::add(Batch batch) {
    if (batch.blocks.empty())
        return;
    // Moments of our own clock say when, and not the packets' times: those of two devices need not tell the
    // truth.
    due_.push_back({batch.handedOver + hold_, batch.latest});
    devices_[batch.device].batches.push_back(std::move(batch));
}

Merger::Device* Merger::earliest(Time until) {
    Device* found = nullptr;
    Time time = until;
    for (Device& device : devices_) {
        if (device.batches.empty())
            continue;
        if (const Time first = timeOfPacket(device.rest()); first < time || (first == time && !found)) {
            found = &device;
            time = first;
        }
    }
    return found;
}

std::string Merger::take(Moment now, std::vector<Batch>& usedUp, bool all) {
    Time until = std::numeric_limits<Time>::min();
    for (; !due_.empty() && (all || due_.front().at <= now); due_.pop_front())
        until = std::max(until, due_.front().latest);
    std::string merged;
    while (Device* device = earliest(until)) {
        const std::string_view rest = device->rest();
        const std::size_t length = lengthOfBlock(rest);
        merged += rest.substr(0, length);
        device->offset += length;
        if (length == rest.size()) {
            usedUp.push_back(std::move(device->batches.front()));
            device->batches.pop_front();
            device->offset = 0;
        }
    }
    return merged;
}

std::optional<Moment> Merger::next() const {
    return due_.empty() ? std::nullopt : std::optional(due_.front().at);
}

} // namespace wirestage::helper
