// SPDX-License-Identifier: GPL-3.0-or-later
// Logical link control (IEEE 802.2) and its extension SNAP, which brings EtherTypes back (RFC 1042).
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct LlcSpecs {
    FieldSpec node{"llc", WS_MARK("fields", "Logical link control"), Show::Heading};
    FieldSpec destination{"llc.dsap", WS_MARK("fields", "Destination service access point"),
                          Show::Hexadecimal};
    FieldSpec destinationSap{"llc.dsap.sap", WS_MARK("fields", "Service access point")};
    FieldSpec group{"llc.dsap.ig", WS_MARK("fields", "Group address"), Show::Boolean};
    FieldSpec source{"llc.ssap", WS_MARK("fields", "Source service access point"), Show::Hexadecimal};
    FieldSpec sourceSap{"llc.ssap.sap", WS_MARK("fields", "Service access point")};
    FieldSpec response{"llc.ssap.cr", WS_MARK("fields", "Response"), Show::Boolean};
    FieldSpec control{"llc.control", WS_MARK("fields", "Control"), Show::Hexadecimal};
    FieldSpec organization{"llc.oui", WS_MARK("fields", "Organization code")};
    FieldSpec type{"llc.type", WS_MARK("fields", "EtherType"), Show::Hexadecimal};
    FieldSpec protocol{"llc.pid", WS_MARK("fields", "Protocol of that organization"), Show::Hexadecimal};
};
inline constexpr LlcSpecs llcFields;

Text llcSapName(std::uint64_t number);

/// The part that all have; control is two bytes in numbered frames.
struct LlcHeader {
    std::uint8_t destination = 0xaa, source = 0xaa;
    std::uint16_t control = 3;

    [[nodiscard]] bool isUnnumbered() const { return (control & 3) == 3; }
    [[nodiscard]] bool isSnap() const { return destination == 0xaa && source == 0xaa && control == 3; }
};

struct SnapHeader {
    static constexpr std::size_t size = 5;
    std::uint32_t organization = 0;
    std::uint16_t type = 0;

    /// RFC 1042's code, and the one that bridges use for EtherTypes (IEEE 802.1H).
    [[nodiscard]] bool isEtherType() const { return organization == 0 || organization == 0xf8; }
};

template <class Visitor>
void fields(Visitor& v, LlcHeader& h) {
    const auto name = [](std::uint64_t number) { return llcSapName(number & 0xfe); };
    v.parts8(
        llcFields.destination, h.destination,
        [](auto& parts) {
            parts.part(llcFields.destinationSap, 7);
            parts.part(llcFields.group, 1);
        },
        name);
    v.parts8(
        llcFields.source, h.source,
        [](auto& parts) {
            parts.part(llcFields.sourceSap, 7);
            parts.part(llcFields.response, 1);
        },
        name);
    v.u8(llcFields.control, h.control);
}

template <class Visitor>
void fields(Visitor& v, SnapHeader& h) {
    v.u24(llcFields.organization, h.organization);
    v.u16(llcFields.type, h.type);
}

} // namespace wirestage
