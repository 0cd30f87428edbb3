// SPDX-License-Identifier: GPL-3.0-or-later
// Linux "cooked" captures, what the "any" interface gives instead of a link header: LINKTYPE_LINUX_SLL and
// LINKTYPE_LINUX_SLL2 (https://www.tcpdump.org/linktypes.html).
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct SllSpecs {
    FieldSpec node{"sll", WS_MARK("fields", "Linux cooked capture"), Show::Heading};
    FieldSpec packetType{"sll.pkttype", WS_MARK("fields", "Packet type")};
    FieldSpec hardwareType{"sll.hatype", WS_MARK("fields", "Link-layer address type")};
    FieldSpec addressLength{"sll.halen", WS_MARK("fields", "Link-layer address length")};
    FieldSpec source{"sll.src.eth", WS_MARK("fields", "Source"), Show::Address};
    FieldSpec otherSource{"sll.src.other", WS_MARK("fields", "Source"), Show::Octets};
    FieldSpec unused{"sll.unused", WS_MARK("fields", "Unused"), Show::Octets};
    FieldSpec type{"sll.etype", WS_MARK("fields", "EtherType"), Show::Hexadecimal};
    FieldSpec linuxType{"sll.ltype", WS_MARK("fields", "Linux protocol type"), Show::Hexadecimal};
    FieldSpec interfaceIndex{"sll.ifindex", WS_MARK("fields", "Interface index")};
};
inline constexpr SllSpecs sllFields;

Text sllPacketTypeName(std::uint64_t number);

struct SllHeader {
    static constexpr std::size_t size = 16;
    std::uint16_t packetType = 0, hardwareType = 1, addressLength = 6;
    MacAddress source; ///< the first six bytes of an address field of eight
    Bytes unused;
    std::uint16_t type = 0;
};

struct Sll2Header {
    static constexpr std::size_t size = 20;
    std::uint16_t type = 0;
    Bytes reserved;
    std::uint32_t interfaceIndex = 0;
    std::uint16_t hardwareType = 1;
    std::uint8_t packetType = 0, addressLength = 6;
    MacAddress source;
    Bytes unused;
};

template <class Visitor>
void fields(Visitor& v, SllHeader& h) {
    v.u16(sllFields.packetType, h.packetType, sllPacketTypeName);
    v.u16(sllFields.hardwareType, h.hardwareType, hardwareTypeName);
    v.u16(sllFields.addressLength, h.addressLength);
    v.mac(sllFields.source, h.source, macAddressName);
    v.bytes(sllFields.unused, h.unused, 2);
    v.u16(sllFields.type, h.type, etherTypeName);
}

template <class Visitor>
void fields(Visitor& v, Sll2Header& h) {
    v.u16(sllFields.type, h.type, etherTypeName);
    v.bytes(sllFields.unused, h.reserved, 2);
    v.u32(sllFields.interfaceIndex, h.interfaceIndex);
    v.u16(sllFields.hardwareType, h.hardwareType, hardwareTypeName);
    v.u8(sllFields.packetType, h.packetType, sllPacketTypeName);
    v.u8(sllFields.addressLength, h.addressLength);
    v.mac(sllFields.source, h.source, macAddressName);
    v.bytes(sllFields.unused, h.unused, 2);
}

} // namespace wirestage
