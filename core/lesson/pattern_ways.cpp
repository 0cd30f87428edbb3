// SPDX-License-Identifier: GPL-3.0-or-later
// States and messages are few, so every way through the pattern is weighed.
#include "core/lesson/pattern_matcher.h"

#include <algorithm>

namespace wirestage::lesson {
namespace {

bool speaksOf(const PatternStep& step, const PatternMessage& message) {
    return (!step.notes.any() || (step.notes.bits & message.notes.bits)) &&
           std::any_of(step.kinds.begin(), step.kinds.end(),
                       [&](const std::string& one) { return isKind(message.kind, one); });
}

} // namespace

Matcher::Matcher(const Pattern& what, std::span<const PatternMessage> among, const Describe& fields)
    : pattern(what), messages(among), describe(fields) {
    layOutStates();
    chooseMessages();
    weighSteps();
    nameParts();
    layers.assign(relevant.size() + 1, Layer(states.size()));
}

void Matcher::layOutStates() {
    const auto& steps = pattern.steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool sameGroup = i > 0 && !steps[i].anyOrder.empty() &&
                               steps[i - 1].anyOrder == steps[i].anyOrder && i - groupOf[i - 1] < mostInGroup;
        groupOf.push_back(sameGroup ? groupOf[i - 1] : i);
        const bool sameLoop = i > 0 && !steps[i].loop.empty() && steps[i - 1].loop == steps[i].loop;
        loopOf.push_back(sameLoop ? loopOf[i - 1] : i);
    }
    for (std::size_t i = 0; i <= steps.size(); ++i) {
        firstId.push_back(states.size());
        if (i < steps.size() && groupOf[i] != i)
            continue;
        const std::size_t members = i == steps.size() ? 0 : groupEnd(i) - i;
        const unsigned combinations = members > 1 ? 1U << members : 1;
        for (unsigned come = 0; come < combinations; ++come)
            states.push_back({i, come});
    }
}

void Matcher::chooseMessages() {
    const auto& steps = pattern.steps;
    const std::size_t most = std::min(mostMessages, mostCells / states.size());
    ofKind.resize(steps.size());
    for (std::size_t i = 0; i < messages.size() && relevant.size() < most; ++i) {
        if (std::none_of(steps.begin(), steps.end(),
                         [&](const PatternStep& step) { return speaksOf(step, messages[i]); }))
            continue;
        relevant.push_back(i);
        for (std::size_t step = 0; step < steps.size(); ++step)
            ofKind[step].push_back(speaksOf(steps[step], messages[i]));
    }
}

