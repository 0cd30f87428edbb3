// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a TCP end, each by itself: the timeout's estimate, the congestion window, options, reassembly
// and SACK. Numbers are worked by hand from the RFCs named.
#include "core/protocols/tcp/tcp_congestion_endpoints.h"
#include "core/protocols/tcp/tcp_receiver_endpoints.h"
#include "core/protocols/tcp/tcp_send_queue_endpoints.h"
#include "core/protocols/tcp/tcp_timeout_endpoints.h"
#include "tests/core/simulation/tcp_pair.h"

#include <gtest/gtest.h>
#include <string_view>

namespace wirestage::simulation {
namespace {

Bytes bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
std::string textOf(const std::vector<std::uint8_t>& bytes) {
    return {bytes.begin(), bytes.end()};
}

// RFC 6298, 2.1 and 5.5
TEST(TcpTimeout, StartsWithOneSecondAndDoublesUpToSixty) {
    RetransmissionTimeout timeout{TcpSettings{}};
    std::vector<Time> seconds;
    for (int i = 0; i < 8; ++i) {
        seconds.push_back(timeout.value() / second);
        timeout.backOff();
    }
    EXPECT_EQ(seconds, (std::vector<Time>{1, 2, 4, 8, 16, 32, 60, 60}));
}

// RFC 6298, 2.2: SRTT = R, RTTVAR = R/2, RTO = SRTT + 4 RTTVAR = 3 R
TEST(TcpTimeout, TakesThreeTimesTheFirstRoundTrip) {
    RetransmissionTimeout timeout{TcpSettings{}};
    timeout.sample(600 * millisecond);
    EXPECT_EQ(timeout.smoothed(), 600 * millisecond);
    EXPECT_EQ(timeout.variation(), 300 * millisecond);
    EXPECT_EQ(timeout.value(), 1800 * millisecond);
}

// RFC 6298, 2.3: RTTVAR = 3/4 * 300 + 1/4 * |600 - 1000| = 325, SRTT = 7/8 * 600 + 1/8 * 1000 = 650,
// RTO = 650 + 4 * 325 = 1950 ms
TEST(TcpTimeout, WeighsALaterRoundTripByAnEighthAndItsDistanceByAQuarter) {
    RetransmissionTimeout timeout{TcpSettings{}};
    timeout.sample(600 * millisecond);
    timeout.sample(1000 * millisecond);
    EXPECT_EQ(timeout.variation(), 325 * millisecond);
    EXPECT_EQ(timeout.smoothed(), 650 * millisecond);
    EXPECT_EQ(timeout.value(), 1950 * millisecond);
}

// RFC 6298, 2.4
TEST(TcpTimeout, IsNeverBelowOneSecond) {
    RetransmissionTimeout timeout{TcpSettings{}};
    timeout.sample(20 * millisecond);
    EXPECT_EQ(timeout.value(), second);
}

// RFC 6298, 5.7
TEST(TcpTimeout, IsThreeSecondsForDataAfterALostSyn) {
    RetransmissionTimeout timeout{TcpSettings{}};
    timeout.backOff();
    timeout.begunAfterLostSyn();
    EXPECT_EQ(timeout.value(), 3 * second);
}

// RFC 7323, appendix G: alpha and beta divided by the samples of a flight
TEST(TcpTimeout, GivesEachOfManySamplesOfAFlightLessWeight) {
    RetransmissionTimeout timeout{TcpSettings{}};
    timeout.sample(800 * millisecond);
    timeout.sample(1600 * millisecond, 4);
    EXPECT_EQ(timeout.smoothed(), 825 * millisecond);  // 800 + 800/32
    EXPECT_EQ(timeout.variation(), 425 * millisecond); // 400 + (800 - 400)/16
}

std::uint32_t initialWindow(std::uint32_t segment, bool synLost = false) {
    CongestionControl control(true, 0);
    control.begin(segment, synLost);
    return control.window();
}

// RFC 5681, 3.1
TEST(TcpCongestion, BeginsWithTwoThreeOrFourSegmentsByTheirSize) {
    EXPECT_EQ(initialWindow(2191), 2 * 2191U);
    EXPECT_EQ(initialWindow(1460), 3 * 1460U);
    EXPECT_EQ(initialWindow(1095), 4 * 1095U);
    EXPECT_EQ(initialWindow(1460, true), 1460U);
}

// RFC 5681, 3.1, equation (2): each segment acknowledged adds one, so that a flight doubles the window
TEST(TcpCongestion, DoublesInARoundTripOfSlowStart) {
    CongestionControl control(true, 4);
    control.begin(1000, false);
    for (int i = 0; i < 4; ++i)
        control.acknowledged(1000);
    EXPECT_EQ(control.window(), 8000U);
    control.acknowledged(3000); // an ACK that stands for three adds one segment only
    EXPECT_EQ(control.window(), 9000U);
}

// RFC 5681, 3.1: one segment for a window's worth of acknowledged bytes
TEST(TcpCongestion, GrowsByOneSegmentARoundTripInAvoidance) {
    CongestionControl control(true, 4);
    control.begin(1000, false);
    control.enterRecovery(16'000, false);
    control.leaveRecovery(8000);
    ASSERT_EQ(control.window(), 8000U);
    for (int i = 0; i < 7; ++i)
        control.acknowledged(1000);
    EXPECT_EQ(control.window(), 8000U);
    control.acknowledged(1000);
    EXPECT_EQ(control.window(), 9000U);
}

// RFC 5681, 3.1, equation (4) and the loss window
TEST(TcpCongestion, FallsToOneSegmentAtATimeoutAndRemembersHalfTheFlight) {
    CongestionControl control(true, 10);
    control.begin(1000, false);
    control.timedOut(10'000, false);
    EXPECT_EQ(control.window(), 1000U);
    EXPECT_EQ(control.threshold(), 5000U);
    control.timedOut(1000, true); // the same segment again: ssthresh is held
    EXPECT_EQ(control.threshold(), 5000U);
}

TEST(TcpCongestion, NeverPutsTheThresholdBelowTwoSegments) {
    CongestionControl control(true, 2);
    control.begin(1000, false);
    control.timedOut(2000, false);
    EXPECT_EQ(control.threshold(), 2000U);
}

// RFC 5681, 3.2, steps 2 to 4; RFC 6582, 3.2, step 3
TEST(TcpCongestion, HalvesOnFastRetransmitAndInflatesByWhatHasLeft) {
    CongestionControl control(true, 10);
    control.begin(1000, false);
    control.enterRecovery(10'000, false);
    EXPECT_EQ(control.threshold(), 5000U);
    EXPECT_EQ(control.window(), 8000U);
    control.duplicateWhileRecovering();
    EXPECT_EQ(control.window(), 9000U);
    control.partlyAcknowledged(2000); // deflated by 2000, one segment added back
    EXPECT_EQ(control.window(), 8000U);
    control.leaveRecovery(6000);
    EXPECT_EQ(control.window(), 5000U);
}

// RFC 5681, 4.1
TEST(TcpCongestion, StartsAnewAfterASilence) {
    CongestionControl control(true, 0);
    control.begin(1460, false);
    for (int i = 0; i < 20; ++i)
        control.acknowledged(1460);
    control.restartAfterIdle();
    EXPECT_EQ(control.window(), 3 * 1460U);
}

TEST(TcpSegments, KeepTheirOptionsOverTheWire) {
    TcpSegment segment;
    segment.header.flags = tcp_flag::syn;
    segment.options = {1460, true, TcpTimestamps{77, 0}, std::uint8_t{7}, {}};
    const auto bytes = writeTcpSegment(segment, {}, {});
    EXPECT_EQ(bytes.size(), 20U + 4 + 4 + 12 + 4);
    ASSERT_TRUE(readTcpSegment(bytes));
    EXPECT_EQ(readTcpSegment(bytes)->options, segment.options);
    segment.options = {{}, false, TcpTimestamps{78, 5}, {}, {{10, 20}, {30, 40}, {4294967290, 6}}};
    EXPECT_EQ(writeTcpOptions(segment.options).size(), 40U);
    EXPECT_EQ(readTcpOptions(writeTcpOptions(segment.options)), segment.options);
}

TEST(TcpSegments, OfEveryLengthAndWithEveryOptionLengthAreSafeToRead) {
    TcpSegment segment;
    segment.options = {1460, true, TcpTimestamps{77, 0}, std::uint8_t{7}, {{1, 2}}};
    segment.payload = {1, 2, 3};
    auto bytes = writeTcpSegment(segment, {}, {});
    for (std::size_t length = 0; length < bytes.size(); ++length)
        if (const auto read = readTcpSegment(Bytes(bytes).first(length))) {
            EXPECT_LE(read->payload.size(), length);
        }
    for (unsigned wrong = 0; wrong < 256; ++wrong) {
        bytes[21] = static_cast<std::uint8_t>(wrong);
        EXPECT_TRUE(readTcpSegment(bytes));
    }
}

// RFC 9293, 3.10.7.1
TEST(TcpSegments, ToNobodyGetAResetThatTheirSenderAccepts) {
    TcpSegment syn = segmentWith(tcp_flag::syn, 99);
    syn.header.sourcePort = 50000;
    syn.header.destinationPort = 80;
    const auto answer = resetFor(syn);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header.flags, tcp_flag::rst | tcp_flag::ack);
    EXPECT_EQ(answer->header.sequence, 0U);
    EXPECT_EQ(answer->header.acknowledgement, 100U);
    EXPECT_EQ(answer->header.destinationPort, 50000);
    TcpSegment ack = segmentWith(tcp_flag::ack, 99, 500);
    EXPECT_EQ(resetFor(ack)->header.sequence, 500U);
    EXPECT_EQ(resetFor(ack)->header.flags, tcp_flag::rst);
    EXPECT_FALSE(resetFor(*answer));
}

TcpReceiver receiver(std::uint32_t buffer = 1000, std::uint32_t segment = 100) {
    TcpReceiver made(buffer, segment);
    made.begin(4294967290); // its numbers go round
    (void)made.announce(0);
    return made;
}

TEST(TcpReceiver, PutsSegmentsInOrderAcrossTheTurnOfTheNumbers) {
    TcpReceiver receives = receiver();
    const std::uint32_t first = receives.next();
    EXPECT_EQ(receives.take(first + 6, bytesOf("ghi"), true), TcpReceiver::Taken::OutOfOrder);
    EXPECT_EQ(receives.take(first + 3, bytesOf("def"), false), TcpReceiver::Taken::OutOfOrder);
    EXPECT_FALSE(receives.hasUnread());
    EXPECT_EQ(receives.take(first, bytesOf("abcd"), false), TcpReceiver::Taken::FilledGap);
    EXPECT_EQ(textOf(receives.fetch()), "abcdefghi");
    EXPECT_TRUE(receives.isFinished());
    EXPECT_EQ(receives.next(), first + 10);
}

TEST(TcpReceiver, TakesNothingBeyondItsWindowNorTwice) {
    TcpReceiver receives = receiver(4, 4);
    const std::uint32_t first = receives.next();
    receives.take(first, bytesOf("abcdef"), true);
    EXPECT_EQ(textOf(receives.fetch()), "abcd");
    EXPECT_FALSE(receives.isFinished());
    EXPECT_EQ(receives.take(first + 1, bytesOf("bcd"), false), TcpReceiver::Taken::Nothing);
    EXPECT_FALSE(receives.accepts(first + 4, 1));
}

// RFC 9293, 3.10.7.4, the table of the first step
TEST(TcpReceiver, AcceptsWhatTouchesItsWindow) {
    TcpReceiver receives = receiver(100, 50);
    const std::uint32_t next = receives.next();
    EXPECT_TRUE(receives.accepts(next, 0));
    EXPECT_TRUE(receives.accepts(next + 99, 0));
    EXPECT_FALSE(receives.accepts(next + 100, 0));
    EXPECT_FALSE(receives.accepts(next - 1, 0));
    EXPECT_FALSE(receives.accepts(next - 1, 1));
    EXPECT_TRUE(receives.accepts(next - 1, 2));
    EXPECT_TRUE(receives.accepts(next + 99, 500));
}

// RFC 9293, 3.8.6.2.2: the edge moves by a segment or half the buffer
TEST(TcpReceiver, KeepsAClosedWindowClosedUntilASegmentFits) {
    TcpReceiver receives = receiver(400, 100);
    const std::string text(400, 'x');
    receives.take(receives.next(), bytesOf(text), false);
    EXPECT_EQ(receives.announce(0), 0);
    EXPECT_FALSE(receives.isWorthAnnouncing(0));
    (void)receives.fetch();
    EXPECT_TRUE(receives.isWorthAnnouncing(0));
    EXPECT_EQ(receives.announce(0), 400);
}

// RFC 7323, 2.3
TEST(TcpReceiver, AnnouncesALargeBufferInUnitsOfItsScale) {
    TcpReceiver receives = receiver(1'000'000, 1460);
    EXPECT_EQ(receives.announce(4), 62'500);
    EXPECT_EQ(receives.window(), 1'000'000U);
}

// RFC 2018, 4: the block that holds the segment that has just come stands first
TEST(TcpReceiver, ReportsTheNewestBlockFirst) {
    TcpReceiver receives = receiver();
    const std::uint32_t first = receives.next();
    receives.take(first + 10, bytesOf("aa"), false);
    receives.take(first + 30, bytesOf("cc"), false);
    receives.take(first + 20, bytesOf("bb"), false);
    EXPECT_EQ(receives.blocks(3),
              (std::vector<SequenceRange>{
                  {first + 20, first + 22}, {first + 30, first + 32}, {first + 10, first + 12}}));
    receives.take(first + 12, bytesOf("xx"), false);
    EXPECT_EQ(receives.blocks(1), (std::vector<SequenceRange>{{first + 10, first + 14}}));
}

// RFC 6675, 4
TEST(TcpScoreboard, ThinksLostWhatThreeRangesOrMoreThanTwoSegmentsOvertook) {
    TcpScoreboard board;
    const SequenceRange all{1000, 9000};
    EXPECT_TRUE(board.add({{3000, 4000}, {2000, 3000}}, all));
    EXPECT_FALSE(board.add({{2000, 4000}}, all));
    EXPECT_FALSE(board.isLost(1000, 1000));
    EXPECT_TRUE(board.add({{5000, 5001}}, all));
    EXPECT_TRUE(board.isLost(1000, 1000)); // 2001 bytes
    EXPECT_FALSE(board.isLost(4000, 1000));
    // 1000 to 1999 is lost and was sent again, 4000 to 4999 and 5001 to 8999 are under way
    EXPECT_EQ(board.pipe(all, 2000, 1000), 1000U + 1000 + 3999);
    EXPECT_EQ(board.nextHole(2000), (SequenceRange{4000, 5000}));
    EXPECT_EQ(board.skip(2500), 4000U);
    board.acknowledge(4500);
    EXPECT_EQ(board.nextHole(4500), (SequenceRange{4500, 5000}));
}

// RFC 2018, 8; RFC 5961: blocks are foreign bytes
TEST(TcpScoreboard, PassesOverBlocksThatCannotBe) {
    TcpScoreboard board;
    EXPECT_FALSE(board.add({{500, 600}, {8000, 9500}, {3000, 2000}, {1000, 1500}}, {1000, 9000}));
    EXPECT_TRUE(board.empty());
}

} // namespace
} // namespace wirestage::simulation
