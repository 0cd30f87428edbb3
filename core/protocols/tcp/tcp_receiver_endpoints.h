// SPDX-License-Identifier: GPL-3.0-or-later
// The receiving half of a connection: what is acceptable, putting segments back in order, the window that is
// announced and the blocks of SACK (RFC 9293, 3.4, 3.8.6; RFC 2018).
#pragma once

#include "core/protocols/tcp/tcp_segment_endpoints.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace wirestage::simulation {

class TcpReceiver {
public:
    /// What a segment's data did.
    enum class Taken : std::uint8_t { Nothing, InOrder, FilledGap, OutOfOrder };

    /// `buffer`: the most that is kept for an application that does not read. `segmentSize`: the MSS that was
    /// announced.
    TcpReceiver(std::uint32_t buffer, std::uint32_t segmentSize);

    /// The peer's SYN.
    void begin(std::uint32_t peersInitialSequence);

    [[nodiscard]] std::uint32_t next() const { return nextSequence; } ///< RCV.NXT
    /// RCV.WND as the peer knows it: from RCV.NXT to the edge announced last.
    [[nodiscard]] std::uint32_t window() const { return edge - nextSequence; }
    /// Does any of it lie in the window? The table of RFC 9293, 3.10.7.4.
    [[nodiscard]] bool accepts(std::uint32_t sequence, std::uint32_t length) const;

    /// The number for the next segment's window field; from now on the peer may count on it. `shift`: the
    /// window scale (RFC 7323). The edge never goes back, and moves only by steps that are worth it (silly
    /// window avoidance, RFC 9293, 3.8.6.2.2).
    std::uint16_t announce(unsigned shift);
    /// Has reading made room that the peer does not know of, enough to tell it?
    [[nodiscard]] bool isWorthAnnouncing(unsigned shift) const;

    /// Takes what lies in the window. A FIN counts once all before it is there.
    Taken take(std::uint32_t sequence, Bytes data, bool fin);
    [[nodiscard]] bool hasGap() const { return !outOfOrder.empty(); }
    [[nodiscard]] bool isFinished() const { return finTaken; } ///< RCV.NXT lies behind the peer's FIN
    [[nodiscard]] std::optional<std::uint32_t> finSequence() const { return finAt; }

    /// What has come in order and was not fetched yet.
    std::vector<std::uint8_t> fetch();
    [[nodiscard]] bool hasUnread() const { return !inOrder.empty(); }

    /// The blocks to report, the one that changed last in front (RFC 2018, 4).
    [[nodiscard]] std::vector<SequenceRange> blocks(std::size_t most) const;

private:
    struct Piece {
        SequenceRange range;
        std::vector<std::uint8_t> bytes;
        std::uint64_t changed = 0; ///< when, counted in changes
    };

    [[nodiscard]] std::uint32_t possibleEdge(unsigned shift) const;
    void keep(std::uint32_t sequence, Bytes data);
    void takeFin();

    std::uint32_t bufferSize, segmentSize;
    std::uint32_t nextSequence = 0, edge = 0;
    std::vector<std::uint8_t> inOrder;
    std::vector<Piece> outOfOrder; ///< in order of sequence, apart from each other
    std::uint64_t changes = 0;
    std::optional<std::uint32_t> finAt;
    bool finTaken = false;
};

} // namespace wirestage::simulation
