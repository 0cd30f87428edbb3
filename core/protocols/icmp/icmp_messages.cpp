// SPDX-License-Identifier: GPL-3.0-or-later
// ICMP (RFC 792; types of RFC 950, 1191, 1256, 1812): the kind of a message, its exchange and its words.
#include "core/protocols/icmp/icmp_messages.h"

namespace wirestage {
namespace {

KindId unreachableKind(std::uint8_t code) {
    switch (code) {
    case 0:
    case 6:
    case 11: return KindId::icmp_unreachable_network;
    case 1:
    case 7:
    case 12: return KindId::icmp_unreachable_host;
    case 2: return KindId::icmp_unreachable_protocol;
    case 3: return KindId::icmp_unreachable_port;
    case 4: return KindId::icmp_unreachable_fragmentation_needed;
    case 5: return KindId::icmp_unreachable_source_route;
    case 9:
    case 10:
    case 13: return KindId::icmp_unreachable_prohibited;
    default: return KindId::icmp_unreachable_other;
    }
}

KindId icmpKind(const IcmpFacts& icmp) {
    switch (icmp.type) {
    case 0: return KindId::icmp_echo_reply;
    case 3: return unreachableKind(icmp.code);
    case 4: return KindId::icmp_source_quench;
    case 5:
        return icmp.code == 0   ? KindId::icmp_redirect_network
               : icmp.code == 1 ? KindId::icmp_redirect_host
                                : KindId::icmp_redirect_other;
    case 8: return KindId::icmp_echo_request;
    case 9: return KindId::icmp_router_advertisement;
    case 10: return KindId::icmp_router_solicitation;
    case 11:
        return icmp.code == 0   ? KindId::icmp_time_exceeded_ttl
               : icmp.code == 1 ? KindId::icmp_time_exceeded_reassembly
                                : KindId::icmp_time_exceeded_other;
    case 12: return KindId::icmp_parameter_problem;
    case 13: return KindId::icmp_timestamp_request;
    case 14: return KindId::icmp_timestamp_reply;
    case 15: return KindId::icmp_information_request;
    case 16: return KindId::icmp_information_reply;
    case 17: return KindId::icmp_address_mask_request;
    case 18: return KindId::icmp_address_mask_reply;
    default: return KindId::icmp_other;
    }
}

void groupIcmp(Grouping& grouping, PacketInHand& packet) {
    const IcmpFacts& icmp = packet.packet->icmp;
    packet.kind = icmpKind(icmp);
    switch (icmp.type) {
    case 8:
    case 13:
    case 15:
    case 17: groupEcho(grouping, packet, ProtocolId::icmp, false); break;
    case 0:
    case 14:
    case 16:
    case 18: groupEcho(grouping, packet, ProtocolId::icmp, true); break;
    case 3:
        groupError(grouping, packet, ProtocolId::icmp,
                   icmp.code == 4 ? IcmpError::TooBig : IcmpError::Unreachable);
        break;
    case 11: groupError(grouping, packet, ProtocolId::icmp, IcmpError::TimeExceeded); break;
    case 4:
    case 5:
    case 12: groupError(grouping, packet, ProtocolId::icmp, IcmpError::Advice); break;
    default: groupAlone(grouping, packet, ProtocolId::icmp, 0x1'0002, Outcome::Completed); break;
    }
}

void tellIcmp(const Telling& telling, Message& message) {
    const Dissection& d = telling.packet;
    const IcmpFacts& icmp = d.icmp;
    message.label = {"kinds", kind(message.kind).title, {}, {}};
    if (icmp.type == 8 || icmp.type == 0)
        message.summary = icmp.type == 8
                              ? WS_TR("icmp", "id=%1 seq=%2 TTL=%3")
                                    .with(icmp.identifier)
                                    .with(icmp.sequence)
                                    .with(d.network.ttl)
                              : WS_TR("icmp", "id=%1 seq=%2").with(icmp.identifier).with(icmp.sequence);
    else if (icmp.hasQuoted)
        message.summary = WS_TR("icmp", "about a packet to %1").with(quotedTarget(d));
}

} // namespace

Text quotedTarget(const Dissection& packet) {
    const IcmpFacts& icmp = packet.icmp;
    const std::string address = toString(icmp.quotedDestination);
    if (icmp.quotedProtocol == 17)
        return WS_TR("icmp", "%1, UDP port %2").with(address).with(icmp.quotedDestinationPort);
    if (icmp.quotedProtocol == 6)
        return WS_TR("icmp", "%1, TCP port %2").with(address).with(icmp.quotedDestinationPort);
    return Text::verbatim(address);
}

extern const MessageRoom icmpRoom;
const MessageRoom icmpRoom{
    .protocol = ProtocolId::icmp,
    .group = groupIcmp,
    .tell = tellIcmp,
    .walk = walkIcmp,
    .narrate = narrateIcmp,
};

} // namespace wirestage
