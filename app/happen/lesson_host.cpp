// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/lesson_host.h"

#include "app/happen/frame_device.h"
#include "app/happen/private_network.h"
#include "app/happen/trouble.h"
#include "core/simulation/application.h"

#include <algorithm>
#include <cstdio>

namespace wirestage::happen {
namespace {

constexpr const char* outside = "outside";
/// Whoever closes first stays that long; nobody wants to watch a minute of it.
constexpr Time timeWait = 1 * simulation::second;
constexpr Time longestAsking = 60 * simulation::second;
constexpr Time longestAnswering = 86400 * simulation::second;

const simulation::NodeSetup& nodeNamed(const lesson::Lesson& lesson, std::string_view host) {
    const auto& nodes = lesson.network.nodes;
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const auto& one) { return one.name == host; });
    if (found == nodes.end() || found->role != simulation::NodeRole::Host || found->interfaces.empty())
        throw Trouble("the lesson " + lesson.id + " has no host " + std::string(host));
    return *found;
}

} // namespace

simulation::NetworkSetup alone(const lesson::Lesson& lesson, std::string_view host, bool asks,
                               const std::optional<Login>& login) {
    simulation::NetworkSetup made;
    simulation::NodeSetup node = nodeNamed(lesson, host);
    node.interfaces.resize(1);
    node.neighbours.clear(); // a real neighbour is asked
    node.tcp.timeWait = timeWait;
    simulation::NodeSetup other;
    other.name = outside;
    other.interfaces.emplace_back().hardware = {{0x02, 0, 0, 0, 0xff, 0xff}};
    simulation::LinkSetup cable;
    cable.name = "cable";
    cable.nodeA = node.name;
    cable.interfaceA = node.interfaces.front().name;
    cable.nodeB = outside;
    cable.interfaceB = other.interfaces.front().name;
    cable.delay = 0;
    made.limit = asks ? longestAsking : longestAnswering;
    made.nodes = {std::move(node), std::move(other)};
    made.links = {std::move(cable)};
    const auto& script = lesson.network.script;
    const auto step =
        std::find_if(script.begin(), script.end(), [&](const auto& one) { return one.host == host; });
    if (!asks || step == script.end())
        return made;
    made.script = {*step};
    if (login) {
        made.script.front().settings.set("user", login->user);
        made.script.front().settings.set("password", login->password);
    }
    return made;
}

int playLessonHost(simulation::NetworkSetup network) {
    takeAddress(endInterface); // the kernel would answer as well
    FrameDevice device(packetSocket(endInterface));
    network.start = device.start();
    network.seed = static_cast<std::uint64_t>(device.start());
    const simulation::Run run = simulate(network, outside, device);
    if (run.problem)
        std::fprintf(stderr, "wirestage-happen: %s: %s\n", network.nodes.front().name.c_str(),
                     english(*run.problem).c_str());
    if (!device.problem().empty())
        throw Trouble(device.problem());
    return run.problem ? 1 : 0;
}

} // namespace wirestage::happen
