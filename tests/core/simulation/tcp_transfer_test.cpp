// SPDX-License-Identifier: GPL-3.0-or-later
// Data on a connection: acknowledgement, loss, windows and options, with the moments that the RFCs say.
#include "tests/core/simulation/tcp_pair.h"

#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

using enum StreamEventType;

unsigned pureAcksOf(const TcpPair& pair, unsigned end, std::size_t first = 0) {
    unsigned count = 0;
    for (std::size_t i = first; i < pair.sent.size(); ++i)
        count += pair.sent[i].from == end && pair.sent[i].segment.length() == 0;
    return count;
}

// RFC 1122, 4.2.3.2; RFC 9293, 3.8.6.3
TEST(TcpAcknowledgement, OfOneSegmentWaitsForASecondOne) {
    TcpPair pair;
    pair.connect();
    const std::size_t before = pair.sent.size();
    pair.send(0, "hello");
    pair.runFor(second);
    EXPECT_EQ(pair.trace(before), "0.030 A PSH 1+5 ack 1\n"
                                  "0.240 B 1 ack 6\n");
    EXPECT_EQ(pair.ends[1].fired, std::vector{TcpTimer::DelayedAck});
    EXPECT_EQ(pair.ends[0].events, (std::vector{Opened, Acked}));
}

TEST(TcpAcknowledgement, OfTwoFullSegmentsComesAtOnce) {
    TcpPair pair;
    pair.connect();
    const std::size_t before = pair.sent.size();
    pair.send(0, numbered(2920));
    pair.runFor(second);
    EXPECT_EQ(pair.trace(before), "0.030 A 1+1460 ack 1\n"
                                  "0.030 A PSH 1461+1460 ack 1\n"
                                  "0.040 B 1 ack 2921\n");
}

TEST(TcpAcknowledgement, NeverWaitsLongerThanHalfASecond) {
    TcpSettings slow;
    slow.ackDelay = 5 * second;
    TcpPair pair({}, slow);
    pair.connect();
    pair.send(0, "hello");
    pair.runFor(second);
    EXPECT_EQ(TcpPair::line(pair.sent.back()), "0.540 B 1 ack 6");
}

TEST(TcpAcknowledgement, RidesOnAnAnswer) {
    TcpPair pair;
    pair.connect();
    pair.ends[1].onEvent = [&](StreamEventType type) {
        if (type == Data)
            pair.send(1, "answer");
    };
    const std::size_t before = pair.sent.size();
    pair.send(0, "hello");
    pair.runFor(100 * millisecond);
    EXPECT_EQ(pair.trace(before), "0.030 A PSH 1+5 ack 1\n"
                                  "0.040 B PSH 1+6 ack 6\n");
}

// RFC 9293, 3.7.4
TEST(TcpNagle, HoldsASmallSegmentBackWhileAnotherIsUnderWay) {
    TcpPair pair;
    pair.connect();
    pair.send(0, "a");
    pair.send(0, "b");
    pair.send(0, "c");
    pair.runFor(second);
    EXPECT_EQ(pair.timesOf(0, 1), std::vector<double>{0.030});
    EXPECT_EQ(pair.timesOf(0, 2), std::vector<double>{0.250}); // "bc", when the delayed ACK has come
    EXPECT_EQ(pair.ends[1].received, "abc");
}

TEST(TcpNagle, TurnedOffLetsEverySmallSegmentGo) {
    TcpSettings settings;
    settings.nagle = false;
    TcpPair pair(settings);
    pair.connect();
    pair.send(0, "a");
    pair.send(0, "b");
    EXPECT_EQ(pair.timesOf(0, 2), std::vector<double>{0.030});
}

// RFC 6298, 5.4 to 5.6
TEST(TcpRetransmission, BacksOffByDoublingUpToSixtySecondsThenFails) {
    TcpPair pair;
    pair.connect();
    pair.loses = [](unsigned, const TcpSegment&, unsigned) { return true; };
    pair.now = second;
    pair.send(0, "lost");
    pair.run(1000 * second);
    EXPECT_EQ(pair.timesOf(0, 1), (std::vector<double>{1, 2, 4, 8, 16, 32, 64, 124, 184}));
    EXPECT_EQ(pair.ends[0].events.back(), TimedOut);
    EXPECT_EQ(pair.a().state(), TcpState::Closed);
}

