// SPDX-License-Identifier: GPL-3.0-or-later
// Which packets belong together: connections whose ports are used again, data connections that PORT and PASV
// announce (RFC 959), applications known by their content.
#include "tests/core/grouping/made_packets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wirestage::test {
namespace {

constexpr unsigned client = 1, server = 2;

/// A handshake from port 4000 to `port`; the numbers go on with 101 and 501.
MadePackets& opened(MadePackets& packets, std::uint16_t port, std::uint32_t sequence = 100) {
    return packets.tcp(client, server, 4000, port, syn, sequence, 0)
        .tcp(server, client, port, 4000, syn | ack, 500, sequence + 1)
        .tcp(client, server, 4000, port, ack, sequence + 1, 501);
}

std::string outcome(const Capture& capture, ExchangeId id) {
    return std::string(name(capture.row(id).outcome));
}

TEST(Grouping, BeginsAnotherExchangeWherePortsAreUsedAgain) {
    MadePackets packets;
    opened(packets, 8080).tcp(server, client, 8080, 4000, rst, 501, 101);
    opened(packets.after(1000), 8080, 90'000);
    const auto capture = packets.indexed();
    ASSERT_TRUE(capture);
    ASSERT_EQ(capture->exchangeCount(), 2u);
    EXPECT_EQ(capture->row(0).packets, 4u);
    EXPECT_EQ(outcome(*capture, 0), "reset");
    EXPECT_EQ(capture->row(1).packets, 3u);
    EXPECT_TRUE(capture->notesOf(4).has(Note::PortReused));
}

TEST(Grouping, KeepsASynThatIsSentAgainInItsExchange) {
    MadePackets packets;
    for (int i = 0; i < 3; ++i)
        packets.after(1000).tcp(client, server, 4000, 8080, syn, 100, 0);
    const auto capture = packets.indexed();
    ASSERT_TRUE(capture);
    ASSERT_EQ(capture->exchangeCount(), 1u);
    EXPECT_EQ(outcome(*capture, 0), "timeout");
}

TEST(Grouping, CallsALoneSynUnansweredAndARefusedOneRefused) {
    MadePackets packets;
    packets.tcp(client, server, 4000, 8080, syn, 100, 0)
        .tcp(client, server, 4001, 8080, syn, 100, 0)
        .tcp(server, client, 8080, 4001, rst | ack, 0, 101);
    const auto capture = packets.indexed();
    ASSERT_TRUE(capture);
    ASSERT_EQ(capture->exchangeCount(), 2u);
    EXPECT_EQ(outcome(*capture, 0), "unanswered");
    EXPECT_EQ(outcome(*capture, 1), "refused");
}

TEST(Grouping, FindsTheClientByTheSynEvenWhereItsPortIsTheLower) {
    MadePackets packets;
    packets.tcp(client, server, 20, 40'000, syn, 100, 0).tcp(server, client, 40'000, 20, syn | ack, 500, 101);
    const auto capture = packets.indexed();
    ASSERT_TRUE(capture);
    EXPECT_EQ(capture->host(capture->row(0).originator).name, "192.0.2.1");
    EXPECT_EQ(capture->host(capture->row(0).responder).name, "192.0.2.2");
}

TEST(Grouping, MakesADataConnectionAChildOfTheSessionThatAnnouncedIt) {
    MadePackets packets;
    opened(packets, 21)
        .tcp(server, client, 21, 4000, ack, 501, 101, "220 ready\r\n")
        .tcp(client, server, 4000, 21, ack, 101, 512, "PASV\r\n")
        // 195,80: port 195 * 256 + 80 = 50000
        .tcp(server, client, 21, 4000, ack, 512, 107, "227 go on (192,0,2,2,195,80)\r\n")
        .tcp(client, server, 4001, 50'000, syn, 100, 0)
        .tcp(client, server, 4002, 50'001, syn, 100, 0);
    const auto capture = packets.indexed();
    ASSERT_TRUE(capture);
    ASSERT_EQ(capture->exchangeCount(), 3u);
    EXPECT_EQ(capture->row(0).parent, none);
    EXPECT_EQ(capture->row(1).parent, 0u);
    EXPECT_EQ(capture->row(2).parent, none) << "nobody announced port 50001";
}

TEST(Grouping, KnowsFtpOnAnotherPortByItsGreeting) {
    MadePackets packets;
    opened(packets, 2121).tcp(server, client, 2121, 4000, ack, 501, 101, "220 Example FTP server\r\n");
    const auto capture = packets.indexed();
    ASSERT_TRUE(capture);
    EXPECT_EQ(capture->row(0).protocol, ProtocolId::ftp);
}

TEST(Grouping, DoesNotTakeMailForFtp) {
    // RFC 5321, section 4.2: SMTP greets with 220 as well; RFC 1939, section 7: POP3 has USER as well.
    MadePackets mail, box;
    opened(mail, 2525).tcp(server, client, 2525, 4000, ack, 501, 101, "220 mail.example ESMTP\r\n");
    opened(box, 110)
        .tcp(server, client, 110, 4000, ack, 501, 101, "+OK ready\r\n")
        .tcp(client, server, 4000, 110, ack, 101, 512, "USER a\r\n");
    for (const auto& capture : {mail.indexed(), box.indexed()}) {
        ASSERT_TRUE(capture);
        EXPECT_EQ(capture->row(0).protocol, ProtocolId::tcp);
    }
}

TEST(Grouping, LeavesADatagramThatOnlyGoesOutUnanswered) {
    MadePackets packets;
    packets.udp(client, server, 4000, 9000, "a")
        .udp(client, server, 4001, 9000, "a")
        .udp(server, client, 9000, 4001, "b");
    const auto capture = packets.indexed();
    ASSERT_TRUE(capture);
    ASSERT_EQ(capture->exchangeCount(), 2u);
    EXPECT_EQ(outcome(*capture, 0), "unanswered");
    EXPECT_EQ(outcome(*capture, 1), "completed");
}

TEST(Grouping, StopsAfterAsManyPacketsAsItIsToldTo) {
    MadePackets packets;
    opened(packets, 8080).udp(client, server, 4000, 9000, "a");
    const auto capture = packets.indexed(2);
    ASSERT_TRUE(capture);
    EXPECT_EQ(capture->packetCount(), 2u);
    EXPECT_EQ(capture->exchangeCount(), 1u);
}

TEST(Grouping, TakesAHopForNoRetransmissionAndNoNewMessage) {
    MadePackets packets;
    opened(packets, 8080).tcp(client, server, 4000, 8080, ack, 101, 501, "hello");
    packets.tcp(client, server, 4000, 8080, ack, 101, 501, "hello"); // once more, behind a router
    packets.tcp(server, client, 8080, 4000, ack, 501, 106);
    const auto capture = packets.indexed(~0ULL, {{}, {none, none, none, none, 3, none}});
    ASSERT_TRUE(capture);
    ASSERT_EQ(capture->exchangeCount(), 1u);
    EXPECT_EQ(capture->row(0).packets, 6u);
    EXPECT_FALSE(capture->notesOf(4).any());
    EXPECT_EQ(capture->exchangeOf(4), 0u);
    EXPECT_EQ(capture->messages({}, Level::Transport).size(), 5u);
    EXPECT_EQ(capture->messages({}, Level::Network).size(), 6u);
    EXPECT_EQ(capture->messages().size(), 5u);
    EXPECT_EQ(capture->summary().problems.count("retransmission"), 0u);
}

TEST(Grouping, KnowsSimulatedHostsByAllTheirAddressesFromTheStart) {
    MadePackets packets;
    packets.udp(1, 2, 4000, 9000, "a").udp(3, 2, 4000, 9000, "a");
    const IpAddress first = *parseIpAddress("192.0.2.1"), second = *parseIpAddress("192.0.2.2"),
                    third = *parseIpAddress("192.0.2.3");
    const auto capture = packets.indexed(~0ULL, {{{"server", {{{2, 0, 0, 0, 0, 2}}}, {second}},
                                                  {"laptop", {{{2, 0, 0, 0, 0, 1}}}, {first, third}}},
                                                 {}});
    ASSERT_TRUE(capture);
    EXPECT_EQ(capture->host(0).name, "server");
    EXPECT_EQ(capture->host(1).name, "laptop");
    EXPECT_EQ(capture->row(0).originator, 1u);
    EXPECT_EQ(capture->row(1).originator, 1u);
    EXPECT_EQ(capture->row(1).responder, 0u);
    EXPECT_EQ(capture->summary().hosts, 2u);
}

} // namespace
} // namespace wirestage::test
