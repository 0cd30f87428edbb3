// SPDX-License-Identifier: GPL-3.0-or-later
// A live capture that goes on for longer than its part of the disk: the newest packets are there, in a file
// that everybody can read, and of the oldest the index still tells.
#include "core/capture/growing_file.h"
#include "core/capture/session_folder.h"
#include "core/exchange/capture.h"
#include "tests/core/capture/capture_bytes.h"

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace wirestage::test {
namespace {

using namespace std::chrono_literals;
using Append = CacheFile::Append;

constexpr std::uint64_t limit = 1 << 18, most = limit + limit / 8;
constexpr int many = 5000; // of half a kilobyte: ten times the limit

/// An ARP frame, whose last bytes tell which one it is.
std::string packet(int number, std::size_t size = 500) {
    std::string bytes(
        "\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x08\x06\x00\x01\x08\x00\x06\x04\x00\x01", 22);
    bytes.resize(size, static_cast<char>('a' + number % 26));
    return bytes + std::to_string(number);
}

int numberIn(const Frame& frame) {
    const std::string_view text = textOf(frame);
    const std::size_t at = text.find_last_not_of("0123456789");
    return at == text.npos ? -1 : std::stoi(std::string(text.substr(at + 1)));
}

CaptureBytes beginning(bool bigEndian = false) {
    return CaptureBytes(bigEndian).section("made in a test").interface(1);
}

struct OldPackets : testing::Test {
    void SetUp() override { std::filesystem::create_directories(folder); }
    void TearDown() override { std::filesystem::remove_all(folder); }

    GrowingFile file(Ring::Punch punch = Ring::punchHole) const {
        std::filesystem::remove(path);
        return std::move(std::get<GrowingFile>(
            GrowingFile::keepingNewest(CacheFile::named(path, limit), limit, std::move(punch))));
    }
    /// Packets from `first` on, as many as are taken.
    static int fill(GrowingFile& file, int first, int last, bool bigEndian = false) {
        for (int i = first; i < last; ++i)
            if (file.append(CaptureBytes(bigEndian)
                                .enhanced(0, 1000U * static_cast<unsigned>(i), packet(i))
                                .bytes()) != Append::Done)
                return i - first;
        return last - first;
    }
    [[nodiscard]] std::uint64_t onDisk() const {
        struct stat status {};
        return stat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_blocks) * 512 : 0;
    }
    /// The packets that the file holds are the last ones, up to `end`. How many.
    std::size_t isTheRest(const std::string& of, int end) const {
        const Walk seen = walk(opened(CaptureFile::open(of)));
        EXPECT_EQ(seen.problem, "");
        for (std::size_t i = 0; i < seen.frames.size(); ++i)
            EXPECT_EQ(numberIn(seen.frames[i]), end - static_cast<int>(seen.frames.size() - i));
        return seen.frames.size();
    }

    std::string folder =
        (std::filesystem::temp_directory_path() / ("wirestage-ring-" + std::to_string(getpid()))).string();
    std::string path = folder + "/session.pcapng";
};

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

TEST_F(OldPackets, StayInTheIndex) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    fill(live, 0, 10);
    Capture capture(opened(live.capture()));
    std::thread indexing([&] { capture.index(); });
    ASSERT_EQ(fill(live, 10, many), many - 10);
    while (capture.packetCount() < static_cast<PacketIndex>(many))
        std::this_thread::sleep_for(1ms);
    const PacketIndex first = capture.firstKept();
    EXPECT_GT(first, static_cast<PacketIndex>(many) * 8 / 10);
    EXPECT_EQ(numberIn(capture.frame(first)), static_cast<int>(first));
    EXPECT_EQ(numberIn(capture.frame(many - 1)), many - 1);
    for (const PacketIndex gone : {PacketIndex{0}, first - 1}) {
        EXPECT_TRUE(capture.frame(gone).bytes.empty());
        EXPECT_EQ(capture.timeOf(gone), Time{gone} * 1'000'000);
        EXPECT_TRUE(capture.describe(gone).fields.empty());
        const Message message = capture.message({gone, Level::Link, 0});
        EXPECT_TRUE(message.gaveWay);
        EXPECT_EQ(english(message.summary), "its bytes are no longer kept");
        EXPECT_EQ(message.kind, capture.kindOf(gone));
    }
    EXPECT_EQ(capture.messages({}, Level::Link).size(), static_cast<std::uint64_t>(many));
    const Exchange told = capture.exchange(capture.exchangeOf(0));
    EXPECT_THAT(english(told.summary), testing::EndsWith("given way to newer ones"));
    EXPECT_FALSE(told.title.empty());
    live.end();
    indexing.join();
    EXPECT_EQ(capture.problem(), std::nullopt);
    EXPECT_EQ(capture.summary().packets, static_cast<std::uint64_t>(many));
    EXPECT_EQ(capture.summary().problems.at("gave_way"), capture.firstKept());
    EXPECT_EQ(numberIn(capture.frame(capture.firstKept())), static_cast<int>(capture.firstKept()));
}

