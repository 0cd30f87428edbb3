// SPDX-License-Identifier: GPL-3.0-or-later
// Where packets become exchanges: the index's columns, and the services that the protocols' message rooms use
// to say which exchange a packet belongs to, what kind of message it is and how the exchange stands.
// Everything here is a few bytes a packet; words are made later, from the packets themselves.
#pragma once

#include "core/exchange/model.h"
#include "core/flow/flow_table.h"
#include "core/flow/ip_reassembly.h"
#include "core/flow/stream_assembler.h"
#include "core/flow/tcp_analysis.h"
#include "core/grouping/recent_exchanges.h"

#include <array>
#include <deque>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace wirestage {

struct MessageRoom;

/// One packet's line in the index: 32 bytes.
struct PacketRecord {
    std::uint64_t offset = 0;
    Time time = 0;
    ExchangeId exchange = none;
    PacketIndex next = none; ///< the next packet of the same exchange
    Notes notes;
    KindId kind{}; ///< of the highest message
    std::uint8_t levels = 0;
    std::uint8_t applicationMessages = 0; ///< completed by this packet; 255 stands for 255 or more

    static constexpr std::uint8_t hasLink = 1, hasNetwork = 2, transportOne = 4, transportTwo = 8,
                                  transportShown = 16, fromResponder = 32, hop = 64;
    [[nodiscard]] unsigned transportMessages() const {
        return levels & transportTwo ? 2 : levels & transportOne ? 1 : 0;
    }
    [[nodiscard]] unsigned linkMessages() const { return levels & hasLink ? 1 : 0; }
    [[nodiscard]] unsigned networkMessages() const { return levels & hasNetwork ? 1 : 0; }
    [[nodiscard]] bool isFromResponder() const { return levels & fromResponder; }
    /// The same packet once more, behind a router: a message of link and network only.
    [[nodiscard]] bool isHop() const { return levels & hop; }
};
static_assert(sizeof(PacketRecord) == 32);

/// One exchange's line: what the table shows and what is needed to find the rest.
struct ExchangeRecord {
    std::uint64_t bytes = 0;
    PacketIndex first = 0, last = 0;
    std::uint32_t packets = 0;
    HostId originator = none, responder = none;
    ExchangeId parent = none, story = none;
    ExchangeId previousInFlow = none;
    FlowId flow = none;
    std::uint32_t tag = 0;   ///< the room's own (a DNS id, an FTP port)
    std::uint32_t tries = 0; ///< requests so far
    ProtocolId protocol{};
    Outcome outcome = Outcome::Unanswered;
    std::uint8_t flags = 0;
    std::uint8_t phase = 0; ///< the room's own

    static constexpr std::uint8_t hasApplication = 1;    ///< some message above transport
    static constexpr std::uint8_t settled = 2;           ///< the outcome is final
    static constexpr std::uint8_t followsConnection = 4; ///< until then: the TCP connection's
};
static_assert(sizeof(ExchangeRecord) == 56);

/// A packet on its way into the index. Rooms read the upper part and fill the lower.
struct PacketInHand {
    PacketIndex index = 0;
    Time time = 0;
    const Dissection* packet = nullptr;
    HostId source = none, destination = none; ///< IP hosts; none where there is no IP
    FlowId flow = none;
    unsigned direction = 0; ///< within the flow: 0 low to high

    ExchangeId exchange = none;
    Notes notes;
    KindId kind{};
    std::uint8_t levels = 0;
    unsigned applicationMessages = 0;
    std::vector<KindId>* completed = nullptr; ///< where somebody wants to know each of them

    /// An application message was completed by this packet; the packet's kind is that of the last one.
    void completes(KindId what) {
        kind = what;
        ++applicationMessages;
        if (completed)
            completed->push_back(what);
    }
};

/// A stream whose application is known: both directions, put in order.
struct ApplicationStream {
    const MessageRoom* room = nullptr;
    StreamAssembler directions[2];
};

class Grouping {
public:
    Grouping();
    ~Grouping();

    static constexpr std::size_t mostStreams = 1 << 16; ///< followed at the same time

    HostTable hosts;
    FlowTable flows;
    Chunked<TcpConnection, 10> connections;
    Chunked<PacketRecord> packets;
    Chunked<ExchangeRecord, 12> exchanges;
    IpReassembly reassembly;
    std::uint32_t tcpStreams = 0, udpStreams = 0;
    /// Messages of all levels before each block of packets: numbers a message without counting from the
    /// start.
    static constexpr std::uint32_t numberBlock = 1024;
    Chunked<std::uint64_t, 10> messagesBefore;
    std::uint64_t messageCount = 0;
    std::unordered_map<FlowId, ApplicationStream> streams;
    /// Packets that completed a datagram, and what it was put together from.
    std::unordered_map<PacketIndex, std::vector<FragmentPiece>> reassembled;
    /// Messages completed by packets that complete 255 or more.
    std::unordered_map<PacketIndex, std::uint32_t> manyMessages;

