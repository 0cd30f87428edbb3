// SPDX-License-Identifier: GPL-3.0-or-later
// A reading put into words: a sentence for the whole and a reason for each step.
#pragma once

#include "core/overlay/compare.h"
#include "core/overlay/reading.h"

namespace wirestage::overlay {

/// Steps, sentence and broken rules of a comparison whose verdict is known.
void tell(const Reference& reference, const Capture& capture, const Reading& reading, Comparison& into);

Text notFound(const Reference& reference);

/// "DHCP Offer": of a message, and of what a step expects first.
Text titleOf(KindId kind);
Text titleOf(const lesson::PatternStep& step);

/// Who plays a part, or would. Where the pattern does not say and knows two parts only, the one at the other
/// end; "?" where nobody can say.
std::string playing(const Reading& reading, const std::string& role, const std::string& otherEnd);

/// Why a required step is not there. `place`: in the reading's result.
Text whyMissing(const Reading& reading, const Capture& capture, std::size_t place);

} // namespace wirestage::overlay
