// SPDX-License-Identifier: GPL-3.0-or-later
// The cheapest way through a pattern that a row of messages can be read as: a required step without a message
// costs much, a message without a step a little. States and messages are few, so every way is weighed.
#include "core/lesson/pattern.h"

#include "core/lesson/pattern_rules.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace wirestage::lesson {
namespace {

constexpr std::size_t mostMessages = 4000;   ///< of the kinds that a pattern speaks of
constexpr std::size_t mostCells = 2'000'000; ///< states times messages
constexpr std::size_t mostInGroup = 8;
constexpr std::uint32_t missingCost = 1000, strayCost = 1, unreached = 0xffffffff;

constexpr std::array<std::string_view, 6> statusNames{"matched",  "missing",      "unexpected",
                                                      "repeated", "out_of_order", "optional"};

bool hasKind(const PatternStep& step, KindId kind) {
    return std::any_of(step.kinds.begin(), step.kinds.end(),
                       [&](const std::string& one) { return isKind(kind, one); });
}

/// Where one is: before step `at`, and in a group in any order which of its steps have come.
struct State {
    std::size_t at = 0;
    unsigned come = 0;
};

enum class Move : std::uint8_t { Nothing, Skip, LeaveGroup, LoopBack, Match, Repeat, Stray };

struct Reached {
    std::uint32_t cost = unreached;
    std::uint16_t from = 0; ///< state before the move
    Move move = Move::Nothing;
    std::uint16_t step = 0; ///< that it matches or skips
};

class Matcher {
public:
    Matcher(const Pattern& what, std::span<const PatternMessage> among, bool bound);
    PatternResult run(const std::function<Description(const MessageRef&)>& describe);

private:
    [[nodiscard]] std::size_t groupEnd(std::size_t at) const;
    [[nodiscard]] std::size_t idOf(std::size_t at, unsigned come = 0) const { return firstId[at] + come; }
    [[nodiscard]] bool fits(const PatternStep& step, const PatternMessage& message) const;
    void bindRoles();
    void offer(std::vector<Reached>& layer, std::size_t to, std::uint32_t cost, std::size_t from, Move move,
               std::size_t step) const;
    void moveWithout(std::vector<Reached>& layer) const;
    void moveWith(const std::vector<Reached>& before, std::vector<Reached>& after,
                  const PatternMessage& message) const;
    void repeats(std::vector<Reached>& after, std::size_t id, std::uint32_t cost,
                 const PatternMessage& message) const;
    void trace(const std::vector<std::vector<Reached>>& layers, PatternResult& result) const;
    void judgeStrays(PatternResult& result) const;
    void applyRules(PatternResult& result,
                    const std::function<Description(const MessageRef&)>& describe) const;

    const Pattern& pattern;
    std::span<const PatternMessage> messages;
    std::vector<std::size_t> relevant; ///< places of messages of kinds that the pattern speaks of
    std::vector<std::size_t> groupOf;  ///< by step: where its group in any order begins; itself: none
    std::vector<std::size_t> loopOf;   ///< by step: where its loop begins
    std::vector<std::size_t> firstId;  ///< by step, and one for the end
    std::vector<State> states;
    std::map<std::string, std::string> roles;
};

Matcher::Matcher(const Pattern& what, std::span<const PatternMessage> among, bool bound)
    : pattern(what), messages(among) {
    const auto& steps = pattern.steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool sameGroup = i > 0 && !steps[i].anyOrder.empty() &&
                               steps[i - 1].anyOrder == steps[i].anyOrder && i - groupOf[i - 1] < mostInGroup;
        groupOf.push_back(sameGroup ? groupOf[i - 1] : i);
        loopOf.push_back(i > 0 && !steps[i].loop.empty() && steps[i - 1].loop == steps[i].loop ? loopOf[i - 1]
                                                                                               : i);
    }
    for (std::size_t i = 0; i <= steps.size(); ++i) {
        firstId.push_back(states.size());
        if (i == steps.size() || groupOf[i] == i) {
            const std::size_t members = i == steps.size() ? 0 : groupEnd(i) - i;
            const unsigned combinations = members > 1 ? 1U << members : 1;
            for (unsigned come = 0; come < combinations; ++come)
                states.push_back({i, come});
        }
    }
    const std::size_t most = std::min(mostMessages, mostCells / states.size());
    for (std::size_t i = 0; i < messages.size() && relevant.size() < most; ++i)
        if (std::any_of(steps.begin(), steps.end(),
                        [&](const PatternStep& step) { return hasKind(step, messages[i].kind); }))
            relevant.push_back(i);
    if (!bound)
        bindRoles();
}

