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
#include "core/protocols/description.h"

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <optional>
#include <type_traits>

namespace wirestage {

namespace detail {

template <class T>
struct Plain {
    using type = T;
};
template <class T>
struct Plain<std::optional<T>> {
    using type = T;
};

template <class T>
void store(T& member, std::uint64_t number) {
    member = static_cast<typename Plain<T>::type>(number);
}

template <class T>
std::uint64_t load(const T& member) {
    return static_cast<std::uint64_t>(member);
}
template <class T>
std::uint64_t load(const std::optional<T>& member) {
    return member ? static_cast<std::uint64_t>(*member) : 0;
}

constexpr std::uint64_t lowest(unsigned bits) {
    return (std::uint64_t{1} << bits) - 1;
}

} // namespace detail

/// The names of numbers that all visitors share.
template <class Derived>
class FieldVisitor {
public:
    template <class T, class... Meaning>
    void u8(const FieldSpec& spec, T& member, const Meaning&... meaning) {
        self().template number<1, std::endian::big>(spec, member, meaning...);
    }
    template <class T, class... Meaning>
    void u16(const FieldSpec& spec, T& member, const Meaning&... meaning) {
        self().template number<2, std::endian::big>(spec, member, meaning...);
    }
    template <class T, class... Meaning>
    void u24(const FieldSpec& spec, T& member, const Meaning&... meaning) {
        self().template number<3, std::endian::big>(spec, member, meaning...);
    }
    template <class T, class... Meaning>
    void u32(const FieldSpec& spec, T& member, const Meaning&... meaning) {
        self().template number<4, std::endian::big>(spec, member, meaning...);
    }
    template <class T, class... Meaning>
    void u64(const FieldSpec& spec, T& member, const Meaning&... meaning) {
        self().template number<8, std::endian::big>(spec, member, meaning...);
    }
    template <class T, class... Meaning>
    void little32(const FieldSpec& spec, T& member, const Meaning&... meaning) {
        self().template number<4, std::endian::little>(spec, member, meaning...);
    }

    /// A word whose bits are several members, from the most significant: `list` calls `field` or `nested` on
    /// them.
    template <class List>
    void bits8(const List& list) {
        self().template bits<1>(list);
    }
    template <class List>
    void bits16(const List& list) {
        self().template bits<2>(list);
    }
    template <class List>
    void bits32(const List& list) {
        self().template bits<4>(list);
    }

    /// One member whose bits have names of their own: `list` calls `part` on them.
    template <class T, class List, class... Meaning>
    void parts8(const FieldSpec& spec, T& member, const List& list, const Meaning&... meaning) {
        bits8([&](auto& word) { word.nested(spec, 8, member, list, meaning...); });
    }
    template <class T, class List, class... Meaning>
    void parts16(const FieldSpec& spec, T& member, const List& list, const Meaning&... meaning) {
        bits16([&](auto& word) { word.nested(spec, 16, member, list, meaning...); });
    }
    template <class T, class List, class... Meaning>
    void parts32(const FieldSpec& spec, T& member, const List& list, const Meaning&... meaning) {
        bits32([&](auto& word) { word.nested(spec, 32, member, list, meaning...); });
    }

private:
    Derived& self() { return static_cast<Derived&>(*this); }
};

/// The names of the two bits in an Ethernet address that say who may have made it and whom it means.
struct MacBits {
    const FieldSpec& local;
    const FieldSpec& group;
};

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

/// Reads and describes what it reads.
class DescribeFields : public FieldVisitor<DescribeFields> {
public:
    static constexpr bool writes = false, describes = true;
    DescribeFields(Reader& from, Describer& into) : reader(from), describer(into) {}

    template <std::size_t Width, std::endian Order, class T, class... Meaning>
    void number(const FieldSpec& spec, T& member, const Meaning&... meaning) {
        const std::uint8_t* at = bytesAt(Width);
        if (!at)
            return;
        const std::uint64_t number = Order == std::endian::big ? loadBig<Width>(at) : loadLittle<Width>(at);
        detail::store(member, number);
        Field& field = describer.add(spec, number, numberAsText(spec.show, number, 8 * Width),
                                     describer.offsetOf(at), Width);
        explain(field, number, meaning...);
    }

    template <std::size_t Width, class List>
    void bits(const List& list) {
        const std::uint8_t* at = bytesAt(Width);
        if (!at)
            return;
        Word word{describer, loadBig<Width>(at), 8 * Width, describer.offsetOf(at), 8 * Width};
        list(word);
    }

