// SPDX-License-Identifier: GPL-3.0-or-later
// The IPv6 header (RFC 8200, 3) and its extension headers (RFC 8200, 4; Authentication Header: RFC 4302).
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct Ipv6Specs {
    FieldSpec node{"ipv6", WS_MARK("fields", "Internet Protocol version 6"), Show::Heading};
    FieldSpec version{"ipv6.version", WS_MARK("fields", "Version")};
    FieldSpec trafficClass{"ipv6.tclass", WS_MARK("fields", "Traffic class"), Show::Hexadecimal};
    FieldSpec codepoint{"ipv6.tclass.dscp", WS_MARK("fields", "Differentiated services code point")};
    FieldSpec congestion{"ipv6.tclass.ecn", WS_MARK("fields", "Explicit congestion notification")};
    FieldSpec flow{"ipv6.flow", WS_MARK("fields", "Flow label"), Show::Hexadecimal};
    FieldSpec payloadLength{"ipv6.plen", WS_MARK("fields", "Payload length")};
    FieldSpec next{"ipv6.nxt", WS_MARK("fields", "Next header")};
    FieldSpec hopLimit{"ipv6.hlim", WS_MARK("fields", "Hop limit")};
    FieldSpec source{"ipv6.src", WS_MARK("fields", "Source address"), Show::Address};
    FieldSpec destination{"ipv6.dst", WS_MARK("fields", "Destination address"), Show::Address};

    FieldSpec hopByHop{"ipv6.hopopts", WS_MARK("fields", "Hop-by-hop options"), Show::Heading};
    FieldSpec hopByHopNext{"ipv6.hopopts.nxt", WS_MARK("fields", "Next header")};
    FieldSpec hopByHopLength{"ipv6.hopopts.len", WS_MARK("fields", "Header extension length")};
    FieldSpec destinationOptions{"ipv6.dstopts", WS_MARK("fields", "Destination options"), Show::Heading};
    FieldSpec destinationNext{"ipv6.dstopts.nxt", WS_MARK("fields", "Next header")};
    FieldSpec destinationLength{"ipv6.dstopts.len", WS_MARK("fields", "Header extension length")};
    FieldSpec option{"ipv6.opt", WS_MARK("fields", "Option"), Show::Heading};
    FieldSpec optionType{"ipv6.opt.type", WS_MARK("fields", "Option type")};
    FieldSpec optionAction{"ipv6.opt.type.action", WS_MARK("fields", "Who does not know it")};
    FieldSpec optionChange{"ipv6.opt.type.change", WS_MARK("fields", "May change on the way"), Show::Boolean};
    FieldSpec optionRest{"ipv6.opt.type.rest", WS_MARK("fields", "Number"), Show::Hexadecimal};
    FieldSpec optionLength{"ipv6.opt.length", WS_MARK("fields", "Option data length")};
    FieldSpec padding{"ipv6.opt.padn", WS_MARK("fields", "Padding"), Show::Octets};
    FieldSpec routerAlert{"ipv6.opt.router_alert", WS_MARK("fields", "Router alert")};
    FieldSpec jumbo{"ipv6.opt.jumbo", WS_MARK("fields", "Jumbo payload length")};
    FieldSpec unknownOption{"ipv6.opt.unknown", WS_MARK("fields", "Option data"), Show::Octets};

    FieldSpec routing{"ipv6.routing", WS_MARK("fields", "Routing header"), Show::Heading};
    FieldSpec routingNext{"ipv6.routing.nxt", WS_MARK("fields", "Next header")};
    FieldSpec routingLength{"ipv6.routing.len", WS_MARK("fields", "Header extension length")};
    FieldSpec routingType{"ipv6.routing.type", WS_MARK("fields", "Routing type")};
    FieldSpec segmentsLeft{"ipv6.routing.segleft", WS_MARK("fields", "Segments left")};
    FieldSpec routingReserved{"ipv6.routing.src.reserved", WS_MARK("fields", "Reserved"), Show::Octets};
    FieldSpec routingAddress{"ipv6.routing.src.addr", WS_MARK("fields", "Address to go to"), Show::Address};
    FieldSpec routingData{"ipv6.routing.unknown_data", WS_MARK("fields", "Type-specific data"), Show::Octets};

    FieldSpec fragment{"ipv6.fraghdr", WS_MARK("fields", "Fragment header"), Show::Heading};
    FieldSpec fragmentNext{"ipv6.fraghdr.nxt", WS_MARK("fields", "Next header")};
    FieldSpec fragmentReserved{"ipv6.fraghdr.reserved_octet", WS_MARK("fields", "Reserved"),
                               Show::Hexadecimal};
    FieldSpec fragmentOffset{"ipv6.fraghdr.offset", WS_MARK("fields", "Fragment offset")};
    FieldSpec fragmentBits{"ipv6.fraghdr.reserved_bits", WS_MARK("fields", "Reserved")};
    FieldSpec moreFragments{"ipv6.fraghdr.more", WS_MARK("fields", "More fragments"), Show::Boolean};
    FieldSpec identification{"ipv6.fraghdr.ident", WS_MARK("fields", "Identification"), Show::Hexadecimal};

    FieldSpec authentication{"ah", WS_MARK("fields", "Authentication Header"), Show::Heading};
    FieldSpec authenticationNext{"ah.next_header", WS_MARK("fields", "Next header")};
    FieldSpec authenticationLength{"ah.length", WS_MARK("fields", "Payload length")};
    FieldSpec authenticationReserved{"ah.reserved", WS_MARK("fields", "Reserved"), Show::Octets};
    FieldSpec securityParameters{"ah.spi", WS_MARK("fields", "Security parameters index"), Show::Hexadecimal};
    FieldSpec authenticationSequence{"ah.sequence", WS_MARK("fields", "Sequence number")};
    FieldSpec checkValue{"ah.icv", WS_MARK("fields", "Integrity check value"), Show::Octets};
};
inline constexpr Ipv6Specs ipv6Fields;

