// SPDX-License-Identifier: GPL-3.0-or-later
// What must not come, what has a note, and answers to several questions that are under way at once.
#include "core/lesson/pattern.h"

#include "core/protocols/description.h"

#include <gmock/gmock.h>

namespace wirestage::lesson {
namespace {

using testing::ElementsAre;

PatternStep step(std::string name, std::string kind, std::string from, std::string to,
                 std::vector<std::string> rules = {}) {
    PatternStep result;
    result.name = std::move(name);
    result.kinds = {std::move(kind)};
    result.from = std::move(from);
    result.to = std::move(to);
    for (std::string& rule : rules)
        result.rules.push_back({std::move(rule), {}});
    return result;
}

PatternStep never(PatternStep one) {
    one.never = one.optional = true;
    return one;
}

PatternStep inLoop(PatternStep one, bool repeat = false) {
    one.loop = "loop";
    one.repeat = repeat;
    return one;
}

struct Sent {
    bool reply = false;
    int number = 0;
};

/// Echo requests from "a" and replies from "b", with their numbers.
PatternResult matched(const Pattern& pattern, const std::vector<Sent>& sent,
                      const std::function<void(std::vector<PatternMessage>&)>& change = {}) {
    std::vector<PatternMessage> messages(sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
        PatternMessage& one = messages[i];
        one.kind = *kindOfName(sent[i].reply ? "icmp.echo_reply" : "icmp.echo_request");
        one.from = sent[i].reply ? "b" : "a";
        one.to = sent[i].reply ? "a" : "b";
        one.ref.packet = static_cast<PacketIndex>(i);
        one.time = static_cast<Time>(i) * 1'000'000'000;
    }
    if (change)
        change(messages);
    static const FieldSpec number{"icmp.seq", {}};
    const auto describe = [&](const MessageRef& ref) {
        Description description;
        if (const int value = sent[ref.packet].number) {
            description.fields.emplace_back();
            description.fields.back().spec = &number;
            description.fields.back().value = std::to_string(value);
        }
        return description;
    };
    return match(pattern, messages, describe, false);
}

std::vector<std::string_view> statuses(const PatternResult& result) {
    std::vector<std::string_view> words;
    for (const StepResult& one : result.steps)
        words.push_back(name(one.status));
    return words;
}

PatternStep request(std::string name) {
    return step(std::move(name), "icmp.echo_request", "a", "b");
}

const Pattern lost{{request("lost"), request("next"),
                    step("answer", "icmp.echo_reply", "b", "a", {"answer.icmp.seq = next.icmp.seq"}),
                    never(step("none", "icmp.echo_reply", "b", "a", {"none.icmp.seq = lost.icmp.seq"}))},
                   {}};

constexpr bool reply = true;

TEST(PatternNever, FindsTheMessageToWhichNothingBelongs) {
    const auto result = matched(
        lost, {{!reply, 1}, {reply, 1}, {!reply, 2}, {!reply, 3}, {reply, 3}, {!reply, 4}, {reply, 4}});
    EXPECT_TRUE(result.satisfied());
    const auto found = std::find_if(result.steps.begin(), result.steps.end(),
                                    [](const StepResult& one) { return one.step == 0; });
    ASSERT_NE(found, result.steps.end());
    EXPECT_EQ(found->message, 2U);
}

TEST(PatternNever, DiffersWhereSomethingBelongsToEachOfThem) {
    const auto result = matched(lost, {{!reply, 1}, {reply, 1}, {!reply, 2}, {reply, 2}});
    EXPECT_FALSE(result.satisfied());
}

TEST(PatternNever, MindsALateOneBehindOtherSteps) {
    const auto result = matched(lost, {{!reply, 1}, {!reply, 2}, {reply, 2}, {reply, 1}});
    EXPECT_FALSE(result.satisfied());
}

TEST(PatternNever, WhatIsLostHasNotCome) {
    const std::vector<Sent> sent{{!reply, 1}, {reply, 1}, {!reply, 2}, {reply, 2}};
    const auto result =
        matched(lost, sent, [](std::vector<PatternMessage>& messages) { messages[1].lost = true; });
    EXPECT_TRUE(result.satisfied());
}

TEST(PatternNever, InALoopItMustNotComeAsLongAsThatGoesOn) {
    PatternStep again = never(inLoop(step("again", "icmp.echo_request", "a", "b")));
    again.notes.add(Note::Repeated);
    const Pattern pattern{
        {inLoop(request("request"), true), inLoop(step("reply", "icmp.echo_reply", "b", "a"), true), again},
        {}};
    const std::vector<Sent> sent{{!reply, 1}, {reply, 1}, {!reply, 2}, {reply, 2}};
    EXPECT_TRUE(matched(pattern, sent).satisfied());
    EXPECT_FALSE(matched(pattern, sent, [](std::vector<PatternMessage>& messages) {
                     messages[2].notes.add(Note::Repeated);
                 }).satisfied());
}

TEST(PatternNote, TakesOnlyMessagesWithTheNote) {
    Pattern pattern{{request("again")}, {}};
    pattern.steps[0].notes.add(Note::Repeated);
    EXPECT_FALSE(matched(pattern, {{!reply, 1}}).satisfied());
    const auto result = matched(pattern, {{!reply, 1}, {!reply, 1}},
                                [](auto& messages) { messages[1].notes.add(Note::Repeated); });
    EXPECT_TRUE(result.satisfied());
    EXPECT_EQ(result.steps.front().message, 1U);
}

TEST(PatternLoop, PairsAnswersWithQuestionsUnderWayAtOnce) {
    const Pattern pattern{
        {inLoop(request("request"), true),
         inLoop(step("reply", "icmp.echo_reply", "b", "a", {"reply.icmp.seq = request.icmp.seq"}), true)},
        {}};
    const auto result =
        matched(pattern, {{!reply, 1}, {!reply, 2}, {reply, 1}, {!reply, 3}, {reply, 2}, {reply, 3}});
    EXPECT_TRUE(result.satisfied());
    EXPECT_THAT(statuses(result),
                ElementsAre("matched", "repeated", "matched", "matched", "matched", "repeated"));
    EXPECT_FALSE(matched(pattern, {{!reply, 1}, {reply, 7}}).satisfied());
}

TEST(PatternRule, AsksWhetherAFieldIsThere) {
    Pattern pattern{{request("request")}, {}};
    pattern.steps[0].rules = {{"request.icmp.seq != ''", {}}};
    EXPECT_FALSE(checkRule(pattern.steps[0].rules[0], pattern));
    EXPECT_TRUE(matched(pattern, {{!reply, 5}}).satisfied());
    EXPECT_FALSE(matched(pattern, {{!reply, 0}}).satisfied());
    pattern.steps[0].rules = {{"request.icmp.seq > 3", {}}}; // without the field it says nothing
    EXPECT_TRUE(matched(pattern, {{!reply, 0}}).satisfied());
}

} // namespace
} // namespace wirestage::lesson
