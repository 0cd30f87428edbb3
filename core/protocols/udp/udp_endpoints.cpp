// SPDX-License-Identifier: GPL-3.0-or-later
// What UDP brings to a simulated host.
#include "core/protocols/udp/udp_endpoints.h"

namespace wirestage::simulation {

namespace {
const ApplicationType types[] = {udpServerType, udpClientType};
}

extern const EndpointRoom udpEndpoints;
const EndpointRoom udpEndpoints{ProtocolId::udp, types};

} // namespace wirestage::simulation
