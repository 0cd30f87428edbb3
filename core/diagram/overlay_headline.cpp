// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/overlay_source.h"

#include <algorithm>

namespace wirestage::diagram {

using overlay::Comparison;
using overlay::Verdict;

Text headline(const OverlaySource& shown, const Comparison& comparison, bool goesOn) {
    const auto& goals = shown.goals();
    const auto reached = static_cast<std::size_t>(
        std::count_if(goals.begin(), goals.end(), [](const auto& goal) { return goal.reached; }));
    if (comparison.verdict == Verdict::Same)
        return WS_TRN("overlay", "As in the textbook: all %n step(s) happened", "", goals.size());
    for (Row row = 0; row < shown.size(); ++row) {
        const auto laid = shown.laid(row);
        if (laid->status != LaidStatus::Missing && laid->status != LaidStatus::OutOfOrder &&
            laid->status != LaidStatus::RuleBroken)
            continue;
        if (comparison.verdict == Verdict::NotFound)
            break;
        const Message m = shown.message(row);
        return WS_TR("overlay", "Different at step %1, %2: %3").with(row + 1).with(m.label).with(m.summary);
    }
    if (comparison.verdict == Verdict::NotFound) {
        if (goesOn && !goals.empty())
            return WS_TR("overlay", "Waiting for the first step: %1").with(goals.front().title);
        return comparison.sentence;
    }
    if (goesOn)
        return WS_TR("overlay", "So far as in the textbook: %1 of %2 steps").with(reached).with(goals.size());
    return comparison.sentence;
}

} // namespace wirestage::diagram
