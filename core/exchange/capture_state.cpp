// SPDX-License-Identifier: GPL-3.0-or-later
// Packets taken apart again, and streams put together again, when somebody looks.
#include "core/exchange/capture_state.h"

#include "core/exchange/hiding.h"
#include "core/protocols/tcp/tcp_messages.h"

#include <algorithm>
#include <map>
#include <utility>

namespace wirestage {

namespace {

thread_local const CaptureIndex* held = nullptr; ///< whose lock this thread has

} // namespace

CaptureState::Reading::Reading(const CaptureState& of) {
    CaptureIndex& asked = *of.index;
    if (held == &asked || asked.complete.load(std::memory_order_acquire))
        return;
    ++asked.waiting;
    lock = std::unique_lock(asked.mutex);
    --asked.waiting;
    before = std::exchange(held, &asked);
}

CaptureState::Reading::~Reading() {
    if (lock.owns_lock())
        held = before;
}

const StreamMessages::One* StreamMessages::find(PacketIndex packet, unsigned part) const {
    const auto first = std::lower_bound(messages.begin(), messages.end(), packet,
                                        [](const One& one, PacketIndex at) { return one.completedBy < at; });
    const auto at = static_cast<std::size_t>(first - messages.begin()) + part;
    return at < messages.size() && messages[at].completedBy == packet ? &messages[at] : nullptr;
}

Frame CaptureState::frameOf(PacketIndex packet) const {
    const PacketRecord& record = grouping.packets[packet];
    Frame frame = index->file.frame(record.offset, packet + 1);
    frame.time = record.time;
    return frame;
}

Frame CaptureState::shownFrame(PacketIndex packet) const {
    return hiding ? hiding->frame(packet) : frameOf(packet);
}

HostId CaptureState::hostOf(const IpAddress& address) const {
    if (!address.version)
        return none;
    return grouping.hosts.find(hiding ? hiding->standIns().behind(address) : address);
}

HostId CaptureState::hostOf(const MacAddress& address) const {
    return grouping.hosts.find(HostAddress::of(hiding ? hiding->standIns().behind(address) : address));
}

void CaptureState::open(PacketIndex packet, OpenedPacket& into, Describer* describer) const {
    if (hiding && !describer && hiding->openSegment(packet, into))
        return;
    into.frame = shownFrame(packet);
    into.packet = Dissection{};
    into.packet.describer = describer;
    dissectFrame(into.packet, into.frame);
    const auto whole = grouping.reassembled.find(packet);
    if (whole == grouping.reassembled.end() ||
        std::any_of(whole->second.begin(), whole->second.end(),
                    [&](const FragmentPiece& piece) { return gaveWay(piece.packet) && !piece.own; }))
        return;
    into.bytes = hiding ? hiding->datagram(packet) : join(whole->second);
    const std::uint8_t buffer =
        describer ? describer->addBuffer(WS_TR("ip", "Reassembled datagram"), into.bytes) : std::uint8_t{0};
    dissectTransport(into.packet, into.bytes, buffer);
}

std::vector<PacketIndex> CaptureState::packetsOf(ExchangeId id, std::size_t most) const {
    const ExchangeRecord& exchange = grouping.exchanges[id];
    std::vector<PacketIndex> packets;
    packets.reserve(std::min<std::size_t>(exchange.packets, most));
    if (exchange.packets > 0)
        for (PacketIndex i = exchange.first; i != none && packets.size() < most; i = grouping.packets[i].next)
            packets.push_back(i);
    if (!std::is_sorted(packets.begin(), packets.end())) // fragments join late
        std::sort(packets.begin(), packets.end());
    return packets;
}

std::shared_ptr<const StreamMessages> CaptureState::streamMessages(ExchangeId id) const {
    if (hiding)
        return hiding->messages(id);
    const ExchangeRecord& exchange = grouping.exchanges[id];
    {
        const std::lock_guard guard(cacheMutex);
        for (auto it = cache.begin(); it != cache.end(); ++it)
            if (it->id == id && it->packets == exchange.packets) {
                cache.splice(cache.begin(), cache, it);
                return cache.front().messages;
            }
    }
    auto result = std::make_shared<StreamMessages>();
    const MessageRoom* room = roomOf(exchange.protocol);
    if (room && room->cut) {
        std::map<std::pair<FlowKey, bool>, StreamAssembler,
                 bool (*)(const std::pair<FlowKey, bool>&, const std::pair<FlowKey, bool>&)>
            streams(+[](const std::pair<FlowKey, bool>& a, const std::pair<FlowKey, bool>& b) {
                const auto words = [](const std::pair<FlowKey, bool>& k) {
                    return std::tuple(k.first.lowHost, k.first.highHost, k.first.lowPort, k.first.highPort,
                                      k.second);
                };
                return words(a) < words(b);
            });
        for (const PacketIndex i : packetsOf(id)) {
            const PacketRecord& record = grouping.packets[i];
            if (!record.transportMessages() || result->messages.size() >= StreamMessages::most || gaveWay(i))
                continue;
            OpenedPacket opened;
            open(i, opened);
            const Dissection& d = opened.packet;
            if (d.carried != Carried::Tcp)
                continue;
            const OrientedKey key =
                flowKey(grouping.hosts.find(d.network.source), grouping.hosts.find(d.network.destination),
                        d.sourcePort, d.destinationPort, 6);
            StreamAssembler& stream = streams[{key.key, key.swapped}];
            if (d.tcp.flags & 2)
                stream.begin(d.tcp.sequence + 1);
            if (d.payload.empty() || record.notes.has(Note::KeepAlive))
                continue;
            std::uint32_t handedOut = 0;
            stream.segment(i, d.tcp.sequence, d.payload, room->cut,
                           [&](Bytes message, const std::vector<std::uint32_t>& packets) {
                               if (grouping.packets[i].applicationMessages)
                                   result->messages.push_back({i,
                                                               packets,
                                                               {message.begin(), message.end()},
                                                               key.key,
                                                               key.swapped,
                                                               stream.sequence() + handedOut});
                               handedOut += static_cast<std::uint32_t>(message.size());
                           });
        }
    }
    const std::lock_guard guard(cacheMutex);
    cache.push_front({id, exchange.packets, result});
    if (cache.size() > 32)
        cache.pop_back();
    return result;
}

std::string CaptureState::hostName(HostId id) const {
    id = grouping.canonical(id);
    if (hiding)
        return hiding->hostName(id);
    const std::string* name = grouping.nameOf(id);
    return name ? *name : addressOf(id);
}

std::string CaptureState::addressOf(HostId id) const {
    const HostAddress& address = grouping.hosts[id];
    if (address.kind == HostAddress::Kind::Hardware)
        return toString(hiding ? hiding->standIns().of(address.mac()) : address.mac());
    return toString(hiding ? hiding->standIns().of(address.ip()) : address.ip());
}

const TcpConnection* CaptureState::connectionOf(const ExchangeRecord& exchange) const {
    if (exchange.flow == none)
        return nullptr;
    const Flow& flow = grouping.flows[exchange.flow];
    return flow.key.space == 6 && flow.connection != none ? &grouping.connections[flow.connection] : nullptr;
}

FlowId CaptureState::flowFor(const ExchangeRecord& exchange, const FlowKey& key) const {
    if (exchange.flow != none && grouping.flows[exchange.flow].key == key)
        return exchange.flow;
    return grouping.flows.find(key);
}

const TcpConnection* CaptureState::connectionFor(const ExchangeRecord& exchange, const FlowKey& key) const {
    const FlowId flow = flowFor(exchange, key);
    if (flow == none || grouping.flows[flow].connection == none)
        return nullptr;
    return &grouping.connections[grouping.flows[flow].connection];
}

std::vector<std::string> CaptureState::addressesOf(HostId id) const {
    const std::string ownName = hostName(id);
    std::vector<std::string> addresses;
    const auto add = [&](HostId host) {
        std::string text = addressOf(host);
        if (text != ownName)
            addresses.push_back(std::move(text));
    };
    add(id);
    for (const HostId other : grouping.aliasesOf(id))
        add(other);
    return addresses;
}

std::vector<ExchangeId> CaptureState::childrenOf(ExchangeId id) const {
    const auto [first, last] = grouping.children.equal_range(id);
    std::vector<ExchangeId> children;
    for (auto it = first; it != last; ++it)
        children.push_back(it->second);
    std::sort(children.begin(), children.end());
    return children;
}

std::vector<ExchangeId> CaptureState::withChildren(const std::vector<ExchangeId>& of) const {
    std::vector<ExchangeId> all = of;
    for (const ExchangeId id : of)
        for (const ExchangeId child : childrenOf(id))
            all.push_back(child);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::uint64_t CaptureState::numberOf(const MessageRef& ref) const {
    const PacketIndex block = ref.packet / Grouping::numberBlock;
    std::uint64_t number = grouping.messagesBefore[block];
    const auto countOf = [&](PacketIndex i) {
        const PacketRecord& r = grouping.packets[i];
        std::uint64_t application = r.applicationMessages;
        if (application == 255)
            application = grouping.manyMessages.at(i);
        return r.linkMessages() + r.networkMessages() + r.transportMessages() + application;
    };
    for (PacketIndex i = block * Grouping::numberBlock; i < ref.packet; ++i)
        number += countOf(i);
    const PacketRecord& record = grouping.packets[ref.packet];
    if (ref.level > Level::Link)
        number += record.linkMessages();
    if (ref.level > Level::Network)
        number += record.networkMessages();
    if (ref.level > Level::Transport)
        number += record.transportMessages();
    return number + ref.part + 1;
}

Bytes CaptureState::messageBytes(const MessageRef& ref, const Dissection& packet,
                                 std::shared_ptr<const StreamMessages>& keep) const {
    if (packet.carried != Carried::Tcp)
        return packet.payload;
    const ExchangeId id = grouping.packets[ref.packet].exchange;
    keep = streamMessages(id);
    const StreamMessages::One* one = keep->find(ref.packet, ref.part);
    return one ? Bytes(one->bytes) : Bytes();
}

KindId CaptureState::kindAt(const PacketRecord& record, const Dissection& packet, const MessageRef& ref,
                            Bytes message) const {
    switch (ref.level) {
    case Level::Application: {
        const MessageRoom* room = roomOf(grouping.exchanges[record.exchange].protocol);
        return room && room->kindOf ? room->kindOf(packet, message, record.isFromResponder()) : record.kind;
    }
    case Level::Transport:
        if (packet.carried != Carried::Tcp)
            return KindId::udp_datagram;
        if (record.transportMessages() < 2)
            return segmentKind(packet.tcp);
        return ((packet.tcp.flags & 2) != 0) == (ref.part == 0) ? segmentKind(packet.tcp) : KindId::tcp_data;
    case Level::Network:
        if (kind(record.kind).level == Level::Network)
            return record.kind;
        return packet.network.source.version == 6 ? KindId::ipv6_packet : KindId::ip_packet;
    case Level::Link: break;
    }
    return kind(record.kind).level == Level::Link ? record.kind : KindId::eth_frame;
}

ShownMessages ShownMessages::of(const PacketRecord& record, const ExchangeRecord& exchange,
                                unsigned applicationMessages) {
    ShownMessages shown;
    if (record.isHop())
        return shown;
    const unsigned transport = record.transportMessages();
    shown.level = transport                                  ? Level::Transport
                  : record.levels & PacketRecord::hasNetwork ? Level::Network
                                                             : Level::Link;
    if (!(exchange.flags & ExchangeRecord::hasApplication)) {
        shown.lower = std::max(transport, 1u);
        return shown;
    }
    shown.application = applicationMessages;
    if (!transport) { // an ICMP error among an application's messages; fragments are part of one
        const bool fragment = record.kind == KindId::ip_fragment || record.kind == KindId::ipv6_fragment;
        shown.lower = fragment ? 0 : 1;
    } else if (record.levels & PacketRecord::transportShown) {
        shown.lower = transport == 2 ? 1 : applicationMessages ? 0 : 1;
        shown.firstPart = transport == 2 && kind(record.kind).name != "tcp.syn" ? 1 : 0;
    } else if (!applicationMessages && record.kind == KindId::udp_datagram) {
        shown.lower = 1;
    }
    return shown;
}

} // namespace wirestage
