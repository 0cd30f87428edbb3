// SPDX-License-Identifier: GPL-3.0-or-later
// One field list reads, writes and describes. A header is a plain struct with a list of its fields beside it:
//
//     struct UdpHeader {
//         static constexpr std::size_t size = 8; // of the fixed part: lets the fast path check once
//         std::uint16_t sourcePort = 0, destinationPort = 0;
//         std::optional<std::uint16_t> length, checksum; // unset: computed by whoever writes; set: forced
//     };
//     template <class Visitor> void fields(Visitor& v, UdpHeader& h) {
//         v.u16(udpFields.sourcePort, h.sourcePort, portName);
//         ...
//     }
//
// and `readHeader`, `writeHeader` run that list. A reader without a describer comes down to plain loads. A
// meaning is anything that takes the number (or address) and gives a Text; it is asked only while describing.
// After the data ran out nothing more is stored or described.
#pragma once

#include "core/bytes/reader.h"
#include "core/bytes/writer.h"
#include "core/protocols/field_visitor.h"
#include "core/protocols/fields_describe.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace wirestage {

/// Reads. Unchecked: the caller has made sure that the whole fixed part is there.
template <bool Checked>
class ReadFields : public FieldVisitor<ReadFields<Checked>> {
public:
    static constexpr bool writes = false, describes = false;
    explicit ReadFields(Reader& from) : reader(from) {}

    template <std::size_t Width, std::endian Order, class T, class... Meaning>
    void number(const FieldSpec&, T& member, const Meaning&...) {
        if (const std::uint8_t* at = bytesAt(Width))
            detail::store(member, Order == std::endian::big ? loadBig<Width>(at) : loadLittle<Width>(at));
    }

    template <std::size_t Width, class List>
    void bits(const List& list) {
        if (const std::uint8_t* at = bytesAt(Width)) {
            Word word{loadBig<Width>(at), 8 * Width};
            list(word);
        }
    }

    template <class... Meaning>
    void mac(const FieldSpec&, MacAddress& member, const Meaning&...) {
        if (const std::uint8_t* at = bytesAt(6))
            std::memcpy(member.bytes.data(), at, 6);
    }
    template <class... Meaning>
    void ipv4(const FieldSpec&, IpAddress& member, const Meaning&...) {
        if (const std::uint8_t* at = bytesAt(4))
            member = IpAddress::v4(at);
    }
    template <class... Meaning>
    void ipv6(const FieldSpec&, IpAddress& member, const Meaning&...) {
        if (const std::uint8_t* at = bytesAt(16))
            member = IpAddress::v6(at);
    }
    template <class... Meaning>
    void bytes(const FieldSpec&, Bytes& member, std::size_t count, const Meaning&...) {
        if (const std::uint8_t* at = bytesAt(count))
            member = {at, count};
    }
    template <class... Meaning>
    void text(const FieldSpec&, std::string_view& member, std::size_t count, const Meaning&...) {
        if (const std::uint8_t* at = bytesAt(count))
            member = {reinterpret_cast<const char*>(at), count};
    }

private:
    struct Word {
        std::uint64_t value;
        unsigned left;
        template <class T, class... Meaning>
        void field(const FieldSpec&, unsigned count, T& member, const Meaning&...) {
            left -= count;
            detail::store(member, value >> left & detail::lowest(count));
        }
        template <class T, class List, class... Meaning>
        void nested(const FieldSpec& spec, unsigned count, T& member, const List&, const Meaning&...) {
            field(spec, count, member);
        }
        template <class T, class... Meaning>
        void scaled(const FieldSpec&, unsigned count, T& member, unsigned unit, const Meaning&...) {
            left -= count;
            detail::store(member, (value >> left & detail::lowest(count)) * unit);
        }
        template <class T, class... Meaning>
        void units(const FieldSpec& spec, unsigned count, T& member, unsigned unit, const Meaning&...) {
            scaled(spec, count, member, unit);
        }
    };

    const std::uint8_t* bytesAt(std::size_t count) {
        if constexpr (Checked)
            if (!reader.has(count)) [[unlikely]] {
                reader.skip(reader.remaining() + 1);
                return nullptr;
            }
        return reader.takeUnchecked(count);
    }

    Reader& reader;
};

/// Writes: an unset member as zero, which whoever knows better patches.
class WriteFields : public FieldVisitor<WriteFields> {
public:
    static constexpr bool writes = true, describes = false;
    explicit WriteFields(Writer& to) : writer(to) {}