// RFC 6298, 5.7
TEST(TcpRetransmission, OfDataWaitsThreeSecondsAfterALostSyn) {
    TcpPair pair;
    bool lost = false;
    pair.loses = [&](unsigned, const TcpSegment& segment, unsigned) {
        return !segment.payload.empty() || (segment.has(tcp_flag::syn) && !std::exchange(lost, true));
    };
    pair.b().listen();
    pair.a().open(0);
    pair.run(2 * second);
    ASSERT_EQ(pair.a().state(), TcpState::Established);
    pair.send(0, "data");
    pair.run(20 * second);
    EXPECT_EQ(pair.timesOf(0, 1), (std::vector<double>{2, 5, 11}));
}

// RFC 6298, 3 (Karn): the ACK of a segment sent twice says nothing of the round trip
TEST(TcpRetransmission, GivesNoSampleOfTheRoundTrip) {
    TcpPair pair;
    pair.connect();
    pair.loses = loseOnce({1});
    const auto before = pair.ends[0].measured[TcpQuantity::SmoothedRoundTrip];
    EXPECT_EQ(before, std::vector<double>{0.020});
    pair.send(0, "once more");
    pair.runFor(5 * second);
    EXPECT_EQ(pair.ends[1].received, "once more");
    EXPECT_EQ(pair.ends[0].measured[TcpQuantity::SmoothedRoundTrip], before);
    // and the doubled timeout stays until there is a sample (5.5, last paragraph)
    EXPECT_EQ(pair.ends[0].measured[TcpQuantity::Timeout].back(), 2.0);
}

// RFC 5681, 3.2
TEST(TcpFastRetransmit, ComesExactlyOnTheThirdDuplicate) {
    TcpSettings settings = smallSegments();
    settings.initialWindow = 10;
    TcpPair pair(settings, settings);
    pair.connect();
    pair.loses = loseOnce({101});
    pair.now = second;
    const std::size_t before = pair.sent.size();
    pair.send(0, numbered(600));
    pair.runFor(500 * millisecond);
    EXPECT_EQ(pair.trace(before), "1.000 A 1+100 ack 1\n"
                                  "1.000 A 101+100 ack 1\n"
                                  "1.000 A 201+100 ack 1\n"
                                  "1.000 A 301+100 ack 1\n"
                                  "1.000 A 401+100 ack 1\n"
                                  "1.000 A PSH 501+100 ack 1\n"
                                  "1.010 B 1 ack 101\n" // at once (4.2): 201 left a gap
                                  "1.010 B 1 ack 101\n" // first duplicate
                                  "1.010 B 1 ack 101\n" // second
                                  "1.010 B 1 ack 101\n" // third
                                  "1.020 A 101+100 ack 1\n"
                                  "1.030 B 1 ack 601\n"); // at once: it filled the gap
    EXPECT_EQ(pair.ends[1].received, numbered(600));
}

TEST(TcpFastRetransmit, DoesNotComeOnTheSecondDuplicate) {
    TcpSettings settings = smallSegments();
    settings.initialWindow = 10;
    TcpPair pair(settings, settings);
    pair.connect();
    pair.loses = loseOnce({101});
    pair.now = second;
    pair.send(0, numbered(500));
    pair.runFor(5 * second);
    EXPECT_EQ(pair.timesOf(0, 101), (std::vector<double>{1.0, 2.02})); // RTO from the ACK of 1 to 100
}

TEST(TcpFastRetransmit, CanBeTurnedOff) {
    TcpSettings settings = smallSegments();
    settings.initialWindow = 10;
    settings.fastRetransmit = false;
    TcpPair pair(settings, settings);
    pair.connect();
    pair.loses = loseOnce({101});
    pair.now = second;
    pair.send(0, numbered(900));
    pair.runFor(5 * second);
    EXPECT_EQ(pair.timesOf(0, 101), (std::vector<double>{1.0, 2.02}));
}

