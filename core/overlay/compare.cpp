// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/overlay/compare.h"

#include "core/overlay/candidates.h"
#include "core/overlay/reading.h"
#include "core/overlay/telling.h"

#include <algorithm>
#include <array>
#include <set>

namespace wirestage::overlay {

using lesson::StepResult;
using lesson::StepStatus;

namespace {

constexpr std::size_t mostWeighed = 200;      ///< exchanges that are matched message by message
constexpr std::size_t mostMessages = 200'000; ///< that are decoded for it
constexpr std::array<std::string_view, 4> verdicts{"same", "different", "not_found", "partly"};

/// Of a group those exchanges that the reading takes something from.
std::vector<ExchangeId> contributing(const Reading& reading, const Capture& capture) {
    std::set<ExchangeId> found;
    for (const StepResult& one : reading.result.steps)
        if (one.status == StepStatus::Matched || one.status == StepStatus::OutOfOrder ||
            (one.status == StepStatus::Unexpected && !one.broken.empty())) { // what must not come
            const ExchangeId id = capture.exchangeOf(reading.messages[one.message].ref.packet);
            const ExchangeId parent = id == none ? none : capture.row(id).parent;
            const bool inGroup =
                std::find(reading.exchanges.begin(), reading.exchanges.end(), id) != reading.exchanges.end();
            found.insert(inGroup || parent == none ? id : parent);
        }
    return {found.begin(), found.end()};
}

class Search {
public:
    Search(const Reference& what, const Capture& from, const std::vector<ExchangeId>& among)
        : reference(what), capture(from), candidates(from, what, among) {}

    Comparison run();

private:
    void weigh(ExchangeId seed);
    void consider(Reading& own, const lesson::Pattern& pattern, const std::string& place,
                  const std::vector<ExchangeId>& group, bool related);
    void considerBeginner(Reading& own, const std::vector<ExchangeId>& group);
    [[nodiscard]] bool isTakenAt(const std::string& participant);
    Reading readGroup(const lesson::Pattern& pattern, const std::vector<ExchangeId>& group, ExchangeId seed,
                      bool related);

