// SPDX-License-Identifier: GPL-3.0-or-later
// ICMPv6 (RFC 4443), neighbour discovery (RFC 4861) and multicast listeners (RFC 2710, 3810).
#include "core/protocols/icmpv6/icmpv6_wire.h"
#include "core/protocols/udp/udp_wire.h"
#include "tests/core/protocols/packets.h"

#include <gtest/gtest.h>

using namespace wirestage;
using namespace wirestage::test;

namespace {

Decoded decode(const Icmpv6Header& header, const ByteVector& rest = {}) {
    Writer writer;
    writeIcmpv6(writer, header, ip("2001:db8::1"), ip("2001:db8::2"), rest);
    return decodeRaw(ipv6Packet(58, writer.bytes()));
}

Icmpv6Header message(std::uint8_t type, std::uint8_t code = 0) {
    Icmpv6Header header;
    header.type = type;
    header.code = code;
    header.target = ip("fe80::1");
    header.destination = ip("2001:db8::3");
    return header;
}

} // namespace

TEST(Icmpv6, GivesBackAnEcho) {
    Icmpv6Header header = message(129);
    header.identifier = 5;
    header.sequence = 6;
    const Decoded d = decode(header, {1});
    EXPECT_EQ(d.facts.carried, Carried::Icmpv6);
    EXPECT_EQ(d.facts.icmp.identifier, 5);
    EXPECT_EQ(d.facts.icmp.sequence, 6);
    EXPECT_EQ(d.value("icmpv6.echo.sequence_number"), "6");
    EXPECT_EQ(d.value("icmpv6.checksum.status"), "1");
    EXPECT_EQ(d.value("data"), "01");
}

TEST(Icmpv6, FindsTheFlowOfTheQuotedPacket) {
    Writer udp;
    writeUdp(udp, {40000, 53, {}, {}}, ip("2001:db8::1"), ip("2001:db8::2"), {});
    Icmpv6Header header = message(2);
    header.mtu = 1280;
    const Decoded d = decode(header, ipv6Packet(17, udp.bytes()));
    EXPECT_EQ(d.value("icmpv6.mtu"), "1280");
    EXPECT_EQ(d.facts.icmp.quotedSource, ip("2001:db8::1"));
    EXPECT_EQ(d.facts.icmp.quotedDestinationPort, 53);
    EXPECT_EQ(decode(message(1, 4), ipv6Packet(17, udp.bytes())).meaning("icmpv6.code"), "Port unreachable");
}

TEST(Icmpv6, AsksForANeighborAndAnswers) {
    const Decoded question = decode(message(135), fromHex("0101 020000000001"));
    EXPECT_EQ(question.facts.icmp.target, ip("fe80::1"));
    EXPECT_EQ(question.value("icmpv6.nd.ns.target_address"), "fe80::1");
    EXPECT_EQ(question.value("icmpv6.opt.linkaddr"), "02:00:00:00:00:01");
    EXPECT_EQ(question.meaning("icmpv6.opt.type"), "Source link-layer address");
    Icmpv6Header header = message(136);
    header.neighborFlags = 0x60000000;
    const Decoded answer = decode(header);
    EXPECT_EQ(answer.value("icmpv6.nd.na.flag.r"), "0");
    EXPECT_EQ(answer.value("icmpv6.nd.na.flag.s"), "1");
    EXPECT_EQ(answer.value("icmpv6.nd.na.flag.o"), "1");
    EXPECT_EQ(answer.value("icmpv6.nd.na.target_address"), "fe80::1");
}

