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

TEST(Pattern, GivesPartsToThoseWhoMakeTheBestOfThem) {
    // The relay is the first who offers anything to the client, yet it is the relay and not the server.
    const Pattern pattern{
        {step("dhcp.discover", "client", "*"), optional(step("dhcp.discover", "relay", "server")),
         optional(step("dhcp.offer", "server", "relay")), step("dhcp.offer", "relay", "client")},
        {}};
    const auto result =
        matched(pattern, {message("dhcp.discover", "c", "*"), message("dhcp.offer", "r", "c")});
    EXPECT_TRUE(result.satisfied());
    EXPECT_EQ(result.roles.at("relay"), "r");
    EXPECT_FALSE(result.roles.contains("server"));
}

TEST(Pattern, LetsOneWhoTalksToHimselfPlayAllParts) {
    EXPECT_TRUE(
        matched(handshake, {message("tcp.syn", "here", "here"), message("tcp.syn_ack", "here", "here"),
                            message("tcp.ack", "here", "here")})
            .satisfied());
}

TEST(Pattern, MissesAStepBehindTheRepetitionsOfTheOneBefore) {
    const Pattern pattern{{repeated(step("dhcp.discover")), step("dhcp.offer")}, {}};
    const auto result = matched(pattern, {message("dhcp.discover"), again(message("dhcp.discover"))});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "repeated", "missing"));
}

TEST(Pattern, MissesItBehindTheRepetitionsAlsoWhereStepsBetweenMayBeLeftOut) {
    const Pattern pattern{{repeated(step("dhcp.discover")), optional(step("dhcp.inform")), step("dhcp.offer"),
                           optional(step("dhcp.nak")), step("dhcp.ack")},
                          {}};
    const auto result = matched(pattern, {message("dhcp.discover"), again(message("dhcp.discover"))});
    EXPECT_THAT(statuses(result),
                ElementsAre("matched", "repeated", "optional", "missing", "optional", "missing"));
}

TEST(Pattern, TakesTheOnlyOneLeftThoughWhatItsRuleNamesIsMissing) {
    Pattern pattern{{step("dns.query", "a", "b"), step("dns.response", "c", "b"),
                     step("dns.response", "b", "a"), step("dns.query", "a", "b"),
                     step("dns.response", "b", "a")},
                    {}};
    pattern.steps[1].name = "found";
    pattern.steps[2].name = "answer";
    pattern.steps[2].rules = {{"answer.time > found.time", {}}};
    const auto result = matched(pattern, {message("dns.query"), message("dns.response", "b", "a"),
                                          message("dns.query"), message("dns.response", "b", "a")});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "missing", "matched", "matched", "matched"));
}

TEST(Pattern, LetsItsRulesSayWhichOfTwoAlikePlaysWhichPart) {
    Pattern pattern{{step("tcp.data", "sender", "receiver"), step("tcp.ack", "receiver", "sender")}, {}};
    pattern.steps[1].rules = {{"ack.time = data.time + 3", {}}};
    const auto result = matched(pattern, {message("tcp.data", "x", "y"), message("tcp.ack", "y", "x"),
                                          message("tcp.data", "y", "x"), message("tcp.rst"),
                                          message("tcp.rst"), message("tcp.ack", "x", "y")});
    EXPECT_TRUE(result.satisfied());
    EXPECT_EQ(result.roles.at("sender"), "y");
}

TEST(Pattern, RatherMissesOneOfManyThanTheOnlyOneOfItsKind) {
    const Pattern pattern{{step("tcp.fin", "a", "b"), step("tcp.ack", "b", "a")}, {}};
    const auto result = matched(
        pattern, {message("tcp.ack", "b", "a"), message("tcp.ack", "b", "a"), message("tcp.fin", "a", "b")});
    EXPECT_THAT(statuses(result), ElementsAre("unexpected", "unexpected", "matched", "missing"));
}

TEST(Pattern, TakesOfSeveralLikeMessagesTheOneThatKeepsTheRules) {
    Pattern pattern{{step("tcp.data", "a", "b"), step("tcp.data", "a", "b")}, {}};
    pattern.steps[0].name = "first";
    pattern.steps[1].name = "later";
    pattern.steps[1].rules = {{"later.time >= first.time + 3", {}}};
    const auto result = matched(pattern, std::vector<PatternMessage>(5, message("tcp.data")));
    EXPECT_TRUE(result.satisfied());
    EXPECT_EQ(result.steps.size(), 5U);
}

TEST(Pattern, TakesMessagesForBothStepsOfARuleWhereOneAloneWouldNotDo) {
    Pattern pattern{{step("tcp.data", "a", "b"), step("tcp.ack", "b", "a"), step("tcp.data", "a", "b")}, {}};
    pattern.steps[0].name = "first";
    pattern.steps[2].name = "later";
    pattern.steps[2].rules = {{"later.time - first.time = 2", {}}};
    const auto result =
        matched(pattern, {message("tcp.data"), message("tcp.data"), message("tcp.data"),
                          message("tcp.ack", "b", "a"), message("tcp.data"), message("tcp.data")});
    EXPECT_TRUE(result.satisfied());
}

TEST(Pattern, DoesNotCountARepetitionThatBreaksARuleForARepetition) {
    Pattern pattern{{step("dhcp.discover"), repeated(step("dhcp.offer"))}, {}};
    pattern.steps[1].rules = {{"offer.time < 1.5", {}}};
    const auto result =
        matched(pattern, {message("dhcp.discover"), message("dhcp.offer"), message("dhcp.offer")});
    EXPECT_THAT(statuses(result), ElementsAre("matched", "matched", "unexpected"));
    EXPECT_TRUE(result.satisfied());
}

TEST(Pattern, SaysWithWhichValuesARuleIsBroken) {
    Pattern pattern = handshake;
    pattern.steps[1].rules = {{"syn_ack.time = syn.time + 5", {}}};
    const auto result =
        matched(pattern, {message("tcp.syn"), message("tcp.syn_ack", "b", "a"), message("tcp.ack")});
    EXPECT_EQ(english(result.steps[1].why),
              "its values break the rule “syn_ack.time = syn.time + 5”: left 1.000000000, right 5");
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

TEST(PatternRule, HoldsWithAnyOfTheValuesThatItNames) {
    Pattern pattern = handshake;
    pattern.steps[2].rules = {{"ack.time = 1 or 2", {}}};
    const std::vector<PatternMessage> messages{message("tcp.syn"), message("tcp.syn_ack", "b", "a"),
                                               message("tcp.ack")};
    EXPECT_TRUE(matched(pattern, messages).satisfied());
    pattern.steps[2].rules = {{"ack.time = 3 or 4", {}}};
    const PatternResult result = matched(pattern, messages);
    ASSERT_EQ(result.steps[2].broken.size(), 1U);
    EXPECT_THAT(english(result.steps[2].why), testing::EndsWith("3 or 4"));
    EXPECT_FALSE(checkRule({"ack.time = 1 or 2", {}}, handshake));
    EXPECT_TRUE(checkRule({"ack.time = 1 or", {}}, handshake));
    EXPECT_TRUE(checkRule({"ack.time = or 1", {}}, handshake));
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
