// SPDX-License-Identifier: GPL-3.0-or-later
// What the writer writes, the reader reads; and the blocks are those of draft-ietf-opsawg-pcapng.
#include "core/capture/pcapng_writer.h"
#include "tests/core/capture/capture_bytes.h"

#include <gmock/gmock.h>

#include <sstream>

namespace wirestage::test {
namespace {

Frame frame(Time time, LinkType link, std::string_view bytes, std::uint32_t length) {
    Frame made;
    made.time = time;
    made.link = link;
    made.length = length;
    made.bytes = Bytes(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    return made;
}

CaptureFile readBack(const std::ostringstream& out) {
    const std::string written = out.str();
    return opened(CaptureFile::fromMemory(
        Bytes(reinterpret_cast<const std::uint8_t*>(written.data()), written.size())));
}

TEST(PcapngWriter, WritesWhatTheReaderReads) {
    const std::vector<Frame> frames{frame(1'700'000'000'123'456'789, LinkType::Ethernet, "one", 60),
                                    frame(1'700'000'001'000'000'000, LinkType::RawIp, "four", 4),
                                    frame(0, LinkType::Ethernet, "", 0)};
    std::ostringstream out;
    PcapngWriter writer(out, "Wirestage");
    writer.write(frames[0]);
    writer.write(frames[1], "a comment");
    writer.write(frames[2]);
    const CaptureFile file = readBack(out);
    const Walk seen = walk(file);
    EXPECT_EQ(seen.problem, "");
    ASSERT_EQ(seen.frames.size(), frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        EXPECT_EQ(seen.frames[i].time, frames[i].time);
        EXPECT_EQ(seen.frames[i].link, frames[i].link);
        EXPECT_EQ(seen.frames[i].length, frames[i].length);
        EXPECT_EQ(textOf(seen.frames[i]), textOf(frames[i]));
    }
    EXPECT_THAT(file.commentsOf(seen.frames[1].offset), testing::ElementsAre("a comment"));
    EXPECT_EQ(file.interfaces().size(), 2u);
}

TEST(PcapngWriter, WritesAnEmptyCaptureThatOpens) {
    std::ostringstream out;
    const PcapngWriter writer(out, "Wirestage");
    EXPECT_TRUE(walk(readBack(out)).frames.empty());
}

TEST(PcapngWriter, WritesTimesBeforeTheEpochAsTheEpoch) {
    std::ostringstream out;
    PcapngWriter(out, "Wirestage").write(frame(-5, LinkType::Ethernet, "x", 1));
    EXPECT_EQ(walk(readBack(out)).frames.at(0).time, 0);
}

} // namespace
} // namespace wirestage::test
