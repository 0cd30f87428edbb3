// SPDX-License-Identifier: GPL-3.0-or-later
// The links of a network: how long a frame takes over each, how many may wait for it, and what an
// Interference does to it there.
#pragma once

#include "core/simulation/network.h"

#include <array>
#include <deque>
#include <vector>

namespace wirestage::simulation {

class World;

class Links {
public:
    explicit Links(World& inWorld);

    /// `from` begins to send the frame into the link, or queues it. `verdict` is what has been decided about
    /// the frame before; what Interference::onLink says is added.
    void enter(std::uint32_t frame, LinkId link, NodeId from, bool damaged, Verdict verdict);

private:
    struct Direction {
        Time free = 0;            ///< when the last bit of what was accepted so far has left
        std::deque<Time> waiting; ///< when each frame that has not begun yet will begin
    };
    struct Link {
        std::array<Direction, 2> directions;
        std::uint32_t frames = 0;
    };
    [[nodiscard]] std::optional<Time> reserve(const LinkSetup& setup, Direction& direction, std::size_t size);
    void pass(std::uint32_t frame, LinkId link, bool forth, const Verdict& verdict, bool damaged,
              Time entered);

    World& world;
    std::vector<Link> links;
};

/// Flips a bit of the innermost payload, or of the last header where there is none, so that the checksum of
/// whoever it is for does not fit any more.
std::vector<std::uint8_t> damagedFrame(Bytes frame);

} // namespace wirestage::simulation
