// SPDX-License-Identifier: GPL-3.0-or-later
// What a capture file may claim before we stop believing it. The lengths are those that Wireshark and libpcap
// accept.
#pragma once

#include "core/capture/frame.h"

#include <cstdint>

namespace wirestage {

/// The link type of records that are no packets at all: custom blocks, journal entries, system events.
inline constexpr LinkType notAPacket{0xffff};

namespace capture {

inline constexpr std::uint64_t pcapFileHeader = 24;
inline constexpr std::uint32_t mebibyte = 1024 * 1024;

constexpr std::uint32_t longestPacket(LinkType link) {
    switch (static_cast<std::uint16_t>(link)) {
    case 231:                        // D-Bus
    case 249: return 128 * mebibyte; // USBPcap
    case 279: return 8 * mebibyte;   // EBHSCR
    default: return 256 * 1024;
    }
}

/// Of a pcapng block: a packet of the longest kind, its fixed fields and 128 KiB of options.
inline constexpr std::uint32_t longestBlock = 128 * mebibyte + 32 + 128 * 1024;

/// Moments are clamped to this on either side of 1970 (146 years), so that the difference of any two fits
/// into Time.
inline constexpr Time furthestTime = (Time{1} << 62) - 1;

/// How many interfaces, sections and blocks of secrets of a pcapng file are kept track of.
inline constexpr std::size_t mostDescriptions = 1'000'000;

} // namespace capture
} // namespace wirestage
