// SPDX-License-Identifier: GPL-3.0-or-later
// A host's IP (RFC 791, RFC 1122, 3.2 and 3.3): its addresses and routes, what it sends and what it takes in.
#pragma once

#include "core/simulation/event_queue.h"
#include "core/simulation/ip_packet.h"
#include "core/simulation/network.h"
#include "core/simulation/reassembly.h"

#include <map>

namespace wirestage::simulation {

class Host;

/// Where a packet goes next.
struct NextHop {
    InterfaceId interface = 0;
    IpAddress neighbour;    ///< whom to ask ARP for
    bool broadcast = false; ///< to everybody on the interface's network
    bool own = false;       ///< to this host itself
};

/// How a packet came.
struct Arrived {
    InterfaceId interface = 0;
    MacAddress sourceHardware;
    bool linkBroadcast = false; ///< in a broadcast frame
    bool toBroadcast = false;   ///< to a broadcast address
    bool fromSelf = false;      ///< the host sent it to itself
};

class HostIp {
public:
    explicit HostIp(Host& ofHost);

    // --- addresses and routes ---
    [[nodiscard]] const InterfaceSetup& interface(InterfaceId id) const { return interfaces[id]; }
    [[nodiscard]] InterfaceId interfaceCount() const { return static_cast<InterfaceId>(interfaces.size()); }
    void setAddress(InterfaceId id, const IpAddress& address, unsigned prefixLength);
    void clearAddress(InterfaceId id);
    void setGateway(const IpAddress& gateway);
    [[nodiscard]] bool isOwn(const IpAddress& address) const;
    /// The interface whose network an address belongs to.
    [[nodiscard]] std::optional<InterfaceId> interfaceTowards(const IpAddress& address) const;
    /// The broadcast address of an interface's network; a network of one or two addresses has none.
    [[nodiscard]] bool isBroadcastOf(InterfaceId id, const IpAddress& address) const;
    /// The address of the interface, or 0.0.0.0.
    [[nodiscard]] IpAddress sourceOn(InterfaceId id) const;
    /// By the longest prefix (RFC 1122, 3.3.1; RFC 1812, 5.2.4.3). Nothing: the network is unreachable.
    [[nodiscard]] std::optional<NextHop> route(const IpAddress& destination,
                                               const SendOptions& options = {}) const;
    [[nodiscard]] std::optional<IpAddress> sourceFor(const IpAddress& destination,
                                                     const SendOptions& options = {}) const;
    /// RFC 1122, 3.2.2.2: only from the gateway in use, only to one on the same network.
    void redirect(const IpAddress& from, const IpAddress& destination, const IpAddress& gateway);

    // --- the path's MTU (RFC 1191) ---
    [[nodiscard]] std::uint16_t pathMtu(const IpAddress& destination) const;
    void pathIsNarrow(const IpAddress& destination, std::uint16_t mtu);

    // --- packets ---
    /// Sends a payload whose checksum already counts `source`. What cannot be sent is told to whoever sends.
    void send(const IpAddress& source, const IpAddress& destination, std::uint8_t protocol, Bytes payload,
              const SendOptions& options, std::uint8_t service = 0);
    /// Puts a packet on its way, cut into pieces where it must be. `hopOf` as in SentFrame.
    void emit(const NextHop& next, std::vector<std::uint8_t> packet, std::uint32_t hopOf,
              const std::optional<MacAddress>& toHardware = {}, bool firstFragmentOnly = false);
    void received(const Arrived& how, Bytes bytes);
    /// A packet for this host; whole, or a fragment that waits for the others.
    void takeIn(const Arrived& how, const IpPacket& packet);

private:
    [[nodiscard]] bool isForUs(const Arrived& how, const IpPacket& packet) const;
    void collect(const Arrived& how, const IpPacket& fragment);
    void reassemblyFailed(const Arrived& how, const Reassembly::Key& key, Time since);
    void handUp(const Arrived& how, const IpPacket& packet);
    void loopBack(std::vector<std::uint8_t> packet);

    struct NarrowPath {
        std::uint16_t mtu;
        Time until;
    };
    Host& host;
    std::vector<InterfaceSetup> interfaces;
    std::vector<RouteSetup> routes;
    std::map<IpAddress, IpAddress> redirects; ///< destination to gateway
    std::map<IpAddress, NarrowPath> narrowPaths;
    Reassembly reassembly;
    std::map<Reassembly::Key, EventQueue::Key> reassemblyTimers;
    std::uint16_t identification;
};

} // namespace wirestage::simulation
