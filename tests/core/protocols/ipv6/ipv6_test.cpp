// SPDX-License-Identifier: GPL-3.0-or-later
// IPv6 (RFC 8200): the header, the chain of extension headers, fragments whole and not.
#include "core/protocols/ipv6/ipv6_wire.h"
#include "tests/core/protocols/packets.h"

#include <gtest/gtest.h>

using namespace wirestage;
using namespace wirestage::test;

namespace {

const ByteVector datagram = fromHex("0044004300081234"); // UDP 68 to 67

ByteVector joined(const ByteVector& first, const ByteVector& second) {
    ByteVector all = first;
    all.insert(all.end(), second.begin(), second.end());
    return all;
}

ByteVector fragment(std::uint16_t offset, bool more) {
    Writer writer;
    writeHeader(writer, Ipv6FragmentHeader{17, 0, offset, 0, more, 0xdeadbeef});
    writer.append(Bytes(datagram));
    return std::move(writer).take();
}

} // namespace

TEST(Ipv6, GivesBackWhatWasWritten) {
    Ipv6Header header;
    header.trafficClass = 0xe1;
    header.flow = 0x12345;
    header.hopLimit = 3;
    const Decoded d = decodeRaw(ipv6Packet(17, datagram, header));
    EXPECT_EQ(d.protocols(), "frame ipv6 udp");
    EXPECT_EQ(d.value("ipv6.version"), "6");
    EXPECT_EQ(d.value("ipv6.tclass.dscp"), "56");
    EXPECT_EQ(d.meaning("ipv6.tclass.ecn"), "ECN-capable, ECT(1)");
    EXPECT_EQ(d.value("ipv6.flow"), "0x012345");
    EXPECT_EQ(d.value("ipv6.plen"), "8");
    EXPECT_EQ(d.value("ipv6.nxt"), "17");
    EXPECT_EQ(d.value("ipv6.hlim"), "3");
    EXPECT_EQ(d.value("ipv6.src"), "2001:db8::1");
    EXPECT_EQ(d.facts.network.destination, ip("2001:db8::2"));
    EXPECT_EQ(d.facts.network.ttl, 3);
    const Field& flow = *d.description.find("ipv6.flow");
    EXPECT_EQ(flow.bitOffset, 12);
    EXPECT_EQ(flow.bitLength, 20);
}

// RFC 8200, 4.3; router alert RFC 2711 (value 0: MLD); PadN fills up to eight bytes.
TEST(Ipv6, WalksHopByHopOptions) {
    const Decoded d = decodeRaw(ipv6Packet(0, joined(fromHex("1100 05020000 0100"), datagram)));
    EXPECT_EQ(d.facts.network.protocol, 17) << "of the payload, behind the extension headers";
    EXPECT_EQ(d.facts.carried, Carried::Udp);
    EXPECT_EQ(d.facts.network.payloadLength, 8U);
    EXPECT_EQ(d.value("ipv6.nxt"), "0");
    EXPECT_EQ(d.value("ipv6.hopopts.nxt"), "17");
    EXPECT_EQ(d.values("ipv6.opt.type"), (std::vector<std::string>{"5", "1"}));
    EXPECT_EQ(d.meaning("ipv6.opt.router_alert"), "Multicast listener discovery");
}

TEST(Ipv6, WalksRoutingAuthenticationAndDestinationHeaders) {
    const ByteVector routing = fromHex("33020001 00000000 20010db8000000000000000000000009"); // next: 51
    const ByteVector authentication = fromHex("3c040000 00000001 00000002 112233445566778899aabbcc");
    const ByteVector options = fromHex("1100 010400000000");
    const Decoded d =
        decodeRaw(ipv6Packet(43, joined(routing, joined(authentication, joined(options, datagram)))));
    EXPECT_EQ(d.protocols(), "frame ipv6 udp");
    EXPECT_EQ(d.value("ipv6.routing.segleft"), "1");
    EXPECT_EQ(d.value("ipv6.routing.src.addr"), "2001:db8::9");
    EXPECT_EQ(d.value("ah.sequence"), "2");
    EXPECT_EQ(d.value("ah.icv"), "112233445566778899aabbcc");
    EXPECT_EQ(d.value("ipv6.dstopts.nxt"), "17");
}

TEST(Ipv6, StopsAtAFragment) {
    const Decoded d = decodeRaw(ipv6Packet(44, fragment(120, true)));
    EXPECT_TRUE(d.facts.network.fragment);
    EXPECT_TRUE(d.facts.network.moreFragments);
    EXPECT_EQ(d.facts.network.fragmentOffset, 120U);
    EXPECT_EQ(d.facts.network.identification, 0xdeadbeefU);
    EXPECT_EQ(d.facts.network.protocol, 17);
    EXPECT_EQ(d.facts.network.payload.size(), 8U);
    EXPECT_EQ(d.value("ipv6.fraghdr.offset"), "15") << "in units of eight bytes";
    EXPECT_EQ(d.value("udp.srcport"), "");
}

// RFC 6946: a fragment header on a packet that is whole is no fragment.
TEST(Ipv6, GoesOnBehindAnAtomicFragment) {
    const Decoded d = decodeRaw(ipv6Packet(44, fragment(0, false)));
    EXPECT_FALSE(d.facts.network.fragment);
    EXPECT_EQ(d.facts.destinationPort, 67);
}

TEST(Ipv6, StopsAtNoNextHeaderAndAtEsp) {
    for (const std::uint8_t next : {std::uint8_t{59}, std::uint8_t{50}}) {
        const Decoded d = decodeRaw(ipv6Packet(next, datagram));
        EXPECT_EQ(d.facts.carried, Carried::OtherIp);
        EXPECT_EQ(d.facts.payload.size(), 8U);
        EXPECT_EQ(d.facts.malformed, Malformed::No);
    }
}

TEST(Ipv6, SaysWhereAnExtensionHeaderIsTooLong) {
    const Decoded d = decodeRaw(ipv6Packet(0, fromHex("11ff 010400000000")));
    EXPECT_EQ(d.facts.malformed, Malformed::Truncated);
    EXPECT_EQ(d.malformedProtocol(), "ipv6");
}

TEST(Ipv6, RefusesAnotherVersion) {
    Ipv6Header header;
    header.version = 7;
    const Decoded d(ipv6Packet(17, datagram, header), LinkType::Ipv6);
    EXPECT_EQ(d.facts.malformed, Malformed::Nonsense);
    EXPECT_EQ(d.facts.carried, Carried::OtherIp);
}

TEST(Ipv6, TakesAPayloadLengthOfZeroForAllThereIs) {
    Ipv6Header header;
    header.payloadLength = 0;
    EXPECT_EQ(decodeRaw(ipv6Packet(17, datagram, header)).facts.network.payloadLength, 8U);
}

TEST(Ipv6, IsSafeInEveryPrefix) {
    const ByteVector chain = joined(fromHex("2b00 05020000 0100"), fromHex("3c000201 00000000"));
    expectEveryPrefixIsSafe(
        ipv6Packet(0, joined(chain, joined(fromHex("2c00c20400001234"), fragment(0, false)))),
        LinkType::RawIp);
}
