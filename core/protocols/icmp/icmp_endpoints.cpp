// SPDX-License-Identifier: GPL-3.0-or-later
// What ICMP brings to a simulated host. Answering echo requests is the host's own business.
#include "core/protocols/icmp/icmp_endpoints.h"

namespace wirestage::simulation {

namespace {
const ApplicationType types[] = {pingType, tracerouteType};
}

extern const EndpointRoom icmpEndpoints;
const EndpointRoom icmpEndpoints{ProtocolId::icmp, types};

} // namespace wirestage::simulation
