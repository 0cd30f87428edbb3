// SPDX-License-Identifier: GPL-3.0-or-later
// pcap files, built from draft-ietf-opsawg-pcap.
#include "tests/core/capture/capture_bytes.h"

namespace wirestage::test {
namespace {

TEST(PcapFile, IsReadInBothByteOrdersWithMicroAndNanoseconds) {
    for (const bool bigEndian : {false, true}) {
        for (const bool nanoseconds : {false, true}) {
            CaptureBytes bytes(bigEndian);
            bytes.pcapHeader(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4)
                .pcapRecord(1'700'000'000, 123, "first", 60);
            bytes.pcapRecord(1'700'000'001, 999'999, "second!");
            const CaptureFile file = opened(bytes);
            const Walk seen = walk(file);
            ASSERT_EQ(seen.frames.size(), 2u);
            EXPECT_EQ(seen.problem, "");
            EXPECT_EQ(file.format().name, "pcap");
            EXPECT_EQ(file.format().bigEndian, bigEndian);
            EXPECT_EQ(file.format().nanoseconds, nanoseconds);
            EXPECT_EQ(textOf(seen.frames[0]), "first");
            EXPECT_EQ(seen.frames[0].number, 1u);
            EXPECT_EQ(seen.frames[0].length, 60u);
            EXPECT_EQ(seen.frames[0].link, LinkType::Ethernet);
            EXPECT_EQ(seen.frames[0].time, 1'700'000'000'000'000'000 + (nanoseconds ? 123 : 123'000));
            EXPECT_EQ(textOf(seen.frames[1]), "second!");
            EXPECT_EQ(seen.frames[1].time, 1'700'000'001'000'000'000 + (nanoseconds ? 999'999 : 999'999'000));
        }
    }
}

TEST(PcapFile, GivesTheSameFrameAgainByItsOffset) {
    const CaptureFile file =
        opened(CaptureBytes().pcapHeader().pcapRecord(5, 7, "one").pcapRecord(6, 8, "three", 99));
    for (const Frame& frame : walk(file).frames) {
        const Frame again = file.frame(frame.offset, frame.number);
        EXPECT_EQ(again.bytes.data(), frame.bytes.data());
        EXPECT_EQ(again.bytes.size(), frame.bytes.size());
        EXPECT_EQ(again.time, frame.time);
        EXPECT_EQ(again.length, frame.length);
        EXPECT_EQ(again.number, frame.number);
    }
    EXPECT_TRUE(file.frame(file.size(), 1).bytes.empty());
    EXPECT_TRUE(file.frame(~0ULL, 1).bytes.empty());
}

TEST(PcapFile, ReadsTimesOfTheWholeUnsigned32BitRange) {
    const CaptureFile file = opened(CaptureBytes().pcapHeader().pcapRecord(0xffffffff, 0, "x"));
    EXPECT_EQ(walk(file).frames.at(0).time, 4'294'967'295'000'000'000);
}

TEST(PcapFile, KeepsTheLinkTypeWithoutTheFrameCheckSequenceBits) {
    // 0x14000001: Ethernet whose frames end with four bytes of FCS (draft-ietf-opsawg-pcap, section 4)
    EXPECT_EQ(walk(opened(CaptureBytes().pcapHeader(0xa1b2c3d4, 0x14000001).pcapRecord(0, 0, "x")))
                  .frames.at(0)
                  .link,
              LinkType::Ethernet);
    EXPECT_EQ(
        walk(opened(CaptureBytes().pcapHeader(0xa1b2c3d4, 276).pcapRecord(0, 0, "x"))).frames.at(0).link,
        LinkType::LinuxCooked2);
    EXPECT_EQ(
        walk(opened(CaptureBytes().pcapHeader(0xa1b2c3d4, 12345).pcapRecord(0, 0, "x"))).frames.at(0).link,
        LinkType{12345});
}

TEST(PcapFile, ReadsTheLongerRecordHeadersOfModifiedLibpcap) {
    CaptureBytes bytes;
    bytes.pcapHeader(0xa1b2cd34).u32(1).u32(2).u32(3).u32(3).u32(0).u16(0).u8(0).u8(0).text("abc");
    bytes.u32(4).u32(5).u32(1).u32(9).u64(0).text("d");
    const Walk seen = walk(opened(bytes));
    ASSERT_EQ(seen.frames.size(), 2u);
    EXPECT_EQ(textOf(seen.frames[0]), "abc");
    EXPECT_EQ(textOf(seen.frames[1]), "d");
    EXPECT_EQ(seen.frames[1].length, 9u);
}

TEST(PcapFile, PutsTheSwappedLengthsOfOldLibpcapsRight) {
    CaptureBytes bytes;
    bytes.pcapHeader(0xa1b2c3d4, 1, 2).u32(1).u32(2).u32(60).u32(3).text("abc");
    const CaptureFile file = opened(bytes);
    const Walk seen = walk(file);
    ASSERT_EQ(seen.frames.size(), 1u);
    EXPECT_EQ(textOf(seen.frames[0]), "abc");
    EXPECT_EQ(seen.frames[0].length, 60u);
    EXPECT_EQ(textOf(file.frame(seen.frames[0].offset, 1)), "abc");
}

TEST(PcapFile, OpensUpToTheCutWhereverItIs) {
    const CaptureBytes whole =
        CaptureBytes().pcapHeader().pcapRecord(1, 0, "first").pcapRecord(2, 0, "second");
    const std::size_t first = 24 + 16 + 5;
    for (std::size_t size = 24; size <= whole.bytes().size(); ++size) {
        const Walk seen = walk(opened(CaptureBytes(whole).cutTo(size)));
        const bool atBoundary = size == 24 || size == first || size == whole.bytes().size();
        EXPECT_EQ(seen.frames.size(), size < first ? 0u : size < whole.bytes().size() ? 1u : 2u) << size;
        EXPECT_EQ(seen.problem.empty(), atBoundary) << size << ": " << seen.problem;
        if (size > first && !atBoundary) {
            EXPECT_EQ(seen.problem, "cut off in the middle of packet 2");
        }
    }
}

TEST(PcapFile, StopsAtAnAbsurdLengthAndKeepsWhatCameBefore) {
    CaptureBytes bytes;
    bytes.pcapHeader().pcapRecord(1, 0, "good").u32(2).u32(0).u32(0x7fffffff).u32(0x7fffffff).text("bad");
    const Walk seen = walk(opened(bytes));
    EXPECT_EQ(seen.frames.size(), 1u);
    EXPECT_EQ(seen.problem,
              "packet 2 claims to have 2147483647 bytes, which cannot be; reading stopped there");
}

TEST(PcapFile, MayHoldPacketsWithoutBytesAndMoreBytesThanLength) {
    CaptureBytes bytes;
    bytes.pcapHeader().pcapRecord(0, 0, "").pcapRecord(1, 0, "longer", 2).pcapRecord(2, 0, "x");
    const Walk seen = walk(opened(bytes));
    ASSERT_EQ(seen.frames.size(), 3u);
    EXPECT_TRUE(seen.frames[0].bytes.empty());
    EXPECT_EQ(textOf(seen.frames[1]), "longer");
    EXPECT_EQ(seen.frames[1].length, 2u);
}

TEST(PcapFile, MayBeWithoutPackets) {
    const Walk seen = walk(opened(CaptureBytes().pcapHeader()));
    EXPECT_TRUE(seen.frames.empty());
    EXPECT_EQ(seen.problem, "");
}

TEST(CaptureFile, SaysWhatIsWrongWithOtherFiles) {
    const auto why = [](const CaptureBytes& bytes) {
        const auto result = CaptureFile::fromMemory(bytes.bytes());
        const auto* error = std::get_if<CaptureFile::OpenError>(&result);
        return error ? english(error->why) : "opened";
    };
    EXPECT_EQ(why(CaptureBytes()), "is empty");
    EXPECT_EQ(why(CaptureBytes().text("hello, world")), "is not a capture file (pcap or pcapng)");
    EXPECT_EQ(why(CaptureBytes().text("abc")), "is not a capture file (pcap or pcapng)");
    EXPECT_EQ(why(CaptureBytes().pcapHeader().cutTo(20)), "is cut off in the middle of the pcap file header");
    // A section header whose byte order magic is neither way round
    EXPECT_EQ(why(CaptureBytes().u32(0x0A0D0D0A).u32(28).u32(0x12345678).zeros(16)),
              "is not a capture file (pcap or pcapng)");
}

} // namespace
} // namespace wirestage::test
