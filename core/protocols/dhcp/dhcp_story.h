// SPDX-License-Identifier: GPL-3.0-or-later
// The words of DHCP: messages, states of the client (RFC 2131, figure 5) and the sentence of a transaction.
#pragma once

#include "core/grouping/room.h"
#include "core/protocols/dhcp/dhcp_wire.h"

namespace wirestage {

KindId dhcpKind(const DhcpHead& head);
void tellDhcp(const Telling& telling, Message& message);
void narrateDhcp(const Story& story, Exchange& exchange);

} // namespace wirestage
