// SPDX-License-Identifier: GPL-3.0-or-later
// IPv4 (RFC 791): the header's fields, options, fragments, tunnels, and headers that cannot be true.
#include "core/protocols/ip/ip_wire.h"
#include "core/protocols/udp/udp_wire.h"
#include "tests/core/protocols/packets.h"

#include <gtest/gtest.h>

using namespace wirestage;
using namespace wirestage::test;

namespace {

const ByteVector eightBytes = fromHex("0044004300080000"); // UDP 68 to 67, no data, no checksum

} // namespace

// Every octet of this header by hand, RFC 791, 3.1; the checksum by RFC 1071.
TEST(Ip, ReadsEveryFieldOfTheHeader) {
    const Decoded d = decodeRaw(fromHex("45b8001c abcd4000 4011a248 c0000201 c6336402 0044004300080000"));
    EXPECT_EQ(d.value("ip.version"), "4");
    EXPECT_EQ(d.value("ip.hdr_len"), "20");
    EXPECT_EQ(d.value("ip.dsfield"), "0xb8");
    EXPECT_EQ(d.meaning("ip.dsfield.dscp"), "Expedited forwarding");
    EXPECT_EQ(d.value("ip.dsfield.ecn"), "0");
    EXPECT_EQ(d.value("ip.len"), "28");
    EXPECT_EQ(d.value("ip.id"), "0xabcd");
    EXPECT_EQ(d.value("ip.flags"), "0x02");
    EXPECT_EQ(d.value("ip.flags.df"), "1");
    EXPECT_EQ(d.value("ip.flags.mf"), "0");
    EXPECT_EQ(d.value("ip.frag_offset"), "0");
    EXPECT_EQ(d.value("ip.ttl"), "64");
    EXPECT_EQ(d.value("ip.proto"), "17");
    EXPECT_EQ(d.meaning("ip.proto"), "UDP");
    EXPECT_EQ(d.value("ip.src"), "192.0.2.1");
    EXPECT_EQ(d.value("ip.dst"), "198.51.100.2");
    EXPECT_EQ(d.facts.network.source, ip("192.0.2.1"));
    EXPECT_EQ(d.facts.network.payloadLength, 8U);
    const Field& dscp = *d.description.find("ip.dsfield.dscp");
    EXPECT_EQ(dscp.offset, 1U);
    EXPECT_EQ(dscp.bitOffset, 0);
    EXPECT_EQ(dscp.bitLength, 6);
    const Field& offset = *d.description.find("ip.frag_offset");
    EXPECT_EQ(offset.bitOffset, 3);
    EXPECT_EQ(offset.bitLength, 13);
}

TEST(Ip, GivesBackWhatWasWritten) {
    IpHeader header;
    header.service = 0x2e;
    header.identification = 0x1234;
    header.flags = 2;
    header.timeToLive = 7;
    const Decoded d = decodeRaw(ipv4Packet(17, eightBytes, header));
    EXPECT_EQ(d.value("ip.dsfield"), "0x2e");
    EXPECT_EQ(d.value("ip.id"), "0x1234");
    EXPECT_EQ(d.facts.network.ttl, 7);
    EXPECT_EQ(d.facts.network.identification, 0x1234U);
    EXPECT_EQ(d.value("ip.checksum.status"), "1");
    EXPECT_EQ(d.meaning("ip.checksum"), "correct");
}

TEST(Ip, SaysWhatAWrongChecksumShouldBe) {
    const Decoded right = decodeRaw(ipv4Packet(17, eightBytes));
    IpHeader header;
    header.checksum = 0x1234;
    const Decoded wrong = decodeRaw(ipv4Packet(17, eightBytes, header));
    EXPECT_EQ(wrong.value("ip.checksum.status"), "0");
    EXPECT_EQ(wrong.meaning("ip.checksum"), "should be " + right.value("ip.checksum"));
    EXPECT_EQ(wrong.facts.malformed, Malformed::No) << "reported, not judged";
    EXPECT_EQ(wrong.facts.carried, Carried::Udp);
}

// RFC 791, 3.1: record route with two places, one used (pointer 8), then the end of the list.
TEST(Ip, DescribesOptions) {
    const ByteVector options = fromHex("070b08 c0000207 00000000 00");
    const Decoded d = decodeRaw(ipv4Packet(17, eightBytes, {}, options));
    EXPECT_EQ(d.value("ip.hdr_len"), "32");
    EXPECT_EQ(d.values("ip.opt.type"), (std::vector<std::string>{"7", "0"}));
    EXPECT_EQ(d.meaning("ip.opt.type"), "Record route");
    EXPECT_EQ(d.value("ip.opt.ptr"), "8");
    EXPECT_EQ(d.value("ip.rec_rt"), "192.0.2.7");
    EXPECT_EQ(d.value("ip.empty_rt"), "0.0.0.0");
    EXPECT_EQ(d.facts.destinationPort, 67) << "the payload starts behind the options";
}

