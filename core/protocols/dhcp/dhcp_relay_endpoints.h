// SPDX-License-Identifier: GPL-3.0-or-later
// A DHCP relay agent (RFC 1542, 4; RFC 3046): carries the broadcasts of clients to servers in other networks,
// and the answers back.
#pragma once

#include "core/protocols/dhcp/dhcp_timers_endpoints.h"
#include "core/simulation/endpoints.h"

namespace wirestage::simulation {

struct DhcpRelaySetup {
    InterfaceId interface = 0; ///< on the clients' side
    std::vector<IpAddress> servers;
    std::uint8_t hops = 16;         ///< a message that has made more goes no further (RFC 1542, 4.1.1)
    std::uint16_t leastSeconds = 0; ///< a client must have waited for so long
    bool option82 = false;
    std::string circuitId, remoteId; ///< empty: the interface's number, the hardware address
};

inline constexpr SettingSpec dhcpRelaySettings[] = {
    {"interface", SettingType::Number, false, 0, 63},
    {"server", SettingType::Address, true},
    {"second_server", SettingType::Address},
    {"hops", SettingType::Number, false, 1, 16},
    {"least_seconds", SettingType::Number, false, 0, 65535},
    {"option82", SettingType::Flag},
    {"circuit_id", SettingType::Text},
    {"remote_id", SettingType::Text},
};

std::variant<std::unique_ptr<Application>, Text> makeDhcpRelay(const Settings& settings);

class DhcpRelay : public Application {
public:
    explicit DhcpRelay(DhcpRelaySetup from) : setup(std::move(from)) {}

    void start(HostServices& host) override;
    void datagram(HostServices& host, const IncomingDatagram& datagram) override;

private:
    void fromClient(HostServices& host, const IncomingDatagram& datagram);
    void fromServer(HostServices& host, const IncomingDatagram& datagram);
    [[nodiscard]] std::vector<std::uint8_t> information(HostServices& host) const;
    void dropped(HostServices& host, Text why);

    DhcpRelaySetup setup;
};

} // namespace wirestage::simulation
