// SPDX-License-Identifier: GPL-3.0-or-later
// Rows and numbers of messages, in captures of more packets than a block of the index holds.
#include "tests/core/grouping/made_packets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wirestage::test {
namespace {

constexpr PacketIndex many = 20'000;

/// Every packet is one datagram; every tenth belongs to a second flow.
std::unique_ptr<Capture> datagrams() {
    MadePackets packets;
    for (PacketIndex i = 0; i < many; ++i)
        packets.after(1).udp(1, i % 10 == 0 ? 3 : 2, 4000, 9000, "x");
    return packets.indexed();
}

TEST(MessageList, HoldsOneRowForEachDatagramInOrder) {
    const auto capture = datagrams();
    ASSERT_TRUE(capture);
    const MessageList list = capture->messages();
    ASSERT_EQ(list.size(), many);
    for (std::uint64_t row = 0; row < many; row += 97)
        EXPECT_EQ(list.at(row), (MessageRef{static_cast<PacketIndex>(row), Level::Transport, 0}));
    EXPECT_EQ(list.at(many - 1).packet, many - 1);
}

TEST(MessageList, FindsTheRowOfAPacket) {
    const auto capture = datagrams();
    ASSERT_TRUE(capture);
    const MessageList all = capture->messages();
    for (const PacketIndex packet : {0u, 1u, 255u, 256u, 257u, 1023u, 1024u, 19'999u})
        EXPECT_EQ(all.rowAtOrAfter(packet), packet);
    EXPECT_EQ(all.rowAtOrAfter(many), many) << "behind the last packet there is no row";
    EXPECT_EQ(all.rowAtOrAfter(none), many);
}

TEST(MessageList, FindsTheNextRowWhereTheExchangeHasNoSuchPacket) {
    const auto capture = datagrams();
    ASSERT_TRUE(capture);
    const MessageList second = capture->messages({0}); // packets 0, 10, 20, ...
    ASSERT_EQ(second.size(), many / 10);
    EXPECT_EQ(second.at(7).packet, 70u);
    EXPECT_EQ(second.rowAtOrAfter(70), 7u);
    EXPECT_EQ(second.rowAtOrAfter(71), 8u);
    EXPECT_EQ(second.rowAtOrAfter(9'999), 1000u);
    EXPECT_EQ(second.rowAtOrAfter(many - 1), many / 10);
}

TEST(MessageList, NumbersTheMessagesOfAllLevelsOneAfterTheOther) {
    // A packet of raw IP has a network message and a transport message.
    const auto capture = datagrams();
    ASSERT_TRUE(capture);
    const MessageList list = capture->messages();
    for (const std::uint64_t row : {0u, 1u, 1023u, 1024u, 1025u, 2048u, 19'999u}) {
        const Message message = capture->message(list.at(row));
        EXPECT_EQ(message.number, 2 * row + 2);
        EXPECT_THAT(message.carriedBy, testing::ElementsAre(2 * row + 1));
    }
}

TEST(MessageList, GivesEachMessageOfASegmentItsOwnNumber) {
    // The server's greeting, then two commands in one segment: numbers go network, transport, application.
    MadePackets packets;
    packets.tcp(1, 2, 4000, 21, syn, 100, 0)
        .tcp(2, 1, 21, 4000, syn | ack, 500, 101)
        .tcp(1, 2, 4000, 21, ack, 101, 501)
        .tcp(2, 1, 21, 4000, ack, 501, 101, "220 FTP\r\n")
        .tcp(1, 2, 4000, 21, ack, 101, 510, "USER a\r\nPASS b\r\n");
    const auto capture = packets.indexed();
    ASSERT_TRUE(capture);
    const MessageList list = capture->messages({}, Level::Application);
    ASSERT_EQ(list.size(), 3u);
    EXPECT_EQ(capture->message(list.at(0)).number, 4u * 2 + 1);
    EXPECT_EQ(capture->message(list.at(1)).number, 4u * 2 + 1 + 3);
    EXPECT_EQ(capture->message(list.at(2)).number, 4u * 2 + 1 + 4);
    EXPECT_THAT(capture->message(list.at(2)).carriedBy, testing::ElementsAre(4u * 2 + 1 + 2));
    EXPECT_EQ(kind(capture->message(list.at(2)).kind).name, "ftp.command.pass");
}

TEST(MessageList, CountsMoreMessagesInOnePacketThanAByteHolds) {
    std::string commands;
    for (int i = 0; i < 300; ++i)
        commands += "NOOP\r\n";
    MadePackets packets;
    packets.tcp(1, 2, 4000, 21, syn, 100, 0)
        .tcp(1, 2, 4000, 21, ack, 101, 1, commands)
        .udp(1, 2, 7, 9000, "x");
    const auto capture = packets.indexed();
    ASSERT_TRUE(capture);
    const MessageList list = capture->messages({}, Level::Application);
    ASSERT_EQ(list.size(), 300u);
    EXPECT_EQ(list.at(299), (MessageRef{1, Level::Application, 299}));
    EXPECT_EQ(capture->message(list.at(299)).number, 2u + 2 + 300);
    const MessageList rest = capture->messages({}, Level::Transport);
    EXPECT_EQ(capture->message(rest.at(2)).number, 2u + 2 + 300 + 2);
}

TEST(MessageList, IsEmptyForAnEmptyCapture) {
    const auto capture = MadePackets().indexed();
    ASSERT_TRUE(capture);
    const MessageList list = capture->messages();
    EXPECT_EQ(list.size(), 0u);
    EXPECT_EQ(list.rowAtOrAfter(0), 0u);
}

TEST(MessageList, BeginsWithTheLastOfAnExchange) {
    const auto capture = datagrams();
    ASSERT_TRUE(capture);
    EXPECT_EQ(capture->sinceLast({}, 100), many - 100);
    EXPECT_EQ(capture->sinceLast({}, many), 0u) << "there are no more";
    // The first exchange has every tenth packet, the last one of them ten before the end.
    EXPECT_EQ(capture->sinceLast({0}, 100), many - 1000);
    EXPECT_EQ(capture->sinceLast({0}, many / 10), 0u);
    EXPECT_EQ(capture->sinceLast({0, 1}, 100), many - 100);
    const MessageList last = capture->messages({0}, {}, capture->sinceLast({0}, 100));
    ASSERT_EQ(last.size(), 100u);
    EXPECT_EQ(last.at(0).packet, many - 1000);
    EXPECT_EQ(last.at(99).packet, many - 10);
    EXPECT_EQ(last.rowAtOrAfter(0), 0u) << "what is before it is left out";
}

} // namespace
} // namespace wirestage::test
