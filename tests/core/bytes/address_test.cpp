// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as text: the rules and examples of RFC 5952, section 4 and 5, and RFC 4291, section 2.2.
#include "core/bytes/address.h"

#include <gtest/gtest.h>

using namespace wirestage;

namespace {

std::string again(std::string_view text) {
    const auto address = parseIpAddress(text);
    return address ? toString(*address) : "none";
}

TEST(MacAddresses, AreReadAsTheyAreWritten) {
    const auto address = parseMacAddress("02:00:5e:10:00:Fe");
    ASSERT_TRUE(address);
    EXPECT_EQ(toString(*address), "02:00:5e:10:00:fe");
    for (const char* wrong :
         {"", "02:00:5e:10:00", "02:00:5e:10:00:1", "02-00-5e-10-00-01", "02:00:5e:10:00:0g"})
        EXPECT_FALSE(parseMacAddress(wrong)) << wrong;
}

} // namespace

TEST(IpAddress, IsWrittenAsRfc5952Recommends) {
    EXPECT_EQ(again("2001:0db8:0:0:0:0:2:1"), "2001:db8::2:1");
    EXPECT_EQ(again("2001:DB8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1") << "one zero group is not shortened";
    EXPECT_EQ(again("2001:0:0:1:0:0:0:1"), "2001:0:0:1::1") << "the longest run is";
    EXPECT_EQ(again("2001:db8:0:0:1:0:0:1"), "2001:db8::1:0:0:1") << "the first of equal ones is";
    EXPECT_EQ(again("0:0:0:0:0:0:0:0"), "::");
    EXPECT_EQ(again("0:0:0:0:0:0:0:1"), "::1");
    EXPECT_EQ(again("fe80:0:0:0:0:0:0:0"), "fe80::");
    EXPECT_EQ(again("::FFFF:192.0.2.1"), "::ffff:192.0.2.1");
}

TEST(IpAddress, ReadsTheFormsOfRfc4291) {
    EXPECT_EQ(again("FF01::101"), "ff01::101");
    EXPECT_EQ(again("::13.1.68.3"), "::d01:4403");
    EXPECT_EQ(again("64:ff9b::192.0.2.33"), "64:ff9b::c000:221");
    EXPECT_EQ(again("192.0.2.33"), "192.0.2.33");
}

TEST(IpAddress, RefusesWhatIsNone) {
    for (const char* text : {"", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::",
                             "g::", "1:2:3:4:5:6:7:8::", "::1.2.3", "1.2.3", "1.2.3.4.5", "1.2.3.256",
                             "01.2.3.4", "1.2.3.4 ", "1:2:3:4:5:6:7:", "::1:", "1.2.3.4::", "+1.2.3.4"})
        EXPECT_FALSE(parseIpAddress(text)) << text;
}

TEST(IpAddress, KnowsBroadcastAndMulticast) {
    EXPECT_TRUE(parseIpAddress("255.255.255.255")->isBroadcast());
    EXPECT_TRUE(parseIpAddress("224.0.0.1")->isMulticast());
    EXPECT_FALSE(parseIpAddress("223.255.255.255")->isMulticast());
    EXPECT_TRUE(parseIpAddress("ff02::1")->isMulticast());
}

TEST(IpAddress, WithoutVersionIsNoText) {
    EXPECT_EQ(toString(IpAddress{}), "");
}

TEST(MacAddress, IsWrittenInLowerCaseWithColons) {
    EXPECT_EQ(toString(MacAddress{{0x02, 0x00, 0x5E, 0x10, 0x00, 0xFF}}), "02:00:5e:10:00:ff");
}
