// SPDX-License-Identifier: GPL-3.0-or-later
// The words for segments and connections.
#include "core/flow/tcp_coverage.h"
#include "core/flow/tcp_states.h"
#include "core/protocols/names.h"
#include "core/protocols/tcp/tcp_messages.h"

#include <algorithm>

#include <fmt/core.h>

namespace wirestage {
namespace {

constexpr std::uint8_t fin = 1, syn = 2, rst = 4, ack = 16;

Text segmentLabel(KindId what, const TcpFacts& tcp) {
    switch (what) {
    case KindId::tcp_syn: return WS_TR("tcp", "SYN");
    case KindId::tcp_syn_ack: return WS_TR("tcp", "SYN-ACK");
    case KindId::tcp_fin: return tcp.flags & ack ? WS_TR("tcp", "FIN, ACK") : WS_TR("tcp", "FIN");
    case KindId::tcp_rst: return tcp.flags & ack ? WS_TR("tcp", "RST, ACK") : WS_TR("tcp", "RST");
    case KindId::tcp_data: return WS_TR("tcp", "Data, %1").with(bytesInWords(tcp.payloadLength));
    default: return WS_TR("tcp", "ACK");
    }
}

/// What happened to a connection, gathered in one walk over its exchange.
struct Life {
    std::uint64_t bytes[2] = {0, 0}; ///< new payload, by end: 0 originator
    HostId errorFrom = none;         ///< who sent an ICMP error about it
    KindId error{};
    bool zeroWindow = false;
    std::uint64_t trouble = 0; ///< repeated segments
    std::uint64_t syns = 0;
    std::uint16_t port = 0;
    bool resetByOriginator = false, reset = false, closing = false;
    PacketIndex firstClosing = none, handshakeEnd = none, first = none, last = none;
    bool syn = false;
};

/// Takes the segments of one flow: states, and numbers into a Life.
class ConnectionWalk final : public StoryWalk {
public:
    struct Change {
        unsigned end = 0; ///< 0 originator
        TcpState state{};
        Time time = 0;
        PacketIndex cause = none; ///< none: concluded
    };
    std::vector<Change> changes;
    std::vector<HostId> complainants; ///< senders of ICMP errors, each once

    void take(const Story& story, const StoryStep& step) override {
        if (step.packet.carried == Carried::Tcp)
            segment(step);
        else
            complaint(story, step);
    }

    [[nodiscard]] Life life() const {
        Life all = gathered;
        for (unsigned end : {0u, 1u})
            all.bytes[end] = sent[end].bytes();
        return all;
    }

private:
    /// An ICMP error about the connection, from an end or from a router between them.
    void complaint(const Story& story, const StoryStep& step) {
        Life& life = gathered;
        life.errorFrom = story.hostOf(step.packet.network.source);
        life.error = step.kind;
        if (life.errorFrom != none &&
            std::find(complainants.begin(), complainants.end(), life.errorFrom) == complainants.end())
            complainants.push_back(life.errorFrom);
    }

    void segment(const StoryStep& step) {
        Life& life = gathered;
        const TcpFacts& tcp = step.packet.tcp;
        const unsigned end = step.record.isFromResponder() ? 1 : 0;
        if (life.first == none) {
            life.first = step.index;
            begin = step.record.time;
            life.port = end ? step.packet.sourcePort : step.packet.destinationPort;
        }
        life.last = step.index;
        life.syn = life.syn || (tcp.flags & syn);
        life.syns += (tcp.flags & (syn | ack)) == syn;
        const Notes& notes = step.record.notes;
        life.trouble += notes.isRetransmission();
        life.zeroWindow = life.zeroWindow || notes.has(Note::ZeroWindow);
        if (!(tcp.flags & rst) && !notes.has(Note::KeepAlive)) // a reset's bytes are for its reader, not data
            sent[end].take(tcp.sequence + (tcp.flags & syn ? 1 : 0), tcp.payloadLength);
        if (tcp.flags & rst) {
            life.reset = true;
            life.resetByOriginator = end == 0;
        }
        if ((tcp.flags & (fin | rst)) && life.firstClosing == none)
            life.firstClosing = step.index;
        for (const TcpStates::Change& change : states.segment(end, tcp)) {
            if (change.state == TcpState::SynReceived && !heard[end])
                listened(end);
            if (changes.size() < mostTransitions)
                changes.push_back({change.end, change.state, step.record.time,
                                   change.inferred ? PacketIndex{none} : step.index});
            if (life.handshakeEnd == none && life.syn && states.state(0) == TcpState::Established &&
                states.state(1) == TcpState::Established)
                life.handshakeEnd = step.index;
        }
        heard[end] = true;
    }

