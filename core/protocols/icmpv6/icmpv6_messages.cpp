// SPDX-License-Identifier: GPL-3.0-or-later
// ICMPv6 (RFC 4443) with neighbour discovery (RFC 4861) and multicast listeners (RFC 2710, 3810).
#include "core/protocols/icmp/icmp_messages.h"

namespace wirestage {
namespace {

constexpr std::uint32_t neighbourSpace = 0x3a'0001, routerSpace = 0x3a'0002, listenerSpace = 0x3a'0003,
                        otherSpace = 0x3a'0004;
constexpr Time questionEnds = 10'000'000'000;

KindId unreachableKind(std::uint8_t code) {
    switch (code) {
    case 0: return KindId::icmpv6_unreachable_no_route;
    case 1: return KindId::icmpv6_unreachable_prohibited;
    case 2: return KindId::icmpv6_unreachable_scope;
    case 3: return KindId::icmpv6_unreachable_address;
    case 4: return KindId::icmpv6_unreachable_port;
    default: return KindId::icmpv6_unreachable_other;
    }
}

KindId icmpv6Kind(const Dissection& d) {
    const IcmpFacts& icmp = d.icmp;
    switch (icmp.type) {
    case 1: return unreachableKind(icmp.code);
    case 2: return KindId::icmpv6_packet_too_big;
    case 3:
        return icmp.code == 0   ? KindId::icmpv6_time_exceeded_hop_limit
               : icmp.code == 1 ? KindId::icmpv6_time_exceeded_reassembly
                                : KindId::icmpv6_time_exceeded_other;
    case 4: return KindId::icmpv6_parameter_problem;
    case 128: return KindId::icmpv6_echo_request;
    case 129: return KindId::icmpv6_echo_reply;
    case 130: return KindId::icmpv6_mld_query;
    case 131:
    case 143: return KindId::icmpv6_mld_report;
    case 132: return KindId::icmpv6_mld_done;
    case 133: return KindId::icmpv6_router_solicitation;
    case 134: return KindId::icmpv6_router_advertisement;
    case 135:
        return d.network.source.isUnspecified() ? KindId::icmpv6_neighbor_solicitation_probe
                                                : KindId::icmpv6_neighbor_solicitation;
    case 136:
        return d.network.destination.isMulticast() ? KindId::icmpv6_neighbor_advertisement_unsolicited
                                                   : KindId::icmpv6_neighbor_advertisement;
    case 137: return KindId::icmpv6_redirect;
    default: return KindId::icmpv6_other;
    }
}

constexpr std::uint8_t probing = 0xad; ///< ExchangeRecord::phase of duplicate address detection

/// What tells stations on a link apart: the end of the hardware address.
std::uint32_t stationOf(const MacAddress& mac) {
    return std::uint32_t{mac.bytes[2]} << 24 | std::uint32_t{mac.bytes[3]} << 16 |
           std::uint32_t{mac.bytes[4]} << 8 | mac.bytes[5];
}

/// A solicitation asks for a target; the advertisement that names the same target answers it.
void groupNeighbour(Grouping& grouping, PacketInHand& packet, bool answer) {
    const IpAddress& target = packet.packet->icmp.target;
    const HostId asked = target.version ? grouping.hosts.idOf(target) : packet.destination;
    Flow& flow = grouping.flowOf(packet, asked, asked, 0, 0, neighbourSpace);
    const bool open =
        flow.exchange != none &&
        packet.time - grouping.packets[grouping.exchange(flow.exchange).last].time < questionEnds;
    const std::uint32_t station = stationOf(packet.packet->link.source);
    // Who probes an address and then advertises it itself has it now: nobody objected (RFC 4862, 5.4).
    const bool ownProbe = open && grouping.exchange(flow.exchange).tag == station &&
                          grouping.exchange(flow.exchange).phase == probing;
    if (answer) {
        packet.levels |= PacketRecord::fromResponder;
        if (open && !ownProbe && !grouping.settled(flow.exchange)) {
            packet.exchange = flow.exchange;
            grouping.settle(packet.exchange, Outcome::Completed);
            return;
        }
        packet.levels &= static_cast<std::uint8_t>(~PacketRecord::fromResponder);
        const bool toEverybody = packet.packet->network.destination.isMulticast();
        grouping.openInFlow(packet, ProtocolId::icmpv6, packet.source,
                            toEverybody ? none : packet.destination);
        grouping.settle(packet.exchange, Outcome::Completed);
        return;
    }
    if (!open || grouping.settled(flow.exchange) ||
        grouping.exchange(flow.exchange).originator != packet.source)
        grouping.openInFlow(packet, ProtocolId::icmpv6, packet.source, asked);
    else
        packet.notes.add(Note::Repeated);
    packet.exchange = flow.exchange;
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    if (packet.kind == KindId::icmpv6_neighbor_solicitation_probe) {
        exchange.tag = station;
        exchange.phase = probing;
    }
    exchange.outcome = packet.kind == KindId::icmpv6_neighbor_solicitation_probe ? Outcome::Completed
                       : ++exchange.tries > 1                                    ? Outcome::Timeout
                                                                                 : Outcome::Unanswered;
}

/// Router solicitation and advertisement: a question to all routers, and their word to all nodes.
void groupRouter(Grouping& grouping, PacketInHand& packet, bool advertisement) {
    groupAlone(grouping, packet, ProtocolId::icmpv6, routerSpace,
               advertisement ? Outcome::Completed : Outcome::Unanswered);
}

void groupIcmpv6(Grouping& grouping, PacketInHand& packet) {
    packet.kind = icmpv6Kind(*packet.packet);
    if (packet.packet->network.source.isUnspecified() && packet.packet->link.hasAddresses)
        packet.source = grouping.hosts.idOf(packet.packet->link.source); // it has no address yet
    switch (packet.packet->icmp.type) {
    case 1: groupError(grouping, packet, ProtocolId::icmpv6, IcmpError::Unreachable); break;
    case 2: groupError(grouping, packet, ProtocolId::icmpv6, IcmpError::TooBig); break;
    case 3: groupError(grouping, packet, ProtocolId::icmpv6, IcmpError::TimeExceeded); break;
    case 4:
    case 137: groupError(grouping, packet, ProtocolId::icmpv6, IcmpError::Advice); break;
    case 128: groupEcho(grouping, packet, ProtocolId::icmpv6, false); break;
    case 129: groupEcho(grouping, packet, ProtocolId::icmpv6, true); break;
    case 130:
    case 131:
    case 132:
    case 143: groupAlone(grouping, packet, ProtocolId::icmpv6, listenerSpace, Outcome::Completed); break;
    case 133:
    case 134: groupRouter(grouping, packet, packet.packet->icmp.type == 134); break;
    case 135:
    case 136: groupNeighbour(grouping, packet, packet.packet->icmp.type == 136); break;
    default: groupAlone(grouping, packet, ProtocolId::icmpv6, otherSpace, Outcome::Completed); break;
    }
}

void tellIcmpv6(const Telling& telling, Message& message) {
    const Dissection& d = telling.packet;
    const IcmpFacts& icmp = d.icmp;
    message.label = {"kinds", kind(message.kind).title, {}, {}};
    if (d.network.source.isUnspecified() && d.link.hasAddresses)
        message.from = telling.hostOfHardware(d.link.source);
    if (icmp.type == 128 || icmp.type == 129)
        message.summary = WS_TR("icmp", "id=%1 seq=%2").with(icmp.identifier).with(icmp.sequence);
    else if (icmp.type == 135)
        message.summary = WS_TR("icmp", "who has %1?").with(toString(icmp.target));
    else if (icmp.type == 136)
        message.summary = WS_TR("icmp", "%1 is here").with(toString(icmp.target));
    else if (icmp.hasQuoted)
        message.summary = WS_TR("icmp", "about a packet to %1").with(quotedTarget(d));
}

void narrateIcmpv6(const Story& story, Exchange& exchange) {
    const ExchangeRecord& record = story.record();
    KindId first{};
    std::string target;
    story.forEach([&](const StoryStep& step) {
        first = step.kind;
        target = toString(step.packet.icmp.target);
        return false;
    });
    const bool asks = first == KindId::icmpv6_neighbor_solicitation,
               probes = first == KindId::icmpv6_neighbor_solicitation_probe;
    if (!asks && !probes) {
        narrateIcmp(story, exchange);
        return;
    }
    story.participant(exchange, record.originator, WS_TR("roles", "asking"));
    story.participant(exchange, record.responder, WS_TR("roles", "asked for"));
    exchange.title =
        probes ? WS_TR("icmp", "Duplicate address detection") : WS_TR("icmp", "Neighbor discovery");
    const bool answered = record.flags & ExchangeRecord::settled;
    if (probes)
        exchange.summary = answered ? WS_TR("icmp", "%1 is taken: another node answered").with(target)
                                    : WS_TR("icmp", "nobody answered for %1, so it may be used").with(target);
    else if (answered)
        exchange.summary = WS_TR("icmp", "%1 answered").with(target);
    else if (record.tries == 1)
        exchange.summary = WS_TR("icmp", "nobody answered for %1, asked once").with(target);
    else
        exchange.summary =
            WS_TRN("icmp", "nobody answered for %1, asked %n time(s)", "", record.tries).with(target);
}

} // namespace

extern const MessageRoom icmpv6Room;
const MessageRoom icmpv6Room{
    .protocol = ProtocolId::icmpv6,
    .group = groupIcmpv6,
    .tell = tellIcmpv6,
    .walk = walkIcmp,
    .narrate = narrateIcmpv6,
};

} // namespace wirestage
