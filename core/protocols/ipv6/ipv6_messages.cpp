// SPDX-License-Identifier: GPL-3.0-or-later
// The room of IPv6: packets whose payload nobody decodes, and fragments that wait for the rest.
#include "core/protocols/ip/ip_story.h"

namespace wirestage {
namespace {

void group(Grouping& grouping, PacketInHand& packet) {
    packet.kind = packet.packet->network.fragment ? KindId::ipv6_fragment : KindId::ipv6_packet;
    groupUndecodedIp(grouping, packet, ProtocolId::ipv6);
}

} // namespace

extern const MessageRoom ipv6Room;
const MessageRoom ipv6Room{
    .protocol = ProtocolId::ipv6,
    .group = group,
    .tell = tellUndecodedIp,
    .narrate = narrateUndecodedIp,
};

} // namespace wirestage
