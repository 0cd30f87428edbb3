// SPDX-License-Identifier: GPL-3.0-or-later
// Who talks to whom in an IP packet, as a firewall and an address translator see it, and how the latter
// changes that: addresses, and the ports of TCP and UDP or the identifier of an ICMP echo (RFC 3022, 4.1).
// Checksums are adjusted, not made anew (RFC 3022, 4.2; RFC 1624), so that what was damaged before stays so.
#pragma once

#include "core/simulation/ip_packet.h"

#include <span>

namespace wirestage::simulation {

struct End {
    IpAddress address;
    std::uint16_t port = 0;
    auto operator<=>(const End&) const = default;
};

struct PacketEnds {
    std::uint8_t protocol = 0;
    End source, destination;
    auto operator<=>(const PacketEnds&) const = default;
    [[nodiscard]] PacketEnds reversed() const { return {protocol, destination, source}; }
};

/// The ends of a whole packet or of one quoted in an ICMP error. Nothing for an ICMP error itself, and where
/// the packet is too short to tell.
std::optional<PacketEnds> endsOf(Bytes packet);

/// Where the packet that an ICMP error quotes begins; nothing where `packet` is no error.
std::optional<std::size_t> quotationIn(Bytes packet);

enum class Which : std::uint8_t { Source, Destination };
/// Gives one end of a packet another address and port.
void changeEnd(std::span<std::uint8_t> packet, Which which, const End& to);
/// The same of the packet that an ICMP error quotes.
void changeQuotedEnd(std::span<std::uint8_t> packet, Which which, const End& to);
/// The outer address alone.
void changeAddress(std::span<std::uint8_t> packet, Which which, const IpAddress& to);

} // namespace wirestage::simulation
