// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a host a router (RFC 1812, 5): it forwards.
#pragma once

#include "core/simulation/host_ip.h"

namespace wirestage::simulation {

class Host;

class Router {
public:
    explicit Router(Host& ofHost) : host(ofHost) {}

    /// True where the packet needs no more care: it was forwarded, refused or dropped. What is left is for
    /// the router itself.
    bool takes(const Arrived& how, const IpPacket& packet);

private:
    void forward(const Arrived& how, const IpPacket& packet);
    [[nodiscard]] bool wouldRedirect(const Arrived& how, const IpPacket& packet, const NextHop& next) const;

    Host& host;
};

} // namespace wirestage::simulation
