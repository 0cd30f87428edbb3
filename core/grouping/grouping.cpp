// SPDX-License-Identifier: GPL-3.0-or-later
// The way of a frame into the index: taken apart, put together with its fragments, handed to the room of its
// last layer, filed.
#include "core/grouping/grouping.h"

#include "core/grouping/room.h"

#include <algorithm>

namespace wirestage {
namespace {

ProtocolId lastLayer(const Dissection& packet) {
    switch (packet.carried) {
    case Carried::Arp: return ProtocolId::arp;
    case Carried::Icmp: return ProtocolId::icmp;
    case Carried::Icmpv6: return ProtocolId::icmpv6;
    case Carried::Udp: return ProtocolId::udp;
    case Carried::Tcp: return ProtocolId::tcp;
    case Carried::Nothing:
    case Carried::OtherIp:
    case Carried::OtherLink:
    case Carried::Undecoded: break;
    }
    if (packet.network.source.version == 6)
        return ProtocolId::ipv6;
    if (packet.network.source.version == 4)
        return ProtocolId::ip;
    return packet.link.hasAddresses ? ProtocolId::eth : ProtocolId::frame;
}

} // namespace

Grouping::Grouping() = default;
Grouping::~Grouping() = default;

void Grouping::know(const std::vector<KnownHost>& known) {
    for (const KnownHost& host : known)
        nameHost(hosts.idOf(host.hardware.front()), host.name);
    for (const KnownHost& host : known) {
        const HostId id = hosts.idOf(host.hardware.front());
        const auto belongs = [&](HostId address) {
            if (address != id)
                aliases.emplace(address, id);
        };
        for (const MacAddress& hardware : host.hardware)
            belongs(hosts.idOf(hardware));
        for (const IpAddress& address : host.addresses)
            belongs(hosts.idOf(address));
    }
    knownAddresses = hosts.size();
}

void Grouping::add(const Frame& frame, PacketIndex hopOf) {
    Dissection dissection;
    dissectFrame(dissection, frame);
    PacketInHand packet;
    packet.index = static_cast<PacketIndex>(packets.size());
    packet.time = frame.time;
    packet.packet = &dissection;
    packet.completed = completedInto;
    if (frame.bytes.size() < frame.length)
        packet.notes.add(Note::CutByCapture);
    if (dissection.malformed == Malformed::Truncated || dissection.malformed == Malformed::Nonsense)
        packet.notes.add(Note::Malformed);
    if (dissection.network.source.version) {
        packet.source = hosts.idOf(dissection.network.source);
        packet.destination = hosts.idOf(dissection.network.destination);
        packet.levels |= PacketRecord::hasNetwork;
    }
    if (frame.link == LinkType::Ethernet && dissection.link.hasAddresses)
        packet.levels |= PacketRecord::hasLink;
    if (hopOf < packets.size())
        fileHop(packet, hopOf);
    else if (dissection.network.fragment)
        reassemble(packet, dissection);
    else
        classify(packet, dissection);
    file(packet, frame);
}

void Grouping::classify(PacketInHand& packet, Dissection& dissection) {
    roomOf(lastLayer(dissection))->group(*this, packet);
}

/// A hop belongs to the exchange of the packet that it is, and tells nothing new to any room.
void Grouping::fileHop(PacketInHand& packet, PacketIndex hopOf) {
    const bool six = packet.packet->network.source.version == 6;
    packet.levels |= PacketRecord::hop;
    packet.exchange = packets[hopOf].exchange;
    packet.kind = six ? KindId::ipv6_packet : KindId::ip_packet;
    if (packet.packet->network.fragment) {
        packet.notes.add(Note::Fragment);
        packet.kind = six ? KindId::ipv6_fragment : KindId::ip_fragment;
    }
    if (packet.exchange == none)
        waitingHops.emplace_back(packet.index, hopOf);
}

void Grouping::adoptHops() {
    for (const auto& [hop, of] : waitingHops)
        adopt(hop, packets[of].exchange, 0);
    waitingHops.clear();
}

/// A fragment waits without an exchange; the one that completes the datagram is filed as the datagram, and
/// the others join it.
void Grouping::reassemble(PacketInHand& packet, Dissection& dissection) {
    packet.notes.add(Note::Fragment);
    packet.kind = dissection.network.source.version == 6 ? KindId::ipv6_fragment : KindId::ip_fragment;
    auto pieces = reassembly.add(packet.index, dissection.network, dissection.frame->length);
    if (!pieces)
        return;
    const auto bytes = wirestage::join(*pieces);
    dissectTransport(dissection, bytes, 0);
    packet.notes.add(Note::Reassembled);
    classify(packet, dissection);
    dissection.payload = {}; // it points into `bytes`
    for (const FragmentPiece& piece : *pieces)
        if (piece.packet != packet.index)
            adopt(piece.packet, packet.exchange, piece.frameLength);
    reassembled.emplace(packet.index, std::move(*pieces));
}

/// Adds a packet that was filed without an exchange.
void Grouping::adopt(PacketIndex index, ExchangeId id, std::uint32_t bytes) {
    PacketRecord& record = packets[index];
    if (record.exchange != none || id == none)
        return;
    record.exchange = id;
    --unfiled;
    ExchangeRecord& into = exchanges[id];
    if (into.packets == 0)
        into.first = index;
    else
        packets[into.last].next = index;
    into.last = index;
    into.bytes += bytes;
    ++into.packets;
}

void Grouping::file(const PacketInHand& packet, const Frame& frame) {
    PacketRecord record;
    record.offset = frame.offset;
    record.time = packet.time;
    record.exchange = packet.exchange;
    record.notes = packet.notes;
    record.kind = packet.kind;
    record.levels = packet.levels;
    record.applicationMessages = static_cast<std::uint8_t>(std::min(packet.applicationMessages, 255u));
    if (packets.size() % numberBlock == 0)
        messagesBefore.push(messageCount);
    messageCount += record.linkMessages() + record.networkMessages() + record.transportMessages() +
                    packet.applicationMessages;
    packets.push(record);
    if (packet.applicationMessages >= 255)
        manyMessages.emplace(packet.index, packet.applicationMessages);
    if (packet.exchange == none) {
        ++unfiled;
        return;
    }
    ExchangeRecord& exchange = exchanges[packet.exchange];
    if (exchange.packets > 0)
        packets[exchange.last].next = packet.index;
    else
        exchange.first = packet.index;
    exchange.last = packet.index;
    ++exchange.packets;
    exchange.bytes += frame.length;
    if (packet.applicationMessages > 0)
        exchange.flags |= ExchangeRecord::hasApplication;
}

void Grouping::finish() {
    adoptHops();
    for (const std::vector<FragmentPiece>& pieces : reassembly.unfinished()) {
        PacketInHand packet;
        packet.index = pieces.front().packet;
        const ProtocolId protocol =
            packets[packet.index].kind == KindId::ip_fragment ? ProtocolId::ip : ProtocolId::ipv6;
        const ExchangeId id = open(packet, protocol, none, none);
        exchanges[id].outcome = Outcome::CutOff;
        for (const FragmentPiece& piece : pieces)
            adopt(piece.packet, id, piece.frameLength);
    }
    adoptHops();                                 // of fragments of those
    for (const auto& [parent, child] : children) // a session that waited for a connection in vain
        if (exchanges[child].outcome == Outcome::Timeout && exchanges[parent].outcome == Outcome::CutOff)
            exchanges[parent].outcome = Outcome::Timeout;
    for (PacketIndex i = 0; unfiled > 0 && i < packets.size(); ++i)
        if (packets[i].exchange == none) {
            PacketInHand packet;
            packet.index = i;
            adopt(i,
                  open(packet, packets[i].kind == KindId::ip_fragment ? ProtocolId::ip : ProtocolId::ipv6,
                       none, none),
                  0);
        }
}

ExchangeId Grouping::open(const PacketInHand& packet, ProtocolId protocol, HostId originator,
                          HostId responder) {
    ExchangeRecord record;
    record.protocol = protocol;
    record.originator = originator;
    record.responder = responder;
    record.first = record.last = packet.index;
    record.flow = packet.flow;
    exchanges.push(record);
    return static_cast<ExchangeId>(exchanges.size() - 1);
}

Flow& Grouping::flowOf(PacketInHand& packet, HostId a, HostId b, std::uint16_t portA, std::uint16_t portB,
                       std::uint32_t space) {
    const OrientedKey oriented = flowKey(a, b, portA, portB, space);
    packet.flow = flows.idOf(oriented.key);
    packet.direction = oriented.swapped ? 1 : 0;
    return flows[packet.flow];
}

void Grouping::numberUdpFlow(Flow& flow) {
    const auto isSnmp = [](std::uint16_t port) { return port == 161 || port == 162; };
    if (flow.stream == none) {
        flow.stream = udpStreams++;
    } else if (flow.connection == none && (isSnmp(flow.key.lowPort) || isSnmp(flow.key.highPort))) {
        flow.connection = flow.stream;
        flow.stream = udpStreams++;
    }
}

ExchangeId Grouping::openInFlow(PacketInHand& packet, ProtocolId protocol, HostId originator,
                                HostId responder) {
    const ExchangeId id = open(packet, protocol, originator, responder);
    Flow& flow = flows[packet.flow];
    exchanges[id].previousInFlow = flow.exchange;
    exchanges[id].story = causeOf(exchanges[id], packet.time);
    flow.exchange = id;
    packet.exchange = id;
    return id;
}

void Grouping::resolved(HostId client, HostId address, ExchangeId lookup) {
    lookups.set(std::uint64_t{client} << 32 | address, lookup);
}

/// Only what a client does soon after it learned the address, and no further lookup, is put down to the
/// answer.
ExchangeId Grouping::causeOf(const ExchangeRecord& exchange, Time now) const {
    constexpr Time soon = 10'000'000'000;
    if (lookups.empty() || exchange.protocol == ProtocolId::dns || exchange.protocol == ProtocolId::arp)
        return none;
    const ExchangeId lookup = lookups.find(std::uint64_t{exchange.originator} << 32 | exchange.responder);
    return lookup != none && now - packets[exchanges[lookup].last].time <= soon ? lookup : ExchangeId{none};
}

void Grouping::expect(HostId host, std::uint16_t port, ExchangeId parent) {
    expected.set(std::uint64_t{host} << 16 | port, parent);
}

ExchangeId Grouping::expectedBy(HostId host, std::uint16_t port) {
    const std::uint64_t key = std::uint64_t{host} << 16 | port;
    const ExchangeId parent = expected.find(key);
    expected.erase(key);
    return parent;
}

std::vector<HostId> Grouping::aliasesOf(HostId id) const {
    std::vector<HostId> others;
    for (const auto& [address, as] : aliases)
        if (as == id)
            others.push_back(address);
    std::sort(others.begin(), others.end());
    return others;
}

void Grouping::nameHost(HostId id, std::string name) {
    const auto begin = name.find_first_not_of(' ');
    name = begin == std::string::npos ? "" : name.substr(begin, name.find_last_not_of(' ') - begin + 1);
    if (name.empty() || names.contains(id) || !takenNames.insert(name).second)
        return; // the first name stays, and no two hosts share one
    names.emplace(id, std::move(name));
}

const std::string* Grouping::nameOf(HostId id) const {
    const auto found = names.find(id);
    return found == names.end() ? nullptr : &found->second;
}

} // namespace wirestage
