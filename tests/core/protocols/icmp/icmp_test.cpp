// SPDX-License-Identifier: GPL-3.0-or-later
// ICMP (RFC 792 and its successors): questions and answers, errors and the packet they quote.
#include "core/protocols/icmp/icmp_wire.h"
#include "core/protocols/tcp/tcp_wire.h"
#include "core/protocols/udp/udp_wire.h"
#include "tests/core/protocols/packets.h"

#include <gtest/gtest.h>

using namespace wirestage;
using namespace wirestage::test;

namespace {

Decoded decode(const IcmpHeader& header, const ByteVector& rest = {}) {
    Writer writer;
    writeIcmp(writer, header, rest);
    return decodeRaw(ipv4Packet(1, writer.bytes()));
}

IcmpHeader message(std::uint8_t type, std::uint8_t code = 0) {
    IcmpHeader header;
    header.type = type;
    header.code = code;
    return header;
}

/// A UDP datagram from 10.0.0.1 port 40000 to port 33434, cut behind its header as RFC 792 lets routers do.
ByteVector quotedUdp() {
    Writer udp;
    writeUdp(udp, {40000, 33434, {}, {}}, ip("10.0.0.1"), ip("198.51.100.2"), ByteVector(32, 0x40));
    IpHeader header;
    header.source = ip("10.0.0.1");
    header.timeToLive = 1;
    ByteVector packet = ipv4Packet(17, udp.bytes(), header);
    packet.resize(28);
    return packet;
}

} // namespace

TEST(Icmp, GivesBackAnEchoRequest) {
    IcmpHeader header = message(8);
    header.identifier = 0x1234;
    header.sequence = 7;
    const Decoded d = decode(header, {'a', 'b'});
    EXPECT_EQ(d.facts.carried, Carried::Icmp);
    EXPECT_EQ(d.facts.icmp.type, 8);
    EXPECT_EQ(d.facts.icmp.identifier, 0x1234);
    EXPECT_EQ(d.facts.icmp.sequence, 7);
    EXPECT_FALSE(d.facts.icmp.hasQuoted);
    EXPECT_EQ(d.value("icmp.ident"), "4660");
    EXPECT_EQ(d.value("icmp.seq"), "7");
    EXPECT_EQ(d.meaning("icmp.type"), "Echo request");
    EXPECT_EQ(d.value("icmp.checksum.status"), "1");
    EXPECT_EQ(d.value("data"), "6162");
}

TEST(Icmp, FindsTheFlowOfTheQuotedPacket) {
    const Decoded d = decode(message(3, 3), quotedUdp());
    EXPECT_EQ(d.protocols(), "frame ip icmp") << "the quoted layers are not this packet's";
    EXPECT_TRUE(d.facts.icmp.hasQuoted);
    EXPECT_EQ(d.facts.icmp.quotedSource, ip("10.0.0.1"));
    EXPECT_EQ(d.facts.icmp.quotedDestination, ip("198.51.100.2"));
    EXPECT_EQ(d.facts.icmp.quotedProtocol, 17);
    EXPECT_EQ(d.facts.icmp.quotedSourcePort, 40000);
    EXPECT_EQ(d.facts.icmp.quotedDestinationPort, 33434);
    EXPECT_EQ(d.facts.network.source, ip("192.0.2.1")) << "the facts are those of the packet itself";
    EXPECT_EQ(d.values("ip.src"), (std::vector<std::string>{"192.0.2.1", "10.0.0.1"}));
    EXPECT_EQ(d.value("udp.dstport"), "33434");
    EXPECT_EQ(d.meaning("icmp.code"), "Port unreachable");
    EXPECT_EQ(d.facts.malformed, Malformed::No) << "a quotation is cut short on purpose";
}

TEST(Icmp, FindsTheEchoInAQuotation) {
    IcmpHeader echo = message(8);
    echo.identifier = 99;
    Writer inner;
    writeIcmp(inner, echo, {});
    const Decoded d = decode(message(11), ipv4Packet(1, inner.bytes()));
    EXPECT_EQ(d.facts.icmp.type, 11);
    EXPECT_EQ(d.facts.icmp.quotedProtocol, 1);
    EXPECT_EQ(d.facts.icmp.quotedSourcePort, 99);
    EXPECT_EQ(d.facts.icmp.quotedDestinationPort, 99);
    EXPECT_EQ(d.values("icmp.type"), (std::vector<std::string>{"11", "8"}));
    EXPECT_EQ(d.meaning("icmp.code"), "Time to live exceeded in transit");
}