    template <class... Meaning>
    void mac(const FieldSpec& spec, MacAddress& member, const Meaning&... meaning) {
        if (const std::uint8_t* at = bytesAt(6)) {
            std::memcpy(member.bytes.data(), at, 6);
            explain(describer.add(spec, 0, toString(member), describer.offsetOf(at), 6), member, meaning...);
        }
    }
    template <class... Meaning>
    void mac(const FieldSpec& spec, MacAddress& member, const MacBits& bits, const Meaning&... meaning) {
        if (!reader.has(6))
            return mac(spec, member);
        const std::uint32_t offset = describer.offsetOf(reader.position());
        std::memcpy(member.bytes.data(), reader.takeUnchecked(6), 6);
        describer.open(spec, offset, 6, toString(member));
        explain(describer.description.fields.back(), member, meaning...);
        Word word{describer, member.bytes[0], 2, offset, 8};
        std::uint64_t ignored = 0;
        word.field(bits.local, 1, ignored, [](std::uint64_t set) {
            return set ? WS_TR("values", "locally administered")
                       : WS_TR("values", "given by the manufacturer");
        });
        word.field(bits.group, 1, ignored, [](std::uint64_t set) {
            return set ? WS_TR("values", "group (multicast or broadcast)")
                       : WS_TR("values", "one station (unicast)");
        });
        describer.close();
    }
    template <class... Meaning>
    void ipv4(const FieldSpec& spec, IpAddress& member, const Meaning&... meaning) {
        if (const std::uint8_t* at = bytesAt(4)) {
            member = IpAddress::v4(at);
            explain(describer.add(spec, 0, toString(member), describer.offsetOf(at), 4), member, meaning...);
        }
    }
    template <class... Meaning>
    void ipv6(const FieldSpec& spec, IpAddress& member, const Meaning&... meaning) {
        if (const std::uint8_t* at = bytesAt(16)) {
            member = IpAddress::v6(at);
            explain(describer.add(spec, 0, toString(member), describer.offsetOf(at), 16), member, meaning...);
        }
    }
    template <class... Meaning>
    void bytes(const FieldSpec& spec, Bytes& member, std::size_t count, const Meaning&... meaning) {
        if (const std::uint8_t* at = bytesAt(count)) {
            member = {at, count};
            explain(describer.add(spec, count, bytesAsText(member), describer.offsetOf(at),
                                  static_cast<std::uint32_t>(count)),
                    member, meaning...);
        }
    }
    template <class... Meaning>
    void text(const FieldSpec& spec, std::string_view& member, std::size_t count, const Meaning&... meaning) {
        if (const std::uint8_t* at = bytesAt(count)) {
            member = {reinterpret_cast<const char*>(at), count};
            explain(describer.add(spec, count, textAsText({at, count}), describer.offsetOf(at),
                                  static_cast<std::uint32_t>(count)),
                    member, meaning...);
        }
    }

private:
    template <class Value>
    static void explain(Field&, const Value&) {}
    template <class Value, class Meaning>
    static void explain(Field& field, const Value& value, const Meaning& meaning) {
        field.meaning = meaning(value);
    }

    struct Word {
        Describer& describer;
        std::uint64_t value;
        unsigned left;
        std::uint32_t offset;
        unsigned whole;

        std::uint64_t next(unsigned count) {
            left -= count;
            return value >> left & detail::lowest(count);
        }
        void placed(Field& field, unsigned count) const {
            field.length = whole / 8;
            field.bitOffset = static_cast<std::uint8_t>(whole - left - count);
            field.bitLength = static_cast<std::uint8_t>(count == whole ? 0 : count);
        }
        /// Bits that are a member's own.
        template <class T, class... Meaning>
        void field(const FieldSpec& spec, unsigned count, T& member, const Meaning&... meaning) {
            const std::uint64_t number = next(count);
            detail::store(member, number);
            Field& added =
                describer.add(spec, number, numberAsText(spec.show, number, count), offset, whole / 8);
            placed(added, count);
            explain(added, number, meaning...);
        }
        /// Bits that count units of several bytes: the member is in bytes, and so is what is shown.
        template <class T, class... Meaning>
        void scaled(const FieldSpec& spec, unsigned count, T& member, unsigned unit,
                    const Meaning&... meaning) {
            countUnits(spec, count, member, unit, unit, meaning...);
        }
        /// The same, but the number is shown as it stands; its meaning is asked for bytes.
        template <class T, class... Meaning>
        void units(const FieldSpec& spec, unsigned count, T& member, unsigned unit,
                   const Meaning&... meaning) {
            countUnits(spec, count, member, unit, 1, meaning...);
        }
        template <class T, class... Meaning>
        void countUnits(const FieldSpec& spec, unsigned count, T& member, unsigned unit, unsigned shown,
                        const Meaning&... meaning) {
            const std::uint64_t number = next(count);
            detail::store(member, number * unit);
            Field& added = describer.add(spec, number * shown, numberAsText(spec.show, number * shown, count),
                                         offset, whole / 8);
            placed(added, count);
            explain(added, number * unit, meaning...);
        }
        /// Bits that are a member's own and have parts.
        template <class T, class List, class... Meaning>
        void nested(const FieldSpec& spec, unsigned count, T& member, const List& list,
                    const Meaning&... meaning) {
            const std::uint64_t number = next(count);
            detail::store(member, number);
            describer.open(spec, offset, whole / 8, numberAsText(spec.show, number, count));
            Field& opened = describer.description.fields.back();
            opened.number = number;
            placed(opened, count);
            explain(opened, number, meaning...);
            Word parts{describer, value, left + count, offset, whole};
            list(parts);
            describer.close();
        }
        /// Bits of the member that is being listed.
        template <class... Meaning>
        void part(const FieldSpec& spec, unsigned count, const Meaning&... meaning) {
            std::uint64_t ignored = 0;
            field(spec, count, ignored, meaning...);
        }
        void skip(unsigned count) { left -= count; }
    };

    const std::uint8_t* bytesAt(std::size_t count) {
        if (reader.has(count))
            return reader.takeUnchecked(count);
        reader.skip(reader.remaining() + 1);
        return nullptr;
    }

    Reader& reader;
    Describer& describer;
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
