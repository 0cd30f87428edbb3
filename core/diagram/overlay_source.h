// SPDX-License-Identifier: GPL-3.0-or-later
// An overlay as the source of a diagram: on each row what the reference expects and what the capture has, and
// what that came to. Steps that may be left out and were are left out here too.
#pragma once

#include "core/diagram/source.h"
#include "core/overlay/compare.h"

#include <memory>

namespace wirestage::diagram {

class OverlaySource : public DiagramSource {
public:
    /// A required step of the reference, for a list of what is done and what is left.
    struct Goal {
        Text title; ///< "DHCP Offer"
        bool reached = false;
    };
    [[nodiscard]] virtual const std::vector<Goal>& goals() const = 0;
};

/// One sentence above the stage: "Different at step 4, DHCP ACK: …", "So far as in the textbook: 2 of 4
/// steps".
Text headline(const OverlaySource& shown, const overlay::Comparison& comparison, bool goesOn);

/// `goesOn`: more may come, so what is missing behind the last step that matched is not missing yet.
std::shared_ptr<const OverlaySource> overlaySource(std::shared_ptr<const Capture> capture,
                                                   const overlay::Reference& reference,
                                                   const overlay::Comparison& comparison, bool goesOn);

} // namespace wirestage::diagram
