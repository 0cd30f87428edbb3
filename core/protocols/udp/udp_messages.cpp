// SPDX-License-Identifier: GPL-3.0-or-later
// UDP (RFC 768) above its wire format: datagrams go to the application of their port or, where nobody claims
// them, into an exchange of their flow. A traceroute's probes to ever new ports are one exchange.
#include "core/grouping/room.h"
#include "core/protocols/icmp/icmp_messages.h"

#include <fmt/core.h>

namespace wirestage {
namespace {

constexpr std::uint8_t applicationUnknown = 0xff, applicationNone = 0xfe, mostProbes = 3, fewHops = 32;

/// A subnet's own broadcast address looks like any other; the frame's address tells.
bool goesToEverybody(const Dissection& d) {
    return d.network.destination.isBroadcast() || d.network.destination.isMulticast() ||
           d.link.destination.isGroup();
}

const MessageRoom* recognise(const Dissection& d, Flow& flow) {
    if (const MessageRoom* room = roomOfUdpPort(d.destinationPort))
        return room;
    if (const MessageRoom* room = roomOfUdpPort(d.sourcePort))
        return room;
    for (const MessageRoom* room : allRooms())
        if (room->claimsDatagram && room->claimsDatagram(d.payload))
            return room;
    if (++flow.probes >= mostProbes)
        flow.application = applicationNone;
    return nullptr;
}

void groupDatagram(Grouping& grouping, PacketInHand& packet) {
    const Dissection& d = *packet.packet;
    packet.levels |= PacketRecord::transportOne;
    packet.kind = KindId::udp_datagram;
    Flow& flow =
        grouping.flowOf(packet, packet.source, packet.destination, d.sourcePort, d.destinationPort, 17);
    if (flow.stream == none)
        flow.originatorIsHigh = packet.direction == 1;
    grouping.numberUdpFlow(flow);
    if (flow.originatorIsHigh != (packet.direction == 1))
        packet.levels |= PacketRecord::fromResponder;
    if (flow.application == applicationUnknown) {
        if (const MessageRoom* room = recognise(d, flow))
            flow.application = static_cast<std::uint8_t>(room->protocol);
    }
    if (flow.application < applicationNone) {
        const MessageRoom* room = roomOf(static_cast<ProtocolId>(flow.application));
        room->datagram(grouping, packet, d.payload);
        if (packet.exchange != none)
            return;
    }
    if (flow.exchange == none) {
        if (joinTraceroute(grouping, packet))
            return;
        const bool toEverybody = goesToEverybody(d);
        const ExchangeId id = grouping.openInFlow(packet, ProtocolId::udp, packet.source,
                                                  toEverybody ? none : packet.destination);
        grouping.exchange(id).outcome = toEverybody ? Outcome::Completed : Outcome::Unanswered;
        grouping.exchange(id).tag = d.destinationPort;
    }
    packet.exchange = flow.exchange;
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    if ((packet.levels & PacketRecord::fromResponder) && !(exchange.flags & ExchangeRecord::settled))
        exchange.outcome = Outcome::Completed;
}

void tellDatagram(const Telling& telling, Message& message) {
    const Dissection& d = telling.packet;
    message.label = WS_TR("udp", "UDP datagram");
    const Text length = bytesInWords(d.payload.size());
    // So few hops were set on purpose (hosts begin with 64 or more): the story of a traceroute's probe.
    message.summary =
        d.network.ttl < fewHops
            ? WS_TR("udp", "%1 to port %2, TTL=%3").with(length).with(d.destinationPort).with(d.network.ttl)
            : WS_TR("udp", "%1 to port %2").with(length).with(d.destinationPort);
}

struct DatagramWalk final : StoryWalk {
    std::uint64_t there = 0, back = 0;
    std::vector<HostId> complainants; ///< senders of ICMP errors, each once
    HostId errorFrom = none;          ///< of the last one
    KindId error{};

    bool takeLine(const PacketRecord& record) override {
        const bool isDatagram = record.kind == KindId::udp_datagram;
        if (isDatagram)
            ++(record.isFromResponder() ? back : there);
        return isDatagram;
    }
    void take(const Story& story, const StoryStep& step) override {
        const HostId from = story.hostOf(step.packet.network.source);
        if (step.packet.carried == Carried::Udp || from == none)
            return;
        if (std::find(complainants.begin(), complainants.end(), from) == complainants.end())
            complainants.push_back(from);
        errorFrom = from;
        error = step.kind;
    }
};

void narrateDatagrams(const Story& story, Exchange& exchange) {
    const ExchangeRecord& record = story.record();
    const auto& walk = static_cast<const DatagramWalk&>(story.walked());
    const std::uint64_t there = walk.there, back = walk.back;
    const HostId errorFrom = walk.errorFrom;
    const KindId error = walk.error;
    story.participant(exchange, record.originator, WS_TR("roles", "sender"));
    if (record.responder != none)
        story.participant(exchange, record.responder, WS_TR("roles", "receiver"));
    for (const HostId router : walk.complainants)
        story.participant(exchange, router, WS_TR("roles", "router"));
    exchange.title = WS_TR("udp", "UDP to port %1").with(record.tag);
    const bool portClosed =
        error == KindId::icmp_unreachable_port || error == KindId::icmpv6_unreachable_port;
    if (record.outcome == Outcome::Refused && !portClosed && errorFrom != none)
        exchange.summary = WS_TR("udp", "refused: %1 says “%2”")
                               .with(story.nameOf(errorFrom))
                               .with(Text{"kinds", kind(error).title, {}, {}});
    else if (record.outcome == Outcome::Refused)
        exchange.summary = WS_TR("udp", "refused: nobody listens on UDP port %1").with(record.tag);
    else if (record.responder == none)
        exchange.summary =
            WS_TRN("udp", "%n datagram(s) to everybody on port %1", "", there).with(record.tag);
    else if (back == 0)
        exchange.summary =
            WS_TRN("udp", "%n datagram(s) to port %1, nothing came back from it", "", there).with(record.tag);
    else
        exchange.summary = WS_TR("udp", "%1 there, %2 back, port %3")
                               .with(WS_TRN("udp", "%n datagram(s)", "", there))
                               .with(WS_TRN("udp", "%n datagram(s)", "", back))
                               .with(record.tag);
}

} // namespace

extern const MessageRoom udpRoom;
const MessageRoom udpRoom{
    .protocol = ProtocolId::udp,
    .group = groupDatagram,
    .tell = tellDatagram,
    .walk = []() -> std::unique_ptr<StoryWalk> { return std::make_unique<DatagramWalk>(); },
    .narrate = narrateDatagrams,
};

} // namespace wirestage
