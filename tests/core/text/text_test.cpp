// SPDX-License-Identifier: GPL-3.0-or-later
// Text in English: arguments, plurals, amounts, and foreign bytes made safe.
#include "core/text/text.h"

#include <gtest/gtest.h>
#include <limits>

using namespace wirestage;

namespace {

std::string duration(std::int64_t nanoseconds) {
    return english(durationInWords(nanoseconds));
}

std::string amount(std::uint64_t bytes) {
    return english(bytesInWords(bytes));
}

constexpr std::int64_t second = 1'000'000'000;

} // namespace

TEST(Text, PutsArgumentsInTheirPlaces) {
    EXPECT_EQ(english(WS_TR("test", "%2 before %1").with("a").with(7)), "7 before a");
}

TEST(Text, DoesNotFillWhatCameOffTheWire) {
    EXPECT_EQ(english(Text::verbatim("100%1 (s)").with("x")), "100%1 (s)");
    EXPECT_EQ(english(WS_TR("test", "%1 and %2").with("%2").with("b")), "%2 and b");
}

TEST(Text, KeepsAPlaceThatHasNoArgument) {
    EXPECT_EQ(english(WS_TR("test", "%1 of %2").with("one")), "one of %2");
    EXPECT_EQ(english(WS_TR("test", "100% of it")), "100% of it");
}

TEST(Text, FillsTextsInsideTexts) {
    EXPECT_EQ(english(WS_TR("test", "<%1>").with(WS_TR("test", "(%1)").with(3))), "<(3)>");
}

TEST(Text, CountsInTheSingularAndThePlural) {
    EXPECT_EQ(english(WS_TRN("test", "%n file(s) listed", "", 1)), "1 file listed");
    EXPECT_EQ(english(WS_TRN("test", "%n file(s) listed", "", 0)), "0 files listed");
    EXPECT_EQ(english(WS_TRN("test", "%n file(s) listed", "", 3)), "3 files listed");
}

TEST(BytesInWords, GivesOneDigitOfTheNextUnit) {
    EXPECT_EQ(amount(1), "1 byte");
    EXPECT_EQ(amount(999), "999 bytes");
    EXPECT_EQ(amount(1000), "1 kB");
    EXPECT_EQ(amount(1249), "1.2 kB");
    EXPECT_EQ(amount(999'949), "999.9 kB");
    EXPECT_EQ(amount(999'950), "1 MB") << "not 1000 kB";
    EXPECT_EQ(amount(3'400'000), "3.4 MB");
    EXPECT_EQ(amount(std::numeric_limits<std::uint64_t>::max()), "18446744.1 TB");
}

TEST(DurationInWords, UsesTheUnitThatFits) {
    EXPECT_EQ(duration(0), "0 s");
    EXPECT_EQ(duration(500), "500 ns");
    EXPECT_EQ(duration(1'500), "1.5 µs");
    EXPECT_EQ(duration(23'400'000), "23 ms");
    EXPECT_EQ(duration(2'340'000), "2.3 ms");
    EXPECT_EQ(duration(1'200'000'000), "1.2 s");
    EXPECT_EQ(duration(45 * second), "45 s");
}

TEST(DurationInWords, UsesTwoUnitsFromAMinuteOn) {
    EXPECT_EQ(duration(60 * second), "1 min");
    EXPECT_EQ(duration(200 * second), "3 min 20 s");
    EXPECT_EQ(duration(3600 * second), "1 h");
    EXPECT_EQ(duration(2 * 3600 * second + 300 * second), "2 h 5 min");
    EXPECT_EQ(duration(86400 * second * 8), "8 d");
    EXPECT_EQ(duration(86400 * second + 7200 * second), "1 d 2 h");
}

TEST(DurationInWords, RoundsUpIntoTheNextUnit) {
    EXPECT_EQ(duration(999'960'000), "1 s");
    EXPECT_EQ(duration(59'700'000'000), "1 min");
    EXPECT_EQ(duration(3599'600'000'000), "1 h");
    EXPECT_EQ(duration(86'399 * second), "1 d");
}

TEST(DurationInWords, TellsTheSign) {
    EXPECT_EQ(duration(-2 * second), "-2 s");
    EXPECT_FALSE(duration(std::numeric_limits<std::int64_t>::min()).empty());
}

TEST(Printable, KeepsTextAndShowsOtherBytesAsNumbers) {
    EXPECT_EQ(printable("USER anonymous"), "USER anonymous");
    EXPECT_EQ(printable("a\r\n\t\x7f"), "a\\x0d\\x0a\\x09\\x7f");
    EXPECT_EQ(printable("Grüße 北京"), "Grüße 北京");
    EXPECT_EQ(printable(std::string_view("\0x", 2)), "\\x00x");
}

// RFC 3629, section 3: overlong forms, surrogates and what is beyond 10FFFF are no UTF-8.
TEST(Printable, ShowsBrokenUtf8ByteByByte) {
    EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
    EXPECT_EQ(printable("\xe2\x82"), "\\xe2\\x82");
    EXPECT_EQ(printable("\xff"), "\\xff");
}

TEST(Printable, ShowsMarksThatWouldTurnTheTextAround) {
    EXPECT_EQ(printable("a\u202eb"), "a\\xe2\\x80\\xaeb");
    EXPECT_EQ(printable("a\u2066b"), "a\\xe2\\x81\\xa6b");
}

TEST(Printable, CutsAtCharactersNotBytes) {
    EXPECT_EQ(printable("äöü", 2), "äö…");
    EXPECT_EQ(printable("äöü", 3), "äöü");
}