/// A step of a rare kind tells more than one of many: rather one acknowledgement is missing than the only
/// FIN.
void Matcher::weighSteps() {
    constexpr std::ptrdiff_t mostCounted = 100;
    for (std::size_t step = 0; step < pattern.steps.size(); ++step) {
        const auto like = std::count(ofKind[step].begin(), ofKind[step].end(), true);
        const auto counted = static_cast<std::uint32_t>(std::min(like, mostCounted));
        costOf.push_back(pattern.steps[step].optional ? 0 : missingCost - likeMessage * counted);
    }
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

bool Matcher::fits(std::size_t step, std::size_t message) const {
    return !pattern.steps[step].never && resembles(step, message);
}

/// By kind and notes, and by who sends it to whom.
bool Matcher::resembles(std::size_t step, std::size_t message) const {
    if (!ofKind[step][message])
        return false;
    const auto plays = [&](int role, int participant) {
        return role == anybody || (role >= 0 && played[static_cast<std::size_t>(role)] == participant);
    };
    // A message that somebody is meant to get may be sent to everybody: DHCP with the broadcast flag.
    return plays(stepFrom[step], messageFrom[message]) &&
           (messageTo[message] == everybody || plays(stepTo[step], messageTo[message]));
}

bool Matcher::mayMatch(std::size_t step, std::size_t message) const {
    const auto pin = pins.find(step);
    return (pin == pins.end() || pin->second == message) && fits(step, message);
}

void Matcher::offer(Layer& layer, std::size_t to, const Reached& reached) {
    if (reached.cost < layer[to].cost)
        layer[to] = reached;
}

/// Steps left out and loops begun again, until nothing becomes cheaper.
void Matcher::moveWithout(Layer& layer) const {
    const auto& steps = pattern.steps;
    for (bool again = true; again;) {
        again = false;
        const auto better = [&](std::size_t to, std::uint32_t cost, std::size_t from, Move move,
                                std::size_t step) {
            again |= cost < layer[to].cost;
            offer(layer, to,
                  {cost, static_cast<std::uint16_t>(from), move, static_cast<std::uint16_t>(step)});
        };
        for (std::size_t id = 0; id < states.size(); ++id) {
            const State& state = states[id];
            const std::uint32_t cost = layer[id].cost;
            if (cost == unreached)
                continue;
            const bool endsLoop = state.at > 0 && !steps[state.at - 1].loop.empty() &&
                                  (state.at == steps.size() || loopOf[state.at] != loopOf[state.at - 1]);
            if (endsLoop)
                better(idOf(loopOf[state.at - 1]), cost, id, Move::LoopBack, 0);
            if (state.at == steps.size())
                continue;
            const std::size_t end = groupEnd(state.at);
            std::uint32_t missing = 0;
            for (std::size_t i = state.at; i < end; ++i)
                missing += state.come >> (i - state.at) & 1 ? 0 : costOf[i];
            const Move move = end - state.at == 1 ? Move::Skip : Move::LeaveGroup;
            better(idOf(end), cost + missing, id, move, state.at);
            // What is missing is missing as late as may be: behind all repetitions of the step before, which
            // are why one waits, and behind a step that the same message could be. A step that may be left
            // out does not keep a repetition behind it. (Round a loop of such steps one could go for ever.)
            Reached& other = layer[idOf(end)];
            const bool later = missing > 0 ? other.move == Move::Repeat || other.move == Move::Match
                                           : other.move == Move::Repeat && steps[state.at].loop.empty();
            if (later && other.cost == cost + missing)
                other = {other.cost, static_cast<std::uint16_t>(id), move,
                         static_cast<std::uint16_t>(state.at)};
        }
    }
}

/// A message that a step may have several times, right behind it; a retransmission behind anything.
void Matcher::repeats(Layer& after, std::size_t id, std::uint32_t cost, std::size_t message) const {
    const State& state = states[id];
    const auto& steps = pattern.steps;
    for (std::size_t i = state.at; i-- > 0;) {
        const bool rightBehind = i + 1 == state.at || (state.at > 0 && groupOf[i] == groupOf[state.at - 1]);
        if (((steps[i].repeat && rightBehind) || isRepeated(message)) && fits(i, message)) {
            offer(after, id,
                  {cost, static_cast<std::uint16_t>(id), Move::Repeat, static_cast<std::uint16_t>(i)});
            return;
        }
    }
}

/// The steps that may come in a state: one, or those of a group.
void Matcher::matchOne(const Layer& before, Layer& after, std::size_t id, std::size_t message) const {
    const auto& steps = pattern.steps;
    const State& state = states[id];
    const std::size_t end = groupEnd(state.at);
    const auto reached = [&](Move move, std::size_t step) {
        return Reached{before[id].cost, static_cast<std::uint16_t>(id), move,
                       static_cast<std::uint16_t>(step)};
    };
    if (end - state.at == 1) {
        if (!mayMatch(state.at, message))
            return;
        Reached& behind = after[idOf(end)]; // a step that was left out cannot be repeated: it comes now
        if (steps[state.at].optional && behind.move == Move::Repeat && behind.step == state.at &&
            behind.cost == before[id].cost)
            behind = reached(Move::Match, state.at);
        else
            offer(after, idOf(end), reached(Move::Match, state.at));
        return;
    }
    for (std::size_t i = state.at; i < end; ++i) {
        const unsigned bit = 1U << (i - state.at);
        if (!(state.come & bit) && mayMatch(i, message))
            offer(after, idOf(state.at, state.come | bit), reached(Move::Match, i));
        else if ((state.come & bit) && (steps[i].repeat || isRepeated(message)) && fits(i, message))
            offer(after, id, reached(Move::Repeat, i));
    }
}

void Matcher::moveWith(const Layer& before, Layer& after, std::size_t message) const {
    // Of two readings that cost the same the one that took an earlier message for the step.
    for (std::size_t id = 0; id < states.size(); ++id)
        if (before[id].cost != unreached) {
            repeats(after, id, before[id].cost, message);
            offer(after, id, {before[id].cost + strayCost, static_cast<std::uint16_t>(id), Move::Stray, 0});
        }
    for (std::size_t id = 0; id < states.size(); ++id)
        if (before[id].cost != unreached && states[id].at < pattern.steps.size())
            matchOne(before, after, id, message);
}

/// Fills the layers; the cost of the cheapest way through.
std::uint32_t Matcher::weigh() {
    for (Layer& layer : layers)
        std::fill(layer.begin(), layer.end(), Reached{});
    layers[0][0].cost = 0;
    moveWithout(layers[0]);
    for (std::size_t i = 0; i < relevant.size(); ++i) {
        moveWith(layers[i], layers[i + 1], i);
        moveWithout(layers[i + 1]);
    }
    return layers.back()[idOf(pattern.steps.size())].cost;
}

void Matcher::traceMove(const Reached& reached, std::size_t layer, std::vector<StepResult>& backwards) const {
    const auto notThere = [&](std::size_t step) {
        StepResult one;
        one.step = step;
        one.status = pattern.steps[step].optional ? StepStatus::Optional : StepStatus::Missing;
        if (!pattern.steps[step].optional)
            one.why = WS_TR("lesson", "there is no such message where it is expected");
        backwards.push_back(std::move(one));
    };
    switch (reached.move) {
    case Move::Skip: notThere(reached.step); break;
    case Move::LeaveGroup:
        for (std::size_t i = groupEnd(reached.step); i-- > reached.step;)
            if (!(states[reached.from].come >> (i - reached.step) & 1))
                notThere(i);
        break;
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
        backwards.push_back(std::move(one));
        break;
    }
    case Move::LoopBack:
    case Move::Nothing: break;
    }
}

/// The cheapest way, read from its end.
std::vector<StepResult> Matcher::trace() const {
    std::vector<StepResult> steps;
    std::size_t id = idOf(pattern.steps.size());
    for (std::size_t layer = layers.size(); layer-- > 0;) {
        for (bool here = true; here;) {
            const Reached& reached = layers[layer][id];
            here = reached.move == Move::Skip || reached.move == Move::LeaveGroup ||
                   reached.move == Move::LoopBack;
            traceMove(reached, layer, steps);
            if (reached.move != Move::Nothing)
                id = reached.from;
        }
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
}

} // namespace wirestage::lesson
