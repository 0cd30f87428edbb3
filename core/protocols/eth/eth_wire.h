// SPDX-License-Identifier: GPL-3.0-or-later
// The Ethernet header (IEEE 802.3, 3.2): two addresses and a type, which below 0x600 is a length.
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct EthSpecs {
    FieldSpec node{"eth", WS_MARK("fields", "Ethernet"), Show::Heading};
    FieldSpec destination{"eth.dst", WS_MARK("fields", "Destination"), Show::Address};
    FieldSpec destinationLocal{"eth.dst.lg", WS_MARK("fields", "Locally administered"), Show::Boolean};
    FieldSpec destinationGroup{"eth.dst.ig", WS_MARK("fields", "Group address"), Show::Boolean};
    FieldSpec source{"eth.src", WS_MARK("fields", "Source"), Show::Address};
    FieldSpec sourceLocal{"eth.src.lg", WS_MARK("fields", "Locally administered"), Show::Boolean};
    FieldSpec sourceGroup{"eth.src.ig", WS_MARK("fields", "Group address"), Show::Boolean};
    FieldSpec type{"eth.type", WS_MARK("fields", "EtherType"), Show::Hexadecimal};
    FieldSpec length{"eth.len", WS_MARK("fields", "Length")};
    FieldSpec padding{"eth.padding", WS_MARK("fields", "Padding"), Show::Octets};
    FieldSpec trailer{"eth.trailer", WS_MARK("fields", "Trailer"), Show::Octets};
};
inline constexpr EthSpecs ethFields;

struct EthHeader {
    static constexpr std::size_t size = 14;
    MacAddress destination, source;
    std::uint16_t type = 0;

    [[nodiscard]] bool typeIsLength() const { return type < 0x600; }
};

template <class Visitor>
void fields(Visitor& v, EthHeader& h) {
    v.mac(ethFields.destination, h.destination,
          MacBits{ethFields.destinationLocal, ethFields.destinationGroup}, macAddressName);
    v.mac(ethFields.source, h.source, MacBits{ethFields.sourceLocal, ethFields.sourceGroup}, macAddressName);
    v.u16(ethFields.type, h.type, etherTypeName);
}

} // namespace wirestage
