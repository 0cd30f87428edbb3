// SPDX-License-Identifier: GPL-3.0-or-later
// The checks, and the links' ends by number.
#include "core/simulation/network_check.h"

#include <algorithm>
#include <numeric>

namespace wirestage::simulation {

namespace {

struct End {
    NodeId node = nobody;
    std::uint32_t interface = 0;
};

std::optional<End> endNamed(const Run& run, std::string_view node, std::string_view interface) {
    for (NodeId id = 0; id < run.nodes.size(); ++id) {
        if (run.nodes[id].name != node)
            continue;
        const auto& interfaces = run.nodes[id].interfaces;
        const auto found = std::find_if(interfaces.begin(), interfaces.end(),
                                        [&](const RunInterface& i) { return i.name == interface; });
        if (found != interfaces.end())
            return End{id, static_cast<std::uint32_t>(found - interfaces.begin())};
    }
    return std::nullopt;
}

std::optional<Text> enterLinks(const NetworkSetup& setup, Run& run) {
    for (const LinkSetup& link : setup.links) {
        const auto a = endNamed(run, link.nodeA, link.interfaceA);
        const auto b = endNamed(run, link.nodeB, link.interfaceB);
        if (!a || !b)
            return WS_TR("simulation", "link %1 leads to %2 %3, which does not exist")
                .with(link.name)
                .with(a ? link.nodeB : link.nodeA)
                .with(a ? link.interfaceB : link.interfaceA);
        const auto id = static_cast<LinkId>(run.links.size());
        for (const End& end : {*a, *b}) {
            LinkId& plugged = run.nodes[end.node].interfaces[end.interface].link;
            if (plugged != nobody)
                return WS_TR("simulation", "%1 %2 has two links, but an interface takes one")
                    .with(run.nodes[end.node].name)
                    .with(run.nodes[end.node].interfaces[end.interface].name);
            plugged = id;
        }
        run.links.push_back({link.name, a->node, b->node, a->interface, b->interface});
    }
    return std::nullopt;
}

/// There is no spanning tree here (IEEE 802.1D): in a circle of switches a broadcast would run for ever.
std::optional<Text> circleOfSwitches(const Run& run) {
    std::vector<NodeId> group(run.nodes.size());
    std::iota(group.begin(), group.end(), 0);
    for (const RunLink& link : run.links) {
        if (!run.nodes[link.a].isSwitch || !run.nodes[link.b].isSwitch)
            continue;
        const NodeId one = group[link.a], other = group[link.b];
        if (one == other)
            return WS_TR("simulation", "link %1 closes a circle of switches").with(link.name);
        std::replace(group.begin(), group.end(), other, one);
    }
    return std::nullopt;
}

std::optional<Text> wrongStep(const NetworkSetup& setup) {
    for (std::size_t i = 0; i < setup.script.size(); ++i) {
        const ScriptStep& step = setup.script[i];
        const auto host = std::find_if(setup.nodes.begin(), setup.nodes.end(),
                                       [&](const NodeSetup& node) { return node.name == step.host; });
        if (host == setup.nodes.end() || host->role == NodeRole::Switch)
            return WS_TR("simulation", "step %1: there is no host %2").with(i + 1).with(step.host);
        if (!typeForVerb(*host, step.verb))
            return WS_TR("simulation", "step %1: nobody knows how to “%2”").with(i + 1).with(step.verb);
        if (step.after && *step.after >= i)
            return WS_TR("simulation", "step %1 must wait for an earlier one").with(i + 1);
    }
    return std::nullopt;
}

} // namespace

const ApplicationType* typeForVerb(const NodeSetup& node, std::string_view verb) {
    for (const ApplicationSetup& application : node.applications)
        if (application.type)
            for (const VerbSpec& known : application.type->verbs)
                if (known.name == verb)
                    return application.type;
    return verbNamed(verb).type;
}

std::optional<Text> whatIsImpossible(const NetworkSetup& setup, Run& run) {
    for (const NodeSetup& node : setup.nodes) {
        for (const InterfaceSetup& interface : node.interfaces)
            if (interface.mtu < 68)
                return WS_TR("simulation", "%1 %2: an MTU below 68 bytes is impossible (RFC 791)")
                    .with(node.name)
                    .with(interface.name);
        if (node.role != NodeRole::Switch && node.interfaces.empty())
            return WS_TR("simulation", "%1 has no interface").with(node.name);
    }
    if (auto why = enterLinks(setup, run))
        return why;
    if (auto why = circleOfSwitches(run))
        return why;
    return wrongStep(setup);
}

} // namespace wirestage::simulation
