// SPDX-License-Identifier: GPL-3.0-or-later
// The states of a TCP end, by the figures of RFC 9293: what is sent, in which state each end is, and what the
// application hears of it.
#include "tests/core/simulation/tcp_pair.h"

#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

using enum TcpState;
using States = std::vector<TcpState>;
using Events = std::vector<StreamEventType>;
using StreamEventType::Accepted, StreamEventType::Acked, StreamEventType::Opened, StreamEventType::PeerClosed,
    StreamEventType::Refused, StreamEventType::Reset, StreamEventType::TimedOut, StreamEventType::Unreachable;

// 3.5, figure 6
TEST(TcpStates, OpenWithThreeSegments) {
    TcpPair pair;
    pair.connect();
    EXPECT_EQ(pair.trace(), "0.000 A SYN 0\n"
                            "0.010 B SYN 0 ack 1\n"
                            "0.020 A 1 ack 1\n");
    EXPECT_EQ(pair.ends[0].states, (States{SynSent, Established}));
    EXPECT_EQ(pair.ends[1].states, (States{Listen, SynReceived, Established}));
    EXPECT_EQ(pair.ends[0].events, Events{Opened});
    EXPECT_EQ(pair.ends[1].events, Events{Accepted});
}

// 3.5, figure 7
TEST(TcpStates, OpenAtTheSameTimeWithFourSegments) {
    TcpPair pair;
    pair.a().open(0);
    pair.b().open(0);
    pair.run(second);
    EXPECT_EQ(pair.trace(), "0.000 A SYN 0\n"
                            "0.000 B SYN 0\n"
                            "0.010 B SYN 0 ack 1\n"
                            "0.010 A SYN 0 ack 1\n");
    for (const TcpPair::End& end : pair.ends) {
        EXPECT_EQ(end.states, (States{SynSent, SynReceived, Established}));
        EXPECT_EQ(end.events, Events{Opened});
    }
}

TEST(TcpStates, OpenAtTheSameTimeThoughOneAnswerIsLost) {
    TcpPair pair;
    pair.loses = [](unsigned from, const TcpSegment&, unsigned nth) { return from == 1 && nth == 2; };
    pair.a().open(0);
    pair.b().open(0);
    pair.run(10 * second);
    EXPECT_EQ(pair.a().state(), Established);
    EXPECT_EQ(pair.b().state(), Established);
}

