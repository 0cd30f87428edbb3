// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/lesson_host.h"

#include "app/happen/trouble.h"
#include "core/lesson/lesson_file.h"

#include <gtest/gtest.h>

namespace wirestage::happen {
namespace {

lesson::Lesson lessonOf(const char* id) {
    return lesson::lessonNamed(id)->lesson();
}

TEST(LessonHost, IsAloneWithItsAddressesAndItsPartOfTheScript) {
    const simulation::NetworkSetup network = alone(lessonOf("dhcp-dora"), "laptop", true);
    ASSERT_EQ(network.nodes.size(), 2U);
    EXPECT_EQ(network.nodes[0].name, "laptop");
    EXPECT_FALSE(network.nodes[0].interfaces.at(0).hardware.isZero());
    ASSERT_EQ(network.script.size(), 1U);
    EXPECT_EQ(network.script[0].verb, "dhcp.start");
    ASSERT_EQ(network.links.size(), 1U);
    EXPECT_EQ(network.links[0].delay, 0) << "the wire is real";
}

TEST(LessonHost, WhoOnlyAnswersDoesNothingOfItsOwnAccord) {
    const simulation::NetworkSetup network = alone(lessonOf("ftp-passive"), "server", false);
    EXPECT_TRUE(network.script.empty());
    EXPECT_EQ(network.nodes[0].applications.size(), 1U);
}

// The lesson may leave ARP out; a real neighbour has to be asked.
TEST(LessonHost, KnowsNoNeighbourBeforehand) {
    ASSERT_FALSE(lessonOf("dns-lookup").network.nodes[0].neighbours.empty());
    EXPECT_TRUE(alone(lessonOf("dns-lookup"), "laptop", true).nodes[0].neighbours.empty());
}

TEST(LessonHost, LogsInAsTheServerWantsIt) {
    const auto network = alone(lessonOf("ftp-passive"), "client", true, Login{"anonymous", "a@example.org"});
    EXPECT_EQ(network.script.at(0).settings.text("user"), "anonymous");
    EXPECT_EQ(alone(lessonOf("ftp-passive"), "client", true).script.at(0).settings.text("user"), "anna");
}

TEST(LessonHost, HasToBeOneOfTheLessons) {
    EXPECT_THROW(alone(lessonOf("ping"), "nobody", true), Trouble);
    EXPECT_THROW(alone(lessonOf("ping"), "switch", true), Trouble);
}

} // namespace
} // namespace wirestage::happen
