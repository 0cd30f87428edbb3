// SPDX-License-Identifier: GPL-3.0-or-later
// Options of neighbour discovery (RFC 4861, 4.6): type, length in units of eight bytes, data.
#pragma once

#include "core/protocols/wire.h"

namespace wirestage {

/// Describes all options. A redirected packet among them is quoted: see decodeQuoted.
void decodeDiscoveryOptions(Dissection& into, Bytes options);

} // namespace wirestage
