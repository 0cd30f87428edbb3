// SPDX-License-Identifier: GPL-3.0-or-later
// Which of several like messages a step means. The cheapest reading takes the first one that comes; where
// that breaks a rule, others are tried: one step's message, or those of both steps that the rule ties
// together (the segment that was lost and its repetition), and then what other rules say in turn.
#include "core/lesson/pattern_matcher.h"

#include <algorithm>

namespace wirestage::lesson {
namespace {

constexpr std::size_t mostProposals = 24;        ///< for one broken rule and one step of it
constexpr std::size_t mostEvaluations = 150'000; ///< of rules, for all of them
constexpr std::size_t mostTries = 300, leastTries = 20, mostWork = 16'000'000;
constexpr std::size_t mostKept = 100'000; ///< messages in the readings that are kept
constexpr unsigned mostInTurn = 2;        ///< rules that are mended because another one was

std::size_t brokenIn(const PatternResult& result) {
    std::size_t count = result.broken.size();
    for (const StepResult& one : result.steps)
        count += one.broken.size();
    return count;
}

std::size_t missingIn(const PatternResult& result) {
    return static_cast<std::size_t>(
        std::count_if(result.steps.begin(), result.steps.end(), [](const StepResult& one) {
            return one.status == StepStatus::Missing || one.status == StepStatus::OutOfOrder;
        }));
}

} // namespace

void Matcher::mendBrokenRules(PatternResult& result) {
    triesLeft = std::clamp(mostWork / std::max<std::size_t>(1, relevant.size() * states.size()), leastTries,
                           mostTries);
    evaluationsLeft = mostEvaluations;
    readings.clear();
    while (brokenIn(result) > 0 && mend(result, brokenIn(result), mostInTurn)) {
    }
}

/// Where rules are still broken, with the parts given to others.
void Matcher::recast(PatternResult& result) {
    std::vector<int> best = played;
    for (const auto& [cast, cost] : casts) {
        if (brokenIn(result) == 0)
            break;
        if (cast == best)
            continue;
        played = cast;
        pins.clear();
        weigh();
        PatternResult other = resultOf();
        mendBrokenRules(other);
        if (missingIn(other) > missingIn(result) || brokenIn(other) >= brokenIn(result))
            continue;
        result = std::move(other);
        best = cast;
    }
    played = std::move(best);
}

/// True, and `result` a reading that misses no more, if fewer than `target` rules are left broken.
bool Matcher::mend(PatternResult& result, std::size_t target, unsigned depth) {
    for (std::size_t place = 0; place < result.steps.size(); ++place)
        for (const Rule& rule : result.steps[place].broken) {
            const bool forbidden = result.steps[place].forbidden != StepResult::npos;
            for (const Pins& proposal :
                 forbidden ? proposalsWithout(result, place) : proposals(result, place, rule)) {
                const Pins before = pins; // what was chosen for another rule may stand in the way of this one
                if (tryPins(result, before, proposal, target, depth) ||
                    (!before.empty() && tryPins(result, {}, proposal, target, depth)))
                    return true;
                pins = before;
            }
        }
    return false;
}

bool Matcher::tryPins(PatternResult& result, const Pins& kept, const Pins& proposal, std::size_t target,
                      unsigned depth) {
    if (triesLeft == 0)
        return false;
    --triesLeft;
    pins = kept;
    for (const auto& [step, message] : proposal)
        pins[step] = message;
    const PatternResult& reading = readingWithPins();
    if (missingIn(reading) > missingIn(result) || (brokenIn(reading) >= target && depth == 0))
        return false;
    PatternResult other = reading;
    if (brokenIn(other) >= target && !mend(other, target, depth - 1))
        return false;
    result = std::move(other);
    return true;
}

/// Rules that are tied together propose the same pins over and over. The reading is kept until the next one
/// is asked for, and longer as long as all of them together are not too large.
const PatternResult& Matcher::readingWithPins() {
    if (readings.size() * relevant.size() > mostKept)
        readings.clear();
    const auto [reading, isNew] = readings.try_emplace(pins);
    if (isNew) {
        weigh();
        reading->second = resultOf();
    }
    return reading->second;
}

/// Messages with which the rule would hold.
std::vector<Matcher::Pins> Matcher::proposals(const PatternResult& result, std::size_t place,
                                              const Rule& rule) {
    const auto names = namesIn(rule);
    const Latest latest = latestBefore(result, place + 1);
    std::vector<std::size_t> steps;
    for (std::size_t step = 0; step < pattern.steps.size(); ++step)
        if (names.contains(pattern.steps[step].name) && pattern.steps[step].loop.empty())
            steps.push_back(step);
    // The step itself first: another of many acknowledgements rather than another of all segments before it.
    std::stable_partition(steps.begin(), steps.end(),
                          [&](std::size_t step) { return step == result.steps[place].step; });
    std::vector<Pins> found;
    searching = true;
    for (const std::size_t step : steps)
        proposeOne(found, step, rule, latest);
    if (steps.size() == 2)
        proposeTwo(found, std::min(steps[0], steps[1]), std::max(steps[0], steps[1]), rule, latest);
    searching = false;
    return found;
}

/// Messages to which the one that must not come does not belong, nor another like it: of all requests those
/// that are never answered.
std::vector<Matcher::Pins> Matcher::proposalsWithout(const PatternResult& result, std::size_t place) {
    const std::size_t forbidden = result.steps[place].forbidden;
    const std::set<std::string> names = othersIn(forbidden);
    const Latest latest = latestBefore(result, reachOf(result, forbidden).known);
    std::vector<Pins> found;
    const auto comes = [&](Latest other, std::size_t step, std::size_t message) {
        other[pattern.steps[step].name] = relevant[message];
        for (std::size_t i = 1; i < relevant.size() && evaluationsLeft > 0; ++i) { // those behind it first
            const std::size_t one = (message + i) % relevant.size();
            if (messages[relevant[one]].lost || !resembles(forbidden, one))
                continue;
            --evaluationsLeft;
            if (keepsAll(forbidden, relevant[one], other))
                return true;
        }
        return evaluationsLeft == 0;
    };
    searching = true;
    for (std::size_t step = 0; step < pattern.steps.size(); ++step) {
        const PatternStep& named = pattern.steps[step];
        if (step == forbidden || !names.contains(named.name) || !named.loop.empty())
            continue;
        for (std::size_t message = 0; message < relevant.size() && found.size() < mostProposals; ++message)
            if (fits(step, message) && !comes(latest, step, message))
                found.push_back({{step, message}});
    }
    searching = false;
    return found;
}

void Matcher::proposeOne(std::vector<Pins>& into, std::size_t step, const Rule& rule, const Latest& latest) {
    const std::string& name = pattern.steps[step].name;
    const auto now = latest.find(name);
    const std::size_t most = into.size() + mostProposals;
    for (std::size_t message = 0; message < relevant.size() && into.size() < most; ++message) {
        if (!fits(step, message) || (now != latest.end() && now->second == relevant[message]))
            continue;
        if (evaluationsLeft == 0)
            return;
        --evaluationsLeft;
        Latest other = latest;
        other[name] = relevant[message];
        if (keeps(rule, other) == true)
            into.push_back({{step, message}});
    }
}

/// Where some messages are known to be repetitions, the later of the two steps is one of them.
void Matcher::proposeTwo(std::vector<Pins>& into, std::size_t first, std::size_t second, const Rule& rule,
                         const Latest& latest) {
    bool someRepeated = false;
    for (std::size_t message = 0; message < relevant.size(); ++message)
        someRepeated |= isRepeated(message) && fits(second, message);
    Latest other = latest;
    std::size_t found = 0;
    for (std::size_t later = 0; later < relevant.size(); ++later) {
        if (!fits(second, later) || (someRepeated && !isRepeated(later)))
            continue;
        other[pattern.steps[second].name] = relevant[later];
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            if (!fits(first, earlier))
                continue;
            if (evaluationsLeft == 0 || found == mostProposals)
                return;
            --evaluationsLeft;
            other[pattern.steps[first].name] = relevant[earlier];
            if (keeps(rule, other) != true)
                continue;
            into.push_back({{first, earlier}, {second, later}});
            ++found;
        }
    }
}

} // namespace wirestage::lesson
