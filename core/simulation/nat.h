// SPDX-License-Identifier: GPL-3.0-or-later
// Network address port translation (RFC 3022, 2.2): many hosts behind one address. What a host inside opens
// gets a port of the router's, and what comes back to that port goes to that host. It changes headers only:
// an address written into the data (FTP's PORT) stays as it is.
#pragma once

#include "core/simulation/packet_ends.h"

#include <map>
#include <set>

namespace wirestage::simulation {

class Nat {
public:
    /// A packet from inside that leaves. `outside`: the router's address there.
    void outbound(std::vector<std::uint8_t>& packet, const IpAddress& outside);
    /// A packet that came to the router's address outside. False where it answers nothing that was sent from
    /// inside: it is not translated.
    bool inbound(std::vector<std::uint8_t>& packet);

private:
    using Inside = std::pair<std::uint8_t, End>;            ///< by protocol
    using Outside = std::pair<std::uint8_t, std::uint16_t>; ///< protocol and port
    std::uint16_t portFor(std::uint8_t protocol, const End& inside);

    std::map<Inside, std::uint16_t> ports;
    std::map<Outside, End> owners;
    std::set<std::pair<Outside, End>> sessions; ///< with which ends outside a port has been used
    std::uint16_t next = 61000;                 ///< above those that hosts choose, so that one sees it change
};

/// A packet filter that remembers (RFC 2663 calls what it remembers a session): only answers come in.
class Firewall {
public:
    void wentOut(Bytes packet);
    [[nodiscard]] bool letsIn(Bytes packet) const;

private:
    std::set<PacketEnds> sessions;
};

} // namespace wirestage::simulation
