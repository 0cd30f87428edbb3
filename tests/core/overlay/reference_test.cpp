// SPDX-License-Identifier: GPL-3.0-or-later
// References: of lessons, and of captured exchanges.
#include "tests/core/overlay/overlay_captures.h"

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
