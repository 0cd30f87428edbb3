// SPDX-License-Identifier: GPL-3.0-or-later
// A live capture that goes on for longer than its part of the disk: the newest packets are there, in a file
// that everybody can read, and of the oldest the index still tells.
#include "core/capture/session_folder.h"
#include "tests/core/capture/old_packets.h"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace wirestage::test {
namespace {

TEST_F(OldPackets, GiveWayInAFileThatIsWholeAtEachMoment) {
    for (const bool bigEndian : {false, true}) {
        GrowingFile live = file();
        live.append(beginning(bigEndian).bytes());
        std::uint64_t largest = 0;
        for (int i = 0; i < many; i += 500) {
            ASSERT_EQ(fill(live, i, i + 500, bigEndian), 500);
            largest = std::max(largest, onDisk());
            const Walk seen = walk(opened(CaptureFile::open(path)));
            EXPECT_EQ(seen.problem, "");
            EXPECT_EQ(seen.file.gaveWay() + seen.frames.size(), static_cast<std::size_t>(i + 500));
            EXPECT_EQ(seen.file.comments(), std::vector<std::string>{"made in a test"});
        }
        EXPECT_GT(live.size(), 9 * limit);
        EXPECT_LE(live.kept(), most);
        EXPECT_LE(largest, most + 64 * 1024) << "its last blocks are given in advance";
        EXPECT_GT(isTheRest(path, many), limit / 600);
    }
}

TEST_F(OldPackets, LeaveWhatDescribesTheOthersBehind) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    fill(live, 0, 200);
    live.append(CaptureBytes().interface(101).bytes());
    live.append(CaptureBytes()
                    .block(10, CaptureBytes().u32(EmbeddedSecrets::tlsKeyLog).u32(8).text("the keys"))
                    .bytes());
    live.append(CaptureBytes()
                    .block(5, CaptureBytes().u32(0).u64(0).append(CaptureBytes().u16(5).u16(8).u64(17)))
                    .bytes());
    ASSERT_EQ(fill(live, 200, many), many - 200);
    live.append(CaptureBytes().enhanced(1, 1, packet(many)).bytes());
    const Walk seen = walk(opened(CaptureFile::open(path)));
    EXPECT_EQ(seen.problem, "");
    ASSERT_EQ(seen.file.interfaces().size(), 2U);
    EXPECT_EQ(seen.frames.back().link, LinkType::RawIp);
    ASSERT_EQ(seen.file.secrets().size(), 1U);
    EXPECT_EQ(std::string(seen.file.secrets()[0].bytes.begin(), seen.file.secrets()[0].bytes.end()),
              "the keys");
    EXPECT_EQ(seen.file.lost(), 17U);
}

TEST_F(OldPackets, StayWhereTheFileSystemMakesNoHoles) {
    int asked = 0;
    const auto never = [](int, std::uint64_t, std::uint64_t) { return false; };
    const auto once = [&asked](int, std::uint64_t, std::uint64_t) { return asked++ == 0; };
    for (const Ring::Punch& punch : {Ring::Punch(never), Ring::Punch(once)}) {
        GrowingFile live = file(punch);
        live.append(beginning().bytes());
        EXPECT_LT(fill(live, 0, many), many);
        EXPECT_LE(live.size(), most);
        EXPECT_EQ(live.mostKept(), 0U);
        const Walk seen = walk(opened(CaptureFile::open(path)));
        EXPECT_GT(seen.frames.size(), limit / 600);
        EXPECT_EQ(seen.problem.empty() ? "cut off" : seen.problem.substr(0, 7), "cut off");
    }
}

TEST_F(OldPackets, StayInAPcap) {
    GrowingFile live = file();
    live.append(CaptureBytes().pcapHeader().bytes());
    const CaptureBytes record = CaptureBytes().pcapRecord(1, 0, packet(1));
    Append last = Append::Done;
    for (int i = 0; i < many && last == Append::Done; ++i)
        last = live.append(record.bytes());
    EXPECT_EQ(last, Append::LimitReached);
    EXPECT_EQ(live.size(), limit);
}

TEST_F(OldPackets, StayWhereBlocksCannotBeFollowed) {
    for (const std::uint32_t length : {0U, 8U, 13U, 0x20000000U, ~0U}) {
        GrowingFile live = file();
        live.append(beginning().bytes());
        fill(live, 0, 10);
        live.append(CaptureBytes().u32(6).u32(length).zeros(100).bytes());
        EXPECT_LT(fill(live, 10, many), many - 10);
        EXPECT_EQ(live.size(), limit) << length;
        EXPECT_EQ(walk(opened(CaptureFile::open(path))).frames.size(), 10U);
    }
}

TEST_F(OldPackets, StayWhereWhatDescribesThemIsAllThereIs) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    Append last = Append::Done;
    for (int i = 0; i < 100'000 && last == Append::Done; ++i)
        last = live.append(CaptureBytes().interface(1).simple(4, "mine").bytes());
    EXPECT_EQ(last, Append::LimitReached);
    EXPECT_LE(live.size(), most + 4096);
}

