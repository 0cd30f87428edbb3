// SPDX-License-Identifier: GPL-3.0-or-later
// A connection's numbers over time, and that they stay few however long it was.
#include "core/exchange/segments.h"
#include "core/series/tcp_series.h"
#include "core/series/thinner.h"

#include "tests/core/grouping/made_packets.h"
#include "tests/support/shared_captures.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace wirestage::series {
namespace {

using test::MadePackets;
constexpr std::uint8_t ack = test::ack, syn = test::syn;

/// 192.0.2.1 opens a connection to 192.0.2.2 and sends twice 100 bytes; the first is lost once.
MadePackets lostOnce() {
    MadePackets made;
    made.tcp(1, 2, 50000, 80, syn, 999, 0).after(10).tcp(2, 1, 80, 50000, syn | ack, 4999, 1000);
    made.after(10).tcp(1, 2, 50000, 80, ack, 1000, 5000);
    made.tcp(1, 2, 50000, 80, ack, 1000, 5000, std::string(100, 'a'));
    made.tcp(1, 2, 50000, 80, ack, 1100, 5000, std::string(100, 'b'));
    made.after(20).tcp(2, 1, 80, 50000, ack, 5000, 1000); // a duplicate
    made.after(480).tcp(1, 2, 50000, 80, ack, 1000, 5000, std::string(100, 'a'));
    made.after(20).tcp(2, 1, 80, 50000, ack, 5000, 1200);
    made.after(80).tcp(1, 2, 50000, 80, ack, 1200, 5000, std::string(50, 'c'));
    made.after(30).tcp(2, 1, 80, 50000, ack, 5000, 1250);
    return made;
}

std::vector<double> values(const Points& points) {
    std::vector<double> all;
    for (const Point& point : points)
        all.push_back(point.value);
    return all;
}

TEST(TcpSeries, FollowsSequenceNumbersFromTheConnectionsBeginning) {
    const auto capture = lostOnce().indexed();
    const ConnectionSeries all = tcpSeries(*capture, 0);
    EXPECT_EQ(all.segments, 10U);
    const TcpSeries& sent = all.directions[0];
    EXPECT_THAT(values(sent.data), testing::ElementsAre(101, 201, 251));
    EXPECT_THAT(values(sent.again), testing::ElementsAre(101));
    EXPECT_THAT(values(sent.acks), testing::ElementsAre(1, 1, 201, 251));
    EXPECT_EQ(sent.again[0].packet, 6U);
    EXPECT_NEAR(sent.again[0].seconds, 0.520, 1e-9);
    EXPECT_EQ(sent.segments, 4U);
    EXPECT_EQ(sent.repeated, 1U);
    EXPECT_EQ(sent.bytes, 250U); // the repeated ones count once
    EXPECT_TRUE(all.directions[1].empty());
}

TEST(TcpSeries, KnowsWhoOpenedTheConnection) {
    MadePackets made;
    made.tcp(9, 2, 50000, 80, syn, 0, 0)
        .tcp(2, 9, 80, 50000, syn | ack, 0, 1)
        .tcp(9, 2, 50000, 80, ack, 1, 1);
    made.tcp(2, 9, 80, 50000, ack, 1, 1, "from the server");
    const auto capture = made.indexed();
    const ConnectionSeries all = tcpSeries(*capture, 0);
    EXPECT_TRUE(all.directions[0].empty());
    EXPECT_EQ(all.directions[1].bytes, 15U);
}

// RFC 6298, section 3: a segment that was sent twice is no measure of the round-trip time.
TEST(TcpSeries, MeasuresNoRoundTripWithASegmentThatWasSentTwice) {
    const auto capture = lostOnce().indexed();
    const TcpSeries sent = tcpSeries(*capture, 0).directions[0];
    // The segment behind the lost one, which was sent once, waited for its acknowledgement since 0.02 s.
    ASSERT_EQ(sent.roundTrip.size(), 2U);
    EXPECT_NEAR(sent.roundTrip[0].value, 0.520, 1e-9);
    EXPECT_NEAR(sent.roundTrip[1].value, 0.030, 1e-9);
    EXPECT_NEAR(sent.leastRoundTrip, 0.030, 1e-9);
}

TEST(TcpSeries, CountsWhatIsOnTheWay) {
    const auto capture = lostOnce().indexed();
    EXPECT_THAT(values(tcpSeries(*capture, 0).directions[0].flight),
                testing::ElementsAre(100, 200, 200, 0, 50, 0));
}

TEST(TcpSeries, AddsUpToTheThroughput) {
    const auto capture = lostOnce().indexed();
    const ConnectionSeries all = tcpSeries(*capture, 0);
    double bits = 0;
    for (const Point& point : all.directions[0].throughput)
        bits += point.value * all.seconds / static_cast<double>(all.directions[0].throughput.size());
    EXPECT_NEAR(bits, 2000, 1e-6);
}

TEST(TcpSeries, HasNothingToSayOfDatagrams) {
    const auto capture = MadePackets().udp(1, 2, 5000, 9, "x").indexed();
    EXPECT_EQ(tcpSeries(*capture, 0).segments, 0U);
}

TEST(TcpSeries, GoesOnWhereSequenceNumbersBeginAnew) {
    // RFC 9293, section 3.4: all arithmetic is modulo 2**32.
    MadePackets made;
    made.tcp(1, 2, 50000, 80, syn, 0xffffff00, 0).tcp(2, 1, 80, 50000, syn | ack, 7, 0xffffff01);
    made.tcp(1, 2, 50000, 80, ack, 0xffffff01, 8, std::string(255, 'a'));
    made.tcp(1, 2, 50000, 80, ack, 0, 8, std::string(100, 'b')).tcp(2, 1, 80, 50000, ack, 8, 100);
    const auto capture = made.indexed();
    const TcpSeries sent = tcpSeries(*capture, 0).directions[0];
    EXPECT_THAT(values(sent.data), testing::ElementsAre(256, 356));
    EXPECT_EQ(sent.acks.back().value, 356);
}

TEST(TcpSeries, StaysSmallHoweverManySegmentsThereAre) {
    MadePackets made;
    made.tcp(1, 2, 50000, 80, syn, 0, 0)
        .tcp(2, 1, 80, 50000, syn | ack, 0, 1)
        .tcp(1, 2, 50000, 80, ack, 1, 1);
    constexpr std::uint32_t rounds = 40'000;
    for (std::uint32_t i = 0; i < rounds; ++i) {
        made.tcp(1, 2, 50000, 80, ack, 1 + 2 * i, 1, "a").tcp(1, 2, 50000, 80, ack, 2 + 2 * i, 1, "b");
        made.after(1).tcp(2, 1, 80, 50000, ack, 1, 3 + 2 * i);
    }
    const auto capture = made.indexed();
    const ConnectionSeries all = tcpSeries(*capture, 0, 500);
    EXPECT_EQ(all.segments, 3U + 3 * rounds);
    const TcpSeries& sent = all.directions[0];
    for (const Points* points :
         {&sent.data, &sent.acks, &sent.edge, &sent.window, &sent.flight, &sent.roundTrip}) {
        EXPECT_LE(points->size(), 2000U);
        EXPECT_GE(points->size(), 300U);
        EXPECT_TRUE(std::is_sorted(points->begin(), points->end(),
                                   [](const Point& a, const Point& b) { return a.packet < b.packet; }));
    }
    EXPECT_EQ(sent.data.back().value, 1 + 2.0 * rounds);
}

TEST(Thinner, KeepsTheLeastAndTheGreatestOfEachColumn) {
    Thinner thinner(10, 5);
    for (int i = 0; i < 1000; ++i)
        thinner.add({i / 100.0,
                     i == 555   ? 1e6
                     : i == 777 ? -5
                                : static_cast<double>(i),
                     static_cast<PacketIndex>(i)});
    const Points points = std::move(thinner).points();
    EXPECT_LE(points.size(), 10U);
    const auto has = [&](double value) {
        return std::any_of(points.begin(), points.end(), [&](const Point& p) { return p.value == value; });
    };
    EXPECT_TRUE(has(1e6));
    EXPECT_TRUE(has(-5));
    EXPECT_TRUE(has(0));
}

TEST(Thinner, LeavesFewPointsAlone) {
    Thinner thinner(0, 5); // everything at one moment
    for (PacketIndex i = 0; i < 20; ++i)
        thinner.add({0, 1, i});
    EXPECT_EQ(std::move(thinner).points().size(), 20U);
}

TEST(Measured, IsWhatOneHostOfARunSaid) {
    simulation::Run run;
    run.measurements = {{0, {}, 0, "cwnd", 1'000'000'000, 2920},
                        {1, {}, 0, "cwnd", 1'000'000'000, 1},
                        {0, {}, 0, "rto", 1'500'000'000, 1},
                        {0, {}, 0, "cwnd", 2'000'000'000, 4380}};
    const Points points = measured(run, 0, "cwnd", 500'000'000);
    EXPECT_THAT(values(points), testing::ElementsAre(2920, 4380));
    EXPECT_NEAR(points[1].seconds, 1.5, 1e-9);
}

} // namespace
} // namespace wirestage::series
