// SPDX-License-Identifier: GPL-3.0-or-later
// Packets rewritten: the frame by its description, a fragment from its datagram, a segment's payload from the
// messages of its stream.
#include "core/exchange/hiding.h"

#include "core/privacy/rewriting.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::size_t streamsKept = 256;
constexpr unsigned mostFragments = 4096;

std::int32_t distance(std::uint32_t from, std::uint32_t to) {
    return static_cast<std::int32_t>(to - from);
}

/// Where a part of the frame stands in it.
std::size_t placeOf(Bytes part, Bytes frame) {
    return part.empty() ? frame.size() : static_cast<std::size_t>(part.data() - frame.data());
}

} // namespace

CaptureState::CaptureState(std::shared_ptr<const CaptureState> from)
    : index(from->index), hiding(std::make_shared<Hiding>(std::move(from))) {}

Hiding::Hiding(std::shared_ptr<const CaptureState> from) : named(std::move(from)) {}

/// An application's message that is a packet's whole payload.
void Hiding::describeMessage(PacketIndex packet, const Dissection& opened, Describer& describer) const {
    const PacketRecord& record = named->grouping.packets[packet];
    if (record.exchange == none || record.applicationMessages == 0 || opened.carried == Carried::Tcp)
        return;
    const MessageRoom* room = roomOf(named->grouping.exchanges[record.exchange].protocol);
    if (room && room->describe)
        room->describe(opened, opened.payload, describer);
}

Frame Hiding::frame(PacketIndex packet) {
    meet();
    OpenedPacket opened;
    Description description;
    Describer describer(description);
    named->open(packet, opened, &describer);
    describeMessage(packet, opened.packet, describer);
    Frame frame = opened.frame;
    description.keepInside(frame.bytes.size());
    Rewriting rewriting(frame.bytes, description, 0, names);
    Dissection own; // of the frame alone, not of the datagram that it completes
    dissectFrame(own, frame);
    if (own.network.fragment) {
        if (const PacketIndex whole = completedBy(packet); whole != none) {
            const auto bytes = datagram(whole);
            const auto from = std::min<std::size_t>(own.network.fragmentOffset, bytes.size());
            const auto size = std::min(own.network.payload.size(), bytes.size() - from);
            rewriting.put(placeOf(own.network.payload, frame.bytes), Bytes(bytes).subspan(from, size));
        }
    } else if (own.carried == Carried::Tcp && !own.payload.empty()) {
        rewriting.put(placeOf(own.payload, frame.bytes), payload(packet, own));
    }
    frame.own = std::make_shared<const std::vector<std::uint8_t>>(rewriting.take());
    frame.bytes = *frame.own;
    return frame;
}

/// The fragments of a datagram are next to each other in their exchange, the one that completed it last.
PacketIndex Hiding::completedBy(PacketIndex fragment) const {
    const Grouping& grouping = named->grouping;
    PacketIndex packet = fragment;
    for (unsigned i = 0; i < mostFragments && packet != none; ++i, packet = grouping.packets[packet].next) {
        const auto found = grouping.reassembled.find(packet);
        if (found == grouping.reassembled.end())
            continue;
        for (const FragmentPiece& piece : found->second)
            if (piece.packet == fragment)
                return packet;
    }
    return none;
}

std::vector<std::uint8_t> Hiding::datagram(PacketIndex packet) {
    {
        const std::lock_guard guard(mutex);
        if (datagramOf == packet)
            return datagramBytes;
    }
    OpenedPacket opened;
    Description description;
    Describer describer(description);
    named->open(packet, opened, &describer);
    describeMessage(packet, opened.packet, describer);
    description.keepInside(opened.frame.bytes.size());
    constexpr std::uint8_t reassembled = 1; // the only buffer that opening a packet adds
    auto bytes = Rewriting(opened.bytes, description, reassembled, names).take();
    const std::lock_guard guard(mutex);
    datagramOf = packet;
    datagramBytes = bytes;
    return bytes;
}

std::vector<std::uint8_t> Hiding::rewritten(const StreamMessages::One& message, const MessageRoom& room) {
    OpenedPacket opened;
    named->open(message.completedBy, opened);
    Description description;
    Describer describer(description);
    describer.useBuffer(0, message.bytes.data());
    if (room.describeSegment) {
        Dissection segment = opened.packet;
        segment.payload = message.bytes;
        const bool reply = named->grouping.packets[message.completedBy].isFromResponder();
        room.describeSegment(segment, reply, describer);
    } else if (room.describe) {
        room.describe(opened.packet, message.bytes, describer);
    }
    description.keepInside(message.bytes.size());
    return Rewriting(message.bytes, description, 0, names).take();
}

