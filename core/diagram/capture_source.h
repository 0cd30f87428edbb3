// SPDX-License-Identifier: GPL-3.0-or-later
// A capture's messages as the source of a diagram: all of them, or those of some exchanges, on one level.
#pragma once

#include "core/diagram/source.h"
#include "core/exchange/capture.h"

#include <memory>

namespace wirestage::diagram {

/// `of` empty: all exchanges. The capture may still be indexing: the source shows what there is now. `since`:
/// the messages from this packet on, with the states and phases that they find.
std::shared_ptr<const DiagramSource> captureSource(std::shared_ptr<const Capture> capture,
                                                   std::vector<ExchangeId> of = {},
                                                   std::optional<Level> level = {}, PacketIndex since = 0);

} // namespace wirestage::diagram
