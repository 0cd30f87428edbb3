// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/scenario.h"

#include "core/lesson/lesson_file.h"

#include <gtest/gtest.h>
#include <set>

namespace wirestage {
namespace {

TEST(HappenScenario, IsTheExchangeOfALessonBetweenTwoOfItsHosts) {
    std::set<std::string_view> ids;
    for (const HappenScenario& one : happenScenarios()) {
        EXPECT_TRUE(ids.insert(one.id).second) << one.id;
        const auto file = lesson::lessonNamed(one.lesson);
        ASSERT_TRUE(file && file->usable()) << one.lesson;
        std::set<std::string_view> hosts;
        for (const lesson::Host& host : file->lesson().hosts)
            hosts.insert(host.name);
        EXPECT_TRUE(hosts.contains(one.client) && hosts.contains(one.server)) << one.id;
        EXPECT_FALSE(english(one.title()).empty() || english(one.tip()).empty());
    }
}

// Linux asks again after a second, and the first answer comes after the one to ARP.
TEST(HappenScenario, HasAWireThatIsNoReasonToAskAgain) {
    for (const HappenScenario& one : happenScenarios())
        EXPECT_LT(4 * one.delay, 900) << one.id;
}

TEST(HappenScenario, IsFoundByItsName) {
    ASSERT_NE(happenScenario("dhcp"), nullptr);
    EXPECT_EQ(happenScenario("dhcp")->lesson, "dhcp-dora");
    EXPECT_EQ(happenScenario("dhc"), nullptr);
    EXPECT_EQ(happenScenario(""), nullptr);
}

TEST(HappenCast, IsReadAsItIsSaid) {
    const Text said = happenCast("dnsmasq", lessonClient);
    EXPECT_EQ(english(said), "dnsmasq answers, the lesson's own client asks");
    EXPECT_EQ(happenCastIn("wirestage-happen: " + english(said)), said);
    EXPECT_FALSE(happenCastIn("Capturing on 'eth0'"));
    EXPECT_FALSE(happenCastIn("wirestage-happen: nobody answers"));
    EXPECT_FALSE(happenCastIn(" answers,  asks"));
    EXPECT_FALSE(happenCastIn("wirestage-happen: a asks"));
}

} // namespace
} // namespace wirestage
