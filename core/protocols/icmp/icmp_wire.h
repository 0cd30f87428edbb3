// SPDX-License-Identifier: GPL-3.0-or-later
// ICMP messages (RFC 792, address masks RFC 950, next-hop MTU RFC 1191, router discovery RFC 1256, original
// datagram's length and extensions RFC 4884, MPLS labels in them RFC 4950, extended echo RFC 8335).
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct IcmpSpecs {
    FieldSpec node{"icmp", WS_MARK("fields", "Internet Control Message Protocol"), Show::Heading};
    FieldSpec type{"icmp.type", WS_MARK("fields", "Type")};
    FieldSpec code{"icmp.code", WS_MARK("fields", "Code")};
    FieldSpec checksum{"icmp.checksum", WS_MARK("fields", "Checksum"), Show::Hexadecimal};
    FieldSpec checksumStatus{"icmp.checksum.status", WS_MARK("fields", "Checksum status")};
    FieldSpec unused{"icmp.unused", WS_MARK("fields", "Unused"), Show::Octets};
    FieldSpec reserved{"icmp.reserved", WS_MARK("fields", "Reserved"), Show::Octets};
    FieldSpec identifier{"icmp.ident", WS_MARK("fields", "Identifier")};
    FieldSpec sequence{"icmp.seq", WS_MARK("fields", "Sequence number")};
    FieldSpec mtu{"icmp.mtu", WS_MARK("fields", "Next-hop MTU")};
    FieldSpec gateway{"icmp.redir_gw", WS_MARK("fields", "Gateway address"), Show::Address};
    FieldSpec pointer{"icmp.pointer", WS_MARK("fields", "Pointer")};
    FieldSpec originalLength{"icmp.length", WS_MARK("fields", "Length of the original datagram")};
    FieldSpec addressCount{"icmp.num_addrs", WS_MARK("fields", "Number of addresses")};
    FieldSpec entrySize{"icmp.addr_entry_size", WS_MARK("fields", "Address entry size")};
    FieldSpec lifetime{"icmp.lifetime", WS_MARK("fields", "Lifetime")};
    FieldSpec routerAddress{"icmp.router_address", WS_MARK("fields", "Router address"), Show::Address};
    FieldSpec preference{"icmp.pref_level", WS_MARK("fields", "Preference level")};
    FieldSpec originate{"icmp.originate_timestamp", WS_MARK("fields", "Originate timestamp")};
    FieldSpec receive{"icmp.receive_timestamp", WS_MARK("fields", "Receive timestamp")};
    FieldSpec transmit{"icmp.transmit_timestamp", WS_MARK("fields", "Transmit timestamp")};
    FieldSpec mask{"icmp.address_mask", WS_MARK("fields", "Address mask"), Show::Address, TellsOf::Nobody};
    FieldSpec extendedSequence{"icmp.ext.echo.seq", WS_MARK("fields", "Sequence number")};
    FieldSpec localBit{"icmp.ext.echo.req.local", WS_MARK("fields", "Local"), Show::Boolean};
    FieldSpec requestReserved{"icmp.ext.echo.req.res", WS_MARK("fields", "Reserved"), Show::Hexadecimal};
    FieldSpec replyState{"icmp.ext.echo.rsp.state", WS_MARK("fields", "State")};
    FieldSpec replyReserved{"icmp.ext.echo.rsp.res", WS_MARK("fields", "Reserved"), Show::Hexadecimal};
    FieldSpec replyActive{"icmp.ext.echo.rsp.active", WS_MARK("fields", "Active"), Show::Boolean};
    FieldSpec replyIpv4{"icmp.ext.echo.rsp.ipv4", WS_MARK("fields", "Runs IPv4"), Show::Boolean};
    FieldSpec replyIpv6{"icmp.ext.echo.rsp.ipv6", WS_MARK("fields", "Runs IPv6"), Show::Boolean};
    FieldSpec data{"data", WS_MARK("fields", "Data"), Show::Octets};
    FieldSpec extension{"icmp.ext", WS_MARK("fields", "Extension structure"), Show::Heading};
    FieldSpec extensionVersion{"icmp.ext.version", WS_MARK("fields", "Version")};
    FieldSpec extensionReserved{"icmp.ext.res", WS_MARK("fields", "Reserved"), Show::Hexadecimal};
    FieldSpec extensionChecksum{"icmp.ext.checksum", WS_MARK("fields", "Checksum"), Show::Hexadecimal};
    FieldSpec object{"", WS_MARK("fields", "Extension object"), Show::Heading};
    FieldSpec objectLength{"icmp.ext.length", WS_MARK("fields", "Length")};
    FieldSpec objectClass{"icmp.ext.class", WS_MARK("fields", "Class")};
    FieldSpec objectType{"icmp.ext.ctype", WS_MARK("fields", "Type within its class")};
    FieldSpec objectData{"icmp.ext.data", WS_MARK("fields", "Data"), Show::Octets};
    FieldSpec mplsLabel{"icmp.mpls.label", WS_MARK("fields", "MPLS label")};
    FieldSpec mplsExperimental{"icmp.mpls.exp", WS_MARK("fields", "Traffic class")};
    FieldSpec mplsBottom{"icmp.mpls.s", WS_MARK("fields", "Bottom of stack"), Show::Boolean};
    FieldSpec mplsTtl{"icmp.mpls.ttl", WS_MARK("fields", "Time to live")};
};
inline constexpr IcmpSpecs icmpFields;

