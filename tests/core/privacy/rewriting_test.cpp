// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privacy/rewriting.h"

#include "core/protocols/icmp/icmp_wire.h"
#include "core/protocols/tcp/tcp_wire.h"
#include "core/protocols/udp/udp_wire.h"
#include "tests/core/protocols/packets.h"

#include <gmock/gmock.h>

namespace wirestage {
namespace {

using test::ByteVector;
using test::Decoded;
using testing::ElementsAre;

ByteVector udpPacket(Bytes payload, std::optional<std::uint16_t> checksum = {}) {
    Writer writer;
    UdpHeader header;
    header.sourcePort = 40000;
    header.destinationPort = 9;
    header.checksum = checksum;
    writeUdp(writer, header, test::ip("192.0.2.1"), test::ip("198.51.100.2"), payload);
    return test::ipv4Packet(17, writer.bytes());
}

ByteVector without(const Decoded& packet, StandIns& names) {
    return Rewriting(packet.bytes, packet.description, 0, names).take();
}

Bytes text(std::string_view words) {
    return {reinterpret_cast<const std::uint8_t*>(words.data()), words.size()};
}

TEST(Rewriting, MendsTheChecksumsOfWhatItChanged) {
    StandIns names;
    const Decoded before = test::decodeRaw(udpPacket(text("to alice\r\n")));
    ASSERT_EQ(before.value("udp.checksum.status"), "1");
    const Decoded after = test::decodeRaw(without(before, names));
    EXPECT_EQ(after.value("ip.checksum.status"), "1");
    EXPECT_EQ(after.value("udp.checksum.status"), "1");
    EXPECT_EQ(after.value("ip.src"), toString(names.of(test::ip("192.0.2.1"))));
    EXPECT_NE(after.value("ip.src"), "192.0.2.1");
    EXPECT_EQ(after.value("udp.srcport"), "40000");
    const Bytes payload = after.facts.payload;
    EXPECT_EQ(std::string(payload.begin(), payload.end()), "xx xxxxx\r\n") << "nobody reads it: filled";
}

TEST(Rewriting, LeavesAWrongChecksumAsWrongAsItWas) {
    StandIns names;
    const Decoded before = test::decodeRaw(udpPacket(text("x"), 0x1234));
    ASSERT_EQ(before.value("udp.checksum.status"), "0");
    const Decoded after = test::decodeRaw(without(before, names));
    EXPECT_EQ(after.value("udp.checksum.status"), "0");
    EXPECT_EQ(after.value("ip.checksum.status"), "1");
}

TEST(Rewriting, LeavesOutAChecksumThatWasLeftOut) {
    StandIns names;
    const Decoded before = test::decodeRaw(udpPacket(text("alice"), 0));
    const Decoded after = test::decodeRaw(without(before, names));
    EXPECT_EQ(after.value("udp.checksum"), "0x0000");
}

/// What the capture cut off counts in the checksum still; it was not changed, so the difference is known.
TEST(Rewriting, MendsTheChecksumOfAPacketThatWasCutOff) {
    StandIns names;
    ByteVector whole = udpPacket(text("12 34\r\n"));
    const ByteVector all = without(test::decodeRaw(whole), names);
    const Decoded cut(ByteVector(whole.begin(), whole.end() - 2), LinkType::RawIp,
                      static_cast<std::uint32_t>(whole.size()));
    const ByteVector part = without(cut, names);
    EXPECT_EQ(ByteVector(all.begin(), all.end() - 2), part) << "only line ends were cut off";
}

TEST(Rewriting, ReplacesThePacketThatAnErrorQuotes) {
    StandIns names;
    const ByteVector quoted = udpPacket(text("alice"));
    Writer writer;
    IcmpHeader header;
    header.type = 3;
    header.code = 3;
    writeIcmp(writer, header, quoted);
    const Decoded before = test::decodeRaw(test::ipv4Packet(1, writer.bytes()));
    ASSERT_EQ(before.value("icmp.checksum.status"), "1");
    const Decoded after = test::decodeRaw(without(before, names));
    EXPECT_EQ(after.value("icmp.checksum.status"), "1");
    EXPECT_EQ(after.facts.icmp.quotedSource, names.of(test::ip("192.0.2.1")));
    EXPECT_EQ(after.facts.icmp.quotedDestination, names.of(test::ip("198.51.100.2")));
    EXPECT_EQ(after.facts.icmp.quotedDestinationPort, 9);
    // The quoted header's own checksum, which nobody looks at, is right as well.
    const Decoded inner = test::decodeRaw(ByteVector(after.bytes.begin() + 28, after.bytes.end()));
    EXPECT_EQ(inner.value("ip.checksum.status"), "1");
}

TEST(Rewriting, WritesWhatSomebodyElseHasRewrittenInPlaceOfFiller) {
    StandIns names;
    const Decoded before = test::decodeRaw(udpPacket(text("secret")));
    Rewriting rewriting(before.bytes, before.description, 0, names);
    rewriting.put(before.bytes.size() - 6, text("public"));
    rewriting.put(before.bytes.size() + 5, text("nowhere"));
    const Decoded after = test::decodeRaw(rewriting.take());
    const Bytes payload = after.facts.payload;
    EXPECT_EQ(std::string(payload.begin(), payload.end()), "public");
    EXPECT_EQ(after.value("udp.checksum.status"), "1");
}

/// A header of an unknown protocol, half a header, nothing at all: never a byte more or less, and no name.
TEST(Rewriting, TakesBytesThatNobodyUnderstands) {
    StandIns names;
    const ByteVector packet = udpPacket(text("alice"));
    for (std::size_t size = 0; size <= packet.size(); ++size) {
        const Decoded cut(ByteVector(packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(size)),
                          LinkType::RawIp);
        EXPECT_EQ(without(cut, names).size(), size);
    }
    const Decoded unknown(ByteVector{'a', 'l', 'i', 'c', 'e', 0, ' ', 0xff}, LinkType{147});
    EXPECT_THAT(without(unknown, names), ElementsAre('x', 'x', 'x', 'x', 'x', 0, ' ', 'x'));
}

TEST(Rewriting, KeepsNumbersThatAreNobodys) {
    StandIns names;
    Writer writer;
    TcpHeader header;
    header.sourcePort = 50000;
    header.destinationPort = 80;
    header.sequence = 0x12345678;
    header.acknowledgement = 0x9abcdef0;
    header.flags = 0x18;
    header.window = 0x4321;
    const ByteVector options = test::fromHex("02 04 05 b4 01 03 03 07 04 02 01 01");
    writeTcp(writer, header, options, test::ip("192.0.2.1"), test::ip("198.51.100.2"), text("GET /alice"));
    const Decoded before = test::decodeRaw(test::ipv4Packet(6, writer.bytes()));
    const Decoded after = test::decodeRaw(without(before, names));
    EXPECT_EQ(after.value("tcp.checksum.status"), "1");
    for (const char* field :
         {"tcp.srcport", "tcp.dstport", "tcp.seq_raw", "tcp.ack_raw", "tcp.flags", "tcp.window_size_value",
          "tcp.options.mss_val", "tcp.options.wscale.shift", "ip.ttl", "ip.id", "ip.len", "ip.proto"})
        EXPECT_EQ(after.value(field), before.value(field)) << field;
}

} // namespace
} // namespace wirestage
