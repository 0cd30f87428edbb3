// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson as a reference. Its own run is the one sure instance of its pattern, so it tells what no pattern
// says: which steps belong to one exchange, and what is to be seen of it from which link.
#include "core/overlay/reference.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace wirestage::overlay {

using lesson::LessonRun;
using lesson::StepResult;
using lesson::StepStatus;

namespace {

/// By step: the packets of the messages that it has in the run.
std::vector<std::vector<PacketIndex>> packetsOfSteps(const LessonRun& run) {
    const lesson::Pattern& pattern = run.lesson.pattern;
    auto messages = lesson::patternMessages(*run.whole, pattern);
    for (lesson::PatternMessage& one : messages)
        one.lost = run.message(one.ref).lost == true;
    const auto result = lesson::match(
        pattern, messages, [&](const MessageRef& ref) { return run.whole->describe(ref.packet); }, true);
    std::vector<std::vector<PacketIndex>> packets(pattern.steps.size());
    for (const StepResult& one : result.steps)
        if (one.status == StepStatus::Matched)
            packets[one.step].push_back(messages[one.message].ref.packet);
    return packets;
}

std::size_t exchangesOf(const LessonRun& run, const std::vector<std::vector<PacketIndex>>& packets) {
    std::set<ExchangeId> found;
    for (const auto& ofStep : packets)
        for (const PacketIndex packet : ofStep)
            if (const ExchangeId id = run.whole->exchangeOf(packet); id != none) {
                const ExchangeId parent = run.whole->row(id).parent;
                found.insert(parent == none ? id : parent);
            }
    return std::max<std::size_t>(1, found.size());
}

/// Links by the number of the network that they are part of: a switch joins those at its ports. A place is a
/// whole network, because which of its frames a port sees is up to the switch.
std::vector<simulation::LinkId> networksOf(const simulation::NetworkSetup& setup) {
    std::vector<simulation::LinkId> network(setup.links.size());
    std::iota(network.begin(), network.end(), simulation::LinkId{0});
    for (const simulation::NodeSetup& node : setup.nodes) {
        if (node.role != simulation::NodeRole::Switch)
            continue;
        std::vector<simulation::LinkId> joined;
        for (std::size_t link = 0; link < network.size(); ++link)
            if (setup.links[link].nodeA == node.name || setup.links[link].nodeB == node.name)
                joined.push_back(network[link]);
        for (simulation::LinkId& one : network)
            if (std::find(joined.begin(), joined.end(), one) != joined.end())
                one = *std::min_element(joined.begin(), joined.end());
    }
    return network;
}

/// Whether the packet was on its way through a network, lost there or not.
bool passes(const LessonRun& run, PacketIndex packet, const std::vector<simulation::LinkId>& networks,
            simulation::LinkId network) {
    for (PacketIndex hop = packet; hop < run.truths.size(); ++hop) {
        if (run.truths[hop].origin != packet)
            continue;
        const auto& passages = run.run.frames[run.truths[hop].frame].passages;
        if (std::any_of(passages.begin(), passages.end(), [&](const simulation::Passage& passage) {
                return networks[passage.link] == network;
            }))
            return true;
    }
    return false;
}

/// A place tells enough where whatever is not seen there is seen once more, handed on by another one: a
/// relay's other side has the same kinds of messages. Of a traceroute the last hop alone would be a mere
/// ping, and what a small packet does tells nothing of the large one that never came so far.
bool tellsEnough(const lesson::Pattern& pattern, const std::vector<bool>& seen) {
    std::set<std::string> senders;
    bool all = true, handedOn = true;
    for (std::size_t step = 0; step < seen.size(); ++step) {
        const lesson::PatternStep& own = pattern.steps[step];
        all = all && seen[step];
        if (seen[step])
            senders.insert(own.from);
        for (std::size_t other = 0; other < seen.size() && !seen[step]; ++other)
            if (seen[other] && pattern.steps[other].kinds == own.kinds &&
                pattern.steps[other].from != own.from)
                break;
            else
                handedOn = handedOn && other + 1 < seen.size();
    }
    return !all && handedOn && senders.size() > 1;
}

/// Nothing where the part that begins sends or is sent all that is required, or has nobody to talk to.
std::optional<Reference::Place> beginnerOf(const lesson::Pattern& pattern) {
    Reference::Place place;
    std::set<std::string> senders;
    bool all = true;
    for (const lesson::PatternStep& step : pattern.steps) {
        if (place.name.empty() && !step.optional && !step.never)
            place.name = step.from;
        const bool mayBeTo = step.to == place.name || step.to == "*" || (step.to.empty() && !step.never);
        place.seen.push_back(step.from == place.name || step.from.empty() || mayBeTo);
        if (step.optional || step.never)
            continue;
        all = all && place.seen.back();
        if (place.seen.back())
            senders.insert(step.from);
    }
    return all || place.name.empty() || senders.size() < 2 ? std::nullopt : std::optional(std::move(place));
}

} // namespace

Reference referenceOf(const LessonRun& run) {
    Reference reference;
    reference.name = run.file->id() + (run.choice.variant.empty() ? "" : "/" + run.choice.variant);
    reference.title = run.lesson.title;
    reference.pattern = run.lesson.pattern;
    const auto packets = packetsOfSteps(run);
    reference.exchanges = exchangesOf(run, packets);
    for (const auto& ofStep : packets)
        reference.times.push_back(ofStep.empty() ? std::nullopt
                                                 : std::optional(run.truths[ofStep.front()].sent));
    sinceTheFirst(reference.times);
    for (const auto& ofStep : packets)
        reference.examples.push_back(ofStep.empty() ? none : ofStep.front());
    for (const lesson::Host& host : run.lesson.hosts)
        reference.titles.emplace_back(host.name, host.title);
    const auto& setup = run.lesson.network;
    const auto networks = networksOf(setup);
    for (simulation::LinkId link = 0; link < networks.size(); ++link) {
        if (networks[link] != link)
            continue;
        Reference::Place place{setup.links[link].name, {}};
        for (const auto& ofStep : packets)
            place.seen.push_back(ofStep.empty() ||
                                 std::any_of(ofStep.begin(), ofStep.end(), [&](PacketIndex packet) {
                                     return passes(run, packet, networks, link);
                                 }));
        const bool known =
            std::any_of(reference.places.begin(), reference.places.end(),
                        [&](const Reference::Place& other) { return other.seen == place.seen; });
        if (!known && tellsEnough(reference.pattern, place.seen))
            reference.places.push_back(std::move(place));
    }
    reference.beginner = beginnerOf(reference.pattern);
    return reference;
}

void sinceTheFirst(std::vector<std::optional<Time>>& times) {
    std::optional<Time> first;
    for (const auto& time : times)
        if (time && (!first || *time < *first))
            first = time;
    for (auto& time : times)
        if (time)
            *time -= *first;
}

lesson::Pattern patternAt(const Reference& reference, const Reference::Place& place) {
    lesson::Pattern pattern = reference.pattern;
    for (std::size_t step = 0; step < pattern.steps.size(); ++step)
        if (!place.seen[step])
            pattern.steps[step].optional = true;
    return pattern;
}

} // namespace wirestage::overlay
