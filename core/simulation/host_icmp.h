// SPDX-License-Identifier: GPL-3.0-or-later
// A host's and router's ICMP (RFC 792; RFC 1122, 3.2.2; RFC 1812, 4.3): echo, the errors it sends, and whom
// it tells of those that come.
#pragma once

#include "core/simulation/host_ip.h"

#include <map>

namespace wirestage::simulation {

class HostIcmp {
public:
    explicit HostIcmp(Host& ofHost) : host(ofHost) {}

    void sendEcho(const IpAddress& to, std::uint16_t identifier, std::uint16_t sequence, Bytes data,
                  Application& owner, const SendOptions& options);
    void received(const Arrived& how, const IpPacket& packet);

    /// An error about a packet that came, where RFC 1122, 3.2.2 allows one. `mtu` of 3/4; `gateway` of 5.
    void sendError(const Arrived& how, const IpPacket& about, std::uint8_t type, std::uint8_t code,
                   std::uint16_t mtu = 0, const IpAddress& gateway = {});
    /// The host cannot send its own packet: whoever sent it learns of it as from an ICMP error, afterwards.
    void cannotSend(Bytes packet, std::uint8_t type, std::uint8_t code, std::uint16_t mtu);
    /// ARP had no answer for the packet's next hop. A router tells the source, a host its own application.
    void neighbourIsSilent(Bytes packet, std::uint32_t hopOf);

private:
    void answerEcho(const Arrived& how, const IpPacket& packet, Bytes message);
    void errorArrived(const IpPacket& packet, IncomingIcmp message);
    void tellSender(const IpPacket& quoted, IncomingIcmp& message);

    Host& host;
    std::map<std::uint16_t, Application*> echoes; ///< by identifier
};

} // namespace wirestage::simulation
