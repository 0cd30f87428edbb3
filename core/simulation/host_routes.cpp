// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses, routes and the width of paths.
#include "core/simulation/host.h"

#include <algorithm>

namespace wirestage::simulation {

namespace {

constexpr std::uint16_t leastMtu = 68;   // RFC 791: every network carries this much whole
constexpr Time narrowFor = 600 * second; // RFC 1191, 6.3
constexpr NetworkPrefix everywhere{{.bytes = {}, .version = 4}, 0};

NetworkPrefix networkOf(const InterfaceSetup& interface) {
    return {interface.address, interface.prefixLength};
}

std::uint32_t hostBits(unsigned prefixLength) {
    return prefixLength >= 32 ? 0 : 0xffffffff >> prefixLength;
}

} // namespace

HostIp::HostIp(Host& ofHost)
    : host(ofHost), interfaces(ofHost.setup().interfaces), routes(ofHost.setup().routes),
      identification(static_cast<std::uint16_t>(ofHost.random(0x10000))) {}

void HostIp::setAddress(InterfaceId id, const IpAddress& address, unsigned prefixLength) {
    if (id >= interfaces.size())
        return;
    interfaces[id].address = address;
    interfaces[id].prefixLength = std::min(prefixLength, 32U);
    auto& known = host.recordOf(id).addresses;
    if (std::find(known.begin(), known.end(), address) == known.end())
        known.push_back(address);
}

void HostIp::clearAddress(InterfaceId id) {
    if (id >= interfaces.size() || interfaces[id].address.version == 0)
        return;
    const NetworkPrefix network = networkOf(interfaces[id]);
    std::erase_if(routes, [&](const RouteSetup& route) { return network.contains(route.gateway); });
    std::erase_if(redirects, [&](const auto& known) { return network.contains(known.second); });
    interfaces[id].address = {};
}

void HostIp::setGateway(const IpAddress& gateway) {
    std::erase_if(routes, [](const RouteSetup& route) { return route.to.length == 0; });
    if (gateway.version != 0)
        routes.push_back({everywhere, gateway});
}

bool HostIp::isOwn(const IpAddress& address) const {
    return (address.version == 4 && address.bytes[12] == 127) ||
           std::any_of(interfaces.begin(), interfaces.end(), [&](const InterfaceSetup& interface) {
               return interface.address.version != 0 && interface.address == address;
           });
}

std::optional<InterfaceId> HostIp::interfaceTowards(const IpAddress& address) const {
    std::optional<InterfaceId> best;
    for (InterfaceId id = 0; id < interfaces.size(); ++id)
        if (interfaces[id].address.version != 0 && networkOf(interfaces[id]).contains(address) &&
            (!best || interfaces[id].prefixLength > interfaces[*best].prefixLength))
            best = id;
    return best;
}

bool HostIp::isBroadcastOf(InterfaceId id, const IpAddress& address) const {
    const InterfaceSetup& interface = interfaces[id];
    if (interface.address.version == 0 || interface.prefixLength > 30 || address.version != 4)
        return false;
    const std::uint32_t bits = hostBits(interface.prefixLength);
    return address.v4Number() == (interface.address.v4Number() | bits);
}

IpAddress HostIp::sourceOn(InterfaceId id) const {
    return id < interfaces.size() && interfaces[id].address.version != 0 ? interfaces[id].address
                                                                         : ipv4Address(0);
}

std::optional<NextHop> HostIp::route(const IpAddress& destination, const SendOptions& options) const {
    if (destination.version != 4 || destination.isUnspecified())
        return std::nullopt;
    if (isOwn(destination))
        return NextHop{0, destination, false, true};
    const InterfaceId first = options.via.value_or(0);
    if (first >= interfaces.size())
        return std::nullopt;
    if (destination.isBroadcast() || destination.isMulticast())
        return NextHop{first, destination, true};
    const auto direct = interfaceTowards(destination);
    const RouteSetup* best = nullptr;
    for (const RouteSetup& route : routes)
        if (route.to.contains(destination) && interfaceTowards(route.gateway) &&
            (!best || route.to.length > best->to.length))
            best = &route;
    if (direct && (!best || interfaces[*direct].prefixLength >= best->to.length))
        return NextHop{options.via.value_or(*direct), destination, isBroadcastOf(*direct, destination)};
    IpAddress gateway = best ? best->gateway : IpAddress{};
    if (const auto better = redirects.find(destination); better != redirects.end())
        gateway = better->second;
    if (const auto towards = interfaceTowards(gateway); gateway.version != 0 && towards)
        return NextHop{options.via.value_or(*towards), gateway};
    // To a given hardware address no route is needed.
    if (options.toHardware)
        return NextHop{first, destination};
    return std::nullopt;
}

std::optional<IpAddress> HostIp::sourceFor(const IpAddress& destination, const SendOptions& options) const {
    const auto next = route(destination, options);
    if (!next)
        return std::nullopt;
    if (options.source)
        return options.source;
    return next->own ? destination : sourceOn(next->interface);
}

void HostIp::redirect(const IpAddress& from, const IpAddress& destination, const IpAddress& gateway) {
    const auto now = route(destination);
    const auto towards = interfaceTowards(gateway);
    if (host.setup().acceptsRedirects && now && !now->own && now->neighbour == from && towards &&
        *towards == now->interface && !isOwn(gateway))
        redirects[destination] = gateway;
}

std::uint16_t HostIp::pathMtu(const IpAddress& destination) const {
    const auto next = route(destination);
    const std::uint16_t first = next && !next->own ? interfaces[next->interface].mtu : 65535;
    const auto narrow = narrowPaths.find(destination);
    return narrow != narrowPaths.end() && narrow->second.until > host.now()
               ? std::min(first, narrow->second.mtu)
               : first;
}

void HostIp::pathIsNarrow(const IpAddress& destination, std::uint16_t mtu) {
    if (mtu >= leastMtu && mtu < pathMtu(destination))
        narrowPaths[destination] = {mtu, host.now() + narrowFor};
}

} // namespace wirestage::simulation
