// SPDX-License-Identifier: GPL-3.0-or-later
// A live capture that fills its part of the disk many times over, with packets that tell which they are.
#pragma once

#include "core/capture/growing_file.h"
#include "tests/core/capture/capture_bytes.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace wirestage::test {

using Append = CacheFile::Append;

inline constexpr std::uint64_t limit = 1 << 18, most = limit + limit / 8;
inline constexpr int many = 5000; // of half a kilobyte: ten times the limit

/// An ARP frame, whose last bytes tell which one it is.
inline std::string packet(int number, std::size_t size = 500) {
    std::string bytes(
        "\xff\xff\xff\xff\xff\xff\x02\x00\x00\x00\x00\x01\x08\x06\x00\x01\x08\x00\x06\x04\x00\x01", 22);
    bytes.resize(size, static_cast<char>('a' + number % 26));
    return bytes + std::to_string(number);
}

inline int numberIn(const Frame& frame) {
    const std::string_view text = textOf(frame);
    const std::size_t at = text.find_last_not_of("0123456789");
    return at == text.npos ? -1 : std::stoi(std::string(text.substr(at + 1)));
}

inline CaptureBytes beginning(bool bigEndian = false) {
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

} // namespace wirestage::test
