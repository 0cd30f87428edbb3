// SPDX-License-Identifier: GPL-3.0-or-later
// Fragments of IPv4 and IPv6 put together again (RFC 791 section 3.2, RFC 8200 section 4.5).
// Nothing is copied while parts are missing: pieces point into the capture, and what waits is limited.
#pragma once

#include "core/protocols/dissection.h"

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace wirestage {

struct FragmentPiece {
    std::uint32_t packet = 0; ///< index
    std::uint32_t offset = 0; ///< within the datagram's payload
    Bytes bytes;
    std::uint32_t frameLength = 0; ///< of the frame it came in
    /// Whose bytes they are where the capture no longer keeps them.
    std::shared_ptr<const std::vector<std::uint8_t>> own = {};
};

class IpReassembly {
public:
    static constexpr std::size_t mostWaiting = 1024; ///< datagrams; the oldest is given up
    static constexpr std::size_t mostPieces = 4096;  ///< of one datagram: 65 535 bytes in pieces of 16
    static constexpr std::uint32_t mostBytes = 65535;

    /// Takes a fragment. Gives the pieces, by offset, once the datagram is whole.
    std::optional<std::vector<FragmentPiece>> add(std::uint32_t packet, const NetworkFacts& network,
                                                  std::uint32_t frameLength = 0);
    /// The capture will not keep the packets before this one: of pieces that wait there is a copy from now
    /// on.
    void copyBefore(std::uint32_t packet);
    /// The pieces of datagrams that still wait for others, in the order of the packets.
    [[nodiscard]] std::vector<std::vector<FragmentPiece>> unfinished() const;

private:
    struct Key {
        IpAddress source, destination;
        std::uint32_t identification = 0;
        std::uint8_t protocol = 0;
        auto operator<=>(const Key&) const = default;
    };
    struct Datagram {
        std::map<std::uint32_t, FragmentPiece> pieces;
        std::uint32_t reached = 0; ///< no byte before this is missing
        std::optional<std::uint32_t> length;
    };
    static void advance(Datagram& datagram, std::uint32_t offset);

    std::map<Key, Datagram> waiting;
    std::list<Key> order;
};

/// The payload that pieces make up: overlapping bytes come from the piece that stands first.
std::vector<std::uint8_t> join(const std::vector<FragmentPiece>& pieces);

} // namespace wirestage
