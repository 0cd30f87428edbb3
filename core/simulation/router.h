// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a host a router (RFC 1812, 5): it forwards. Where its setup says so it also translates addresses
// and lets only answers in.
#pragma once

#include "core/simulation/host_ip.h"
#include "core/simulation/nat.h"

namespace wirestage::simulation {

class Host;

class Router {
public:
    explicit Router(Host& ofHost);

    /// True where the packet needs no more care: it was forwarded, refused or dropped. What is left is for
    /// the router itself.
    bool takes(const Arrived& how, const IpPacket& packet);
    /// A packet is about to leave, forwarded or the router's own.
    void leaves(InterfaceId interface, std::vector<std::uint8_t>& packet);

private:
    [[nodiscard]] std::optional<InterfaceId> interfaceNamed(const std::optional<std::string>& name) const;
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> wholeOf(const IpPacket& fragment);
    bool takesWhole(const Arrived& how, const IpPacket& packet);
    void forward(const Arrived& how, const IpPacket& packet);
    [[nodiscard]] bool wouldRedirect(const Arrived& how, const IpPacket& packet, const NextHop& next) const;

    Host& host;
    std::optional<InterfaceId> outside, guarded;
    Nat nat;
    Firewall firewall;
    Reassembly reassembly; ///< ports stand in the first fragment only: both look at whole packets
    std::map<Reassembly::Key, Time> reassemblySince;
};

} // namespace wirestage::simulation
