// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of a Capture: the file, the columns, and the lock that lets readers in between two batches of
// indexing. A capture whose names are hidden has the same index; only what it reads of packets is another.
#pragma once

#include "core/exchange/capture.h"
#include "core/grouping/room.h"

#include <atomic>
#include <list>
#include <mutex>

namespace wirestage {

/// A packet taken apart again, and what its dissection points into.
struct OpenedPacket {
    Frame frame;
    std::vector<std::uint8_t> bytes; ///< put together from fragments
    Dissection packet;

    OpenedPacket() = default;
    OpenedPacket(const OpenedPacket&) = delete;
    OpenedPacket& operator=(const OpenedPacket&) = delete;
};

/// The application messages of one exchange's TCP streams, put together again.
struct StreamMessages {
    struct One {
        PacketIndex completedBy = 0;
        std::vector<PacketIndex> packets;
        std::vector<std::uint8_t> bytes;
        FlowKey flow; ///< with `swapped` and `sequence`: where it stands
        bool swapped = false;
        std::uint32_t sequence = 0;
    };
    std::vector<One> messages; ///< ordered by completedBy
    [[nodiscard]] const One* find(PacketIndex packet, unsigned part) const;
    static constexpr std::size_t most = 1 << 18;
};

/// What indexing makes, and a capture shares with itself without names.
struct CaptureIndex {
    explicit CaptureIndex(CaptureFile from) : file(std::move(from)) {}

    CaptureFile file;
    Grouping grouping;
    std::vector<PacketIndex> hopOf; ///< see Foreknowledge
    std::atomic<bool> complete = false;
    std::atomic<PacketIndex> firstKept = 0; ///< the bytes of those before it are gone
    std::optional<Text> problem;
    std::mutex mutex;
    std::atomic<int> waiting = 0;
};

class Hiding;

/// How far an exchange was told, and what its room's walk has kept of it.
struct ToldExchange {
    ExchangeId id = none;
    bool scattered = false; ///< fragments joined late: its packets are not linked in order
    ProtocolId protocol{};  ///< with what follows: as it was then
    HostId originator = none, responder = none;
    bool hasApplication = false;
    PacketIndex last = none; ///< taken; none: nothing yet
    std::uint32_t packets = 0;
    std::uint64_t messages = 0;
    bool skipped = false;            ///< the walk has missed packets that gave way
    std::unique_ptr<StoryWalk> walk; ///< null where the room has none
    [[nodiscard]] bool fits(const ExchangeRecord& record) const;
};

struct CaptureState {
    explicit CaptureState(CaptureFile from) : index(std::make_shared<CaptureIndex>(std::move(from))) {}
    /// The same with its names hidden.
    explicit CaptureState(std::shared_ptr<const CaptureState> named);

    void letGiveWay(std::uint64_t position);

    std::shared_ptr<CaptureIndex> index;
    Grouping& grouping = index->grouping;
    std::shared_ptr<Hiding> hiding; ///< null where names are shown

    /// Held by a reader while indexing goes on; nothing once it is complete.
    class Reading {
    public:
        explicit Reading(const CaptureState& of);
        ~Reading();
        Reading(const Reading&) = delete;
        Reading& operator=(const Reading&) = delete;

    private:
        std::unique_lock<std::mutex> lock;
        const CaptureIndex* before = nullptr; ///< what this thread held already
    };

    // --- all of these expect the caller to be Reading ---
    [[nodiscard]] bool gaveWay(PacketIndex packet) const { return packet < index->firstKept; }
    [[nodiscard]] Frame frameOf(PacketIndex packet) const;    ///< as it is in the file
    [[nodiscard]] Frame shownFrame(PacketIndex packet) const; ///< as everybody else may see it
    void open(PacketIndex packet, OpenedPacket& into, Describer* describer = nullptr) const;
    [[nodiscard]] std::vector<PacketIndex> packetsOf(ExchangeId id, std::size_t most = ~std::size_t{0}) const;
    [[nodiscard]] std::shared_ptr<const StreamMessages> streamMessages(ExchangeId id) const;
    /// Of an address as it is shown; none where it never sent or received.
    [[nodiscard]] HostId hostOf(const IpAddress& address) const;
    [[nodiscard]] HostId hostOf(const MacAddress& address) const;
    [[nodiscard]] std::string hostName(HostId id) const;
    [[nodiscard]] std::string addressOf(HostId id) const;
    [[nodiscard]] std::vector<std::string> addressesOf(HostId id) const; ///< besides its name
    [[nodiscard]] const TcpConnection* connectionOf(const ExchangeRecord& exchange) const;
    /// The flow under this key that the exchange belongs to; ports may have been used again since.
    [[nodiscard]] FlowId flowFor(const ExchangeRecord& exchange, const FlowKey& key) const;
    [[nodiscard]] const TcpConnection* connectionFor(const ExchangeRecord& exchange,
                                                     const FlowKey& key) const;
    [[nodiscard]] std::vector<ExchangeId> childrenOf(ExchangeId id) const;
    [[nodiscard]] std::vector<ExchangeId> withChildren(const std::vector<ExchangeId>& of) const;
    [[nodiscard]] std::uint64_t numberOf(const MessageRef& ref) const;
    [[nodiscard]] KindId kindAt(const PacketRecord& record, const Dissection& packet, const MessageRef& ref,
                                Bytes message) const;
    [[nodiscard]] Bytes messageBytes(const MessageRef& ref, const Dissection& packet,
                                     std::shared_ptr<const StreamMessages>& keep) const;
    /// Of a packet that gave way: what the index remembers.
    [[nodiscard]] Message remembered(const MessageRef& ref) const;
    // --- these do so themselves, for a stretch at a time ---
    [[nodiscard]] Exchange tellExchange(ExchangeId id) const;
    [[nodiscard]] Glimpse glimpse(ExchangeId id) const;

private:
    /// Hands over what was kept of an exchange, or a new beginning: nobody else has it meanwhile.
    [[nodiscard]] std::unique_ptr<ToldExchange> lastTold(ExchangeId id) const;
    void keepTold(std::unique_ptr<ToldExchange> one) const;
    void beginTelling(ToldExchange& so) const;
    /// Takes so many packets more; true at the end. Nothing where they are scattered.
    bool goOnTelling(ToldExchange& so, std::size_t most) const;
    void take(ToldExchange& so, PacketIndex at, OpenedPacket& opened) const;
    /// In words, as far as it was told. What can only be walked as a whole is, up to `most` packets.
    [[nodiscard]] Exchange asTold(ToldExchange& so, std::size_t most) const;

    struct CachedStreams {
        ExchangeId id = none;
        std::size_t packets = 0;
        std::shared_ptr<const StreamMessages> messages;
    };
    mutable std::mutex cacheMutex;
    mutable std::list<CachedStreams> cache;
    mutable std::list<std::unique_ptr<ToldExchange>> told; ///< latest first
};

/// Which of a packet's messages the default view shows: those of the application, and of the layers below
/// only what tells of the connection itself.
struct ShownMessages {
    unsigned application = 0;
    unsigned lower = 0;        ///< messages of the packet's own highest level below application
    Level level = Level::Link; ///< of those
    std::uint16_t firstPart = 0;

    static ShownMessages of(const PacketRecord& record, const ExchangeRecord& exchange,
                            unsigned applicationMessages);
    [[nodiscard]] unsigned count() const { return application + lower; }
};

} // namespace wirestage
