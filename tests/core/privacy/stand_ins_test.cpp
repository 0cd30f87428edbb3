// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privacy/stand_ins.h"

#include <gmock/gmock.h>

#include <set>

namespace wirestage {
namespace {

IpAddress ip(std::string_view text) {
    return *parseIpAddress(text);
}
MacAddress mac(std::string_view text) {
    return *parseMacAddress(text);
}

std::string shown(StandIns& names, std::string_view address) {
    return toString(names.of(ip(address)));
}

TEST(StandIns, KeepTheSubnetAndComeFromRangesForDocumentation) {
    StandIns names;
    EXPECT_EQ(shown(names, "192.168.1.57"), "192.0.2.10");
    EXPECT_EQ(shown(names, "192.168.1.1"), "192.0.2.1");
    EXPECT_EQ(shown(names, "192.168.1.255"), "192.0.2.255");
    EXPECT_EQ(shown(names, "192.168.1.0"), "192.0.2.0");
    EXPECT_EQ(shown(names, "93.184.216.34"), "198.51.100.10");
    EXPECT_EQ(shown(names, "93.184.216.35"), "198.51.100.11");
    EXPECT_EQ(shown(names, "192.168.1.57"), "192.0.2.10") << "the same again";
}

TEST(StandIns, LeaveWhatTeachesAndNamesNobody) {
    StandIns names;
    for (const char* address :
         {"0.0.0.0", "255.255.255.255", "127.0.0.1", "224.0.0.251", "::", "::1", "ff02::fb"})
        EXPECT_EQ(shown(names, address), address);
    for (const char* address :
         {"ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "01:00:5e:00:00:fb", "33:33:00:00:00:01"})
        EXPECT_EQ(toString(names.of(mac(address))), address);
    EXPECT_TRUE(shown(names, "169.254.7.7").starts_with("169.254."));
    EXPECT_TRUE(shown(names, "fe80::1234:5678:9abc:def0").starts_with("fe80::"));
}

TEST(StandIns, LeadBackToWhomTheyStandFor) {
    StandIns names;
    for (const char* address : {"10.0.0.5", "10.0.0.6", "10.0.0.0", "10.0.0.255", "8.8.8.8", "192.0.2.7",
                                "2a00:1450::8a", "fe80::aabb:ccff:fedd:eeff", "fd12:3456::1",
                                "::ffff:10.0.0.5", "224.0.0.1", "ff02::1:ffdd:eeff", "0.0.0.0"})
        EXPECT_EQ(toString(names.behind(names.of(ip(address)))), address);
    EXPECT_EQ(names.behind(names.of(mac("00:1b:21:0a:0b:0c"))), mac("00:1b:21:0a:0b:0c"));
}

TEST(StandIns, NeverAreSomebodysRealAddress) {
    StandIns names;
    const std::vector<IpAddress> used{ip("192.0.2.1"), ip("198.51.100.9"), ip("fe80::1"), ip("10.1.0.1")};
    const std::vector<MacAddress> hardware{mac("02:00:5e:00:00:01")};
    names.avoid(used, hardware);
    std::set<std::string> given;
    for (const IpAddress& address : used)
        given.insert(toString(names.of(address)));
    for (unsigned i = 1; i < 200; ++i)
        given.insert(shown(names, "10." + std::to_string(i) + ".0.1"));
    EXPECT_EQ(given.size(), 202u) << "no two share one, and 10.1.0.1 was there twice";
    for (const IpAddress& address : used)
        EXPECT_FALSE(given.contains(toString(address)));
    EXPECT_NE(names.of(mac("00:1b:21:0a:0b:0c")), hardware.front());
}

TEST(StandIns, FitIntoThePlaceOfAPrivateAddress) {
    StandIns names;
    for (unsigned net = 0; net < 80; ++net)
        for (const unsigned host : {1U, 9U, 10U, 99U, 100U, 254U}) {
            const std::string address = "10.0." + std::to_string(net) + "." + std::to_string(host);
            EXPECT_LE(shown(names, address).size(), address.size()) << address;
        }
}

/// A scan of a large network: each subnet has its own, and the last one as soon as the first.
TEST(StandIns, AreEnoughForEverySubnetOfAScan) {
    StandIns names;
    std::set<std::string> given;
    for (unsigned net = 0; net < 60'000; ++net)
        given.insert(shown(names, "10." + std::to_string(net >> 8) + "." + std::to_string(net & 255) + ".1"));
    EXPECT_EQ(given.size(), 60'000u);
}

TEST(StandIns, OfASolicitedNodeAddressBelongToTheAddressItAsksFor) {
    StandIns names;
    const std::string asked = shown(names, "2001:4860::aabb:ccdd:eeff");
    const std::string group = shown(names, "ff02::1:ffdd:eeff");
    EXPECT_EQ(asked, "2001:db8:1::1");
    EXPECT_EQ(group, "ff02::1:ff00:1");
    EXPECT_EQ(toString(names.of(mac("33:33:ff:dd:ee:ff"))), "33:33:ff:00:00:01");
    EXPECT_EQ(shown(names, "fe80::aabb:ccdd:eeff"), "fe80::1") << "one interface, two prefixes";
    EXPECT_NE(shown(names, "2001:4860::1:0:ccdd:eeff"), asked);
}

TEST(StandIns, ForNamesAreAsLongAndFollowCapitals) {
    StandIns names;
    EXPECT_EQ(names.of("google"), "examp1");
    EXPECT_EQ(names.of("Google"), "Examp1");
    EXPECT_EQ(names.of("com"), "ex1");
    EXPECT_EQ(names.of("org"), "ex2");
    EXPECT_EQ(names.of("www"), "www");
    EXPECT_EQ(names.of("_tcp"), "_tcp");
    std::set<std::string> given;
    for (unsigned i = 100; i < 1000; ++i) {
        const std::string label = std::to_string(i);
        EXPECT_EQ(names.of(label).size(), 3u);
        given.insert(names.of(label));
    }
    EXPECT_GE(given.size(), 890u);
}

} // namespace
} // namespace wirestage
