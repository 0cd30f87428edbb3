// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses as values: a hardware address, and an IPv4 or IPv6 address in one type.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wirestage {

struct MacAddress {
    std::array<std::uint8_t, 6> bytes{};

    [[nodiscard]] bool isBroadcast() const {
        return *this == MacAddress{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
    }
    [[nodiscard]] bool isGroup() const { return bytes[0] & 1; }
    [[nodiscard]] bool isZero() const { return *this == MacAddress{}; }
    auto operator<=>(const MacAddress&) const = default;
};

/// An IPv4 address lies in the last four bytes, the others are zero; `version` tells them apart (0: none).
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};
    std::uint8_t version = 0;

    static IpAddress v4(const std::uint8_t* four) {
        IpAddress a;
        std::memcpy(a.bytes.data() + 12, four, 4);
        a.version = 4;
        return a;
    }
    static IpAddress v6(const std::uint8_t* sixteen) {
        IpAddress a;
        std::memcpy(a.bytes.data(), sixteen, 16);
        a.version = 6;
        return a;
    }
    [[nodiscard]] std::uint32_t v4Number() const {
        return std::uint32_t{bytes[12]} << 24 | std::uint32_t{bytes[13]} << 16 |
               std::uint32_t{bytes[14]} << 8 | bytes[15];
    }
    [[nodiscard]] bool isUnspecified() const { return bytes == std::array<std::uint8_t, 16>{}; }
    /// 255.255.255.255; a subnet's own broadcast address cannot be known from the address alone.
    [[nodiscard]] bool isBroadcast() const { return version == 4 && v4Number() == 0xffffffff; }
    /// 224.0.0.0/4 or ff00::/8
    [[nodiscard]] bool isMulticast() const {
        return version == 4 ? (bytes[12] >> 4) == 14 : version == 6 && bytes[0] == 0xff;
    }
    auto operator<=>(const IpAddress&) const = default;
};

std::string toString(const MacAddress& address); ///< "02:00:5e:10:00:01"
std::string toString(const IpAddress& address);  ///< dotted quad, or RFC 5952 form; "" for none
std::optional<IpAddress> parseIpAddress(std::string_view text);
std::optional<MacAddress> parseMacAddress(std::string_view text); ///< six pairs of digits between colons

} // namespace wirestage
