// SPDX-License-Identifier: GPL-3.0-or-later
// What nobody decodes further still is a message: a packet between two hosts, a frame between two stations.
#pragma once

#include "core/grouping/room.h"

namespace wirestage {

/// One exchange for all packets between the two ends of `packet` in `space`.
void groupPlain(Grouping& grouping, PacketInHand& packet, ProtocolId protocol, HostId source,
                HostId destination, bool toEverybody, std::uint32_t space);

/// "3 packets of ESP there, 2 back".
void narratePlain(const Story& story, Exchange& exchange, Text title, Text what);

} // namespace wirestage
