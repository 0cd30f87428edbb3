// SPDX-License-Identifier: GPL-3.0-or-later
// What all visitors of a field list have in common: the names for numbers of every width, and how a member,
// plain or optional, takes a number. See fields.h.
#pragma once

#include "core/protocols/description.h"

#include <bit>
#include <optional>

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

} // namespace wirestage
