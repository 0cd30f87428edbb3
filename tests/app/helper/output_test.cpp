// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/output.h"
#include "tests/app/helper/packet_blocks.h"

#include <csignal>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <thread>
#include <unistd.h>

namespace wirestage::helper::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Allowance, EndsWithTheLastPacketThatIsAllowed) {
    Allowance allowance(2, 3, std::nullopt);
    EXPECT_THAT(timesIn(allowance.cut(packet(0, 1) + packet(1, 2))), ElementsAre(1, 2));
    EXPECT_FALSE(allowance.usedUp());
    EXPECT_THAT(timesIn(allowance.cut(packet(1, 3) + packet(1, 4))), ElementsAre(3));
    EXPECT_TRUE(allowance.usedUp());
    EXPECT_EQ(allowance.packets(), 3u);
    EXPECT_EQ(allowance.packetsOf(0), 1u);
    EXPECT_EQ(allowance.packetsOf(1), 2u);
    EXPECT_EQ(allowance.cut(packet(0, 5)), "");
}

TEST(Allowance, LetsThePacketThroughThatReachesTheSize) {
    Allowance allowance(1, std::nullopt, 100);
    allowance.spend(50);
    EXPECT_THAT(timesIn(allowance.cut(packet(0, 1) + packet(0, 2) + packet(0, 3))), ElementsAre(1, 2));
    EXPECT_TRUE(allowance.usedUp());
}

TEST(Allowance, WithoutLimitsIsNeverUsedUp) {
    Allowance allowance(1, std::nullopt, std::nullopt);
    EXPECT_EQ(allowance.cut(packet(0, 1)).size(), packet(0, 1).size());
    EXPECT_FALSE(allowance.usedUp());
}

struct Pipe {
    Pipe() { EXPECT_EQ(pipe(ends), 0); }
    ~Pipe() {
        close(ends[0]);
        close(ends[1]);
    }
    int ends[2] = {-1, -1};
};

TEST(Output, WritesMoreThanAPipeHoldsAtOnce) {
    Pipe pipe;
    const std::string sent(1'000'000, 'x');
    std::size_t received = 0;
    std::thread reader([&] {
        std::string buffer(65536, '\0');
        while (received < sent.size())
            received += static_cast<std::size_t>(read(pipe.ends[0], buffer.data(), buffer.size()));
    });
    Output output(pipe.ends[1]);
    EXPECT_TRUE(output.write(sent));
    reader.join();
    EXPECT_EQ(received, sent.size());
}

TEST(Output, WaitsForRoomInAPipeThatSomebodyMadeNonBlocking) {
    Pipe pipe;
    fcntl(pipe.ends[1], F_SETFL, O_NONBLOCK);
    const std::string sent(300'000, 'x');
    std::thread reader([&] {
        std::string buffer(65536, '\0');
        for (std::size_t received = 0; received < sent.size();)
            received += static_cast<std::size_t>(read(pipe.ends[0], buffer.data(), buffer.size()));
    });
    EXPECT_TRUE(Output(pipe.ends[1]).write(sent));
    reader.join();
}

TEST(Output, FailsWithoutAWordWhenNobodyReadsAnyMore) {
    std::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    close(std::exchange(pipe.ends[0], -1));
    Output output(pipe.ends[1]);
    EXPECT_FALSE(output.write("x"));
    EXPECT_TRUE(output.failed());
    EXPECT_EQ(output.problem(), "");
}

TEST(Output, TellsWhyNothingCanBeWritten) {
    const int full = open("/dev/full", O_WRONLY);
    if (full < 0)
        GTEST_SKIP() << "there is no /dev/full";
    Output output(full);
    EXPECT_FALSE(output.write("x"));
    EXPECT_THAT(output.problem(), HasSubstr("No space left"));
    close(full);
}

} // namespace
} // namespace wirestage::helper::test