TEST(Ip, SaysWhereAnOptionIsImpossible) {
    for (const char* options : {"07010000", "07ff0000", "01010107"}) {
        const Decoded d = decodeRaw(ipv4Packet(17, eightBytes, {}, fromHex(options)));
        EXPECT_EQ(d.malformedProtocol(), "ip") << options;
        EXPECT_EQ(d.facts.destinationPort, 67) << "the payload is still where the header says";
    }
}

TEST(Ip, StopsAtAFragment) {
    IpHeader header;
    header.flags = 1;
    header.fragmentOffset = 1480;
    header.identification = 77;
    const Decoded d = decodeRaw(ipv4Packet(17, eightBytes, header));
    EXPECT_TRUE(d.facts.network.fragment);
    EXPECT_TRUE(d.facts.network.moreFragments);
    EXPECT_EQ(d.facts.network.fragmentOffset, 1480U);
    EXPECT_EQ(d.value("ip.frag_offset"), "185") << "in units of eight bytes";
    EXPECT_EQ(d.meaning("ip.frag_offset"), "1480 bytes");
    EXPECT_EQ(d.protocols(), "frame ip");
    EXPECT_EQ(d.facts.network.payload.size(), 8U);
    EXPECT_EQ(d.facts.carried, Carried::OtherIp);
}

TEST(Ip, KeepsTheInnermostOfNestedPackets) {
    IpHeader inner;
    inner.source = ip("10.0.0.1");
    const Decoded d = decodeRaw(ipv4Packet(4, ipv4Packet(17, eightBytes, inner)));
    EXPECT_EQ(d.protocols(), "frame ip ip udp");
    EXPECT_EQ(d.facts.network.source, ip("10.0.0.1"));
    EXPECT_EQ(d.values("ip.src"), (std::vector<std::string>{"192.0.2.1", "10.0.0.1"}));
    EXPECT_EQ(decodeRaw(ipv4Packet(41, ipv6Packet(17, eightBytes))).protocols(), "frame ip ipv6 udp");
}

TEST(Ip, NestsOnlySoDeep) {
    ByteVector packet = ipv4Packet(17, eightBytes);
    for (int i = 0; i < 100; ++i)
        packet = ipv4Packet(4, packet);
    const Decoded d = decodeRaw(packet);
    EXPECT_EQ(d.facts.protocolCount, d.facts.protocols.size());
    EXPECT_EQ(d.facts.carried, Carried::OtherIp);
}

TEST(Ip, StopsWhereTheHeaderCannotBeTrue) {
    IpHeader version, length, total;
    version.version = 5;
    length.length = 16;
    total.totalLength = 19;
    for (const IpHeader& header : {version, length, total}) {
        Decoded d(ipv4Packet(17, eightBytes, header), LinkType::Ipv4);
        EXPECT_EQ(d.facts.malformed, Malformed::Nonsense);
        EXPECT_EQ(d.malformedProtocol(), "ip");
        EXPECT_EQ(d.protocols(), "frame ip");
        EXPECT_NE(d.value("ip.version"), "") << "what was read stays";
    }
}

TEST(Ip, TakesATotalLengthOfZeroForAllThereIs) {
    IpHeader header;
    header.totalLength = 0; // as captured on a sender whose network card cuts segments
    const Decoded d = decodeRaw(ipv4Packet(17, eightBytes, header));
    EXPECT_EQ(d.facts.network.payloadLength, 8U);
    EXPECT_EQ(d.facts.carried, Carried::Udp);
}

TEST(Ip, LeavesProtocolsItDoesNotKnow) {
    const Decoded d = decodeRaw(ipv4Packet(89, eightBytes));
    EXPECT_EQ(d.facts.carried, Carried::OtherIp);
    EXPECT_EQ(d.facts.network.protocol, 89);
    EXPECT_EQ(d.facts.payload.size(), 8U);
}

TEST(Ip, IsSafeInEveryPrefix) {
    const ByteVector options = fromHex("070b08 c0000207 00000000 44080103 00000000 00");
    expectEveryPrefixIsSafe(ipv4Packet(4, ipv4Packet(17, eightBytes, {}, options)), LinkType::RawIp);
}
