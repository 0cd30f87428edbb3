// SPDX-License-Identifier: GPL-3.0-or-later
// The overlay: which exchange is found, what is said of each of its steps, and which rules are named.
#include "tests/core/overlay/overlay_captures.h"

#include <algorithm>

namespace wirestage::overlay::test {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const Step& stepOf(const Comparison& comparison, std::string_view kind) {
    static const Step absent;
    for (const Step& step : comparison.steps)
        if (step.kind == kind)
            return step;
    ADD_FAILURE() << "no step " << kind;
    return absent;
}

bool keepAll(std::uint64_t, std::vector<std::uint8_t>&) {
    return true;
}

TEST(Overlay, FindsALessonInItsOwnCapture) {
    const auto run = runOf("dhcp-dora");
    const Comparison comparison = compare(referenceOf(*run), *run->view, {});
    EXPECT_EQ(comparison.verdict, Verdict::Same);
    EXPECT_EQ(comparison.score, 1);
    EXPECT_THAT(lines(comparison), ElementsAre("matched 1 dhcp.discover", "matched 2 dhcp.offer",
                                               "matched 3 dhcp.request", "matched 4 dhcp.ack"));
    EXPECT_EQ(english(comparison.sentence), "The same: exchange 1 has all 4 required steps of “DHCP: four "
                                            "messages to an address”, and no rule is broken");
}

TEST(Overlay, FindsEveryLessonInWhatItsVantagePointSees) {
    for (const auto& file : lesson::builtInLessons()) {
        std::vector<std::string> names{file->id()};
        for (const lesson::VariantInfo& variant : file->lesson().variants)
            names.push_back(file->id() + "/" + variant.id);
        for (const std::string& name : names) {
            const auto run = runOf(name);
            ASSERT_TRUE(run);
            const Comparison comparison = compare(referenceOf(*run), *run->view, {});
            EXPECT_EQ(comparison.verdict, Verdict::Same) << name << ": " << english(comparison.sentence);
        }
    }
}

TEST(Overlay, SaysThatNobodyAnswered) {
    const auto run = runOf("dhcp-dora/no-server");
    const Comparison comparison = compare(lessonReference("dhcp-dora"), *run->view, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_THAT(lines(comparison),
                ElementsAre("matched 1 dhcp.discover", "repeated 2 dhcp.discover", "missing - dhcp.offer",
                            "missing - dhcp.request", "missing - dhcp.ack"));
    EXPECT_THAT(english(stepOf(comparison, "dhcp.offer").why),
                HasSubstr("nobody answered the DHCP Discover, though it was sent 3 times"));
    EXPECT_EQ(stepOf(comparison, "dhcp.offer").from, "server");
    EXPECT_EQ(stepOf(comparison, "dhcp.offer").to, "laptop");
}

TEST(Overlay, SaysOfWhatARelayHandedOnThatNobodyAnswered) {
    // Behind the ARP come two Discovers, as the relay hands them on; what would answer them is lost.
    const auto run = runOf("dhcp-relay", {"drop:dhcp.offer@server,router", "drop:dhcp.offer@server,router:2"},
                           "router:servers");
    const auto capture = changed(*run->view, [](std::uint64_t number, auto&) { return number <= 4; });
    const Comparison comparison = compare(lessonReference("dhcp-relay"), *capture, {});
    const auto missing = std::find_if(comparison.steps.begin(), comparison.steps.end(), [](const Step& step) {
        return step.status == lesson::StepStatus::Missing;
    });
    ASSERT_NE(missing, comparison.steps.end());
    EXPECT_THAT(english(missing->why),
                HasSubstr("nobody answered the DHCP Discover, though it was sent 2 times"));
    EXPECT_THAT(english(stepOf(comparison, "dhcp.ack").why), HasSubstr("it goes with the step before"));
}

TEST(Overlay, DoesNotTakeASilenceForWhatWasAnswered) {
    const auto lease = runOf("dhcp-dora");
    const Comparison comparison = compare(lessonReference("dhcp-dora/no-server"), *lease->view, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_THAT(lines(comparison), Contains("unexpected 2 dhcp.offer"));
    EXPECT_THAT(stepOf(comparison, "dhcp.offer").broken, ElementsAre("never dhcp.offer"));
    const auto silence = runOf("dhcp-dora/no-server");
    EXPECT_EQ(compare(lessonReference("dhcp-dora/no-server"), *silence->view, {}).verdict, Verdict::Same);
}

TEST(Overlay, DoesNotTakeTheEndOfAnotherConnectionForAnAnswer) {
    // The client's firewall keeps the call back out; at last the client closes the control connection.
    const auto capture = recording("ftp-active-blocked");
    const Comparison comparison = compare(lessonReference("ftp-active"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_THAT(lines(comparison), Contains("missing - tcp.syn_ack"));
    const auto missing = std::find_if(comparison.steps.begin(), comparison.steps.end(), [](const Step& step) {
        return step.status == lesson::StepStatus::Missing;
    });
    ASSERT_NE(missing, comparison.steps.end());
    EXPECT_THAT(english(missing->why), HasSubstr("nobody answered the SYN, though it was sent 9 times"));
}

TEST(Overlay, SaysWhatCameInsteadOfAnAnswer) {
    const auto capture = recording("ftp-badlogin");
    const Comparison comparison = compare(lessonReference("ftp-passive"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_EQ(english(stepOf(comparison, "ftp.reply.230").why),
              "no 230 Logged in came: instead 10.3.0.1 sent “530 Not logged in” (packet 8)");
}

TEST(Overlay, SaysBetweenWhomAMessageWasExpected) {
    // A DORA between relay and server: the Discover is no broadcast of a client.
    const auto run = runOf("dhcp-relay", {}, "servers");
    const Comparison comparison = compare(lessonReference("dhcp-dora"), *run->view, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_THAT(english(stepOf(comparison, "dhcp.request").why),
                HasSubstr("goes from router to server, where it is expected from router to everybody"));
}

TEST(Overlay, NamesTheRuleThatAnOfferOfNoAddressBreaks) {
    const auto run = runOf("dhcp-dora");
    const auto capture = changed(*run->view, [](std::uint64_t number, std::vector<std::uint8_t>& bytes) {
        if (number == 2) // Ethernet, IP and UDP take 42 bytes, yiaddr stands 16 behind (RFC 2131, section 2)
            std::fill_n(bytes.begin() + 58, 4, std::uint8_t{0});
        return true;
    });
    const Comparison comparison = compare(lessonReference("dhcp-dora"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    const Step& offer = stepOf(comparison, "dhcp.offer");
    EXPECT_THAT(offer.broken, Contains("offer.dhcp.ip.your != 0.0.0.0"));
    EXPECT_THAT(english(offer.why), HasSubstr("left 0.0.0.0, right 0.0.0.0"));
}

TEST(Overlay, NamesTheRuleThatASynAckForAnotherSynBreaks) {
    const auto run = runOf("tcp-handshake");
    const auto capture = changed(*run->view, [](std::uint64_t number, std::vector<std::uint8_t>& bytes) {
        if (number == 2)
            bytes[45] ^= 0x40; // the acknowledgment number's last byte
        return true;
    });
    const Comparison comparison = compare(lessonReference("tcp-handshake"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_THAT(stepOf(comparison, "tcp.syn_ack").broken,
                ElementsAre("syn-ack.tcp.ack_raw = syn.tcp.seq_raw + 1"));
}

TEST(Overlay, KnowsAnAnswerWithAnotherNumberForTheAnswer) {
    const auto run = runOf("dns-lookup");
    const auto capture = changed(*run->view, [](std::uint64_t number, std::vector<std::uint8_t>& bytes) {
        if (number == 2)
            bytes[43] ^= 0x40; // the id stands first (RFC 1035, section 4.1.1)
        return true;
    });
    ASSERT_EQ(capture->exchangeCount(), 2U) << "it is filed as an exchange of its own";
    const Comparison comparison = compare(lessonReference("dns-lookup"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_THAT(stepOf(comparison, "dns.response").broken, ElementsAre("answer.dns.id = query.dns.id"));
}

TEST(Overlay, TakesMessagesOfSeveralExchangesWhereItsReferenceSpansThem) {
    const auto capture = recording("dhcp-decline"); // a lease, a probe, the refusal, another lease
    const Comparison comparison = compare(lessonReference("dhcp-decline"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::Same);
    EXPECT_THAT(comparison.exchanges, ElementsAre(0U, 1U, 2U, 3U));
}

TEST(Overlay, TakesAnExchangeWithItsDataConnections) {
    const auto capture = recording("ftp-active");
    const Comparison comparison = compare(lessonReference("ftp-active"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::Same);
    EXPECT_THAT(lines(comparison), Contains("matched 22 tcp.syn")) << "the server calls back";
}

TEST(Overlay, DoesNotMixConnectionsThatHaveNothingToDoWithEachOther) {
    // One SYN that nobody answers, and a whole handshake between the same two: not one half of each.
    const auto silent = runOf("tcp-handshake/nobody-answers"), whole = runOf("tcp-handshake");
    const auto capture = together({changed(*silent->view,
                                           [](std::uint64_t number, std::vector<std::uint8_t>& bytes) {
                                               bytes[35] ^= 0x11; // another source port
                                               return number == 1;
                                           }),
                                   changed(*whole->view, keepAll)});
    const Comparison best = compare(lessonReference("tcp-handshake"), *capture, {});
    EXPECT_EQ(best.verdict, Verdict::Same);
    EXPECT_EQ(best.exchange, 1U);
    const Comparison silence = compare(lessonReference("tcp-handshake"), *capture, {0});
    EXPECT_EQ(silence.verdict, Verdict::Different);
    EXPECT_THAT(silence.exchanges, ElementsAre(0U));
}

TEST(Overlay, OffersTheOtherExchangesWithTheirScores) {
    const auto capture = recording("dhcp-dora-renew-release");
    const Comparison comparison = compare(lessonReference("dhcp-dora"), *capture, {});
    EXPECT_EQ(comparison.exchange, 0U);
    ASSERT_FALSE(comparison.others.empty());
    EXPECT_EQ(comparison.others.front().exchange, 2U) << "the renewal has a Request and an Ack";
    EXPECT_LT(comparison.others.front().score, 1);
}

TEST(Overlay, LooksOnlyAtTheExchangesThatAreNamed) {
    const auto capture = recording("dhcp-dora-renew-release");
    const Comparison comparison = compare(lessonReference("dhcp-dora"), *capture, {2});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_EQ(comparison.exchange, 2U);
}

TEST(Overlay, FindsNothingWhereNothingIsLikeIt) {
    const auto capture = recording("ftp-active");
    const Comparison comparison = compare(lessonReference("dhcp-dora"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::NotFound);
    EXPECT_TRUE(comparison.steps.empty());
    EXPECT_EQ(english(comparison.sentence), "Not found: nothing here is like “DHCP: four messages to an "
                                            "address”, which begins with “DHCP Discover”");
}

TEST(Overlay, AsksNothingOfAPlaceFromWhichItCannotBeSeen) {
    for (const std::string side : {"lan", "servers"}) {
        const auto run = runOf("dhcp-relay", {}, side);
        const Comparison comparison = compare(lessonReference("dhcp-relay"), *run->view, {});
        EXPECT_EQ(comparison.verdict, Verdict::Same) << english(comparison.sentence);
        EXPECT_EQ(comparison.seenFrom, side);
        EXPECT_THAT(english(comparison.sentence), HasSubstr("as far as can be seen from “" + side + "”"));
    }
}

TEST(Overlay, DoesNotTakeAPlainLeaseForTheClientsSideOfARelay) {
    const auto run = runOf("dhcp-dora");
    const Comparison comparison = compare(lessonReference("dhcp-relay"), *run->view, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_THAT(stepOf(comparison, "dhcp.offer").why.source + stepOf(comparison, "dhcp.ack").why.source,
                testing::Not(testing::IsEmpty()));
}

TEST(Overlay, FindsTheSegmentThatWasSentAgainAmongManyLikeIt) {
    const auto capture = recording("tcp-fast-retransmit");
    const Comparison comparison = compare(lessonReference("tcp-fast-retransmit"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::Same) << english(comparison.sentence);
    // tshark: packet 33 is the fast retransmission, asked for by the acknowledgments from 16 on
    EXPECT_THAT(lines(comparison), Contains("matched 33 tcp.data"));
}

TEST(Overlay, TellsEqualNeighboursOnce) {
    const auto capture = recording("tcp-rto");
    const Comparison comparison = compare(lessonReference("tcp-retransmission"), *capture, {});
    EXPECT_EQ(comparison.verdict, Verdict::Same);
    EXPECT_THAT(lines(comparison), Contains("repeated 6 tcp.data"));
    for (const Step& step : comparison.steps) {
        if (step.packet == 5) {
            EXPECT_EQ(step.more, 1U);
        }
    }
}

TEST(Overlay, MatchesNoMoreThanAStatedNumberOfExchanges) {
    const auto run = runOf("dns-lookup");
    std::vector<std::shared_ptr<const Capture>> copies;
    for (unsigned copy = 0; copy < 300; ++copy)
        copies.push_back(changed(*run->view, [&](std::uint64_t number, std::vector<std::uint8_t>& bytes) {
            const std::size_t port =
                number == 1 ? 34 : 36; // the client's: a flow, and an exchange, of its own
            bytes[port] = static_cast<std::uint8_t>(200 + copy / 256);
            bytes[port + 1] = static_cast<std::uint8_t>(copy);
            return number <= 2;
        }));
    const Comparison comparison = compare(lessonReference("dns-lookup"), *together(copies), {});
    EXPECT_EQ(comparison.verdict, Verdict::Same);
    EXPECT_EQ(comparison.candidates, 300U);
    EXPECT_EQ(comparison.weighed, 200U);
}

/// Only what this host of the lessons' network 192.0.2.0/24 sends and is sent.
std::shared_ptr<const Capture> takenAt(std::uint8_t host, const Capture& capture, std::uint64_t last = 1000) {
    return changed(capture, [&](std::uint64_t number, std::vector<std::uint8_t>& bytes) {
        return number <= last && (bytes[29] == host || bytes[33] == host);
    });
}

std::size_t notSeenIn(const Comparison& comparison) {
    return static_cast<std::size_t>(
        std::count_if(comparison.steps.begin(), comparison.steps.end(), [](const Step& step) {
            return step.status == lesson::StepStatus::NotSeen && step.packet == none;
        }));
}

TEST(Overlay, DoesNotMissWhatCannotBeSeenFromWhoBegins) {
    const auto run = runOf("dns-recursion");
    const auto atLaptop = takenAt(10, *run->view);
    const Comparison comparison = compare(referenceOf(*run), *atLaptop, {});
    EXPECT_EQ(comparison.verdict, Verdict::Partly) << english(comparison.sentence);
    EXPECT_EQ(notSeenIn(comparison), 7U);
    EXPECT_LT(comparison.score, 0.5) << "four of ten steps";
    EXPECT_EQ(compare(lessonReference("dns-lookup"), *atLaptop, {}).verdict, Verdict::Same);
    EXPECT_EQ(compare(lessonReference("dns-recursion/zone-down"), *atLaptop, {}).verdict, Verdict::Different);
}

TEST(Overlay, DiffersWhereWhatWhoBeginsWouldSeeIsMissing) {
    const auto run = runOf("dns-recursion");
    const auto one = takenAt(10, *run->view, 8); // the first lookup
    EXPECT_EQ(compare(referenceOf(*run), *one, {}).verdict, Verdict::Different);
    // The resolver's questions are there, those to the server of org are not.
    const auto atResolver = changed(*run->view, [](std::uint64_t, std::vector<std::uint8_t>& bytes) {
        return bytes[29] != 2 && bytes[33] != 2;
    });
    const Comparison comparison = compare(referenceOf(*run), *atResolver, {});
    EXPECT_EQ(comparison.verdict, Verdict::Different);
    EXPECT_EQ(notSeenIn(comparison), 0U);
}

TEST(Overlay, GivesAReasonForEachStep) {
    for (const std::string lesson : {"dhcp-dora", "dhcp-renew", "ftp-active", "tcp-close"})
        for (const std::string name : {"dhcp-decline", "ftp-pasv", "tcp-rto", "dhcp-nak"}) {
            const Comparison comparison = compare(lessonReference(lesson), *recording(name), {});
            for (const Step& step : comparison.steps)
                EXPECT_FALSE(english(step.why).empty()) << lesson << " in " << name << ": " << step.kind;
        }
}

/// A round trip longer than the interval: the second request leaves before the first reply has come.
TEST(Overlay, PairsPingsThatAreUnderWayAtOnce) {
    const auto run = runOf("ping", {"delay:icmp.echo_reply:1:1.5", "delay:icmp.echo_reply:2:1.5"});
    ASSERT_TRUE(run);
    const Comparison comparison = compare(lessonReference("ping"), *run->view, {});
    EXPECT_EQ(comparison.verdict, Verdict::Same) << english(comparison.sentence);
    for (const Step& step : comparison.steps)
        EXPECT_NE(step.status, lesson::StepStatus::Unexpected) << english(step.why);
    EXPECT_EQ(compare(lessonReference("ping/request-lost"), *run->view, {}).verdict, Verdict::Different);
}

} // namespace
} // namespace wirestage::overlay::test
