// SPDX-License-Identifier: GPL-3.0-or-later
// The IPv4 header (RFC 791, 3.1; the second byte as of RFC 2474 and 3168) and its options.
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct IpSpecs {
    FieldSpec node{"ip", WS_MARK("fields", "Internet Protocol version 4"), Show::Heading};
    FieldSpec version{"ip.version", WS_MARK("fields", "Version")};
    FieldSpec headerLength{"ip.hdr_len", WS_MARK("fields", "Internet header length")};
    FieldSpec service{"ip.dsfield", WS_MARK("fields", "Differentiated services field"), Show::Hexadecimal};
    FieldSpec codepoint{"ip.dsfield.dscp", WS_MARK("fields", "Differentiated services code point")};
    FieldSpec congestion{"ip.dsfield.ecn", WS_MARK("fields", "Explicit congestion notification")};
    FieldSpec totalLength{"ip.len", WS_MARK("fields", "Total length")};
    FieldSpec identification{"ip.id", WS_MARK("fields", "Identification"), Show::Hexadecimal};
    FieldSpec flags{"ip.flags", WS_MARK("fields", "Flags"), Show::Hexadecimal};
    FieldSpec reserved{"ip.flags.rb", WS_MARK("fields", "Reserved bit"), Show::Boolean};
    FieldSpec dontFragment{"ip.flags.df", WS_MARK("fields", "Don't fragment"), Show::Boolean};
    FieldSpec moreFragments{"ip.flags.mf", WS_MARK("fields", "More fragments"), Show::Boolean};
    FieldSpec fragmentOffset{"ip.frag_offset", WS_MARK("fields", "Fragment offset")};
    FieldSpec timeToLive{"ip.ttl", WS_MARK("fields", "Time to live")};
    FieldSpec protocol{"ip.proto", WS_MARK("fields", "Protocol")};
    FieldSpec checksum{"ip.checksum", WS_MARK("fields", "Header checksum"), Show::Hexadecimal};
    FieldSpec checksumStatus{"ip.checksum.status", WS_MARK("fields", "Checksum status")};
    FieldSpec source{"ip.src", WS_MARK("fields", "Source address"), Show::Address};
    FieldSpec destination{"ip.dst", WS_MARK("fields", "Destination address"), Show::Address};
    FieldSpec option{"", WS_MARK("fields", "Option"), Show::Heading};
    FieldSpec optionType{"ip.opt.type", WS_MARK("fields", "Type")};
    FieldSpec optionCopied{"ip.opt.type.copy", WS_MARK("fields", "Copied into every fragment"),
                           Show::Boolean};
    FieldSpec optionClass{"ip.opt.type.class", WS_MARK("fields", "Class")};
    FieldSpec optionNumber{"ip.opt.type.number", WS_MARK("fields", "Number")};
    FieldSpec optionLength{"ip.opt.len", WS_MARK("fields", "Length")};
    FieldSpec pointer{"ip.opt.ptr", WS_MARK("fields", "Pointer")};
    FieldSpec recordedRoute{"ip.rec_rt", WS_MARK("fields", "Recorded address"), Show::Address};
    FieldSpec emptyRoute{"ip.empty_rt", WS_MARK("fields", "Free place"), Show::Address};
    FieldSpec sourceRoute{"ip.src_rt", WS_MARK("fields", "Address to go to"), Show::Address};
    FieldSpec routerAlert{"ip.opt.ra", WS_MARK("fields", "Router alert")};
    FieldSpec streamIdentifier{"ip.opt.sid", WS_MARK("fields", "Stream identifier")};
    FieldSpec overflow{"ip.opt.overflow", WS_MARK("fields", "Hosts that found no room")};
    FieldSpec stampKind{"ip.opt.flag", WS_MARK("fields", "What is recorded"), Show::Hexadecimal};
    FieldSpec stamp{"ip.opt.time_stamp", WS_MARK("fields", "Timestamp, milliseconds since midnight")};
    FieldSpec stampAddress{"ip.opt.time_stamp_addr", WS_MARK("fields", "Address"), Show::Address};
    FieldSpec optionData{"", WS_MARK("fields", "Data"), Show::Octets};
};
inline constexpr IpSpecs ipFields;

struct IpHeader {
    static constexpr std::size_t size = 20;
    std::uint8_t version = 4;
    std::optional<std::uint8_t> length; ///< bytes, with options
    std::uint8_t service = 0;
    std::optional<std::uint16_t> totalLength;
    std::uint16_t identification = 0;
    std::uint8_t flags = 0;           ///< three bits: reserved, don't fragment, more fragments
    std::uint32_t fragmentOffset = 0; ///< bytes
    std::uint8_t timeToLive = 64, protocol = 0;
    std::optional<std::uint16_t> checksum;
    IpAddress source, destination;

    [[nodiscard]] bool moreFragments() const { return flags & 1; }
};

template <class Visitor>
void fields(Visitor& v, IpHeader& h) {
    v.bits8([&](auto& word) {
        word.field(ipFields.version, 4, h.version);
        word.scaled(ipFields.headerLength, 4, h.length, 4, bytesName);
    });
    v.parts8(ipFields.service, h.service, [](auto& parts) {
        parts.part(ipFields.codepoint, 6, differentiatedServicesName);
        parts.part(ipFields.congestion, 2, congestionName);
    });
    v.u16(ipFields.totalLength, h.totalLength, bytesName);
    v.u16(ipFields.identification, h.identification);
    v.bits16([&](auto& word) {
        word.nested(ipFields.flags, 3, h.flags, [](auto& parts) {
            parts.part(ipFields.reserved, 1);
            parts.part(ipFields.dontFragment, 1);
            parts.part(ipFields.moreFragments, 1);
        });
        word.units(ipFields.fragmentOffset, 13, h.fragmentOffset, 8, bytesName);
    });
    v.u8(ipFields.timeToLive, h.timeToLive);
    v.u8(ipFields.protocol, h.protocol, ipProtocolName);
    v.u16(ipFields.checksum, h.checksum);
    v.ipv4(ipFields.source, h.source, ipAddressName);
    v.ipv4(ipFields.destination, h.destination, ipAddressName);
}

/// Describes all options. False where one has an impossible length.
bool describeIpOptions(Describer& describer, Bytes options);

/// A whole packet; what the header leaves unset is worked out. `options` are padded to a multiple of four
/// bytes.
void writeIp(Writer& writer, IpHeader header, Bytes options, Bytes payload);

} // namespace wirestage
