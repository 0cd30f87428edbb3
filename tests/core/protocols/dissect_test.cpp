// SPDX-License-Identifier: GPL-3.0-or-later
// The dissection as a whole: nothing stays from the frame before, reassembled bytes go on where a fragment
// stopped, and foreign frames come back byte for byte from what was read of them.
#include "core/capture/capture_file.h"
#include "core/protocols/eth/eth_wire.h"
#include "core/protocols/ip/ip_wire.h"
#include "core/protocols/tcp/tcp_wire.h"
#include "core/protocols/udp/udp_wire.h"
#include "core/protocols/wire.h"
#include "tests/core/protocols/packets.h"
#include "tests/support/shared_captures.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace wirestage;
using namespace wirestage::test;

namespace {

/// Reads a header, writes it again, and compares with the bytes it came from.
template <class Header>
void expectTheSameAgain(Bytes bytes) {
    Reader reader(bytes);
    Header header;
    if (!readHeader(reader, header))
        return;
    Writer writer;
    writeHeader(writer, header);
    EXPECT_TRUE(std::ranges::equal(writer.bytes(), bytes.first(Header::size)));
}

} // namespace

TEST(Dissection, KeepsNothingOfTheFrameBefore) {
    Writer tcp;
    TcpHeader syn;
    syn.flags = 2;
    syn.destinationPort = 80;
    writeTcp(tcp, syn, fromHex("020405b4"), ip("192.0.2.1"), ip("198.51.100.2"), ByteVector{1});
    const Decoded first = decodeRaw(ipv4Packet(6, tcp.bytes()));
    const ByteVector nothing = {0};
    Frame second;
    second.bytes = nothing;
    second.link = LinkType::RawIp;
    Dissection into = first.facts;
    dissectFrame(into, second);
    EXPECT_EQ(into.carried, Carried::Undecoded);
    EXPECT_EQ(into.network.source.version, 0);
    EXPECT_EQ(into.destinationPort, 0);
    EXPECT_EQ(into.tcp.maximumSegmentSize, 0);
    EXPECT_EQ(into.tcp.windowScale, 255);
    EXPECT_EQ(into.protocolCount, 1);
}

TEST(Dissection, GoesOnWithAReassembledDatagram) {
    IpHeader header;
    header.fragmentOffset = 8;
    Decoded d = decodeRaw(ipv4Packet(17, ByteVector(8), header));
    ASSERT_TRUE(d.facts.network.fragment);
    Writer udp;
    writeUdp(udp, {40000, 53, {}, {}}, ip("192.0.2.1"), ip("198.51.100.2"), ByteVector(8, 5));
    Describer describer(d.description);
    d.facts.describer = &describer;
    const std::uint8_t buffer = describer.addBuffer(Text::verbatim("whole"), udp.bytes());
    dissectTransport(d.facts, udp.bytes(), buffer);
    EXPECT_EQ(d.facts.carried, Carried::Udp);
    EXPECT_EQ(d.facts.destinationPort, 53);
    EXPECT_EQ(d.facts.payload.size(), 8U);
    EXPECT_FALSE(d.facts.network.fragment);
    EXPECT_EQ(d.protocols(), "frame ip udp");
    EXPECT_EQ(d.description.find("udp.dstport")->buffer, buffer);
    EXPECT_EQ(d.description.find("udp.dstport")->offset, 2U);
    EXPECT_EQ(d.value("udp.checksum.status"), "1");
}

TEST(Dissection, AsksTheDescriberForNothingItDoesNotNeed) {
    const Decoded d = decodeRaw(ipv4Packet(17, fromHex("0044004300080000")));
    Dissection plain;
    dissectFrame(plain, d.frame);
    EXPECT_EQ(plain.destinationPort, d.facts.destinationPort);
    EXPECT_EQ(plain.network.source, d.facts.network.source);
    EXPECT_EQ(plain.payload.data(), d.facts.payload.data());
}

TEST(Dissection, TakesTheTimeAndLengthFromTheCapture) {
    Decoded d({1}, LinkType::RawIp, 60);
    EXPECT_EQ(d.value("frame.len"), "60");
    EXPECT_EQ(d.value("frame.cap_len"), "1");
    d.frame.time = -500'000'000;
    Description again;
    Describer describer(again);
    Dissection into;
    into.describer = &describer;
    dissectFrame(into, d.frame);
    EXPECT_EQ(again.value("frame.time_epoch"), "-1.500000000");
}

TEST(Dissection, WritesForeignHeadersAsItReadThem) {
    WIRESTAGE_SHARED_CAPTURE(path, "tls/wswiki-pcapng-example.pcapng");
    auto opened = CaptureFile::open(path.string());
    ASSERT_TRUE(std::holds_alternative<CaptureFile>(opened));
    auto cursor = std::get<CaptureFile>(opened).cursor();
    Frame frame;
    Dissection d;
    int segments = 0;
    while (cursor.next(frame)) {
        dissectFrame(d, frame);
        if (frame.link == LinkType::Ethernet)
            expectTheSameAgain<EthHeader>(frame.bytes);
        if (d.network.source.version != 4 || d.network.payload.empty())
            continue;
        const auto at = static_cast<std::size_t>(d.network.payload.data() - frame.bytes.data());
        if (frame.bytes[at - 20] == 0x45)
            expectTheSameAgain<IpHeader>(frame.bytes.subspan(at - 20));
        if (d.carried == Carried::Udp)
            expectTheSameAgain<UdpHeader>(d.network.payload);
        if (d.carried == Carried::Tcp) {
            expectTheSameAgain<TcpHeader>(d.network.payload);
            ++segments;
        }
    }
    EXPECT_GT(segments, 0);
}
