// SPDX-License-Identifier: GPL-3.0-or-later
// An exchange told as a story: its packets taken in order and handed to the room of its protocol. A room that
// has a walk is handed them once; told again, the exchange goes on where it was left.
#include "core/exchange/capture_state.h"

#include <algorithm>

namespace wirestage {
namespace {

class CaptureStory final : public Story {
public:
    CaptureStory(const CaptureState& from, ExchangeId which, const StoryWalk* walked, std::size_t most)
        : state(from), id(which), walk(walked), mostSteps(most) {}

    [[nodiscard]] const StoryWalk& walked() const override { return *walk; }

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
    const CaptureState& state;
    ExchangeId id;
    const StoryWalk* walk;
    std::size_t mostSteps;
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

constexpr std::size_t mostStoryPackets = 200'000; ///< for rooms without a walk
constexpr std::size_t mostTold = 256;

} // namespace

bool ToldExchange::fits(const ExchangeRecord& record) const {
    return packets <= record.packets && protocol == record.protocol && originator == record.originator &&
           responder == record.responder &&
           hasApplication == ((record.flags & ExchangeRecord::hasApplication) != 0);
}

std::unique_ptr<ToldExchange> CaptureState::lastTold(ExchangeId id) const {
    const std::lock_guard guard(cacheMutex);
    const auto found = std::find_if(told.begin(), told.end(), [&](const auto& one) { return one->id == id; });
    std::unique_ptr<ToldExchange> taken;
    if (found != told.end()) {
        taken = std::move(*found);
        told.erase(found);
    }
    if (!taken) {
        taken = std::make_unique<ToldExchange>();
        taken->id = id;
    }
    return taken;
}

void CaptureState::keepTold(std::unique_ptr<ToldExchange> one) const {
    const std::lock_guard guard(cacheMutex);
    told.push_front(std::move(one));
    if (told.size() > mostTold)
        told.pop_back();
}

void CaptureState::take(ToldExchange& so, PacketIndex at, OpenedPacket& opened) const {
    const ExchangeRecord& record = grouping.exchanges[so.id];
    const PacketRecord& packet = grouping.packets[at];
    const unsigned application =
        packet.applicationMessages == 255 ? grouping.manyMessages.at(at) : packet.applicationMessages;
    so.messages += ShownMessages::of(packet, record, application).count();
    ++so.packets;
    so.last = at;
    if (!so.walk || packet.isHop() || so.walk->takeLine(packet))
        return;
    if (gaveWay(at)) {
        so.skipped = true;
        return;
    }
    open(at, opened);
    so.walk->take(CaptureStory(*this, so.id, so.walk.get(), 0), {at, packet, opened.packet, {}, packet.kind});
}

void CaptureState::beginTelling(ToldExchange& so) const {
    const ExchangeRecord& record = grouping.exchanges[so.id];
    so.protocol = record.protocol;
    so.originator = record.originator;
    so.responder = record.responder;
    so.hasApplication = record.flags & ExchangeRecord::hasApplication;
    so.last = none;
    so.packets = 0;
    so.messages = 0;
    so.skipped = false;
    const MessageRoom* room = roomOf(record.protocol);
    so.walk = room && room->walk ? room->walk() : nullptr;
}

bool CaptureState::goOnTelling(ToldExchange& so, std::size_t most) const {
    const ExchangeRecord& record = grouping.exchanges[so.id];
    if (so.last == none || !so.fits(record))
        beginTelling(so);
    OpenedPacket opened;
    PacketIndex next = so.last != none  ? grouping.packets[so.last].next
                       : record.packets ? record.first
                                        : none;
    for (std::size_t i = 0; i < most && next != none && !so.scattered; ++i) {
        if (so.last != none && next < so.last) { // a fragment that joined late
            so.scattered = true;
            beginTelling(so);
            return false;
        }
        take(so, next, opened);
        next = grouping.packets[next].next;
    }
    return next == none;
}

Exchange CaptureState::asTold(ToldExchange& so, std::size_t most) const {
    const ExchangeRecord& record = grouping.exchanges[so.id];
    if (so.scattered && record.packets <= most) {
        beginTelling(so);
        OpenedPacket opened;
        for (const PacketIndex i : packetsOf(so.id))
            take(so, i, opened);
    }
    Exchange exchange;
    exchange.id = so.id;
    exchange.parent = record.parent;
    exchange.story = record.story;
    exchange.protocol = record.protocol;
    exchange.outcome = record.outcome;
    exchange.packets = record.packets;
    exchange.bytes = record.bytes;
    exchange.messages = so.messages;
    if (record.packets > 0) {
        exchange.time = grouping.packets[record.first].time;
        exchange.duration = std::max<Time>(0, grouping.packets[record.last].time - exchange.time);
    }
    const CaptureStory story(*this, so.id, so.walk.get(), std::min(most, mostStoryPackets));
    const bool walkIsAll = so.walk && !so.hasApplication;
    const bool begun = walkIsAll ? so.skipped : record.packets > 0 && gaveWay(record.first);
    const bool whole = begun && gaveWay(record.last);
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

Exchange CaptureState::tellExchange(ExchangeId id) const {
    constexpr std::size_t atOnce = 4096; // indexing goes on in between
    auto so = lastTold(id);
    for (;;) {
        const Reading reading(*this);
        if (!goOnTelling(*so, atOnce) && !so->scattered)
            continue;
        Exchange exchange = asTold(*so, ~std::size_t{0});
        keepTold(std::move(so));
        return exchange;
    }
}

Glimpse CaptureState::glimpse(ExchangeId id) const {
    constexpr std::size_t few = 512;
    const Reading reading(*this);
    auto so = lastTold(id);
    Glimpse seen;
    seen.whole = goOnTelling(*so, few);
    const std::uint64_t packets = grouping.exchanges[id].packets;
    if (so->scattered || !so->walk)
        seen.whole = packets <= few;
    seen.exchange = asTold(*so, few);
    keepTold(std::move(so));
    return seen;
}

} // namespace wirestage
