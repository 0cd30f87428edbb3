// SPDX-License-Identifier: GPL-3.0-or-later
// A wire that takes its time: every frame that comes out of one interface goes into the other so much later,
// in order, in both directions. The time is true for everybody: for the hosts' own timers as for a capture.
#pragma once

#include "core/capture/frame.h"

#include <string>

namespace wirestage::happen {

/// Carries frames until the process ends, or until that is no longer possible (Trouble). `delay`: one way.
[[noreturn]] void carry(const std::string& from, const std::string& to, Time delay);

} // namespace wirestage::happen
