// SPDX-License-Identifier: GPL-3.0-or-later
// A capture from its beginning to its end: interfaces are opened with rights, everything else happens
// without.
#pragma once

#include "app/helper/complaint.h"
#include "app/helper/options.h"

#include <functional>

namespace wirestage::helper {

/// Writes to standard output. `onceConfined` is called in between, for tests.
Status capture(const Options& options, const std::function<void()>& onceConfined = {});

} // namespace wirestage::helper
