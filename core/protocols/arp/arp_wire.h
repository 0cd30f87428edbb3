// SPDX-License-Identifier: GPL-3.0-or-later
// Address resolution (RFC 826) and its reverse (RFC 903), for hardware and protocol addresses of any size.
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct ArpSpecs {
    FieldSpec node{"arp", WS_MARK("fields", "Address Resolution Protocol"), Show::Heading};
    FieldSpec hardwareType{"arp.hw.type", WS_MARK("fields", "Hardware type")};
    FieldSpec protocolType{"arp.proto.type", WS_MARK("fields", "Protocol type"), Show::Hexadecimal};
    FieldSpec hardwareSize{"arp.hw.size", WS_MARK("fields", "Hardware address length")};
    FieldSpec protocolSize{"arp.proto.size", WS_MARK("fields", "Protocol address length")};
    FieldSpec operation{"arp.opcode", WS_MARK("fields", "Operation")};
    FieldSpec gratuitous{"arp.isgratuitous", WS_MARK("fields", "Gratuitous"), Show::Boolean};
    FieldSpec probe{"arp.isprobe", WS_MARK("fields", "Probe"), Show::Boolean};
    FieldSpec announcement{"arp.isannouncement", WS_MARK("fields", "Announcement"), Show::Boolean};
    FieldSpec senderMac{"arp.src.hw_mac", WS_MARK("fields", "Sender hardware address"), Show::Address};
    FieldSpec senderHardware{"arp.src.hw", WS_MARK("fields", "Sender hardware address"), Show::Octets};
    FieldSpec senderIpv4{"arp.src.proto_ipv4", WS_MARK("fields", "Sender protocol address"), Show::Address};
    FieldSpec senderProtocol{"arp.src.proto", WS_MARK("fields", "Sender protocol address"), Show::Octets};
    FieldSpec targetMac{"arp.dst.hw_mac", WS_MARK("fields", "Target hardware address"), Show::Address};
    FieldSpec targetHardware{"arp.dst.hw", WS_MARK("fields", "Target hardware address"), Show::Octets};
    FieldSpec targetIpv4{"arp.dst.proto_ipv4", WS_MARK("fields", "Target protocol address"), Show::Address};
    FieldSpec targetProtocol{"arp.dst.proto", WS_MARK("fields", "Target protocol address"), Show::Octets};
};
inline constexpr ArpSpecs arpFields;

Text arpOperationName(std::uint64_t number);

struct ArpPacket {
    std::uint16_t hardwareType = 1, protocolType = 0x0800;
    std::uint8_t hardwareSize = 6, protocolSize = 4;
    std::uint16_t operation = 1;
    MacAddress senderHardware, targetHardware; ///< where they are Ethernet's
    IpAddress senderProtocol, targetProtocol;  ///< where they are IPv4's
    Bytes otherSenderHardware, otherSenderProtocol, otherTargetHardware, otherTargetProtocol;

    [[nodiscard]] bool hasMac() const {
        return hardwareSize == 6 && (hardwareType == 1 || hardwareType == 6);
    }
    [[nodiscard]] bool hasIpv4() const { return protocolSize == 4 && protocolType == 0x0800; }
};

template <class Visitor>
void fields(Visitor& v, ArpPacket& h) {
    v.u16(arpFields.hardwareType, h.hardwareType, hardwareTypeName);
    v.u16(arpFields.protocolType, h.protocolType, etherTypeName);
    v.u8(arpFields.hardwareSize, h.hardwareSize);
    v.u8(arpFields.protocolSize, h.protocolSize);
    v.u16(arpFields.operation, h.operation, arpOperationName);
    if (h.hasMac())
        v.mac(arpFields.senderMac, h.senderHardware, macAddressName);
    else if (h.hardwareSize > 0)
        v.bytes(arpFields.senderHardware, h.otherSenderHardware, h.hardwareSize);
    if (h.hasIpv4())
        v.ipv4(arpFields.senderIpv4, h.senderProtocol);
    else if (h.protocolSize > 0)
        v.bytes(arpFields.senderProtocol, h.otherSenderProtocol, h.protocolSize);
    if (h.hasMac())
        v.mac(arpFields.targetMac, h.targetHardware, macAddressName);
    else if (h.hardwareSize > 0)
        v.bytes(arpFields.targetHardware, h.otherTargetHardware, h.hardwareSize);
    if (h.hasIpv4())
        v.ipv4(arpFields.targetIpv4, h.targetProtocol);
    else if (h.protocolSize > 0)
        v.bytes(arpFields.targetProtocol, h.otherTargetProtocol, h.protocolSize);
}

} // namespace wirestage
