// SPDX-License-Identifier: GPL-3.0-or-later
// What the program may do, given up in two steps: at the start all but what opening an interface takes, and
// all of it once the interfaces are open. capabilities(7) tells the sets apart.
#pragma once

#include <optional>
#include <string>

namespace wirestage::helper {

/// Keeps CAP_NET_RAW and CAP_NET_ADMIN, where they were there. \return why that did not work, if it did not.
std::optional<std::string> keepCaptureRights();

/// Must come before there are other threads: each has capabilities of its own. \return as above.
std::optional<std::string> giveUpRights();

} // namespace wirestage::helper
