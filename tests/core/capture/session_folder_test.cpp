// SPDX-License-Identifier: GPL-3.0-or-later
// Live captures outlive the program that made them, and give way to newer ones.
#include "core/capture/session_folder.h"
#include "tests/core/capture/capture_bytes.h"

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <sys/wait.h>
#include <unistd.h>

namespace wirestage::test {
namespace {

struct Sessions : testing::Test {
    void TearDown() override { std::filesystem::remove_all(folder.path()); }
    GrowingFile begin(std::string_view of) const {
        auto begun = folder.begin(of, 1 << 20);
        return std::move(std::get<GrowingFile>(begun));
    }
    void whole(std::string_view of) const {
        begin(of).append(CaptureBytes().section().interface(1).enhanced(0, 1, "packet").bytes());
    }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder.path()), {}));
    }
    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const KeptSession& one : folder.kept())
            all.push_back(one.of);
        return all;
    }
    SessionFolder folder{
        (std::filesystem::temp_directory_path() / ("wirestage-sessions-" + std::to_string(getpid())))
            .string()};
};

TEST_F(Sessions, AreKeptOnceNobodyWritesThem) {
    EXPECT_THAT(folder.kept(), testing::IsEmpty()) << "the folder need not be there";
    {
        GrowingFile live = begin("eth0");
        live.append(CaptureBytes().section().interface(1).enhanced(0, 1, "packet").bytes());
        EXPECT_THAT(names(), testing::IsEmpty()) << "it is being written";
        const CaptureFile reader = opened(live.capture());
        EXPECT_EQ(walk(reader).frames.size(), 1U);
    }
    ASSERT_THAT(names(), testing::ElementsAre("eth0"));
    EXPECT_EQ(walk(opened(CaptureFile::open(folder.kept().front().path))).frames.size(), 1U);
}

TEST_F(Sessions, HaveHarmlessNamesOfTheirOwn) {
    whole("../../etc/passwd");
    whole("../../etc/passwd");
    ASSERT_THAT(names(), testing::ElementsAre(".._.._etc_passwd", ".._.._etc_passwd"));
    for (const KeptSession& one : folder.kept())
        EXPECT_EQ(std::filesystem::path(one.path).parent_path(), folder.path());
}

TEST_F(Sessions, GiveWayWhereTheyAreTooLargeTogether) {
    whole("one");
    whole("two");
    const std::uint64_t each = folder.kept().front().bytes;
    folder.keepWithin(2 * each);
    EXPECT_EQ(names().size(), 2U);
    folder.keepWithin(each);
    EXPECT_EQ(names().size(), 1U);
    folder.keepWithin(0);
    EXPECT_THAT(names(), testing::IsEmpty());
}

TEST_F(Sessions, ThatCaughtNothingAreNotOffered) {
    { GrowingFile nothing = begin("eth0"); }
    begin("eth1").append(CaptureBytes().section().interface(1).bytes());
    begin("eth2").append(CaptureBytes().section().interface(1).enhanced(0, 1, "packet").cutTo(70).bytes());
    EXPECT_THAT(names(), testing::IsEmpty());
    ASSERT_EQ(files(), 3U);
    folder.keepWithin(1 << 20);
    EXPECT_EQ(files(), 3U) << "another program may be about to fill them";
    const auto longAgo = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        std::filesystem::last_write_time(entry, longAgo);
    folder.keepWithin(1 << 20);
    EXPECT_EQ(files(), 0U);
}

TEST_F(Sessions, AreWholeUpToTheLastFullPacketWhereTheProgramWasKilled) {
    const pid_t writer = fork();
    if (writer == 0) {
        GrowingFile live = begin("eth0");
        CaptureBytes bytes;
        bytes.section().interface(1);
        for (int i = 0; i < 100; ++i)
            bytes.enhanced(0, static_cast<std::uint64_t>(i), "packet");
        live.append(Bytes(bytes.bytes()).first(bytes.bytes().size() - 9));
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(waitpid(writer, &status, 0), writer);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_THAT(names(), testing::ElementsAre("eth0")) << "its lock is gone with it";
    const Walk seen = walk(opened(CaptureFile::open(folder.kept().front().path)));
    EXPECT_EQ(seen.frames.size(), 99U);
    EXPECT_EQ(seen.problem, "cut off in the middle of packet 100");
}

} // namespace
} // namespace wirestage::test
