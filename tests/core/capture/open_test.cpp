// SPDX-License-Identifier: GPL-3.0-or-later
// Opening: what is mapped, what is spooled, what is refused, and a file that changes while it is open.
#include "tests/core/capture/capture_bytes.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

namespace wirestage::test {
namespace {

namespace fs = std::filesystem;

class OpeningCaptures : public testing::Test {
protected:
    OpeningCaptures() {
        std::string name = (fs::temp_directory_path() / "wirestage-test-XXXXXX").string();
        folder_ = mkdtemp(name.data());
        options_.cacheFolder = folder_ / "cache";
    }
    ~OpeningCaptures() override { fs::remove_all(folder_); }

    std::string write(std::string_view name, const std::vector<std::uint8_t>& bytes) {
        const fs::path path = folder_ / name;
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        return path.string();
    }
    CaptureFile::OpenError errorOf(const std::string& path) {
        auto result = CaptureFile::open(path, options_);
        if (auto* error = std::get_if<CaptureFile::OpenError>(&result))
            return *error;
        ADD_FAILURE() << path << " was opened";
        return {};
    }
    [[nodiscard]] CaptureFile open(const std::string& path) const {
        return opened(CaptureFile::open(path, options_));
    }

    fs::path folder_;
    OpenOptions options_;
};

const CaptureBytes& sample() {
    static const CaptureBytes bytes = [] {
        CaptureBytes made;
        made.pcapHeader();
        for (std::uint32_t i = 0; i < 2000; ++i)
            made.pcapRecord(i, 0, "packet " + std::to_string(i * 7919 % 10007));
        return made;
    }();
    return bytes;
}

std::vector<std::uint8_t> gzipped(const std::vector<std::uint8_t>& bytes) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::vector<std::uint8_t> out(deflateBound(&stream, bytes.size()));
    stream.next_in = const_cast<std::uint8_t*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::vector<std::uint8_t> zstandard(const std::vector<std::uint8_t>& bytes) {
    std::vector<std::uint8_t> out(ZSTD_compressBound(bytes.size()));
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    out.resize(ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size()));
    ZSTD_freeCCtx(context);
    return out;
}

/// The compressed halves of a file, one after the other.
template <class Compress>
std::vector<std::uint8_t> inTwoParts(const std::vector<std::uint8_t>& bytes, Compress compress) {
    const auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2);
    auto out = compress({bytes.begin(), middle});
    const auto second = compress({middle, bytes.end()});
    out.insert(out.end(), second.begin(), second.end());
    return out;
}

TEST_F(OpeningCaptures, ReadsAPlainFile) {
    const CaptureFile file = open(write("a.txt", sample().bytes()));
    EXPECT_EQ(walk(file).frames.size(), 2000u);
    EXPECT_EQ(file.format().compression, "");
    EXPECT_EQ(file.size(), sample().bytes().size());
    EXPECT_FALSE(fs::exists(options_.cacheFolder)); // nothing was spooled
}

TEST_F(OpeningCaptures, ReadsGzipWithAnyNumberOfMembersWhateverTheName) {
    for (const auto& bytes : {gzipped(sample().bytes()), inTwoParts(sample().bytes(), gzipped)}) {
        const CaptureFile file = open(write("capture", bytes));
        EXPECT_EQ(file.format().compression, "gzip");
        EXPECT_EQ(file.size(), sample().bytes().size());
        EXPECT_EQ(walk(file).frames.size(), 2000u);
        EXPECT_FALSE(file.inputProblem());
    }
}

TEST_F(OpeningCaptures, ReadsZstdWithAnyNumberOfFrames) {
    for (const auto& bytes : {zstandard(sample().bytes()), inTwoParts(sample().bytes(), zstandard)}) {
        const CaptureFile file = open(write("capture.pcap", bytes));
        EXPECT_EQ(file.format().compression, "zstd");
        EXPECT_EQ(file.size(), sample().bytes().size());
        EXPECT_EQ(walk(file).frames.size(), 2000u);
        EXPECT_FALSE(file.inputProblem());
    }
}

TEST_F(OpeningCaptures, IgnoresWhatFollowsTheCompressedData) {
    for (auto bytes : {gzipped(sample().bytes()), zstandard(sample().bytes())}) {
        bytes.insert(bytes.end(), {0, 0, 0, 0, 'x', 'y', 'z'});
        const CaptureFile file = open(write("capture", bytes));
        EXPECT_EQ(walk(file).frames.size(), 2000u);
        EXPECT_EQ(walk(file).problem, "");
    }
}

