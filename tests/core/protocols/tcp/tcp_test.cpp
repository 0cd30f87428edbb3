// SPDX-License-Identifier: GPL-3.0-or-later
// TCP (RFC 9293): the header, the flags, the options of RFC 9293, 7323, 2018 and 7413, and impossible
// lengths.
#include "core/protocols/tcp/tcp_wire.h"
#include "tests/core/protocols/packets.h"

#include <gtest/gtest.h>

using namespace wirestage;
using namespace wirestage::test;

namespace {

TcpHeader syn() {
    TcpHeader header;
    header.sourcePort = 50000;
    header.destinationPort = 80;
    header.sequence = 0xfffffffe;
    header.flags = 2;
    header.window = 64240;
    return header;
}

Decoded decode(const TcpHeader& header, const ByteVector& options = {}, const ByteVector& payload = {}) {
    Writer writer;
    writeTcp(writer, header, options, ip("192.0.2.1"), ip("198.51.100.2"), payload);
    return decodeRaw(ipv4Packet(6, writer.bytes()));
}

// What a Linux host sends: MSS 1460, SACK permitted, timestamps, no operation, window scale 7.
const ByteVector synOptions = fromHex("020405b4 0402 080a 00001234 00000000 01 030307");

} // namespace

TEST(Tcp, GivesBackWhatWasWritten) {
    TcpHeader header = syn();
    header.acknowledgement = 77;
    header.flags = 0x1ff;
    header.urgentPointer = 5;
    const Decoded d = decode(header, {}, {1, 2, 3});
    EXPECT_EQ(d.facts.carried, Carried::Tcp);
    EXPECT_EQ(d.facts.sourcePort, 50000);
    EXPECT_EQ(d.facts.destinationPort, 80);
    EXPECT_EQ(d.facts.tcp.sequence, 0xfffffffeU);
    EXPECT_EQ(d.facts.tcp.acknowledgement, 77U);
    EXPECT_EQ(d.facts.tcp.window, 64240);
    EXPECT_EQ(d.facts.tcp.flags, 0xff);
    EXPECT_EQ(d.facts.tcp.payloadLength, 3U);
    EXPECT_EQ(d.facts.payload.size(), 3U);
    EXPECT_EQ(d.value("tcp.seq_raw"), "4294967294");
    EXPECT_EQ(d.value("tcp.hdr_len"), "20");
    EXPECT_EQ(d.value("tcp.flags"), "0x01ff");
    EXPECT_EQ(d.value("tcp.urgent_pointer"), "5");
    EXPECT_EQ(d.value("tcp.len"), "3");
    EXPECT_EQ(d.value("tcp.checksum.status"), "1");
    EXPECT_EQ(d.meaning("tcp.dstport"), "HTTP");
}

TEST(Tcp, NamesTheFlags) {
    TcpHeader header = syn();
    header.flags = 0x12;
    const Decoded d = decode(header);
    EXPECT_EQ(d.meaning("tcp.flags"), "SYN, ACK");
    EXPECT_EQ(d.value("tcp.flags.syn"), "1");
    EXPECT_EQ(d.value("tcp.flags.fin"), "0");
    EXPECT_EQ(d.value("tcp.flags.str"), "·······A··S·");
    const Field& field = *d.description.find("tcp.flags.syn");
    EXPECT_EQ(field.offset, 20U + 12U);
    EXPECT_EQ(field.bitOffset, 14);
    EXPECT_EQ(field.bitLength, 1);
}

TEST(Tcp, ReadsTheOptionsOfASyn) {
    const Decoded d = decode(syn(), synOptions);
    EXPECT_EQ(d.facts.tcp.maximumSegmentSize, 1460);
    EXPECT_EQ(d.facts.tcp.windowScale, 7);
    EXPECT_EQ(d.values("tcp.option_kind"), (std::vector<std::string>{"2", "4", "8", "1", "3"}));
    EXPECT_EQ(d.value("tcp.options.mss_val"), "1460");
    EXPECT_EQ(d.value("tcp.options.wscale.shift"), "7");
    EXPECT_EQ(d.value("tcp.options.wscale.multiplier"), "128");
    EXPECT_EQ(d.value("tcp.options.timestamp.tsval"), "4660");
    EXPECT_EQ(d.value("tcp.options.timestamp.tsecr"), "0");
    EXPECT_EQ(d.value("tcp.len"), "0");
}