/// One behind the last step of the group that begins at `at`.
std::size_t Matcher::groupEnd(std::size_t at) const {
    const auto& steps = pattern.steps;
    std::size_t end = at + 1;
    while (!steps[at].anyOrder.empty() && end < steps.size() && steps[end].anyOrder == steps[at].anyOrder &&
           end - at < mostInGroup)
        ++end;
    return end;
}

/// Names stand for whoever first plays their part; no two names for one participant.
void Matcher::bindRoles() {
    std::set<std::string> taken;
    const auto bind = [&](const std::string& role, const std::string& participant) {
        if (role.empty() || role == "*" || participant == "*" || roles.contains(role))
            return;
        if (taken.insert(participant).second)
            roles[role] = participant;
    };
    for (const std::size_t place : relevant) {
        const PatternMessage& message = messages[place];
        for (const PatternStep& step : pattern.steps) {
            if (!hasKind(step, message.kind) || (step.to == "*") != (message.to == "*" && step.to == "*"))
                continue;
            const auto agrees = [&](const std::string& role, const std::string& participant) {
                return role.empty() || role == "*" || !roles.contains(role) || roles.at(role) == participant;
            };
            if (!agrees(step.from, message.from) || !agrees(step.to, message.to))
                continue;
            bind(step.from, message.from);
            bind(step.to, message.to);
            break;
        }
    }
}

bool Matcher::fits(const PatternStep& step, const PatternMessage& message) const {
    if (!hasKind(step, message.kind))
        return false;
    const auto plays = [&](const std::string& role, const std::string& participant) {
        const auto found = roles.find(role);
        return role.empty() || (found == roles.end() ? role : found->second) == participant;
    };
    // A message that somebody is meant to get may be sent to everybody: DHCP with the broadcast flag.
    return plays(step.from, message.from) && (plays(step.to, message.to) || message.to == "*");
}

void Matcher::offer(std::vector<Reached>& layer, std::size_t to, std::uint32_t cost, std::size_t from,
                    Move move, std::size_t step) const {
    if (cost < layer[to].cost)
        layer[to] = {cost, static_cast<std::uint16_t>(from), move, static_cast<std::uint16_t>(step)};
}

/// Steps left out and loops begun again, until nothing becomes cheaper.
void Matcher::moveWithout(std::vector<Reached>& layer) const {
    const auto& steps = pattern.steps;
    for (bool again = true; again;) {
        again = false;
        const auto better = [&](std::size_t to, std::uint32_t cost, std::size_t from, Move move,
                                std::size_t step) {
            again |= cost < layer[to].cost;
            offer(layer, to, cost, from, move, step);
        };
        for (std::size_t id = 0; id < states.size(); ++id) {
            const State& state = states[id];
            if (layer[id].cost == unreached)
                continue;
            const std::uint32_t cost = layer[id].cost;
            if (state.at > 0 && loopOf[state.at - 1] != state.at &&
                (state.at == steps.size() || loopOf[state.at] != loopOf[state.at - 1]) &&
                !steps[state.at - 1].loop.empty())
                better(idOf(loopOf[state.at - 1]), cost, id, Move::LoopBack, 0);
            if (state.at == steps.size())
                continue;
            const std::size_t end = groupEnd(state.at);
            if (end - state.at == 1) {
                better(idOf(end), cost + (steps[state.at].optional ? 0 : missingCost), id, Move::Skip,
                       state.at);
                continue;
            }
            std::uint32_t missing = 0;
            for (std::size_t i = state.at; i < end; ++i)
                missing += !(state.come >> (i - state.at) & 1) && !steps[i].optional ? missingCost : 0;
            better(idOf(end), cost + missing, id, Move::LeaveGroup, state.at);
        }
    }
}

