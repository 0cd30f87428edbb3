// SPDX-License-Identifier: GPL-3.0-or-later
// What a reading of the messages is worth: what lies out of its place, and which rules its values break.
// Where several like messages could be the one that a step means (which of fifty segments was the lost one?),
// the one is taken whose values keep the rules.
#include "core/lesson/pattern_matcher.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace wirestage::lesson {
namespace {

constexpr std::size_t mostDescriptions = 2000; ///< packets decoded in search of what would keep a rule

} // namespace

PatternResult Matcher::run(bool bound) {
    descriptionsLeft = mostDescriptions;
    if (bound)
        bindByName();
    else
        bindByCost();
    weigh();
    PatternResult result = resultOf();
    mendBrokenRules(result);
    recast(result);
    for (std::size_t role = 0; role < roleNames.size(); ++role)
        if (played[role] >= 0)
            result.roles[roleNames[role]] = participants[static_cast<std::size_t>(played[role])];
    // One message that might be left out is no sign of the exchange; two of them are.
    std::size_t signs = 0;
    for (const StepResult& one : result.steps)
        if (one.status == StepStatus::Matched)
            signs += pattern.steps[one.step].optional ? 1 : 2;
    result.found = signs >= 2;
    return result;
}

/// The cheapest way as the layers have it, judged.
PatternResult Matcher::resultOf() {
    PatternResult result;
    result.steps = trace();
    dismissUnfounded(result);
    judgeStrays(result);
    applyRules(result);
    judgeForbidden(result);
    return result;
}

/// Of many like messages (acknowledgements, data) only its rules say which one a step means. Where they name
/// a required step that is missing, none of them is that step. One that another step has is not meant.
void Matcher::dismissUnfounded(PatternResult& result) const {
    std::set<std::string> missing;
    for (const StepResult& one : result.steps)
        if (one.status == StepStatus::Missing)
            missing.insert(pattern.steps[one.step].name);
    std::map<std::size_t, std::size_t> stepOf;
    for (const StepResult& one : result.steps)
        if (one.status == StepStatus::Matched)
            stepOf[one.message] = one.step;
    for (std::size_t place = 0; place < result.steps.size() && !missing.empty(); ++place) {
        StepResult& one = result.steps[place];
        if (one.status != StepStatus::Matched || !isTold(pattern.steps[one.step], missing))
            continue;
        std::size_t like = 0;
        for (std::size_t message = 0; message < relevant.size(); ++message) {
            const auto taken = stepOf.find(relevant[message]);
            like += fits(one.step, message) && (taken == stepOf.end() || taken->second == one.step);
        }
        if (like < 2)
            continue;
        StepResult gone;
        gone.step = one.step;
        const bool optional = pattern.steps[one.step].optional;
        gone.status = optional ? StepStatus::Optional : StepStatus::Missing;
        one = {StepResult::npos, one.message, StepStatus::Unexpected, {}, {}, StepResult::npos};
        if (!optional)
            missing.insert(pattern.steps[gone.step].name);
        result.steps.insert(result.steps.begin() + static_cast<std::ptrdiff_t>(place) + 1, std::move(gone));
    }
}

/// The steps that a rule names.
std::set<std::string> Matcher::namesIn(const Rule& rule) const {
    std::set<std::string> names;
    if (const ParsedRule* good = parsed(rule))
        for (const auto* side : {&good->left, &good->right})
            for (const RuleTerm& term : *side)
                if (!term.step.empty())
                    names.insert(term.step);
    return names;
}

/// Whether a rule of the step names one of these.
bool Matcher::isTold(const PatternStep& step, const std::set<std::string>& by) const {
    return std::any_of(step.rules.begin(), step.rules.end(), [&](const Rule& rule) {
        const auto names = namesIn(rule);
        return std::any_of(names.begin(), names.end(),
                           [&](const std::string& one) { return by.contains(one); });
    });
}

/// A stray message of a missing step's kind is that step, out of its place: but only if it is the one message
/// that could be meant. One acknowledgement of many is no displaced step.
void Matcher::judgeStrays(PatternResult& result) {
    std::map<std::size_t, std::vector<std::size_t>>
        fitting; ///< missing step → strays, by place in the result
    const Latest latest = latestBefore(result, result.steps.size());
    for (const StepResult& missing : result.steps)
        for (std::size_t place = 0; missing.status == StepStatus::Missing && place < result.steps.size();
             ++place)
            if (result.steps[place].status == StepStatus::Unexpected &&
                fits(missing.step, relevantOf(result.steps[place].message)) &&
                keepsAll(missing.step, result.steps[place].message, latest))
                fitting[missing.step].push_back(place);
    for (StepResult& one : result.steps)
        if (one.status == StepStatus::Unexpected)
            one.why = WS_TR("lesson", "the pattern has no place for it here");
    std::set<std::size_t> displaced; // what was found out of order is not missing besides
    for (const auto& [step, places] : fitting) {
        StepResult& stray = result.steps[places.front()];
        if (places.size() != 1 || stray.status != StepStatus::Unexpected)
            continue;
        stray.status = StepStatus::OutOfOrder;
        stray.step = step;
        stray.why = WS_TR("lesson", "it is there, but not in its place");
        displaced.insert(step);
    }
    std::erase_if(result.steps, [&](const StepResult& one) {
        return one.status == StepStatus::Missing && displaced.contains(one.step);
    });
}

