// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a packet the same packet in another capture. Left out is whatever changes on the way: the link
// header, TTL and header checksum, class of service; and the checksums of TCP and UDP, which a sender's
// network card often fills in only behind the capture. A card that cuts large segments itself (TSO) shows
// other packets at the sender's end than on the wire; those are not recognised.
#pragma once

#include "core/bytes/address.h"
#include "core/capture/frame.h"

#include <optional>

namespace wirestage::overlay {

struct PacketIdentity {
    std::uint64_t key = 0; ///< equal for the same packet
    IpAddress source, destination;
    std::uint8_t ttl = 0;
};

/// Nothing for what is no IP packet: that does not leave its link.
std::optional<PacketIdentity> identify(const Frame& frame);

} // namespace wirestage::overlay
