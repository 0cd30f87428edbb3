// SPDX-License-Identifier: GPL-3.0-or-later
// A row of messages held against a pattern.
#include "core/lesson/pattern.h"

#include <gmock/gmock.h>

namespace wirestage::lesson {
namespace {

using testing::ElementsAre;

PatternStep step(std::string kind, std::string from = {}, std::string to = {}) {
    PatternStep result;
    result.name = kind.substr(kind.rfind('.') + 1);
    result.kinds = {std::move(kind)};
    result.from = std::move(from);
    result.to = std::move(to);
    return result;
}

PatternStep optional(PatternStep one) {
    one.optional = true;
    return one;
}

PatternStep repeated(PatternStep one) {
    one.repeat = true;
    return one;
}

PatternStep inGroup(PatternStep one) {
    one.anyOrder = "group";
    return one;
}

PatternStep inLoop(PatternStep one) {
    one.loop = "loop";
    return one;
}

PatternMessage message(std::string_view kind, std::string from = "a", std::string to = "b") {
    PatternMessage result;
    result.kind = *kindOfName(kind);
    result.from = std::move(from);
    result.to = std::move(to);
    return result;
}

PatternMessage again(PatternMessage one) {
    one.repeated = true;
    return one;
}

PatternResult matched(Pattern pattern, std::vector<PatternMessage> messages, bool bound = false) {
    for (std::size_t i = 0; i < messages.size(); ++i) {
        messages[i].ref.packet = static_cast<PacketIndex>(i);
        messages[i].time = static_cast<Time>(i) * 1'000'000'000;
    }
    return match(
        pattern, messages, [](const MessageRef&) { return Description{}; }, bound);
}

std::vector<std::string_view> statuses(const PatternResult& result) {
    std::vector<std::string_view> words;
    for (const StepResult& one : result.steps)
        words.push_back(name(one.status));
    return words;
}

const Pattern handshake{{step("tcp.syn", "a", "b"), step("tcp.syn_ack", "b", "a"), step("tcp.ack", "a", "b")},
                        {}};

TEST(Pattern, IsSatisfiedByItsStepsInOrder) {
    const auto result =
        matched(handshake, {message("tcp.syn"), message("tcp.syn_ack", "b", "a"), message("tcp.ack")});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "matched", "matched"));
    EXPECT_TRUE(result.satisfied());
    EXPECT_TRUE(result.found);
}

TEST(Pattern, NamesStandForWhoeverPlaysThePart) {
    const auto result =
        matched(handshake, {message("tcp.syn", "10.0.0.7", "srv"), message("tcp.syn_ack", "srv", "10.0.0.7"),
                            message("tcp.ack", "10.0.0.7", "srv")});
    EXPECT_TRUE(result.satisfied());
    EXPECT_EQ(result.roles.at("a"), "10.0.0.7");
    EXPECT_EQ(result.roles.at("b"), "srv");
}

TEST(Pattern, BoundNamesAreTheHostsThemselves) {
    EXPECT_FALSE(matched(handshake,
                         {message("tcp.syn", "b", "a"), message("tcp.syn_ack", "a", "b"),
                          message("tcp.ack", "b", "a")},
                         true)
                     .satisfied());
}

TEST(Pattern, SaysWhatIsMissing) {
    const auto result = matched(handshake, {message("tcp.syn"), message("tcp.ack")});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "missing", "matched"));
    EXPECT_FALSE(result.satisfied());
}

TEST(Pattern, DoesNotMindRetransmissions) {
    const auto result =
        matched(handshake, {message("tcp.syn"), again(message("tcp.syn")), message("tcp.syn_ack", "b", "a"),
                            again(message("tcp.syn_ack", "b", "a")), message("tcp.ack")});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "repeated", "matched", "repeated", "matched"));
    EXPECT_TRUE(result.satisfied());
}

TEST(Pattern, DoesNotMindWhatItDoesNotSpeakOf) {
    const auto result =
        matched(handshake, {message("arp.request"), message("tcp.syn"), message("icmp.echo_request"),
                            message("tcp.syn_ack", "b", "a"), message("tcp.ack"), message("tcp.fin")});
    EXPECT_TRUE(result.satisfied());
    EXPECT_EQ(result.steps.size(), 3U);
}

