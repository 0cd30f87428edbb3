// SPDX-License-Identifier: GPL-3.0-or-later
// UDP (RFC 768): ports, a length and a checksum, which IPv4 lets a sender leave out.
#include "core/protocols/udp/udp_wire.h"

#include "core/bytes/checksum.h"
#include "core/protocols/wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint8_t udpNumber = 17;

void describeSum(const Dissection& into, const UdpHeader& header, Bytes datagram, std::uint32_t length) {
    if (header.checksum == std::uint16_t{0}) {
        describeChecksum(*into.describer, udpFields.checksum, udpFields.checksumStatus, false, 0);
        return;
    }
    const Bytes covered = datagram.first(std::min<std::size_t>(datagram.size(), length));
    InternetChecksum sum;
    sum.addPseudoHeader(into.network.source, into.network.destination, udpNumber, length);
    sum.add(covered);
    describeChecksum(*into.describer, udpFields.checksum, udpFields.checksumStatus,
                     !into.quoted && datagram.size() >= length, sum.value());
    into.describer->covers(udpFields.checksum, covered, into.network.source, into.network.destination);
}

/// The length of header and payload. 0 stands for a jumbogram (RFC 2675, 4): all there is.
std::uint32_t datagramLength(Dissection& into, const UdpHeader& header, const Part& part) {
    const std::uint32_t said = header.length.value_or(0);
    if (said == 0 || into.quoted)
        return part.length;
    if (said < UdpHeader::size || said > part.length)
        markNonsense(into);
    return std::clamp<std::uint32_t>(said, UdpHeader::size,
                                     std::max<std::uint32_t>(part.length, UdpHeader::size));
}

std::uint32_t decodeUdp(Dissection& into, const Part& part) {
    into.push(ProtocolId::udp);
    into.carried = Carried::Udp;
    Reader reader(part.bytes);
    UdpHeader header;
    Describer* describer = into.describer;
    openHeader(into, udpFields.node, part.bytes, UdpHeader::size);
    const bool whole = readHeader(reader, header, describer);
    into.sourcePort = header.sourcePort;
    into.destinationPort = header.destinationPort;
    if (!whole) {
        if (describer)
            describer->close();
        markTruncated(into, part);
        return part.length;
    }
    const std::uint32_t length = datagramLength(into, header, part);
    into.payload = part.upTo(length).bytes.subspan(UdpHeader::size);
    if (describer) {
        describeSum(into, header, part.bytes, length);
        describeData(into, udpFields.payload, into.payload);
        describer->close();
    }
    return part.length;
}

} // namespace

extern const WireProtocol udpWire;
const WireProtocol udpWire{
    ProtocolId::udp, {{Binding::Table::IpProtocol, udpNumber, decodeUdp}}, listOf(udpFields)};

void writeUdp(Writer& writer, UdpHeader header, const IpAddress& source, const IpAddress& destination,
              Bytes payload) {
    const std::size_t start = writer.size();
    const auto length = static_cast<std::uint32_t>(UdpHeader::size + payload.size());
    if (!header.length)
        header.length = static_cast<std::uint16_t>(length);
    writeHeader(writer, header);
    writer.append(payload);
    if (header.checksum)
        return;
    InternetChecksum sum;
    sum.addPseudoHeader(source, destination, udpNumber, length);
    sum.add(writer.from(start));
    writer.patch16(start + 6, sum.value() == 0 ? 0xffff : sum.value()); // zero would say that there is none
}

} // namespace wirestage