Text icmpTypeName(std::uint64_t type);
Text icmpCodeName(std::uint8_t type, std::uint64_t code);

/// The part before the data or the quoted packet. Which members count depends on the type.
struct IcmpHeader {
    std::uint8_t type = 8, code = 0;
    std::optional<std::uint16_t> checksum;
    std::uint16_t identifier = 0, sequence = 0;
    std::uint16_t mtu = 0;
    IpAddress gateway = IpAddress::v4(std::array<std::uint8_t, 4>{}.data());
    std::uint8_t pointer = 0;
    std::uint8_t originalLength =
        0; ///< of the quoted packet in words of four bytes, where extensions follow it
    std::uint8_t addressCount = 0, entrySize = 2;
    std::uint16_t lifetime = 0;
    std::uint32_t originate = 0, receive = 0, transmit = 0; ///< milliseconds since midnight UTC
    IpAddress mask = IpAddress::v4(std::array<std::uint8_t, 4>{}.data());
    std::uint8_t extendedSequence = 0, extendedFlags = 0;

    [[nodiscard]] bool isError() const {
        return type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
    }
};

namespace detail {

template <class Visitor>
void identified(Visitor& v, IcmpHeader& h) {
    v.u16(icmpFields.identifier, h.identifier);
    v.u16(icmpFields.sequence, h.sequence);
}

template <class Visitor>
void unused(Visitor& v, std::size_t count) {
    Bytes none;
    v.bytes(icmpFields.unused, none, count);
}

template <class Visitor>
void errorFields(Visitor& v, IcmpHeader& h) {
    if (h.type == 5)
        return v.ipv4(icmpFields.gateway, h.gateway);
    if (h.type == 4)
        return unused(v, 4);
    if (h.type == 12)
        v.u8(icmpFields.pointer, h.pointer);
    else
        unused(v, 1);
    v.u8(icmpFields.originalLength, h.originalLength,
         [](std::uint64_t words) { return bytesName(4 * words); });
    if (h.type == 3 && h.code == 4)
        v.u16(icmpFields.mtu, h.mtu, bytesName);
    else
        unused(v, 2);
}

template <class Visitor>
void extendedEchoFields(Visitor& v, IcmpHeader& h) {
    v.u16(icmpFields.identifier, h.identifier);
    v.u8(icmpFields.extendedSequence, h.extendedSequence);
    v.bits8([&](auto& word) {
        std::uint8_t rest = static_cast<std::uint8_t>(h.extendedFlags >> 1), last = h.extendedFlags & 1;
        std::uint8_t state = h.extendedFlags >> 5, reserved = h.extendedFlags >> 3 & 3,
                     active = h.extendedFlags >> 2 & 1, four = h.extendedFlags >> 1 & 1;
        if (h.type == 42) {
            word.field(icmpFields.requestReserved, 7, rest);
            word.field(icmpFields.localBit, 1, last);
            h.extendedFlags = static_cast<std::uint8_t>(rest << 1 | last);
            return;
        }
        word.field(icmpFields.replyState, 3, state);
        word.field(icmpFields.replyReserved, 2, reserved);
        word.field(icmpFields.replyActive, 1, active);
        word.field(icmpFields.replyIpv4, 1, four);
        word.field(icmpFields.replyIpv6, 1, last);
        h.extendedFlags =
            static_cast<std::uint8_t>(state << 5 | reserved << 3 | active << 2 | four << 1 | last);
    });
}

} // namespace detail

template <class Visitor>
void fields(Visitor& v, IcmpHeader& h) {
    v.u8(icmpFields.type, h.type, icmpTypeName);
    v.u8(icmpFields.code, h.code, [&](std::uint64_t code) { return icmpCodeName(h.type, code); });
    v.u16(icmpFields.checksum, h.checksum);
    const auto milliseconds = [](std::uint64_t number) {
        return durationInWords(static_cast<std::int64_t>(number) * 1'000'000);
    };
    Bytes reserved;
    switch (h.type) {
    case 0:
    case 8:
    case 15:
    case 16: detail::identified(v, h); break;
    case 3:
    case 4:
    case 5:
    case 11:
    case 12: detail::errorFields(v, h); break;
    case 9:
        v.u8(icmpFields.addressCount, h.addressCount);
        v.u8(icmpFields.entrySize, h.entrySize, [](std::uint64_t words) { return bytesName(4 * words); });
        v.u16(icmpFields.lifetime, h.lifetime, secondsName);
        break;
    case 10: v.bytes(icmpFields.reserved, reserved, 4); break;
    case 13:
    case 14:
        detail::identified(v, h);
        v.u32(icmpFields.originate, h.originate, milliseconds);
        v.u32(icmpFields.receive, h.receive, milliseconds);
        v.u32(icmpFields.transmit, h.transmit, milliseconds);
        break;
    case 17:
    case 18:
        detail::identified(v, h);
        v.ipv4(icmpFields.mask, h.mask);
        break;
    case 42:
    case 43: detail::extendedEchoFields(v, h); break;
    default: break;
    }
}

/// Describes the extension structure behind a quoted packet (RFC 4884, 7).
void describeIcmpExtension(Describer& describer, Bytes extension);

/// A whole message; an unset checksum is worked out. `rest` is the data or the quoted packet.
void writeIcmp(Writer& writer, const IcmpHeader& header, Bytes rest);

} // namespace wirestage
