// SPDX-License-Identifier: GPL-3.0-or-later
// Every reference capture opens, with the number of packets that its index states (counted by other
// programs).
#include "tests/core/capture/capture_bytes.h"
#include "tests/support/shared_captures.h"

#include <fstream>
#include <sstream>

namespace wirestage::test {
namespace {

TEST(ReferenceCaptures, OpenWithTheNumberOfPacketsInTheIndex) {
    const auto shared = sharedFolder();
    if (!shared)
        GTEST_SKIP() << "the reference captures are absent";
    std::ifstream index(*shared / "captures" / "INDEX.tsv");
    std::string line;
    std::getline(index, line); // the head of the table
    int files = 0;
    while (std::getline(index, line)) {
        std::istringstream columns(line);
        std::string name, repository, path, packets;
        std::getline(columns, name, '\t');
        std::getline(columns, repository, '\t');
        std::getline(columns, path, '\t');
        std::getline(columns, packets, '\t');
        if (!name.ends_with(".pcap") && !name.ends_with(".pcapng"))
            continue;
        ++files;
        const CaptureFile file = opened(CaptureFile::open((*shared / "captures" / name).string()));
        const Walk seen = walk(file);
        EXPECT_EQ(std::to_string(seen.frames.size()), packets) << name;
        EXPECT_EQ(seen.problem, "") << name;
        for (const Frame& frame : seen.frames) {
            const Frame again = file.frame(frame.offset, frame.number);
            ASSERT_EQ(again.bytes.data(), frame.bytes.data()) << name << ", packet " << frame.number;
            ASSERT_EQ(again.bytes.size(), frame.bytes.size()) << name << ", packet " << frame.number;
            ASSERT_EQ(again.length, frame.length) << name << ", packet " << frame.number;
        }
    }
    EXPECT_GT(files, 300);
}

} // namespace
} // namespace wirestage::test
