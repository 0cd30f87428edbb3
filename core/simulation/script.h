// SPDX-License-Identifier: GPL-3.0-or-later
// The script of a run: which steps are due, which wait for another, and whether all have come to their end.
#pragma once

#include "core/simulation/network.h"

#include <vector>

namespace wirestage::simulation {

class World;

class Script {
public:
    explicit Script(World& inWorld);

    void start();
    void finished(CommandId step); ///< once; more often is no matter
    [[nodiscard]] bool isOver() const { return open == 0; }
    /// A step that was never given because the one before it never ended; its place in the script.
    [[nodiscard]] std::optional<std::uint32_t> neverGiven() const;

private:
    void plan(std::uint32_t step);
    void give(std::uint32_t step);

    enum class State : std::uint8_t { Waiting, Planned, Given, Finished };
    World& world;
    std::vector<State> states;
    std::size_t open;
};

} // namespace wirestage::simulation
