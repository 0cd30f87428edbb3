// SPDX-License-Identifier: GPL-3.0-or-later
// Link headers: Ethernet with tags, 802.3 with LLC and SNAP, Linux cooked, loopback, raw IP, and what is none
// of them.
#include "core/protocols/eth/eth_wire.h"
#include "core/protocols/llc/llc_wire.h"
#include "core/protocols/sll/sll_wire.h"
#include "core/protocols/udp/udp_wire.h"
#include "core/protocols/vlan/vlan_wire.h"
#include "tests/core/protocols/packets.h"

#include <gtest/gtest.h>

using namespace wirestage;
using namespace wirestage::test;

namespace {

constexpr MacAddress station{{0x02, 0x00, 0x5e, 0x10, 0x00, 0x01}},
    everybody{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

ByteVector datagram() {
    Writer udp;
    writeUdp(udp, {.sourcePort = 68, .destinationPort = 67, .length = {}, .checksum = {}}, ip("192.0.2.1"),
             ip("198.51.100.2"), {});
    return ipv4Packet(17, udp.bytes());
}

Writer ethernet(std::uint16_t type) {
    Writer writer;
    writeHeader(writer, EthHeader{everybody, station, type});
    return writer;
}

ByteVector with(Writer writer, const ByteVector& payload) {
    writer.append(Bytes(payload));
    return std::move(writer).take();
}

} // namespace

TEST(Ethernet, NamesItsStationsAndWhatItCarries) {
    const Decoded d(with(ethernet(0x0800), datagram()), LinkType::Ethernet);
    EXPECT_EQ(d.protocols(), "frame eth ip udp");
    EXPECT_TRUE(d.facts.link.hasAddresses);
    EXPECT_EQ(d.facts.link.source, station);
    EXPECT_TRUE(d.facts.link.destination.isBroadcast());
    EXPECT_EQ(d.facts.link.type, 0x0800);
    EXPECT_EQ(d.value("eth.dst"), "ff:ff:ff:ff:ff:ff");
    EXPECT_EQ(d.meaning("eth.dst"), "broadcast");
    EXPECT_EQ(d.value("eth.src.lg"), "1") << "02: locally administered";
    EXPECT_EQ(d.value("eth.src.ig"), "0");
    EXPECT_EQ(d.value("eth.type"), "0x0800");
    EXPECT_EQ(d.meaning("eth.type"), "IPv4");
}

TEST(Ethernet, ShowsWhatPadsAShortFrame) {
    ByteVector frame = with(ethernet(0x0800), datagram()); // 14 + 28 bytes
    frame.resize(60);
    frame.insert(frame.end(), {0xde, 0xad, 0xbe, 0xef});
    const Decoded d(frame, LinkType::Ethernet);
    EXPECT_EQ(d.value("eth.padding").size(), 2U * (60 - 42));
    EXPECT_EQ(d.value("eth.trailer"), "deadbeef");
    EXPECT_EQ(d.facts.payload.size(), 0U) << "padding is no payload";
}

TEST(Vlan, IsFoundOnceAndTwice) {
    Writer frame = ethernet(0x88a8);
    writeHeader(frame, VlanTag{3, false, 100, 0x8100});
    writeHeader(frame, VlanTag{5, true, 42, 0x0800});
    const Decoded d(with(std::move(frame), datagram()), LinkType::Ethernet);
    EXPECT_EQ(d.protocols(), "frame eth vlan vlan ip udp");
    EXPECT_EQ(d.facts.link.vlan, 42) << "the innermost counts";
    EXPECT_EQ(d.facts.link.type, 0x0800);
    EXPECT_EQ(d.values("vlan.id"), (std::vector<std::string>{"100", "42"}));
    EXPECT_EQ(d.values("vlan.dei"), (std::vector<std::string>{"0", "1"}));
    EXPECT_EQ(d.value("vlan.etype"), "0x8100");
    EXPECT_EQ(d.value("eth.type"), "0x88a8");
    EXPECT_EQ(d.facts.destinationPort, 67);
}

TEST(Vlan, NestsOnlySoDeep) {
    Writer frame = ethernet(0x8100);
    for (int i = 0; i < 300; ++i)
        writeHeader(frame, VlanTag{0, false, 1, 0x8100});
    const Decoded d(std::move(frame).take(), LinkType::Ethernet);
    EXPECT_EQ(d.facts.protocolCount, d.facts.protocols.size());
    EXPECT_EQ(d.facts.carried, Carried::OtherLink);
}

TEST(Llc, LeadsThroughSnapToIp) {
    const ByteVector packet = datagram();
    Writer frame = ethernet(static_cast<std::uint16_t>(8 + packet.size()));
    writeHeader(frame, LlcHeader{});
    writeHeader(frame, SnapHeader{0, 0x0800});
    const Decoded d(with(std::move(frame), packet), LinkType::Ethernet);
    EXPECT_EQ(d.protocols(), "frame eth llc ip udp");
    EXPECT_EQ(d.value("eth.len"), std::to_string(8 + packet.size()));
    EXPECT_EQ(d.value("eth.type"), "") << "a length is no type";
    EXPECT_EQ(d.value("llc.type"), "0x0800");
    EXPECT_EQ(d.meaning("llc.dsap"), "SNAP");
    EXPECT_EQ(d.facts.link.type, 0x0800);
}

TEST(Llc, KeepsWhatItDoesNotKnow) {
    Writer frame = ethernet(7);
    writeHeader(frame, LlcHeader{0x42, 0x42, 3});
    const Decoded d(with(std::move(frame), {1, 2, 3, 4, 0, 0}), LinkType::Ethernet);
    EXPECT_EQ(d.facts.carried, Carried::OtherLink);
    EXPECT_EQ(d.facts.payload.size(), 4U) << "as long as the length field says";
    EXPECT_EQ(d.meaning("llc.dsap"), "Spanning tree");
}

TEST(LinuxCooked, KnowsTheSender) {
    Writer one, two;
    writeHeader(one, SllHeader{4, 1, 6, station, {}, 0x0800});
    writeHeader(two, Sll2Header{0x0800, {}, 7, 1, 4, 6, station, {}});
    ASSERT_EQ(one.size(), SllHeader::size);
    ASSERT_EQ(two.size(), Sll2Header::size);
    for (const Decoded& d : {Decoded(with(std::move(one), datagram()), LinkType::LinuxCooked),
                             Decoded(with(std::move(two), datagram()), LinkType::LinuxCooked2)}) {
        EXPECT_EQ(d.protocols(), "frame sll ip udp");
        EXPECT_EQ(d.facts.link.source, station);
        EXPECT_FALSE(d.facts.link.hasAddresses) << "there is no destination";
        EXPECT_EQ(d.value("sll.src.eth"), "02:00:5e:10:00:01");
        EXPECT_EQ(d.meaning("sll.pkttype"), "sent by us");
    }
}

TEST(Loopback, ShowsItsByteOrder) {
    for (const char* family : {"02000000", "00000002"}) {
        ByteVector frame = fromHex(family);
        const ByteVector packet = datagram();
        frame.insert(frame.end(), packet.begin(), packet.end());
        const Decoded d(frame, LinkType::Null);
        EXPECT_EQ(d.protocols(), "frame null ip udp");
        EXPECT_EQ(d.value("null.family"), "2");
    }
}

TEST(RawIp, IsTakenByItsVersion) {
    for (const LinkType link : {LinkType::RawIp, LinkType::RawIpBsd, LinkType::RawIpOpenBsd}) {
        EXPECT_EQ(Decoded(datagram(), link).protocols(), "frame ip udp");
        EXPECT_EQ(Decoded(ipv6Packet(59, {}), link).protocols(), "frame ipv6");
    }
    EXPECT_EQ(Decoded(datagram(), LinkType::Ipv4).protocols(), "frame ip udp");
    EXPECT_EQ(Decoded(ipv6Packet(59, {}), LinkType::Ipv6).protocols(), "frame ipv6");
    EXPECT_EQ(Decoded({0x00, 0x01}, LinkType::RawIp).facts.carried, Carried::Undecoded);
}

// Laid out by hand from linux/netlink.h and nfnetlink_queue.h: cooked header of family 12, a message of type
// 0x0300 in little endian, an attribute of another type (11 bytes, padded to 12), then the payload in
// attribute 10.
TEST(Netlink, FindsThePacketInAQueue) {
    const ByteVector packet = datagram();
    ASSERT_EQ(packet.size(), 28U);
    ByteVector frame = fromHex("0004 0338 00000000000000000000 000c"
                               "40000000 0003 0000 00000000 00000000 02000000"
                               "0b00 0100 00000000000000 00 2000 0a00");
    frame.insert(frame.end(), packet.begin(), packet.end());
    const Decoded d(frame, static_cast<LinkType>(253));
    EXPECT_EQ(d.protocols(), "frame netlink ip udp");
    EXPECT_EQ(d.facts.destinationPort, 67);
    EXPECT_EQ(d.value("netlink.family"), "0x000c");
    frame[20] = 1; // another message of the same subsystem
    EXPECT_EQ(Decoded(frame, static_cast<LinkType>(253)).facts.carried, Carried::OtherLink);
    frame[20] = 0;
    expectEveryPrefixIsSafe(frame, static_cast<LinkType>(253));
}

TEST(UnknownLink, IsShownUndecoded) {
    const Decoded d({1, 2, 3}, static_cast<LinkType>(147));
    EXPECT_EQ(d.protocols(), "frame");
    EXPECT_EQ(d.facts.carried, Carried::Undecoded);
    EXPECT_EQ(d.facts.payload.size(), 3U);
    EXPECT_EQ(d.value("data"), "010203");
    EXPECT_EQ(Decoded({1}, static_cast<LinkType>(65535)).facts.carried, Carried::Undecoded);
}

TEST(LinkHeaders, AreSafeInEveryPrefix) {
    Writer tagged = ethernet(0x8100);
    writeHeader(tagged, VlanTag{0, false, 7, 20});
    writeHeader(tagged, LlcHeader{});
    writeHeader(tagged, SnapHeader{0, 0x0800});
    expectEveryPrefixIsSafe(with(std::move(tagged), datagram()), LinkType::Ethernet);
    expectEveryPrefixIsSafe(with(ethernet(6), fromHex("424201020304")), LinkType::Ethernet);
    Writer cooked;
    writeHeader(cooked, Sll2Header{0x0800, {}, 7, 1, 4, 6, station, {}});
    expectEveryPrefixIsSafe(with(std::move(cooked), datagram()), LinkType::LinuxCooked2);
    expectEveryPrefixIsSafe(fromHex("0200000045000014"), LinkType::Null);
}
