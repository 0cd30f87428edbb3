// SPDX-License-Identifier: GPL-3.0-or-later
// Settings by name: what is refused, and in which words.
#include "core/simulation/settings.h"

#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

constexpr std::string_view modes[] = {"active", "passive"};
constexpr SettingSpec reservation[] = {{"mac", SettingType::Mac, true},
                                       {"address", SettingType::Address, true}};
constexpr SettingSpec specs[] = {
    {"scope", SettingType::Range, true},
    {"lease", SettingType::Duration, false, 60, 86400},
    {"tries", SettingType::Number, false, 1, 10},
    {"mode", SettingType::Text, false, 0, 0, {}, modes},
    {"reservations", SettingType::Table, false, 0, 0, reservation},
};

Settings good() {
    Settings settings;
    settings.set("scope", std::string("192.168.1.50-192.168.1.99"));
    settings.set("lease", 90.5);
    return settings;
}

std::string wrong(const Settings& settings) {
    const auto problem = check(settings, specs);
    return problem ? problem->name + ": " + english(problem->why) : "";
}

TEST(Settings, PassWhenEveryValueIsPossible) {
    EXPECT_EQ(wrong(good()), "");
    EXPECT_DOUBLE_EQ(good().seconds("lease"), 90.5);
}

TEST(Settings, NameTheNearestWordForAMisspeltOne) {
    Settings settings = good();
    settings.set("leese", 60.0);
    EXPECT_EQ(wrong(settings), "leese: is not known here; did you mean “lease”?");
    settings = good();
    settings.set("quarantine", 60.0);
    EXPECT_EQ(wrong(settings), "quarantine: is not known here");
}

TEST(Settings, SayWhatIsOutOfRangeMissingOrOfAnotherType) {
    Settings settings = good();
    settings.set("lease", 5.0);
    EXPECT_EQ(wrong(settings), "lease: must be from 60 to 86400, not 5");
    settings = good();
    settings.set("tries", 1.5);
    EXPECT_EQ(wrong(settings), "tries: must be a whole number");
    settings = good();
    settings.set("mode", std::string("sideways"));
    EXPECT_EQ(wrong(settings), "mode: “sideways” is none of: active, passive");
    EXPECT_EQ(wrong({}), "scope: is missing");
    settings = good();
    settings.set("scope", std::string("192.168.1.99-192.168.1.50"));
    EXPECT_EQ(wrong(settings),
              "scope: “192.168.1.99-192.168.1.50” is not a range as in 192.168.1.50-192.168.1.99");
}

TEST(Settings, CheckTheRowsOfATable) {
    Settings row;
    row.set("mac", std::string("02:00:00:00:00:01"));
    Settings settings = good();
    settings.set("reservations", std::vector<Settings>{row});
    EXPECT_EQ(wrong(settings), "reservations[1].address: is missing");
}

TEST(Networks, ContainTheAddressesBehindTheirPrefix) {
    const auto network = parseNetwork("10.1.0.0/16");
    ASSERT_TRUE(network);
    EXPECT_TRUE(network->contains(*parseIpAddress("10.1.255.3")));
    EXPECT_FALSE(network->contains(*parseIpAddress("10.2.0.3")));
    EXPECT_TRUE(parseNetwork("0.0.0.0/0")->contains(*parseIpAddress("8.8.8.8")));
    for (const char* text : {"10.1.0.0", "10.1.0.0/33", "10.1.0.0/", "/8", "10.1/8"})
        EXPECT_FALSE(parseNetwork(text)) << text;
}

} // namespace
} // namespace wirestage::simulation
