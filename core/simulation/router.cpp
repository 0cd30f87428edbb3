// SPDX-License-Identifier: GPL-3.0-or-later
// Forwarding, step by step.
#include "core/simulation/router.h"

#include "core/simulation/host.h"

namespace wirestage::simulation {

bool Router::takes(const Arrived& how, const IpPacket& packet) {
    const IpAddress& destination = packet.header.destination;
    if (how.toBroadcast || host.ip().isOwn(destination))
        return false;
    // RFC 1812, 5.3.4 and 4.2.2.11: what is meant for everybody on one network stays there.
    if (!how.linkBroadcast && !destination.isMulticast() && !packet.header.source.isUnspecified())
        forward(how, packet);
    return true;
}

/// RFC 1812, 5.2.7.2: the sender could have reached the next hop itself.
bool Router::wouldRedirect(const Arrived& how, const IpPacket& packet, const NextHop& next) const {
    return host.setup().router.sendsRedirects && next.interface == how.interface &&
           host.ip().interfaceTowards(packet.header.source) == next.interface;
}

void Router::forward(const Arrived& how, const IpPacket& packet) {
    HostIcmp& icmp = host.icmp();
    if (packet.header.timeToLive <= 1) // RFC 1812, 5.3.1
        return icmp.sendError(how, packet, 11, 0);
    const auto next = host.ip().route(packet.header.destination);
    if (!next)
        return icmp.sendError(how, packet, 3, 0);
    if (next->broadcast) // RFC 2644: directed broadcasts are not forwarded
        return;
    if (wouldRedirect(how, packet, *next))
        icmp.sendError(how, packet, 5, 1, 0, next->neighbour);
    const std::uint16_t mtu = host.ip().interface(next->interface).mtu;
    if (packet.whole.size() > mtu && packet.mayNotBeCut())
        return icmp.sendError(how, packet, 3, 4, mtu); // RFC 1191, 4
    std::vector<std::uint8_t> bytes(packet.whole.begin(), packet.whole.end());
    --bytes[8];
    renewHeaderChecksum(bytes);
    host.ip().emit(*next, std::move(bytes), host.currentFrame());
}

} // namespace wirestage::simulation
