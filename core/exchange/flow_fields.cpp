// SPDX-License-Identifier: GPL-3.0-or-later
// Generated fields of TCP and UDP.
#include "core/exchange/flow_fields.h"

#include <array>

namespace wirestage {
namespace {

enum Place : std::size_t {
    TcpStream,
    UdpStream,
    RelativeSequence,
    NextSequence,
    RelativeAcknowledgement,
    Window,
    ScaleFactor,
    FirstAnalysis
};

constexpr std::array<FieldSpec, 23> specs{{
    {"tcp.stream", "Stream index"},
    {"udp.stream", "Stream index"},
    {"tcp.seq", "Sequence number, relative"},
    {"tcp.nxtseq", "Next sequence number, relative"},
    {"tcp.ack", "Acknowledgment number, relative"},
    {"tcp.window_size", "Window in bytes"},
    {"tcp.window_size_scalefactor", "Window scale factor in force"},
    {"tcp.analysis.retransmission", "Retransmission", Show::Heading},
    {"tcp.analysis.fast_retransmission", "Fast retransmission", Show::Heading},
    {"tcp.analysis.spurious_retransmission", "Spurious retransmission", Show::Heading},
    {"tcp.analysis.out_of_order", "Out of order", Show::Heading},
    {"tcp.analysis.duplicate_ack", "Duplicate ACK", Show::Heading},
    {"tcp.analysis.lost_segment", "Previous segment not captured", Show::Heading},
    {"tcp.analysis.ack_lost_segment", "Acknowledges an unseen segment", Show::Heading},
    {"tcp.analysis.zero_window", "Zero window", Show::Heading},
    {"tcp.analysis.zero_window_probe", "Zero window probe", Show::Heading},
    {"tcp.analysis.zero_window_probe_ack", "Answer to a zero window probe", Show::Heading},
    {"tcp.analysis.window_full", "Window full", Show::Heading},
    {"tcp.analysis.window_update", "Window update", Show::Heading},
    {"tcp.analysis.keep_alive", "Keep-alive", Show::Heading},
    {"tcp.analysis.keep_alive_ack", "Keep-alive answer", Show::Heading},
    {"tcp.analysis.reused_ports", "Ports used again", Show::Heading},
    {"tcp.analysis.duplicate_ack_num", "Duplicate ACK number"},
}};

/// Adds a field below the packet's own transport header; a header quoted by an ICMP error lies deeper.
class Adding {
public:
    Adding(Description& to, std::string_view header, bool quoted) : description(to) {
        for (std::size_t i = 0; i < description.fields.size(); ++i)
            if ((description.fields[i].parent != -1) == quoted && description.fields[i].spec->name == header)
                parent = static_cast<std::int32_t>(i);
    }
    Field& number(Place place, std::uint64_t value) { return add(place, value, std::to_string(value)); }
    /// Wireshark prints a remark as a truth.
    void remark(std::size_t place) { add(place, 1, "1"); }

private:
    Field& add(std::size_t place, std::uint64_t value, std::string text) {
        Field field;
        field.spec = &specs[place];
        field.number = value;
        field.value = std::move(text);
        field.parent = parent;
        field.generated = true;
        return description.fields.emplace_back(std::move(field));
    }
    Description& description;
    std::int32_t parent = -1;
};

void addSequence(const TcpConnection& connection, unsigned direction, const TcpFacts& tcp, Adding& to) {
    const TcpDirection& mine = connection.directions[direction];
    const std::uint32_t sequence = tcp.sequence - mine.base;
    to.number(RelativeSequence, sequence);
    to.number(NextSequence, sequence + tcp.payloadLength + ((tcp.flags & 3) ? 1u : 0u));
    // Without the ACK flag the number means nothing (RFC 9293, section 3.1); tshark prints it as it stands,
    // 0.
    to.number(RelativeAcknowledgement, tcp.flags & 16
                                           ? tcp.acknowledgement - connection.directions[1 - direction].base
                                           : tcp.acknowledgement);
    const bool scaled = mine.windowScale > 0 && !(tcp.flags & 2);
    Field& window = to.number(Window, scaled ? std::uint32_t{tcp.window} << mine.windowScale : tcp.window);
    if (mine.windowScale == -1)
        window.meaning = WS_TR("tcp", "as it stands: the handshake that tells its scale was not captured");
    // As in Wireshark: -1 unknown, -2 scaling is off.
    Field& factor = to.number(ScaleFactor, mine.windowScale >= 0 ? std::uint64_t{1} << mine.windowScale : 0);
    if (mine.windowScale < 0) {
        factor.value = std::to_string(mine.windowScale);
        factor.meaning =
            mine.windowScale == -1 ? WS_TR("tcp", "not known") : WS_TR("tcp", "windows are not scaled");
    }
}

/// An ICMP error quotes too little to tell relative numbers: those of the packet are printed as they stand.
void addQuotedStream(const CaptureState& state, const IcmpFacts& icmp, Description& description) {
    const Grouping& grouping = state.grouping;
    const HostId source = state.hostOf(icmp.quotedSource), destination = state.hostOf(icmp.quotedDestination);
    if (source == none || destination == none)
        return;
    const FlowId id = grouping.flows.find(
        flowKey(source, destination, icmp.quotedSourcePort, icmp.quotedDestinationPort, icmp.quotedProtocol)
            .key);
    if (id == none)
        return;
    const bool isTcp = icmp.quotedProtocol == 6;
    if (isTcp && !description.find("tcp.flags"))
        return; // eight quoted bytes: Wireshark takes them for no connection's
    Adding to(description, isTcp ? "tcp" : "udp", true);
    to.number(isTcp ? TcpStream : UdpStream, grouping.flows[id].stream);
}

} // namespace

std::span<const FieldSpec> flowFieldSpecs() {
    return specs;
}

void addFlowFields(const CaptureState& state, PacketIndex packet, const Dissection& d,
                   Description& description) {
    if (d.icmp.hasQuoted && (d.icmp.quotedProtocol == 6 || d.icmp.quotedProtocol == 17))
        addQuotedStream(state, d.icmp, description);
    if (d.carried != Carried::Tcp && d.carried != Carried::Udp)
        return;
    const bool isTcp = d.carried == Carried::Tcp;
    const Grouping& grouping = state.grouping;
    const PacketRecord& record = grouping.packets[packet];
    const HostId source = state.hostOf(d.network.source), destination = state.hostOf(d.network.destination);
    if (source == none || destination == none || record.exchange == none)
        return;
    const OrientedKey key = flowKey(source, destination, d.sourcePort, d.destinationPort, isTcp ? 6 : 17);
    const FlowId id = state.flowFor(grouping.exchanges[record.exchange], key.key);
    if (id == none)
        return;
    const Flow& flow = grouping.flows[id];
    Adding to(description, isTcp ? "tcp" : "udp", false);
    const bool firstOfSnmp =
        !isTcp && flow.connection != none && grouping.exchanges[record.exchange].first == packet;
    to.number(isTcp ? TcpStream : UdpStream, firstOfSnmp ? flow.connection : flow.stream);
    if (!isTcp || flow.connection == none)
        return;
    addSequence(grouping.connections[flow.connection], key.swapped ? 1 : 0, d.tcp, to);
    for (unsigned note = 0; note <= static_cast<unsigned>(Note::PortReused); ++note)
        if (record.notes.has(static_cast<Note>(note)))
            to.remark(FirstAnalysis + note);
    // Wireshark has a duplicate ACK twice, once with its number and once as a remark.
    if (record.notes.has(Note::DuplicateAck))
        to.remark(FirstAnalysis + static_cast<std::size_t>(Note::DuplicateAck));
    // A fast or spurious retransmission is a retransmission as well.
    if (record.notes.has(Note::FastRetransmission) || record.notes.has(Note::SpuriousRetransmission))
        to.remark(FirstAnalysis + static_cast<std::size_t>(Note::Retransmission));
}

} // namespace wirestage
