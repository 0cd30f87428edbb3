// SPDX-License-Identifier: GPL-3.0-or-later
// The application "dns-server": it has zones and answers for them alone (RFC 1034, 4.3.2), and hands whole
// zones over (AXFR, RFC 5936).
#pragma once

#include "core/protocols/dns/dns_listener_endpoints.h"
#include "core/protocols/dns/dns_zone_endpoints.h"
#include "core/simulation/endpoints.h"

namespace wirestage::simulation {

class DnsServer : public Application {
public:
    DnsServer(std::vector<DnsZone> itsZones, std::uint16_t udpSize, std::size_t transferSize)
        : zones(std::move(itsZones)), listener(udpSize), mostInTransfer(transferSize) {}

    void start(HostServices& host) override { listener.start(host, *this); }
    void datagram(HostServices& host, const IncomingDatagram& in) override;
    void stream(HostServices& host, const StreamEvent& event) override;
    [[nodiscard]] std::optional<Time> deadline() const override { return listener.deadline(); }
    void wake(HostServices& host) override { listener.wake(host); }

private:
    void answer(HostServices& host, const DnsClient& client, const DnsMessage& query);
    void transfer(HostServices& host, const DnsClient& client, const DnsMessage& query);

    std::vector<DnsZone> zones;
    DnsListener listener;
    std::size_t mostInTransfer; ///< bytes of one message
};

extern const ApplicationType dnsServerType;

} // namespace wirestage::simulation
