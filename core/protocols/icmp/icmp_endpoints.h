// SPDX-License-Identifier: GPL-3.0-or-later
// The two tools that speak ICMP: ping (RFC 1122, 3.2.2.6) and traceroute.
#pragma once

#include "core/simulation/endpoints.h"

namespace wirestage::simulation {

extern const ApplicationType pingType, tracerouteType;

} // namespace wirestage::simulation
