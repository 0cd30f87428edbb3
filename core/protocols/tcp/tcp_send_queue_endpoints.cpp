// SPDX-License-Identifier: GPL-3.0-or-later
// The queue drops from the front what is acknowledged; the scoreboard keeps its ranges merged.
#include "core/protocols/tcp/tcp_send_queue_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {

void TcpSendQueue::append(Bytes data) {
    bytes.insert(bytes.end(), data.begin(), data.end());
    if (!data.empty())
        pushMarks.push_back(end());
}

std::vector<std::uint8_t> TcpSendQueue::copy(std::uint32_t sequence, std::uint32_t length) const {
    const auto from = bytes.begin() + (sequence - first);
    return {from, from + length};
}

bool TcpSendQueue::pushes(std::uint32_t sequence, std::uint32_t length) const {
    const auto mark = std::find_if(pushMarks.begin(), pushMarks.end(),
                                   [&](std::uint32_t at) { return isBefore(sequence, at); });
    return mark != pushMarks.end() && isAtMost(*mark, sequence + length);
}

void TcpSendQueue::acknowledge(std::uint32_t upTo) {
    const std::uint32_t count = std::min(upTo - first, static_cast<std::uint32_t>(bytes.size()));
    bytes.erase(bytes.begin(), bytes.begin() + count);
    first += count;
    while (!pushMarks.empty() && isAtMost(pushMarks.front(), first))
        pushMarks.pop_front();
    while (!boundaries.empty() && isAtMost(boundaries.front(), first))
        boundaries.pop_front();
}

std::optional<std::uint32_t> TcpSendQueue::segmentEnd(std::uint32_t sequence) const {
    for (const std::uint32_t boundary : boundaries)
        if (isBefore(sequence, boundary))
            return boundary;
    return std::nullopt;
}

bool TcpScoreboard::add(const std::vector<SequenceRange>& blocks, SequenceRange underWay) {
    bool news = false;
    for (SequenceRange block : blocks) {
        // D-SACK (RFC 2883) reports what was acknowledged already; that and nonsense tell nothing here.
        if (!isBefore(block.first, block.end) || !isBefore(underWay.first, block.first) ||
            !isAtMost(block.end, underWay.end))
            continue;
        auto first = ranges.begin();
        while (first != ranges.end() && isBefore(first->end, block.first))
            ++first;
        if (first != ranges.end() && isAtMost(first->first, block.first) && isAtMost(block.end, first->end))
            continue;
        news = true;
        auto end = first;
        for (; end != ranges.end() && isAtMost(end->first, block.end); ++end) {
            block.first = isBefore(end->first, block.first) ? end->first : block.first;
            block.end = laterOf(block.end, end->end);
        }
        ranges.insert(ranges.erase(first, end), block);
    }
    return news;
}

void TcpScoreboard::acknowledge(std::uint32_t upTo) {
    while (!ranges.empty() && isAtMost(ranges.front().end, upTo))
        ranges.erase(ranges.begin());
    if (!ranges.empty() && isBefore(ranges.front().first, upTo))
        ranges.front().first = upTo;
}

bool TcpScoreboard::isLost(std::uint32_t sequence, std::uint32_t segmentSize) const {
    constexpr unsigned duplicateThreshold = 3;
    unsigned behind = 0;
    std::uint32_t bytes = 0;
    for (const SequenceRange& range : ranges)
        if (isBefore(sequence, range.first)) {
            ++behind;
            bytes += range.size();
        }
    return behind >= duplicateThreshold || bytes > (duplicateThreshold - 1) * segmentSize;
}

std::uint32_t TcpScoreboard::pipe(SequenceRange underWay, std::uint32_t sentAgain,
                                  std::uint32_t segmentSize) const {
    std::uint32_t bytes = 0, at = underWay.first;
    const auto hole = [&](std::uint32_t end) {
        if (!isBefore(at, end))
            return;
        if (!isLost(at, segmentSize))
            bytes += end - at;
        if (isBefore(at, sentAgain))
            bytes += (isBefore(sentAgain, end) ? sentAgain : end) - at;
    };
    for (const SequenceRange& range : ranges) {
        hole(range.first);
        at = range.end;
    }
    hole(underWay.end);
    return bytes;
}

std::optional<SequenceRange> TcpScoreboard::nextHole(std::uint32_t from) const {
    for (const SequenceRange& range : ranges) {
        if (isBefore(from, range.first))
            return SequenceRange{from, range.first};
        from = laterOf(from, range.end);
    }
    return std::nullopt;
}

std::uint32_t TcpScoreboard::skip(std::uint32_t sequence) const {
    for (const SequenceRange& range : ranges)
        if (range.contains(sequence))
            return range.end;
    return sequence;
}

} // namespace wirestage::simulation
