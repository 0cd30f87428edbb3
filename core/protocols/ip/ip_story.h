// SPDX-License-Identifier: GPL-3.0-or-later
// IPv4 and IPv6 packets that nobody decodes further: an exchange for each pair of hosts and payload protocol.
#pragma once

#include "core/grouping/plain.h"

namespace wirestage {

void groupUndecodedIp(Grouping& grouping, PacketInHand& packet, ProtocolId protocol);
void tellUndecodedIp(const Telling& telling, Message& message);
void narrateUndecodedIp(const Story& story, Exchange& exchange);

} // namespace wirestage