// RFC 6582, 3.2, step 3: a partial acknowledgement brings the next missing segment, one a round trip
TEST(TcpFastRetransmit, RepairsSeveralLossesOfAFlightOneARoundTrip) {
    TcpSettings settings = smallSegments();
    settings.initialWindow = 12;
    TcpPair pair(settings, settings);
    pair.connect();
    pair.loses = loseOnce({101, 301, 501});
    pair.now = second;
    pair.send(0, numbered(1200));
    pair.runFor(5 * second);
    EXPECT_EQ(pair.timesOf(0, 101), (std::vector<double>{1.0, 1.02}));
    EXPECT_EQ(pair.timesOf(0, 301), (std::vector<double>{1.0, 1.04}));
    EXPECT_EQ(pair.timesOf(0, 501), (std::vector<double>{1.0, 1.06}));
    EXPECT_EQ(pair.timesOf(0, 201), std::vector<double>{1.0});
    EXPECT_EQ(pair.ends[1].received, numbered(1200));
    EXPECT_TRUE(pair.ends[0].fired.empty());
}

TcpPair bulk(std::uint32_t initialWindow, std::size_t size, std::vector<std::uint32_t> losses = {}) {
    TcpSettings settings = smallSegments();
    settings.initialWindow = initialWindow;
    settings.delayedAck = false;
    TcpPair pair(settings, settings);
    pair.connect();
    if (!losses.empty())
        pair.loses = loseOnce(std::move(losses));
    pair.now = second;
    pair.send(0, numbered(size));
    return pair;
}

unsigned segmentsAt(const TcpPair& pair, double seconds) {
    return static_cast<unsigned>(std::count_if(pair.sent.begin(), pair.sent.end(), [&](const auto& one) {
        return one.from == 0 && !one.segment.payload.empty() && one.time == fromSeconds(seconds);
    }));
}

// RFC 5681, 3.1
TEST(TcpSlowStart, DoublesTheSegmentsOfEachRoundTrip) {
    TcpPair pair = bulk(2, 6000);
    pair.runFor(second);
    EXPECT_EQ(segmentsAt(pair, 1.00), 2U);
    EXPECT_EQ(segmentsAt(pair, 1.02), 4U);
    EXPECT_EQ(segmentsAt(pair, 1.04), 8U);
    EXPECT_EQ(segmentsAt(pair, 1.06), 16U);
}

// RFC 5681, 3.2: the fourth flight is 16 segments, its first one gets lost
TEST(TcpCongestionWindow, HalvesWhenDuplicatesShowALoss) {
    TcpPair pair = bulk(2, 6000, {1401});
    pair.runFor(5 * second);
    EXPECT_EQ(pair.timesOf(0, 1401), (std::vector<double>{1.06, 1.08}));
    EXPECT_EQ(pair.ends[0].measured[TcpQuantity::Threshold], std::vector<double>{800});
    // Inflated while recovering, 800 afterwards.
    const auto& windows = pair.ends[0].measured[TcpQuantity::CongestionWindow];
    const auto most = std::max_element(windows.begin(), windows.end());
    EXPECT_NE(std::find(most, windows.end(), 800.0), windows.end());
    EXPECT_EQ(pair.ends[1].received, numbered(6000));
    EXPECT_TRUE(pair.ends[0].fired.empty());
}

// RFC 5681, 3.1: one segment after a timeout, then slow start up to half the flight
TEST(TcpCongestionWindow, BeginsAgainWithOneSegmentAfterATimeout) {
    TcpPair pair = bulk(8, 800, {1, 101, 201, 301, 401, 501, 601, 701});
    pair.runFor(5 * second);
    EXPECT_EQ(segmentsAt(pair, 1.00), 8U);
    EXPECT_EQ(segmentsAt(pair, 2.00), 1U);
    EXPECT_EQ(segmentsAt(pair, 2.02), 2U);
    EXPECT_EQ(segmentsAt(pair, 2.04), 4U);
    EXPECT_EQ(pair.ends[0].measured[TcpQuantity::Threshold], std::vector<double>{400});
    EXPECT_EQ(pair.ends[1].received, numbered(800));
}

// RFC 5681, 4.1
TEST(TcpCongestionWindow, IsTheInitialOneAgainAfterASilenceOfATimeout) {
    TcpPair pair = bulk(2, 6000);
    pair.run(5 * second);
    pair.send(0, numbered(6000));
    EXPECT_EQ(segmentsAt(pair, 5.0), 2U);
}

