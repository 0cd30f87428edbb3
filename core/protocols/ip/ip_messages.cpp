// SPDX-License-Identifier: GPL-3.0-or-later
// The room of IPv4: packets whose payload nobody decodes, and fragments that wait for the rest.
#include "core/protocols/ip/ip_story.h"

namespace wirestage {
namespace {

void group(Grouping& grouping, PacketInHand& packet) {
    packet.kind = packet.packet->network.fragment ? KindId::ip_fragment : KindId::ip_packet;
    groupUndecodedIp(grouping, packet, ProtocolId::ip);
}

} // namespace

extern const MessageRoom ipRoom;
const MessageRoom ipRoom{
    .protocol = ProtocolId::ip,
    .group = group,
    .tell = tellUndecodedIp,
    .narrate = narrateUndecodedIp,
};

} // namespace wirestage
