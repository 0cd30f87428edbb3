// SPDX-License-Identifier: GPL-3.0-or-later
// A capture on the stage: how far its messages came, and the end of a long exchange, whose states hold from
// before the first row on.
#include "core/diagram/capture_source.h"
#include "tests/core/grouping/made_packets.h"
#include "tests/core/overlay/overlay_captures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wirestage::test {
namespace {

using diagram::captureSource;

constexpr unsigned segments = 500;

/// A connection of 3 + 2 * 500 + 4 packets.
std::unique_ptr<Capture> connection() {
    MadePackets packets;
    packets.tcp(1, 2, 4000, 7, syn, 100, 0).tcp(2, 1, 7, 4000, syn | ack, 300, 101);
    packets.tcp(1, 2, 4000, 7, ack, 101, 301);
    std::uint32_t sequence = 101;
    for (unsigned i = 0; i < segments; ++i, sequence += 4) {
        packets.after(1).tcp(1, 2, 4000, 7, ack, sequence, 301, "data");
        packets.after(1).tcp(2, 1, 7, 4000, ack, 301, sequence + 4);
    }
    packets.tcp(1, 2, 4000, 7, fin | ack, sequence, 301).tcp(2, 1, 7, 4000, ack, 301, sequence + 1);
    packets.tcp(2, 1, 7, 4000, fin | ack, 301, sequence + 1).tcp(1, 2, 4000, 7, ack, sequence + 1, 302);
    return packets.indexed();
}

std::vector<std::string> states(const diagram::DiagramSource& source) {
    std::vector<std::string> all;
    for (const diagram::StateSpan& span : source.states())
        all.push_back(source.participants()[span.host == source.participants()[0].host ? 0 : 1].name + " " +
                      span.state + " from " + std::to_string(span.first) + (span.atStart ? ", before" : ""));
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<std::string> phases(const diagram::DiagramSource& source) {
    std::vector<std::string> all;
    for (const diagram::PhaseSpan& span : source.phases())
        all.push_back(english(span.title) + " " + std::to_string(span.first) + " to " +
                      std::to_string(span.last));
    return all;
}

TEST(EndOfAnExchange, BeginsInTheStatesThatHoldThere) {
    const std::shared_ptr<const Capture> capture = connection();
    ASSERT_TRUE(capture);
    const PacketIndex since = capture->sinceLast({0}, 10);
    ASSERT_EQ(since, capture->packetCount() - 10);
    for (const std::vector<ExchangeId>& of : {std::vector<ExchangeId>{0}, std::vector<ExchangeId>{}}) {
        const auto source = captureSource(capture, of, {}, since);
        ASSERT_EQ(source->size(), 10u);
        EXPECT_THAT(states(*source),
                    testing::ElementsAre("192.0.2.1 ESTABLISHED from 0, before",
                                         "192.0.2.1 FIN-WAIT-1 from 6", "192.0.2.1 FIN-WAIT-2 from 7",
                                         "192.0.2.1 TIME-WAIT from 8", "192.0.2.2 CLOSE-WAIT from 7",
                                         "192.0.2.2 CLOSED from 9", "192.0.2.2 ESTABLISHED from 0, before",
                                         "192.0.2.2 LAST-ACK from 8"));
        EXPECT_THAT(phases(*source), testing::ElementsAre("Transfer 0 to 5", "Close 6 to 9"));
    }
}

TEST(EndOfAnExchange, SaysNothingOfThoseThatWereOver) {
    MadePackets packets;
    packets.tcp(1, 2, 4000, 7, syn, 100, 0).tcp(2, 1, 7, 4000, rst | ack, 0, 101);
    for (unsigned i = 0; i < 50; ++i)
        packets.after(1).udp(3, 4, 5000, 9000, "x");
    const std::shared_ptr<const Capture> capture = packets.indexed();
    ASSERT_TRUE(capture);
    const auto source = captureSource(capture, {}, {}, capture->sinceLast({}, 20));
    EXPECT_EQ(source->size(), 20u);
    EXPECT_EQ(source->participants().size(), 2u);
    EXPECT_TRUE(source->states().empty());
}

/// "10.20.1.2 > 10.20.1.1", with a bar behind it where it was stopped; of a row of which no more is known
/// than its two ends, nothing.
std::vector<std::string> ways(const diagram::DiagramSource& source) {
    const auto nameOf = [&](HostId host) {
        for (const Participant& who : source.participants())
            if (who.host == host)
                return who.name;
        return std::string("?");
    };
    std::vector<std::string> all;
    for (diagram::Row row = 0; row < source.size(); ++row) {
        const auto way = source.way(row);
        all.push_back(way ? nameOf(way->from) + " > " + nameOf(way->to) + (way->stopped ? " |" : "") : "");
    }
    return all;
}

using overlay::test::recording;

// The probes have TTL 1, 2, 3 and 4; the last is answered by the target ("port unreachable"): it arrived.
TEST(WayOfACapturedMessage, EndsAtTheRouterThatSaysItDidNotPassItOn) {
    const auto traceroute = recording("icmp-traceroute-udp");
    for (const auto level : {std::optional<Level>(), std::optional(Level::Network)})
        EXPECT_THAT(ways(*captureSource(traceroute, {0}, level)),
                    testing::ElementsAre("10.20.1.2 > 10.20.1.1 |", "", "10.20.1.2 > 10.20.2.2 |", "",
                                         "10.20.1.2 > 10.20.3.2 |", "", "", ""));
    for (const std::string& way : ways(*captureSource(traceroute, {0}, Level::Link)))
        EXPECT_EQ(way, "") << "a frame came to the end of its link";
    EXPECT_THAT(ways(*captureSource(recording("icmp-host-unreachable-arp"), {0})),
                testing::ElementsAre("10.20.1.2 > 10.20.3.2 |", ""));
}

TEST(WayOfACapturedMessage, IsThatOfThePacketWithTheQuotedIdentification) {
    // The same echo request again, but for its IP identification; the error quotes the first one.
    const auto once = recording("icmp-host-unreachable-arp");
    const auto capture = overlay::test::changed(*overlay::test::together({once, once}),
                                                [](std::uint64_t number, std::vector<std::uint8_t>& bytes) {
                                                    if (number == 3)
                                                        ++bytes[14 + 5];
                                                    return number != 2;
                                                });
    EXPECT_THAT(ways(*captureSource(capture, {0})), testing::ElementsAre("10.20.1.2 > 10.20.3.2 |", "", ""));
}

TEST(WayOfACapturedMessage, OfABroadcastLeadsToTheOtherSide) {
    // Discover and Request are broadcasts for the server that gives the lease; the other server hears them.
    EXPECT_THAT(
        ways(*captureSource(recording("dhcp-two-servers"), {})),
        testing::ElementsAre("02:00:00:00:00:c1 > 10.0.0.1", "", "", "02:00:00:00:00:c1 > 10.0.0.1", ""));
}

} // namespace
} // namespace wirestage::test