struct Ipv6Header {
    static constexpr std::size_t size = 40;
    std::uint8_t version = 6, trafficClass = 0;
    std::uint32_t flow = 0;
    std::optional<std::uint16_t> payloadLength;
    std::uint8_t next = 59, hopLimit = 64;
    IpAddress source, destination;
};

template <class Visitor>
void fields(Visitor& v, Ipv6Header& h) {
    v.bits32([&](auto& word) {
        word.field(ipv6Fields.version, 4, h.version);
        word.nested(ipv6Fields.trafficClass, 8, h.trafficClass, [](auto& parts) {
            parts.part(ipv6Fields.codepoint, 6, differentiatedServicesName);
            parts.part(ipv6Fields.congestion, 2, congestionName);
        });
        word.field(ipv6Fields.flow, 20, h.flow);
    });
    v.u16(ipv6Fields.payloadLength, h.payloadLength, bytesName);
    v.u8(ipv6Fields.next, h.next, ipProtocolName);
    v.u8(ipv6Fields.hopLimit, h.hopLimit);
    v.ipv6(ipv6Fields.source, h.source, ipAddressName);
    v.ipv6(ipv6Fields.destination, h.destination, ipAddressName);
}

struct Ipv6FragmentHeader {
    static constexpr std::size_t size = 8;
    std::uint8_t next = 59, reserved = 0;
    std::uint16_t offset = 0; ///< bytes
    std::uint8_t reservedBits = 0;
    bool moreFragments = false;
    std::uint32_t identification = 0;
};

template <class Visitor>
void fields(Visitor& v, Ipv6FragmentHeader& h) {
    v.u8(ipv6Fields.fragmentNext, h.next, ipProtocolName);
    v.u8(ipv6Fields.fragmentReserved, h.reserved);
    v.bits16([&](auto& word) {
        word.units(ipv6Fields.fragmentOffset, 13, h.offset, 8, bytesName);
        word.field(ipv6Fields.fragmentBits, 2, h.reservedBits);
        word.field(ipv6Fields.moreFragments, 1, h.moreFragments);
    });
    v.u32(ipv6Fields.identification, h.identification);
}

/// Describes a header whose length has been checked: hop-by-hop (0), routing (43), authentication (51) or
/// destination options (60).
void describeIpv6Extension(Describer& describer, std::uint8_t number, Bytes header);

/// A whole packet; what the header leaves unset is worked out.
void writeIpv6(Writer& writer, Ipv6Header header, Bytes payload);

} // namespace wirestage
