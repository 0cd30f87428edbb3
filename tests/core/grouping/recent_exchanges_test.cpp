// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grouping/recent_exchanges.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace wirestage::test {
namespace {

TEST(RecentExchanges, KnowsNothingAtFirst) {
    RecentExchanges recent;
    EXPECT_TRUE(recent.empty());
    EXPECT_EQ(recent.find(1), none);
    recent.erase(1);
    EXPECT_TRUE(recent.empty());
}

TEST(RecentExchanges, HoldsTheLatestUnderEachKey) {
    RecentExchanges recent;
    recent.set(0, 7);
    recent.set(1, 8);
    recent.set(0, 9);
    EXPECT_EQ(recent.find(0), 9U);
    EXPECT_EQ(recent.find(1), 8U);
    recent.erase(0);
    EXPECT_EQ(recent.find(0), none);
    EXPECT_EQ(recent.find(1), 8U);
}

// Keys out of a narrow range come back, go and crowd each other as those of a busy capture do.
TEST(RecentExchanges, DoesAsAMapDoes) {
    RecentExchanges recent;
    std::map<std::uint64_t, ExchangeId> wanted;
    std::mt19937 random(5);
    for (ExchangeId id = 0; id < 200'000; ++id) {
        const std::uint64_t key = std::uint64_t{random() % 3000} << 32 | random() % 2;
        if (random() % 5 < 2) {
            recent.erase(key);
            wanted.erase(key);
        } else {
            recent.set(key, id);
            wanted[key] = id;
        }
        const std::uint64_t other = std::uint64_t{random() % 3000} << 32;
        const auto found = wanted.find(other);
        ASSERT_EQ(recent.find(other), found == wanted.end() ? none : found->second) << id;
    }
    for (const auto& [key, id] : wanted)
        ASSERT_EQ(recent.find(key), id);
    for (const auto& [key, id] : wanted)
        recent.erase(key);
    EXPECT_TRUE(recent.empty());
}

TEST(RecentExchanges, ForgetsAllBeforeOneTooMany) {
    RecentExchanges recent;
    for (std::uint64_t key = 0; key < RecentExchanges::most; ++key)
        recent.set(key << 20, 1);
    recent.set(5 << 20, 2); // no new key
    EXPECT_EQ(recent.find(6 << 20), 1U);
    recent.set(1, 3);
    EXPECT_EQ(recent.find(1), 3U);
    EXPECT_EQ(recent.find(5 << 20), none);
    EXPECT_EQ(recent.find(6 << 20), none);
}

} // namespace
} // namespace wirestage::test
