// SPDX-License-Identifier: GPL-3.0-or-later
// What every source of packets delivers: one frame, its moment and the link type that says how to read it.
#pragma once

#include "core/bytes/bytes.h"

#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace wirestage {

/// Nanoseconds since 1970-01-01 00:00 UTC (a capture's clock), or a difference of two such moments.
using Time = std::int64_t;

/// Link types as in a pcap file's header (https://www.tcpdump.org/linktypes.html); unknown ones are kept.
enum class LinkType : std::uint16_t {
    Null = 0,
    Ethernet = 1,
    RawIpBsd = 12,
    RawIpOpenBsd = 14,
    RawIp = 101,
    Loop = 108,
    LinuxCooked = 113,
    Ipv4 = 228,
    Ipv6 = 229,
    LinuxCooked2 = 276,
};

/// One frame. `bytes` points into the file's mapping and lives as long as its source, or into `own`.
struct Frame {
    std::uint64_t number = 0; ///< from 1, as in every packet list
    std::uint64_t offset = 0; ///< of the frame's record in the source: reads the same frame again
    Time time = 0;
    std::uint32_t length = 0; ///< bytes on the wire; `bytes` is shorter where a snapshot length cut it
    LinkType link = LinkType::Ethernet;
    Bytes bytes;
    /// Whose bytes they are where no source holds them: rewritten ones.
    std::shared_ptr<const std::vector<std::uint8_t>> own = {};
};

} // namespace wirestage
