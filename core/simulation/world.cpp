// SPDX-License-Identifier: GPL-3.0-or-later
// The run from its start to its end.
#include "core/simulation/world.h"

#include "core/simulation/host.h"
#include "core/simulation/network_check.h"
#include "core/simulation/switch.h"

#include <algorithm>

namespace wirestage::simulation {

namespace {
/// So many events without a step of the clock are a circle.
constexpr std::uint32_t mostEventsOfAMoment = 100'000;

/// Where frames leave the simulation.
class Exit final : public Node {
public:
    Exit(World& inWorld, OutsideNode& toOutside) : world(inWorld), outside(toOutside) {}
    void frameArrived(std::uint32_t /*interface*/, std::uint32_t frame, bool damaged) override {
        outside.take(world.bytesOf(frame, damaged), world.now());
    }

private:
    World& world;
    OutsideNode& outside;
};
} // namespace

World::World(const NetworkSetup& networkSetup, Interference* interferer)
    : network(networkSetup), interferer_(interferer), clock(networkSetup.start), links(*this), steps(*this) {
    result.start = result.end = network.start;
}
World::~World() = default;

Run World::run() {
    for (const NodeSetup& node : network.nodes)
        record(node);
    if (std::optional<Text> why = whatIsImpossible(network, result)) {
        stop(std::move(*why));
        return std::move(result);
    }
    makeNodes();
    for (const auto& node : nodes)
        node->start();
    steps.start();
    if (outside)
        happenWithOutside();
    else
        while (!queue.empty() && mayGoOn())
            happen();
    finish();
    return std::move(result);
}

void World::happen() {
    eventsOfThisMoment = queue.next() == clock ? eventsOfThisMoment + 1 : 0;
    clock = queue.next();
    result.end = clock;
    queue.take()();
}

void World::give(std::string_view node, OutsideNode& to) {
    outsideName = node;
    outside = &to;
}

/// Whatever the outside sends comes in between: it is asked before each event, and waits in its stead. A
/// frame that is found when that event is overdue has come before it: no timer of ours fires for want of what
/// has long been there, because the machine had no time for us. Hosts that nobody has told anything are there
/// to answer.
void World::happenWithOutside() {
    const Time limit = network.start + network.limit;
    const bool onlyAnswers = network.script.empty();
    while (isSound()) {
        const bool more = !queue.empty() && queue.next() <= limit;
        if (!more && !onlyAnswers && steps.isOver())
            return;
        const Time next = more ? queue.next() : limit;
        if (auto sent = outside->wait(next)) {
            clock = std::max(clock, std::min(sent->time, next - 1));
            result.end = clock;
            if (outsideId != nobody)
                send(outsideId, 0, std::move(sent->frame), nobody);
        } else if (more)
            happen();
        else
            return reachLimit();
    }
}

void World::record(const NodeSetup& node) {
    RunNode& known = result.nodes.emplace_back();
    known.name = node.name;
    known.isRouter = node.role == NodeRole::Router;
    known.isSwitch = node.role == NodeRole::Switch;
    for (const InterfaceSetup& interface : node.interfaces) {
        RunInterface& its = known.interfaces.emplace_back();
        its.name = interface.name;
        its.hardware = interface.hardware;
        if (interface.address.version != 0)
            its.addresses.push_back(interface.address);
    }
}

void World::makeNodes() {
    for (NodeId id = 0; id < network.nodes.size(); ++id)
        if (outside && network.nodes[id].name == outsideName) {
            nodes.push_back(std::make_unique<Exit>(*this, *outside));
            outsideId = id;
        } else if (network.nodes[id].role == NodeRole::Switch)
            nodes.push_back(std::make_unique<Switch>(*this, id));
        else
            nodes.push_back(std::make_unique<Host>(*this, id));
}

bool World::isSound() {
    if (result.problem)
        return false;
    if (result.frames.size() >= network.mostFrames) {
        stop(WS_TR("simulation", "stopped after %1 frames").with(result.frames.size()));
        return false;
    }
    if (eventsOfThisMoment > mostEventsOfAMoment) {
        stop(WS_TR("simulation", "stopped: the hosts go round in a circle without time passing"));
        return false;
    }
    return true;
}

bool World::mayGoOn() {
    if (!isSound())
        return false;
    if (queue.next() - network.start <= network.limit)
        return true;
    reachLimit();
    return false;
}

void World::reachLimit() {
    if (queue.waiting(Pending::Frame) == 0 && steps.isOver())
        return;
    result.end = network.start + network.limit;
    stop(WS_TR("simulation", "stopped after %1, and it was not over").with(durationInWords(network.limit)));
}

void World::finish() {
    if (const auto step = result.problem ? std::nullopt : steps.neverGiven())
        stop(WS_TR("simulation", "step %1 (%2) was never given: step %3 did not come to its end")
                 .with(*step + 1)
                 .with(network.script[*step].verb)
                 .with(*network.script[*step].after + 1));
    for (SentFrame& frame : result.frames) {
        std::stable_sort(frame.passages.begin(), frame.passages.end(),
                         [](const Passage& a, const Passage& b) { return a.entered < b.entered; });
        std::stable_sort(frame.arrivals.begin(), frame.arrivals.end(),
                         [](const Arrival& a, const Arrival& b) { return a.time < b.time; });
    }
    for (TimerSpan& timer : result.timers)
        if (timer.running)
            timer.ended = result.end;
}

void World::send(NodeId from, std::uint32_t interface, std::vector<std::uint8_t> bytes, std::uint32_t hopOf) {
    const auto index = static_cast<std::uint32_t>(result.frames.size());
    SentFrame& frame = result.frames.emplace_back();
    frame.from = from;
    frame.interface = interface;
    frame.sent = clock;
    frame.bytes = std::move(bytes);
    frame.hopOf = hopOf;
    const Verdict verdict = interferer_ ? interferer_->onSend(frame, index) : Verdict{};
    if (const LinkId link = result.nodes[from].interfaces[interface].link; link != nobody)
        links.enter(index, link, from, false, verdict);
}

void World::handOn(NodeId from, std::uint32_t port, std::uint32_t frame, bool damaged) {
    if (const LinkId link = result.nodes[from].interfaces[port].link; link != nobody)
        links.enter(frame, link, from, damaged, {});
}

bool World::takeIn(NodeId node, std::uint32_t interface, std::uint32_t frame, bool damaged) {
    SentFrame& sent = result.frames[frame];
    if (interferer_ && interferer_->missedBy(sent, frame, node))
        return false;
    sent.arrivals.push_back({node, interface, clock, damaged});
    return true;
}

Bytes World::bytesOf(std::uint32_t frame, bool damaged) const {
    const SentFrame& sent = result.frames[frame];
    return damaged ? sent.damagedBytes : sent.bytes;
}

void World::stop(Text why) {
    if (!result.problem)
        result.problem = std::move(why);
}

Run simulate(const NetworkSetup& setup, Interference* interference) {
    return World(setup, interference).run();
}

Run simulate(const NetworkSetup& setup, std::string_view node, OutsideNode& outside,
             Interference* interference) {
    World world(setup, interference);
    world.give(node, outside);
    return world.run();
}

} // namespace wirestage::simulation