void Matcher::judgeForbidden(PatternResult& result) {
    for (std::size_t step = 0; step < pattern.steps.size(); ++step)
        if (pattern.steps[step].never)
            judgeForbidden(result, step);
}

/// The other steps that a step's rules name.
std::set<std::string> Matcher::othersIn(std::size_t step) const {
    std::set<std::string> names;
    for (const Rule& rule : pattern.steps[step].rules)
        names.merge(namesIn(rule));
    names.erase(pattern.steps[step].name);
    return names;
}

/// Where what must not come would be: behind what comes before it in the pattern, before what comes after it.
/// Where its rules say what it would belong to, it may come any time before that; in a loop, as long as that
/// goes on.
Matcher::Reach Matcher::reachOf(const PatternResult& result, std::size_t step) const {
    const std::set<std::string> names = othersIn(step);
    const bool inLoop = !pattern.steps[step].loop.empty();
    Reach reach{inLoop ? result.steps.size() : 0, result.steps.size(), 0};
    for (std::size_t place = result.steps.size(); place-- > 0;) {
        const StepResult& one = result.steps[place];
        if (one.status != StepStatus::Matched)
            continue;
        if (inLoop && loopOf[one.step] == loopOf[step])
            reach.first = place;
        else if (one.step > step)
            reach.last = place;
        else if (names.empty() || names.contains(pattern.steps[one.step].name))
            reach.known = std::max(reach.known, place + 1);
    }
    if (names.empty() && !inLoop)
        reach.first = reach.known;
    return reach;
}

/// What must not come, and is there. Where only its kind says what it is, a message that is something else in
/// the pattern is not meant; never one that its rules name.
void Matcher::judgeForbidden(PatternResult& result, std::size_t step) {
    const PatternStep& own = pattern.steps[step];
    const bool isTold = !own.rules.empty() || own.notes.any();
    const std::set<std::string> names = othersIn(step);
    const Reach reach = reachOf(result, step);
    const Latest latest = latestBefore(result, reach.known);
    bool there = false;
    for (std::size_t place = reach.first; place < reach.last; ++place) {
        StepResult& one = result.steps[place];
        if (one.message == StepResult::npos || messages[one.message].lost ||
            (one.status != StepStatus::Unexpected && !isTold) ||
            (one.status == StepStatus::Matched && names.contains(pattern.steps[one.step].name)) ||
            !resembles(step, relevantOf(one.message)) || !keepsAll(step, one.message, latest))
            continue;
        there = true;
        one.why = WS_TR("lesson", "it must not come: the reference shows what happens without it");
        one.broken = {{"never " + own.kinds.front(), {}}};
        one.forbidden = step;
    }
    bool isLast = !there; // of a loop's rounds one is enough to tell that it is not there
    for (std::size_t place = result.steps.size(); place-- > 0;)
        if (result.steps[place].step == step && !std::exchange(isLast, false))
            result.steps.erase(result.steps.begin() + static_cast<std::ptrdiff_t>(place));
}

/// Place among the relevant messages.
std::size_t Matcher::relevantOf(std::size_t message) const {
    return static_cast<std::size_t>(std::lower_bound(relevant.begin(), relevant.end(), message) -
                                    relevant.begin());
}

/// With this message for the step.
bool Matcher::keepsAll(std::size_t step, std::size_t message, Latest latest) {
    latest[pattern.steps[step].name] = message;
    const auto& rules = pattern.steps[step].rules;
    return std::all_of(rules.begin(), rules.end(),
                       [&](const Rule& rule) { return keeps(rule, latest) == true; });
}

std::optional<std::string> Matcher::fieldOf(const Latest& latest, const std::string& step,
                                            const std::string& field) {
    const auto found = latest.find(step);
    if (found == latest.end())
        return std::nullopt;
    const PatternMessage& message = messages[found->second];
    if (field == "time")
        return fmt::format("{:.9f}", static_cast<double>(message.time - messages.front().time) * 1e-9);
    auto place = described.find(found->second);
    if (place == described.end()) {
        if (searching && descriptionsLeft == 0)
            return std::nullopt;
        descriptionsLeft -= searching ? 1 : 0;
        place = described.emplace(found->second, describe(message.ref)).first;
    }
    const Field* value = place->second.find(field);
    return value ? std::optional(value->value) : std::nullopt;
}

