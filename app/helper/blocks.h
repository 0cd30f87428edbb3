// SPDX-License-Identifier: GPL-3.0-or-later
// The pcapng blocks of a live capture (draft-ietf-opsawg-pcapng): Section Header (4.1), Interface Description
// (4.2), Enhanced Packet (4.3) and Interface Statistics (4.6). Made in memory, because packets are copied
// there anyway and the writer hands them on in large pieces.
#pragma once

#include "core/bytes/bytes.h"
#include "core/capture/frame.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wirestage::helper {

struct InterfaceFacts {
    std::string name;
    std::string filter;
    LinkType link = LinkType::Ethernet;
    std::uint32_t snapshotLength = 0;
};

/// What became of the packets of an interface that passed its filter. Two places may have no room for one:
/// the kernel's buffer, and our queue when nobody reads our output fast enough.
struct PacketCounts {
    std::uint64_t seen = 0; ///< by the kernel, those included that it dropped
    std::uint64_t droppedByKernel = 0;
    std::uint64_t droppedByUs = 0;
    std::uint64_t written = 0;
    [[nodiscard]] std::uint64_t dropped() const { return droppedByKernel + droppedByUs; }
};

std::string sectionHeader(std::string_view application);
std::string interfaceDescription(const InterfaceFacts& facts);
/// Times are counted from 1970 in nanoseconds, whatever the device's clock can do.
std::string interfaceStatistics(std::uint32_t interface, Time start, Time end, const PacketCounts& counts);

/// `length` is that on the wire; `bytes` may be fewer.
void appendPacket(std::string& blocks, std::uint32_t interface, Time time, std::uint32_t length, Bytes bytes);

/// Of the first one of several packet blocks, which must be whole.
std::size_t lengthOfBlock(std::string_view blocks);
Time timeOfPacket(std::string_view blocks);
std::uint32_t interfaceOfPacket(std::string_view blocks);

} // namespace wirestage::helper