    /// Whose first word is a SYN-ACK was in LISTEN when the SYN came: from CLOSED it would have sent a RST
    /// (RFC 9293, section 3.10.7). That is known only now, and shown as concluded.
    void listened(unsigned end) {
        changes.insert(changes.begin(), {end, TcpState::Listen, begin, none});
    }

    static constexpr std::size_t mostTransitions = 64;
    bool heard[2] = {false, false}; ///< has sent something
    Time begin = 0;                 ///< of the first segment
    TcpStates states;
    TcpCoverage sent[2];
    Life gathered;
};

void tellParticipants(const Story& story, const ConnectionWalk& walk, Exchange& exchange) {
    const ExchangeRecord& record = story.record();
    // A data connection's ends keep the parts they have in the session, whoever opens it.
    const bool turned = record.parent != none && story.record(record.parent).originator == record.responder;
    const Text client = WS_TR("roles", "client"), server = WS_TR("roles", "server");
    const std::uint32_t ends[2] = {
        story.participant(exchange, record.originator, turned ? server : client),
        story.participant(exchange, record.responder, turned ? client : server),
    };
    for (const HostId router : walk.complainants)
        story.participant(exchange, router, WS_TR("roles", "router"));
    for (const ConnectionWalk::Change& change : walk.changes)
        exchange.transitions.push_back({ends[change.end], std::string(name(change.state)), change.time,
                                        change.cause, change.cause == none});
}

void tellPhases(const Life& life, Exchange& exchange) {
    if (life.first == none)
        return;
    const bool closes =
        life.firstClosing != none && life.handshakeEnd != none && life.firstClosing > life.handshakeEnd;
    PacketIndex begin = life.first;
    if (life.handshakeEnd != none) {
        exchange.phases.push_back({WS_TR("tcp", "Handshake"), life.first, life.handshakeEnd});
        begin = life.handshakeEnd + 1;
    }
    const PacketIndex end = closes ? life.firstClosing - 1 : life.last;
    if (begin <= end && life.handshakeEnd != none)
        exchange.phases.push_back({WS_TR("tcp", "Transfer"), begin, end});
    if (closes)
        exchange.phases.push_back({WS_TR("tcp", "Close"), life.firstClosing, life.last});
}

Text transferred(const Life& life) {
    if (life.bytes[0] + life.bytes[1] == 0)
        return WS_TR("tcp", "no data");
    if (life.bytes[1] == 0)
        return WS_TR("tcp", "%1 sent, nothing received").with(bytesInWords(life.bytes[0]));
    if (life.bytes[0] == 0)
        return WS_TR("tcp", "nothing sent, %1 received").with(bytesInWords(life.bytes[1]));
    return WS_TR("tcp", "%1 sent, %2 received")
        .with(bytesInWords(life.bytes[0]))
        .with(bytesInWords(life.bytes[1]));
}

/// What a teacher would point at in a connection that did its work.
Text remarks(const Life& life, Text text) {
    if (life.trouble)
        text = WS_TRN("tcp", "%1; %n segment(s) sent again", "", life.trouble).with(std::move(text));
    if (life.zeroWindow)
        text = WS_TR("tcp", "%1; the receiver closed its window for a time").with(std::move(text));
    if (life.error == KindId::icmp_unreachable_fragmentation_needed ||
        life.error == KindId::icmpv6_packet_too_big)
        text = WS_TR("tcp", "%1; a router asked for smaller packets").with(std::move(text));
    return text;
}

/// A connection that is over neither way: how much of it the capture holds.
Text unfinished(const Life& life) {
    const bool oneSided = life.firstClosing != none;
    if (life.syn)
        return oneSided ? WS_TR("tcp", "%1; closed by one side only when the capture ends")
                        : WS_TR("tcp", "%1; still open when the capture ends");
    return oneSided ? WS_TR("tcp", "%1; the beginning was not captured, and one side closed")
                    : WS_TR("tcp", "%1; neither beginning nor end was captured");
}

Text connectionSentence(const Story& story, const Exchange& exchange, const Life& life) {
    const ExchangeRecord& record = story.record();
    const std::string who = story.nameOf(life.resetByOriginator ? record.originator : record.responder);
    switch (exchange.outcome) {
    case Outcome::Refused:
        return life.reset || life.errorFrom == none
                   ? WS_TR("tcp", "refused: nobody listens on port %1").with(life.port)
                   : WS_TR("tcp", "refused: %1 says “%2” of port %3")
                         .with(story.nameOf(life.errorFrom))
                         .with(Text{"kinds", kind(life.error).title, {}, {}})
                         .with(life.port);
    case Outcome::Timeout:
        return WS_TRN("tcp", "no answer from port %1 to %n SYN(s), given up", "", life.syns).with(life.port);
    case Outcome::Unanswered:
        return WS_TR("tcp", "one SYN to port %1, no answer in the capture").with(life.port);
    case Outcome::Reset:
        return WS_TR("tcp", "broken off by %1 with a reset; %2").with(who).with(transferred(life));
    case Outcome::Completed:
        return remarks(life, WS_TR("tcp", "%1, closed in order").with(transferred(life)));
    default: return remarks(life, unfinished(life).with(transferred(life)));
    }
}

} // namespace

void tellSegment(const Telling& telling, Message& message) {
    const TcpFacts& tcp = telling.packet.tcp;
    message.label = segmentLabel(message.kind, tcp);
    std::uint32_t sequence = tcp.sequence, acknowledgement = tcp.acknowledgement, window = tcp.window;
    if (telling.connection) {
        const TcpDirection& mine = telling.connection->directions[telling.direction];
        sequence -= mine.base;
        acknowledgement -= telling.connection->directions[1 - telling.direction].base;
        if (mine.windowScale > 0 && !(tcp.flags & syn))
            window <<= mine.windowScale;
    }
    std::string numbers = fmt::format("Seq={}", sequence);
    if (tcp.flags & ack)
        numbers += fmt::format(" Ack={}", acknowledgement);
    if (!(tcp.flags & rst))
        numbers += fmt::format(" Win={}", window);
    if ((tcp.flags & syn) && tcp.maximumSegmentSize)
        numbers += fmt::format(" MSS={}", tcp.maximumSegmentSize);
    message.summary = Text::verbatim(std::move(numbers));
}

std::unique_ptr<StoryWalk> walkConnection() {
    return std::make_unique<ConnectionWalk>();
}

void narrateConnection(const Story& story, Exchange& exchange) {
    const auto& walk = static_cast<const ConnectionWalk&>(story.walked());
    const Life life = walk.life();
    tellParticipants(story, walk, exchange);
    tellPhases(life, exchange);
    exchange.title = exchange.parent == none ? WS_TR("tcp", "TCP connection to port %1").with(life.port)
                                             : WS_TR("tcp", "FTP data connection, port %1").with(life.port);
    exchange.summary = connectionSentence(story, exchange, life);
}

} // namespace wirestage