    /// Set before the first frame.
    SeenAt segmentsSeenAt = SeenAt::Wire;
    /// Before the first frame: these get the first ids, in this order, and keep their addresses and names.
    void know(const std::vector<KnownHost>& known);
    [[nodiscard]] bool knowsHosts() const { return knownAddresses > 0; }
    /// Files a frame: takes it apart, finds its exchange, adds its line. `hopOf`: it is that packet again,
    /// behind a router.
    void add(const Frame& frame, PacketIndex hopOf = none);
    /// The kinds of all application messages that the next frames complete go there; null: nowhere.
    void tellCompleted(std::vector<KindId>* into) { completedInto = into; }
    /// The capture is over: fragments that never became whole get an exchange of their own.
    void finish();

    // --- for the message rooms ---
    ExchangeId open(const PacketInHand& packet, ProtocolId protocol, HostId originator, HostId responder);
    ExchangeRecord& exchange(ExchangeId id) { return exchanges[id]; }
    /// The flow of a packet between two hosts in a room's own space; makes it known to the packet.
    Flow& flowOf(PacketInHand& packet, HostId a, HostId b, std::uint16_t portA, std::uint16_t portB,
                 std::uint32_t space);
    /// Gives a UDP flow its number. Wireshark's SNMP opens a conversation of its own behind a flow's first
    /// datagram, so there the others bear another number than the first, which `connection` then keeps.
    void numberUdpFlow(Flow& flow);
    /// Opens the next exchange of the packet's flow.
    ExchangeId openInFlow(PacketInHand& packet, ProtocolId protocol, HostId originator, HostId responder);
    void settle(ExchangeId id, Outcome outcome) {
        exchanges[id].outcome = outcome;
        exchanges[id].flags |= ExchangeRecord::settled;
    }
    void unsettle(ExchangeId id) {
        exchanges[id].flags &= static_cast<std::uint8_t>(~ExchangeRecord::settled);
    }
    [[nodiscard]] bool settled(ExchangeId id) const { return exchanges[id].flags & ExchangeRecord::settled; }
    /// FTP's PORT and PASV: a connection to this port, soon, belongs to `parent`.
    void expect(HostId host, std::uint16_t port, ExchangeId parent);
    [[nodiscard]] ExchangeId expectedBy(HostId host, std::uint16_t port);
    /// A lookup told `client` this address: what the client then opens to it has the lookup as its cause.
    void resolved(HostId client, HostId address, ExchangeId lookup);
    /// Children by parent (FTP's data connections), kept where there are any.
    std::unordered_multimap<ExchangeId, ExchangeId> children;
    void setParent(ExchangeId child, ExchangeId parent) {
        exchanges[child].parent = parent;
        children.emplace(parent, child);
    }
    /// One host under two addresses (a DHCP client before and after its lease).
    void sameHost(HostId address, HostId as) {
        if (address >= knownAddresses)
            aliases[address] = knownAddresses ? canonical(as) : as;
    }
    void separateHost(HostId address) {
        if (address >= knownAddresses)
            aliases.erase(address);
    }
    [[nodiscard]] HostId canonical(HostId id) const {
        const auto found = aliases.empty() ? aliases.end() : aliases.find(id);
        return found == aliases.end() ? id : found->second;
    }
    [[nodiscard]] std::vector<HostId> aliasesOf(HostId id) const;
    void nameHost(HostId id, std::string name);
    [[nodiscard]] const std::string* nameOf(HostId id) const;

    /// A room's own memory, made at its first use.
    template <class T>
    T& memory(ProtocolId room) {
        auto& place = memories[static_cast<std::size_t>(room)];
        if (!place)
            place = std::make_shared<T>();
        return *static_cast<T*>(place.get());
    }

private:
    void classify(PacketInHand& packet, Dissection& dissection);
    void reassemble(PacketInHand& packet, Dissection& dissection);
    void fileHop(PacketInHand& packet, PacketIndex hopOf);
    void adoptHops();
    void adopt(PacketIndex index, ExchangeId id, std::uint32_t bytes);
    void file(const PacketInHand& packet, const Frame& frame);

    [[nodiscard]] ExchangeId causeOf(const ExchangeRecord& exchange, Time now) const;
    RecentExchanges lookups; ///< by client and address
    std::vector<KindId>* completedInto = nullptr;
    HostId knownAddresses = 0;                                    ///< ids below it are those of known hosts
    std::vector<std::pair<PacketIndex, PacketIndex>> waitingHops; ///< and the fragments that they repeat
    std::uint64_t unfiled = 0; ///< packets that wait for the rest of their datagram
    std::unordered_map<HostId, HostId> aliases;
    std::unordered_map<HostId, std::string> names;
    std::unordered_set<std::string> takenNames;
    RecentExchanges expected; ///< by host and port
    std::array<std::shared_ptr<void>, static_cast<std::size_t>(ProtocolId::count)> memories;
};

} // namespace wirestage
