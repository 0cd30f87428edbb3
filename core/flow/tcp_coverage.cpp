// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers below the highest one are all seen, but for the holes.
#include "core/flow/tcp_coverage.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::size_t mostHoles = 64;
constexpr std::uint64_t firstRound = std::uint64_t{1}
                                     << 32; // so that what lies before the first segment is not negative

} // namespace

void TcpCoverage::take(std::uint32_t sequence, std::uint32_t length) {
    if (length == 0)
        return;
    if (!begun) {
        begun = true;
        first = next = firstRound + sequence;
    }
    // The number nearest to the highest one (RFC 9293, section 3.4: they wrap).
    const auto ahead = static_cast<std::int32_t>(sequence - static_cast<std::uint32_t>(next));
    const std::uint64_t begin = next + static_cast<std::uint64_t>(static_cast<std::int64_t>(ahead));
    const std::uint64_t end = begin + length;
    if (!holes.empty())
        seen += fill(begin, end);
    if (begin < first) {
        seen += std::min(end, first) - begin;
        if (end < first)
            skip(holes.begin(), {end, first});
        first = begin;
    }
    if (end <= next)
        return;
    if (begin > next)
        skip(holes.end(), {next, begin});
    seen += end - std::max(begin, next);
    next = end;
}

void TcpCoverage::skip(std::vector<Hole>::iterator place, const Hole& hole) {
    const auto at = place - holes.begin();
    holes.insert(place, hole);
    if (holes.size() > mostHoles)
        holes.erase(holes.begin() + (at == 0 ? 1 : 0));
}

/// How many bytes of holes these numbers fill.
std::uint64_t TcpCoverage::fill(std::uint64_t begin, std::uint64_t end) {
    std::uint64_t filled = 0;
    std::vector<Hole> left;
    left.reserve(holes.size() + 1);
    for (const Hole& hole : holes) {
        const std::uint64_t from = std::max(hole.begin, begin), to = std::min(hole.end, end);
        if (from >= to) {
            left.push_back(hole);
            continue;
        }
        filled += to - from;
        if (hole.begin < from)
            left.push_back({hole.begin, from});
        if (to < hole.end)
            left.push_back({to, hole.end});
    }
    if (filled)
        holes = std::move(left);
    return filled;
}

} // namespace wirestage
