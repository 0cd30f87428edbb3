// SPDX-License-Identifier: GPL-3.0-or-later
// The cursor and its opposite: numbers in both orders, and what happens at the end of the bytes.
#include "core/bytes/reader.h"
#include "core/bytes/writer.h"

#include <gtest/gtest.h>

using namespace wirestage;

TEST(Reader, ReadsNetworkOrder) {
    const std::uint8_t bytes[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a};
    Reader reader(bytes);
    EXPECT_EQ(reader.u8(), 0x01);
    EXPECT_EQ(reader.u16(), 0x0203);
    EXPECT_EQ(reader.u24(), 0x040506U);
    EXPECT_EQ(reader.u32(), 0x0708090aU);
    EXPECT_TRUE(reader.empty());
    EXPECT_FALSE(reader.truncated());
}

TEST(Reader, ReadsLittleEndianWhereAsked) {
    const std::uint8_t bytes[] = {0x78, 0x56, 0x34, 0x12};
    Reader reader(bytes);
    EXPECT_EQ(reader.little<4>(), 0x12345678U);
}

TEST(Reader, GivesZeroPastTheEndAndRemembersIt) {
    const std::uint8_t bytes[] = {0xff, 0xff, 0xff};
    Reader reader(bytes);
    EXPECT_EQ(reader.u32(), 0U);
    EXPECT_TRUE(reader.truncated());
    EXPECT_EQ(reader.u8(), 0) << "nothing is handed out after the bytes ran out";
    EXPECT_TRUE(reader.truncated());
}

TEST(Reader, TakesWhatIsLeftOfBytesThatAreNotAllThere) {
    const std::uint8_t bytes[] = {1, 2, 3};
    Reader reader(bytes);
    reader.skip(1);
    EXPECT_EQ(reader.take(5).size(), 2U);
    EXPECT_TRUE(reader.truncated());
}

TEST(Reader, PeeksWithoutMovingAndWithoutComplaint) {
    const std::uint8_t bytes[] = {7, 8};
    const Reader reader(bytes);
    EXPECT_EQ(reader.peek(), 7);
    EXPECT_EQ(reader.peek(1), 8);
    EXPECT_EQ(reader.peek(2), 0);
    EXPECT_FALSE(reader.truncated());
}

TEST(Reader, IsSafeWithoutAnyBytes) {
    Reader reader;
    EXPECT_TRUE(reader.empty());
    EXPECT_EQ(reader.u64(), 0U);
    EXPECT_TRUE(reader.truncated());
}

TEST(Writer, WritesWhatTheReaderReads) {
    Writer writer;
    writer.u8(0x12);
    writer.u16(0x3456);
    writer.big<3>(0x789abc);
    writer.little<4>(0xdeadbeef);
    writer.append(std::string_view("ok"));
    writer.zeros(2);
    writer.patch16(1, 0x6543);
    Reader reader(writer.bytes());
    EXPECT_EQ(reader.u8(), 0x12);
    EXPECT_EQ(reader.u16(), 0x6543);
    EXPECT_EQ(reader.u24(), 0x789abcU);
    EXPECT_EQ(reader.little<4>(), 0xdeadbeefU);
    EXPECT_EQ(reader.u32(), 0x6f6b0000U);
    EXPECT_TRUE(reader.empty());
}
