// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/cast.h"

#include <gtest/gtest.h>

namespace wirestage::happen {
namespace {

TEST(Cast, IsCompleteWithoutAnythingInstalled) {
    for (const HappenScenario& one : happenScenarios()) {
        const Play play = playOf(one);
        EXPECT_EQ(play.server.address.version, 4) << one.id;
        const auto servers = serversFor(play, true);
        ASSERT_EQ(servers.size(), 1U) << one.id;
        EXPECT_TRUE(servers[0].name == lessonServer || servers[0].name == thisKernel) << servers[0].name;
        const Player client = clientFor(play, servers[0], true);
        EXPECT_TRUE(client.name == lessonClient || client.name == thisKernel || client.name == thisResolver)
            << client.name;
        EXPECT_TRUE(client.play && servers[0].play && servers[0].ready);
    }
}

TEST(Cast, FallsBackOnTheLessonsHostWhateverIsInstalled) {
    for (const char* id : {"dhcp", "dns", "ftp"}) {
        const auto servers = serversFor(playOf(*happenScenario(id)), false);
        ASSERT_FALSE(servers.empty());
        EXPECT_EQ(servers.back().name, lessonServer) << id;
        EXPECT_LE(servers.size(), 2U);
    }
}

} // namespace
} // namespace wirestage::happen