TEST(Tcp, KnowsNoOptionsWhereThereAreNone) {
    const Decoded d = decode(syn());
    EXPECT_EQ(d.facts.tcp.windowScale, 255);
    EXPECT_EQ(d.facts.tcp.maximumSegmentSize, 0);
}

// RFC 7323, 2.3: a shift count above 14 counts as 14.
TEST(Tcp, LimitsTheWindowScale) {
    EXPECT_EQ(decode(syn(), fromHex("0303ff00")).facts.tcp.windowScale, 14);
}

TEST(Tcp, DescribesSelectiveAcknowledgments) {
    TcpHeader header = syn();
    header.flags = 0x10;
    const Decoded d = decode(header, fromHex("0101 0512 00000001 00000002 00000003 00000004"));
    EXPECT_EQ(d.values("tcp.options.sack_le"), (std::vector<std::string>{"1", "3"}));
    EXPECT_EQ(d.values("tcp.options.sack_re"), (std::vector<std::string>{"2", "4"}));
    EXPECT_EQ(d.value("tcp.options.sack.count"), "2");
}

TEST(Tcp, DescribesFastOpenAndUnknownOptions) {
    EXPECT_EQ(decode(syn(), fromHex("2206aabbccdd0000")).value("tcp.options.tfo.cookie"), "aabbccdd");
    EXPECT_NE(decode(syn(), fromHex("22020000")).description.find("tcp.options.tfo.request"), nullptr);
    EXPECT_EQ(decode(syn(), fromHex("c804abcd")).value("tcp.options.unknown.payload"), "abcd");
}

TEST(Tcp, SaysWhereAnOptionIsImpossible) {
    for (const char* options : {"02010000", "020a0000", "01010102"}) {
        const Decoded d = decode(syn(), fromHex(options), {9});
        EXPECT_EQ(d.malformedProtocol(), "tcp") << options;
        EXPECT_EQ(d.facts.payload.size(), 1U);
        EXPECT_EQ(d.facts.tcp.maximumSegmentSize, 0);
    }
}

TEST(Tcp, SaysWhereTheHeaderLengthIsImpossible) {
    for (const std::uint8_t length : {16, 60}) {
        TcpHeader header = syn();
        header.length = length;
        const Decoded d = decode(header, {}, {1, 2, 3});
        EXPECT_EQ(d.facts.malformed, Malformed::Nonsense);
        EXPECT_EQ(d.facts.payload.size(), 0U);
        EXPECT_EQ(d.facts.destinationPort, 80);
    }
}

TEST(Tcp, CountsThePayloadThatWasNotCaptured) {
    ByteVector packet = decode(syn(), {}, ByteVector(100, 7)).bytes;
    const auto whole = static_cast<std::uint32_t>(packet.size());
    packet.resize(50);
    const Decoded d(packet, LinkType::RawIp, whole);
    EXPECT_EQ(d.facts.tcp.payloadLength, 100U);
    EXPECT_EQ(d.facts.payload.size(), 10U);
    EXPECT_EQ(d.value("tcp.checksum.status"), "2") << "nobody can verify it";
    EXPECT_EQ(d.facts.malformed, Malformed::No);
}

TEST(Tcp, IsSafeInEveryPrefix) {
    expectEveryPrefixIsSafe(decode(syn(), synOptions, {1, 2, 3}).bytes, LinkType::RawIp);
    expectEveryPrefixIsSafe(decode(syn(), fromHex("1c04 8001 1d06 0102 aabb 22020000fd040102"), {1}).bytes,
                            LinkType::RawIp);
}
