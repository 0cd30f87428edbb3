// SPDX-License-Identifier: GPL-3.0-or-later
// What simulated hosts can run on TCP alone.
#include "core/protocols/tcp/tcp_client_endpoints.h"
#include "core/protocols/tcp/tcp_server_endpoints.h"

namespace wirestage::simulation {
namespace {

const ApplicationType types[] = {tcpServerType, tcpClientType};

} // namespace

extern const EndpointRoom tcpEndpoints;
const EndpointRoom tcpEndpoints{ProtocolId::tcp, types};

} // namespace wirestage::simulation
