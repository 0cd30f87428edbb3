// SPDX-License-Identifier: GPL-3.0-or-later
// The options that a DhcpMessage keeps as values, each listed once for whoever reads or writes them (RFC
// 2132; 4702 for option 81, 3046 for option 82). The order is the one in which they are written: what kind of
// message it is first, as everyone does, and the relay's information last, as RFC 3046 (2.1) wants it.
#pragma once

#include "core/protocols/dhcp/dhcp_wire.h"

namespace wirestage::dhcp {

/// Those that every packet is asked for.
template <class Visitor>
void headOptions(Visitor& v, DhcpHead& head) {
    v.type(53, head.type);
    v.address(54, head.serverIdentifier);
    v.address(50, head.requested);
    v.number32(51, head.leaseSeconds);
}

template <class Visitor>
void bodyOptions(Visitor& v, DhcpMessage& message) {
    v.number32(58, message.renewalSeconds);
    v.number32(59, message.rebindingSeconds);
    v.address(1, message.subnetMask); // before the routers (RFC 2132, 3.3)
    v.addresses(3, message.routers);
    v.addresses(6, message.domainNameServers);
    v.text(15, message.domainName);
    v.octets(61, message.clientIdentifier);
    v.text(12, message.hostName);
    v.text(60, message.vendorClass);
    v.octets(55, message.parameters);
    v.text(56, message.message);
    v.clientName(81, message.clientDomainName);
    v.relay(82, message);
}

} // namespace wirestage::dhcp