// RFC 3042
TEST(TcpLimitedTransmit, SendsANewSegmentForEachOfTheFirstTwoDuplicates) {
    TcpPair pair = bulk(4, 6000, {1});
    pair.run(1'020 * millisecond);
    EXPECT_EQ(segmentsAt(pair, 1.00), 4U);
    EXPECT_EQ(segmentsAt(pair, 1.02), 2U + 1U); // and the retransmission on the third
}

TcpPair closedWindow() {
    TcpSettings settings = smallSegments();
    settings.initialWindow = 10;
    settings.delayedAck = false;
    TcpSettings small = settings;
    small.receiveBuffer = 300;
    TcpPair pair(settings, small);
    pair.connect();
    pair.b().setReading(false, pair.now);
    pair.now = second;
    pair.send(0, numbered(500));
    return pair;
}

// RFC 9293, 3.8.6.1: the first probe after the RTO, then at doubled intervals
TEST(TcpZeroWindow, IsProbedWithOneByteAtDoubledIntervals) {
    TcpPair pair = closedWindow();
    pair.run(20 * second);
    EXPECT_EQ(pair.timesOf(0, 301), (std::vector<double>{2.02, 4.02, 8.02, 16.02}));
    for (const TcpPair::Sent& one : pair.sent)
        if (one.from == 0 && one.segment.header.sequence == TcpPair::initial[0] + 301 &&
            one.time > 2 * second) {
            EXPECT_EQ(one.segment.payload.size(), 1U);
        }
    EXPECT_EQ(pair.a().state(), TcpState::Established);
    EXPECT_EQ(pair.ends[1].measured[TcpQuantity::Window].back(), 0.0);
}

TEST(TcpZeroWindow, OpensByAnUpdateWhenTheApplicationReads) {
    TcpPair pair = closedWindow();
    pair.run(20 * second);
    const std::size_t before = pair.sent.size();
    pair.b().setReading(true, pair.now);
    pair.runFor(second);
    EXPECT_EQ(pair.trace(before), "20.000 B 1 ack 301\n"
                                  "20.010 A 301+100 ack 1\n"
                                  "20.010 A PSH 401+100 ack 1\n"
                                  "20.020 B 1 ack 401\n"
                                  "20.020 B 1 ack 501\n");
    EXPECT_EQ(pair.ends[1].received, numbered(500));
}

// 3.8.6.1: a lost update is no deadlock
TEST(TcpZeroWindow, IsFoundOpenByAProbeWhenTheUpdateWasLost) {
    TcpPair pair = closedWindow();
    pair.run(10 * second);
    pair.loses = [](unsigned from, const TcpSegment&, unsigned) { return from == 1; };
    pair.b().setReading(true, pair.now);
    pair.run(11 * second);
    pair.loses = nullptr;
    pair.run(20 * second);
    EXPECT_EQ(pair.ends[1].received, numbered(500));
}

TEST(TcpZeroWindow, EndsTheConnectionWhenNobodyAnswersTheProbes) {
    TcpPair pair = closedWindow();
    pair.run(10 * second);
    pair.loses = [](unsigned, const TcpSegment&, unsigned) { return true; };
    pair.run(1000 * second);
    EXPECT_EQ(pair.ends[0].events.back(), TimedOut);
}

// RFC 9293, 3.8.6.2.1: a peer whose whole window is smaller than a segment is sent what it takes
TEST(TcpSillyWindow, IsFilledWhenItIsAllThePeerEverOffers) {
    TcpSettings tiny;
    tiny.receiveBuffer = 50;
    TcpPair pair({}, tiny);
    pair.connect();
    pair.send(0, numbered(400));
    pair.run(60 * second);
    EXPECT_EQ(pair.ends[1].received, numbered(400));
}

// RFC 9293, 3.4: an ACK takes no number and gets no ACK
TEST(TcpAcknowledgement, IsNotItselfAcknowledged) {
    TcpPair pair = bulk(4, 4000);
    pair.runFor(5 * second);
    EXPECT_EQ(pureAcksOf(pair, 0), 1U); // the handshake's
    EXPECT_EQ(pureAcksOf(pair, 1), 40U);
}

} // namespace
} // namespace wirestage::simulation
