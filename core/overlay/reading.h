// SPDX-License-Identifier: GPL-3.0-or-later
// One way to read some exchanges as an instance of a pattern, and what that reading is worth.
#pragma once

#include "core/overlay/reference.h"

namespace wirestage::overlay {

struct Reading {
    ExchangeId seed = none;
    std::vector<ExchangeId> exchanges;
    bool related = false;   ///< exchanges of their own, see Candidates::relativesOf
    std::string place;      ///< see Reference::Place; empty: everything is to be seen
    std::vector<bool> seen; ///< by step, as Reference::beginner sees it; empty: see `place`
    lesson::Pattern pattern;
    std::vector<lesson::PatternMessage> messages;
    std::uint64_t leftOut = 0; ///< messages of a long exchange that were not weighed
    lesson::PatternResult result;
    std::size_t required = 0, matched = 0; ///< steps
    double score = 0;
    std::size_t strays = 0;

    /// Everything that had to be there is, be it only what could be seen.
    [[nodiscard]] bool fits() const { return result.satisfied() && result.found; }
    [[nodiscard]] bool betterThan(const Reading& other) const;
};

Reading read(const Capture& capture, lesson::Pattern pattern, std::vector<ExchangeId> exchanges,
             ExchangeId seed, bool related);

} // namespace wirestage::overlay
