// SPDX-License-Identifier: GPL-3.0-or-later
// Who plays which part of a pattern. In a captured exchange the pattern's names stand for participants that
// have to be found: those that make its cheapest reading. No two names stand for one participant.
#include "core/lesson/pattern_matcher.h"

#include <algorithm>

namespace wirestage::lesson {
namespace {

constexpr std::size_t mostWhoMayPlay = 6;   ///< for one part, in order of appearance
constexpr std::size_t mostCasts = 400;      ///< that are weighed
constexpr std::size_t mostWork = 8'000'000; ///< casts times messages times states
constexpr std::size_t leastCasts = 12;

/// Added where it is new.
int placeOf(std::vector<std::string>& names, const std::string& name) {
    const auto place = std::find(names.begin(), names.end(), name) - names.begin();
    if (place == static_cast<std::ptrdiff_t>(names.size()))
        names.push_back(name);
    return static_cast<int>(place);
}

} // namespace

int Matcher::participantOf(const std::string& name) {
    if (name == "*")
        return everybody;
    return placeOf(participants, name);
}

int Matcher::roleOf(const std::string& name) {
    if (name.empty())
        return anybody;
    if (name == "*")
        return everybody;
    return placeOf(roleNames, name);
}

void Matcher::nameParts() {
    std::map<std::string, int> known; // a long capture has few names and many messages
    const auto place = [&](const std::string& name) {
        const auto [found, isNew] = known.try_emplace(name, 0);
        if (isNew)
            found->second = participantOf(name);
        return found->second;
    };
    for (const std::size_t message : relevant) {
        messageFrom.push_back(place(messages[message].from));
        messageTo.push_back(place(messages[message].to));
    }
    for (const PatternStep& step : pattern.steps) {
        stepFrom.push_back(roleOf(step.from));
        stepTo.push_back(roleOf(step.to));
    }
    played.assign(roleNames.size(), nobody);
}

/// A lesson's own run: names are the hosts themselves.
void Matcher::bindByName() {
    for (std::size_t role = 0; role < roleNames.size(); ++role) {
        const auto found = std::find(participants.begin(), participants.end(), roleNames[role]);
        if (found != participants.end())
            played[role] = static_cast<int>(found - participants.begin());
    }
}

/// By role: whoever sends or gets some message that the part would send or get.
std::vector<std::vector<int>> Matcher::whoMayPlay() const {
    std::vector<std::vector<int>> may(roleNames.size());
    const auto add = [&](int role, int participant) {
        if (role < 0 || participant < 0)
            return;
        auto& list = may[static_cast<std::size_t>(role)];
        if (list.size() < mostWhoMayPlay && std::find(list.begin(), list.end(), participant) == list.end())
            list.push_back(participant);
    };
    for (std::size_t message = 0; message < relevant.size(); ++message)
        for (std::size_t step = 0; step < pattern.steps.size(); ++step)
            if (ofKind[step][message] && (stepTo[step] != everybody || messageTo[message] == everybody)) {
                add(stepFrom[step], messageFrom[message]);
                add(stepTo[step], messageTo[message]);
            }
    return may;
}

/// Parts given away as the messages come in the pattern's order: right at once where a capture goes as its
/// reference does, however many take part.
void Matcher::castInOrder() {
    constexpr std::size_t lookedAhead = 8;
    std::size_t next = 0;
    const auto mayBe = [&](int role, int participant) {
        if (role < 0)
            return role == anybody || participant == everybody;
        const int now = played[static_cast<std::size_t>(role)];
        const bool taken = std::find(played.begin(), played.end(), participant) != played.end();
        return participant == everybody || now == participant || (now == nobody && !taken);
    };
    const auto give = [&](int role, int participant) {
        if (role >= 0 && participant >= 0)
            played[static_cast<std::size_t>(role)] = participant;
    };
    for (std::size_t message = 0; message < relevant.size(); ++message)
        for (std::size_t step = next; step < pattern.steps.size() && step < next + lookedAhead; ++step)
            if (ofKind[step][message] && mayBe(stepFrom[step], messageFrom[message]) &&
                mayBe(stepTo[step], messageTo[message])) {
                give(stepFrom[step], messageFrom[message]);
                give(stepTo[step], messageTo[message]);
                next = step + 1;
                break;
            }
}

/// Casts that differ in strays alone: which of them is meant (who of two that both send data?) is for the
/// rules to say. The cheapest come to stay, and only few of them.
void Matcher::keepRivals(std::uint32_t cost) {
    constexpr std::size_t mostRivals = 4;
    const auto dearest = [&] {
        return std::max_element(casts.begin(), casts.end(),
                                [](const auto& a, const auto& b) { return a.second < b.second; });
    };
    casts.emplace(played, cost);
    const auto cheapest = std::min_element(casts.begin(), casts.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
    const std::uint32_t most = cheapest->second + likeMessage;
    std::erase_if(casts, [&](const auto& one) { return one.second >= most; });
    if (casts.size() > mostRivals)
        casts.erase(dearest());
}

/// Every cast is weighed, whoever appears first being tried first; of casts that cost the same the first one.
/// A part may stay without a player: the server that never answers. Who talks to himself plays all parts.
void Matcher::bindByCost() {
    const auto may = whoMayPlay();
    const std::size_t one = std::max<std::size_t>(1, relevant.size() * states.size());
    std::size_t castsLeft = std::clamp(mostWork / one, leastCasts, mostCasts);
    castInOrder();
    std::vector<int> best = played;
    std::uint32_t bestCost = weigh();
    keepRivals(bestCost);
    std::fill(played.begin(), played.end(), nobody);
    const auto isTaken = [&](int participant, std::size_t role) {
        const auto end = played.begin() + static_cast<std::ptrdiff_t>(role);
        return participants.size() > 1 && std::find(played.begin(), end, participant) != end;
    };
    const std::function<void(std::size_t)> cast = [&](std::size_t role) {
        if (castsLeft == 0 || bestCost == 0)
            return;
        if (role == may.size()) {
            --castsLeft;
            const std::uint32_t cost = weigh();
            keepRivals(cost);
            if (cost < bestCost) {
                bestCost = cost;
                best = played;
            }
            return;
        }
        for (const int participant : may[role])
            if (!isTaken(participant, role)) {
                played[role] = participant;
                cast(role + 1);
            }
        played[role] = nobody;
        cast(role + 1);
    };
    cast(0);
    played = std::move(best);
}

} // namespace wirestage::lesson