/// A message that a step may have several times, right behind it; a retransmission behind anything.
void Matcher::repeats(std::vector<Reached>& after, std::size_t id, std::uint32_t cost,
                      const PatternMessage& message) const {
    const State& state = states[id];
    const auto& steps = pattern.steps;
    for (std::size_t i = state.at; i-- > 0;) {
        const bool rightBehind = i + 1 == state.at || (state.at > 0 && groupOf[i] == groupOf[state.at - 1]);
        if (((steps[i].repeat && rightBehind) || message.repeated) && fits(steps[i], message)) {
            offer(after, id, cost, id, Move::Repeat, i);
            return;
        }
    }
}

void Matcher::moveWith(const std::vector<Reached>& before, std::vector<Reached>& after,
                       const PatternMessage& message) const {
    const auto& steps = pattern.steps;
    // Of two readings that cost the same the one that took an earlier message for the step.
    for (std::size_t id = 0; id < states.size(); ++id)
        if (before[id].cost != unreached) {
            repeats(after, id, before[id].cost, message);
            offer(after, id, before[id].cost + strayCost, id, Move::Stray, 0);
        }
    for (std::size_t id = 0; id < states.size(); ++id) {
        const State& state = states[id];
        const std::uint32_t cost = before[id].cost;
        if (cost == unreached || state.at == steps.size())
            continue;
        const std::size_t end = groupEnd(state.at);
        if (end - state.at == 1) {
            if (fits(steps[state.at], message))
                offer(after, idOf(end), cost, id, Move::Match, state.at);
            continue;
        }
        for (std::size_t i = state.at; i < end; ++i) {
            const unsigned bit = 1U << (i - state.at);
            if (!fits(steps[i], message))
                continue;
            if (!(state.come & bit))
                offer(after, idOf(state.at, state.come | bit), cost, id, Move::Match, i);
            else if (steps[i].repeat)
                offer(after, id, cost, id, Move::Repeat, i);
        }
    }
}

void Matcher::trace(const std::vector<std::vector<Reached>>& layers, PatternResult& result) const {
    const auto& steps = pattern.steps;
    const auto notThere = [&](std::size_t step) {
        StepResult one;
        one.step = step;
        one.status = steps[step].optional ? StepStatus::Optional : StepStatus::Missing;
        if (!steps[step].optional)
            one.why = WS_TR("lesson", "there is no such message where it is expected");
        result.steps.push_back(std::move(one));
    };
    std::size_t id = idOf(steps.size());
    // Layers 2i and 2i+1 stand before the i-th relevant message: as it was reached, and with steps left out.
    for (std::size_t layer = layers.size(); layer-- > 0;) {
        for (bool here = true; here;) {
            const Reached& reached = layers[layer][id];
            here = false;
            switch (reached.move) {
            case Move::Skip:
                notThere(reached.step);
                here = true;
                break;
            case Move::LeaveGroup:
                for (std::size_t i = groupEnd(reached.step); i-- > reached.step;)
                    if (!(states[reached.from].come >> (i - reached.step) & 1))
                        notThere(i);
                here = true;
                break;
            case Move::LoopBack: here = true; break;
            case Move::Match:
            case Move::Repeat:
            case Move::Stray: {
                StepResult one;
                one.message = relevant[layer - 1];
                one.status = reached.move == Move::Match    ? StepStatus::Matched
                             : reached.move == Move::Repeat ? StepStatus::Repeated
                                                            : StepStatus::Unexpected;
                if (reached.move != Move::Stray)
                    one.step = reached.step;
                result.steps.push_back(std::move(one));
                break;
            }
            case Move::Nothing: break;
            }
            if (reached.move != Move::Nothing)
                id = reached.from;
        }
    }
    std::reverse(result.steps.begin(), result.steps.end());
}

