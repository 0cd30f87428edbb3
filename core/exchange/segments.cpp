// SPDX-License-Identifier: GPL-3.0-or-later
// Walks an exchange's packets in stretches, so that indexing goes on in between.
#include "core/exchange/segments.h"

#include "core/exchange/capture_state.h"

namespace wirestage {

namespace {

constexpr std::size_t stretch = 4096;

/// The connection that the walk is about: that of the first segment.
struct Walked {
    bool known = false;
    IpAddress source, destination;
    std::uint16_t sourcePort = 0, destinationPort = 0;
    bool firstFromOriginator = true, firstFromHigh = false;
    const TcpConnection* connection = nullptr;

    /// 1: sent by the same side as the first segment, -1: by the other one, 0: another connection's.
    [[nodiscard]] int side(const Dissection& d) const {
        if (d.sourcePort == sourcePort && d.destinationPort == destinationPort &&
            d.network.source == source && d.network.destination == destination)
            return 1;
        if (d.sourcePort == destinationPort && d.destinationPort == sourcePort &&
            d.network.source == destination && d.network.destination == source)
            return -1;
        return 0;
    }

    void begin(const CaptureState& state, const ExchangeRecord& exchange, const Dissection& d) {
        known = true;
        source = d.network.source;
        destination = d.network.destination;
        sourcePort = d.sourcePort;
        destinationPort = d.destinationPort;
        const OrientedKey key =
            flowKey(state.grouping.hosts.find(source), state.grouping.hosts.find(destination), sourcePort,
                    destinationPort, 6);
        firstFromHigh = key.swapped;
        connection = state.connectionFor(exchange, key.key);
        if (const FlowId flow = state.flowFor(exchange, key.key); flow != none)
            firstFromOriginator = key.swapped == state.grouping.flows[flow].originatorIsHigh;
    }

    [[nodiscard]] TcpSegment segment(const TcpFacts& tcp, bool sameSide) const {
        TcpSegment made;
        made.fromOriginator = sameSide == firstFromOriginator;
        made.flags = tcp.flags;
        made.payload = tcp.payloadLength;
        made.sequence = tcp.sequence;
        made.acknowledgement = tcp.acknowledgement;
        made.window = tcp.window;
        if (connection) {
            const unsigned direction = firstFromHigh == sameSide ? 1 : 0;
            const TcpDirection& mine = connection->directions[direction];
            made.sequence -= mine.base;
            made.acknowledgement -= connection->directions[1 - direction].base;
            if (mine.windowScale > 0 && !made.syn())
                made.window <<= mine.windowScale;
        }
        return made;
    }
};

} // namespace

void Capture::segments(ExchangeId id, const std::function<void(const TcpSegment&)>& each) const {
    std::vector<PacketIndex> packets;
    {
        const CaptureState::Reading reading(*state);
        packets = state->packetsOf(id);
    }
    Walked walked;
    for (std::size_t from = 0; from < packets.size(); from += stretch) {
        const CaptureState::Reading reading(*state);
        for (std::size_t i = from; i < std::min(from + stretch, packets.size()); ++i) {
            const PacketRecord& record = state->grouping.packets[packets[i]];
            if (!record.transportMessages()) // a fragment, or a router's hop of a segment
                continue;
            const Frame frame = state->frameOf(packets[i]);
            Dissection d;
            dissectFrame(d, frame);
            if (d.carried != Carried::Tcp)
                continue;
            if (!walked.known)
                walked.begin(*state, state->grouping.exchanges[id], d);
            const int side = walked.side(d);
            if (side == 0)
                continue;
            TcpSegment segment = walked.segment(d.tcp, side > 0);
            segment.packet = packets[i];
            segment.time = record.time;
            segment.notes = record.notes;
            each(segment);
        }
    }
}

} // namespace wirestage
