// SPDX-License-Identifier: GPL-3.0-or-later
// Echo, errors sent and errors received.
#include "core/simulation/host_icmp.h"

#include "core/bytes/checksum.h"
#include "core/protocols/icmp/icmp_wire.h"
#include "core/simulation/host.h"

#include <algorithm>

namespace wirestage::simulation {

namespace {

constexpr std::uint8_t echoReply = 0, unreachable = 3, redirect = 5, echoRequest = 8;
constexpr std::uint8_t internetControl = 0xc0; // RFC 1812, 4.3.2.5: precedence 6 for errors
constexpr std::size_t mostOfError = 576;       // RFC 1812, 4.3.2.3

/// The packet that an error quotes: its header is whole, what follows may be cut short.
std::optional<IpPacket> quotedPacket(Bytes bytes) {
    IpPacket packet;
    Reader reader(bytes);
    if (!readHeader(reader, packet.header) || packet.header.version != 4)
        return std::nullopt;
    const std::size_t header = *packet.header.length;
    if (header < IpHeader::size || header > bytes.size())
        return std::nullopt;
    packet.whole = bytes;
    packet.payload = bytes.subspan(header);
    return packet;
}

IncomingIcmp::Quoted quoted(const IpPacket& packet) {
    IncomingIcmp::Quoted about;
    about.destination = packet.header.destination;
    about.protocol = packet.header.protocol;
    Reader reader(packet.payload);
    const std::uint16_t first = reader.u16(), second = reader.u16(), third = reader.u16(),
                        fourth = reader.u16();
    if (about.protocol == protocolTcp || about.protocol == protocolUdp) {
        about.sourcePort = first;
        about.destinationPort = second;
    } else if (about.protocol == protocolIcmp) {
        about.identifier = third;
        about.sequence = fourth;
    }
    return about;
}

/// RFC 1191, 7.1: where a router does not say the MTU, the next smaller one that is usual.
std::uint16_t plateauBelow(std::uint16_t length) {
    constexpr std::uint16_t plateaus[] = {32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68};
    for (const std::uint16_t plateau : plateaus)
        if (plateau < length)
            return plateau;
    return 68;
}

bool isError(const IpPacket& packet) {
    IcmpHeader header;
    header.type = packet.payload.empty() ? 0 : packet.payload[0];
    return packet.header.protocol == protocolIcmp && header.isError();
}

} // namespace

void HostIcmp::sendEcho(const IpAddress& to, std::uint16_t identifier, std::uint16_t sequence, Bytes data,
                        Application& owner, const SendOptions& options) {
    echoes[identifier] = &owner;
    IcmpHeader header;
    header.type = echoRequest;
    header.identifier = identifier;
    header.sequence = sequence;
    header.checksum = options.checksum;
    Writer writer;
    writeIcmp(writer, header, data);
    host.ip().send(host.ip().sourceFor(to, options).value_or(ipv4Address(0)), to, protocolIcmp,
                   writer.bytes(), options);
}

void HostIcmp::received(const Arrived& how, const IpPacket& packet) {
    InternetChecksum sum;
    sum.add(packet.payload);
    Reader reader(packet.payload);
    IcmpHeader header;
    if (sum.value() != 0 || !readHeader(reader, header))
        return;
    if (header.type == echoRequest)
        return answerEcho(how, packet, packet.payload);
    IncomingIcmp message;
    message.from = packet.header.source;
    message.to = packet.header.destination;
    message.type = header.type;
    message.code = header.code;
    message.identifier = header.identifier;
    message.sequence = header.sequence;
    message.nextHopMtu = header.mtu;
    message.gateway = header.type == redirect ? header.gateway : IpAddress{};
    message.body = packet.payload.subspan(std::min<std::size_t>(8, packet.payload.size()));
    if (header.isError())
        return errorArrived(packet, message);
    if (header.type == echoReply)
        if (const auto owner = echoes.find(header.identifier); owner != echoes.end())
            owner->second->icmp(host, message);
}

/// RFC 1122, 3.2.2.6: from the address that was asked, with the same data; none to a broadcast.
void HostIcmp::answerEcho(const Arrived& how, const IpPacket& packet, Bytes message) {
    if (how.toBroadcast)
        return;
    IcmpHeader header;
    Reader reader(message);
    if (!readHeader(reader, header) || header.code != 0)
        return;
    header.type = echoReply;
    header.checksum.reset();
    Writer writer;
    writeIcmp(writer, header, reader.rest());
    host.ip().send(packet.header.destination, packet.header.source, protocolIcmp, writer.bytes(), {});
}

void HostIcmp::errorArrived(const IpPacket& packet, IncomingIcmp message) {
    const auto quotation = quotedPacket(message.body);
    if (!quotation || !host.ip().isOwn(quotation->header.source))
        return;
    if (message.type == redirect)
        host.ip().redirect(packet.header.source, quotation->header.destination, message.gateway);
    if (message.type == unreachable && message.code == 4) {
        if (message.nextHopMtu == 0)
            message.nextHopMtu = plateauBelow(quotation->header.totalLength.value_or(0));
        host.ip().pathIsNarrow(quotation->header.destination, message.nextHopMtu);
    }
    tellSender(*quotation, message);
}

void HostIcmp::tellSender(const IpPacket& quotation, IncomingIcmp& message) {
    message.about = quoted(quotation);
    const IncomingIcmp::Quoted& about = *message.about;
    if (about.protocol == protocolTcp) {
        Reader reader(quotation.payload);
        reader.skip(4);
        const std::uint32_t sequence = reader.u32();
        return host.streams().error(quotation.header.source, sequence, message);
    }
    if (about.protocol != protocolUdp && about.protocol != protocolIcmp)
        return host.tellAll(message);
    const auto echo = echoes.find(about.identifier);
    Application* const owner = about.protocol == protocolUdp ? host.udp().owner(about.sourcePort)
                               : echo != echoes.end()        ? echo->second
                                                             : nullptr;
    if (owner)
        owner->icmp(host, message);
}

void HostIcmp::cannotSend(Bytes packet, std::uint8_t type, std::uint8_t code, std::uint16_t mtu) {
    host.later([this, bytes = std::vector<std::uint8_t>(packet.begin(), packet.end()), type, code, mtu] {
        const auto own = quotedPacket(bytes);
        if (!own)
            return;
        IncomingIcmp message;
        message.from = message.to = own->header.source;
        message.type = type;
        message.code = code;
        message.nextHopMtu = mtu;
        message.body = bytes;
        tellSender(*own, message);
    });
}

void HostIcmp::neighbourIsSilent(Bytes packet, std::uint32_t hopOf) {
    if (hopOf == nobody)
        return cannotSend(packet, unreachable, 1, 0);
    if (const auto forwarded = readPacket(packet))
        sendError({}, *forwarded, unreachable, 1);
}

void HostIcmp::sendError(const Arrived& how, const IpPacket& about, std::uint8_t type, std::uint8_t code,
                         std::uint16_t mtu, const IpAddress& gateway) {
    const IpHeader& original = about.header;
    // RFC 1122, 3.2.2: never about an error, a broadcast, a later fragment, or to nobody in particular.
    if (isError(about) || how.linkBroadcast || how.toBroadcast || original.destination.isMulticast() ||
        original.destination.isBroadcast() || original.fragmentOffset > 0 ||
        original.source.isUnspecified() || original.source.isMulticast() || original.source.isBroadcast() ||
        original.source.bytes[12] == 127)
        return;
    IcmpHeader header;
    header.type = type;
    header.code = code;
    header.mtu = mtu;
    if (gateway.version == 4)
        header.gateway = gateway;
    Writer writer;
    writeIcmp(writer, header,
              about.whole.first(std::min(about.whole.size(), mostOfError - IpHeader::size - 8)));
    const IpAddress source = host.ip().isOwn(original.destination)
                                 ? original.destination
                                 : host.ip().sourceFor(original.source).value_or(ipv4Address(0));
    host.ip().send(source, original.source, protocolIcmp, writer.bytes(), {}, internetControl);
}

} // namespace wirestage::simulation
