// SPDX-License-Identifier: GPL-3.0-or-later
// A sequence told row by row in words: what the writers without geometry have in common.
#pragma once

#include "core/diagram/writers.h"

namespace wirestage::diagram {

struct ToldRow {
    Item item;
    KindId kind{};
    std::string label, summary, notes;                      ///< of a fold the label says how much there is
    std::size_t from = Layout::noLane, to = Layout::noLane; ///< `to` noLane: everybody
    std::string time;
    bool again = false;
    bool lost = false; ///< on the way, or `to` did not pass it on
};

/// Calls `row` for every row in order.
void tell(const Excerpt& excerpt, const WriterOptions& options,
          const std::function<void(const ToldRow&)>& row);

/// Seconds since the source's first message, with as many digits as the source needs.
std::string seconds(const DiagramSource& source, Time time);

} // namespace wirestage::diagram
