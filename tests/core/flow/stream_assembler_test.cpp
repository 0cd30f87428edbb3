// SPDX-License-Identifier: GPL-3.0-or-later
// A stream's bytes in order, each once (RFC 9293, section 3.10.7.4), cut into lines here.
#include "core/flow/stream_assembler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace wirestage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::size_t line(Bytes bytes) {
    const auto end = std::find(bytes.begin(), bytes.end(), '\n');
    return end == bytes.end() ? 0 : static_cast<std::size_t>(end - bytes.begin()) + 1;
}

/// Feeds segments and writes down the lines: "text/packets".
class Lines {
public:
    Lines& segment(std::uint32_t packet, std::uint32_t sequence, const std::string& text) {
        const Bytes bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
        stream.segment(packet, sequence, bytes, line,
                       [&](Bytes message, const std::vector<std::uint32_t>& from) { take(message, from); });
        return *this;
    }
    void take(Bytes message, const std::vector<std::uint32_t>& from) {
        std::string text(message.begin(), message.end());
        if (!text.empty() && text.back() == '\n')
            text.pop_back();
        if (text.size() > 20)
            text = std::to_string(text.size()) + " bytes";
        for (const std::uint32_t packet : from)
            text += "/" + std::to_string(packet);
        got.push_back(text);
    }
    StreamAssembler stream;
    std::vector<std::string> got;
};

TEST(StreamAssembler, HandsOutAMessageWithThePacketsItCameIn) {
    Lines lines;
    lines.segment(1, 100, "US").segment(2, 102, "ER\nPA").segment(5, 107, "SS\n");
    EXPECT_THAT(lines.got, ElementsAre("USER/1/2", "PASS/2/5"));
    EXPECT_FALSE(lines.stream.holdsPart());
}

TEST(StreamAssembler, HandsOutSeveralMessagesOfOneSegment) {
    Lines lines;
    lines.segment(1, 100, "a\nb\nc");
    EXPECT_THAT(lines.got, ElementsAre("a/1", "b/1"));
    EXPECT_TRUE(lines.stream.holdsPart());
}

TEST(StreamAssembler, WaitsForASegmentThatCameLate) {
    Lines lines;
    lines.segment(1, 100, "on").segment(2, 105, "two\n");
    EXPECT_THAT(lines.got, IsEmpty());
    lines.segment(3, 102, "e!\n");
    EXPECT_THAT(lines.got, ElementsAre("one!/1/3", "two/2"));
}

TEST(StreamAssembler, PassesOverBytesThatCameBefore) {
    Lines lines;
    lines.segment(1, 100, "one\n").segment(2, 100, "one\n").segment(3, 102, "e\ntwo\n");
    EXPECT_THAT(lines.got, ElementsAre("one/1", "two/3"));
}

TEST(StreamAssembler, GoesOnAcrossTheWrapOfSequenceNumbers) {
    Lines lines;
    lines.segment(1, 0xfffffffe, "on").segment(3, 2, "two\n").segment(2, 0, "e\n");
    EXPECT_THAT(lines.got, ElementsAre("one/1/2", "two/3"));
}

TEST(StreamAssembler, BeginsWhereItIsToldTo) {
    Lines lines;
    lines.stream.begin(100);
    lines.segment(2, 104, "two\n");
    EXPECT_THAT(lines.got, IsEmpty());
    lines.segment(3, 100, "one\n");
    EXPECT_THAT(lines.got, ElementsAre("one/3", "two/2"));
}

TEST(StreamAssembler, SkipsAHoleThatTooManyBytesWaitBehind) {
    Lines lines;
    lines.segment(0, 0, "lost half");
    const std::string piece = std::string(1023, 'x') + "\n";
    std::uint32_t sequence = 1000, packet = 1;
    while (lines.got.empty() && packet < 1000) {
        lines.segment(packet++, sequence, piece);
        sequence += 1024;
    }
    ASSERT_FALSE(lines.got.empty());
    EXPECT_EQ(lines.got.front(), "1023 bytes/1") << "the message before the hole is given up";
    EXPECT_LE((packet - 1) * 1024, StreamAssembler::mostWaitingBytes + 1024);
}

TEST(StreamAssembler, SkipsAHoleThatTooManyPiecesWaitBehind) {
    Lines lines;
    lines.segment(0, 0, "a");
    for (std::uint32_t i = 0; i <= StreamAssembler::mostWaitingPieces; ++i)
        lines.segment(i + 1, 10 + 2 * i, "b\n");
    EXPECT_EQ(lines.got.size(), StreamAssembler::mostWaitingPieces + 1);
}

TEST(StreamAssembler, ShowsAMessageThatDoesNotEnd) {
    Lines lines;
    const std::string piece(1000, 'x');
    for (std::uint32_t i = 0; i < 140; ++i)
        lines.segment(i, i * 1000, piece);
    ASSERT_EQ(lines.got.size(), 1u);
}

TEST(StreamAssembler, GivesTheRestWhenTheConnectionEnds) {
    Lines lines;
    lines.segment(1, 100, "ab").segment(2, 102, "c");
    lines.stream.finish(
        [&](Bytes message, const std::vector<std::uint32_t>& from) { lines.take(message, from); });
    EXPECT_THAT(lines.got, ElementsAre("abc/1/2"));
    EXPECT_FALSE(lines.stream.holdsPart());
}

} // namespace
} // namespace wirestage
