// SPDX-License-Identifier: GPL-3.0-or-later
// Text for people in English, and the amounts that many sentences contain. Also what makes foreign bytes safe
// to show (UTF-8 as of RFC 3629).
#include "core/text/text.h"

#include <fmt/format.h>

#include <array>

namespace wirestage {

namespace {

/// How many bytes the UTF-8 character at the start takes; 0 where it is none, an overlong one, or a
/// surrogate.
std::size_t utf8Length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80       ? 1
                               : lead >> 5 == 6  ? 2
                               : lead >> 4 == 14 ? 3
                               : lead >> 3 == 30 ? 4
                                                 : 0;
    if (length == 0 || length > text.size())
        return 0;
    if (length == 1)
        return 1;
    std::uint32_t point = lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (byte(i) >> 6 != 2)
            return 0;
        point = point << 6 | (byte(i) & 0x3fU);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    return point < least[length] || point > 0x10ffff || surrogate ? 0 : length;
}

/// Characters that would move, hide or turn the text around them: controls and the bidirectional marks.
bool isUnsafe(std::string_view character) {
    if (character.size() == 1)
        return static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7f;
    if (character.size() == 2)
        return character[0] == '\xc2' && static_cast<unsigned char>(character[1]) < 0xa0;
    if (character.size() != 3)
        return false;
    const auto last = static_cast<unsigned char>(character[2]);
    if (character.starts_with("\xe2\x80"))
        return last == 0x8e || last == 0x8f || (last >= 0xa8 && last <= 0xae);
    return character.starts_with("\xe2\x81") && last >= 0xa6 && last <= 0xa9;
}

/// `number` / `scale` with one digit behind the point, none where that is zero.
std::string tenths(std::uint64_t number, std::uint64_t scale) {
    const std::uint64_t rounded = number / scale * 10 + (number % scale * 10 + scale / 2) / scale;
    return rounded % 10 == 0 ? std::to_string(rounded / 10)
                             : fmt::format("{}.{}", rounded / 10, rounded % 10);
}

/// Below ten of a unit with a tenth, above in whole units; `limit` units and more are not this unit's
/// business.
bool fits(std::uint64_t nanoseconds, std::uint64_t unit, std::uint64_t limit) {
    return (nanoseconds + unit / 2) / unit < limit;
}

std::string amount(std::uint64_t nanoseconds, std::uint64_t unit) {
    return nanoseconds * 100 < unit * 995 ? tenths(nanoseconds, unit)
                                          : std::to_string((nanoseconds + unit / 2) / unit);
}

Text twoUnits(std::uint64_t seconds) {
    if (seconds < 3600) {
        const Text both = WS_TR("units", "%1 min %2 s"), one = WS_TR("units", "%1 min");
        return seconds % 60 ? Text(both).with(seconds / 60).with(seconds % 60) : Text(one).with(seconds / 60);
    }
    const std::uint64_t minutes = (seconds + 30) / 60;
    if (minutes < 24 * 60) {
        const Text both = WS_TR("units", "%1 h %2 min"), one = WS_TR("units", "%1 h");
        return minutes % 60 ? Text(both).with(minutes / 60).with(minutes % 60) : Text(one).with(minutes / 60);
    }
    const std::uint64_t hours = (seconds + 1800) / 3600;
    const Text both = WS_TR("units", "%1 d %2 h"), one = WS_TR("units", "%1 d");
    return hours % 24 ? Text(both).with(hours / 24).with(hours % 24) : Text(one).with(hours / 24);
}

Text positiveDuration(std::uint64_t nanoseconds) {
    constexpr std::uint64_t microsecond = 1'000, millisecond = 1'000'000, second = 1'000'000'000;
    if (nanoseconds == 0)
        return WS_TR("units", "0 s");
    if (nanoseconds < microsecond)
        return WS_TR("units", "%1 ns").with(nanoseconds);
    if (fits(nanoseconds, microsecond, 1000))
        return WS_TR("units", "%1 µs").with(amount(nanoseconds, microsecond));
    if (fits(nanoseconds, millisecond, 1000))
        return WS_TR("units", "%1 ms").with(amount(nanoseconds, millisecond));
    if (fits(nanoseconds, second, 60))
        return WS_TR("units", "%1 s").with(amount(nanoseconds, second));
    return twoUnits(nanoseconds / second + (nanoseconds % second >= second / 2 ? 1 : 0));
}

} // namespace

std::string fill(std::string_view pattern, const std::vector<std::string>& arguments,
                 std::optional<std::int64_t> count) {
    std::string text;
    text.reserve(pattern.size());
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
        if (pattern[i] == '%' && next >= '1' && next <= '9' &&
            static_cast<std::size_t>(next - '1') < arguments.size()) {
            text += arguments[static_cast<std::size_t>(next - '1')];
            ++i;
        } else if (pattern[i] == '%' && next == 'n' && count) {
            text += std::to_string(*count);
            ++i;
        } else if (count && pattern.substr(i, 3) == "(s)") {
            if (*count != 1)
                text += 's';
            i += 2;
        } else {
            text += pattern[i];
        }
    }
    return text;
}

std::string english(const Text& text) {
    if (text.context.empty())
        return text.source;
    std::vector<std::string> arguments;
    arguments.reserve(text.arguments.size());
    for (const Text& argument : text.arguments)
        arguments.push_back(english(argument));
    return fill(text.source, arguments, text.count);
}

Text bytesInWords(std::uint64_t bytes) {
    if (bytes < 1000)
        return WS_TRN("units", "%n byte(s)", "", bytes);
    if (bytes < 999'950)
        return WS_TR("units", "%1 kB").with(tenths(bytes, 1000));
    if (bytes < 999'950'000)
        return WS_TR("units", "%1 MB").with(tenths(bytes, 1'000'000));
    if (bytes < 999'950'000'000)
        return WS_TR("units", "%1 GB").with(tenths(bytes, 1'000'000'000));
    return WS_TR("units", "%1 TB").with(tenths(bytes, 1'000'000'000'000));
}

Text durationInWords(std::int64_t nanoseconds) {
    if (nanoseconds >= 0)
        return positiveDuration(static_cast<std::uint64_t>(nanoseconds));
    return WS_TR("units", "-%1").with(positiveDuration(~static_cast<std::uint64_t>(nanoseconds) + 1));
}

std::string printable(std::string_view bytes, std::size_t most) {
    std::string text;
    for (std::size_t characters = 0; !bytes.empty(); ++characters) {
        if (characters == most)
            return text + "…";
        const std::size_t length = utf8Length(bytes);
        const std::string_view character = bytes.substr(0, length ? length : 1);
        if (length == 0 || isUnsafe(character))
            for (const char byte : character)
                text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
        else
            text += character;
        bytes.remove_prefix(character.size());
    }
    return text;
}

} // namespace wirestage
