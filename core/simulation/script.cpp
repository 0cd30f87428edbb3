// SPDX-License-Identifier: GPL-3.0-or-later
// Steps at their times, or after another step.
#include "core/simulation/script.h"

#include "core/simulation/host.h"
#include "core/simulation/world.h"

namespace wirestage::simulation {

Script::Script(World& inWorld)
    : world(inWorld), states(inWorld.setup().script.size(), State::Waiting), open(states.size()) {}

void Script::start() {
    for (std::uint32_t i = 0; i < states.size(); ++i)
        if (!world.setup().script[i].after)
            plan(i);
}

void Script::plan(std::uint32_t step) {
    states[step] = State::Planned;
    world.events().at(world.now() + world.setup().script[step].at, Pending::Step,
                      [this, step] { give(step); });
}

void Script::give(std::uint32_t step) {
    const ScriptStep& what = world.setup().script[step];
    states[step] = State::Given;
    for (NodeId id = 0; id < world.setup().nodes.size(); ++id)
        if (world.setup().nodes[id].name == what.host)
            if (auto* const host = dynamic_cast<Host*>(&world.node(id)))
                return host->obey({step, what.verb, what.settings});
}

void Script::finished(CommandId step) {
    if (step >= states.size() || states[step] != State::Given)
        return;
    states[step] = State::Finished;
    --open;
    for (std::uint32_t i = 0; i < states.size(); ++i)
        if (states[i] == State::Waiting && world.setup().script[i].after == step)
            plan(i);
}

std::optional<std::uint32_t> Script::neverGiven() const {
    for (std::uint32_t i = 0; i < states.size(); ++i)
        if (states[i] == State::Waiting)
            return i;
    return std::nullopt;
}

} // namespace wirestage::simulation
