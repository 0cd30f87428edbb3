// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of capture file headers, whose byte order is that of the machine that wrote the file.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace wirestage::capture {

inline std::uint16_t swapped(std::uint16_t v) {
    return __builtin_bswap16(v);
}
inline std::uint32_t swapped(std::uint32_t v) {
    return __builtin_bswap32(v);
}
inline std::uint64_t swapped(std::uint64_t v) {
    return __builtin_bswap64(v);
}

/// `swap`: the file's byte order is not this machine's. The caller has checked that the bytes are there.
template <class T>
T load(const std::uint8_t* from, bool swap) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return swap ? swapped(value) : value;
}

inline constexpr bool machineIsBigEndian = std::endian::native == std::endian::big;

} // namespace wirestage::capture
