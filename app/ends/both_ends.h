// SPDX-License-Identifier: GPL-3.0-or-later
// The capture that is open, merged with a file of the other end: the work for the thread that opens captures,
// and what it leaves beside the merged capture.
#pragma once

#include "core/diagram/ends_source.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wirestage {

struct BothEnds {
    overlay::TwoEnds found;
    diagram::Passages passages;
    std::optional<Text> problem; ///< the other end's file could be read in part only
};

/// For Document::openMade. `into` is filled before there is a capture.
std::function<CaptureFile::Opened(const OpenOptions&)>
mergeWork(std::shared_ptr<const Capture> open, std::string other, std::shared_ptr<BothEnds> into);

/// The exchanges of the merged capture that have one of these packets of the open one, if packets of them
/// went from end to end; else the first exchange of which some did.
std::vector<ExchangeId> exchangesWith(const Capture& merged, const diagram::Passages& passages,
                                      const std::vector<PacketIndex>& packets);

} // namespace wirestage