/// A stray message of a missing step's kind is that step, out of its place. A step that has no message but
/// whose kind was seen before it is told so.
void Matcher::judgeStrays(PatternResult& result) const {
    for (StepResult& one : result.steps) {
        if (one.status != StepStatus::Unexpected)
            continue;
        one.why = WS_TR("lesson", "the pattern has no place for it here");
        for (StepResult& other : result.steps)
            if (other.status == StepStatus::Missing &&
                fits(pattern.steps[other.step], messages[one.message])) {
                one.status = StepStatus::OutOfOrder;
                one.step = other.step;
                one.why = WS_TR("lesson", "it is there, but not in its place");
                break;
            }
    }
    std::set<std::size_t> displaced; // what was found out of order is not missing besides
    for (const StepResult& one : result.steps)
        if (one.status == StepStatus::OutOfOrder)
            displaced.insert(one.step);
    std::erase_if(result.steps, [&](const StepResult& one) {
        return one.status == StepStatus::Missing && displaced.contains(one.step);
    });
}

void Matcher::applyRules(PatternResult& result,
                         const std::function<Description(const MessageRef&)>& describe) const {
    std::map<std::string, std::size_t> latest; ///< step's name → message
    std::map<std::size_t, Description> described;
    const FieldOf fieldOf = [&](const std::string& step,
                                const std::string& field) -> std::optional<std::string> {
        const auto found = latest.find(step);
        if (found == latest.end())
            return std::nullopt;
        const PatternMessage& message = messages[found->second];
        if (field == "time")
            return fmt::format("{:.9f}", static_cast<double>(message.time - messages.front().time) * 1e-9);
        auto [place, isNew] = described.try_emplace(found->second);
        if (isNew)
            place->second = describe(message.ref);
        const Field* value = place->second.find(field);
        return value ? std::optional(value->value) : std::nullopt;
    };
    const auto judge = [&](const std::vector<Rule>& rules, std::vector<Rule>& broken) {
        for (const Rule& rule : rules) {
            const auto parsed = parseRule(rule.text, pattern);
            if (const auto* good = std::get_if<ParsedRule>(&parsed); good && holds(*good, fieldOf) == false)
                broken.push_back(rule);
        }
    };
    for (StepResult& one : result.steps) {
        if (one.status != StepStatus::Matched && one.status != StepStatus::Repeated)
            continue;
        const PatternStep& step = pattern.steps[one.step];
        if (!step.name.empty())
            latest[step.name] = one.message;
        judge(step.rules, one.broken);
        if (!one.broken.empty())
            one.why = WS_TR("lesson", "its values break a rule: %1").with(one.broken.front().text);
    }
    judge(pattern.rules, result.broken);
}

PatternResult Matcher::run(const std::function<Description(const MessageRef&)>& describe) {
    PatternResult result;
    result.roles = roles;
    std::vector<std::vector<Reached>> layers(relevant.size() + 1, std::vector<Reached>(states.size()));
    layers[0][0].cost = 0;
    moveWithout(layers[0]);
    for (std::size_t i = 0; i < relevant.size(); ++i) {
        moveWith(layers[i], layers[i + 1], messages[relevant[i]]);
        moveWithout(layers[i + 1]);
    }
    trace(layers, result);
    judgeStrays(result);
    applyRules(result, describe);
    result.found = std::any_of(result.steps.begin(), result.steps.end(), [&](const StepResult& one) {
        return one.status == StepStatus::Matched && !pattern.steps[one.step].optional;
    });
    return result;
}

} // namespace

std::string_view name(StepStatus status) {
    return statusNames[static_cast<std::size_t>(status)];
}

bool PatternResult::satisfied() const {
    return broken.empty() && std::none_of(steps.begin(), steps.end(), [](const StepResult& one) {
               return one.status == StepStatus::Missing || one.status == StepStatus::OutOfOrder ||
                      !one.broken.empty();
           });
}

PatternResult match(const Pattern& pattern, std::span<const PatternMessage> messages,
                    const std::function<Description(const MessageRef&)>& describe, bool bound) {
    if (pattern.steps.empty())
        return {};
    return Matcher(pattern, messages, bound).run(describe);
}

} // namespace wirestage::lesson
