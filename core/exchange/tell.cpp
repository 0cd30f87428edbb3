// SPDX-License-Identifier: GPL-3.0-or-later
// One message put into words, and one packet described, from the bytes of the capture.
#include "core/exchange/capture_state.h"
#include "core/exchange/flow_fields.h"

#include "core/protocols/protocol_names.h"

#include <algorithm>

namespace wirestage {
namespace {

const MessageRoom* roomOfKind(KindId id) {
    return roomOf(kind(id).protocol);
}

/// The messages below that carry this one: the last of each level, of the packets it came in.
std::vector<std::uint64_t> carriers(const CaptureState& state, const Message& message) {
    std::vector<std::uint64_t> numbers;
    if (message.ref.level == Level::Link)
        return numbers;
    for (const PacketIndex packet : message.packets) {
        const PacketRecord& record = state.grouping.packets[packet];
        for (int below = static_cast<int>(message.ref.level) - 1; below >= 0; --below) {
            const auto level = static_cast<Level>(below);
            const unsigned count = level == Level::Transport ? record.transportMessages()
                                   : level == Level::Network ? record.networkMessages()
                                                             : record.linkMessages();
            if (count == 0)
                continue;
            numbers.push_back(state.numberOf({packet, level, 0}));
            break;
        }
    }
    return numbers;
}

} // namespace

Message CaptureState::remembered(const MessageRef& ref) const {
    const PacketRecord& record = grouping.packets[ref.packet];
    Message message;
    message.ref = ref;
    message.number = numberOf(ref);
    message.exchange = record.exchange;
    message.time = record.time;
    message.notes = record.notes;
    message.packets = {ref.packet};
    message.kind = kindAt(record, Dissection{}, ref, {});
    if (kind(record.kind).level == ref.level)
        message.kind = record.kind;
    message.label = Text("kinds", kind(message.kind).title, {}, {});
    message.summary = WS_TR("capture", "its bytes are no longer kept");
    message.gaveWay = true;
    if (record.exchange == none)
        return message;
    const ExchangeRecord& exchange = grouping.exchanges[record.exchange];
    message.from = record.isFromResponder() ? exchange.responder : exchange.originator;
    message.to = record.isFromResponder() ? exchange.originator : exchange.responder;
    for (HostId* end : {&message.from, &message.to})
        if (*end != none)
            *end = grouping.canonical(*end);
    message.carriedBy = carriers(*this, message);
    return message;
}

Message Capture::message(const MessageRef& ref) const {
    const CaptureState::Reading reading(*state);
    if (state->gaveWay(ref.packet))
        return state->remembered(ref);
    const Grouping& grouping = state->grouping;
    const PacketRecord& record = grouping.packets[ref.packet];
    OpenedPacket opened;
    state->open(ref.packet, opened);
    const Dissection& d = opened.packet;

    Message message;
    message.ref = ref;
    message.number = state->numberOf(ref);
    message.exchange = record.exchange;
    message.time = record.time;
    message.notes = record.notes;
    message.packets = {ref.packet};
    std::shared_ptr<const StreamMessages> keep;
    Bytes bytes;
    if (ref.level == Level::Application) {
        bytes = state->messageBytes(ref, d, keep);
        if (const auto* one = keep ? keep->find(ref.packet, ref.part) : nullptr)
            message.packets = one->packets;
    } else if (ref.level == Level::Network || ref.level == Level::Transport) {
        if (const auto pieces = grouping.reassembled.find(ref.packet);
            pieces != grouping.reassembled.end() && ref.level == Level::Transport) {
            message.packets.clear();
            for (const FragmentPiece& piece : pieces->second)
                message.packets.push_back(piece.packet);
            std::sort(message.packets.begin(), message.packets.end());
        }
    }
    if (record.exchange == none)
        return message;
    const ExchangeRecord& exchange = grouping.exchanges[record.exchange];
    message.kind = state->kindAt(record, d, ref, bytes);
    const auto hostOf = [&](const IpAddress& address) { return state->hostOf(address); };
    message.from = hostOf(d.network.source);
    const bool toEverybody = d.network.destination.isBroadcast() || d.network.destination.isMulticast() ||
                             d.link.destination.isGroup();
    message.to = toEverybody ? HostId{none} : hostOf(d.network.destination);

    unsigned direction = 0;
    const TcpConnection* connection = nullptr;
    if (d.carried == Carried::Tcp && message.from != none && message.to != none) {
        const OrientedKey key = flowKey(message.from, message.to, d.sourcePort, d.destinationPort, 6);
        direction = key.swapped ? 1 : 0;
        connection = state->connectionFor(exchange, key.key);
    }
    const Telling telling{d,
                          record,
                          exchange,
                          bytes,
                          connection,
                          direction,
                          hostOf,
                          [&](const MacAddress& mac) { return state->hostOf(mac); },
                          [&](HostId host) { return state->hostName(host); }};
    if (const MessageRoom* room = roomOfKind(message.kind); room && room->tell)
        room->tell(telling, message);
    if (message.from != none)
        message.from = grouping.canonical(message.from);
    if (message.to != none)
        message.to = grouping.canonical(message.to);
    message.carriedBy = carriers(*state, message);
    return message;
}

/// What the flow and the message's room know goes behind what the packet itself tells.
static void describeInto(Description& description, CaptureState& state, PacketIndex packet,
                         OpenedPacket& opened) {
    Describer describer(description);
    state.open(packet, opened, &describer);
    const Dissection& d = opened.packet;
    const PacketRecord& record = state.grouping.packets[packet];
    if (d.malformed != Malformed::No && d.protocolCount > 0)
        description.malformed = name(d.protocols[d.malformedProtocol]);
    addFlowFields(state, packet, d, description);
    if (record.exchange == none)
        return;
    const MessageRoom* room = roomOf(state.grouping.exchanges[record.exchange].protocol);
    if (room && room->describeSegment && d.carried == Carried::Tcp && !d.payload.empty()) {
        describer.useBuffer(0, opened.frame.bytes.data());
        room->describeSegment(d, record.isFromResponder(), describer);
    }
    if (!room || !room->describe || record.applicationMessages == 0)
        return;
    if (d.carried != Carried::Tcp) {
        room->describe(d, d.payload, describer);
        return;
    }
    const auto messages = state.streamMessages(record.exchange);
    std::size_t searchFrom = 0;
    for (unsigned part = 0;; ++part) {
        const StreamMessages::One* one = messages->find(packet, part);
        if (!one || description.buffers.size() == 255) // as many as a field can name
            break;
        const auto rest = d.payload.subspan(std::min(searchFrom, d.payload.size()));
        const auto found = std::search(rest.begin(), rest.end(), one->bytes.begin(), one->bytes.end());
        if (one->packets.size() == 1 && found != rest.end()) {
            const auto at = static_cast<std::size_t>(found - rest.begin());
            describer.useBuffer(0, opened.frame.bytes.data());
            room->describe(d, rest.subspan(at, one->bytes.size()), describer);
            searchFrom += at + one->bytes.size();
        } else {
            const std::uint8_t buffer = describer.addBuffer(WS_TR("tcp", "Reassembled message"), one->bytes);
            describer.useBuffer(buffer, one->bytes.data());
            room->describe(d, one->bytes, describer);
        }
    }
}

Description Capture::describe(PacketIndex packet) const {
    const CaptureState::Reading reading(*state);
    Description description;
    OpenedPacket opened;
    if (state->gaveWay(packet))
        return description;
    describeInto(description, *state, packet, opened);
    description.keepInside(opened.frame.bytes.size());
    return description;
}

} // namespace wirestage
