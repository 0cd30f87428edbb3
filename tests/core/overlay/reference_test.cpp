// SPDX-License-Identifier: GPL-3.0-or-later
// References: of lessons, and of captured exchanges.
#include "tests/core/overlay/overlay_captures.h"

#include <algorithm>

namespace wirestage::overlay::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> required(const Reference& reference) {
    std::vector<std::string> kinds;
    for (const lesson::PatternStep& step : reference.pattern.steps)
        if (!step.optional)
            kinds.push_back(step.kinds.front() + (step.repeat ? "+" : ""));
    return kinds;
}

TEST(LessonReference, CountsTheExchangesThatItSpans) {
    EXPECT_EQ(lessonReference("dhcp-dora").exchanges, 1U);
    EXPECT_EQ(lessonReference("ftp-active").exchanges, 1U) << "data connections belong to their session";
    EXPECT_EQ(lessonReference("dhcp-renew").exchanges, 2U);
    EXPECT_GE(lessonReference("dns-recursion").exchanges, 4U);
}

TEST(LessonReference, KnowsWhatIsSeenOnEitherSideOfARelay) {
    const Reference reference = lessonReference("dhcp-relay");
    ASSERT_EQ(reference.places.size(), 2U);
    EXPECT_EQ(reference.places[0].name, "lan");
    EXPECT_EQ(reference.places[1].name, "servers");
    for (std::size_t step = 0; step < reference.pattern.steps.size(); ++step)
        EXPECT_NE(reference.places[0].seen[step], reference.places[1].seen[step]);
}

TEST(LessonReference, DoesNotCallItAViewWhereASwitchSendsTheFirstFrameEverywhere) {
    EXPECT_THAT(lessonReference("dhcp-dora").places, IsEmpty());
    EXPECT_THAT(lessonReference("dns-recursion").places, IsEmpty());
}

TEST(LessonReference, KnowsWhatWhoBeginsCannotSee) {
    const Reference reference = lessonReference("dns-recursion");
    ASSERT_TRUE(reference.beginner);
    EXPECT_EQ(reference.beginner->name, "laptop");
    EXPECT_EQ(std::count(reference.beginner->seen.begin(), reference.beginner->seen.end(), true), 4);
    EXPECT_FALSE(lessonReference("dns-lookup").beginner);
    EXPECT_FALSE(lessonReference("dhcp-dora").beginner);
    EXPECT_FALSE(lessonReference("ping").beginner) << "only what is optional is between others";
}

TEST(CaptureReference, HasItsMessagesForSteps) {
    const auto capture = recording("dhcp-dora-renew-release");
    const Reference reference = referenceOf(*capture, 0, "dora#1");
    EXPECT_EQ(reference.name, "dora#1");
    EXPECT_THAT(required(reference), ElementsAre("dhcp.discover", "dhcp.offer", "dhcp.request", "dhcp.ack"));
    EXPECT_EQ(reference.pattern.steps[0].to, "*");
}

TEST(CaptureReference, DoesNotAskForWhatSaysNothingNew) {
    // Packets 5 to 7 repeat segment 4, and of the pure acknowledgments none is required.
    const auto capture = recording("tcp-rto");
    EXPECT_THAT(required(referenceOf(*capture, 0, "rto")),
                ElementsAre("tcp.syn", "tcp.syn_ack", "tcp.data", "tcp.fin", "tcp.fin"));
}

TEST(CaptureReference, TakesSegmentsInARowForOneStep) {
    const auto capture = recording("tcp-syn-lost"); // 1 448 bytes and more: several segments
    EXPECT_THAT(required(referenceOf(*capture, 0, "syn lost")),
                ElementsAre("tcp.syn", "tcp.syn_ack", "tcp.data+", "tcp.fin", "tcp.fin"));
}

std::vector<std::string> rules(const Reference& reference) {
    std::vector<std::string> all;
    for (const lesson::PatternStep& step : reference.pattern.steps)
        for (const lesson::Rule& rule : step.rules)
            all.push_back(rule.text);
    return all;
}

