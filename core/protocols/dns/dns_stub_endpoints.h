// SPDX-License-Identifier: GPL-3.0-or-later
// The application "dns-client": a stub resolver (RFC 1034, 5.3.1), which asks the host's name servers and
// leaves the searching to them; reverse lookups (RFC 1035, 3.5), and zone transfers as `dig axfr` fetches
// them (RFC 5936).
#pragma once

#include "core/protocols/dns/dns_inquiry_endpoints.h"
#include "core/simulation/endpoints.h"

#include <memory>
#include <vector>

namespace wirestage::simulation {

class DnsStub : public Application {
public:
    void command(HostServices& host, const Command& command) override;
    void datagram(HostServices& host, const IncomingDatagram& in) override;
    void stream(HostServices& host, const StreamEvent& event) override;
    void icmp(HostServices& host, const IncomingIcmp& message) override;
    [[nodiscard]] std::optional<Time> deadline() const override;
    void wake(HostServices& host) override;

private:
    struct Lookup {
        CommandId command = 0;
        DnsInquiry inquiry;
    };
    struct Transfer {
        CommandId command = 0;
        std::string zone;
        StreamId connection = 0;
        std::uint16_t id = 0;
        DnsStreamBuffer buffer;
        std::uint64_t bytes = 0;
        unsigned starts = 0; ///< SOA records so far: the second one ends it
        Time due = 0;
    };

    void lookUp(HostServices& host, const Command& command, DnsQuestion question);
    void transfer(HostServices& host, const Command& command);
    void settle(HostServices& host);
    /// Whether the transfer is over, and well; nothing while it goes on.
    static std::optional<bool> take(Transfer& transfer, Bytes bytes);
    void end(HostServices& host, std::size_t transfer, bool succeeded);

    std::vector<Lookup> lookups;
    std::vector<Transfer> transfers;
    std::uint32_t machines = 0;
};

extern const ApplicationType dnsStubType;

} // namespace wirestage::simulation
