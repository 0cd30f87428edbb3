// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson as a reference. Its own run is the one sure instance of its pattern, so it tells what no pattern
// says: which steps belong to one exchange, and what is to be seen of it from which link.
#include "core/overlay/reference.h"

#include <algorithm>
#include <map>
#include <set>

namespace wirestage::overlay {

using lesson::LessonRun;
using lesson::StepResult;
using lesson::StepStatus;

namespace {

/// The packet that each step's first message is in; none: the run has none.
std::vector<PacketIndex> packetsOfSteps(const LessonRun& run) {
    const lesson::Pattern& pattern = run.lesson.pattern;
    const auto messages = lesson::patternMessages(*run.whole, pattern);
    const auto result = lesson::match(
        pattern, messages, [&](const MessageRef& ref) { return run.whole->describe(ref.packet); }, true);
    std::vector<PacketIndex> packets(pattern.steps.size(), none);
    for (const StepResult& one : result.steps)
        if (one.status == StepStatus::Matched && packets[one.step] == none)
            packets[one.step] = messages[one.message].ref.packet;
    return packets;
}

std::size_t exchangesOf(const LessonRun& run, const std::vector<PacketIndex>& packets) {
    std::set<ExchangeId> found;
    for (const PacketIndex packet : packets)
        if (packet != none)
            if (const ExchangeId id = run.whole->exchangeOf(packet); id != none) {
                const ExchangeId parent = run.whole->row(id).parent;
                found.insert(parent == none ? id : parent);
            }
    return std::max<std::size_t>(1, found.size());
}

/// Whether a link carried the packet, whether or not it was lost there.
bool passes(const LessonRun& run, PacketIndex packet, simulation::LinkId link) {
    for (PacketIndex hop = packet; hop < run.truths.size(); ++hop) {
        if (run.truths[hop].origin != packet)
            continue;
        const auto& passages = run.run.frames[run.truths[hop].frame].passages;
        if (std::any_of(passages.begin(), passages.end(),
                        [&](const simulation::Passage& passage) { return passage.link == link; }))
            return true;
    }
    return false;
}

/// Which steps a link carries. A switch that does not know a host yet sends one frame to all links; so what
/// two say to each other counts as seen where all of it passes.
std::vector<bool> seenAt(const LessonRun& run, const std::vector<PacketIndex>& packets,
                         simulation::LinkId link) {
    const auto& steps = run.lesson.pattern.steps;
    std::map<std::pair<std::string, std::string>, bool> pairs;
    const auto endsOf = [&](std::size_t step) {
        const auto& [low, high] = std::minmax(steps[step].from, steps[step].to);
        return std::pair(low, high);
    };
    for (std::size_t step = 0; step < steps.size(); ++step) {
        const auto place = pairs.try_emplace(endsOf(step), true).first;
        place->second = place->second && (packets[step] == none || passes(run, packets[step], link));
    }
    std::vector<bool> seen;
    for (std::size_t step = 0; step < steps.size(); ++step)
        seen.push_back(pairs.at(endsOf(step)));
    return seen;
}

/// A place tells enough where at least half of what is required is seen, from more than one sender: behind a
/// switch some host hears both broadcasts of a DHCP client, and that is no DORA.
bool tellsEnough(const lesson::Pattern& pattern, const std::vector<bool>& seen) {
    std::size_t required = 0, there = 0;
    std::set<std::string> senders;
    for (std::size_t step = 0; step < seen.size(); ++step) {
        required += !pattern.steps[step].optional;
        there += !pattern.steps[step].optional && seen[step];
        if (seen[step])
            senders.insert(pattern.steps[step].from);
    }
    return there < required && there * 2 >= required && there > 1 && senders.size() > 1;
}

} // namespace

Reference referenceOf(const LessonRun& run) {
    Reference reference;
    reference.name = run.file->id() + (run.choice.variant.empty() ? "" : "/" + run.choice.variant);
    reference.title = run.lesson.title;
    reference.pattern = run.lesson.pattern;
    const auto packets = packetsOfSteps(run);
    reference.exchanges = exchangesOf(run, packets);
    for (const std::string& name : run.file->vantagePoints()) {
        const auto found = lesson::findVantage(run.lesson, name);
        const auto* vantage = std::get_if<lesson::Vantage>(&found);
        if (!vantage || vantage->node != simulation::nobody)
            continue;
        Reference::Place place{name, seenAt(run, packets, vantage->link)};
        const bool known =
            std::any_of(reference.places.begin(), reference.places.end(),
                        [&](const Reference::Place& other) { return other.seen == place.seen; });
        if (!known && tellsEnough(reference.pattern, place.seen))
            reference.places.push_back(std::move(place));
    }
    return reference;
}

lesson::Pattern patternAt(const Reference& reference, const Reference::Place& place) {
    lesson::Pattern pattern = reference.pattern;
    for (std::size_t step = 0; step < pattern.steps.size(); ++step)
        if (!place.seen[step])
            pattern.steps[step].optional = true;
    return pattern;
}

} // namespace wirestage::overlay
