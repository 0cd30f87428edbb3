// SPDX-License-Identifier: GPL-3.0-or-later
// A host's UDP (RFC 768; RFC 1122, 4.1): which application has which port, and what comes to it.
#pragma once

#include "core/simulation/host_ip.h"

#include <map>

namespace wirestage::simulation {

class HostUdp {
public:
    explicit HostUdp(Host& ofHost) : host(ofHost) {}

    bool bind(std::uint16_t port, Application& owner);
    void unbind(std::uint16_t port) { owners.erase(port); }
    [[nodiscard]] bool isBound(std::uint16_t port) const { return owners.find(port) != owners.end(); }
    [[nodiscard]] Application* owner(std::uint16_t port) const;
    std::uint16_t ephemeralPort();
    void send(const OutgoingDatagram& datagram);
    void received(const Arrived& how, const IpPacket& packet);

private:
    Host& host;
    std::map<std::uint16_t, Application*> owners;
    std::uint16_t nextPort = 49152; ///< RFC 6335, 6
};

} // namespace wirestage::simulation