TEST_F(OpeningCaptures, ReadsCompressedDataUpToTheCut) {
    for (auto bytes : {gzipped(sample().bytes()), zstandard(sample().bytes())}) {
        bytes.erase(bytes.end() - 9, bytes.end());
        auto result = CaptureFile::open(write("cut", bytes), options_);
        if (const auto* error = std::get_if<CaptureFile::OpenError>(&result)) {
            // zstd gives nothing of a block that is not whole
            EXPECT_EQ(english(error->why), "the compressed data are cut off; shown is what came before");
            continue;
        }
        const Walk seen = walk(std::get<CaptureFile>(result));
        EXPECT_GT(seen.frames.size(), 1000u);
        EXPECT_EQ(seen.problem, "the compressed data are cut off; shown is what came before");
    }
}

TEST_F(OpeningCaptures, SaysWhenCompressedDataAreDamaged) {
    auto gzip = gzipped(sample().bytes());
    gzip[gzip.size() - 8] ^= 1; // the check sum (RFC 1952, section 2.3)
    const Walk seen = walk(open(write("damaged.gz", gzip)));
    EXPECT_EQ(seen.frames.size(), 2000u);
    EXPECT_EQ(seen.problem, "the compressed data are damaged; shown is what came before");

    auto zstd = inTwoParts(sample().bytes(), zstandard);
    zstd.back() ^= 1; // the check sum of the second frame (RFC 8878, section 3.1.1)
    const CaptureFile file = open(write("damaged.zst", zstd));
    EXPECT_GE(walk(file).frames.size(), 999u);
    EXPECT_EQ(walk(file).problem, "the compressed data are damaged; shown is what came before");
}

