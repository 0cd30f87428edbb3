// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a source that goes into a file: the wanted messages, as many as a picture can hold, and a
// sentence about those left out.
#pragma once

#include "core/diagram/sequence.h"

#include <optional>

namespace wirestage::diagram {

struct ExcerptWish {
    Row first = 0, last = noRow;
    std::uint64_t most = 500; ///< rows: messages and folds
    bool trueTime = false;
    double mostHeight = 0; ///< units, 0: as high as it gets
};

struct Excerpt {
    std::shared_ptr<Sequence> sequence;
    std::optional<Text> leftOut; ///< what is missing, if anything
};

Excerpt excerpt(const std::shared_ptr<const DiagramSource>& source, const ExcerptWish& wish);

} // namespace wirestage::diagram
