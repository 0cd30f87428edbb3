// SPDX-License-Identifier: GPL-3.0-or-later
// A packet's headers, a line for each: who to whom, and the one number that a learner looks for.
#pragma once

#include "core/protocols/description.h"

#include <vector>

namespace wirestage {

struct HeaderLine {
    int node = 0, end = 0;   ///< places in Description::fields: its own node, and behind its last field
    std::string_view title;  ///< "IPv4"; empty where the protocol has no line of its own
    std::vector<Text> parts; ///< "10.0.0.1 → 10.0.0.60", "TTL 64"
};

/// Outermost first, without the frame's own node.
std::vector<HeaderLine> headerLines(const Description& description);

} // namespace wirestage
