// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of match(): the cheapest way through a pattern that a row of messages can be read as. A required
// step without a message costs much, a message without a step a little; who plays which part, and which of
// several like messages is meant, is decided by what that way costs and by the rules that its values keep.
#pragma once

#include "core/lesson/pattern.h"
#include "core/lesson/pattern_rules.h"

#include <array>
#include <set>

namespace wirestage::lesson {

class Matcher {
public:
    using Describe = std::function<Description(const MessageRef&)>;
    Matcher(const Pattern& what, std::span<const PatternMessage> among, const Describe& fields);
    PatternResult run(bool bound);

private:
    static constexpr std::size_t mostMessages = 4000;   ///< of the kinds that a pattern speaks of
    static constexpr std::size_t mostCells = 2'000'000; ///< states times messages
    static constexpr std::size_t mostInGroup = 8;
    /// More than all strays together; the difference that a like message makes, too.
    static constexpr std::uint32_t missingCost = 1'000'000, likeMessage = 5'000, strayCost = 1,
                                   unreached = 0xffffffff;
    /// Besides places in `participants` and in `roleNames`.
    static constexpr int anybody = -1, everybody = -2, nobody = -3;

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
    using Layer = std::vector<Reached>;

    // --- pattern_ways.cpp ---
    void layOutStates();
    void chooseMessages();
    void weighSteps();
    [[nodiscard]] std::size_t groupEnd(std::size_t at) const;
    [[nodiscard]] std::size_t idOf(std::size_t at, unsigned come = 0) const { return firstId[at] + come; }
    /// `message`: place among the relevant ones.
    [[nodiscard]] bool fits(std::size_t step, std::size_t message) const;
    [[nodiscard]] bool resembles(std::size_t step, std::size_t message) const;
    [[nodiscard]] bool mayMatch(std::size_t step, std::size_t message) const;
    [[nodiscard]] bool isRepeated(std::size_t message) const { return messages[relevant[message]].repeated; }
    static void offer(Layer& layer, std::size_t to, const Reached& reached);
    void moveWithout(Layer& layer) const;
    void moveWith(const Layer& before, Layer& after, std::size_t message) const;
    void matchOne(const Layer& before, Layer& after, std::size_t id, std::size_t message) const;
    void repeats(Layer& after, std::size_t id, std::uint32_t cost, std::size_t message) const;
    std::uint32_t weigh();
    [[nodiscard]] std::vector<StepResult> trace() const;
    void traceMove(const Reached& reached, std::size_t layer, std::vector<StepResult>& backwards) const;

    // --- pattern_roles.cpp ---
    void nameParts();
    int participantOf(const std::string& name);
    int roleOf(const std::string& name);
    void bindByName();
    void bindByCost();
    void castInOrder();
    [[nodiscard]] std::vector<std::vector<int>> whoMayPlay() const;
    void keepRivals(std::uint32_t cost);

    // --- pattern_judge.cpp ---
    using Latest = std::map<std::string, std::size_t>;            ///< a step's name → place in `messages`
    using Came = std::map<std::string, std::vector<std::size_t>>; ///< of a step in a loop: all of them
    [[nodiscard]] PatternResult resultOf();
    void dismissUnfounded(PatternResult& result) const;
    [[nodiscard]] bool isTold(const PatternStep& step, const std::set<std::string>& by) const;
    void judgeStrays(PatternResult& result);
    [[nodiscard]] bool keepsAll(std::size_t step, std::size_t message, Latest latest);
    void judgeForbidden(PatternResult& result);
    void judgeForbidden(PatternResult& result, std::size_t step);
    /// Places in a result: from `first` to before `last`; what is known before `known` counts for its rules.
    struct Reach {
        std::size_t first = 0, last = 0, known = 0;
    };
    [[nodiscard]] Reach reachOf(const PatternResult& result, std::size_t step) const;
    [[nodiscard]] std::set<std::string> othersIn(std::size_t step) const;
    [[nodiscard]] std::size_t relevantOf(std::size_t message) const;
    void applyRules(PatternResult& result);
    [[nodiscard]] bool answersEarlier(std::size_t step, std::size_t message, const Latest& latest,
                                      const Came& came);
    [[nodiscard]] Latest latestBefore(const PatternResult& result, std::size_t place) const;
    [[nodiscard]] std::optional<std::string> fieldOf(const Latest& latest, const std::string& step,
                                                     const std::string& field);
    [[nodiscard]] std::optional<bool> keeps(const Rule& rule, const Latest& latest);
    [[nodiscard]] Text inWords(const Rule& rule, const Latest& latest);
    [[nodiscard]] const ParsedRule* parsed(const Rule& rule) const;
    [[nodiscard]] std::set<std::string> namesIn(const Rule& rule) const;

    // --- pattern_mend.cpp ---
    using Pins = std::map<std::size_t, std::size_t>; ///< step → the relevant message that it must be
    void mendBrokenRules(PatternResult& result);
    void recast(PatternResult& result);
    bool mend(PatternResult& result, std::size_t target, unsigned depth);
    bool tryPins(PatternResult& result, const Pins& kept, const Pins& proposal, std::size_t target,
                 unsigned depth);
    const PatternResult& readingWithPins();
    [[nodiscard]] std::vector<Pins> proposals(const PatternResult& result, std::size_t place,
                                              const Rule& rule);
    [[nodiscard]] std::vector<Pins> proposalsWithout(const PatternResult& result, std::size_t place);
    void proposeOne(std::vector<Pins>& into, std::size_t step, const Rule& rule, const Latest& latest);
    void proposeTwo(std::vector<Pins>& into, std::size_t first, std::size_t second, const Rule& rule,
                    const Latest& latest);

    const Pattern& pattern;
    std::span<const PatternMessage> messages;
    const Describe& describe;
    std::vector<std::size_t> relevant;     ///< places of messages of kinds that the pattern speaks of
    std::vector<std::vector<bool>> ofKind; ///< by step and relevant message
    std::vector<std::uint32_t> costOf;     ///< by step: of leaving it out
    std::vector<std::size_t> groupOf;      ///< by step: where its group in any order begins; itself: none
    std::vector<std::size_t> loopOf;       ///< by step: where its loop begins
    std::vector<std::size_t> firstId;      ///< by step, and one for the end
    std::vector<State> states;
    std::vector<Layer> layers; ///< before the first relevant message and behind each
    std::vector<std::string> participants, roleNames;
    std::vector<int> messageFrom, messageTo;         ///< by relevant message
    std::vector<int> stepFrom, stepTo;               ///< by step: place in roleNames, anybody, everybody
    std::vector<int> played;                         ///< by role: a participant, nobody
    std::map<std::vector<int>, std::uint32_t> casts; ///< that miss as little as the cheapest one → their cost
    Pins pins;
    std::size_t triesLeft = 0;              ///< of pins
    std::map<Pins, PatternResult> readings; ///< that were tried, with the parts as they are given now
    std::size_t evaluationsLeft = 0;        ///< of rules, in search of pins
    mutable std::map<std::string, std::optional<ParsedRule>> parsedRules;
    std::map<std::size_t, Description> described;
    std::size_t descriptionsLeft = 0;
    bool searching = false; ///< for other messages: that may end early, a judgment may not
};

} // namespace wirestage::lesson
