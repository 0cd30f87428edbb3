// SPDX-License-Identifier: GPL-3.0-or-later
// The visitor that reads and describes at once: every field with its value, meaning, bytes and bits. See
// fields.h.
#pragma once

#include "core/bytes/reader.h"
#include "core/protocols/field_visitor.h"

namespace wirestage {

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

} // namespace wirestage