// RFC 792 promises 64 bits of the quoted data: of TCP the ports and the sequence number.
TEST(Icmp, ReadsAsMuchOfAQuotedSegmentAsThereIs) {
    Writer tcp;
    TcpHeader header;
    header.sourcePort = 50000;
    header.destinationPort = 80;
    header.sequence = 1000;
    writeTcp(tcp, header, {}, ip("192.0.2.1"), ip("198.51.100.2"), {});
    ByteVector packet = ipv4Packet(6, tcp.bytes());
    packet.resize(28);
    IcmpHeader needed = message(3, 4);
    needed.mtu = 1400;
    const Decoded d = decode(needed, packet);
    EXPECT_EQ(d.facts.icmp.quotedDestinationPort, 80);
    EXPECT_EQ(d.value("icmp.mtu"), "1400");
    EXPECT_EQ(d.value("tcp.seq"), "1000");
    EXPECT_EQ(d.value("tcp.flags"), "");
    EXPECT_EQ(d.facts.malformed, Malformed::No);
}

TEST(Icmp, DoesNotFollowAnErrorAboutAnError) {
    Writer inner;
    writeIcmp(inner, message(3, 1), quotedUdp());
    const Decoded d = decode(message(11), ipv4Packet(1, inner.bytes()));
    EXPECT_EQ(d.facts.icmp.quotedProtocol, 1);
    EXPECT_EQ(d.values("ip.src").size(), 2U);
}

TEST(Icmp, NamesTheBetterGateway) {
    IcmpHeader header = message(5, 1);
    header.gateway = ip("192.0.2.254");
    const Decoded d = decode(header, quotedUdp());
    EXPECT_EQ(d.value("icmp.redir_gw"), "192.0.2.254");
    EXPECT_TRUE(d.facts.icmp.hasQuoted);
    EXPECT_EQ(d.meaning("icmp.code"), "Redirect for the host");
}

TEST(Icmp, GivesBackTimestampsAndMasks) {
    IcmpHeader stamps = message(14), mask = message(18);
    stamps.originate = 1;
    stamps.receive = 2;
    stamps.transmit = 3'600'000;
    mask.mask = ip("255.255.255.0");
    EXPECT_EQ(decode(stamps).value("icmp.receive_timestamp"), "2");
    EXPECT_EQ(decode(stamps).meaning("icmp.transmit_timestamp"), "1 h");
    EXPECT_EQ(decode(mask).value("icmp.address_mask"), "255.255.255.0");
}

TEST(Icmp, ListsAdvertisedRouters) {
    IcmpHeader header = message(9);
    header.addressCount = 2;
    header.lifetime = 1800;
    const Decoded d = decode(header, fromHex("c0000201 00000000 c0000202 00000005"));
    EXPECT_EQ(d.values("icmp.router_address"), (std::vector<std::string>{"192.0.2.1", "192.0.2.2"}));
    EXPECT_EQ(d.meaning("icmp.lifetime"), "30 min");
}

// RFC 4884 and RFC 4950: the quotation padded to 128 bytes, then one label, 16001, last of its stack, TTL 1.
TEST(Icmp, DescribesMplsLabelsBehindTheQuotation) {
    IcmpHeader header = message(11);
    header.originalLength = 32;
    ByteVector rest = quotedUdp();
    rest.resize(128);
    const ByteVector extension = fromHex("2000 0000 0008 01 01 03e81 1 01");
    rest.insert(rest.end(), extension.begin(), extension.end());
    const Decoded d = decode(header, rest);
    EXPECT_EQ(d.value("icmp.mpls.label"), "16001");
    EXPECT_EQ(d.value("icmp.mpls.s"), "1");
    EXPECT_EQ(d.value("icmp.mpls.ttl"), "1");
    EXPECT_EQ(d.facts.icmp.quotedDestinationPort, 33434);
}

TEST(Icmp, KeepsTypesItDoesNotKnow) {
    const Decoded d = decode(message(200, 9), {1, 2});
    EXPECT_EQ(d.facts.icmp.type, 200);
    EXPECT_EQ(d.value("data"), "0102");
}

TEST(Icmp, IsSafeInEveryPrefix) {
    ByteVector rest = quotedUdp();
    rest.resize(128);
    rest.insert(rest.end(), {0x20, 0, 0, 0, 0, 8, 1, 1, 0, 0, 0, 0});
    for (const std::uint8_t type : {3, 4, 5, 8, 9, 10, 11, 12, 13, 17, 42, 43}) {
        IcmpHeader header = message(type);
        header.addressCount = 200;
        expectEveryPrefixIsSafe(decode(header, rest).bytes, LinkType::RawIp);
    }
}
