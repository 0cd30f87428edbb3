// SPDX-License-Identifier: GPL-3.0-or-later
// Datagrams out and in.
#include "core/simulation/host_udp.h"

#include "core/bytes/checksum.h"
#include "core/protocols/udp/udp_wire.h"
#include "core/simulation/host.h"

namespace wirestage::simulation {

bool HostUdp::bind(std::uint16_t port, Application& owner) {
    const auto [place, isNew] = owners.emplace(port, &owner);
    return isNew || place->second == &owner;
}

Application* HostUdp::owner(std::uint16_t port) const {
    const auto found = owners.find(port);
    return found == owners.end() ? nullptr : found->second;
}

std::uint16_t HostUdp::ephemeralPort() {
    for (unsigned tries = 0; tries < 16384; ++tries) {
        const std::uint16_t port = nextPort;
        nextPort = port == 65535 ? 49152 : static_cast<std::uint16_t>(port + 1);
        if (!isBound(port))
            return port;
    }
    return nextPort;
}

void HostUdp::send(const OutgoingDatagram& datagram) {
    UdpHeader header;
    header.sourcePort = datagram.sourcePort;
    header.destinationPort = datagram.destinationPort;
    header.checksum = datagram.options.checksum;
    if (datagram.payload.size() > 65535 - IpHeader::size - UdpHeader::size)
        return;
    const IpAddress source =
        host.ip().sourceFor(datagram.destination, datagram.options).value_or(ipv4Address(0));
    Writer writer;
    writeUdp(writer, header, source, datagram.destination, datagram.payload);
    host.ip().send(source, datagram.destination, protocolUdp, writer.bytes(), datagram.options);
}

void HostUdp::received(const Arrived& how, const IpPacket& packet) {
    Reader reader(packet.payload);
    UdpHeader header;
    if (!readHeader(reader, header) || *header.length < UdpHeader::size ||
        *header.length > packet.payload.size())
        return;
    const Bytes datagram = packet.payload.first(*header.length);
    InternetChecksum sum;
    sum.addPseudoHeader(packet.header.source, packet.header.destination, protocolUdp, *header.length);
    sum.add(datagram);
    if (*header.checksum != 0 && sum.value() != 0)
        return;
    Application* const application = owner(header.destinationPort);
    if (!application)
        return host.icmp().sendError(how, packet, 3, 3); // RFC 1122, 4.1.3.1
    IncomingDatagram incoming;
    incoming.source = packet.header.source;
    incoming.destination = packet.header.destination;
    incoming.sourcePort = header.sourcePort;
    incoming.destinationPort = header.destinationPort;
    incoming.sourceHardware = how.sourceHardware;
    incoming.interface = how.interface;
    incoming.payload = datagram.subspan(UdpHeader::size);
    application->datagram(host, incoming);
}

} // namespace wirestage::simulation
