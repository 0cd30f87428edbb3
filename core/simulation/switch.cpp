// SPDX-License-Identifier: GPL-3.0-or-later
// Learning and flooding.
#include "core/simulation/switch.h"

#include "core/protocols/eth/eth_wire.h"

namespace wirestage::simulation {

namespace {
constexpr Time ageing = 300 * second; // IEEE 802.1D, table 7-5
}

void Switch::frameArrived(std::uint32_t port, std::uint32_t frame, bool damaged) {
    Reader reader(world.bytesOf(frame, damaged));
    EthHeader header;
    if (!readHeader(reader, header))
        return;
    if (!header.source.isGroup())
        table[header.source] = {port, world.now()};
    const auto known = header.destination.isGroup() ? table.end() : table.find(header.destination);
    if (known != table.end() && world.now() - known->second.last <= ageing) {
        if (known->second.port != port)
            world.handOn(id, known->second.port, frame, damaged);
        return;
    }
    for (std::uint32_t other = 0; other < world.setup().nodes[id].interfaces.size(); ++other)
        if (other != port)
            world.handOn(id, other, frame, damaged);
}

} // namespace wirestage::simulation
