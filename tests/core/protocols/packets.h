// SPDX-License-Identifier: GPL-3.0-or-later
// Packets for tests, built with the protocols' own writers, and what the dissection says of them.
#pragma once

#include "core/bytes/writer.h"
#include "core/protocols/description.h"
#include "core/protocols/ip/ip_wire.h"
#include "core/protocols/ipv6/ipv6_wire.h"

#include <string>
#include <vector>

namespace wirestage::test {

using ByteVector = std::vector<std::uint8_t>;

/// "45 00 ff", blanks where one likes them.
ByteVector fromHex(std::string_view text);

inline IpAddress ip(std::string_view text) {
    return *parseIpAddress(text);
}

/// A frame taken apart, both with and without a describer; owns the bytes.
struct Decoded {
    Decoded(ByteVector frameBytes, LinkType link, std::uint32_t lengthOnTheWire = 0);

    [[nodiscard]] std::string value(std::string_view name) const {
        return std::string(description.value(name));
    }
    [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
    [[nodiscard]] std::string meaning(std::string_view name) const;
    /// "frame eth ip udp"
    [[nodiscard]] std::string protocols() const;
    [[nodiscard]] std::string malformedProtocol() const;

    ByteVector bytes;
    Frame frame;
    Description description;
    Dissection facts;
};

/// 192.0.2.1 to 198.51.100.2, without a link header.
ByteVector ipv4Packet(std::uint8_t protocol, Bytes payload, IpHeader header = {}, Bytes options = {});
/// 2001:db8::1 to 2001:db8::2
ByteVector ipv6Packet(std::uint8_t next, Bytes payload, Ipv6Header header = {});

inline Decoded decodeRaw(ByteVector packet) {
    return {std::move(packet), LinkType::RawIp};
}

/// Dissects every beginning of a frame, once as if sent so short and once as if the capture had cut it, and
/// checks that facts and fields agree and that no field lies outside. The bytes stand in memory of exactly
/// their size, so that a sanitizer sees every read beyond.
void expectEveryPrefixIsSafe(const ByteVector& frame, LinkType link);

} // namespace wirestage::test
