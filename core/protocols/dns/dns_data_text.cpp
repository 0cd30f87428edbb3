// SPDX-License-Identifier: GPL-3.0-or-later
// From the text of names and data, as zone files have it (RFC 1035, 5.1), to their bytes.
#include "core/protocols/dns/dns_writer.h"

#include "core/bytes/address.h"

#include <charconv>

namespace wirestage::dns {
namespace {

constexpr std::size_t longestLabel = 63, longestName = 255, longestString = 255;
constexpr std::size_t farthestPointer = 0x3fff;

int digitOf(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// The next character of a text in which a backslash takes the meaning off a character, stands in front of
/// three decimal digits (RFC 1035, 5.1) or, as our own texts have it, of x and two hexadecimal ones.
char takeCharacter(std::string_view& text, bool& escaped) {
    const char first = text.front();
    text.remove_prefix(1);
    escaped = first == '\\' && !text.empty();
    if (!escaped)
        return first;
    if (text.size() >= 3 && text[0] == 'x' && digitOf(text[1]) >= 0 && digitOf(text[2]) >= 0) {
        const int value = digitOf(text[1]) * 16 + digitOf(text[2]);
        text.remove_prefix(3);
        return static_cast<char>(value);
    }
    unsigned value = 0;
    if (text.size() >= 3)
        if (const auto [end, error] = std::from_chars(text.data(), text.data() + 3, value);
            error == std::errc{} && end == text.data() + 3 && value <= 255) {
            text.remove_prefix(3);
            return static_cast<char>(value);
        }
    const char second = text.front();
    text.remove_prefix(1);
    return second;
}

/// The labels with their lengths in front, without the root's; nothing where it is no name.
std::optional<std::string> labelsOf(std::string_view name) {
    if (name.empty() || name == "." || name == "<Root>")
        return std::string();
    std::string wire, label;
    const auto finishLabel = [&] {
        if (label.empty() || label.size() > longestLabel)
            return false;
        wire += static_cast<char>(label.size());
        wire += label;
        label.clear();
        return true;
    };
    while (!name.empty()) {
        bool escaped = false;
        const char c = takeCharacter(name, escaped);
        if (c != '.' || escaped)
            label += c;
        else if (!finishLabel())
            return std::nullopt;
    }
    if (!label.empty() && !finishLabel())
        return std::nullopt;
    return wire.size() + 1 <= longestName ? std::optional(std::move(wire)) : std::nullopt;
}

} // namespace

bool NameWriter::write(std::string_view name, bool compress) {
    const auto labels = labelsOf(name);
    if (!labels)
        return false;
    std::string_view rest = *labels;
    while (!rest.empty()) {
        const auto known = suffixes.find(std::string(rest));
        if (known != suffixes.end() && compress) {
            writer.u16(0xc000U | known->second);
            return true;
        }
        const std::size_t place = writer.size() - base;
        if (known == suffixes.end() && place <= farthestPointer)
            suffixes.emplace(rest, static_cast<std::uint16_t>(place));
        const std::size_t length = 1 + static_cast<std::uint8_t>(rest.front());
        writer.append(rest.substr(0, length));
        rest.remove_prefix(length);
    }
    writer.u8(0);
    return true;
}

void DataText::skipBlanks() {
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t'))
        rest.remove_prefix(1);
}

std::string_view DataText::word() {
    const std::string_view found = rest.substr(0, rest.find_first_of(" \t"));
    rest.remove_prefix(found.size());
    skipBlanks();
    sound = sound && !found.empty();
    return found;
}

std::uint64_t DataText::number(std::size_t width) {
    const std::string_view digits = word();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    sound =
        sound && error == std::errc{} && end == digits.data() + digits.size() && value >> (8 * width) == 0;
    for (std::size_t i = width; i-- > 0;)
        writer.u8(value >> (8 * i));
    return value;
}

void DataText::address(unsigned version) {
    const auto parsed = parseIpAddress(word());
    sound = sound && parsed && parsed->version == version;
    if (sound)
        writer.append(version == 4 ? Bytes(parsed->bytes).subspan(12) : Bytes(parsed->bytes));
}

void DataText::name() {
    const std::string_view text = word();
    sound = sound && names.write(origin ? wholeName(text, *origin) : std::string(text), compress);
}

std::string DataText::characterString() {
    std::string text;
    bool escaped = false;
    if (rest.starts_with('"')) {
        rest.remove_prefix(1);
        // A quotation mark ends the string only in front of a blank or the end: texts that were read have
        // their own marks as they are.
        while (!rest.empty() && !(rest.front() == '"' && (rest.size() == 1 || rest[1] == ' ')))
            text += takeCharacter(rest, escaped);
        sound = sound && !rest.empty();
        rest.remove_prefix(rest.empty() ? 0 : 1);
        skipBlanks();
    } else {
        for (std::string_view plain = word(); !plain.empty();)
            text += takeCharacter(plain, escaped);
    }
    sound = sound && text.size() <= longestString;
    if (sound) {
        writer.u8(text.size());
        writer.append(text);
    }
    return text;
}

void DataText::hexadecimal() {
    if (rest.empty())
        return;
    const std::string_view digits = word();
    sound = sound && digits.size() % 2 == 0;
    for (std::size_t i = 0; sound && i < digits.size(); i += 2) {
        const int upper = digitOf(digits[i]), lower = digitOf(digits[i + 1]);
        sound = upper >= 0 && lower >= 0;
        writer.u8(static_cast<std::uint64_t>(upper * 16 + lower));
    }
}

std::string wholeName(std::string_view name, std::string_view origin) {
    const std::string_view zone = origin == "." ? std::string_view() : origin;
    if (name == "@")
        return zone.empty() ? "." : std::string(zone);
    if (name.ends_with('.'))
        return name == "." ? "." : std::string(name.substr(0, name.size() - 1));
    return zone.empty() ? std::string(name) : std::string(name) + '.' + std::string(zone);
}

bool isSoundName(std::string_view name) {
    return labelsOf(name).has_value();
}

} // namespace wirestage::dns
