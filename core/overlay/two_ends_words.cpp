// SPDX-License-Identifier: GPL-3.0-or-later
// What two ends tell together, in a sentence, and what that rests on.
#include "core/overlay/two_ends.h"

namespace wirestage::overlay {
namespace {

Text clocksInWords(const TwoEnds& found) {
    if (!found.offset)
        return WS_TR("overlay", "the clocks cannot be compared, as packets were found twice one way only");
    if (*found.offset == 0)
        return WS_TR("overlay", "the clocks agree");
    return *found.offset > 0
               ? WS_TR("overlay", "the other end's clock is %1 ahead").with(durationInWords(*found.offset))
               : WS_TR("overlay", "the other end's clock is %1 behind").with(durationInWords(-*found.offset));
}

} // namespace

Text inWords(const TwoEnds& found) {
    const Text twice = WS_TRN("overlay", "%n packet(s) found twice", "", found.foundTwice),
               lost = found.lost > 0 ? WS_TRN("overlay", "%n lost on the way", "", found.lost)
                                     : WS_TR("overlay", "none lost on the way");
    if (!found.leastDelay)
        return WS_TR("overlay", "Both ends: %1, %2; %3.").with(twice).with(lost).with(clocksInWords(found));
    return WS_TR("overlay", "Both ends: %1, %2; %3; one-way time %4 at least.")
        .with(twice)
        .with(lost)
        .with(clocksInWords(found))
        .with(durationInWords(*found.leastDelay));
}

Text assumptionInWords(const TwoEnds& found) {
    Text basis = found.offset
                     ? WS_TR("overlay", "Assumed: the quickest packet takes as long there as back. Else half "
                                        "of the difference is in that of the clocks.")
                     : WS_TR("overlay", "Assumed: the quickest packet took no time. How much longer others "
                                        "took is right, how long they took is not known.");
    if (!found.wholeCaptures)
        basis = WS_TR("overlay", "%1 Only the first %2 packets of each capture were looked at.")
                    .with(std::move(basis))
                    .with(TwoEnds::mostPackets);
    return basis;
}

} // namespace wirestage::overlay
