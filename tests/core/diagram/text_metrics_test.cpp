// SPDX-License-Identifier: GPL-3.0-or-later
// Breaking text into lines. A metric of one unit a character makes the expectations countable by eye.
#include "core/diagram/text_metrics.h"

#include <gtest/gtest.h>

namespace wirestage::diagram {
namespace {

class LetterMetrics : public TextMetrics {
public:
    [[nodiscard]] double width(Font, std::string_view text) const override {
        double count = 0;
        for (; !text.empty(); ++count)
            takeCharacter(text);
        return count;
    }
};

using Lines = std::vector<std::string>;

TEST(Wrap, BreaksBetweenWords) {
    EXPECT_EQ(wrap(LetterMetrics(), Font::Summary, "one two three four", 9),
              (Lines{"one two", "three", "four"}));
    EXPECT_EQ(wrap(LetterMetrics(), Font::Summary, "one two", 7), (Lines{"one two"}));
    EXPECT_EQ(wrap(LetterMetrics(), Font::Summary, "", 7), Lines{});
}

TEST(Wrap, BreaksAnAddressBehindAColon) {
    EXPECT_EQ(wrap(LetterMetrics(), Font::Small, "2001:db8:85a3::7334", 12),
              (Lines{"2001:db8:", "85a3::7334"}));
}

TEST(Wrap, BreaksAWordWithoutAnySeamWhereItMust) {
    EXPECT_EQ(wrap(LetterMetrics(), Font::Small, "abcdefgh", 3), (Lines{"abc", "def", "gh"}));
    EXPECT_EQ(wrap(LetterMetrics(), Font::Small, "ab", 0), (Lines{"a", "b"}));
}

TEST(Wrap, NeverDividesACharacter) {
    for (const std::string& line : wrap(LetterMetrics(), Font::Small, "äöüßäöüß", 3))
        EXPECT_EQ(line.size() % 2, 0U);
}

TEST(WrapAtMost, EndsInAnEllipsisAfterAWholeWord) {
    EXPECT_EQ(wrapAtMost(LetterMetrics(), Font::Summary, "one two three four", 9, 2),
              (Lines{"one two", "three…"}));
    EXPECT_EQ(wrapAtMost(LetterMetrics(), Font::Summary, "aa bb cc dd", 5, 1), (Lines{"aa…"}));
    EXPECT_EQ(wrapAtMost(LetterMetrics(), Font::Summary, "one two", 9, 2), (Lines{"one two"}));
}

TEST(TakeCharacter, ReadsBrokenUtf8WithoutRunningPastTheEnd) {
    for (const std::string text : {"\xc3", "\xe2\x82", "\xff\xfe", "\x80", "\xf0\x9f\x98"}) {
        std::string_view rest = text;
        std::size_t characters = 0;
        while (!rest.empty() && ++characters < 10)
            EXPECT_EQ(takeCharacter(rest), U'\ufffd');
        EXPECT_TRUE(rest.empty());
    }
}

// Read from the font's hmtx table: a capital H of DejaVu Sans is 1540 units of 2048 wide, a bold one 1714.
TEST(PlainMetrics, KnowsTheWidthsOfDejaVuSans) {
    const PlainMetrics metrics(TypeSizes{20, 20, 20, 20});
    EXPECT_NEAR(metrics.width(Font::Summary, "H"), 20 * 1540.0 / 2048, 0.02);
    EXPECT_NEAR(metrics.width(Font::Label, "H"), 20 * 1714.0 / 2048, 0.02);
    EXPECT_NEAR(metrics.width(Font::Summary, "HH"), 40 * 1540.0 / 2048, 0.04);
}

} // namespace
} // namespace wirestage::diagram