TEST_F(OldPackets, GiveWayHoweverTheBytesCome) {
    CaptureBytes all = beginning();
    for (int i = 0; i < 2000; ++i)
        all.enhanced(0, static_cast<std::uint64_t>(i),
                     packet(i, 40U + static_cast<std::size_t>(i) * 37 % 3000));
    for (const std::size_t piece : {std::size_t{7}, std::size_t{4096}, all.bytes().size()}) {
        GrowingFile live = file();
        for (std::size_t at = 0; at < all.bytes().size(); at += piece)
            ASSERT_EQ(live.append(Bytes(all.bytes()).subspan(at, std::min(piece, all.bytes().size() - at))),
                      Append::Done);
        EXPECT_LE(live.kept(), most);
        EXPECT_GT(isTheRest(path, 2000), 50U);
    }
}

TEST_F(OldPackets, AreNotInACopy) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    fill(live, 0, 3000);
    const CaptureBytes next = CaptureBytes().enhanced(0, 3'000'000, packet(3000));
    live.append(Bytes(next.bytes()).first(40)); // one that is not whole yet
    const CaptureFile capture = opened(live.capture());
    const std::string copy = folder + "/copy.pcapng";
    const int to = open(copy.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    EXPECT_EQ(capture.copyTo(to), 0);
    close(to);
    EXPECT_LE(std::filesystem::file_size(copy), most);
    const std::size_t kept = isTheRest(copy, 3000);
    EXPECT_GT(kept, limit / 600);
    EXPECT_EQ(opened(CaptureFile::open(copy)).gaveWay(), 0U);
    EXPECT_NE(capture.copyTo(open("/dev/full", O_WRONLY | O_CLOEXEC)), 0);
}

TEST_F(OldPackets, GiveWayInSessionsThatCountWhatIsOnTheDisk) {
    const SessionFolder sessions(folder + "/sessions");
    {
        auto begun = sessions.begin("eth0", limit);
        auto& live = std::get<GrowingFile>(begun);
        live.append(beginning().bytes());
        EXPECT_EQ(fill(live, 0, many), many);
    }
    ASSERT_EQ(sessions.kept().size(), 1U);
    EXPECT_LE(sessions.kept().front().bytes, most + 64 * 1024);
    sessions.keepWithin(2 * limit);
    EXPECT_EQ(sessions.kept().size(), 1U);
    isTheRest(sessions.kept().front().path, many);
}

TEST_F(OldPackets, AreGoneAndTheOthersThereWhereTheProgramWasKilled) {
    for (int round = 0; round < 20; ++round) {
        std::filesystem::remove(path);
        const pid_t writer = fork();
        if (writer == 0) {
            GrowingFile live = file();
            live.append(beginning().bytes());
            fill(live, 0, 1'000'000);
            _exit(0);
        }
        const auto hasBegun = [&] {
            std::error_code none;
            const std::uintmax_t size = std::filesystem::file_size(path, none);
            return !none && size > 2 * limit;
        };
        while (!hasBegun())
            usleep(1000);
        usleep(static_cast<useconds_t>(round * 2'500));
        kill(writer, SIGKILL);
        int status = 0;
        ASSERT_EQ(waitpid(writer, &status, 0), writer);
        ASSERT_TRUE(WIFSIGNALED(status));
        const Walk seen = walk(opened(CaptureFile::open(path)));
        ASSERT_FALSE(seen.frames.empty());
        EXPECT_TRUE(seen.problem.empty() || seen.problem.starts_with("cut off")) << seen.problem;
        const int first = numberIn(seen.frames.front());
        EXPECT_EQ(seen.file.gaveWay(), static_cast<std::uint64_t>(first));
        for (std::size_t i = 0; i < seen.frames.size(); ++i)
            ASSERT_EQ(numberIn(seen.frames[i]), first + static_cast<int>(i));
    }
}

/// A program was killed between writing a hole's first length and its last.
TEST_F(OldPackets, AreGoneAlthoughTheirHoleIsNotClosed) {
    CaptureBytes hole = CaptureBytes().u32(0x80005753).u32(1000).text("gave way").u64(3);
    hole.zeros(1000 - hole.bytes().size() - 4).u32(60);
    const Walk seen = walk(opened(beginning().append(hole).enhanced(0, 1, packet(3))));
    EXPECT_EQ(seen.problem, "");
    EXPECT_EQ(seen.frames.size(), 1U);
    EXPECT_EQ(seen.file.gaveWay(), 3U);
}

TEST_F(OldPackets, AreNotInWhatWiresharkReads) {
    if (std::system("tshark --version >/dev/null 2>&1") != 0) // NOLINT(concurrency-mt-unsafe)
        GTEST_SKIP() << "tshark is not installed";
    GrowingFile live = file();
    live.append(beginning().bytes());
    ASSERT_EQ(fill(live, 0, many), many);
    const std::size_t kept = isTheRest(path, many);
    FILE* output = popen(
        ("tshark -n -T fields -e frame.time_epoch -r '" + path + "' 2>" + folder + "/errors").c_str(), "r");
    ASSERT_NE(output, nullptr);
    std::vector<int> numbers;
    std::array<char, 200> line{};
    while (std::fgets(line.data(), line.size(), output))
        numbers.push_back(static_cast<int>(std::stod(line.data()) * 1000 + 0.5));
    EXPECT_EQ(pclose(output), 0) << std::ifstream(folder + "/errors").rdbuf();
    ASSERT_EQ(numbers.size(), kept);
    EXPECT_EQ(numbers.front(), many - static_cast<int>(kept));
    EXPECT_EQ(numbers.back(), many - 1);
}

} // namespace
} // namespace wirestage::test