std::shared_ptr<const Hiding::Streams> Hiding::streams(ExchangeId id) {
    const ExchangeRecord& exchange = named->grouping.exchanges[id];
    {
        const std::lock_guard guard(mutex);
        const auto found = cache.find(id);
        if (found != cache.end() && found->second->packets == exchange.packets) {
            order.remove(id);
            order.push_front(id);
            return found->second;
        }
    }
    const auto original = named->streamMessages(id);
    const MessageRoom* room = roomOf(exchange.protocol);
    auto made = std::make_shared<Streams>();
    made->packets = exchange.packets;
    made->messages.messages.reserve(original->messages.size());
    for (const StreamMessages::One& message : original->messages) {
        StreamMessages::One shown = message;
        shown.bytes = rewritten(message, *room);
        made->messages.messages.push_back(std::move(shown));
    }
    for (const StreamMessages::One& message : made->messages.messages)
        made->inOrder[{message.flow.lowHost, message.flow.highHost, message.flow.lowPort,
                       message.flow.highPort, message.swapped}]
            .push_back(&message);
    const std::lock_guard guard(mutex);
    order.remove(id);
    order.push_front(id);
    cache[id] = made;
    if (order.size() > streamsKept) {
        cache.erase(order.back());
        order.pop_back();
    }
    return made;
}

std::shared_ptr<const StreamMessages> Hiding::messages(ExchangeId id) {
    const auto made = streams(id);
    return {made, &made->messages};
}

std::vector<std::uint8_t> Hiding::payload(PacketIndex packet, const Dissection& segment) {
    const Description nothing;
    std::vector<std::uint8_t> bytes = Rewriting(segment.payload, nothing, 0, names).take();
    const ExchangeId id = named->grouping.packets[packet].exchange;
    const MessageRoom* room = id == none ? nullptr : roomOf(named->grouping.exchanges[id].protocol);
    if (!room || !room->cut)
        return bytes;
    const OrientedKey key =
        flowKey(named->hostOf(segment.network.source), named->hostOf(segment.network.destination),
                segment.sourcePort, segment.destinationPort, 6);
    const auto made = streams(id);
    const auto stream = made->inOrder.find(
        {key.key.lowHost, key.key.highHost, key.key.lowPort, key.key.highPort, key.swapped});
    if (stream == made->inOrder.end())
        return bytes;
    const auto& inOrder = stream->second;
    const std::uint32_t origin = inOrder.front()->sequence, first = segment.tcp.sequence;
    const auto end = distance(origin, first + static_cast<std::uint32_t>(bytes.size()));
    auto message = std::partition_point(inOrder.begin(), inOrder.end(), [&](const StreamMessages::One* one) {
        return distance(origin, one->sequence + static_cast<std::uint32_t>(one->bytes.size())) <=
               distance(origin, first);
    });
    for (; message != inOrder.end() && distance(origin, (*message)->sequence) < end; ++message) {
        const std::int32_t at = distance(first, (*message)->sequence); // within the segment
        const Bytes shown = Bytes((*message)->bytes).subspan(at < 0 ? static_cast<std::size_t>(-at) : 0);
        const std::size_t to = at < 0 ? 0 : static_cast<std::size_t>(at);
        std::copy_n(shown.begin(), std::min(shown.size(), bytes.size() - to),
                    bytes.begin() + static_cast<std::ptrdiff_t>(to));
    }
    return bytes;
}

bool Hiding::openSegment(PacketIndex packet, OpenedPacket& into) {
    if (named->grouping.reassembled.contains(packet))
        return false;
    meet();
    into.frame = named->frameOf(packet);
    into.packet = Dissection{};
    dissectFrame(into.packet, into.frame);
    Dissection& d = into.packet;
    if (d.carried != Carried::Tcp)
        return false;
    into.bytes = payload(packet, d);
    d.payload = into.bytes;
    d.network.payload = {};
    d.network.source = names.of(d.network.source);
    d.network.destination = names.of(d.network.destination);
    d.link.source = names.of(d.link.source);
    d.link.destination = names.of(d.link.destination);
    into.frame.bytes = {};
    return true;
}

} // namespace wirestage
