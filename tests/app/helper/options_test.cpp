// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/options.h"

#include <gmock/gmock.h>

namespace wirestage::helper::test {
namespace {

using testing::HasSubstr;
using Words = std::vector<const char*>;

Options parsed(const Words& words) {
    auto result = parseOptions(words);
    if (const auto* problem = std::get_if<std::string>(&result))
        ADD_FAILURE() << *problem;
    return std::holds_alternative<Options>(result) ? std::get<Options>(result) : Options{};
}

std::string problemOf(const Words& words) {
    const auto result = parseOptions(words);
    const auto* problem = std::get_if<std::string>(&result);
    return problem ? *problem : "none";
}

TEST(Flags, TakeAFilterForTheInterfaceBeforeIt) {
    const Options options = parsed({"-i", "eth0", "-f", "tcp", "-i", "eth1", "-f", "udp", "-w", "-"});
    ASSERT_EQ(options.devices.size(), 2u);
    EXPECT_EQ(options.devices[0].name, "eth0");
    EXPECT_EQ(options.devices[0].filter, "tcp");
    EXPECT_EQ(options.devices[1].filter, "udp");
}

TEST(Flags, TakeWhatStandsBeforeAnyInterfaceForAllOfThem) {
    const Options options =
        parsed({"-f", "icmp", "-s", "96", "-p", "-B", "4", "-i", "eth0", "-i", "eth1", "-s", "0", "-w", "-"});
    ASSERT_EQ(options.devices.size(), 2u);
    for (const DeviceOptions& device : options.devices) {
        EXPECT_EQ(device.filter, "icmp");
        EXPECT_EQ(device.bufferMebibytes, 4);
        EXPECT_FALSE(device.promiscuous);
    }
    EXPECT_EQ(options.devices[0].snapshotLength, 96);
    EXPECT_EQ(options.devices[1].snapshotLength, 262144) << "0 is everything";
}

TEST(Flags, MayBeWrittenTogetherAndWithTheirValues) {
    const Options options = parsed({"-qpieth0", "-w-", "-c3"});
    ASSERT_EQ(options.devices.size(), 1u);
    EXPECT_EQ(options.devices[0].name, "eth0");
    EXPECT_EQ(options.limits.packets, 3u);
}

TEST(Flags, HaveDumpcapsLongNames) {
    const Options options =
        parsed({"--interface", "eth0", "--snapshot-length=64", "--no-promiscuous-mode", "-w", "-"});
    ASSERT_EQ(options.devices.size(), 1u);
    EXPECT_EQ(options.devices[0].snapshotLength, 64);
    EXPECT_EQ(parsed({"--list-interfaces", "--machine"}).task, Task::List);
    EXPECT_TRUE(parsed({"-DM"}).machine);
}

TEST(Flags, LimitACaptureInThreeWays) {
    const Limits limits =
        parsed({"-i", "a", "-w", "-", "-a", "duration:2.5", "-a", "filesize:10", "-a", "packets:7"}).limits;
    EXPECT_EQ(limits.seconds, 2.5);
    EXPECT_EQ(limits.bytes, 10'000u);
    EXPECT_EQ(limits.packets, 7u);
}

TEST(Flags, NeedAnInterfaceAndStandardOutputToCapture) {
    EXPECT_THAT(problemOf({"-w", "-"}), HasSubstr("no interface"));
    EXPECT_THAT(problemOf({"-i", "eth0"}), HasSubstr("-w -"));
    EXPECT_EQ(problemOf({"-S"}), "none");
    EXPECT_EQ(problemOf({"-D"}), "none");
}

TEST(Flags, RefuseToOpenAFile) {
    EXPECT_THAT(problemOf({"-i", "eth0", "-w", "/etc/passwd"}), HasSubstr("opens no files"));
    EXPECT_THAT(problemOf({"-i", "eth0", "-w", "-", "-w", "file"}), HasSubstr("opens no files"));
}

TEST(Flags, RefuseTheOldFormat) {
    EXPECT_THAT(problemOf({"-P", "-i", "eth0", "-w", "-"}), HasSubstr("pcapng"));
}

TEST(Flags, ThatDoNotExistAreNamed) {
    EXPECT_THAT(problemOf({"-Z"}), HasSubstr("-Z"));
    EXPECT_THAT(problemOf({"-pZ"}), HasSubstr("-Z"));
    EXPECT_THAT(problemOf({"--nonsense"}), HasSubstr("--nonsense"));
    EXPECT_THAT(problemOf({"--machine=1"}), HasSubstr("no value"));
    EXPECT_THAT(problemOf({"word"}), HasSubstr("word"));
    EXPECT_THAT(problemOf({"--"}), HasSubstr("unknown"));
}

TEST(Flags, RefuseNumbersThatAreNone) {
    for (const Words& words :
         {Words{"-c", "0"}, Words{"-c", "-1"}, Words{"-c", "3x"}, Words{"-c", ""}, Words{"-s", "262145"},
          Words{"-B", "0"}, Words{"-B", "2048"}, Words{"-a", "duration:0"}, Words{"-a", "duration:nan"},
          Words{"-a", "packets"}, Words{"-a", "files:3"}, Words{"-a", "filesize:99999999999999999999"}})
        EXPECT_NE(problemOf({"-i", "eth0", "-w", "-", words[0], words[1]}), "none") << words[1];
}

TEST(Flags, ThatMissTheirValueAreNamed) {
    EXPECT_THAT(problemOf({"-i"}), HasSubstr("-i needs a value"));
    EXPECT_THAT(problemOf({"--autostop"}), HasSubstr("--autostop needs a value"));
}

TEST(Help, NamesEveryFlag) {
    for (const char letter : std::string("DifspBcawSMnqhv"))
        EXPECT_THAT(helpText(), HasSubstr(std::string("-") + letter));
}

} // namespace
} // namespace wirestage::helper::test
