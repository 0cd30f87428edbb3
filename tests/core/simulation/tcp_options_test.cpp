// SPDX-License-Identifier: GPL-3.0-or-later
// What options change on a connection: selective acknowledgement, window scale, timestamps and segment sizes.
#include "tests/core/simulation/tcp_pair.h"

#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

// RFC 2018, 3 and 4; RFC 6675
TEST(TcpSelectiveAck, LetsOnlyWhatIsMissingBeSentAgain) {
    TcpSettings settings = smallSegments();
    settings.initialWindow = 10;
    settings.selectiveAck = true;
    TcpPair pair(settings, settings);
    pair.connect();
    pair.loses = loseOnce({101, 301});
    pair.now = second;
    pair.send(0, numbered(1000));
    pair.runFor(5 * second);
    EXPECT_EQ(pair.timesOf(0, 101), (std::vector<double>{1.0, 1.02}));
    EXPECT_EQ(pair.timesOf(0, 301), (std::vector<double>{1.0, 1.02})); // in the same round trip
    for (const std::uint32_t arrived : {1U, 201U, 401U, 501U, 601U, 701U, 801U, 901U})
        EXPECT_EQ(pair.timesOf(0, arrived), std::vector<double>{1.0});
    std::vector<std::vector<SequenceRange>> blocks;
    for (const TcpPair::Sent& one : pair.sent)
        if (one.from == 1 && !one.segment.options.selectiveAck.empty())
            blocks.push_back(one.segment.options.selectiveAck);
    const std::uint32_t zero = TcpPair::initial[0];
    ASSERT_GE(blocks.size(), 2U);
    EXPECT_EQ(blocks[0], (std::vector<SequenceRange>{{zero + 201, zero + 301}}));
    EXPECT_EQ(blocks[1], (std::vector<SequenceRange>{{zero + 401, zero + 501}, {zero + 201, zero + 301}}));
    EXPECT_EQ(pair.ends[1].received, numbered(1000));
}

TEST(TcpSelectiveAck, IsUsedOnlyWhereBothPermitIt) {
    TcpSettings offers = smallSegments();
    offers.selectiveAck = offers.timestamps = true;
    offers.windowScale = 7;
    TcpPair pair(offers, smallSegments());
    pair.connect();
    EXPECT_TRUE(pair.sent[0].segment.options.selectiveAckPermitted);
    EXPECT_EQ(pair.sent[0].segment.options.windowScale, 7);
    EXPECT_TRUE(pair.sent[0].segment.options.timestamps);
    EXPECT_EQ(pair.sent[1].segment.options, (TcpOptions{100, false, {}, {}, {}}));
    EXPECT_EQ(pair.sent[2].segment.options, TcpOptions{});
}

// RFC 7323, 2.2 and 2.3
TEST(TcpWindowScale, LetsMoreThanSixtyFourKilobytesBeUnderWay) {
    TcpSettings settings;
    settings.windowScale = 3;
    settings.receiveBuffer = 200'000;
    settings.congestionControl = false;
    TcpPair pair(settings, settings);
    pair.connect();
    EXPECT_EQ(pair.sent[1].segment.header.window, 65'535); // a SYN's window is never scaled
    EXPECT_EQ(pair.sent[2].segment.header.window, 25'000); // 200 000 / 8
    pair.send(0, numbered(600'000));
    pair.runFor(5 * second);
    const auto& flights = pair.ends[0].measured[TcpQuantity::Flight];
    EXPECT_EQ(*std::max_element(flights.begin(), flights.end()), 136 * 1460.0); // full segments only
    EXPECT_EQ(pair.ends[1].received, numbered(600'000));
}

// RFC 7323, 4.1: a segment sent twice gives a sample where the echo says which one arrived
TEST(TcpTimestampsOption, MeasureTheRoundTripOfARetransmissionToo) {
    TcpSettings settings;
    settings.timestamps = true;
    TcpPair pair(settings, settings, 40 * millisecond);
    pair.connect();
    pair.loses = loseOnce({1});
    pair.send(0, "once more");
    pair.runFor(5 * second);
    EXPECT_EQ(pair.ends[0].measured[TcpQuantity::Timeout].back(), 1.0); // no longer backed off
    EXPECT_EQ(pair.ends[1].received, "once more");
}

// RFC 7323, 5.3
TEST(TcpTimestampsOption, ProtectAgainstAnOldDuplicateInsideTheWindow) {
    TcpSettings settings;
    settings.timestamps = true;
    TcpPair pair(settings, settings);
    pair.now = 100 * second;
    pair.connect();
    const std::size_t before = pair.sent.size();
    TcpSegment old = segmentWith(tcp_flag::ack, TcpPair::initial[0] + 1, TcpPair::initial[1] + 1, 1000);
    old.options.timestamps = {99'000, 0};
    old.payload = {'x'};
    pair.b().arrive(old, pair.now);
    pair.runFor(second);
    EXPECT_EQ(pair.ends[1].received, "");
    EXPECT_EQ(pair.trace(before), "100.030 B 1 ack 1\n");
}

// RFC 9293, 3.7.1: 536 where the peer says nothing, else the smaller of both
TEST(TcpSegmentSize, IsWhatBothAndThePathTake) {
    TcpConnection quiet({}, 0, 1460);
    quiet.open(0);
    TcpSegment answer = segmentWith(tcp_flag::syn | tcp_flag::ack, 0, 1, 60'000);
    quiet.arrive(answer, 1);
    (void)quiet.takeEffects();
    const std::string text = numbered(2000);
    quiet.send({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, 2);
    for (const TcpEffect& effect : quiet.takeEffects())
        if (const auto* segment = std::get_if<TcpSegment>(&effect)) {
            EXPECT_EQ(segment->payload.size(), 536U);
            break;
        }
    TcpPair pair(smallSegments(700), smallSegments(300));
    pair.connect();
    EXPECT_EQ(pair.sent[0].segment.options.maximumSegmentSize, 700);
    EXPECT_EQ(pair.sent[1].segment.options.maximumSegmentSize, 300);
    pair.send(0, numbered(900));
    EXPECT_EQ(pair.timesOf(0, 301).size(), 1U);
}

// RFC 1191, 6.4
TEST(TcpSegmentSize, ShrinksAtOnceWhenThePathTakesLess) {
    TcpPair pair;
    pair.connect();
    const std::size_t before = pair.sent.size();
    pair.loses = loseOnce({1, 1461});
    pair.send(0, numbered(2920));
    pair.a().limitSegment(TcpPair::initial[0] + 1, 1000, pair.now);
    pair.run(pair.now);
    EXPECT_EQ(pair.trace(before), "0.030 A 1+1460 ack 1\n"
                                  "0.030 A PSH 1461+1460 ack 1\n"
                                  "0.030 A 1+1000 ack 1\n"
                                  "0.030 A 1001+460 ack 1\n"
                                  "0.030 A 1461+1000 ack 1\n"
                                  "0.030 A PSH 2461+460 ack 1\n");
    pair.runFor(5 * second);
    EXPECT_EQ(pair.ends[1].received, numbered(2920));
}

} // namespace
} // namespace wirestage::simulation
