// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/merger.h"
#include "tests/app/helper/packet_blocks.h"

#include <gmock/gmock.h>

namespace wirestage::helper::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Moment start{100s};

TEST(Merger, PutsThePacketsOfTwoDevicesInTheOrderOfTheirTimes) {
    Merger merger(2, 9ms);
    std::vector<Batch> usedUp;
    merger.add(batch(0, {10, 30, 50}, start));
    merger.add(batch(1, {20, 40}, start + 1ms));
    EXPECT_THAT(timesIn(merger.take(start + 10ms, usedUp)), ElementsAre(10, 20, 30, 40, 50));
    EXPECT_EQ(usedUp.size(), 2u);
}

TEST(Merger, HoldsPacketsWhileOlderOnesMayStillCome) {
    Merger merger(2, 9ms);
    std::vector<Batch> usedUp;
    merger.add(batch(0, {10, 30}, start));
    EXPECT_THAT(timesIn(merger.take(start + 8ms, usedUp)), IsEmpty());
    EXPECT_EQ(merger.next(), start + 9ms);
    merger.add(batch(1, {20, 60}, start + 8ms));
    EXPECT_THAT(timesIn(merger.take(start + 9ms, usedUp)), ElementsAre(10, 20, 30));
    EXPECT_EQ(usedUp.size(), 1u) << "the second device's has a packet left";
    EXPECT_THAT(timesIn(merger.take(start + 17ms, usedUp)), ElementsAre(60));
    EXPECT_EQ(merger.next(), std::nullopt);
}

TEST(Merger, GivesEverythingAtTheEnd) {
    Merger merger(2, 9ms);
    std::vector<Batch> usedUp;
    merger.add(batch(1, {7}, start));
    merger.add(batch(0, {6}, start));
    EXPECT_THAT(timesIn(merger.take(start, usedUp, true)), ElementsAre(6, 7));
}

TEST(Merger, NeverKeepsAPacketBecauseAClockWasSetBack) {
    Merger merger(2, 9ms);
    std::vector<Batch> usedUp;
    merger.add(batch(0, {5000, 1000, 1010}, start));
    EXPECT_THAT(timesIn(merger.take(start + 9ms, usedUp)), ElementsAre(5000, 1000, 1010));
    EXPECT_EQ(usedUp.size(), 1u);
}

} // namespace
} // namespace wirestage::helper::test
