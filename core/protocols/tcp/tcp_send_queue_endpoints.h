// SPDX-License-Identifier: GPL-3.0-or-later
// What a connection has been given to send and has not been acknowledged yet, with what the peer said it has
// of it (RFC 2018), and which of it is to be thought lost (RFC 6675).
#pragma once

#include "core/protocols/tcp/tcp_segment_endpoints.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace wirestage::simulation {

/// The bytes from SND.UNA on.
class TcpSendQueue {
public:
    void begin(std::uint32_t firstSequence) { first = firstSequence; }
    [[nodiscard]] std::uint32_t end() const { return first + static_cast<std::uint32_t>(bytes.size()); }

    /// Data of one SEND call: its last byte is pushed (RFC 9293, 3.9.1.2).
    void append(Bytes data);
    [[nodiscard]] std::vector<std::uint8_t> copy(std::uint32_t sequence, std::uint32_t length) const;
    /// Does a SEND call end here or in here?
    [[nodiscard]] bool pushes(std::uint32_t sequence, std::uint32_t length) const;
    void acknowledge(std::uint32_t upTo);

    /// Where segments ended, so that one sent again is the same one.
    void sentUpTo(std::uint32_t sequence) { boundaries.push_back(sequence); }
    /// The end of the segment that `sequence` was sent in.
    [[nodiscard]] std::optional<std::uint32_t> segmentEnd(std::uint32_t sequence) const;

private:
    std::uint32_t first = 0;
    std::deque<std::uint8_t> bytes;
    std::deque<std::uint32_t> pushMarks; ///< behind the last byte of each call
    std::deque<std::uint32_t> boundaries;
};

/// What lies beyond SND.UNA and was acknowledged by SACK.
class TcpScoreboard {
public:
    /// The blocks of an ACK; those that cannot be are passed over. True where one says something new.
    bool add(const std::vector<SequenceRange>& blocks, SequenceRange underWay);
    void acknowledge(std::uint32_t upTo);
    void clear() { ranges.clear(); }
    [[nodiscard]] bool empty() const { return ranges.empty(); }

    /// IsLost of RFC 6675, 4: three ranges, or more than two segments' bytes, arrived from behind it.
    [[nodiscard]] bool isLost(std::uint32_t sequence, std::uint32_t segmentSize) const;
    /// SetPipe of RFC 6675, 4: bytes thought to be in the network. `sentAgain`: up to where they were.
    [[nodiscard]] std::uint32_t pipe(SequenceRange underWay, std::uint32_t sentAgain,
                                     std::uint32_t segmentSize) const;
    /// The part from `from` on that is missing and lies before something that arrived.
    [[nodiscard]] std::optional<SequenceRange> nextHole(std::uint32_t from) const;
    /// `sequence`, or the first one behind it that has not arrived.
    [[nodiscard]] std::uint32_t skip(std::uint32_t sequence) const;

private:
    std::vector<SequenceRange> ranges; ///< in order, apart from each other
};

} // namespace wirestage::simulation
