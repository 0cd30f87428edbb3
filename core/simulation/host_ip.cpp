// SPDX-License-Identifier: GPL-3.0-or-later
// What goes out and what comes in.
#include "core/simulation/host_ip.h"

#include "core/simulation/host.h"
#include "core/simulation/router.h"

namespace wirestage::simulation {

namespace {

constexpr MacAddress everybody{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
constexpr std::size_t mostReassembled = 64; // datagrams at a time
constexpr std::uint16_t dhcpClientPort = 68;

/// RFC 1112, 6.4.
MacAddress groupHardware(const IpAddress& group) {
    return {{0x01, 0x00, 0x5e, static_cast<std::uint8_t>(group.bytes[13] & 0x7f), group.bytes[14],
             group.bytes[15]}};
}

} // namespace

void HostIp::send(const IpAddress& source, const IpAddress& destination, std::uint8_t protocol, Bytes payload,
                  const SendOptions& options, std::uint8_t service) {
    if (payload.size() > 65535 - IpHeader::size)
        return;
    IpHeader header;
    header.service = service;
    header.identification = ++identification;
    header.flags = options.dontFragment ? dontFragmentFlag : 0;
    header.timeToLive = options.ttl;
    header.protocol = protocol;
    header.source = source;
    header.destination = destination.version == 4 ? destination : ipv4Address(0);
    Writer writer;
    writeIp(writer, header, {}, payload);
    const auto next = route(destination, options);
    if (!next)
        return host.icmp().cannotSend(writer.bytes(), 3, 0, 0);
    if (next->own)
        return loopBack(std::move(writer).take());
    const std::uint16_t mtu = pathMtu(destination);
    if (options.dontFragment && writer.size() > mtu)
        return host.icmp().cannotSend(writer.bytes(), 3, 4, mtu);
    emit(*next, std::move(writer).take(), nobody, options.toHardware, options.firstFragmentOnly);
}

void HostIp::emit(const NextHop& next, std::vector<std::uint8_t> packet, std::uint32_t hopOf,
                  const std::optional<MacAddress>& toHardware, bool firstFragmentOnly) {
    if (Router* const router = host.router())
        router->leaves(next.interface, packet);
    for (std::vector<std::uint8_t>& piece : fragments(std::move(packet), interfaces[next.interface].mtu)) {
        if (toHardware)
            host.transmit(next.interface, *toHardware, etherTypeIp, piece, hopOf);
        else if (next.broadcast)
            host.transmit(next.interface,
                          next.neighbour.isMulticast() ? groupHardware(next.neighbour) : everybody,
                          etherTypeIp, piece, hopOf);
        else
            host.arp().deliver(next.interface, next.neighbour, std::move(piece), hopOf);
        if (firstFragmentOnly)
            break;
    }
}

/// To oneself: no frame, and not in the middle of what is going on.
void HostIp::loopBack(std::vector<std::uint8_t> packet) {
    host.wakeAt(host.now(), [this, bytes = std::move(packet)] {
        Arrived how;
        how.fromSelf = true;
        const auto again = readPacket(bytes);
        if (again && !(host.router() && host.router()->takes(how, *again)))
            takeIn(how, *again);
    });
}

void HostIp::received(const Arrived& how, Bytes bytes) {
    const auto packet = readPacket(bytes);
    if (!packet)
        return;
    // RFC 1122, 3.2.1.3: nobody sends from a broadcast or group address.
    const IpAddress& source = packet->header.source;
    if (source.isBroadcast() || source.isMulticast() || isBroadcastOf(how.interface, source))
        return;
    Arrived known = how;
    const IpAddress& destination = packet->header.destination;
    known.toBroadcast = destination.isBroadcast() || isBroadcastOf(how.interface, destination);
    if (Router* const router = host.router(); router && router->takes(known, *packet))
        return;
    if (isForUs(known, *packet))
        takeIn(known, *packet);
}

bool HostIp::isForUs(const Arrived& how, const IpPacket& packet) const {
    const IpHeader& header = packet.header;
    if (how.toBroadcast)
        return true;
    // RFC 1122, 3.3.6: a broadcast frame must carry a packet to a broadcast address.
    if (how.linkBroadcast || header.destination.isMulticast())
        return false;
    if (isOwn(header.destination))
        return true;
    // RFC 2131, 4.1: an answer may come to the address that the client does not have yet.
    Reader reader(packet.payload);
    reader.skip(2);
    return interfaces[how.interface].address.version == 0 && header.protocol == protocolUdp &&
           !packet.isFragment() && reader.u16() == dhcpClientPort && host.udp().isBound(dhcpClientPort);
}

void HostIp::takeIn(const Arrived& how, const IpPacket& packet) {
    if (packet.isFragment())
        collect(how, packet);
    else
        handUp(how, packet);
}

void HostIp::collect(const Arrived& how, const IpPacket& fragment) {
    const Reassembly::Key key = Reassembly::keyOf(fragment.header);
    if (!Reassembly::isPossible(fragment))
        return;
    if (!reassembly.knows(key)) {
        if (reassembly.size() >= mostReassembled)
            return;
        const Time since = host.now();
        reassemblyTimers[key] = host.wakeAt(since + host.setup().reassemblyTimeout,
                                            [this, how, key, since] { reassemblyFailed(how, key, since); });
    }
    const auto whole = reassembly.add(fragment);
    if (!whole)
        return;
    host.cancel(reassemblyTimers[key]);
    reassemblyTimers.erase(key);
    if (const auto packet = readPacket(*whole))
        handUp(how, *packet);
}

/// RFC 1122, 3.3.2; RFC 792: without the first fragment nobody is told.
void HostIp::reassemblyFailed(const Arrived& how, const Reassembly::Key& key, Time since) {
    reassemblyTimers.erase(key);
    host.timerFired(ProtocolId::ip, std::get<3>(key), "reassembly", since);
    const auto first = reassembly.giveUp(key);
    if (const auto packet = first ? readPacket(*first) : std::nullopt)
        host.icmp().sendError(how, *packet, 11, 1);
}

void HostIp::handUp(const Arrived& how, const IpPacket& packet) {
    switch (packet.header.protocol) {
    case protocolIcmp: return host.icmp().received(how, packet);
    case protocolUdp: return host.udp().received(how, packet);
    case protocolTcp: return host.segmentArrived(how, packet);
    default: return host.icmp().sendError(how, packet, 3, 2);
    }
}

} // namespace wirestage::simulation
