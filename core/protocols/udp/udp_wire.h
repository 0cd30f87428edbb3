// SPDX-License-Identifier: GPL-3.0-or-later
// The UDP header (RFC 768).
#pragma once

#include "core/protocols/fields.h"
#include "core/protocols/names.h"

namespace wirestage {

struct UdpSpecs {
    FieldSpec node{"udp", WS_MARK("fields", "User Datagram Protocol"), Show::Heading};
    FieldSpec sourcePort{"udp.srcport", WS_MARK("fields", "Source port")};
    FieldSpec destinationPort{"udp.dstport", WS_MARK("fields", "Destination port")};
    FieldSpec stream{"udp.stream", WS_MARK("fields", "Stream")};
    FieldSpec length{"udp.length", WS_MARK("fields", "Length")};
    FieldSpec checksum{"udp.checksum", WS_MARK("fields", "Checksum"), Show::Hexadecimal};
    FieldSpec checksumStatus{"udp.checksum.status", WS_MARK("fields", "Checksum status")};
    FieldSpec payload{"udp.payload", WS_MARK("fields", "Payload"), Show::Octets};
};
inline constexpr UdpSpecs udpFields;

struct UdpHeader {
    static constexpr std::size_t size = 8;
    std::uint16_t sourcePort = 0, destinationPort = 0;
    std::optional<std::uint16_t> length, checksum;
};

template <class Visitor>
void fields(Visitor& v, UdpHeader& h) {
    v.u16(udpFields.sourcePort, h.sourcePort, portName);
    v.u16(udpFields.destinationPort, h.destinationPort, portName);
    v.u16(udpFields.length, h.length, bytesName);
    v.u16(udpFields.checksum, h.checksum);
}

/// A whole datagram; what the header leaves unset is worked out.
void writeUdp(Writer& writer, UdpHeader header, const IpAddress& source, const IpAddress& destination,
              Bytes payload);

} // namespace wirestage
