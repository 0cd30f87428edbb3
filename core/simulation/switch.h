// SPDX-License-Identifier: GPL-3.0-or-later
// A learning switch (IEEE 802.1D, 7.8): it remembers behind which port each address was seen, hands a frame
// on to that port, and to all others where it does not know.
#pragma once

#include "core/simulation/world.h"

#include <map>

namespace wirestage::simulation {

class Switch final : public Node {
public:
    Switch(World& inWorld, NodeId ownId) : world(inWorld), id(ownId) {}
    void frameArrived(std::uint32_t port, std::uint32_t frame, bool damaged) override;

private:
    struct Seen {
        std::uint32_t port;
        Time last;
    };
    World& world;
    NodeId id;
    std::map<MacAddress, Seen> table;
};

} // namespace wirestage::simulation