    const Reference& reference;
    const Capture& capture;
    const Candidates candidates;
    std::optional<Reading> best;
    std::vector<Scored> scored;
    std::size_t messagesRead = 0;
    std::map<std::string, bool> takenAt; ///< participant → see isTakenAt
};

/// What a group does not need is not part of it, and the messages of that are not looked at as strays.
Reading Search::readGroup(const lesson::Pattern& pattern, const std::vector<ExchangeId>& group,
                          ExchangeId seed, bool related) {
    Reading reading = read(capture, pattern, group, seed, related);
    messagesRead += reading.messages.size();
    const auto needed = contributing(reading, capture);
    if (group.size() == 1 || needed.empty() || needed.size() == group.size())
        return reading;
    Reading trimmed = read(capture, pattern, needed, seed, related);
    return reading.betterThan(trimmed) ? std::move(reading) : std::move(trimmed);
}

void Search::consider(Reading& own, const lesson::Pattern& pattern, const std::string& place,
                      const std::vector<ExchangeId>& group, bool related) {
    if (own.result.satisfied() && own.result.found)
        return;
    Reading other = readGroup(pattern, group, own.seed, related);
    other.place = place;
    if (other.betterThan(own))
        own = std::move(other);
}

/// Whether the capture may have been taken at this participant: everything in it is from there, for there, or
/// for everybody.
bool Search::isTakenAt(const std::string& participant) {
    const auto [known, isNew] = takenAt.try_emplace(participant, true);
    const auto isThere = [&](HostId host) { return host != none && capture.host(host).name == participant; };
    for (ExchangeId id = 0; isNew && known->second && id < capture.exchangeCount(); ++id) {
        const ExchangeRow row = capture.row(id);
        if (row.responder == none || isThere(row.originator) || isThere(row.responder))
            continue;
        const MessageList list = capture.messages({id});
        for (std::uint64_t at = 0; at < list.size() && known->second; ++at)
            known->second = capture.message(list.at(at)).to == none;
    }
    return known->second;
}

/// As whoever begins sees it, until one such is found. What others say to each other is then neither there
/// nor missing.
void Search::considerBeginner(Reading& own, const std::vector<ExchangeId>& group) {
    if (own.fits() || !reference.beginner || (best && best->fits()))
        return;
    const Reference::Place& beginner = *reference.beginner;
    Reading other = readGroup(patternAt(reference, beginner), group, own.seed, group.size() > 1);
    const auto role = other.result.roles.find(beginner.name);
    if (role == other.result.roles.end() || !isTakenAt(role->second))
        return;
    const auto unseen = [&](const StepResult& one) {
        return one.step != StepResult::npos && !beginner.seen[one.step] && one.message != StepResult::npos;
    };
    if (std::any_of(other.result.steps.begin(), other.result.steps.end(), unseen))
        return;
    const auto& steps = reference.pattern.steps;
    const auto all = std::count_if(steps.begin(), steps.end(),
                                   [](const lesson::PatternStep& step) { return !step.optional; });
    other.score *=
        static_cast<double>(other.required) / static_cast<double>(std::max<std::ptrdiff_t>(1, all));
    other.seen = beginner.seen;
    if (!own.betterThan(other))
        own = std::move(other);
}

/// The exchange alone if that will do, else with others, else as it is seen from one of the reference's
/// places.
void Search::weigh(ExchangeId seed) {
    Reading own = readGroup(reference.pattern, {seed}, seed, false);
    const auto relatives = reference.exchanges > 1 ? candidates.relativesOf(seed) : std::vector{seed};
    if (const auto strangers = candidates.strangersOf(seed); strangers.size() > 1)
        consider(own, reference.pattern, {}, strangers, false);
    if (relatives.size() > 1)
        consider(own, reference.pattern, {}, relatives, true);
    for (const Reference::Place& place : reference.places) {
        const lesson::Pattern pattern = patternAt(reference, place);
        consider(own, pattern, place.name, {seed}, false);
        if (relatives.size() > 1)
            consider(own, pattern, place.name, relatives, true);
    }
    considerBeginner(own, {seed});
    if (relatives.size() > 1)
        considerBeginner(own, relatives);
    // Neighbours may have come to a reading without the exchange itself.
    const auto used = contributing(own, capture);
    if (!own.result.found || std::find(used.begin(), used.end(), seed) == used.end())
        return;
    scored.push_back({seed, own.score});
    if (!best || own.betterThan(*best))
        best = std::move(own);
}

Comparison Search::run() {
    Comparison comparison;
    comparison.reference = reference.name;
    comparison.candidates = candidates.seeds().size();
    for (const ExchangeId seed : candidates.seeds()) {
        if (comparison.weighed == mostWeighed || messagesRead > mostMessages)
            break;
        ++comparison.weighed;
        weigh(seed);
    }
    if (best) {
        comparison.verdict = !best->result.satisfied() ? Verdict::Different
                             : best->seen.empty()      ? Verdict::Same
                                                       : Verdict::Partly;
        comparison.exchanges = contributing(*best, capture);
        comparison.exchange = best->seed;
        comparison.score = best->score;
        comparison.roles = best->result.roles;
        comparison.seenFrom = best->place;
        comparison.leftOut = best->leftOut;
        std::stable_sort(scored.begin(), scored.end(),
                         [](const Scored& a, const Scored& b) { return a.score > b.score; });
        for (const Scored& one : scored)
            if (std::find(comparison.exchanges.begin(), comparison.exchanges.end(), one.exchange) ==
                comparison.exchanges.end())
                comparison.others.push_back(one);
    }
    if (best)
        tell(reference, capture, *best, comparison);
    else
        comparison.sentence = notFound(reference);
    return comparison;
}

} // namespace

std::string_view name(Verdict verdict) {
    return verdicts[static_cast<std::size_t>(verdict)];
}

Comparison compare(const Reference& reference, const Capture& capture, const std::vector<ExchangeId>& among) {
    return Search(reference, capture, among).run();
}

Comparison nothingLike(const Reference& reference) {
    Comparison comparison;
    comparison.reference = reference.name;
    comparison.sentence = notFound(reference);
    return comparison;
}

} // namespace wirestage::overlay
