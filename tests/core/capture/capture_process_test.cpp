// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that capture, as a shell plays them: each ends in a sentence, and what it wrote is there.
#include "core/capture/capture_process.h"
#include "tests/core/capture/capture_bytes.h"

#include <gmock/gmock.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <future>
#include <sys/resource.h>
#include <unistd.h>

namespace wirestage::test {
namespace {

using namespace std::chrono_literals;

struct CapturingProgram : testing::Test {
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() / ("wirestage-process-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder);
        const auto bytes =
            CaptureBytes().section().interface(1).enhanced(0, 1, "first").enhanced(0, 2, "second").bytes();
        std::ofstream(folder / "two.pcapng", std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
    void TearDown() override {
        process.reset();
        std::filesystem::remove_all(folder);
    }

    static GrowingFile file(std::uint64_t limit = 1 << 20) {
        return std::move(std::get<GrowingFile>(GrowingFile::in(CacheFile({}, limit), limit)));
    }
    CaptureProcess::Callbacks callbacks() {
        return {[this](std::string_view line) { lines.emplace_back(line); },
                [this](const CaptureProcess::End& end) { ended.set_value(end); }};
    }
    /// Starts a line for the shell, in the folder of the captures.
    void shell(const std::string& line, std::uint64_t limit = 1 << 20) {
        auto started = CaptureProcess::start({"/bin/sh", "-c", "cd '" + folder.string() + "' && " + line},
                                             file(limit), callbacks());
        ASSERT_TRUE(std::holds_alternative<std::unique_ptr<CaptureProcess>>(started));
        process = std::move(std::get<std::unique_ptr<CaptureProcess>>(started));
    }
    CaptureProcess::End end() {
        auto future = ended.get_future();
        if (future.wait_for(20s) != std::future_status::ready)
            throw std::runtime_error("the program does not end");
        return future.get();
    }

    std::filesystem::path folder;
    std::unique_ptr<CaptureProcess> process;
    std::vector<std::string> lines;
    std::promise<CaptureProcess::End> ended;
};

TEST_F(CapturingProgram, GivesItsPacketsWhileItRuns) {
    shell("cat two.pcapng; exec sleep 60");
    const CaptureFile capture = opened(process->capture());
    CaptureFile::Cursor cursor = capture.cursor();
    Frame frame;
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (cursor.packets() < 2 && std::chrono::steady_clock::now() < until)
        if (!cursor.next(frame))
            capture.waitForMore(cursor.seen(), 50ms);
    EXPECT_EQ(cursor.packets(), 2U);
    EXPECT_TRUE(process->running());
    EXPECT_FALSE(cursor.ended());
    process->stop();
    const CaptureProcess::End how = end();
    EXPECT_TRUE(how.stopped);
    EXPECT_EQ(how.status, 128 + SIGINT);
    EXPECT_FALSE(process->running());
    EXPECT_FALSE(cursor.next(frame));
    EXPECT_TRUE(cursor.ended());
}

TEST_F(CapturingProgram, IsKilledWhereItDoesNotEnd) {
    shell("trap '' INT; cat two.pcapng; while :; do sleep 1; done");
    EXPECT_EQ(walk(opened(process->capture())).frames.size(), 2U);
    process->stop();
    EXPECT_EQ(end().status, 128 + SIGKILL);
}

TEST_F(CapturingProgram, LeavesItsLastWords) {
    shell("echo 'eth7: no such device' >&2; exit 2");
    const CaptureProcess::End how = end();
    EXPECT_EQ(how.status, 2);
    EXPECT_FALSE(how.stopped);
    EXPECT_EQ(how.lastWords, "eth7: no such device\n");
    EXPECT_THAT(lines, testing::ElementsAre("eth7: no such device"));
    const auto result = process->capture();
    EXPECT_EQ(std::get<CaptureFile::OpenError>(result).problem, FileProblem::Empty);
}

TEST_F(CapturingProgram, StopsAtTheLimitOfItsFile) {
    shell("cat two.pcapng; exec yes", 4096);
    const CaptureProcess::End how = end();
    ASSERT_TRUE(how.problem);
    EXPECT_THAT(english(*how.problem), testing::HasSubstr("its limit"));
    EXPECT_EQ(process->bytes(), 4096U);
    EXPECT_GE(walk(opened(process->capture())).frames.size(), 2U);
}

TEST_F(CapturingProgram, SaysSoWhereItIsKilledAndKeepsWhatItWrote) {
    shell("cat two.pcapng; kill -KILL $$");
    const CaptureProcess::End how = end();
    EXPECT_EQ(english(inWords(how)),
              "the capturing program was ended by signal 9; all that it had captured is here");
    EXPECT_EQ(walk(opened(process->capture())).frames.size(), 2U);
}

TEST_F(CapturingProgram, EndsWithASentenceWhereTheDiskIsFull) {
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto handled = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit little{4096, before.rlim_max}; // no file may be longer: write(2) fails as on a full disk
    setrlimit(RLIMIT_FSIZE, &little);
    shell("cat two.pcapng; exec yes");
    const CaptureProcess::End how = end();
    setrlimit(RLIMIT_FSIZE, &before);
    (void)std::signal(SIGXFSZ, handled);
    EXPECT_EQ(english(inWords(how)), "the disk is full: all that was captured up to here is kept");
    EXPECT_GE(walk(opened(process->capture())).frames.size(), 2U);
}

TEST_F(CapturingProgram, SaysWhatIsWrongWithAProgramThatIsNotThere) {
    const auto started = CaptureProcess::start({"/nonexistent/dumpcap"}, file(), {});
    EXPECT_EQ(english(std::get<Text>(started)),
              "/nonexistent/dumpcap cannot be started (No such file or directory)");
}

TEST_F(CapturingProgram, TellsItsLossesWhileItRunsAndAtItsEnd) {
    shell("cat two.pcapng; echo \"Packets dropped on interface 'eth0': 7\" >&2; "
          "while [ ! -e go ]; do sleep 0.02; done; "
          "echo \"Packets received/dropped on interface 'eth0': 100/9 (pcap:9/dumpcap:0) (91.7%)\" >&2; "
          "echo \"Packets received/dropped on interface 'eth1': 5/2 (pcap:2/dumpcap:0) (71.4%)\" >&2");
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (process->lost() != 7 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(5ms);
    EXPECT_EQ(process->lost(), 7U);
    EXPECT_TRUE(process->running());
    std::ofstream(folder / "go").put('1');
    end();
    EXPECT_EQ(process->lost(), 11U);
}

TEST_F(CapturingProgram, GivesItsComplaintAsTheReasonNotTheCountsBehindIt) {
    shell("printf '%s\\n' \"Capturing on 'eth0'\" 'wirestage-capture: eth0: the interface vanished' "
          "'Packets captured: 3' \"Packets received/dropped on interface 'eth0': 3/0 (100.0%)\" >&2; exit 3");
    EXPECT_EQ(english(inWords(end())), "eth0: the interface vanished");
}

TEST_F(CapturingProgram, MayBeAPipeThatSomebodyElseWrites) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    auto reading = CaptureProcess::reading(ends[0], file(), callbacks());
    process = std::move(std::get<std::unique_ptr<CaptureProcess>>(reading));
    const auto bytes = CaptureBytes().pcapHeader().pcapRecord(1, 0, "first").bytes();
    ASSERT_EQ(write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    EXPECT_EQ(opened(process->capture()).format().name, "pcap");
    EXPECT_TRUE(process->running());
    close(ends[1]);
    EXPECT_FALSE(end().stopped);
    EXPECT_EQ(walk(opened(process->capture())).frames.size(), 1U);
}

TEST_F(CapturingProgram, MayBeAPipeWithCompressedPackets) {
    const std::string whole = (folder / "two.pcapng").string();
    ASSERT_EQ(std::system(("gzip -k " + whole + " && zstd -q " + whole).c_str()), 0);
    for (const char* ending : {".gz", ".zst"}) {
        process = std::move(std::get<std::unique_ptr<CaptureProcess>>(
            CaptureProcess::reading(open((whole + ending).c_str(), O_RDONLY | O_CLOEXEC), file(), {})));
        EXPECT_EQ(walk(opened(process->capture())).frames.size(), 2U) << ending;
        while (process->running())
            std::this_thread::sleep_for(1ms);
        EXPECT_EQ(english(inWords(*process->ended())), "") << ending;
    }
    std::filesystem::resize_file(whole + ".gz", std::filesystem::file_size(whole + ".gz") - 12);
    process = std::move(std::get<std::unique_ptr<CaptureProcess>>(
        CaptureProcess::reading(open((whole + ".gz").c_str(), O_RDONLY | O_CLOEXEC), file(), {})));
    while (process->running())
        std::this_thread::sleep_for(1ms);
    EXPECT_EQ(english(inWords(*process->ended())),
              "the compressed data are cut off; shown is what came before");
}

} // namespace
} // namespace wirestage::test
