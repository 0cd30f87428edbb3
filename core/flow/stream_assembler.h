// SPDX-License-Identifier: GPL-3.0-or-later
// One direction of a TCP connection as the stream of bytes its application reads (RFC 9293,
// section 3.10.7.4): in order, each byte once. Hands out whole messages as a protocol cuts them; what waits
// is limited, and a hole that nobody fills is skipped so that one lost segment does not hide the rest.
#pragma once

#include "core/capture/frame.h"

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

namespace wirestage {

class StreamAssembler {
public:
    static constexpr std::size_t mostWaitingBytes = 1 << 18; ///< behind a hole, before it is skipped
    static constexpr std::size_t mostWaitingPieces = 256;
    static constexpr std::size_t mostMessageBytes = 1 << 17; ///< of a message that does not end

    /// Length of the first whole message in `bytes`; 0: it is not whole yet.
    using Cut = std::size_t (*)(Bytes bytes);
    /// A whole message and the packets its bytes came in, the completing one last.
    using Take = std::function<void(Bytes message, const std::vector<std::uint32_t>& packets)>;

    /// Takes a segment's payload. `first` is a sequence number; the first call sets where the stream begins,
    /// unless `begin` did.
    void begin(std::uint32_t sequence);
    void segment(std::uint32_t packet, std::uint32_t sequence, Bytes payload, Cut cut, const Take& take);
    /// The connection ended: what is left is a last, incomplete message.
    void finish(const Take& take);
    [[nodiscard]] bool holdsPart() const { return !pending.empty(); }
    /// Of the first byte that has not been handed out; while `take` is called, of the first message handed
    /// out now.
    [[nodiscard]] std::uint32_t sequence() const { return next - static_cast<std::uint32_t>(pending.size()); }

private:
    struct Piece {
        std::size_t end = 0; ///< in `pending`
        std::uint32_t packet = 0;
    };
    void append(std::uint32_t packet, Bytes bytes);
    void handOut(Cut cut, const Take& take);
    void takeWaiting();
    void skipHole();
    std::vector<std::uint32_t> packetsOf(std::size_t begin, std::size_t end) const;

    struct Waiting {
        std::uint32_t packet = 0;
        std::vector<std::uint8_t> bytes;
    };
    std::vector<std::uint8_t> pending; ///< in order, not yet a whole message
    std::vector<Piece> origin;
    std::map<std::uint32_t, Waiting>
        waiting; ///< by distance from `next` at the time they came; keyed by sequence
    std::size_t waitingBytes = 0;
    std::uint32_t next = 0;
    bool begun = false;
};

} // namespace wirestage
