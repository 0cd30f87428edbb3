// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as texts of a given length, and the names that stand for addresses in reverse lookups.
#include "core/privacy/texts.h"

#include <algorithm>
#include <charconv>

namespace wirestage {
namespace {

constexpr std::string_view hexadecimal = "0123456789abcdef";

/// Where nothing else fits: an address that is nobody's, written as long as it has to be.
std::string nobody(std::size_t length, bool six, char separator) {
    std::string text;
    if (six) {
        text = length < 2 ? std::string(length, ':') : std::string("::");
        for (std::size_t digits = 0; text.size() < length; ++digits)
            text += digits % 5 == 4 ? ':' : '0';
        if (text.size() > 2 && text.back() == ':')
            text.back() = '0';
        return text;
    }
    constexpr std::size_t shortest = 7;
    if (length < shortest)
        return std::string(length, '0');
    text = std::string(length - shortest, '0');
    for (const char c : std::string_view("0.0.0.0"))
        text += c == '.' ? separator : c;
    return text;
}

std::string lengthenVersion4(const IpAddress& address, std::size_t length, char separator) {
    std::string numbers[4];
    std::size_t size = 3;
    for (unsigned i = 0; i < 4; ++i)
        size += (numbers[i] = std::to_string(address.bytes[12 + i])).size();
    if (size > length)
        return nobody(length, false, separator);
    for (unsigned i = 0; size < length; i = (i + 1) % 4)
        if (numbers[i].size() < 3 || size >= 15) { // beyond that no text of four numbers is as long
            numbers[i].insert(0, 1, '0');
            ++size;
        }
    std::string text = numbers[0];
    for (unsigned i = 1; i < 4; ++i)
        text += separator + numbers[i];
    return text;
}

/// Zeros in front of groups first, then the groups that "::" leaves out.
std::string lengthenVersion6(const IpAddress& address, std::size_t length) {
    std::string text = toString(address);
    if (text.size() > length)
        return nobody(length, true, ':');
    const auto pad = [&] {
        for (std::size_t at = 0; text.size() < length && at < text.size();) {
            const std::size_t stop = std::min(text.find(':', at), text.size());
            const std::size_t digits = stop - at;
            const std::size_t more =
                digits == 0 ? 0 : std::min(4 - std::min<std::size_t>(digits, 4), length - text.size());
            text.insert(at, more, '0');
            at = stop + more + 1;
        }
    };
    pad();
    if (const std::size_t gap = text.find("::"); text.size() + 2 <= length && gap != std::string::npos) {
        auto groups = static_cast<std::size_t>(std::count(text.begin(), text.end(), ':')) - 1;
        while (text.size() + 2 <= length && groups++ < 6)
            text.insert(gap, ":0");
        pad();
    }
    return text.size() == length ? text : nobody(length, true, ':');
}

std::optional<unsigned> octet(std::string_view text) {
    unsigned number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || stop != text.data() + text.size() || number > 255)
        return std::nullopt;
    return number;
}

bool is(std::string_view label, std::string_view name) {
    return std::equal(label.begin(), label.end(), name.begin(), name.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

/// "57.1.168.192", last number first; a zone's name has three of them.
std::optional<IpAddress> reversed4(const std::vector<std::string_view>& labels, std::size_t count) {
    std::uint8_t bytes[4] = {};
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = octet(labels[count - 1 - i]);
        if (!number)
            return std::nullopt;
        bytes[i] = static_cast<std::uint8_t>(*number);
    }
    return IpAddress::v4(bytes);
}

std::optional<IpAddress> reversed6(const std::vector<std::string_view>& labels, std::size_t count) {
    std::uint8_t bytes[16] = {};
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view label = labels[count - 1 - i];
        const std::size_t digit =
            label.size() == 1 ? hexadecimal.find(static_cast<char>(label[0] | 0x20)) : std::string_view::npos;
        if (digit == std::string_view::npos)
            return std::nullopt;
        bytes[i / 2] |= static_cast<std::uint8_t>(i % 2 ? digit : digit << 4);
    }
    return IpAddress::v6(bytes);
}

/// The labels that say an address, where they do; the others are empty.
std::vector<std::string> reverseName(const std::vector<std::string_view>& labels, StandIns& standIns) {
    std::vector<std::string> shown(labels.size());
    if (labels.size() < 3 || !is(labels.back(), "arpa"))
        return shown;
    const std::size_t count = labels.size() - 2;
    std::vector<std::string> parts;
    if (is(labels[count], "in-addr") && (count == 3 || count == 4)) {
        if (const auto address = reversed4(labels, count)) {
            const IpAddress instead = standIns.of(*address);
            for (std::size_t i = 0; i < count; ++i)
                parts.push_back(std::to_string(instead.bytes[12 + count - 1 - i]));
        }
    } else if (is(labels[count], "ip6") && count >= 16 && count <= 32) {
        if (const auto address = reversed6(labels, count)) {
            const IpAddress instead = standIns.of(*address);
            for (std::size_t nibble = count; nibble-- > 0;)
                parts.emplace_back(1, hexadecimal[nibble % 2 ? instead.bytes[nibble / 2] & 15
                                                             : instead.bytes[nibble / 2] >> 4]);
        }
    }
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i].size() > labels[i].size())
            return shown;
    for (std::size_t i = 0; i < parts.size(); ++i)
        shown[i] = std::string(labels[i].size() - parts[i].size(), '0') + parts[i];
    return shown;
}

} // namespace

std::string addressOfLength(const IpAddress& address, std::size_t length, char separator) {
    return address.version == 6 ? lengthenVersion6(address, length)
                                : lengthenVersion4(address, length, separator);
}

std::vector<std::string> labelsWithout(const std::vector<std::string_view>& labels, StandIns& standIns) {
    std::vector<std::string> shown = reverseName(labels, standIns);
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (shown[i].empty())
            shown[i] = standIns.of(labels[i]);
    return shown;
}

} // namespace wirestage