TEST_F(OldPackets, WaitUntilTheyAreIndexed) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    Capture capture(opened(live.capture()));
    std::atomic<bool> wait = true;
    std::atomic<int> taken = 0;
    std::thread indexing([&] {
        capture.index([&](const Progress&) {
            while (wait)
                std::this_thread::sleep_for(1ms);
            return true;
        });
    });
    std::thread writing([&] { taken = fill(live, 0, many); });
    std::this_thread::sleep_for(200ms);
    EXPECT_EQ(taken, 0) << "the writer waits";
    EXPECT_LE(onDisk(), most + limit / 4);
    EXPECT_EQ(capture.firstKept(), 0U);
    wait = false;
    writing.join();
    EXPECT_EQ(taken, many);
    live.end();
    indexing.join();
    EXPECT_EQ(capture.packetCount(), static_cast<PacketIndex>(many)) << "none went by unseen";
}

TEST_F(OldPackets, WaitForTheReaderThatIsToCome) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    live.awaitReader();
    std::atomic<int> taken = 0;
    std::thread writing([&] { taken = fill(live, 0, many); });
    std::this_thread::sleep_for(200ms);
    EXPECT_EQ(taken, 0) << "the writer waits";
    Capture capture(opened(live.capture()));
    std::thread indexing([&] { capture.index(); });
    writing.join();
    EXPECT_EQ(taken, many);
    live.end();
    indexing.join();
    EXPECT_EQ(capture.packetCount(), static_cast<PacketIndex>(many)) << "none went by unseen";
    EXPECT_GT(capture.firstKept(), 0U);

    GrowingFile empty = file();
    empty.awaitReader();
    EXPECT_TRUE(std::holds_alternative<CaptureFile::OpenError>(empty.capture()));
    empty.append(beginning().bytes());
    EXPECT_EQ(fill(empty, 0, many), many) << "nobody will come any more";
}

TEST_F(OldPackets, WaitForWhoeverCopiesThem) {
    KeptPart part;
    std::atomic<std::uint64_t> took = 0;
    const auto take = [&](std::uint64_t before) { took = before; };
    auto copying = part.hold();
    EXPECT_TRUE(part.ask(10, KeptPart::Patience::WaitsForTheIndex, take));
    EXPECT_EQ(took, 0U);
    std::thread writing([&] { part.ask(20, KeptPart::Patience::WaitsForAll, take); });
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(took, 0U);
    copying.reset();
    writing.join();
    EXPECT_EQ(took, 20U);
}

TEST_F(OldPackets, AreNoLongerWaitedForOnceTheCaptureIsToEnd) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    const CaptureFile reader = opened(live.capture()); // and nobody indexes it
    std::thread stopping([&] {
        std::this_thread::sleep_for(100ms);
        live.hurry();
    });
    EXPECT_EQ(fill(live, 0, 1000), 1000);
    stopping.join();
    EXPECT_EQ(walk(reader).frames.size(), 1000U);
}

TEST_F(OldPackets, StayWhereIndexingHasEnded) {
    GrowingFile live = file();
    live.append(beginning().bytes());
    Capture capture(opened(live.capture()));
    fill(live, 0, 200);
    capture.index({}, 100);
    EXPECT_LT(fill(live, 200, many), many - 200);
    EXPECT_LE(live.size(), most + 1000) << "it ends at its limit";
    EXPECT_EQ(numberIn(capture.frame(0)), 0);
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
