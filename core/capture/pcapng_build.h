// SPDX-License-Identifier: GPL-3.0-or-later
// The small change of writing pcapng (draft-ietf-opsawg-pcapng): numbers in this machine's byte order, and
// options (3.5), padded to four bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wirestage::pcapng {

inline constexpr std::uint32_t byteOrderMagic = 0x1A2B3C4D;
inline constexpr std::uint16_t endOfOptions = 0;

template <class T>
void put(std::string& body, T value) {
    body.append(reinterpret_cast<const char*>(&value), sizeof value);
}

inline void pad(std::string& body) {
    body.resize((body.size() + 3) / 4 * 4);
}

/// Values longer than an option can be are cut.
inline void putOption(std::string& body, std::uint16_t code, std::string_view value) {
    constexpr std::size_t longest = 0xffff;
    value = value.substr(0, longest);
    put(body, code);
    put(body, static_cast<std::uint16_t>(value.size()));
    body += value;
    pad(body);
}

} // namespace wirestage::pcapng
