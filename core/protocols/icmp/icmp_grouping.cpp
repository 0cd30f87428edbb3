// SPDX-License-Identifier: GPL-3.0-or-later
// Echo runs, errors and traceroutes as exchanges, for both versions of ICMP.
#include "core/protocols/icmp/icmp_messages.h"

namespace wirestage {
namespace {

constexpr std::uint32_t echoSpace = 0x1'0000;
constexpr Time runEnds = 10'000'000'000;   ///< a pause this long between echoes begins another run
constexpr Time traceEnds = 60'000'000'000; ///< a traceroute waits for silent routers, and for their names
constexpr std::uint16_t firstProbePort = 33434, lastProbePort = 33689;
constexpr std::uint8_t highestProbeTtl = 64;

/// The latest traceroute between two hosts.
struct Traceroutes {
    std::unordered_map<std::uint64_t, ExchangeId> byPair;
};

std::uint64_t pair(HostId a, HostId b) {
    return std::uint64_t{a} << 32 | b;
}

/// The flow that the quoted packet belongs to. One that the capture did not show before gets its stream
/// number here, as in Wireshark.
FlowId quotedFlow(Grouping& grouping, const IcmpFacts& icmp) {
    const bool echo = icmp.quotedProtocol == 1 || icmp.quotedProtocol == 58;
    const std::uint32_t space = echo ? echoSpace : icmp.quotedProtocol;
    const OrientedKey oriented =
        flowKey(grouping.hosts.idOf(icmp.quotedSource), grouping.hosts.idOf(icmp.quotedDestination),
                icmp.quotedSourcePort, icmp.quotedDestinationPort, space);
    if (icmp.quotedProtocol != 6 && icmp.quotedProtocol != 17)
        return grouping.flows.find(oriented.key);
    const FlowId id = grouping.flows.idOf(oriented.key);
    Flow& flow = grouping.flows[id];
    if (flow.stream == none)
        flow.originatorIsHigh = oriented.swapped;
    if (icmp.quotedProtocol == 17)
        grouping.numberUdpFlow(flow);
    else if (flow.stream == none)
        flow.stream = grouping.tcpStreams++;
    return id;
}

/// Whether an echo belongs to the flow's latest run. Windows gives all its runs one identifier: a traceroute
/// that is lower again with its TTL is another one.
bool runsOn(const Grouping& grouping, const Flow& flow, const PacketInHand& packet, bool reply) {
    if (flow.exchange == none)
        return false;
    const ExchangeRecord& exchange = grouping.exchanges[flow.exchange];
    const bool tracing = exchange.phase == static_cast<std::uint8_t>(IcmpStory::Traceroute);
    if (tracing && !reply && packet.packet->network.ttl < exchange.tag)
        return false;
    return packet.time - grouping.packets[exchange.last].time < (tracing ? traceEnds : runEnds);
}

void becomeTraceroute(ExchangeRecord& exchange, ProtocolId protocol) {
    exchange.protocol = protocol;
    exchange.phase = static_cast<std::uint8_t>(IcmpStory::Traceroute);
    if (!(exchange.flags & ExchangeRecord::settled))
        exchange.outcome = Outcome::Timeout; // until the target itself answers
}

} // namespace

bool joinTraceroute(Grouping& grouping, PacketInHand& packet) {
    const Dissection& d = *packet.packet;
    if (d.destinationPort < firstProbePort || d.destinationPort > lastProbePort ||
        d.network.ttl > highestProbeTtl)
        return false;
    auto& memory = grouping.memory<Traceroutes>(ProtocolId::icmp);
    const auto found = memory.byPair.find(pair(packet.source, packet.destination));
    if (found != memory.byPair.end()) {
        const ExchangeRecord& exchange = grouping.exchange(found->second);
        if (packet.time - grouping.packets[exchange.last].time < runEnds) {
            packet.exchange = found->second;
            grouping.flows[packet.flow].exchange = packet.exchange;
            ++grouping.exchange(packet.exchange).tries;
            return true;
        }
    }
    if (d.network.ttl > 2) // the first probe of a traceroute dies at the first router
        return false;
    const ExchangeId id = grouping.openInFlow(packet, ProtocolId::udp, packet.source, packet.destination);
    grouping.exchange(id).tag = d.destinationPort;
    grouping.exchange(id).tries = 1;
    memory.byPair[pair(packet.source, packet.destination)] = id;
    return true;
}

void groupEcho(Grouping& grouping, PacketInHand& packet, ProtocolId protocol, bool reply) {
    const IcmpFacts& icmp = packet.packet->icmp;
    Flow& flow = grouping.flowOf(packet, packet.source, packet.destination, icmp.identifier, icmp.identifier,
                                 echoSpace);
    const HostId asking = reply ? packet.destination : packet.source;
    const HostId answering = reply ? packet.source : packet.destination;
    if (!runsOn(grouping, flow, packet, reply)) {
        const ExchangeId id = grouping.openInFlow(packet, protocol, asking, answering);
        grouping.exchange(id).phase = static_cast<std::uint8_t>(IcmpStory::Ping);
    }
    packet.exchange = flow.exchange;
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    if (reply) {
        packet.levels |= PacketRecord::fromResponder;
        grouping.settle(packet.exchange, Outcome::Completed);
        return;
    }
    // The same sequence number again would be a repetition, but Windows counts on across runs: only counted
    // here.
    ++exchange.tries;
    exchange.tag = packet.packet->network.ttl;
    if (!(exchange.flags & ExchangeRecord::settled) &&
        exchange.phase == static_cast<std::uint8_t>(IcmpStory::Ping) && exchange.outcome != Outcome::Refused)
        exchange.outcome = exchange.tries > 1 ? Outcome::Timeout : Outcome::Unanswered;
}

void groupError(Grouping& grouping, PacketInHand& packet, ProtocolId protocol, IcmpError error) {
    const IcmpFacts& icmp = packet.packet->icmp;
    packet.levels |= PacketRecord::fromResponder;
    const FlowId flow = icmp.hasQuoted ? quotedFlow(grouping, icmp) : FlowId{none};
    const ExchangeId id = flow == none ? ExchangeId{none} : grouping.flows[flow].exchange;
    if (id == none) {
        groupAlone(grouping, packet, protocol, 0x1'0001,
                   error == IcmpError::Unreachable    ? Outcome::Refused
                   : error == IcmpError::TimeExceeded ? Outcome::Failed
                                                      : Outcome::Completed);
        return;
    }
    packet.exchange = id;
    packet.flow = flow;
    ExchangeRecord& exchange = grouping.exchange(id);
    const bool probing = exchange.protocol == ProtocolId::udp || exchange.protocol == protocol;
    if (error == IcmpError::TimeExceeded && packet.packet->icmp.code == 0 && probing)
        becomeTraceroute(exchange, protocol);
    if (error != IcmpError::Unreachable || (exchange.flags & ExchangeRecord::settled))
        return;
    if (exchange.phase == static_cast<std::uint8_t>(IcmpStory::Traceroute) && exchange.protocol == protocol) {
        // UDP probes end in "port unreachable", which only the target says (RFC 1122, section 3.2.2.1), maybe
        // from another of its addresses.
        const KindId kind = packet.kind;
        if (packet.source == exchange.responder || kind == KindId::icmp_unreachable_port ||
            kind == KindId::icmpv6_unreachable_port)
            grouping.settle(id, Outcome::Completed);
        else
            exchange.outcome = Outcome::Refused;
        return;
    }
    exchange.outcome = Outcome::Refused;
    if (exchange.protocol != ProtocolId::tcp && exchange.protocol != protocol)
        exchange.flags |= ExchangeRecord::settled;
}

void groupAlone(Grouping& grouping, PacketInHand& packet, ProtocolId protocol, std::uint32_t space,
                Outcome outcome) {
    const auto& destination = packet.packet->network.destination;
    const bool toEverybody = destination.isBroadcast() || destination.isMulticast();
    Flow& flow = grouping.flowOf(packet, packet.source, packet.destination, 0, 0, space);
    if (flow.exchange == none) {
        const ExchangeId id =
            grouping.openInFlow(packet, protocol, packet.source, toEverybody ? none : packet.destination);
        grouping.exchange(id).outcome = outcome;
    }
    packet.exchange = flow.exchange;
    if (packet.source != grouping.exchange(packet.exchange).originator)
        packet.levels |= PacketRecord::fromResponder;
    else
        packet.levels &= static_cast<std::uint8_t>(~PacketRecord::fromResponder);
}

} // namespace wirestage
