// SPDX-License-Identifier: GPL-3.0-or-later
// The applications that speak DHCP on simulated hosts.
#include "core/protocols/dhcp/dhcp_client_endpoints.h"
#include "core/protocols/dhcp/dhcp_relay_endpoints.h"
#include "core/protocols/dhcp/dhcp_server_endpoints.h"

namespace wirestage::simulation {
namespace {

constexpr ApplicationType types[] = {
    {"dhcp-client", dhcpClientSettings, dhcpClientVerbs, makeDhcpClient},
    {"dhcp-server", dhcpServerSettings, dhcpServerVerbs, makeDhcpServer},
    {"dhcp-relay", dhcpRelaySettings, {}, makeDhcpRelay},
};

} // namespace

extern const EndpointRoom dhcpEndpoints;
const EndpointRoom dhcpEndpoints{ProtocolId::dhcp, types};

} // namespace wirestage::simulation
