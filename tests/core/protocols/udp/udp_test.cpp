// SPDX-License-Identifier: GPL-3.0-or-later
// UDP (RFC 768): ports, length and checksum, the checksum left out, lengths that cannot be true.
#include "core/protocols/udp/udp_wire.h"
#include "tests/core/protocols/packets.h"

#include <gtest/gtest.h>

using namespace wirestage;
using namespace wirestage::test;

namespace {

Decoded decode(UdpHeader header, const ByteVector& payload) {
    Writer writer;
    writeUdp(writer, header, ip("192.0.2.1"), ip("198.51.100.2"), payload);
    return decodeRaw(ipv4Packet(17, writer.bytes()));
}

constexpr UdpHeader lookup{53000, 53, {}, {}};

} // namespace

TEST(Udp, GivesBackWhatWasWritten) {
    const Decoded d = decode(lookup, {1, 2, 3});
    EXPECT_EQ(d.facts.carried, Carried::Udp);
    EXPECT_EQ(d.facts.sourcePort, 53000);
    EXPECT_EQ(d.facts.destinationPort, 53);
    EXPECT_EQ(d.facts.payload.size(), 3U);
    EXPECT_EQ(d.value("udp.length"), "11");
    EXPECT_EQ(d.meaning("udp.dstport"), "DNS");
    EXPECT_EQ(d.value("udp.payload"), "010203");
    EXPECT_EQ(d.value("udp.checksum.status"), "1");
}

// RFC 768: an all zero checksum means that the sender made none; one that comes out as zero is sent as ones.
TEST(Udp, KnowsThatZeroIsNoChecksum) {
    UdpHeader header = lookup;
    header.checksum = 0;
    EXPECT_EQ(decode(header, {1}).value("udp.checksum.status"), "2");
    for (unsigned word = 0; word < 0x10000; ++word) {
        Writer writer;
        writeUdp(writer, {1, 2, {}, {}}, ip("0.0.0.0"), ip("0.0.0.0"),
                 ByteVector{static_cast<std::uint8_t>(word >> 8), static_cast<std::uint8_t>(word)});
        ASSERT_FALSE(writer.bytes()[6] == 0 && writer.bytes()[7] == 0) << word;
    }
}

TEST(Udp, SaysWhatAWrongChecksumShouldBe) {
    UdpHeader header = lookup;
    const std::string right = decode(lookup, {1, 2}).value("udp.checksum");
    header.checksum = 1;
    EXPECT_EQ(decode(header, {1, 2}).meaning("udp.checksum"), "should be " + right);
}

TEST(Udp, SaysWhereTheLengthIsImpossible) {
    for (const std::uint16_t length : {7, 100}) {
        UdpHeader header = lookup;
        header.length = length;
        const Decoded d = decode(header, {1, 2});
        EXPECT_EQ(d.malformedProtocol(), "udp");
        EXPECT_LE(d.facts.payload.size(), 2U);
    }
}

TEST(Udp, LeavesWhatLiesBehindItsLength) {
    UdpHeader header = lookup;
    header.length = 9;
    EXPECT_EQ(decode(header, {1, 2, 3}).facts.payload.size(), 1U);
}

TEST(Udp, SaysThatTheCaptureCutIt) {
    ByteVector packet = decode(lookup, {1, 2, 3}).bytes;
    const auto whole = static_cast<std::uint32_t>(packet.size());
    packet.resize(24);
    const Decoded d(packet, LinkType::RawIp, whole);
    EXPECT_EQ(d.facts.malformed, Malformed::CutByCapture);
    EXPECT_EQ(d.facts.sourcePort, 53000) << "what was read stays";
}

TEST(Udp, IsSafeInEveryPrefix) {
    expectEveryPrefixIsSafe(decode(lookup, {1, 2, 3}).bytes, LinkType::RawIp);
}
