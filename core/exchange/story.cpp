// SPDX-License-Identifier: GPL-3.0-or-later
// An exchange told as a story: its packets walked in order and handed to the room of its protocol.
#include "core/exchange/capture_state.h"

#include <algorithm>

namespace wirestage {
namespace {

class CaptureStory final : public Story {
public:
    CaptureStory(const CaptureState& from, ExchangeId which) : state(from), id(which) {}

    [[nodiscard]] const ExchangeRecord& record() const override { return state.grouping.exchanges[id]; }
    [[nodiscard]] const ExchangeRecord& record(ExchangeId other) const override {
        return state.grouping.exchanges[other];
    }
    [[nodiscard]] const TcpConnection* connection() const override { return state.connectionOf(record()); }
    [[nodiscard]] const TcpConnection* connection(ExchangeId other) const override {
        return state.connectionOf(state.grouping.exchanges[other]);
    }
    [[nodiscard]] std::vector<ExchangeId> children() const override { return state.childrenOf(id); }
    [[nodiscard]] std::uint64_t payloadOf(ExchangeId other) const override;
    [[nodiscard]] std::uint64_t linesOf(ExchangeId other) const override;
    [[nodiscard]] Flow flow() const override {
        return record().flow == none ? Flow{} : state.grouping.flows[record().flow];
    }
    [[nodiscard]] Time timeOf(PacketIndex packet) const override {
        return state.grouping.packets[packet].time;
    }
    [[nodiscard]] HostId hostOf(const IpAddress& address) const override { return state.hostOf(address); }
    [[nodiscard]] HostId hostOf(const MacAddress& address) const override { return state.hostOf(address); }
    [[nodiscard]] std::string nameOf(HostId host) const override {
        return host == none ? "?" : state.hostName(host);
    }
    void forEach(const std::function<bool(const StoryStep&)>& step) const override;
    std::uint32_t participant(Exchange& exchange, HostId host, Text role) const override;

private:
    static constexpr std::size_t mostSteps = 200'000;
    const CaptureState& state;
    ExchangeId id;
};

void CaptureStory::forEach(const std::function<bool(const StoryStep&)>& step) const {
    const MessageRoom* room = roomOf(record().protocol);
    std::shared_ptr<const StreamMessages> streams;
    OpenedPacket opened;
    for (const PacketIndex i : state.packetsOf(id, mostSteps)) {
        const PacketRecord& packet = state.grouping.packets[i];
        if (packet.isHop() || state.gaveWay(i))
            continue;
        state.open(i, opened);
        const Dissection& d = opened.packet;
        unsigned part = 0;
        if (packet.applicationMessages && room && room->kindOf && d.carried == Carried::Tcp) {
            if (!streams)
                streams = state.streamMessages(id);
            for (; const StreamMessages::One* one = streams->find(i, part); ++part)
                if (!step({i, packet, d, one->bytes, room->kindOf(d, one->bytes, packet.isFromResponder())}))
                    return;
        } else if (packet.applicationMessages && room && room->kindOf) {
            ++part;
            if (!step({i, packet, d, d.payload, room->kindOf(d, d.payload, packet.isFromResponder())}))
                return;
        }
        if (part == 0 && !step({i, packet, d, {}, packet.kind}))
            return;
    }
}

std::uint64_t CaptureStory::payloadOf(ExchangeId other) const {
    const TcpConnection* connection = state.connectionOf(state.grouping.exchanges[other]);
    if (!connection)
        return 0;
    std::uint64_t bytes = 0;
    for (const TcpDirection& direction : connection->directions)
        if (direction.next && direction.baseKnown) {
            const std::uint32_t virtualBytes = 1u + (direction.finSent ? 1u : 0u);
            const std::uint32_t sent = direction.next - direction.base;
            bytes += sent > virtualBytes ? sent - virtualBytes : 0;
        }
    return bytes;
}

std::uint64_t CaptureStory::linesOf(ExchangeId other) const {
    std::uint64_t lines = 0;
    OpenedPacket opened;
    for (const PacketIndex i : state.packetsOf(other, mostSteps)) {
        const Notes notes = state.grouping.packets[i].notes;
        if (notes.isRetransmission() || state.grouping.packets[i].isHop())
            continue;
        state.open(i, opened);
        const Bytes payload = opened.packet.payload;
        lines += static_cast<std::uint64_t>(std::count(payload.begin(), payload.end(), '\n'));
    }
    return lines;
}

std::uint32_t CaptureStory::participant(Exchange& exchange, HostId host, Text role) const {
    host = state.grouping.canonical(host);
    for (std::size_t i = 0; i < exchange.participants.size(); ++i)
        if (exchange.participants[i].host == host)
            return static_cast<std::uint32_t>(i);
    Participant participant;
    participant.host = host;
    participant.name = state.hostName(host);
    participant.role = std::move(role);
    participant.addresses = state.addressesOf(host);
    exchange.participants.push_back(std::move(participant));
    return static_cast<std::uint32_t>(exchange.participants.size() - 1);
}

} // namespace

Exchange CaptureState::tellExchange(ExchangeId id) const {
    const ExchangeRecord& record = grouping.exchanges[id];
    Exchange exchange;
    exchange.id = id;
    exchange.parent = record.parent;
    exchange.story = record.story;
    exchange.protocol = record.protocol;
    exchange.outcome = record.outcome;
    exchange.packets = record.packets;
    exchange.bytes = record.bytes;
    if (record.packets > 0) {
        exchange.time = grouping.packets[record.first].time;
        exchange.duration = std::max<Time>(0, grouping.packets[record.last].time - exchange.time);
    }
    for (const PacketIndex i : packetsOf(id)) {
        const PacketRecord& packet = grouping.packets[i];
        const unsigned application =
            packet.applicationMessages == 255 ? grouping.manyMessages.at(i) : packet.applicationMessages;
        exchange.messages += ShownMessages::of(packet, record, application).count();
    }
    const CaptureStory story(*this, id);
    const bool begun = record.packets > 0 && gaveWay(record.first), whole = begun && gaveWay(record.last);
    if (const MessageRoom* room = roomOf(record.protocol); room && room->narrate && !whole)
        room->narrate(story, exchange);
    if (!begun)
        return exchange;
    for (const HostId host : {record.originator, record.responder})
        if (host != none)
            (void)story.participant(exchange, host, {});
    if (exchange.title.empty())
        exchange.title = Text("kinds", kind(grouping.packets[record.first].kind).title, {}, {});
    exchange.summary =
        whole ? WS_TR("capture", "%1; its packets have given way to newer ones").with(title(record.outcome))
              : WS_TR("capture", "%1; the packets of its beginning have given way to newer ones")
                    .with(title(record.outcome));
    return exchange;
}

} // namespace wirestage