TEST_F(OpeningCaptures, UnpacksNoMoreThanTheLimit) {
    options_.spoolLimit = 10'000;
    const CaptureFile file = open(write("a.gz", gzipped(sample().bytes())));
    EXPECT_EQ(file.size(), 10'000u);
    EXPECT_EQ(walk(file).problem, "is larger than 10 kB when unpacked, of which only the beginning was read");
}

TEST_F(OpeningCaptures, LeavesNoFileBehindInTheCacheFolder) {
    const CaptureFile file = open(write("a.gz", gzipped(sample().bytes())));
    EXPECT_TRUE(fs::exists(options_.cacheFolder));
    EXPECT_TRUE(fs::is_empty(options_.cacheFolder));
}

TEST_F(OpeningCaptures, ReportsProgressAndCanBeGivenUp) {
    const std::string path = write("a.gz", gzipped(sample().bytes()));
    std::uint64_t last = 0;
    options_.progress = [&](std::uint64_t done) {
        last = done;
        return true;
    };
    (void)open(path);
    EXPECT_EQ(last, sample().bytes().size());
    options_.progress = [](std::uint64_t) { return false; };
    EXPECT_EQ(errorOf(path).problem, FileProblem::Cancelled);
}

TEST_F(OpeningCaptures, CanBeGivenUpWhileAPipeIsSilent) {
    const std::string path = (folder_ / "pipe").string();
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    std::thread writer([&] { // opens the pipe, writes nothing and stays
        std::ofstream pipe(path, std::ios::binary);
        std::this_thread::sleep_for(std::chrono::milliseconds(600));
    });
    options_.progress = [](std::uint64_t) { return false; };
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(errorOf(path).problem, FileProblem::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(500));
    writer.join();
}

TEST_F(OpeningCaptures, ReadsAPipe) {
    const std::string path = (folder_ / "pipe").string();
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    std::thread writer([&] {
        std::ofstream pipe(path, std::ios::binary);
        for (const std::uint8_t byte : sample().bytes())
            pipe.put(static_cast<char>(byte));
    });
    const CaptureFile file = open(path);
    writer.join();
    EXPECT_EQ(walk(file).frames.size(), 2000u);
}

/// Puts a descriptor in the place of standard input for a while.
class StandardInput {
public:
    explicit StandardInput(const std::string& path) : saved_(dup(STDIN_FILENO)) {
        const int descriptor = ::open(path.c_str(), O_RDONLY);
        dup2(descriptor, STDIN_FILENO);
        close(descriptor);
    }
    StandardInput(const StandardInput&) = delete;
    StandardInput& operator=(const StandardInput&) = delete;
    ~StandardInput() {
        dup2(saved_, STDIN_FILENO);
        close(saved_);
    }

private:
    int saved_;
};

TEST_F(OpeningCaptures, ReadsStandardInput) {
    const StandardInput plain(write("a.pcap", sample().bytes()));
    EXPECT_EQ(walk(open("-")).frames.size(), 2000u);
    const StandardInput compressed(write("a.zst", zstandard(sample().bytes())));
    EXPECT_EQ(walk(open("-")).frames.size(), 2000u);
}

TEST_F(OpeningCaptures, SaysInASentenceWhyItCannot) {
    EXPECT_EQ(english(errorOf((folder_ / "absent").string()).why), "there is no such file");
    EXPECT_EQ(english(errorOf(folder_.string()).why), "is a folder, not a capture file");
    EXPECT_EQ(english(errorOf(write("empty", {})).why), "is empty");
    EXPECT_EQ(english(errorOf(write("text", {'h', 'e', 'l', 'l', 'o'})).why),
              "is not a capture file (pcap or pcapng)");
    EXPECT_EQ(english(errorOf(write("text.gz", gzipped(std::vector<std::uint8_t>(100, 'x')))).why),
              "is not a capture file (pcap or pcapng)");
    EXPECT_EQ(english(errorOf(write("empty.gz", gzipped({}))).why), "is empty");
    EXPECT_EQ(errorOf("/dev/zero").problem, FileProblem::NotACapture); // at once, not after 16 GiB
    if (geteuid() != 0) {
        const std::string path = write("secret", sample().bytes());
        fs::permissions(path, fs::perms::none);
        EXPECT_EQ(english(errorOf(path).why), "you may not read this file");
    }
}

TEST_F(OpeningCaptures, SurvivesAFileThatBecomesShorterWhileItIsRead) {
    CaptureBytes pcap;
    CaptureBytes pcapng;
    pcap.pcapHeader();
    pcapng.section().interface(1);
    const std::string payload(1000, 'x');
    for (std::uint32_t i = 0; i < 500; ++i) {
        pcap.pcapRecord(i + 1, 0, payload);
        pcapng.enhanced(0, i, payload);
    }
    for (const CaptureBytes* bytes : {&pcap, &pcapng}) {
        const std::string path = write("shrinking", bytes->bytes());
        const CaptureFile file = open(path);
        auto cursor = file.cursor();
        Frame frame;
        for (int i = 0; i < 100; ++i)
            ASSERT_TRUE(cursor.next(frame));
        EXPECT_FALSE(file.shrunk());
        fs::resize_file(path, 200'000);
        std::uint64_t sum = 0;
        while (cursor.next(frame))
            for (const std::uint8_t byte : frame.bytes)
                sum += byte;
        EXPECT_GT(sum, 0u);
        EXPECT_GT(cursor.packets(), 150u);
        EXPECT_LT(cursor.packets(), 250u);
        EXPECT_TRUE(file.shrunk());
        ASSERT_TRUE(cursor.problem());
        EXPECT_EQ(english(*cursor.problem()),
                  "the file became shorter while it was read; shown is what came before");
        EXPECT_FALSE(cursor.next(frame));
        EXPECT_EQ(file.frame(400'000, 1).bytes.size(), 0u); // and so does random access
    }
}

TEST_F(OpeningCaptures, LeavesTheBusErrorsOfOthersToThem) {
    // A mapping that nobody registered still ends the program as it would without us.
    const std::string path = write("other", std::vector<std::uint8_t>(100'000));
    (void)open(write("a.pcap", sample().bytes()));
    EXPECT_EXIT(
        {
            auto mapping = Mapping::ofFile(::open(path.c_str(), O_RDONLY), 100'000);
            const std::uint8_t* data = std::get<0>(mapping)->data();
            // Guarded: reads zero.
            fs::resize_file(path, 0);
            if (data[50'000] != 0 || !std::get<0>(mapping)->unreadable())
                std::exit(3);
            raise(SIGBUS); // not from a mapping of ours
            std::exit(2);
        },
        // AddressSanitizer, which handled the signal before us, ends the program with 1.
        [](int status) { return WIFSIGNALED(status) || WEXITSTATUS(status) == 1; }, "");
}

TEST_F(OpeningCaptures, CanHaveManyCapturesOpenAndSaysWhenThereAreTooMany) {
    const std::string path = write("a.pcap", sample().bytes());
    std::vector<CaptureFile> files;
    std::string why;
    while (files.size() < 1000 && why.empty()) {
        auto result = CaptureFile::open(path, options_);
        if (auto* error = std::get_if<CaptureFile::OpenError>(&result))
            why = english(error->why);
        else
            files.push_back(std::get<CaptureFile>(std::move(result)));
    }
    EXPECT_GE(files.size(), 16u);
    EXPECT_EQ(why, "too many captures are open; close one and try again");
    files.clear();
    EXPECT_EQ(walk(open(path)).frames.size(), 2000u);
}

TEST_F(OpeningCaptures, GivesTheSameFramesToManyThreads) {
    CaptureBytes bytes;
    for (int section = 0; section < 50; ++section)
        bytes.section().interface(1).enhanced(0, 1, "a").interface(101).enhanced(1, 2, "b");
    const CaptureFile file = opened(bytes);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            auto cursor = file.cursor();
            std::uint64_t count = 0;
            for (Frame frame; cursor.next(frame); ++count)
                EXPECT_EQ(file.frame(frame.offset, frame.number).link, frame.link);
            EXPECT_EQ(count, 100u);
        });
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(file.interfaces().size(), 100u);
}

} // namespace
} // namespace wirestage::test
