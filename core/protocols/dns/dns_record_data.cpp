// SPDX-License-Identifier: GPL-3.0-or-later
// The parts that records' data are made of (RFC 1035, 3.3): numbers, addresses, names, character strings.
#include "core/protocols/dns/dns_records.h"
#include "core/protocols/dns/dns_writer.h"

#include <fmt/format.h>

#include <chrono>

namespace wirestage::dns {
namespace {

struct Moment {
    int year;
    unsigned month, day;
    unsigned hour, minute, second;
};

/// Seconds since 1970-01-01 00:00 UTC as a date; 48 bits at most, so that the year stays small enough.
Moment momentOf(std::uint64_t seconds) {
    constexpr std::uint64_t latest = 253'402'300'799; // the end of the year 9999
    seconds = std::min(seconds, latest);
    const std::chrono::sys_days day{std::chrono::days(static_cast<int>(seconds / 86400))};
    const std::chrono::year_month_day date{day};
    return {int{date.year()},
            unsigned{date.month()},
            unsigned{date.day()},
            static_cast<unsigned>(seconds / 3600 % 24),
            static_cast<unsigned>(seconds / 60 % 60),
            static_cast<unsigned>(seconds % 60)};
}

std::string momentInUtc(std::uint64_t seconds) {
    const Moment m = momentOf(seconds);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", m.year, m.month, m.day, m.hour, m.minute,
                       m.second);
}

/// As tshark prints moments: "Apr  2, 2026 09:00:14.000000000 UTC".
std::string momentAsTshark(std::uint64_t seconds) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const Moment m = momentOf(seconds);
    return fmt::format("{} {:2}, {} {:02}:{:02}:{:02}.000000000 UTC", months.substr((m.month - 1) * 3, 3),
                       m.day, m.year, m.hour, m.minute, m.second);
}

} // namespace

Field* RecordData::add(const FieldSpec& spec, const std::uint8_t* at, std::size_t length, std::uint64_t value,
                       std::string shown) {
    if (!describer)
        return nullptr;
    return &describer->add(spec, value, std::move(shown), describer->offsetOf(at),
                           static_cast<std::uint32_t>(length));
}

void RecordData::say(std::string_view words) {
    if (!text.empty())
        text += ' ';
    text += words;
}

void RecordData::explain(Text meaning) {
    if (describer)
        describer->description.fields.back().meaning = std::move(meaning);
}

bool RecordData::more() const {
    return writing ? writing->more() : !reader.empty();
}

std::uint64_t RecordData::number(const FieldSpec& spec, std::size_t width, Meaning meaning, bool said) {
    if (writing && said)
        return writing->number(width);
    const std::uint8_t* at = reader.position();
    const Bytes bytes = reader.take(width);
    if (bytes.size() < width)
        return 0;
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes)
        value = value << 8 | byte;
    if (said)
        say(std::to_string(value));
    if (describer) {
        add(spec, at, width, value, numberAsText(spec.show, value, static_cast<unsigned>(8 * width)));
        if (meaning)
            explain(meaning(value));
    }
    return value;
}

std::uint8_t RecordData::u8(const FieldSpec& spec, Meaning meaning) {
    return static_cast<std::uint8_t>(number(spec, 1, meaning, true));
}
std::uint16_t RecordData::u16(const FieldSpec& spec, Meaning meaning) {
    return static_cast<std::uint16_t>(number(spec, 2, meaning, true));
}
std::uint32_t RecordData::u32(const FieldSpec& spec, Meaning meaning) {
    return static_cast<std::uint32_t>(number(spec, 4, meaning, true));
}
std::uint64_t RecordData::silent(const FieldSpec& spec, std::size_t width, Meaning meaning) {
    return number(spec, width, meaning, false);
}

void RecordData::ipv4(const FieldSpec& spec) {
    if (writing)
        return writing->address(4);
    const Bytes bytes = reader.take(4);
    if (bytes.size() < 4)
        return;
    const std::string address = toString(IpAddress::v4(bytes.data()));
    say(address);
    add(spec, bytes.data(), 4, 0, address);
}

void RecordData::ipv6(const FieldSpec& spec) {
    if (writing)
        return writing->address(6);
    const Bytes bytes = reader.take(16);
    if (bytes.size() < 16)
        return;
    const std::string address = toString(IpAddress::v6(bytes.data()));
    say(address);
    add(spec, bytes.data(), 16, 0, address);
}

void RecordData::moment(const FieldSpec& spec, std::size_t width) {
    const Bytes bytes = reader.take(width);
    if (bytes.size() < width)
        return;
    std::uint64_t seconds = 0;
    for (const std::uint8_t byte : bytes)
        seconds = seconds << 8 | byte;
    say(momentInUtc(seconds));
    if (describer) {
        add(spec, bytes.data(), width, seconds, momentAsTshark(seconds));
        explain(Text::verbatim(momentInUtc(seconds)));
    }
}

