// SPDX-License-Identifier: GPL-3.0-or-later
// Forwarding, step by step.
#include "core/simulation/router.h"

#include "core/simulation/host.h"

namespace wirestage::simulation {

namespace {
constexpr std::size_t mostReassembled = 64; // datagrams at a time
}

Router::Router(Host& ofHost)
    : host(ofHost), outside(interfaceNamed(ofHost.setup().router.outside)),
      guarded(interfaceNamed(ofHost.setup().router.firewallFrom)) {}

std::optional<InterfaceId> Router::interfaceNamed(const std::optional<std::string>& name) const {
    for (InterfaceId id = 0; name && id < host.ip().interfaceCount(); ++id)
        if (host.ip().interface(id).name == *name)
            return id;
    return std::nullopt;
}

bool Router::takes(const Arrived& how, const IpPacket& packet) {
    if (!packet.isFragment() || (!outside && !guarded))
        return takesWhole(how, packet);
    if (const auto bytes = wholeOf(packet))
        if (const auto whole = readPacket(*bytes); whole && !takesWhole(how, *whole))
            host.ip().takeIn(how, *whole);
    return true;
}

/// RFC 3022, 6.3. What has waited too long is forgotten when the next one comes.
std::optional<std::vector<std::uint8_t>> Router::wholeOf(const IpPacket& fragment) {
    for (auto each = reassemblySince.begin(); each != reassemblySince.end();) {
        const bool late = host.now() - each->second >= host.setup().reassemblyTimeout;
        if (late)
            reassembly.giveUp(each->first);
        each = late ? reassemblySince.erase(each) : std::next(each);
    }
    if (!Reassembly::isPossible(fragment) || reassemblySince.size() >= mostReassembled)
        return std::nullopt;
    reassemblySince.emplace(Reassembly::keyOf(fragment.header), host.now());
    auto whole = reassembly.add(fragment);
    if (whole)
        reassemblySince.erase(Reassembly::keyOf(fragment.header));
    return whole;
}

bool Router::takesWhole(const Arrived& how, const IpPacket& packet) {
    const IpHeader& header = packet.header;
    if (outside && (how.interface == *outside || how.fromSelf) &&
        header.destination == host.address(*outside)) {
        std::vector<std::uint8_t> bytes(packet.whole.begin(), packet.whole.end());
        if (nat.inbound(bytes)) {
            if (const auto translated = readPacket(bytes))
                forward(how, *translated);
            return true;
        }
    }
    if (guarded && !how.fromSelf && how.interface == *guarded && !firewall.letsIn(packet.whole))
        return true; // silently
    if (how.toBroadcast || host.ip().isOwn(header.destination))
        return false;
    // RFC 1812, 5.3.4 and 4.2.2.11: what is meant for everybody on one network stays there.
    if (!how.linkBroadcast && !header.destination.isMulticast() && !header.source.isUnspecified())
        forward(how, packet);
    return true;
}

void Router::leaves(InterfaceId interface, std::vector<std::uint8_t>& packet) {
    if (guarded == interface)
        firewall.wentOut(packet);
    if (outside != interface)
        return;
    const IpAddress source = IpAddress::v4(&packet[12]);
    const auto back = host.ip().route(source);
    // The router's own packets need no translation, but what its errors quote may.
    const bool own = host.ip().isOwn(source);
    if (own ? quotationIn(packet).has_value() : back && back->interface != *outside)
        nat.outbound(packet, host.address(*outside));
}

/// RFC 1812, 5.2.7.2: the sender could have reached the next hop itself.
bool Router::wouldRedirect(const Arrived& how, const IpPacket& packet, const NextHop& next) const {
    return host.setup().router.sendsRedirects && !how.fromSelf && next.interface == how.interface &&
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
        icmp.sendError(how, packet, 5, host.setup().router.redirectsNetworks ? 0 : 1, 0, next->neighbour);
    const std::uint16_t mtu = host.ip().interface(next->interface).mtu;
    if (packet.whole.size() > mtu && packet.mayNotBeCut())
        return icmp.sendError(how, packet, 3, 4, mtu); // RFC 1191, 4
    std::vector<std::uint8_t> bytes(packet.whole.begin(), packet.whole.end());
    --bytes[8];
    renewHeaderChecksum(bytes);
    host.ip().emit(*next, std::move(bytes), host.currentFrame());
}

} // namespace wirestage::simulation
