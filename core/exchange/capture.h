// SPDX-License-Identifier: GPL-3.0-or-later
// A capture, opened: its index (columns of a few bytes a packet) and everything that is worked out from it on
// demand. Indexing runs in one thread, in batches; every other member may be called from any thread meanwhile
// and sees the packets indexed so far.
#pragma once

#include "core/capture/capture_file.h"
#include "core/exchange/message_list.h"
#include "core/exchange/model.h"
#include "core/flow/tcp_analysis.h"
#include "core/protocols/description.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace wirestage {

/// What the exchange table shows without decoding anything.
struct ExchangeRow {
    ExchangeId id = 0, parent = none, story = none;
    ProtocolId protocol{};
    Outcome outcome = Outcome::Ongoing;
    HostId originator = none, responder = none; ///< responder none: to everybody
    PacketIndex first = 0;
    Time time = 0, duration = 0;
    std::uint64_t packets = 0, bytes = 0;
};

/// Progress of indexing.
struct Progress {
    std::uint64_t bytesDone = 0, bytesTotal = 0;
    PacketIndex packets = 0;
    ExchangeId exchanges = 0;
};

/// An exchange as far as a look at few of its packets tells: at once, however long it is.
struct Glimpse {
    Exchange exchange;
    bool whole = false; ///< there is no more to it; else its sentence may say too little
};

/// The whole capture on one screen.
struct CaptureSummary {
    std::uint64_t packets = 0, bytes = 0, hosts = 0, flows = 0, messages = 0, exchanges = 0;
    Time duration = 0;
    struct Share {
        std::uint64_t packets = 0, bytes = 0;
    };
    std::map<std::string, Share> protocols;
    std::map<std::string, std::map<std::string, std::uint64_t>> outcomes; ///< protocol -> outcome -> count
    std::map<std::string, std::uint64_t> problems;
};

/// What is known of a capture's packets beforehand, because a simulation made them.
struct Foreknowledge {
    std::vector<KnownHost> hosts; ///< they get the first HostIds, in this order
    std::vector<PacketIndex>
        hopOf; ///< by packet: it is that packet once more, behind a router; none: it is not
    SeenAt segmentsSeenAt = SeenAt::Wire;
};

class Capture {
public:
    explicit Capture(CaptureFile file, Foreknowledge known = {});
    ~Capture();
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;

    /// Indexes the whole file, or the first `most` packets. `keepGoing` is asked after each batch; false
    /// stops, and what was done stays usable. Call once.
    void index(const std::function<bool(const Progress&)>& keepGoing = {},
               std::uint64_t most = ~std::uint64_t{0});
    [[nodiscard]] bool indexed() const; ///< index() has returned
    /// The same with its names hidden: it shares the index and shows every packet, and with it every text and
    /// every name, as it would be had everybody the stand-ins of core/privacy. Indexing stays the first
    /// one's.
    [[nodiscard]] std::shared_ptr<const Capture> withoutNames() const;
    [[nodiscard]] bool namesHidden() const;
    /// Why reading stopped before the end ("cut off in the middle of packet 17"), if it did.
    [[nodiscard]] std::optional<Text> problem() const;

    /// Packets that the capture itself says were lost in making it.
    [[nodiscard]] std::uint64_t lost() const;

    /// For who asks a hundred things in a row (a table that is painted): as long as it lives, nothing is
    /// indexed and this thread need not wait for each answer. Milliseconds, not more.
    [[nodiscard]] std::shared_ptr<const void> hold() const;

    [[nodiscard]] PacketIndex packetCount() const;
    /// The first packet whose bytes are kept: 0, unless it is of a live capture that went on for long.
    [[nodiscard]] PacketIndex firstKept() const;
    /// Packets that had given way before the file was opened; they are in no index.
    [[nodiscard]] std::uint64_t gaveWay() const;
    /// The file as it is, which tells names even where they are hidden here.
    [[nodiscard]] const CaptureFile& file() const;
    [[nodiscard]] Time timeOf(PacketIndex packet) const;
    [[nodiscard]] Time start() const; ///< time of the first packet
    /// See CaptureFile::running.
    [[nodiscard]] std::optional<std::pair<Time, Time>> running() const;
    [[nodiscard]] ExchangeId exchangeOf(PacketIndex packet) const;
    [[nodiscard]] Notes notesOf(PacketIndex packet) const;
    /// Kind of the packet's highest message; no decoding.
    [[nodiscard]] KindId kindOf(PacketIndex packet) const;
    [[nodiscard]] Frame frame(PacketIndex packet) const;
    [[nodiscard]] std::uint32_t lengthOf(PacketIndex packet) const; ///< bytes on the wire
    [[nodiscard]] Description describe(PacketIndex packet) const;

    /// The TCP segments of an exchange's connection, in order, without decoding more than their headers;
    /// those of its children are not among them. See segments.h.
    void segments(ExchangeId id, const std::function<void(const struct TcpSegment&)>& each) const;

    [[nodiscard]] ExchangeId exchangeCount() const;
    [[nodiscard]] ExchangeRow row(ExchangeId id) const;
    [[nodiscard]] Exchange exchange(ExchangeId id) const;
    /// Takes as long as the packets are many that came since it was asked last.
    [[nodiscard]] Text outcomeSentence(ExchangeId id) const; ///< Exchange::summary
    [[nodiscard]] Glimpse glimpse(ExchangeId id) const;

    /// The messages of some exchanges (empty: of all) on one level (none: the highest of each exchange, with
    /// TCP's opening, closing and anomalies), as they stand now. Children (FTP's data connections) come with
    /// their parents. Of packets before `since` none.
    [[nodiscard]] MessageList messages(std::vector<ExchangeId> of = {}, std::optional<Level> level = {},
                                       PacketIndex since = 0) const;
    /// The packet from which on these exchanges and their children (empty: all) have `most` packets; 0 where
    /// they have no more.
    [[nodiscard]] PacketIndex sinceLast(std::vector<ExchangeId> of, PacketIndex most) const;
    [[nodiscard]] Message message(const MessageRef& ref) const;
    /// The packet of the same exchange that an ICMP error is about, if it was captured.
    [[nodiscard]] std::optional<PacketIndex> quoted(PacketIndex error) const;
    [[nodiscard]] std::uint64_t numberOf(const MessageRef& ref) const; ///< Message::number, without the rest

    [[nodiscard]] HostId hostCount() const;
    [[nodiscard]] Participant host(HostId id) const; ///< role empty
    /// The participants of some exchanges (empty: of all), in order of appearance: the lifelines.
    [[nodiscard]] std::vector<HostId> participants(const std::vector<ExchangeId>& of) const;

    /// Exchanges that have a packet matching the filter.
    [[nodiscard]] std::vector<ExchangeId> matching(const class PacketFilter& filter) const;
    [[nodiscard]] CaptureSummary summary() const;

    struct Columns;

private:
    friend class Indexer;
    explicit Capture(std::shared_ptr<struct CaptureState> from);
    std::shared_ptr<struct CaptureState> state;
};

} // namespace wirestage
