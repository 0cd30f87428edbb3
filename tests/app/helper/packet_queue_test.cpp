// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/packet_queue.h"
#include "tests/app/helper/packet_blocks.h"

#include <gmock/gmock.h>
#include <poll.h>

namespace wirestage::helper::test {
namespace {

using testing::ElementsAre;

bool rings(const Bell& bell) {
    pollfd awaited{bell.descriptor(), POLLIN, 0};
    return poll(&awaited, 1, 0) == 1;
}

TEST(PacketQueue, RingsOnceForWhatWaits) {
    const Bell news;
    PacketQueue queue(1 << 20, news);
    Batch first = batch(0, {1});
    ASSERT_TRUE(queue.put(first));
    EXPECT_TRUE(rings(news));
    news.silence();
    Batch second = batch(1, {2});
    ASSERT_TRUE(queue.put(second));
    EXPECT_FALSE(rings(news));
    EXPECT_EQ(queue.takeAll().size(), 2u);
    Batch third = batch(0, {3});
    ASSERT_TRUE(queue.put(third));
    EXPECT_TRUE(rings(news));
}

TEST(PacketQueue, LeavesAnEmptyBatchOfTheSameDevice) {
    const Bell news;
    PacketQueue queue(1 << 20, news);
    Batch given = batch(3, {1, 2});
    ASSERT_TRUE(queue.put(given));
    EXPECT_EQ(given.device, 3u);
    EXPECT_EQ(given.packets, 0u);
    EXPECT_EQ(given.blocks, "");
}

TEST(PacketQueue, JoinsSmallBatchesOfADeviceInTheirOrder) {
    const Bell news;
    PacketQueue queue(1 << 20, news);
    for (const Time time : {1, 2, 3}) {
        Batch one = batch(0, {time});
        ASSERT_TRUE(queue.put(one));
    }
    const std::vector<Batch> taken = queue.takeAll();
    ASSERT_EQ(taken.size(), 1u);
    EXPECT_THAT(timesIn(taken[0].blocks), ElementsAre(1, 2, 3));
    EXPECT_EQ(taken[0].packets, 3u);
    EXPECT_EQ(taken[0].latest, 3);
}

TEST(PacketQueue, RefusesWhatDoesNotFitUntilSomethingWasGivenBack) {
    const Bell news;
    Batch first = batch(0, {1, 2});
    PacketQueue queue(first.blocks.size(), news);
    ASSERT_TRUE(queue.put(first));
    Batch second = batch(0, {3});
    EXPECT_FALSE(queue.put(second));
    EXPECT_THAT(timesIn(second.blocks), ElementsAre(3)) << "it is as it was";
    std::vector<Batch> taken = queue.takeAll();
    EXPECT_FALSE(queue.put(second)) << "what is being written still takes memory";
    queue.giveBack(std::move(taken[0]));
    EXPECT_TRUE(queue.put(second));
}

} // namespace
} // namespace wirestage::helper::test
