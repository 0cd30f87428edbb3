// SPDX-License-Identifier: GPL-3.0-or-later
// Batches of packets as a reader's thread would make them, and what is in blocks again.
#pragma once

#include "app/helper/blocks.h"
#include "app/helper/packet_queue.h"

#include <string>
#include <string_view>
#include <vector>

namespace wirestage::helper::test {

/// One packet, whose bytes are the text.
inline std::string packet(std::uint32_t interface, Time time, std::string_view text = "text") {
    std::string block;
    appendPacket(block, interface, time, static_cast<std::uint32_t>(text.size()),
                 Bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
    return block;
}

inline Batch batch(std::uint32_t device, const std::vector<Time>& times, Moment handedOver = {}) {
    Batch made;
    made.device = device;
    made.handedOver = handedOver;
    for (const Time time : times) {
        made.blocks += packet(device, time);
        made.latest = std::max(made.latest, time);
        ++made.packets;
    }
    return made;
}

inline std::vector<Time> timesIn(std::string_view blocks) {
    std::vector<Time> times;
    for (; !blocks.empty(); blocks.remove_prefix(lengthOfBlock(blocks)))
        times.push_back(timeOfPacket(blocks));
    return times;
}

} // namespace wirestage::helper::test
