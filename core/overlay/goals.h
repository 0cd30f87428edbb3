// SPDX-License-Identifier: GPL-3.0-or-later
// What a class can be asked to make happen on the wire: one lesson's exchange, or several one after the
// other.
#pragma once

#include "core/text/text.h"

#include <string>
#include <vector>

namespace wirestage::overlay {

struct Goal {
    std::string id;
    Text title;
    struct Part {
        std::string lesson, variant; ///< a built-in lesson's
    };
    std::vector<Part> parts; ///< each is to begin after the one before it
};

const std::vector<Goal>& goals();

} // namespace wirestage::overlay