TEST(Pattern, CallsASecondOneUnexpectedWhichIsNoDifference) {
    const auto result = matched(handshake, {message("tcp.syn"), message("tcp.syn_ack", "b", "a"),
                                            message("tcp.ack"), message("tcp.ack")});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "matched", "matched", "unexpected"));
    EXPECT_TRUE(result.satisfied());
}

TEST(Pattern, SaysWhatCameOutOfItsPlace) {
    const Pattern pattern{{step("dhcp.discover"), step("dhcp.offer"), step("dhcp.request"), step("dhcp.ack")},
                          {}};
    const auto result = matched(pattern, {message("dhcp.discover"), message("dhcp.request"),
                                          message("dhcp.ack"), message("dhcp.offer")});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "matched", "matched", "out_of_order"));
    EXPECT_FALSE(result.satisfied());
}

TEST(Pattern, LeavesOutOptionalSteps) {
    const Pattern pattern{{step("dhcp.discover"), optional(step("dhcp.nak")), step("dhcp.offer")}, {}};
    const auto result = matched(pattern, {message("dhcp.discover"), message("dhcp.offer")});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "optional", "matched"));
    EXPECT_TRUE(result.satisfied());
}

TEST(Pattern, AStepThatRepeatsComesSeveralTimesInARow) {
    const Pattern pattern{{repeated(step("dhcp.discover")), step("dhcp.offer")}, {}};
    const auto result = matched(pattern, {message("dhcp.discover"), message("dhcp.discover"),
                                          message("dhcp.discover"), message("dhcp.offer")});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "repeated", "repeated", "matched"));
}

TEST(Pattern, AGroupComesInAnyOrder) {
    const Pattern pattern{
        {inGroup(step("tcp.fin", "a", "b")), inGroup(step("tcp.fin", "b", "a")), step("tcp.ack")}, {}};
    for (const bool turned : {false, true})
        EXPECT_TRUE(matched(pattern,
                            {turned ? message("tcp.fin", "b", "a") : message("tcp.fin"),
                             turned ? message("tcp.fin") : message("tcp.fin", "b", "a"), message("tcp.ack")},
                            true)
                        .satisfied());
}

TEST(Pattern, ALoopComesAgainAndAgain) {
    const Pattern pattern{
        {inLoop(step("icmp.echo_request", "a", "b")), inLoop(step("icmp.echo_reply", "b", "a"))}, {}};
    std::vector<PatternMessage> messages;
    for (int i = 0; i < 3; ++i) {
        messages.push_back(message("icmp.echo_request"));
        messages.push_back(message("icmp.echo_reply", "b", "a"));
    }
    EXPECT_THAT(statuses(matched(pattern, messages)), testing::Each("matched"));
    messages.pop_back();
    EXPECT_FALSE(matched(pattern, messages).satisfied() &&
                 statuses(matched(pattern, messages)).back() == "matched");
}

TEST(Pattern, AnnouncesBrokenRules) {
    Pattern pattern = handshake;
    pattern.steps[2].rules = {{"ack.time - syn.time < 1.5", {}}};
    const auto result =
        matched(pattern, {message("tcp.syn"), message("tcp.syn_ack", "b", "a"), message("tcp.ack")});
    EXPECT_FALSE(result.satisfied());
    ASSERT_EQ(result.steps[2].broken.size(), 1U);
    pattern.steps[2].rules = {{"ack.time - syn.time = 2", {}}};
    EXPECT_TRUE(matched(pattern, {message("tcp.syn"), message("tcp.syn_ack", "b", "a"), message("tcp.ack")})
                    .satisfied());
}

TEST(PatternRule, SaysWhichWordItDoesNotKnow) {
    EXPECT_EQ(english(*checkRule({"sin.tcp.seq = 0", {}}, handshake)),
              "step of the pattern “sin” is not known here; did you mean “syn”?");
    EXPECT_FALSE(checkRule({"ack.tcp.ack_raw = syn.tcp.seq_raw + 1", {}}, handshake));
    EXPECT_TRUE(checkRule({"syn.tcp.seq", {}}, handshake));
    EXPECT_TRUE(checkRule({"= syn.tcp.seq", {}}, handshake));
}

} // namespace
} // namespace wirestage::lesson
