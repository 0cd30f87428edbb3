// SPDX-License-Identifier: GPL-3.0-or-later
// How segments become connections, how a connection ended, and which application it carries.
#include "core/protocols/tcp/tcp_messages.h"

namespace wirestage {
namespace {

constexpr std::uint8_t fin = 1, syn = 2, rst = 4, ack = 16;
constexpr std::uint8_t applicationUnknown = 0xff, applicationNone = 0xfe;
constexpr std::uint8_t mostProbes = 3;

/// Remarks that are worth an arrow of their own beside an application's messages.
constexpr std::uint32_t anomalies() {
    std::uint32_t bits = 0;
    for (const Note note : {Note::Retransmission, Note::FastRetransmission, Note::SpuriousRetransmission,
                            Note::OutOfOrder, Note::DuplicateAck, Note::LostSegment, Note::AckLostSegment,
                            Note::ZeroWindow, Note::ZeroWindowProbe, Note::ZeroWindowProbeAck,
                            Note::WindowFull, Note::KeepAlive, Note::KeepAliveAck})
        bits |= 1u << static_cast<unsigned>(note);
    return bits;
}

/// Who opened the connection, where no SYN tells: a port that an application is bound to is the responder's,
/// else the lower one is.
bool senderIsResponder(const Dissection& packet) {
    const auto flags = packet.tcp.flags;
    if (flags & syn)
        return flags & ack;
    const bool sourceBound = roomOfTcpPort(packet.sourcePort),
               destinationBound = roomOfTcpPort(packet.destinationPort);
    if (sourceBound != destinationBound)
        return sourceBound;
    return packet.sourcePort < packet.destinationPort;
}

void beginConnection(Grouping& grouping, PacketInHand& packet) {
    const Dissection& d = *packet.packet;
    Flow& flow = grouping.flows[packet.flow];
    flow.connection = static_cast<std::uint32_t>(grouping.connections.size());
    grouping.connections.push(TcpConnection{});
    if (flow.stream == none)
        flow.stream = grouping.tcpStreams++;
    const bool reversed = senderIsResponder(d);
    flow.originatorIsHigh = reversed != (packet.direction == 1);
    const HostId originator = reversed ? packet.destination : packet.source;
    const HostId responder = reversed ? packet.source : packet.destination;
    const std::uint16_t port = reversed ? d.sourcePort : d.destinationPort;
    const ExchangeId parent = grouping.expectedBy(responder, port);
    if (const MessageRoom* room = roomOfTcpPort(port); room && room->joinConnection) {
        if (const ExchangeId joined = room->joinConnection(grouping, packet, originator, responder);
            joined != none) {
            flow.exchange = packet.exchange = joined;
            return;
        }
    }
    const ExchangeId id = grouping.openInFlow(packet, ProtocolId::tcp, originator, responder);
    if (parent != none)
        grouping.setParent(id, parent);
    grouping.exchange(id).tag = port;
    grouping.exchange(id).flags |= ExchangeRecord::followsConnection;
}

const MessageRoom* recognise(const PacketInHand& packet, Flow& flow, bool fromOriginator) {
    const Dissection& d = *packet.packet;
    if (const MessageRoom* room = roomOfTcpPort(fromOriginator ? d.destinationPort : d.sourcePort))
        return room;
    for (const MessageRoom* room : allRooms())
        if (room->claimsStream && room->claimsStream(d.payload, fromOriginator))
            return room;
    if (++flow.probes >= mostProbes)
        flow.application = applicationNone;
    return nullptr;
}

/// Hands the payload to the application's stream; messages that it completes are filed under this packet.
void deliver(Grouping& grouping, PacketInHand& packet, bool fromOriginator) {
    const Dissection& d = *packet.packet;
    Flow& flow = grouping.flows[packet.flow];
    if (flow.application == applicationNone)
        return;
    if (flow.application == applicationUnknown) {
        if (grouping.exchange(flow.exchange).parent != none) {
            flow.application = applicationNone; // a data connection: its bytes are a file's
            return;
        }
        const MessageRoom* room = recognise(packet, flow, fromOriginator);
        if (!room || grouping.streams.size() >= Grouping::mostStreams)
            return;
        flow.application = static_cast<std::uint8_t>(room->protocol);
        grouping.streams[packet.flow].room = room;
    }
    const auto found = grouping.streams.find(packet.flow);
    if (found == grouping.streams.end())
        return;
    const MessageRoom* room = found->second.room;
    StreamAssembler& stream = found->second.directions[packet.direction];
    const TcpDirection& sender = grouping.connections[flow.connection].directions[packet.direction];
    if (sender.synSent && flow.probes == 0) // recognised late: what came before is not ours
        stream.begin(sender.base + 1);
    stream.segment(packet.index, d.tcp.sequence, d.payload, room->cut,
                   [&](Bytes message, const std::vector<std::uint32_t>&) {
                       room->streamMessage(grouping, packet, message);
                   });
}

} // namespace

Outcome outcomeOf(const TcpConnection& connection) {
    const bool bothFinished = connection.directions[0].finSent && connection.directions[1].finSent;
    if (connection.resetSeen && connection.synCount && !connection.synAckSeen)
        return Outcome::Refused;
    if (bothFinished || (connection.resetSeen && !connection.resetEarly))
        return Outcome::Completed;
    if (connection.resetSeen)
        return Outcome::Reset;
    if (connection.synCount && !connection.synAckSeen && !connection.established)
        return connection.synCount > 1 ? Outcome::Timeout : Outcome::Unanswered;
    return Outcome::CutOff;
}

void groupSegment(Grouping& grouping, PacketInHand& packet) {
    const Dissection& d = *packet.packet;
    const TcpFacts& tcp = d.tcp;
    const OrientedKey oriented =
        flowKey(packet.source, packet.destination, d.sourcePort, d.destinationPort, 6);
    packet.flow = grouping.flows.idOf(oriented.key);
    packet.direction = oriented.swapped ? 1 : 0;
    bool begins = grouping.flows[packet.flow].connection == none;
    if (!begins &&
        beginsAnew(grouping.connections[grouping.flows[packet.flow].connection], packet.direction, tcp)) {
        packet.flow = grouping.flows.renew(oriented.key);
        packet.notes.add(Note::PortReused);
        begins = true;
    }
    if (begins)
        beginConnection(grouping, packet);
    Flow& flow = grouping.flows[packet.flow];
    packet.exchange = flow.exchange;
    TcpConnection& connection = grouping.connections[flow.connection];
    const bool wasEstablished = connection.established;
    const bool closing = connection.directions[0].finSent || connection.directions[1].finSent;
    const SegmentReport report =
        analyse(connection, packet.direction, tcp, packet.time, grouping.segmentsSeenAt);
    packet.notes.bits |= report.notes.bits;

    const bool fromOriginator = flow.originatorIsHigh == (packet.direction == 1);
    if (!fromOriginator)
        packet.levels |= PacketRecord::fromResponder;
    packet.kind = segmentKind(tcp);
    const bool two = tcp.payloadLength > 0 && (tcp.flags & (syn | fin | rst));
    packet.levels |= two ? PacketRecord::transportTwo : PacketRecord::transportOne;
    const bool handshakeEnds = !wasEstablished && connection.synAckSeen && tcp.payloadLength == 0;
    const bool acknowledgesFin = closing && tcp.payloadLength == 0;
    if ((tcp.flags & (syn | fin | rst)) || handshakeEnds || acknowledgesFin ||
        (packet.notes.bits & anomalies()))
        packet.levels |= PacketRecord::transportShown;

    if (!d.payload.empty() && !report.notes.has(Note::KeepAlive))
        deliver(grouping, packet, fromOriginator);
    ExchangeRecord& exchange = grouping.exchange(packet.exchange);
    if ((exchange.flags & (ExchangeRecord::settled | ExchangeRecord::followsConnection)) ==
        ExchangeRecord::followsConnection)
        exchange.outcome = outcomeOf(connection);
    if (connection.resetSeen || (connection.directions[0].finSent && connection.directions[1].finSent))
        grouping.streams.erase(packet.flow);
}

KindId segmentKind(const TcpFacts& tcp) {
    if (tcp.flags & rst)
        return KindId::tcp_rst;
    if (tcp.flags & syn)
        return tcp.flags & ack ? KindId::tcp_syn_ack : KindId::tcp_syn;
    if (tcp.flags & fin)
        return KindId::tcp_fin;
    return tcp.payloadLength > 0 ? KindId::tcp_data : KindId::tcp_ack;
}

const MessageRoom tcpRoom{
    .protocol = ProtocolId::tcp,
    .group = groupSegment,
    .tell = tellSegment,
    .walk = walkConnection,
    .narrate = narrateConnection,
};

} // namespace wirestage