    template <std::size_t Width, std::endian Order, class T, class... Meaning>
    void number(const FieldSpec&, const T& member, const Meaning&...) {
        if constexpr (Order == std::endian::big)
            writer.big<Width>(detail::load(member));
        else
            writer.little<Width>(detail::load(member));
    }
    template <std::size_t Width, class List>
    void bits(const List& list) {
        Word word{0, 8 * Width};
        list(word);
        writer.big<Width>(word.value);
    }
    template <class... Meaning>
    void mac(const FieldSpec&, const MacAddress& member, const Meaning&...) {
        writer.append(Bytes(member.bytes));
    }
    template <class... Meaning>
    void ipv4(const FieldSpec&, const IpAddress& member, const Meaning&...) {
        writer.append(Bytes(member.bytes).subspan(12));
    }
    template <class... Meaning>
    void ipv6(const FieldSpec&, const IpAddress& member, const Meaning&...) {
        writer.append(Bytes(member.bytes));
    }
    /// Exactly `count` bytes: what the member has of them, then zeros.
    template <class... Meaning>
    void bytes(const FieldSpec&, const Bytes& member, std::size_t count, const Meaning&...) {
        const std::size_t there = std::min(count, member.size());
        writer.append(member.first(there));
        writer.zeros(count - there);
    }
    template <class... Meaning>
    void text(const FieldSpec&, const std::string_view& member, std::size_t count, const Meaning&...) {
        const std::size_t there = std::min(count, member.size());
        writer.append(member.substr(0, there));
        writer.zeros(count - there);
    }

private:
    struct Word {
        std::uint64_t value;
        unsigned left;
        template <class T, class... Meaning>
        void field(const FieldSpec&, unsigned count, const T& member, const Meaning&...) {
            left -= count;
            value |= (detail::load(member) & detail::lowest(count)) << left;
        }
        template <class T, class List, class... Meaning>
        void nested(const FieldSpec& spec, unsigned count, const T& member, const List&, const Meaning&...) {
            field(spec, count, member);
        }
        template <class T, class... Meaning>
        void scaled(const FieldSpec&, unsigned count, const T& member, unsigned unit, const Meaning&...) {
            left -= count;
            value |= (detail::load(member) / unit & detail::lowest(count)) << left;
        }
        template <class T, class... Meaning>
        void units(const FieldSpec& spec, unsigned count, const T& member, unsigned unit, const Meaning&...) {
            scaled(spec, count, member, unit);
        }
    };

    Writer& writer;
};

namespace detail {

/// The hot path: flattened, so that a field list becomes loads in a row.
template <bool Checked, class Header>
[[gnu::flatten]] inline void readPlainly(Reader& reader, Header& header) {
    ReadFields<Checked> visitor(reader);
    fields(visitor, header);
}

template <class Header>
[[gnu::noinline]] void readDescribing(Reader& reader, Header& header, Describer& describer) {
    DescribeFields visitor(reader, describer);
    fields(visitor, header);
}

} // namespace detail

/// Reads a header, describing it where a describer is given. False where the bytes ran out before its end.
template <class Header>
bool readHeader(Reader& reader, Header& header, Describer* describer = nullptr) {
    if (describer) [[unlikely]] {
        detail::readDescribing(reader, header, *describer);
        return !reader.truncated();
    }
    if constexpr (requires { Header::size; }) {
        if (reader.has(Header::size)) [[likely]] {
            detail::readPlainly<false>(reader, header);
            return true;
        }
    }
    detail::readPlainly<true>(reader, header);
    return !reader.truncated();
}

template <class Header>
void writeHeader(Writer& writer, const Header& header) {
    Header copy = header; // a field list takes members it may store into
    WriteFields visitor(writer);
    fields(visitor, copy);
}

/// A number and what it stands for.
struct NamedNumber {
    std::uint32_t number;
    const char* name; ///< marked with WS_MARK("values", ...)
};

/// The name of `number` in a table, or no text.
template <std::size_t Size>
Text named(const NamedNumber (&table)[Size], std::uint64_t number) {
    for (const NamedNumber& row : table)
        if (row.number == number)
            return {"values", row.name, {}, {}};
    return {};
}

/// All fields of a protocol, whose specs are the members of one struct: complete by construction.
template <class Specs>
std::vector<FieldSpec> listOf(const Specs& specs) {
    static_assert(sizeof(Specs) % sizeof(FieldSpec) == 0);
    const auto list = std::bit_cast<std::array<FieldSpec, sizeof(Specs) / sizeof(FieldSpec)>>(specs);
    return {list.begin(), list.end()};
}

} // namespace wirestage