void RecordData::name(const FieldSpec& spec, const FieldSpec* lengthSpec) {
    if (writing)
        return writing->name();
    const auto offset = static_cast<std::size_t>(reader.position() - message.data());
    const auto found = readName(message, offset);
    if (!found || found->wireLength > reader.remaining()) {
        reader.skip(reader.remaining() + 1);
        return;
    }
    if (lengthSpec && describer)
        add(*lengthSpec, reader.position(), 0, found->text.size(), std::to_string(found->text.size()));
    add(spec, reader.position(), found->wireLength, 0, found->text);
    reader.skip(found->wireLength);
    say(found->text == "<Root>" ? std::string_view(".") : std::string_view(found->text));
}

std::string RecordData::characterString(const FieldSpec& lengthSpec, const FieldSpec& spec, bool quoted) {
    if (writing)
        return writing->characterString();
    const auto count = static_cast<std::size_t>(silent(lengthSpec, 1));
    const Bytes bytes = reader.take(count);
    std::string shown;
    appendShown(shown, bytes);
    if (bytes.size() == count)
        add(spec, bytes.data(), count, 0, textAsText(bytes));
    if (quoted)
        say('"' + shown + '"');
    return shown;
}

std::string RecordData::characters(const FieldSpec& spec, std::size_t count) {
    const Bytes bytes = reader.take(count);
    std::string shown;
    appendShown(shown, bytes);
    if (bytes.size() == count)
        add(spec, bytes.data(), count, 0, textAsText(bytes));
    return shown;
}

Bytes RecordData::octets(const FieldSpec& spec, std::size_t count) {
    const Bytes bytes = reader.take(count);
    if (bytes.size() == count)
        add(spec, bytes.data(), count, count, bytesAsText(bytes));
    return bytes;
}

void RecordData::peekOctets(const FieldSpec& spec, std::size_t count) {
    const Reader before = reader;
    octets(spec, count);
    reader = before;
}

void RecordData::revalue(std::string value) {
    if (describer && !reader.truncated())
        describer->description.fields.back().value = std::move(value);
}

void RecordData::rest(const FieldSpec& spec) {
    const Bytes bytes = reader.take(reader.remaining());
    if (bytes.empty())
        return;
    say(bytesAsText(bytes.first(std::min<std::size_t>(bytes.size(), 64))));
    if (describer && !cut)
        add(spec, bytes.data(), bytes.size(), bytes.size(), bytesAsText(bytes));
}

void RecordData::generated(const FieldSpec& spec, std::uint64_t value) {
    if (describer)
        describer->addGenerated(spec, value, numberAsText(spec.show, value, 16));
}

void RecordData::flag(const FieldSpec& spec, std::uint64_t word, unsigned width, unsigned bit,
                      unsigned count) {
    if (!describer)
        return;
    const std::uint64_t value = word >> (8 * width - bit - count) & ((std::uint64_t{1} << count) - 1);
    Field* field =
        add(spec, reader.position() - width, width, value, numberAsText(spec.show, value, 8 * width));
    field->bitOffset = static_cast<std::uint8_t>(bit);
    field->bitLength = static_cast<std::uint8_t>(count);
}

void RecordData::open(const FieldSpec& spec, std::size_t length, std::string value, Text meaning) {
    if (describer)
        describer->open(spec, describer->offsetOf(reader.position()),
                        static_cast<std::uint32_t>(std::min(length, reader.remaining())), std::move(value),
                        std::move(meaning));
}

std::uint64_t RecordData::openNumber(const FieldSpec& spec, std::size_t width, Meaning meaning) {
    const Bytes bytes = reader.take(width);
    if (bytes.size() < width)
        width = bytes.size();
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes)
        value = value << 8 | byte;
    if (describer) {
        describer->open(spec, describer->offsetOf(bytes.data()), static_cast<std::uint32_t>(width),
                        numberAsText(spec.show, value, static_cast<unsigned>(8 * width)),
                        meaning ? meaning(value) : Text{});
        describer->description.fields.back().number = value;
    }
    return value;
}

void RecordData::close() {
    if (describer)
        describer->close();
}

void RecordData::typeBitmap() {
    constexpr std::size_t mostNamed =
        512; // a zone's names have a handful; a hostile record could name 65 536
    std::size_t namedTypes = 0;
    while (reader.has(2)) {
        add(dnsFields.bitmapHead, reader.position(), 2, reader.peek(), std::to_string(reader.peek()));
        const unsigned window = reader.u8();
        const std::size_t count = reader.u8();
        const Bytes bits = reader.take(count);
        for (std::size_t i = 0; i < bits.size(); ++i)
            for (unsigned bit = 0; bit < 8; ++bit) {
                if (!(bits[i] & (0x80U >> bit)) || ++namedTypes > mostNamed)
                    continue;
                const std::uint64_t type = window * 256 + i * 8 + bit;
                const RecordType* known = recordType(type);
                say(known ? known->mnemonic : "TYPE" + std::to_string(type));
                if (Field* field = add(dnsFields.type, &bits[i], 1, type, std::to_string(type))) {
                    field->bitOffset = static_cast<std::uint8_t>(bit);
                    field->bitLength = 1;
                    field->meaning = typeInWords(type);
                }
            }
    }
}

} // namespace wirestage::dns
