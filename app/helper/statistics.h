// SPDX-License-Identifier: GPL-3.0-or-later
// How busy the interfaces are, every second, as dumpcap -S tells it: what a list of interfaces draws its
// little curves from.
#pragma once

#include "app/helper/complaint.h"
#include "app/helper/options.h"

namespace wirestage::helper {

/// Of the interfaces named, or of all that can be opened. Goes on until a signal comes or nobody reads any
/// more.
Status tellStatistics(const Options& options);

} // namespace wirestage::helper
