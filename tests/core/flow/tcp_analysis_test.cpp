// SPDX-License-Identifier: GPL-3.0-or-later
// The sequence analysis, rule by rule: sequence numbers as RFC 9293 defines them (section 3.4), windows as
// RFC 7323 scales them, and the rules and names of Wireshark's manual, "TCP Analysis" (section 7.5).
#include "core/flow/tcp_analysis.h"

#include <gtest/gtest.h>

#include <string>

namespace wirestage {
namespace {

constexpr std::uint8_t fin = 1, syn = 2, rst = 4, ack = 16;
constexpr Time ms = 1'000'000;
constexpr unsigned client = 0, server = 1;

/// A connection that is fed by hand. Says the remarks on each segment, by name, separated by blanks.
class Tape {
public:
    std::string segment(unsigned direction, std::uint32_t sequence, std::uint32_t acknowledgement,
                        std::uint32_t length, std::uint8_t flags = ack, std::uint16_t window = 1000,
                        std::uint8_t scale = 255) {
        TcpFacts facts;
        facts.sequence = sequence;
        facts.acknowledgement = acknowledgement;
        facts.payloadLength = length;
        facts.flags = flags;
        facts.window = window;
        facts.windowScale = scale;
        report = analyse(connection, direction, facts, now, where);
        std::string names;
        for (unsigned i = 0; i < static_cast<unsigned>(Note::count); ++i)
            if (report.notes.has(static_cast<Note>(i)))
                names += (names.empty() ? "" : " ") + std::string(name(static_cast<Note>(i)));
        return names;
    }
    /// RFC 9293, figure 6: client's first number, server's first number.
    void handshake(std::uint32_t mine, std::uint32_t theirs, std::uint8_t myScale = 255,
                   std::uint8_t theirScale = 255) {
        segment(client, mine, 0, 0, syn, 1000, myScale);
        now += 10 * ms;
        segment(server, theirs, mine + 1, 0, syn | ack, 1000, theirScale);
        now += 10 * ms;
        segment(client, mine + 1, theirs + 1, 0);
        now += 10 * ms;
    }
    SeenAt where = SeenAt::Wire;
    Tape& after(Time pause) {
        now += pause;
        return *this;
    }

