// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes in order, and the packets they came from.
#include "core/flow/stream_assembler.h"

#include <algorithm>

namespace wirestage {
namespace {

bool after(std::uint32_t a, std::uint32_t b) {
    return static_cast<std::int32_t>(a - b) > 0;
}

} // namespace

void StreamAssembler::begin(std::uint32_t sequence) {
    if (!begun) {
        next = sequence;
        begun = true;
    }
}

void StreamAssembler::append(std::uint32_t packet, Bytes bytes) {
    pending.insert(pending.end(), bytes.begin(), bytes.end());
    origin.push_back({pending.size(), packet});
    next += static_cast<std::uint32_t>(bytes.size());
}

void StreamAssembler::segment(std::uint32_t packet, std::uint32_t sequence, Bytes payload, Cut cut,
                              const Take& take) {
    if (payload.empty())
        return;
    begin(sequence);
    const std::uint32_t end = sequence + static_cast<std::uint32_t>(payload.size());
    if (!after(end, next))
        return; // all of it was there before
    if (after(sequence, next)) {
        if (waiting.try_emplace(sequence, Waiting{packet, {payload.begin(), payload.end()}}).second)
            waitingBytes += payload.size();
        if (waitingBytes <= mostWaitingBytes && waiting.size() <= mostWaitingPieces)
            return;
        skipHole();
    } else {
        append(packet, payload.subspan(next - sequence));
    }
    takeWaiting();
    handOut(cut, take);
}

/// Joins what waited and now follows on.
void StreamAssembler::takeWaiting() {
    for (bool moved = true; moved;) {
        moved = false;
        for (auto it = waiting.begin(); it != waiting.end();) {
            if (after(it->first, next)) {
                ++it;
                continue;
            }
            const Waiting piece = std::move(it->second);
            const std::uint32_t known = next - it->first;
            waitingBytes -= piece.bytes.size();
            it = waiting.erase(it);
            if (known < piece.bytes.size()) {
                append(piece.packet, Bytes(piece.bytes).subspan(known));
                moved = true;
            }
        }
    }
}

/// Goes on behind a hole: an incomplete message before it is given up.
void StreamAssembler::skipHole() {
    auto nearest = waiting.begin();
    for (auto it = waiting.begin(); it != waiting.end(); ++it)
        if (it->first - next < nearest->first - next)
            nearest = it;
    pending.clear();
    origin.clear();
    next = nearest->first;
}

std::vector<std::uint32_t> StreamAssembler::packetsOf(std::size_t begin, std::size_t end) const {
    std::vector<std::uint32_t> packets;
    std::size_t start = 0;
    for (const Piece& piece : origin) {
        if (piece.end > begin && start < end && (packets.empty() || packets.back() != piece.packet))
            packets.push_back(piece.packet);
        start = piece.end;
    }
    return packets;
}

void StreamAssembler::handOut(Cut cut, const Take& take) {
    std::size_t done = 0;
    while (done < pending.size()) {
        const Bytes rest = Bytes(pending).subspan(done);
        std::size_t length = cut(rest);
        if (length == 0 || length > rest.size()) {
            if (rest.size() <= mostMessageBytes)
                break;
            length = rest.size(); // it does not end: shown as it is
        }
        take(rest.first(length), packetsOf(done, done + length));
        done += length;
    }
    if (done == 0)
        return;
    pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(done));
    std::erase_if(origin, [&](const Piece& piece) { return piece.end <= done; });
    for (Piece& piece : origin)
        piece.end -= done;
}

void StreamAssembler::finish(const Take& take) {
    if (!pending.empty())
        take(pending, packetsOf(0, pending.size()));
    pending.clear();
    origin.clear();
}

} // namespace wirestage
