// SPDX-License-Identifier: GPL-3.0-or-later
// A capture merged from both ends as the source of a diagram: the capture's own, with what only both ends
// together know. Packets have a moment of sending and one of arrival, lost ones end on their way, and states
// change when what changes them arrives. The link level stays as it was captured: between two ends there may
// be many links.
#pragma once

#include "core/diagram/source.h"
#include "core/exchange/capture.h"
#include "core/overlay/merged_ends.h"

#include <memory>

namespace wirestage::diagram {

/// What a source needs of a merger beside the merged capture.
using Passages = std::vector<overlay::Passage>;

/// `of` and `level` as in captureSource.
std::shared_ptr<const DiagramSource> endsSource(std::shared_ptr<const Capture> merged,
                                                std::shared_ptr<const Passages> passages,
                                                std::vector<ExchangeId> of = {},
                                                std::optional<Level> level = {});

} // namespace wirestage::diagram
