// SPDX-License-Identifier: GPL-3.0-or-later
// DHCP (RFC 2131) as exchanges: a transaction of one client, known by its hardware address before and after
// it has an address.
#include "core/protocols/dhcp/dhcp_story.h"

#include <array>

namespace wirestage {
namespace {

constexpr std::uint32_t transactionSpace = 0x43'0001;
constexpr Time transactionEnds = 120'000'000'000;

/// The packet's client, by chaddr; one without a MAC address by the IP address it speaks from.
HostId clientOf(Grouping& grouping, const PacketInHand& packet, const DhcpHead& head) {
    return head.hasMac() ? grouping.hosts.idOf(head.hardware) : packet.source;
}

void open(Grouping& grouping, PacketInHand& packet, HostId client, Outcome outcome) {
    grouping.openInFlow(packet, ProtocolId::dhcp, client, none);
    grouping.exchange(packet.exchange).outcome = outcome;
}

/// Whether the flow's latest transaction may still be going on.
bool continues(const Grouping& grouping, const Flow& flow, Time now) {
    return flow.exchange != none &&
           now - grouping.packets[grouping.exchanges[flow.exchange].last].time < transactionEnds;
}

/// Whether the flow's latest transaction is a Release: the same one comes once more, or over another link.
bool released(const Grouping& grouping, const Flow& flow, Time now) {
    return continues(grouping, flow, now) &&
           grouping.exchanges[flow.exchange].phase == static_cast<std::uint8_t>(DhcpType::Release);
}

void fromClient(Grouping& grouping, PacketInHand& packet, const DhcpHead& head, HostId client) {
    Flow& flow = grouping.flows[packet.flow];
    const bool goesOn = continues(grouping, flow, packet.time) && !grouping.settled(flow.exchange);
    const bool relayed = head.hops > 0; // the same message once more, from the relay to the server
    switch (head.type) {
    case DhcpType::Release: // a lease that ends is a story of its own, whatever its transaction number
        if (released(grouping, flow, packet.time)) {
            packet.exchange = flow.exchange;
            packet.notes.add(Note::Repeated);
            return;
        }
        open(grouping, packet, client, Outcome::Completed);
        grouping.settle(packet.exchange, Outcome::Completed);
        grouping.exchange(packet.exchange).phase = static_cast<std::uint8_t>(DhcpType::Release);
        return;
    case DhcpType::Decline:
        if (!continues(grouping, flow, packet.time))
            open(grouping, packet, client, Outcome::Failed);
        packet.exchange = flow.exchange;
        grouping.settle(packet.exchange, Outcome::Failed);
        if (head.requested.version) // it never was the client's
            grouping.separateHost(grouping.hosts.idOf(head.requested));
        return;
    default: break;
    }
    if (!goesOn)
        open(grouping, packet, client, Outcome::Unanswered);
    packet.exchange = flow.exchange;
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    const auto type = static_cast<std::uint8_t>(head.type);
    // A Discover behind an Offer says that the offer did not arrive, or was not wanted.
    const bool offered =
        head.type == DhcpType::Discover && exchange.phase == static_cast<std::uint8_t>(DhcpType::Offer);
    if (exchange.packets > 0 && (exchange.phase == type || offered) && !relayed) {
        packet.notes.add(Note::Repeated);
        ++exchange.tries;
        exchange.outcome = Outcome::Timeout;
    } else if (!relayed) {
        exchange.tries = 1;
        exchange.outcome = Outcome::Unanswered;
    }
    exchange.phase = type;
}

void fromServer(Grouping& grouping, PacketInHand& packet, const DhcpHead& head, HostId client) {
    Flow& flow = grouping.flows[packet.flow];
    if (!continues(grouping, flow, packet.time))
        open(grouping, packet, client, Outcome::Completed);
    packet.exchange = flow.exchange;
    packet.levels |= PacketRecord::fromResponder;
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    // Behind a relay the server is known by its identifier, not by who hands its answer on.
    const HostId server = head.serverIdentifier.version && !head.serverIdentifier.isUnspecified()
                              ? grouping.hosts.idOf(head.serverIdentifier)
                              : packet.source;
    if (exchange.responder == none)
        exchange.responder = server;
    switch (head.type) {
    case DhcpType::Ack:
        exchange.responder = server;
        grouping.settle(packet.exchange, Outcome::Completed);
        if (head.hasMac() && !head.your.isUnspecified())
            grouping.sameHost(grouping.hosts.idOf(head.your), client);
        break;
    case DhcpType::Nak:
        if (exchange.outcome != Outcome::Completed || !grouping.settled(packet.exchange))
            grouping.settle(packet.exchange, Outcome::Refused);
        break;
    case DhcpType::Offer:
        exchange.phase = static_cast<std::uint8_t>(DhcpType::Offer);
        exchange.outcome = Outcome::CutOff; // an offer that nobody takes up
        break;
    default: grouping.settle(packet.exchange, Outcome::Completed); break; // BOOTP, lease query
    }
}

/// A message whose header the capture cut short: between two hosts is all that is known.
void groupCut(Grouping& grouping, PacketInHand& packet) {
    packet.completes(KindId::dhcp_other);
    const Flow& flow = grouping.flows[packet.flow];
    if (flow.exchange == none) {
        grouping.openInFlow(packet, ProtocolId::dhcp, packet.source, packet.destination);
        grouping.exchange(packet.exchange).outcome = Outcome::CutOff;
    }
    packet.exchange = flow.exchange;
}

void groupDhcp(Grouping& grouping, PacketInHand& packet, Bytes payload) {
    const auto head = readDhcpHead(payload);
    if (!head) {
        groupCut(grouping, packet);
        return;
    }
    packet.completes(dhcpKind(*head));
    packet.levels &= static_cast<std::uint8_t>(~PacketRecord::fromResponder);
    const HostId client = clientOf(grouping, packet, *head);
    grouping.flowOf(packet, client, client, static_cast<std::uint16_t>(head->transaction >> 16),
                    static_cast<std::uint16_t>(head->transaction), transactionSpace);
    // A relay writes the address it has on the client's side into a request, and sends it from another one
    // (RFC 1542, section 4.1.1): one host, as long as it is the only relay on the way.
    const bool relayed = head->relay.version == 4 && !head->relay.isUnspecified();
    if (relayed && head->operation == 1 && head->hops <= 1 && !packet.packet->network.source.isUnspecified())
        if (const HostId relay = grouping.hosts.idOf(head->relay); relay != packet.source)
            grouping.sameHost(relay, packet.source);
    if (head->operation == 2)
        fromServer(grouping, packet, *head, client);
    else
        fromClient(grouping, packet, *head, client);
    if (head->type == DhcpType::Request || head->type == DhcpType::Discover || head->type == DhcpType::Inform)
        if (const auto message = readDhcp(payload))
            grouping.nameHost(client, printable(message->hostName, 40));
}

void describe(const Dissection&, Bytes message, Describer& describer) {
    describeDhcp(message, describer);
}

KindId kindOf(const Dissection&, Bytes message, bool) {
    const auto head = readDhcpHead(message);
    return head ? dhcpKind(*head) : KindId::dhcp_other;
}

constexpr std::array<std::uint16_t, 2> ports{67, 68};

} // namespace

KindId dhcpKind(const DhcpHead& head) {
    switch (head.type) {
    case DhcpType::Bootp: return head.operation == 2 ? KindId::dhcp_bootp_reply : KindId::dhcp_bootp_request;
    case DhcpType::Discover: return KindId::dhcp_discover;
    case DhcpType::Offer: return KindId::dhcp_offer;
    case DhcpType::Request: return KindId::dhcp_request;
    case DhcpType::Decline: return KindId::dhcp_decline;
    case DhcpType::Ack: return KindId::dhcp_ack;
    case DhcpType::Nak: return KindId::dhcp_nak;
    case DhcpType::Release: return KindId::dhcp_release;
    case DhcpType::Inform: return KindId::dhcp_inform;
    case DhcpType::ForceRenew: return KindId::dhcp_force_renew;
    case DhcpType::LeaseQuery: return KindId::dhcp_lease_query;
    case DhcpType::LeaseUnassigned: return KindId::dhcp_lease_unassigned;
    case DhcpType::LeaseUnknown: return KindId::dhcp_lease_unknown;
    case DhcpType::LeaseActive: return KindId::dhcp_lease_active;
    }
    return KindId::dhcp_other;
}

extern const MessageRoom dhcpRoom;
const MessageRoom dhcpRoom{
    .protocol = ProtocolId::dhcp,
    .udpPorts = ports,
    .claimsDatagram = looksLikeDhcp,
    .datagram = groupDhcp,
    .kindOf = kindOf,
    .describe = describe,
    .tell = tellDhcp,
    .narrate = narrateDhcp,
};

} // namespace wirestage
