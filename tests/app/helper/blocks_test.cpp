// SPDX-License-Identifier: GPL-3.0-or-later
// What the helper writes, our own reader of captures reads.
#include "app/helper/blocks.h"
#include "tests/app/helper/packet_blocks.h"
#include "tests/core/capture/capture_bytes.h"

#include <gmock/gmock.h>

namespace wirestage::helper::test {
namespace {

using wirestage::test::opened;
using wirestage::test::textOf;
using wirestage::test::Walk;
using wirestage::test::walk;

Bytes bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Walk readBack(const std::string& blocks) {
    return walk(opened(CaptureFile::fromMemory(bytesOf(blocks))));
}

std::string beginning() {
    return sectionHeader("test") +
           interfaceDescription({"eth0", "tcp port 80 or icmp", LinkType::Ethernet, 262144}) +
           interfaceDescription({"tun0", "", LinkType::RawIp, 96});
}

TEST(LiveBlocks, TellTheInterfacesWithTheirNames) {
    const Walk seen = readBack(beginning());
    EXPECT_EQ(seen.problem, "");
    const std::vector<CaptureInterface> interfaces = seen.file.interfaces();
    ASSERT_EQ(interfaces.size(), 2u);
    EXPECT_EQ(interfaces[0].name, "eth0");
    EXPECT_EQ(interfaces[0].link, LinkType::Ethernet);
    EXPECT_EQ(interfaces[0].snapshotLength, 262144u);
    EXPECT_EQ(interfaces[1].name, "tun0");
    EXPECT_EQ(interfaces[1].link, LinkType::RawIp);
}

TEST(LiveBlocks, KeepEveryPacketToTheNanosecondAndToTheByte) {
    std::string blocks = beginning();
    const std::string_view texts[] = {"", "1", "22", "333", "4444"};
    for (std::uint32_t i = 0; i < 5; ++i)
        appendPacket(blocks, i % 2, 1'700'000'000'123'456'789 + i, 1500 + i, bytesOf(texts[i]));
    blocks += interfaceStatistics(0, 1, 2, {});
    const Walk seen = readBack(blocks);
    EXPECT_EQ(seen.problem, "");
    ASSERT_EQ(seen.frames.size(), 5u);
    for (std::uint32_t i = 0; i < 5; ++i) {
        EXPECT_EQ(seen.frames[i].time, 1'700'000'000'123'456'789 + i);
        EXPECT_EQ(seen.frames[i].length, 1500 + i);
        EXPECT_EQ(seen.frames[i].link, i % 2 ? LinkType::RawIp : LinkType::Ethernet);
        EXPECT_EQ(textOf(seen.frames[i]), texts[i]);
    }
}

TEST(LiveBlocks, CanBeWalkedWithoutAReader) {
    const std::string blocks = packet(0, 5) + packet(3, 0x1'0000'0002, "longer text");
    const std::string_view second = std::string_view(blocks).substr(lengthOfBlock(blocks));
    EXPECT_EQ(lengthOfBlock(second), second.size());
    EXPECT_EQ(interfaceOfPacket(second), 3u);
    EXPECT_EQ(timeOfPacket(second), 0x1'0000'0002);
}

/// The value of an Interface Statistics Block's option, behind its 20 bytes before the options.
std::uint64_t countIn(const std::string& block, std::uint16_t code) {
    pcapng::OptionReader options(bytesOf(block).subspan(20, block.size() - 24), false);
    for (pcapng::Option option; options.next(option);)
        if (option.code == code)
            return capture::load<std::uint64_t>(option.value.data(), false);
    return ~0ULL;
}

TEST(LiveBlocks, CountLossesAsOneNumberAndTheKernelsApart) {
    PacketCounts counts;
    counts.seen = 1000;
    counts.droppedByKernel = 30;
    counts.droppedByUs = 4;
    counts.written = 966;
    const std::string block = interfaceStatistics(0, 0, 0, counts);
    EXPECT_EQ(countIn(block, 4), 1000u); // isb_ifrecv
    EXPECT_EQ(countIn(block, 5), 34u);   // isb_ifdrop
    EXPECT_EQ(countIn(block, 7), 30u);   // isb_osdrop
    EXPECT_EQ(countIn(block, 8), 966u);  // isb_usrdeliv
}

} // namespace
} // namespace wirestage::helper::test
