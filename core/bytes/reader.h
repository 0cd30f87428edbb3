// SPDX-License-Identifier: GPL-3.0-or-later
// A cursor over foreign bytes. Reading past the end gives zero and sets a flag that stays set, so that a
// decoder may read on and ask once; nothing is ever read beyond the last byte.
#pragma once

#include "core/bytes/bytes.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace wirestage {

namespace detail {

// Written out as one expression, which compilers know as a single load and byte swap.
template <std::size_t... I>
[[nodiscard]] constexpr std::uint64_t joinBig(const std::uint8_t* at, std::index_sequence<I...>) {
    return ((std::uint64_t{at[I]} << (8 * (sizeof...(I) - 1 - I))) | ...);
}
template <std::size_t... I>
[[nodiscard]] constexpr std::uint64_t joinLittle(const std::uint8_t* at, std::index_sequence<I...>) {
    return ((std::uint64_t{at[I]} << (8 * I)) | ...);
}

} // namespace detail

/// `Width` bytes at `at`, most significant first (network order).
template <std::size_t Width>
[[nodiscard]] constexpr std::uint64_t loadBig(const std::uint8_t* at) {
    return detail::joinBig(at, std::make_index_sequence<Width>{});
}

/// `Width` bytes at `at`, least significant first.
template <std::size_t Width>
[[nodiscard]] constexpr std::uint64_t loadLittle(const std::uint8_t* at) {
    return detail::joinLittle(at, std::make_index_sequence<Width>{});
}

class Reader {
public:
    Reader() = default;
    explicit Reader(Bytes bytes) : current(bytes.data()), last(bytes.data() + bytes.size()) {}

    [[nodiscard]] const std::uint8_t* position() const { return current; }
    [[nodiscard]] std::size_t remaining() const { return static_cast<std::size_t>(last - current); }
    [[nodiscard]] bool empty() const { return current == last; }
    [[nodiscard]] bool truncated() const { return ranOut; }
    [[nodiscard]] Bytes rest() const { return {current, last}; }

    /// True where `count` bytes more are there; says nothing of it in `truncated`.
    [[nodiscard]] bool has(std::size_t count) const { return remaining() >= count; }

    template <std::size_t Width>
    std::uint64_t big() {
        const std::uint8_t* at = advance(Width);
        return at ? loadBig<Width>(at) : 0;
    }
    template <std::size_t Width>
    std::uint64_t little() {
        const std::uint8_t* at = advance(Width);
        return at ? loadLittle<Width>(at) : 0;
    }

    std::uint8_t u8() { return static_cast<std::uint8_t>(big<1>()); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(big<2>()); }
    std::uint32_t u24() { return static_cast<std::uint32_t>(big<3>()); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(big<4>()); }
    std::uint64_t u64() { return big<8>(); }

    /// The next byte without moving on; 0 at the end.
    [[nodiscard]] std::uint8_t peek(std::size_t ahead = 0) const {
        return has(ahead + 1) ? current[ahead] : 0;
    }

    /// The next `count` bytes; what is left of them, and the flag, where they are not all there.
    Bytes take(std::size_t count) {
        const std::uint8_t* from = current;
        if (count > remaining()) {
            count = remaining();
            ranOut = true;
        }
        current += count;
        return {from, count};
    }
    void skip(std::size_t count) { take(count); }

    /// For callers that have asked `has` before: no check, no flag.
    const std::uint8_t* takeUnchecked(std::size_t count) {
        const std::uint8_t* at = current;
        current += count;
        return at;
    }

private:
    const std::uint8_t* advance(std::size_t count) {
        if (count > remaining()) [[unlikely]] {
            current = last;
            ranOut = true;
            return nullptr;
        }
        return takeUnchecked(count);
    }

    const std::uint8_t* current = nullptr;
    const std::uint8_t* last = nullptr;
    bool ranOut = false;
};

} // namespace wirestage
