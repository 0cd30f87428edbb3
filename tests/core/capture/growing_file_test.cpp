// SPDX-License-Identifier: GPL-3.0-or-later
// A capture is readable while it is being made, packet by packet, however its bytes come.
#include "core/capture/growing_file.h"
#include "core/exchange/capture.h"
#include "tests/core/capture/capture_bytes.h"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <unistd.h>

namespace wirestage::test {
namespace {

constexpr std::uint64_t limit = 1 << 20;

GrowingFile growing() {
    auto made = GrowingFile::in(CacheFile({}, limit), limit);
    if (Text* why = std::get_if<Text>(&made))
        throw std::runtime_error(english(*why));
    return std::move(std::get<GrowingFile>(made));
}

CaptureBytes aPcapng() {
    return CaptureBytes()
        .section("made in a test")
        .interface(1)
        .enhanced(0, 1'000'000, "first")
        .enhanced(0, 2'000'000, "second")
        .interface(101)
        .enhanced(1, 3'000'000, "third");
}

CaptureBytes aPcap() {
    return CaptureBytes()
        .pcapHeader()
        .pcapRecord(1, 0, "first")
        .pcapRecord(2, 0, "second")
        .pcapRecord(3, 0, "third");
}

struct Growing : testing::TestWithParam<bool> {
    CaptureBytes bytes = GetParam() ? aPcapng() : aPcap();
};
INSTANTIATE_TEST_SUITE_P(OfEachFormat, Growing, testing::Bool());

TEST_P(Growing, HandsOutEachPacketOnceItIsWhole) {
    GrowingFile file = growing();
    const Bytes all = bytes.bytes();
    ASSERT_EQ(file.append(all.first(GrowingFile::enoughToTell)), CacheFile::Append::Done);
    const CaptureFile capture = opened(file.capture());
    CaptureFile::Cursor cursor = capture.cursor();
    Frame frame;
    std::vector<std::string> seen;
    for (std::uint64_t i = GrowingFile::enoughToTell; i < all.size(); ++i) {
        while (cursor.next(frame)) {
            seen.emplace_back(frame.bytes.begin(), frame.bytes.end());
            EXPECT_LE(cursor.position(), i) << "no packet before its last byte";
        }
        EXPECT_FALSE(cursor.ended());
        EXPECT_EQ(cursor.problem(), std::nullopt);
        file.append(all.subspan(i, 1));
    }
    while (cursor.next(frame))
        seen.emplace_back(frame.bytes.begin(), frame.bytes.end());
    EXPECT_EQ(seen, (std::vector<std::string>{"first", "second", "third"}));
    EXPECT_FALSE(cursor.ended());
    file.end();
    EXPECT_FALSE(cursor.next(frame));
    EXPECT_TRUE(cursor.ended());
    EXPECT_EQ(cursor.problem(), std::nullopt);
}

TEST_P(Growing, SaysWhereItBreaksOffOnceNothingMoreComes) {
    GrowingFile file = growing();
    file.append(Bytes(bytes.bytes()).first(bytes.bytes().size() - 3));
    const CaptureFile capture = opened(file.capture());
    CaptureFile::Cursor cursor = capture.cursor();
    Frame frame;
    while (cursor.next(frame)) {
    }
    EXPECT_EQ(cursor.packets(), 2U);
    EXPECT_FALSE(cursor.ended());
    file.end();
    EXPECT_FALSE(cursor.next(frame));
    ASSERT_TRUE(cursor.problem());
    EXPECT_EQ(english(*cursor.problem()), "cut off in the middle of packet 3");
}

TEST_P(Growing, IsIndexedWhileItGrows) {
    GrowingFile file = growing();
    const Bytes all = bytes.bytes();
    const std::size_t part = all.size() * 2 / 3; // the first packet, and a piece of another
    file.append(all.first(part));
    Capture capture(opened(file.capture()));
    std::atomic<PacketIndex> indexed = 0;
    std::thread indexing([&] {
        capture.index([&](const Progress& now) {
            indexed = now.packets;
            return true;
        });
    });
    while (indexed < 1)
        std::this_thread::yield();
    EXPECT_FALSE(capture.indexed());
    file.append(all.subspan(part));
    while (indexed < 3)
        std::this_thread::yield();
    EXPECT_FALSE(capture.indexed());
    file.end();
    indexing.join();
    EXPECT_TRUE(capture.indexed());
    EXPECT_EQ(capture.packetCount(), 3U);
    EXPECT_EQ(capture.problem(), std::nullopt);
}

TEST(GrowingFile, StopsAtItsLimitAndKeepsWhatCameBefore) {
    auto made = GrowingFile::in(CacheFile({}, 4096), 4096);
    auto& file = std::get<GrowingFile>(made);
    file.append(aPcap().bytes());
    const std::vector<std::uint8_t> more(5000);
    EXPECT_EQ(file.append(more), CacheFile::Append::LimitReached);
    EXPECT_EQ(file.size(), 4096U);
    EXPECT_EQ(opened(file.capture()).size(), 4096U);
}

TEST(GrowingFile, KeepsItsNameWhenTheProgramIsKilled) {
    const auto folder = std::filesystem::temp_directory_path() / "wirestage-growing-test";
    std::filesystem::remove_all(folder);
    const std::string path = (folder / "session.pcapng").string();
    {
        auto made = GrowingFile::in(CacheFile::named(path, limit), limit);
        std::get<GrowingFile>(made).append(aPcapng().bytes());
        EXPECT_FALSE(CacheFile::named(path, limit).usable()) << "the name is taken";
    }
    const Walk seen = walk(opened(CaptureFile::open(path)));
    EXPECT_EQ(seen.frames.size(), 3U);
    std::filesystem::remove_all(folder);
}

struct NamedGrowing : testing::Test {
    void TearDown() override { std::filesystem::remove_all(folder); }
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("wirestage-growing-" + std::to_string(getpid()));
    const std::string path = (folder / "session.pcapng").string();
    GrowingFile file =
        std::move(std::get<GrowingFile>(GrowingFile::in(CacheFile::named(path, limit), limit)));
};

TEST_F(NamedGrowing, GoesOnWhereItsNameIsTakenAway) {
    const CaptureBytes bytes = aPcap();
    file.append(Bytes(bytes.bytes()).first(50));
    const CaptureFile capture = opened(file.capture());
    std::filesystem::remove(path);
    EXPECT_EQ(file.append(Bytes(bytes.bytes()).subspan(50)), CacheFile::Append::Done);
    file.end();
    const Walk seen = walk(capture);
    EXPECT_EQ(seen.frames.size(), 3U);
    EXPECT_EQ(seen.problem, "");
}

TEST_F(NamedGrowing, SaysSoWhereItIsCutOffUnderneath) {
    const CaptureBytes bytes = aPcap();
    file.append(bytes.bytes());
    const CaptureFile capture = opened(file.capture());
    std::filesystem::resize_file(path, 0);
    file.end();
    const Walk seen = walk(capture);
    EXPECT_THAT(seen.problem, testing::HasSubstr("became shorter"));
}

} // namespace
} // namespace wirestage::test
