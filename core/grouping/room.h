// SPDX-License-Identifier: GPL-3.0-or-later
// What a protocol offers above its wire format: how its packets group into exchanges, and the words for its
// messages and exchanges. A room is a const value; protocols.def lists whose it is.
#pragma once

#include "core/grouping/grouping.h"

#include <functional>
#include <memory>
#include <span>
#include <string>

namespace wirestage {

/// Everything a room needs to put one message into words.
struct Telling {
    const Dissection& packet;
    const PacketRecord& record;
    const ExchangeRecord& exchange;
    Bytes bytes; ///< of the application message, whole
    const TcpConnection* connection = nullptr;
    unsigned direction = 0;                         ///< within the flow
    std::function<HostId(const IpAddress&)> hostOf; ///< none where that address never sent or received
    std::function<HostId(const MacAddress&)> hostOfHardware;
    std::function<std::string(HostId)> nameOf;
    std::function<bool(const IpAddress&)> isPrivateName = {};
};

/// One packet (or one application message of it) of an exchange, in order, as told to `narrate`.
struct StoryStep {
    PacketIndex index;
    const PacketRecord& record;
    const Dissection& packet;
    Bytes bytes; ///< of an application message; empty for the packet itself
    KindId kind;
};

class Story;

/// What a room keeps of an exchange's packets when it takes them one after the other. It lasts from one
/// telling to the next, so that a long exchange that grows is not told from its beginning each time.
class StoryWalk {
public:
    StoryWalk() = default;
    virtual ~StoryWalk() = default;
    StoryWalk(const StoryWalk&) = delete;
    StoryWalk& operator=(const StoryWalk&) = delete;
    /// Is the packet's line in the index all that is wanted? Then it is not taken apart.
    virtual bool takeLine(const PacketRecord&) { return false; }
    virtual void take(const Story&, const StoryStep&) = 0; ///< `bytes` are empty
};

/// What a room tells an exchange from.
class Story {
public:
    virtual ~Story() = default;
    /// The room's walk, behind all packets that are to be told.
    [[nodiscard]] virtual const StoryWalk& walked() const = 0;
    [[nodiscard]] virtual const ExchangeRecord& record() const = 0;
    [[nodiscard]] virtual const TcpConnection* connection() const = 0;
    /// The steps of the exchange, in order: each packet's application messages, or the packet itself where it
    /// has none. Stops early when `step` returns false, or at a stated limit.
    virtual void forEach(const std::function<bool(const StoryStep&)>& step) const = 0;
    [[nodiscard]] virtual std::vector<ExchangeId> children() const = 0;
    [[nodiscard]] virtual const ExchangeRecord& record(ExchangeId id) const = 0;
    [[nodiscard]] virtual const TcpConnection* connection(ExchangeId id) const = 0;
    [[nodiscard]] virtual std::uint64_t
    payloadOf(ExchangeId id) const = 0; ///< new TCP payload bytes, both ways
    [[nodiscard]] virtual std::uint64_t linesOf(ExchangeId id) const = 0; ///< line ends in its TCP payload
    [[nodiscard]] virtual Flow flow() const = 0;
    [[nodiscard]] virtual Time timeOf(PacketIndex packet) const = 0;
    [[nodiscard]] virtual HostId hostOf(const IpAddress& address) const = 0;
    [[nodiscard]] virtual HostId hostOf(const MacAddress& address) const = 0;
    [[nodiscard]] virtual std::string nameOf(HostId host) const = 0;
    /// The place of a host among the participants; added where it is new.
    virtual std::uint32_t participant(Exchange& exchange, HostId host, Text role) const = 0;
};

struct MessageRoom {
    ProtocolId protocol{};
    /// Files a packet whose last layer is this protocol.
    void (*group)(Grouping&, PacketInHand&) = nullptr;

    // --- applications ---
    std::span<const std::uint16_t> udpPorts{};
    std::span<const std::uint16_t> tcpPorts{};
    /// Is this content unmistakably ours, whatever the port?
    bool (*claimsDatagram)(Bytes payload) = nullptr;
    bool (*claimsStream)(Bytes first, bool fromOriginator) = nullptr;
    void (*datagram)(Grouping&, PacketInHand&, Bytes payload) = nullptr;
    /// Where a TCP stream of ours is cut into messages, and what each of them means.
    StreamAssembler::Cut cut = nullptr;
    void (*streamMessage)(Grouping&, PacketInHand&, Bytes message) = nullptr;
    /// A connection to a bound port may belong to an exchange that is already open (DNS asks again over TCP);
    /// none: it does not.
    ExchangeId (*joinConnection)(Grouping&, PacketInHand&, HostId originator, HostId responder) = nullptr;
    /// The kind of one message by its bytes; what datagram and streamMessage said of it.
    KindId (*kindOf)(const Dissection&, Bytes message, bool fromResponder) = nullptr;
    void (*describe)(const Dissection&, Bytes message, Describer&) = nullptr;
    /// Instead of the above on TCP, where fields belong to segments as they came (FTP, as Wireshark shows
    /// it).
    void (*describeSegment)(const Dissection&, bool fromResponder, Describer&) = nullptr;

    // --- words ---
    void (*tell)(const Telling&, Message&) = nullptr;
    std::unique_ptr<StoryWalk> (*walk)() = nullptr; ///< where `narrate` asks for one
    void (*narrate)(const Story&, Exchange&) = nullptr;
};

/// The room of a protocol, or null.
const MessageRoom* roomOf(ProtocolId protocol);
/// The application bound to a port, or null.
const MessageRoom* roomOfUdpPort(std::uint16_t port);
const MessageRoom* roomOfTcpPort(std::uint16_t port);
std::span<const MessageRoom* const> allRooms();

} // namespace wirestage
