// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces wait, ordered by offset, until the last one is known and no byte before it is missing.
#include "core/flow/ip_reassembly.h"

#include <algorithm>

namespace wirestage {

std::optional<std::vector<FragmentPiece>> IpReassembly::add(std::uint32_t packet, const NetworkFacts& network,
                                                            std::uint32_t frameLength) {
    if (network.payload.size() < network.payloadLength ||
        network.fragmentOffset + network.payloadLength > mostBytes)
        return {}; // cut by the capture, or past the end of any datagram
    const Key key{network.source, network.destination, network.identification,
                  network.source.version == 4 ? network.protocol : std::uint8_t{0}};
    auto [found, isNew] = waiting.try_emplace(key);
    if (isNew) {
        order.push_back(key);
        if (order.size() > mostWaiting) {
            waiting.erase(order.front());
            order.pop_front();
            found = waiting.find(key);
            if (found == waiting.end())
                return {};
        }
    }
    Datagram& datagram = found->second;
    if (datagram.pieces.size() < mostPieces) {
        datagram.pieces.try_emplace(network.fragmentOffset, FragmentPiece{packet, network.fragmentOffset,
                                                                          network.payload, frameLength});
        advance(datagram, network.fragmentOffset);
    }
    if (!network.moreFragments && !datagram.length)
        datagram.length = network.fragmentOffset + static_cast<std::uint32_t>(network.payload.size());
    if (!datagram.length || datagram.reached < *datagram.length)
        return {};
    std::vector<FragmentPiece> pieces;
    for (const auto& [offset, piece] : datagram.pieces)
        pieces.push_back(piece);
    waiting.erase(found);
    order.remove(key);
    return pieces;
}

void IpReassembly::copyBefore(std::uint32_t packet) {
    for (auto& [key, datagram] : waiting)
        for (auto& [offset, piece] : datagram.pieces)
            if (piece.packet < packet && !piece.own) {
                piece.own =
                    std::make_shared<const std::vector<std::uint8_t>>(piece.bytes.begin(), piece.bytes.end());
                piece.bytes = *piece.own;
            }
}

std::vector<std::vector<FragmentPiece>> IpReassembly::unfinished() const {
    const auto byPacket = [](const FragmentPiece& a, const FragmentPiece& b) { return a.packet < b.packet; };
    std::vector<std::vector<FragmentPiece>> all;
    for (const auto& [key, datagram] : waiting) {
        std::vector<FragmentPiece> pieces;
        for (const auto& [offset, piece] : datagram.pieces)
            pieces.push_back(piece);
        if (pieces.empty())
            continue;
        std::sort(pieces.begin(), pieces.end(), byPacket);
        all.push_back(std::move(pieces));
    }
    std::sort(all.begin(), all.end(),
              [&](const auto& a, const auto& b) { return byPacket(a.front(), b.front()); });
    return all;
}

/// Moves `reached` over the piece at `offset` and those that now follow on; each piece is passed once.
void IpReassembly::advance(Datagram& datagram, std::uint32_t offset) {
    const auto end = [](const FragmentPiece& piece) {
        return piece.offset + static_cast<std::uint32_t>(piece.bytes.size());
    };
    if (offset > datagram.reached)
        return;
    auto next = datagram.pieces.upper_bound(datagram.reached);
    datagram.reached = std::max(datagram.reached, end(datagram.pieces.at(offset)));
    for (; next != datagram.pieces.end() && next->first <= datagram.reached; ++next)
        datagram.reached = std::max(datagram.reached, end(next->second));
}

std::vector<std::uint8_t> join(const std::vector<FragmentPiece>& pieces) {
    std::vector<std::uint8_t> bytes;
    for (const auto& piece : pieces) {
        if (piece.offset > bytes.size())
            bytes.resize(piece.offset);
        const std::size_t known = bytes.size() - piece.offset;
        if (known < piece.bytes.size())
            bytes.insert(bytes.end(), piece.bytes.begin() + static_cast<std::ptrdiff_t>(known),
                         piece.bytes.end());
    }
    return bytes;
}

} // namespace wirestage