/// Null where it cannot be read.
const ParsedRule* Matcher::parsed(const Rule& rule) const {
    auto place = parsedRules.find(rule.text);
    if (place == parsedRules.end()) {
        auto read = parseRule(rule.text, pattern);
        auto* good = std::get_if<ParsedRule>(&read);
        place = parsedRules.emplace(rule.text, good ? std::optional(std::move(*good)) : std::nullopt).first;
    }
    return place->second ? &*place->second : nullptr;
}

std::optional<bool> Matcher::keeps(const Rule& rule, const Latest& latest) {
    const ParsedRule* good = parsed(rule);
    if (!good)
        return std::nullopt;
    const auto isNothing = [](const std::vector<RuleTerm>& side) {
        return side.size() == 1 && side.front().step.empty() && side.front().value.empty();
    };
    const bool asksWhetherThere = isNothing(good->left) || isNothing(good->right);
    return holds(*good, [&](const std::string& step, const std::string& field) {
        auto value = fieldOf(latest, step, field);
        return value || !asksWhetherThere || !latest.contains(step) ? value : std::optional<std::string>("");
    });
}

Text Matcher::inWords(const Rule& rule, const Latest& latest) {
    if (const ParsedRule* good = parsed(rule))
        if (const auto both = sides(*good, [&](const std::string& step, const std::string& field) {
                return fieldOf(latest, step, field);
            }))
            return WS_TR("lesson", "its values break the rule “%1”: left %2, right %3")
                .with(rule.text)
                .with(both->first)
                .with(both->second);
    return WS_TR("lesson", "its values break the rule “%1”").with(rule.text);
}

/// Which message a step's name means, as long as only the result's first `place` entries have come. A
/// retransmission is the same message still.
Matcher::Latest Matcher::latestBefore(const PatternResult& result, std::size_t place) const {
    Latest latest;
    for (std::size_t i = 0; i < place; ++i) {
        const StepResult& one = result.steps[i];
        if (one.status != StepStatus::Matched && one.status != StepStatus::Repeated)
            continue;
        const PatternStep& step = pattern.steps[one.step];
        if (!step.name.empty() && (one.status == StepStatus::Matched || step.repeat))
            latest[step.name] = one.message;
    }
    return latest;
}

/// In a loop of questions and answers several questions may be under way at once, and an answer is to the one
/// that its values fit.
bool Matcher::answersEarlier(std::size_t step, std::size_t message, const Latest& latest, const Came& came) {
    constexpr std::size_t mostUnderWay = 64;
    for (const std::string& name : othersIn(step)) {
        const auto found = came.find(name);
        if (found == came.end())
            continue;
        const auto& all = found->second;
        Latest other = latest;
        for (std::size_t back = 1; back <= std::min(all.size(), mostUnderWay); ++back) {
            other[name] = all[all.size() - back];
            if (keepsAll(step, message, other))
                return true;
        }
    }
    return false;
}

void Matcher::applyRules(PatternResult& result) {
    Latest latest;
    Came came;
    const auto broken = [&](const std::vector<Rule>& rules) {
        std::vector<Rule> found;
        for (const Rule& rule : rules)
            if (keeps(rule, latest) == false)
                found.push_back(rule);
        return found;
    };
    for (StepResult& one : result.steps) {
        if (one.status != StepStatus::Matched && one.status != StepStatus::Repeated)
            continue;
        const PatternStep& step = pattern.steps[one.step];
        if (one.status == StepStatus::Repeated && !step.repeat)
            continue; // a retransmission says what was said before
        std::optional<std::size_t> before;
        if (const auto known = latest.find(step.name); known != latest.end())
            before = known->second;
        if (!step.name.empty())
            latest[step.name] = one.message;
        if (!step.loop.empty())
            came[step.name].push_back(one.message);
        one.broken = broken(step.rules);
        if (!one.broken.empty() && !step.loop.empty() && answersEarlier(one.step, one.message, latest, came))
            one.broken.clear();
        if (one.broken.empty())
            continue;
        one.why = inWords(one.broken.front(), latest);
        if (one.status == StepStatus::Repeated) { // not that step once more, then, but something besides
            if (before)
                latest[step.name] = *before;
            one = {StepResult::npos, one.message, StepStatus::Unexpected, one.why, {}, StepResult::npos};
        }
    }
    result.broken = broken(pattern.rules);
}

} // namespace wirestage::lesson
