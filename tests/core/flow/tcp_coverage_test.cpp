// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/tcp_coverage.h"

#include <gtest/gtest.h>

namespace wirestage {
namespace {

TEST(TcpCoverage, CountsWhatIsSentAgainOnce) {
    TcpCoverage sent;
    sent.take(1000, 100);
    sent.take(1100, 100);
    sent.take(1000, 100);
    EXPECT_EQ(sent.bytes(), 200U);
    sent.take(1050, 200); // cut anew: 50 of its bytes are new
    EXPECT_EQ(sent.bytes(), 250U);
}

TEST(TcpCoverage, CountsARepetitionThatFillsWhatTheCaptureMissed) {
    TcpCoverage sent;
    sent.take(1000, 100);
    sent.take(1300, 100);
    EXPECT_EQ(sent.bytes(), 200U);
    sent.take(1150, 50);
    EXPECT_EQ(sent.bytes(), 250U);
    sent.take(1050, 300); // 1100 to 1150 and 1200 to 1300 were not seen before
    EXPECT_EQ(sent.bytes(), 400U);
    sent.take(1100, 200);
    EXPECT_EQ(sent.bytes(), 400U);
}

// RFC 9293, section 3.4: sequence numbers are modulo 2 to the 32nd.
TEST(TcpCoverage, CountsOnOverTheWrapOfTheNumbers) {
    TcpCoverage sent;
    sent.take(0xffffff9c, 100);
    sent.take(0, 100);
    sent.take(0xffffff9c, 100);
    EXPECT_EQ(sent.bytes(), 200U);
}

TEST(TcpCoverage, KeepsNoMoreHolesThanAFew) {
    TcpCoverage sent;
    for (std::uint32_t i = 0; i < 100'000; ++i)
        sent.take(i * 20, 10);
    EXPECT_EQ(sent.bytes(), 1'000'000U);
    sent.take(99'998 * 20 + 10, 10);
    EXPECT_EQ(sent.bytes(), 1'000'010U);
}

TEST(TcpCoverage, CountsWhatTheFirstSegmentHasOvertaken) {
    TcpCoverage sent;
    sent.take(2440, 100);
    sent.take(1000, 100); // a hole of 1340 between the two
    EXPECT_EQ(sent.bytes(), 200U);
    sent.take(1100, 1340);
    EXPECT_EQ(sent.bytes(), 1540U);
    sent.take(1000, 1540);
    EXPECT_EQ(sent.bytes(), 1540U);
    sent.take(950, 100); // 50 of them lie before all others
    EXPECT_EQ(sent.bytes(), 1590U);
}

} // namespace
} // namespace wirestage
