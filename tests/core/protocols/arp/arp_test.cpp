// SPDX-License-Identifier: GPL-3.0-or-later
// ARP (RFC 826), probes and announcements (RFC 5227), addresses of other sizes.
#include "core/protocols/arp/arp_wire.h"
#include "core/protocols/eth/eth_wire.h"
#include "tests/core/protocols/packets.h"

#include <gtest/gtest.h>

using namespace wirestage;
using namespace wirestage::test;

namespace {

constexpr MacAddress asker{{0x02, 0, 0, 0, 0, 1}}, answerer{{0x02, 0, 0, 0, 0, 2}};

Decoded decode(const ArpPacket& packet, std::uint16_t type = 0x0806) {
    Writer writer;
    writeHeader(writer, EthHeader{answerer, asker, type});
    writeHeader(writer, packet);
    return {std::move(writer).take(), LinkType::Ethernet};
}

ArpPacket question(std::string_view sender, std::string_view target) {
    ArpPacket packet;
    packet.senderHardware = asker;
    packet.senderProtocol = ip(sender);
    packet.targetProtocol = ip(target);
    return packet;
}

} // namespace

TEST(Arp, GivesBackWhatWasWritten) {
    ArpPacket packet = question("192.0.2.1", "192.0.2.2");
    packet.operation = 2;
    packet.targetHardware = answerer;
    const Decoded d = decode(packet);
    EXPECT_EQ(d.protocols(), "frame eth arp");
    EXPECT_EQ(d.facts.carried, Carried::Arp);
    EXPECT_EQ(d.facts.arp.operation, 2);
    EXPECT_EQ(d.facts.arp.senderHardware, asker);
    EXPECT_EQ(d.facts.arp.targetHardware, answerer);
    EXPECT_EQ(d.facts.arp.senderProtocol, ip("192.0.2.1"));
    EXPECT_EQ(d.facts.arp.targetProtocol, ip("192.0.2.2"));
    EXPECT_EQ(d.value("arp.opcode"), "2");
    EXPECT_EQ(d.meaning("arp.opcode"), "reply");
    EXPECT_EQ(d.value("arp.src.proto_ipv4"), "192.0.2.1");
    EXPECT_EQ(d.value("arp.dst.hw_mac"), "02:00:00:00:00:02");
}

TEST(Arp, TellsProbesAndAnnouncementsFromQuestions) {
    EXPECT_EQ(decode(question("0.0.0.0", "192.0.2.9")).value("arp.isprobe"), "1");
    EXPECT_EQ(decode(question("192.0.2.9", "192.0.2.9")).value("arp.isannouncement"), "1");
    EXPECT_EQ(decode(question("192.0.2.9", "192.0.2.9")).value("arp.isgratuitous"), "1");
    const Decoded plain = decode(question("192.0.2.1", "192.0.2.9"));
    EXPECT_EQ(plain.value("arp.isprobe") + plain.value("arp.isgratuitous"), "");
}

TEST(Arp, ReadsReverseRequests) {
    ArpPacket packet = question("0.0.0.0", "0.0.0.0");
    packet.operation = 3;
    EXPECT_EQ(decode(packet, 0x8035).meaning("arp.opcode"), "reverse request");
}

TEST(Arp, KeepsAddressesOfOtherSizes) {
    const std::uint8_t hardware[8] = {1, 2, 3, 4, 5, 6, 7, 8}, protocol[2] = {9, 10};
    ArpPacket packet;
    packet.hardwareType = 24;
    packet.hardwareSize = 8;
    packet.protocolType = 0x1234;
    packet.protocolSize = 2;
    packet.otherSenderHardware = packet.otherTargetHardware = hardware;
    packet.otherSenderProtocol = packet.otherTargetProtocol = protocol;
    const Decoded d = decode(packet);
    EXPECT_EQ(d.value("arp.src.hw"), "0102030405060708");
    EXPECT_EQ(d.value("arp.dst.proto"), "090a");
    EXPECT_EQ(d.facts.arp.senderProtocol.version, 0);
    EXPECT_EQ(d.facts.malformed, Malformed::No);
}

TEST(Arp, IsSafeInEveryPrefix) {
    const Decoded d = decode(question("192.0.2.1", "192.0.2.2"));
    expectEveryPrefixIsSafe(d.bytes, LinkType::Ethernet);
    ByteVector shortened(d.bytes.begin(), d.bytes.end() - 1);
    EXPECT_EQ(Decoded(shortened, LinkType::Ethernet).malformedProtocol(), "arp");
    EXPECT_EQ(Decoded(shortened, LinkType::Ethernet).facts.malformed, Malformed::Truncated);
    EXPECT_EQ(Decoded(shortened, LinkType::Ethernet, 42).facts.malformed, Malformed::CutByCapture);
}
