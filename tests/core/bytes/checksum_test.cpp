// SPDX-License-Identifier: GPL-3.0-or-later
// The Internet checksum against the worked example of RFC 1071 and a header computed by hand.
#include "core/bytes/checksum.h"

#include <gtest/gtest.h>

using namespace wirestage;

// RFC 1071, section 3: the bytes 00 01 f2 03 f4 f5 f6 f7 sum up to ddf2.
TEST(InternetChecksum, SumsTheExampleOfRfc1071) {
    const std::uint8_t bytes[] = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};
    InternetChecksum sum;
    sum.add(bytes);
    EXPECT_EQ(sum.value(), static_cast<std::uint16_t>(~0xddf2));
}

TEST(InternetChecksum, PadsAnOddByteWithZero) {
    const std::uint8_t odd[] = {0x12, 0x34, 0x56}, even[] = {0x12, 0x34, 0x56, 0x00};
    InternetChecksum first, second;
    first.add(odd);
    second.add(even);
    EXPECT_EQ(first.value(), second.value());
}

TEST(InternetChecksum, IsZeroOverBytesThatContainIt) {
    const std::uint8_t bytes[] = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7, 0x22, 0x0d};
    InternetChecksum sum;
    sum.add(bytes);
    EXPECT_EQ(sum.value(), 0);
}

// 0a00 0001 + 0a00 0002 + 0011 + 0008: all sums below 2^16 but for none, so by hand 0x1400 + 3 + 0x19.
TEST(InternetChecksum, CountsThePseudoHeader) {
    InternetChecksum sum;
    sum.addPseudoHeader(*parseIpAddress("10.0.0.1"), *parseIpAddress("10.0.0.2"), 17, 8);
    EXPECT_EQ(sum.value(), static_cast<std::uint16_t>(~(0x0a00 + 0x0001 + 0x0a00 + 0x0002 + 17 + 8)));
}
