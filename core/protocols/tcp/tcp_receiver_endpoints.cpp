// SPDX-License-Identifier: GPL-3.0-or-later
// Reassembly. All that is kept lies between RCV.NXT and the announced edge, or waits to be read: both are
// bounded by the receive buffer.
#include "core/protocols/tcp/tcp_receiver_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {

TcpReceiver::TcpReceiver(std::uint32_t buffer, std::uint32_t announcedSegmentSize)
    : bufferSize(buffer), segmentSize(announcedSegmentSize) {}

void TcpReceiver::begin(std::uint32_t peersInitialSequence) {
    nextSequence = edge = peersInitialSequence + 1;
}

bool TcpReceiver::accepts(std::uint32_t sequence, std::uint32_t length) const {
    if (window() == 0)
        return length == 0 && sequence == nextSequence;
    const SequenceRange open{nextSequence, edge};
    return open.contains(sequence) || (length > 0 && open.contains(sequence + length - 1));
}

std::uint32_t TcpReceiver::possibleEdge(unsigned shift) const {
    const auto unread = static_cast<std::uint32_t>(inOrder.size());
    const std::uint32_t room = bufferSize - std::min(bufferSize, unread);
    return nextSequence + std::min(room, std::uint32_t{0xffff} << shift);
}

bool TcpReceiver::isWorthAnnouncing(unsigned shift) const {
    const std::uint32_t possible = possibleEdge(shift);
    return isBefore(edge, possible) && possible - edge >= std::min(bufferSize / 2, segmentSize);
}

std::uint16_t TcpReceiver::announce(unsigned shift) {
    // Where nothing is unread the whole buffer is open: no window is silly that has room for all.
    if (isWorthAnnouncing(shift) || inOrder.empty())
        edge = laterOf(edge, possibleEdge(shift));
    // What cannot be said exactly is rounded up, so that the edge does not move back (RFC 7323, 2.4).
    const std::uint32_t unit = std::uint32_t{1} << shift;
    const std::uint32_t field = std::min<std::uint32_t>((window() + unit - 1) >> shift, 0xffff);
    edge = laterOf(edge, nextSequence + (field << shift));
    return static_cast<std::uint16_t>(field);
}

TcpReceiver::Taken TcpReceiver::take(std::uint32_t sequence, Bytes data, bool fin) {
    if (finTaken)
        return Taken::Nothing;
    const auto size = static_cast<std::uint32_t>(data.size());
    if (fin && !finAt && isAtMost(nextSequence, sequence + size) && isBefore(sequence + size, edge))
        finAt = sequence + size;
    if (isBefore(sequence, nextSequence)) { // what came before is cut off in front
        const std::uint32_t old = std::min(nextSequence - sequence, size);
        data = data.subspan(old);
        sequence += old;
    }
    if (!isBefore(sequence, edge) || isBefore(sequence, nextSequence))
        data = {};
    data = data.first(std::min<std::size_t>(data.size(), edge - sequence));
    if (finAt && isBefore(*finAt, sequence + static_cast<std::uint32_t>(data.size())))
        data = data.first(isBefore(*finAt, sequence) ? 0 : *finAt - sequence);
    Taken taken = Taken::Nothing;
    if (!data.empty() && sequence != nextSequence) {
        keep(sequence, data);
        taken = Taken::OutOfOrder;
    } else if (!data.empty()) {
        taken = hasGap() ? Taken::FilledGap : Taken::InOrder;
        inOrder.insert(inOrder.end(), data.begin(), data.end());
        nextSequence += static_cast<std::uint32_t>(data.size());
        while (hasGap() && isAtMost(outOfOrder.front().range.first, nextSequence)) {
            const Piece& piece = outOfOrder.front();
            if (isBefore(nextSequence, piece.range.end)) {
                const std::uint32_t known = nextSequence - piece.range.first;
                inOrder.insert(inOrder.end(), piece.bytes.begin() + known, piece.bytes.end());
                nextSequence = piece.range.end;
            }
            outOfOrder.erase(outOfOrder.begin());
        }
    }
    takeFin();
    return taken;
}

void TcpReceiver::takeFin() {
    if (!finAt || *finAt != nextSequence)
        return;
    finTaken = true;
    ++nextSequence;
    edge = laterOf(edge, nextSequence);
}

void TcpReceiver::keep(std::uint32_t sequence, Bytes data) {
    Piece piece{{sequence, sequence + static_cast<std::uint32_t>(data.size())},
                {data.begin(), data.end()},
                ++changes};
    // Everything that it touches becomes one piece with it.
    auto first = outOfOrder.begin();
    while (first != outOfOrder.end() && isBefore(first->range.end, piece.range.first))
        ++first;
    auto end = first;
    for (; end != outOfOrder.end() && isAtMost(end->range.first, piece.range.end); ++end) {
        if (isBefore(end->range.first, piece.range.first)) {
            const auto front = static_cast<std::ptrdiff_t>(piece.range.first - end->range.first);
            piece.bytes.insert(piece.bytes.begin(), end->bytes.begin(), end->bytes.begin() + front);
            piece.range.first = end->range.first;
        }
        if (isBefore(piece.range.end, end->range.end)) {
            const auto known = static_cast<std::ptrdiff_t>(piece.range.end - end->range.first);
            piece.bytes.insert(piece.bytes.end(), end->bytes.begin() + known, end->bytes.end());
            piece.range.end = end->range.end;
        }
    }
    outOfOrder.insert(outOfOrder.erase(first, end), std::move(piece));
}

std::vector<std::uint8_t> TcpReceiver::fetch() {
    return std::exchange(inOrder, {});
}

std::vector<SequenceRange> TcpReceiver::blocks(std::size_t most) const {
    std::vector<const Piece*> pieces;
    for (const Piece& piece : outOfOrder)
        pieces.push_back(&piece);
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece* a, const Piece* b) { return a->changed > b->changed; });
    std::vector<SequenceRange> found;
    for (const Piece* piece : pieces)
        if (found.size() < most)
            found.push_back(piece->range);
    return found;
}

} // namespace wirestage::simulation
