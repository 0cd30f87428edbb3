// SPDX-License-Identifier: GPL-3.0-or-later
// pcapng files, built from draft-ietf-opsawg-pcapng.
#include "tests/core/capture/capture_bytes.h"

#include <gmock/gmock.h>

namespace wirestage::test {
namespace {

using testing::ElementsAre;

constexpr std::uint64_t microseconds = 1'700'000'000'123'456;

TEST(PcapngFile, IsReadInBothByteOrders) {
    for (const bool bigEndian : {false, true}) {
        CaptureBytes bytes(bigEndian);
        bytes.section().interface(1).enhanced(0, microseconds, "packet");
        const CaptureFile file = opened(bytes);
        EXPECT_EQ(file.format().name, "pcapng");
        EXPECT_EQ(file.format().bigEndian, bigEndian);
        const Walk seen = walk(file);
        ASSERT_EQ(seen.frames.size(), 1u);
        EXPECT_EQ(textOf(seen.frames[0]), "packet");
        EXPECT_EQ(seen.frames[0].time, 1'700'000'000'123'456'000);
        EXPECT_EQ(seen.frames[0].number, 1u);
        EXPECT_EQ(seen.problem, "");
    }
}

TEST(PcapngFile, HasInterfacesOfItsOwnInEachSection) {
    CaptureBytes bytes;
    bytes.section().interface(1).interface(113).enhanced(1, 1, "cooked").enhanced(0, 2, "ethernet");
    bytes.append(CaptureBytes(true).section().interface(101).enhanced(0, 3, "raw"));
    const CaptureFile file = opened(bytes);
    const Walk seen = walk(file);
    ASSERT_EQ(seen.frames.size(), 3u);
    EXPECT_EQ(seen.frames[0].link, LinkType::LinuxCooked);
    EXPECT_EQ(seen.frames[1].link, LinkType::Ethernet);
    EXPECT_EQ(seen.frames[2].link, LinkType::RawIp);
    EXPECT_EQ(seen.frames[2].time, 3000);
    for (const Frame& frame : seen.frames) {
        const Frame again = file.frame(frame.offset, frame.number);
        EXPECT_EQ(again.link, frame.link);
        EXPECT_EQ(again.time, frame.time);
        EXPECT_EQ(again.bytes.data(), frame.bytes.data());
    }
    EXPECT_EQ(file.interfaces().size(), 3u);
}

Time timeWith(const CaptureBytes& options, std::uint64_t ticks) {
    return walk(opened(CaptureBytes().section().interface(1, 0, options).enhanced(0, ticks, "x")))
        .frames.at(0)
        .time;
}

TEST(PcapngFile, FollowsEachInterfacesClock) {
    EXPECT_EQ(timeWith(CaptureBytes().option(9, "\x09"), 1'700'000'000'123'456'789),
              1'700'000'000'123'456'789);
    EXPECT_EQ(timeWith(CaptureBytes().option(9, std::string_view("\0", 1)), 17), 17'000'000'000);
    EXPECT_EQ(timeWith(CaptureBytes().option(9, "\x03"), 17), 17'000'000);
    // picoseconds: what is below a nanosecond is dropped
    EXPECT_EQ(timeWith(CaptureBytes().option(9, "\x0c"), 17'999), 17);
    // 2^-10 seconds
    EXPECT_EQ(timeWith(CaptureBytes().option(9, "\x8a"), 1536), 1'500'000'000);
    // if_tsoffset, in seconds
    EXPECT_EQ(timeWith(CaptureBytes().option(14, std::string_view("\x64\0\0\0\0\0\0\0", 8)), 2'000'001),
              102'000'001'000);
    EXPECT_EQ(timeWith(CaptureBytes().option(14, "\xff\xff\xff\xff\xff\xff\xff\xff"), 0), -1'000'000'000);
}

TEST(PcapngFile, ClampsTimesThatNanosecondsCannotHold) {
    const Time latest = timeWith(CaptureBytes(), ~0ULL);
    const Time earliest = timeWith(CaptureBytes().option(14, std::string_view("\0\0\0\0\0\0\0\x80", 8)), 0);
    EXPECT_EQ(latest, capture::furthestTime);
    EXPECT_EQ(earliest, -capture::furthestTime);
    EXPECT_GT(latest - earliest, 0); // the difference of any two moments fits, too
}

TEST(PcapngFile, StopsAtAClockThatIsTooFine) {
    const Walk seen =
        walk(opened(CaptureBytes().section().interface(1, 0, CaptureBytes().option(9, "\x14"))));
    EXPECT_EQ(seen.problem,
              "the clock of an interface after packet 0 is finer than can be counted; reading stopped there");
}

TEST(PcapngFile, CutsSimplePacketsAtTheSnapshotLengthAndRepeatsTheTimeBefore) {
    CaptureBytes bytes;
    bytes.section().interface(1, 4).enhanced(0, 5, "abcd").simple(100, "efgh");
    const Walk seen = walk(opened(bytes));
    ASSERT_EQ(seen.frames.size(), 2u);
    EXPECT_EQ(textOf(seen.frames[1]), "efgh");
    EXPECT_EQ(seen.frames[1].length, 100u);
    EXPECT_EQ(seen.frames[1].time, seen.frames[0].time);
}

TEST(PcapngFile, ReadsTheObsoletePacketBlock) {
    CaptureBytes body;
    body.u16(0).u16(7).u32(0).u32(9).u32(3).u32(60).text("old").padded();
    const Walk seen = walk(opened(CaptureBytes().section().interface(1).block(2, body)));
    ASSERT_EQ(seen.frames.size(), 1u);
    EXPECT_EQ(textOf(seen.frames[0]), "old");
    EXPECT_EQ(seen.frames[0].time, 9000);
    EXPECT_EQ(seen.frames[0].length, 60u);
}

TEST(PcapngFile, PassesOverBlocksItDoesNotKnow) {
    CaptureBytes bytes;
    bytes.section().interface(1).block(4, CaptureBytes().u32(0)).block(5, CaptureBytes().zeros(12));
    bytes.block(0x80001234, CaptureBytes().text("mine")).enhanced(0, 1, "x").block(0x77, CaptureBytes());
    const Walk seen = walk(opened(bytes));
    EXPECT_EQ(seen.frames.size(), 1u);
    EXPECT_EQ(seen.problem, "");
}

TEST(PcapngFile, CountsCustomBlocksAsFramesLikeWireshark) {
    CaptureBytes bytes;
    bytes.section().interface(1).block(0xBAD, CaptureBytes().u32(32473).text("data")).enhanced(0, 1, "x");
    const Walk seen = walk(opened(bytes));
    ASSERT_EQ(seen.frames.size(), 2u);
    EXPECT_EQ(seen.frames[0].link, notAPacket);
    EXPECT_EQ(textOf(seen.frames[0]), "data");
    EXPECT_EQ(seen.frames[1].number, 2u);
}

TEST(PcapngFile, TakesAJournalEntrysTimeFromItsText) {
    CaptureBytes bytes;
    bytes.section().block(
        9, CaptureBytes().text("__REALTIME_TIMESTAMP=1700000000000001\nMESSAGE=hi\n").padded());
    const Walk seen = walk(opened(bytes));
    ASSERT_EQ(seen.frames.size(), 1u);
    EXPECT_EQ(seen.frames[0].time, 1'700'000'000'000'001'000);
    EXPECT_TRUE(textOf(seen.frames[0]).ends_with("MESSAGE=hi\n"));
}

TEST(PcapngFile, KeepsCommentsNamesAndSecrets) {
    CaptureBytes bytes;
    bytes.section("about the file").interface(1, 0, CaptureBytes().option(2, "eth0").option(3, "the uplink"));
    bytes.block(10, CaptureBytes().u32(EmbeddedSecrets::tlsKeyLog).u32(5).text("abcde").padded());
    bytes.enhanced(0, 1, "one")
        .enhanced(0, 2, "two", CaptureBytes().option(1, "look here").option(1, "and here").option(0, ""));
    const CaptureFile file = opened(bytes);
    const Walk seen = walk(file);
    ASSERT_EQ(seen.frames.size(), 2u);
    EXPECT_THAT(file.comments(), ElementsAre("about the file"));
    EXPECT_THAT(file.commentsOf(seen.frames[0].offset), ElementsAre());
    EXPECT_THAT(file.commentsOf(seen.frames[1].offset), ElementsAre("look here", "and here"));
    ASSERT_EQ(file.interfaces().size(), 1u);
    EXPECT_EQ(file.interfaces()[0].name, "eth0");
    EXPECT_EQ(file.interfaces()[0].description, "the uplink");
    ASSERT_EQ(file.secrets().size(), 1u);
    EXPECT_EQ(file.secrets()[0].type, EmbeddedSecrets::tlsKeyLog);
    EXPECT_EQ(std::string(file.secrets()[0].bytes.begin(), file.secrets()[0].bytes.end()), "abcde");
}

TEST(PcapngFile, KnowsHowManyPacketsItsInterfacesLost) {
    const auto statistics = [](std::uint32_t interface, std::uint64_t lost) {
        CaptureBytes value;
        value.u64(lost);
        const std::string bytes(value.bytes().begin(), value.bytes().end());
        return CaptureBytes().u32(interface).u64(0).option(5, bytes).option(0, {});
    };
    CaptureBytes whole;
    whole.section().interface(1).interface(1).enhanced(0, 1, "abc");
    whole.block(5, statistics(0, 3)).block(5, statistics(1, 4)).block(5, statistics(7, 100));
    whole.block(5, statistics(0, 5)); // later, so more
    whole.section().interface(1).enhanced(0, 2, "def").block(5, statistics(0, 10));
    const CaptureFile file = opened(whole);
    EXPECT_EQ(file.lost(), 0U) << "nobody has read it yet";
    EXPECT_EQ(walk(file).frames.size(), 2U);
    EXPECT_EQ(file.lost(), 19U);
    walk(file);
    EXPECT_EQ(file.lost(), 19U) << "read twice, lost once";
}

TEST(PcapngFile, SaysWhereItStopsAndKeepsWhatCameBefore) {
    const CaptureBytes good = CaptureBytes().section().interface(1).enhanced(0, 1, "good");
    const auto problemAfter = [&](const CaptureBytes& bad) {
        const Walk seen = walk(opened(CaptureBytes(good).append(bad)));
        EXPECT_EQ(seen.frames.size(), 1u);
        return seen.problem;
    };
    EXPECT_EQ(problemAfter(CaptureBytes().enhanced(1, 1, "x")),
              "packet 2 names an interface that the file does not describe; reading stopped there");
    EXPECT_EQ(problemAfter(CaptureBytes().block(6, CaptureBytes().u32(0).u64(0).u32(5).u32(5).text("1234"))),
              "packet 2 claims to have 5 bytes, which cannot be; reading stopped there");
    EXPECT_EQ(problemAfter(CaptureBytes().block(6, CaptureBytes().u32(0))),
              "packet 2 is damaged; reading stopped there");
    EXPECT_EQ(problemAfter(CaptureBytes().u32(6).u32(8).zeros(8)),
              "the block after packet 1 claims to have 8 bytes, which cannot be; reading stopped there");
    EXPECT_EQ(
        problemAfter(CaptureBytes().u32(5).u32(0xfffffffc).zeros(8)),
        "the block after packet 1 claims to have 4294967292 bytes, which cannot be; reading stopped there");
    EXPECT_EQ(problemAfter(CaptureBytes().u32(5).u32(16).u32(0).u32(20)),
              "the block after packet 1 has two different lengths; reading stopped there");
    EXPECT_EQ(problemAfter(CaptureBytes().u32(6).u32(100).zeros(8)), "cut off in the middle of packet 2");
    EXPECT_EQ(problemAfter(CaptureBytes().u32(5).u32(100).zeros(8)),
              "cut off after packet 1, in the middle of a block");
    EXPECT_EQ(problemAfter(CaptureBytes().u32(5)), "cut off after packet 1, in the middle of a block");
    EXPECT_EQ(
        problemAfter(CaptureBytes().block(0x0A0D0D0A, CaptureBytes().u32(0x1A2B3C4D).u16(2).u16(0).u64(0))),
        "the section after packet 1 is of an unknown version of pcapng; reading stopped there");
}

TEST(PcapngFile, IsSafeWhereverItIsCut) {
    CaptureBytes whole;
    whole.section("c")
        .interface(1, 0, CaptureBytes().option(9, "\x09"))
        .enhanced(0, 1, "abc", CaptureBytes().option(1, "note"));
    whole.simple(3, "def");
    for (std::size_t size = 12; size <= whole.bytes().size(); ++size) {
        const CaptureFile file = opened(CaptureBytes(whole).cutTo(size));
        for (const Frame& frame : walk(file).frames)
            EXPECT_EQ(file.frame(frame.offset, frame.number).bytes.size(), frame.bytes.size());
        EXPECT_LE(file.comments().size() + file.interfaces().size(), 2u);
    }
}

TEST(PcapngFile, AnswersForAnyOffset) {
    const CaptureFile file = opened(CaptureBytes().section().interface(1).enhanced(0, 1, "abc"));
    walk(file);
    for (std::uint64_t offset = 0; offset < file.size() + 9; ++offset) {
        (void)file.frame(offset, 1);
        (void)file.commentsOf(offset);
    }
    EXPECT_TRUE(file.frame(~0ULL, 1).bytes.empty());
}

} // namespace
} // namespace wirestage::test
