// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as text: IPv6 in the recommended form of RFC 5952 (lower case, the longest run of at least two
// zero groups shortened, the first of equal ones, IPv4-mapped addresses with dots), read in every form of RFC
// 4291, 2.2.
#include "core/bytes/address.h"

#include <algorithm>
#include <charconv>

namespace wirestage {

namespace {

constexpr char hexadecimal[] = "0123456789abcdef";

void appendDecimal(std::string& text, unsigned number) {
    char digits[10];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    text.append(digits, end);
}

void appendDotted(std::string& text, const std::uint8_t* four) {
    for (int i = 0; i < 4; ++i) {
        if (i > 0)
            text += '.';
        appendDecimal(text, four[i]);
    }
}

struct Run {
    int begin = -1, length = 0;
};

Run longestZeroRun(const std::array<std::uint16_t, 8>& groups) {
    Run best;
    for (int i = 0; i < 8;) {
        int end = i;
        while (end < 8 && groups[static_cast<std::size_t>(end)] == 0)
            ++end;
        if (end - i >= 2 && end - i > best.length)
            best = {i, end - i};
        i = end + 1;
    }
    return best;
}

bool isMapped(const IpAddress& address) {
    for (std::size_t i = 0; i < 10; ++i)
        if (address.bytes[i] != 0)
            return false;
    return address.bytes[10] == 0xff && address.bytes[11] == 0xff;
}

std::string ipv6Text(const IpAddress& address) {
    std::string text;
    if (isMapped(address)) {
        text = "::ffff:";
        appendDotted(text, address.bytes.data() + 12);
        return text;
    }
    std::array<std::uint16_t, 8> groups;
    for (std::size_t i = 0; i < 8; ++i)
        groups[i] = static_cast<std::uint16_t>(address.bytes[2 * i] << 8 | address.bytes[2 * i + 1]);
    const Run zeros = longestZeroRun(groups);
    for (int i = 0; i < 8; ++i) {
        if (i == zeros.begin) {
            text += "::";
            i += zeros.length - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':')
            text += ':';
        char digits[4];
        const auto end = std::to_chars(digits, digits + 4, groups[static_cast<std::size_t>(i)], 16).ptr;
        text.append(digits, end);
    }
    return text;
}

/// Dotted quad without leading zeros, which some read as octal (RFC 6943, 3.1.1).
bool parseDotted(std::string_view text, std::uint8_t* four) {
    for (int i = 0; i < 4; ++i) {
        if (i > 0) {
            if (text.empty() || text.front() != '.')
                return false;
            text.remove_prefix(1);
        }
        unsigned number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const auto digits = static_cast<std::size_t>(end - text.data());
        if (error != std::errc{} || number > 255 || digits > 3 || (digits > 1 && text.front() == '0'))
            return false;
        four[i] = static_cast<std::uint8_t>(number);
        text.remove_prefix(digits);
    }
    return text.empty();
}

struct Groups {
    std::array<std::uint8_t, 16> bytes{};
    std::size_t count = 0; ///< bytes
};

/// Colon-separated groups, the last of which may be a dotted quad. An empty text is no group.
bool parseGroups(std::string_view text, bool last, Groups& into) {
    while (!text.empty()) {
        if (last && text.find(':') == std::string_view::npos && text.find('.') != std::string_view::npos) {
            if (into.count + 4 > 16 || !parseDotted(text, into.bytes.data() + into.count))
                return false;
            into.count += 4;
            return true;
        }
        unsigned number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
        const auto digits = static_cast<std::size_t>(end - text.data());
        if (error != std::errc{} || digits > 4 || into.count + 2 > 16)
            return false;
        into.bytes[into.count++] = static_cast<std::uint8_t>(number >> 8);
        into.bytes[into.count++] = static_cast<std::uint8_t>(number);
        text.remove_prefix(digits);
        if (text.empty())
            return true;
        if (text.front() != ':' || text.size() == 1)
            return false;
        text.remove_prefix(1);
    }
    return true;
}

std::optional<IpAddress> parseIpv6(std::string_view text) {
    const std::size_t gap = text.find("::");
    Groups head, tail;
    if (gap == std::string_view::npos) {
        if (!parseGroups(text, true, head) || head.count != 16)
            return std::nullopt;
        return IpAddress::v6(head.bytes.data());
    }
    if (!parseGroups(text.substr(0, gap), false, head) || !parseGroups(text.substr(gap + 2), true, tail) ||
        head.count + tail.count > 14)
        return std::nullopt;
    std::copy_n(tail.bytes.begin(), tail.count, head.bytes.end() - static_cast<std::ptrdiff_t>(tail.count));
    return IpAddress::v6(head.bytes.data());
}

} // namespace

std::string toString(const MacAddress& address) {
    std::string text;
    text.reserve(17);
    for (const std::uint8_t byte : address.bytes) {
        if (!text.empty())
            text += ':';
        text += hexadecimal[byte >> 4];
        text += hexadecimal[byte & 15];
    }
    return text;
}

std::string toString(const IpAddress& address) {
    if (address.version == 6)
        return ipv6Text(address);
    std::string text;
    if (address.version == 4)
        appendDotted(text, address.bytes.data() + 12);
    return text;
}

std::optional<IpAddress> parseIpAddress(std::string_view text) {
    if (text.find(':') != std::string_view::npos)
        return parseIpv6(text);
    std::uint8_t four[4];
    if (!parseDotted(text, four))
        return std::nullopt;
    return IpAddress::v4(four);
}

std::optional<MacAddress> parseMacAddress(std::string_view text) {
    MacAddress address;
    if (text.size() != 17)
        return std::nullopt;
    for (std::size_t i = 0; i < 6; ++i) {
        const char* from = text.data() + 3 * i;
        const auto [end, error] = std::from_chars(from, from + 2, address.bytes[i], 16);
        if (error != std::errc{} || end != from + 2 || (i < 5 && from[2] != ':'))
            return std::nullopt;
    }
    return address;
}

} // namespace wirestage