// 3.6, figure 12
TEST(TcpStates, CloseWithFourSegmentsAndWaitTwoSegmentLifetimes) {
    TcpPair pair;
    pair.connect();
    const std::size_t opened = pair.sent.size();
    pair.now = second;
    pair.close(0);
    pair.runFor(second);
    EXPECT_EQ(pair.b().state(), CloseWait);
    pair.close(1);
    pair.runFor(second);
    EXPECT_EQ(pair.trace(opened), "1.000 A FIN 1 ack 1\n"
                                  "1.010 B 1 ack 2\n"
                                  "2.000 B FIN 1 ack 2\n"
                                  "2.010 A 2 ack 2\n");
    EXPECT_EQ(pair.a().state(), TimeWait);
    EXPECT_EQ(pair.b().state(), Closed);
    pair.run(62'009 * millisecond);
    EXPECT_EQ(pair.a().state(), TimeWait);
    pair.run(62'010 * millisecond);
    EXPECT_EQ(pair.ends[0].states, (States{SynSent, Established, FinWait1, FinWait2, TimeWait, Closed}));
    EXPECT_EQ(pair.ends[1].states, (States{Listen, SynReceived, Established, CloseWait, LastAck, Closed}));
    EXPECT_EQ(pair.ends[0].events, (Events{Opened, PeerClosed, StreamEventType::Closed}));
    EXPECT_EQ(pair.ends[1].events, (Events{Accepted, PeerClosed, StreamEventType::Closed}));
}

// 3.6, figure 13
TEST(TcpStates, CloseAtTheSameTimeThroughClosing) {
    TcpPair pair;
    pair.connect();
    pair.close(0);
    pair.close(1);
    pair.runFor(second);
    for (const TcpPair::End& end : pair.ends) {
        EXPECT_EQ(end.connection.state(), TimeWait);
        EXPECT_EQ(States(end.states.end() - 3, end.states.end()), (States{FinWait1, Closing, TimeWait}));
        EXPECT_TRUE(end.had(StreamEventType::Closed));
    }
}

// 3.6: who has closed may still receive
TEST(TcpStates, LetAHalfClosedConnectionCarryDataTheOtherWay) {
    TcpPair pair;
    pair.connect();
    pair.close(0);
    pair.runFor(second);
    EXPECT_EQ(pair.a().state(), FinWait2);
    pair.send(1, "still here");
    pair.runFor(second);
    EXPECT_EQ(pair.ends[0].received, "still here");
    EXPECT_TRUE(pair.ends[1].had(Acked));
    pair.send(0, "too late"); // 3.10.2: error, connection closing
    pair.runFor(second);
    EXPECT_EQ(pair.ends[1].received, "");
}

// 3.10.4: the FIN follows what was given to SEND before
TEST(TcpStates, SendAllDataBeforeTheFin) {
    TcpPair pair;
    pair.connect();
    const std::string text = numbered(20'000);
    pair.send(0, text);
    pair.close(0);
    pair.runFor(5 * second);
    EXPECT_EQ(pair.ends[1].received, text);
    EXPECT_EQ(pair.ends[1].events.back(), PeerClosed);
    EXPECT_EQ(pair.a().state(), FinWait2);
}

// 3.10.7.4, eighth step: a lost last ACK brings the FIN again, and TIME-WAIT begins anew
TEST(TcpStates, StartTimeWaitAnewWhenTheFinComesAgain) {
    TcpPair pair;
    pair.connect();
    pair.close(0);
    pair.runFor(second);
    bool lost = false;
    pair.loses = [&](unsigned from, const TcpSegment&, unsigned) {
        return from == 0 && !std::exchange(lost, true);
    };
    const Time closed = pair.now;
    pair.close(1);
    pair.runFor(10 * second);
    EXPECT_EQ(pair.b().state(), Closed);
    EXPECT_EQ(pair.a().state(), TimeWait);
    // The FIN came again after B's timeout of one second, 10 ms under way each time.
    EXPECT_EQ(pair.a().deadline(), closed + second + 10 * millisecond + 60 * second);
}

// 3.10.7.3: a RST that acknowledges the SYN
TEST(TcpStates, TakeAResetToTheSynForARefusal) {
    TcpPair pair;
    pair.a().open(0);
    TcpSegment reset = segmentWith(tcp_flag::rst | tcp_flag::ack, 0, TcpPair::initial[0] + 1);
    TcpSegment forged = reset;
    forged.header.acknowledgement += 7;
    pair.a().arrive(forged, 1);
    EXPECT_EQ(pair.a().state(), SynSent);
    pair.a().arrive(reset, 2);
    pair.run(second);
    EXPECT_EQ(pair.a().state(), TcpState::Closed);
    EXPECT_EQ(pair.ends[0].events, Events{Refused});
}

TcpSegment resetAt(std::uint32_t sequence) {
    TcpSegment reset = segmentWith(tcp_flag::rst, sequence);
    return reset;
}

// 3.10.7.4, second step, with the checks of RFC 5961, 3.2
TEST(TcpStates, AreResetOnlyByTheNextNumberChallengeOthersAndPassOverWhatIsFarOff) {
    TcpPair pair;
    pair.connect();
    const std::size_t before = pair.sent.size();
    pair.b().arrive(resetAt(TcpPair::initial[0] + 1 + 65'535), pair.now); // just behind the window
    pair.run(pair.now);
    EXPECT_EQ(pair.trace(before), "");
    pair.b().arrive(resetAt(TcpPair::initial[0] + 2), pair.now);
    pair.run(pair.now);
    EXPECT_EQ(pair.trace(before), "0.030 B 1 ack 1\n");
    EXPECT_EQ(pair.b().state(), Established);
    pair.b().arrive(resetAt(TcpPair::initial[0] + 1), pair.now);
    pair.run(pair.now);
    EXPECT_EQ(pair.b().state(), TcpState::Closed);
    EXPECT_EQ(pair.ends[1].events.back(), Reset);
}

// 3.10.5
TEST(TcpStates, EndAtOnceOnBothSidesByAnAbort) {
    TcpPair pair;
    pair.connect();
    const std::size_t before = pair.sent.size();
    pair.a().abort(pair.now);
    pair.runFor(second);
    EXPECT_EQ(pair.trace(before), "0.030 A RST 1\n");
    EXPECT_EQ(pair.a().state(), TcpState::Closed);
    EXPECT_EQ(pair.ends[1].events.back(), Reset);
    EXPECT_FALSE(pair.ends[0].had(Reset)); // who aborts knows it
}

// 3.10.7.4, fourth step
TEST(TcpStates, ChallengeASynWithinAConnection) {
    TcpPair pair;
    pair.connect();
    const std::size_t before = pair.sent.size();
    TcpSegment syn = segmentWith(tcp_flag::syn, TcpPair::initial[0] + 500);
    pair.b().arrive(syn, pair.now);
    pair.run(pair.now);
    EXPECT_EQ(pair.trace(before), "0.030 B 1 ack 1\n");
    EXPECT_EQ(pair.b().state(), Established);
}

// 3.10.7.4, fifth step
TEST(TcpStates, AnswerAnAcknowledgementOfWhatWasNeverSent) {
    TcpPair pair;
    pair.connect();
    const std::size_t before = pair.sent.size();
    TcpSegment ack = segmentWith(tcp_flag::ack, TcpPair::initial[0] + 1, TcpPair::initial[1] + 100, 1000);
    pair.b().arrive(ack, pair.now);
    pair.run(pair.now);
    EXPECT_EQ(pair.trace(before), "0.030 B 1 ack 1\n");
}

// 3.5.1: one end has forgotten the connection; its RST makes the other one give up
TEST(TcpStates, DiscoverAHalfOpenConnection) {
    TcpPair pair;
    pair.connect();
    TcpSegment data = segmentWith(tcp_flag::ack, TcpPair::initial[0] + 1, TcpPair::initial[1] + 1);
    data.payload = {'x'};
    const auto answer = resetFor(data);
    ASSERT_TRUE(answer);
    pair.a().arrive(*answer, pair.now);
    EXPECT_EQ(pair.a().state(), TcpState::Closed);
}

// RFC 6298, 2.1 and 5.5; R2 of RFC 9293, 3.8.3 as the settings say
TEST(TcpStates, RepeatTheSynAfterOneTwoFourSecondsThenFail) {
    TcpPair pair;
    pair.loses = [](unsigned, const TcpSegment&, unsigned) { return true; };
    pair.a().open(0);
    pair.run(200 * second);
    EXPECT_EQ(pair.timesOf(0, 0), (std::vector<double>{0, 1, 3, 7, 15, 31}));
    EXPECT_EQ(pair.ends[0].events, Events{TimedOut});
    EXPECT_EQ(pair.a().state(), TcpState::Closed);
}

// RFC 1122, 4.2.3.9: a soft error is no reason to stop trying, but it is the better explanation afterwards
TEST(TcpStates, KeepTryingAfterASoftErrorAndReportItInTheEnd) {
    TcpPair pair;
    pair.loses = [](unsigned, const TcpSegment&, unsigned) { return true; };
    pair.a().open(0);
    pair.a().unreachable(1, TcpPair::initial[0], millisecond);
    EXPECT_EQ(pair.a().state(), SynSent);
    pair.run(200 * second);
    EXPECT_EQ(pair.ends[0].events, Events{Unreachable});
}

TEST(TcpStates, FailAtOnceAfterAHardErrorAboutWhatIsUnderWay) {
    TcpPair pair;
    pair.loses = [](unsigned, const TcpSegment&, unsigned) { return true; };
    pair.a().open(0);
    pair.a().unreachable(3, TcpPair::initial[0] + 1, millisecond); // RFC 5927: not a number under way
    EXPECT_EQ(pair.a().state(), SynSent);
    pair.a().unreachable(3, TcpPair::initial[0], millisecond);
    pair.run(second);
    EXPECT_EQ(pair.ends[0].events, Events{Unreachable});
}

// 3.10.7.4, fourth step: a SYN to a half-open passive end ends it, and a RST does (third step)
TEST(TcpStates, ForgetAnOpeningWhosePeerResetsIt) {
    TcpPair pair;
    pair.loses = [](unsigned from, const TcpSegment&, unsigned) { return from == 1; };
    pair.b().listen();
    pair.a().open(0);
    pair.run(20 * millisecond);
    ASSERT_EQ(pair.b().state(), SynReceived);
    pair.b().arrive(resetAt(TcpPair::initial[0] + 1), pair.now);
    pair.run(pair.now);
    EXPECT_EQ(pair.b().state(), TcpState::Closed);
    EXPECT_EQ(pair.ends[1].events, Events{});
}

// 3.6.1 and 3.10.7.4, fourth step: the next incarnation's SYN
TEST(TcpStates, MakeWayInTimeWaitForALaterSynOnly) {
    TcpPair pair;
    pair.connect();
    pair.close(0);
    pair.runFor(second);
    pair.close(1);
    pair.runFor(second);
    ASSERT_EQ(pair.a().state(), TimeWait);
    TcpSegment syn = segmentWith(tcp_flag::syn, TcpPair::initial[1] + 100);
    EXPECT_TRUE(pair.a().makesWayFor(syn));
    syn.header.sequence = TcpPair::initial[1];
    EXPECT_FALSE(pair.a().makesWayFor(syn));
}

} // namespace
} // namespace wirestage::simulation