TEST(CaptureReference, BindsAnAnswerToItsQuestion) {
    EXPECT_THAT(rules(referenceOf(*recording("dhcp-dora-renew-release"), 0, "dora")),
                ElementsAre("offer-2.dhcp.id = discover-1.dhcp.id",
                            "request-3.dhcp.option.requested_ip_address = offer-2.dhcp.ip.your",
                            "ack-4.dhcp.id = request-3.dhcp.id"));
    EXPECT_THAT(rules(referenceOf(*recording("tcp-rto"), 0, "rto")),
                ElementsAre("syn_ack-2.tcp.ack_raw = syn-1.tcp.seq_raw + 1"));
    EXPECT_THAT(rules(referenceOf(*recording("dns-recursion"), 0, "lookup")),
                ElementsAre("response-2.dns.id = query-1.dns.id"));
}

TEST(CaptureReference, BindsNothingWhereSeveralCouldBeMeant) {
    // Two servers offer: which of the offers the request is about is not in its place.
    for (const std::string& rule : rules(referenceOf(*recording("dhcp-two-servers"), 0, "two")))
        EXPECT_EQ(rule.find("requested_ip_address"), rule.npos) << rule;
}

TEST(CaptureReference, DiffersWhereAnAnswerIsNotToItsQuestion) {
    const auto capture = recording("dns-recursion");
    ExchangeId lookup = 0;
    const Reference reference = referenceOf(*capture, lookup, "lookup");
    std::vector<PacketIndex> answers;
    const MessageList list = capture->messages({lookup});
    for (std::uint64_t row = 0; row < list.size(); ++row)
        if (isKind(capture->message(list.at(row)).kind, "dns.response"))
            answers.push_back(list.at(row).packet);
    ASSERT_EQ(answers.size(), 1U);
    const auto other = changed(*capture, [&](std::uint64_t number, std::vector<std::uint8_t>& bytes) {
        if (number == answers[0] + 1U)
            bytes[14 + 20 + 8] ^= 1; // of the DNS message's id the first byte
        return number == answers[0] + 1U ||
               capture->exchangeOf(static_cast<PacketIndex>(number - 1)) == lookup;
    });
    const Comparison comparison = compare(reference, *other, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different) << english(comparison.sentence);
}

TEST(CaptureReference, IsTheSameAsItsOwnExchange) {
    for (const std::string name : {"dhcp-decline", "dhcp-two-servers", "dns-recursion", "ftp-active",
                                   "ftp-pasv", "http-keepalive", "icmp-traceroute-udp", "icmp-redirect",
                                   "tcp-fast-retransmit", "tcp-simultaneous", "tcp-zero-window"}) {
        const auto capture = recording(name);
        for (ExchangeId id = 0; id < capture->exchangeCount(); ++id) {
            const Comparison comparison = compare(referenceOf(*capture, id, name), *capture, {id});
            EXPECT_EQ(comparison.verdict, Verdict::Same)
                << name << " " << id + 1 << ": " << english(comparison.sentence);
        }
    }
}

TEST(CaptureReference, IsFoundWithOtherHostsAndOtherTimes) {
    const auto one = recording("dhcp-dora-renew-release"), other = recording("dhcp-decline");
    const Comparison comparison = compare(referenceOf(*one, 0, "dora"), *other, {});
    EXPECT_EQ(comparison.verdict, Verdict::Same);
}

TEST(CaptureReference, DiffersWhereTheOtherOneTookAnotherWay) {
    const auto passive = recording("ftp-pasv"), active = recording("ftp-active");
    const Comparison comparison = compare(referenceOf(*passive, 0, "passive"), *active, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    bool said = false;
    for (const Step& step : comparison.steps)
        said |= step.kind == "ftp.command.pasv" && step.status == lesson::StepStatus::Missing &&
                english(step.why).find("“PORT”") != std::string::npos;
    EXPECT_TRUE(said);
}

} // namespace
} // namespace wirestage::overlay::test