    TcpConnection connection;
    SegmentReport report;
    Time now = 1'000'000'000;
};

TEST(TcpAnalysis, HasNothingToSayOfAnUndisturbedTransfer) {
    Tape tape;
    tape.handshake(100, 500);
    EXPECT_EQ(tape.segment(client, 101, 501, 100), "");
    EXPECT_EQ(tape.after(ms).segment(server, 501, 201, 0), "");
    EXPECT_EQ(tape.after(ms).segment(client, 201, 501, 50), "");
    EXPECT_EQ(tape.report.relativeSequence, 101u);
    EXPECT_EQ(tape.report.relativeAcknowledgement, 1u);
    EXPECT_EQ(tape.report.newBytes, 50u);
}

TEST(TcpAnalysis, CallsAByteSentAgainAfterTheTimerARetransmission) {
    Tape tape;
    tape.handshake(100, 500);
    tape.segment(client, 101, 501, 100);
    EXPECT_EQ(tape.after(200 * ms).segment(client, 101, 501, 100), "retransmission");
    EXPECT_EQ(tape.report.newBytes, 0u);
}

TEST(TcpAnalysis, CallsASynSentAgainARetransmission) {
    Tape tape;
    tape.segment(client, 100, 0, 0, syn);
    EXPECT_EQ(tape.after(1000 * ms).segment(client, 100, 0, 0, syn), "retransmission");
}

TEST(TcpAnalysis, CountsNewBytesOfASegmentThatOnlyPartlyRepeats) {
    Tape tape;
    tape.handshake(100, 500);
    tape.segment(client, 101, 501, 100);
    tape.after(200 * ms).segment(client, 101, 501, 160);
    EXPECT_EQ(tape.report.newBytes, 60u);
}

/// Segments 101 and 301 arrive, 201 is missing; the server asks for 201 again and again.
Tape withAHole(int duplicates) {
    Tape tape;
    tape.handshake(100, 500);
    tape.segment(client, 101, 501, 100);
    tape.after(ms).segment(server, 501, 201, 0);
    tape.after(ms).segment(client, 301, 501, 100);
    for (int i = 0; i < duplicates; ++i)
        EXPECT_EQ(tape.after(ms).segment(server, 501, 201, 0), "duplicate_ack");
    return tape;
}

TEST(TcpAnalysis, TakesTwoDuplicateAcksWithinTwentyMillisecondsForAFastRetransmission) {
    Tape tape = withAHole(2); // RFC 5681, section 3.2 asks for three; Wireshark looks for two
    EXPECT_EQ(tape.after(19 * ms).segment(client, 201, 501, 100), "fast_retransmission");
}

TEST(TcpAnalysis, DoesNotTakeOneDuplicateAckForAFastRetransmission) {
    Tape tape = withAHole(1);
    EXPECT_EQ(tape.after(100 * ms).segment(client, 201, 501, 100), "retransmission");
}

TEST(TcpAnalysis, DoesNotTakeALateRepetitionForAFastOne) {
    Tape tape = withAHole(3);
    EXPECT_EQ(tape.after(100 * ms).segment(client, 201, 501, 100), "retransmission");
}

TEST(TcpAnalysis, SaysThatASegmentWasNotCaptured) {
    Tape tape;
    tape.handshake(100, 500);
    EXPECT_EQ(tape.segment(client, 201, 501, 100), "lost_segment");
}

TEST(TcpAnalysis, CallsWhatFollowsCloselyOutOfOrder) {
    Tape tape;
    tape.handshake(100, 500); // round trip 20 ms
    tape.segment(client, 201, 501, 100);
    EXPECT_EQ(tape.after(2 * ms).segment(client, 101, 501, 100), "out_of_order");
}

// Nothing overtakes anything at the place where it is sent.
TEST(TcpAnalysis, KnowsAtTheSenderThatBytesWereSentAgain) {
    Tape tape;
    tape.where = SeenAt::Sender;
    tape.handshake(100, 500);
    tape.segment(client, 101, 501, 100);
    tape.segment(client, 201, 501, 100);
    EXPECT_EQ(tape.after(2 * ms).segment(client, 101, 501, 100), "retransmission");
}

// RFC 5681, 3.2: the third duplicate makes it fast, however long the ACKs were on their way.
TEST(TcpAnalysis, CallsItFastAtTheSenderAfterThreeDuplicates) {
    for (const unsigned duplicates : {2U, 3U}) {
        Tape tape;
        tape.where = SeenAt::Sender;
        tape.handshake(100, 500);
        for (std::uint32_t i = 0; i < 5; ++i)
            tape.segment(client, 101 + 100 * i, 501, 100);
        tape.segment(server, 501, 201, 0);
        for (unsigned i = 0; i < duplicates; ++i)
            tape.segment(server, 501, 201, 0);
        EXPECT_EQ(tape.after(300 * ms).segment(client, 201, 501, 100),
                  duplicates == 3 ? "fast_retransmission" : "retransmission");
    }
}

TEST(TcpAnalysis, CallsBytesThatWereAcknowledgedBeforeASpuriousRetransmission) {
    Tape tape;
    tape.handshake(100, 500);
    tape.segment(client, 101, 501, 100);
    tape.after(ms).segment(server, 501, 201, 0);
    EXPECT_EQ(tape.after(300 * ms).segment(client, 101, 501, 100), "spurious_retransmission");
}

TEST(TcpAnalysis, SeesAnAcknowledgementOfBytesThatWereNotCaptured) {
    Tape tape;
    tape.handshake(100, 500);
    tape.segment(client, 101, 501, 100);
    EXPECT_EQ(tape.after(ms).segment(server, 501, 301, 0), "ack_lost_segment");
}

TEST(TcpAnalysis, KnowsAKeepAliveByTheNumberBeforeTheNextAndItsAnswer) {
    Tape tape; // RFC 9293, section 3.8.4
    tape.handshake(100, 500);
    tape.segment(client, 101, 501, 100);
    tape.after(ms).segment(server, 501, 201, 0);
    EXPECT_EQ(tape.after(60'000 * ms).segment(client, 200, 501, 0), "keep_alive");
    EXPECT_EQ(tape.after(ms).segment(server, 501, 201, 0), "keep_alive_ack");
    EXPECT_EQ(tape.after(60'000 * ms).segment(client, 200, 501, 1), "keep_alive");
}

TEST(TcpAnalysis, KnowsAZeroWindowItsProbeAndTheAnswerToThat) {
    Tape tape; // RFC 9293, section 3.8.6.1
    tape.handshake(100, 500);
    tape.segment(client, 101, 501, 100);
    EXPECT_EQ(tape.after(ms).segment(server, 501, 201, 0, ack, 0), "zero_window");
    EXPECT_EQ(tape.after(300 * ms).segment(client, 201, 501, 1), "zero_window_probe");
    EXPECT_EQ(tape.after(ms).segment(server, 501, 201, 0, ack, 0), "zero_window zero_window_probe_ack");
    EXPECT_EQ(tape.after(ms).segment(server, 501, 201, 0, ack, 1000), "window_update");
    EXPECT_EQ(tape.after(ms).segment(client, 201, 501, 100), "") << "the probe's byte did not count";
}

TEST(TcpAnalysis, SeesTheSegmentThatFillsTheWindow) {
    Tape tape;
    tape.handshake(100, 500);
    EXPECT_EQ(tape.segment(client, 101, 501, 999), "");
    EXPECT_EQ(tape.after(ms).segment(client, 1100, 501, 1), "window_full");
}

TEST(TcpAnalysis, ComparesSequenceNumbersAcrossTheWrap) {
    Tape tape; // RFC 9293, section 3.4: modulo 2 to the power of 32
    tape.handshake(0xffffff9b, 500);
    EXPECT_EQ(tape.segment(client, 0xffffff9c, 501, 100), "");
    EXPECT_EQ(tape.after(ms).segment(server, 501, 0, 0), "");
    EXPECT_EQ(tape.after(ms).segment(client, 0, 501, 100), "");
    EXPECT_EQ(tape.report.relativeSequence, 101u);
    EXPECT_EQ(tape.after(ms).segment(server, 501, 100, 0), "");
    EXPECT_EQ(tape.after(ms).segment(client, 100, 501, 10), "");
    EXPECT_EQ(tape.after(300 * ms).segment(client, 0xffffff9c, 501, 100), "spurious_retransmission");
}

TEST(TcpAnalysis, ScalesTheWindowWhereBothSynsOfferIt) {
    Tape tape; // RFC 7323, section 2.2
    tape.handshake(100, 500, 3, 7);
    tape.segment(client, 101, 501, 10, ack, 1000);
    EXPECT_EQ(tape.report.window, 8000u);
    tape.segment(server, 501, 111, 10, ack, 1000);
    EXPECT_EQ(tape.report.window, 128'000u);
}

TEST(TcpAnalysis, NeverScalesTheWindowOfTheSynItself) {
    Tape tape; // RFC 7323, section 2.2: the window in a SYN is never scaled
    tape.segment(client, 100, 0, 0, syn, 1000, 7);
    EXPECT_EQ(tape.report.window, 1000u);
}

TEST(TcpAnalysis, ScalesNothingWhereOnlyOneSideOffersIt) {
    Tape tape;
    tape.handshake(100, 500, 7);
    tape.segment(client, 101, 501, 10, ack, 1000);
    EXPECT_EQ(tape.report.window, 1000u);
}

TEST(TcpAnalysis, TakesFourteenForTheLargestScale) {
    Tape tape; // RFC 7323, section 2.3
    tape.handshake(100, 500, 30, 0);
    tape.segment(client, 101, 501, 10, ack, 1);
    EXPECT_EQ(tape.report.window, 1u << 14);
}

TEST(TcpAnalysis, CountsFromOneWhereTheHandshakeWasNotCaptured) {
    Tape tape;
    tape.segment(client, 7000, 9000, 10);
    EXPECT_EQ(tape.report.relativeSequence, 1u);
    EXPECT_EQ(tape.report.relativeAcknowledgement, 1u);
}

TEST(TcpAnalysis, TellsASynOfANewConnectionFromOneSentAgain) {
    Tape tape;
    tape.handshake(100, 500);
    TcpFacts facts;
    facts.flags = syn;
    facts.sequence = 100;
    EXPECT_FALSE(beginsAnew(tape.connection, client, facts));
    facts.sequence = 77'000;
    EXPECT_TRUE(beginsAnew(tape.connection, client, facts));
    facts.flags = syn | ack;
    EXPECT_FALSE(beginsAnew(tape.connection, client, facts));
}

TEST(TcpAnalysis, RemembersWhetherAResetCameBeforeTheSendersFin) {
    Tape early, late;
    early.handshake(100, 500);
    early.segment(server, 501, 101, 0, rst | ack);
    EXPECT_TRUE(early.connection.resetSeen);
    EXPECT_TRUE(early.connection.resetEarly);
    late.handshake(100, 500);
    late.segment(client, 101, 501, 0, fin | ack);
    late.segment(client, 102, 501, 0, rst | ack);
    EXPECT_TRUE(late.connection.resetSeen);
    EXPECT_FALSE(late.connection.resetEarly);
}

} // namespace
} // namespace wirestage
