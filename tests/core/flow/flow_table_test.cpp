// SPDX-License-Identifier: GPL-3.0-or-later
// Columns and tables that hosts and flows live in.
#include "core/flow/flow_table.h"

#include <gtest/gtest.h>

namespace wirestage {
namespace {

TEST(Chunked, NeverMovesWhatIsInIt) {
    Chunked<int, 2> column;
    const int* first = &column.push(0);
    for (int i = 1; i < 1000; ++i)
        column.push(i);
    EXPECT_EQ(first, &column[0]);
    ASSERT_EQ(column.size(), 1000u);
    for (std::size_t i = 0; i < column.size(); ++i)
        EXPECT_EQ(column[i], static_cast<int>(i));
    EXPECT_EQ(column.back(), 999);
}

TEST(PlaceTable, TellsKeysApartThatHashAlike) {
    std::vector<int> keys;
    PlaceTable table;
    const auto place = [&](int key) {
        return table.findOrAdd(
            42, [&](std::uint32_t at) { return keys[at] == key; },
            [&] {
                keys.push_back(key);
                return static_cast<std::uint32_t>(keys.size() - 1);
            });
    };
    EXPECT_EQ(place(7), 0u);
    EXPECT_EQ(place(8), 1u);
    EXPECT_EQ(place(7), 0u);
    EXPECT_EQ(table.find(42, [&](std::uint32_t at) { return keys[at] == 9; }), 0xffffffffu);
}

TEST(HostTable, NumbersAddressesInOrderOfAppearanceAndFindsThemAfterGrowing) {
    HostTable hosts;
    constexpr std::uint32_t many = 200'000; // each shard of the table grows many times
    const auto address = [](std::uint32_t i) {
        IpAddress ip = *parseIpAddress("10.0.0.0");
        ip.bytes[1] = static_cast<std::uint8_t>(i >> 16);
        ip.bytes[2] = static_cast<std::uint8_t>(i >> 8);
        ip.bytes[3] = static_cast<std::uint8_t>(i);
        return ip;
    };
    for (std::uint32_t i = 0; i < many; ++i)
        ASSERT_EQ(hosts.idOf(address(i)), i);
    for (std::uint32_t i = 0; i < many; ++i)
        ASSERT_EQ(hosts.find(address(i)), i);
    EXPECT_EQ(hosts.size(), many);
    EXPECT_EQ(hosts.find(*parseIpAddress("192.0.2.1")), 0xffffffffu);
}

TEST(HostTable, KeepsAHardwareAddressApartFromAnIpAddressOfTheSameBytes) {
    HostTable hosts;
    MacAddress mac;
    mac.bytes = {10, 0, 0, 1, 0, 0};
    EXPECT_NE(hosts.idOf(mac), hosts.idOf(*parseIpAddress("10.0.0.1")));
}

TEST(FlowTable, GivesBothDirectionsTheSameFlow) {
    FlowTable flows;
    const OrientedKey there = flowKey(3, 9, 40'000, 80, 6), back = flowKey(9, 3, 80, 40'000, 6);
    EXPECT_EQ(flows.idOf(there.key), flows.idOf(back.key));
    EXPECT_NE(there.swapped, back.swapped);
}

TEST(FlowTable, OrdersTheTwoEndsOfAFlowWithinOneHostByPort) {
    const OrientedKey there = flowKey(1, 1, 40'000, 80, 6), back = flowKey(1, 1, 80, 40'000, 6);
    EXPECT_EQ(there.key, back.key);
    EXPECT_NE(there.swapped, back.swapped);
}

TEST(FlowTable, KeepsProtocolsWithTheSamePortsApart) {
    FlowTable flows;
    EXPECT_NE(flows.idOf(flowKey(1, 2, 53, 53, 6).key), flows.idOf(flowKey(1, 2, 53, 53, 17).key));
}

TEST(FlowTable, FindsTheNewerFlowWherePortsAreUsedAgain) {
    FlowTable flows;
    const FlowKey key = flowKey(1, 2, 40'000, 80, 6).key;
    const FlowId first = flows.idOf(key);
    const FlowId second = flows.renew(key);
    EXPECT_NE(first, second);
    EXPECT_EQ(flows.idOf(key), second);
    EXPECT_EQ(flows[first].key, key);
    EXPECT_EQ(flows.size(), 2u);
}

} // namespace
} // namespace wirestage