// RFC 4861, 4.2 and 4.6; DNS servers and search list RFC 8106, 5.1 and 5.2; preference RFC 4191, 2.2 (01:
// high).
TEST(Icmpv6, AdvertisesARouterWithItsOptions) {
    Icmpv6Header header = message(134);
    header.hopLimit = 64;
    header.routerFlags = 0x88;
    header.routerLifetime = 1800;
    const Decoded d =
        decode(header, fromHex("0501 0000 000005dc"
                               "0304 40c0 00278d00 00093a80 00000000 20010db8000000000000000000000000"
                               "1903 0000 00000258 20010db8000000000000000000000035"
                               "1f02 0000 0000003c 016101620000 0000"));
    EXPECT_EQ(d.value("icmpv6.nd.ra.cur_hop_limit"), "64");
    EXPECT_EQ(d.value("icmpv6.nd.ra.flag.m"), "1");
    EXPECT_EQ(d.meaning("icmpv6.nd.ra.flag.prf"), "High");
    EXPECT_EQ(d.meaning("icmpv6.nd.ra.router_lifetime"), "30 min");
    EXPECT_EQ(d.value("icmpv6.opt.mtu"), "1500");
    EXPECT_EQ(d.value("icmpv6.opt.prefix"), "2001:db8::");
    EXPECT_EQ(d.value("icmpv6.opt.prefix.length"), "64");
    EXPECT_EQ(d.value("icmpv6.opt.prefix.flag.a"), "1");
    EXPECT_EQ(d.meaning("icmpv6.opt.prefix.valid_lifetime"), "30 d");
    EXPECT_EQ(d.value("icmpv6.opt.rdnss"), "2001:db8::35");
    EXPECT_EQ(d.value("icmpv6.opt.dnssl"), "a.b");
    EXPECT_EQ(d.facts.malformed, Malformed::No);
}

TEST(Icmpv6, RedirectsAndQuotesWhatWasRedirected) {
    Writer udp;
    writeUdp(udp, {40000, 53, {}, {}}, ip("2001:db8::1"), ip("2001:db8::2"), {});
    ByteVector option = fromHex("0407 000000000000");
    const ByteVector packet = ipv6Packet(17, udp.bytes());
    option.insert(option.end(), packet.begin(), packet.end());
    ASSERT_EQ(option.size(), 56U);
    const Decoded d = decode(message(137), option);
    EXPECT_EQ(d.value("icmpv6.nd.rd.target_address"), "fe80::1");
    EXPECT_EQ(d.value("icmpv6.rd.na.destination_address"), "2001:db8::3");
    EXPECT_EQ(d.facts.icmp.quotedDestinationPort, 53);
}

TEST(Icmpv6, SaysWhereAnOptionIsImpossible) {
    EXPECT_EQ(decode(message(135), fromHex("0100 020000000001")).malformedProtocol(), "icmpv6");
    EXPECT_EQ(decode(message(135), fromHex("0102 020000000001")).malformedProtocol(), "icmpv6");
}

// RFC 3810, 8.1: a query of 24 bytes is version 1, of 28 or more version 2.
TEST(Icmpv6, TellsListenerQueriesByTheirLength) {
    Icmpv6Header header = message(130);
    header.responseDelay = 10000;
    EXPECT_EQ(decode(header).value("icmpv6.mld.maximum_response_delay"), "10000");
    const Decoded second = decode(header, fromHex("0a7d0001 20010db8000000000000000000000007"));
    EXPECT_EQ(second.value("icmpv6.mld.maximum_response_code"), "10000");
    EXPECT_EQ(second.value("icmpv6.mld.flag.s"), "1");
    EXPECT_EQ(second.value("icmpv6.mld.flag.qrv"), "2");
    EXPECT_EQ(second.value("icmpv6.mld.source_address"), "2001:db8::7");
}

TEST(Icmpv6, ListsTheRecordsOfAListenerReport) {
    Icmpv6Header header = message(143);
    header.records = 2;
    const Decoded d = decode(header, fromHex("04000000 ff020000000000000000000000000016"
                                             "01010001 ff0200000000000000000000000000fb"
                                             "20010db8000000000000000000000007 cafebabe"));
    EXPECT_EQ(d.values("icmpv6.mldr.mar.multicast_address"),
              (std::vector<std::string>{"ff02::16", "ff02::fb"}));
    EXPECT_EQ(d.value("icmpv6.mldr.mar.source_address"), "2001:db8::7");
    EXPECT_EQ(d.value("icmpv6.mldr.mar.auxiliary_data"), "cafebabe");
}

TEST(Icmpv6, IsSafeInEveryPrefix) {
    const ByteVector rest =
        fromHex("0304 40c0 00278d00 00093a80 00000000 20010db8000000000000000000000000"
                "1802 4008 00000e10 20010db800000000 0501 0000 000005dc 1f01 0000 0000003c");
    for (const std::uint8_t type : {1, 2, 3, 4, 128, 130, 131, 133, 134, 135, 136, 137, 143, 200}) {
        Icmpv6Header header = message(type);
        header.records = 0xffff;
        expectEveryPrefixIsSafe(decode(header, rest).bytes, LinkType::RawIp);
    }
}
