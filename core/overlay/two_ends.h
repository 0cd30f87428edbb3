// SPDX-License-Identifier: GPL-3.0-or-later
// One exchange, captured at both of its ends: what a single capture can only guess becomes known. A packet
// that is found in both captures was sent at one moment and received at another; one that was sent and is not
// found at the other end was lost on the way.
//
// The two clocks differ. As NTP does (RFC 5905, section 8), the least difference of the two stamps is taken
// each way: one is the least delay plus the clocks' offset, the other the least delay minus it, so half their
// sum is the delay and half their difference the offset. This assumes that the quickest packet takes as long
// there as back, which nothing in two captures can prove: of a path that is slower one way, half of that goes
// into the offset. The offset is taken to be constant; over hours clocks drift apart.
#pragma once

#include "core/exchange/capture.h"

#include <functional>
#include <optional>
#include <vector>

namespace wirestage::overlay {

enum class End : std::uint8_t { A, B };

/// A packet between the two ends, or one that both heard of a third host. Times are A's clock.
struct Crossing {
    End from = End::A;
    std::optional<PacketIndex> inA, inB;
    std::optional<Time> sent;     ///< nothing: the sender's capture missed it, or a third host sent it
    std::optional<Time> received; ///< nothing: lost, or see `lost`
    /// Nothing where nobody can know: the other capture was not running when it would have come.
    std::optional<bool> lost;
};

struct TwoEnds {
    std::vector<Crossing> crossings; ///< in order of `sent`, else of `received`
    /// B's clock minus A's; nothing where packets were found in both captures one way only.
    std::optional<Time> offset;
    std::optional<Time> leastDelay; ///< one way, and under the same assumption the other way too
    Time shift = 0; ///< what was taken off B's stamps: the offset, or without one as much as is known of it
    std::size_t foundTwice = 0, lost = 0;
    /// Packets that stay at one end: of conversations of which no packet was found at both.
    std::size_t notCrossing = 0;
    bool wholeCaptures = true; ///< false: only the beginnings were looked at, see mostPackets
    static constexpr std::size_t mostPackets = 2'000'000;
};

/// `keepGoing` is asked now and then; after its false the result is worth nothing.
TwoEnds mergeTwoEnds(const Capture& a, const Capture& b, const std::function<bool()>& keepGoing = {});

/// "Both ends: 124 packets found twice, 3 lost on the way; ...": what was found, in one sentence.
Text inWords(const TwoEnds& found);
/// What that sentence takes for granted, and what was left aside.
Text assumptionInWords(const TwoEnds& found);

} // namespace wirestage::overlay
