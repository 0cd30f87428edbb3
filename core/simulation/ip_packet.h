// SPDX-License-Identifier: GPL-3.0-or-later
// IP packets as bytes (RFC 791): what a host and a router do to one before it goes on.
#pragma once

#include "core/protocols/ip/ip_wire.h"

#include <vector>

namespace wirestage::simulation {

inline constexpr std::uint8_t protocolIcmp = 1, protocolTcp = 6, protocolUdp = 17;
inline constexpr std::uint8_t dontFragmentFlag = 2, moreFragmentsFlag = 1;

/// A packet that arrived and may be used: its header, and both views of its bytes, without what follows it in
/// the frame.
struct IpPacket {
    IpHeader header;
    Bytes whole, payload;

    [[nodiscard]] bool isFragment() const { return header.moreFragments() || header.fragmentOffset > 0; }
    [[nodiscard]] bool mayNotBeCut() const { return header.flags & dontFragmentFlag; }
};

/// Nothing where the bytes are no whole IPv4 packet, or its header's checksum does not fit (RFC 1122,
/// 3.2.1.2: to be dropped silently).
std::optional<IpPacket> readPacket(Bytes bytes);

/// The header's checksum as it has to be.
void renewHeaderChecksum(std::vector<std::uint8_t>& packet);

/// The packet in pieces of at most `mtu` bytes (RFC 791, 3.2); in one where it fits.
std::vector<std::vector<std::uint8_t>> fragments(std::vector<std::uint8_t> packet, std::uint16_t mtu);

} // namespace wirestage::simulation
