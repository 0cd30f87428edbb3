// SPDX-License-Identifier: GPL-3.0-or-later
// What simulated hosts can be for DNS: a client, a resolver, a server with zones.
#include "core/protocols/dns/dns_resolver_endpoints.h"
#include "core/protocols/dns/dns_server_endpoints.h"
#include "core/protocols/dns/dns_stub_endpoints.h"

namespace wirestage::simulation {
namespace {

const ApplicationType types[] = {dnsStubType, dnsResolverType, dnsServerType};

} // namespace

extern const EndpointRoom dnsEndpoints;
const EndpointRoom dnsEndpoints{ProtocolId::dns, types};

} // namespace wirestage::simulation
