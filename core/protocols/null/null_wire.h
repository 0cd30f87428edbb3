// SPDX-License-Identifier: GPL-3.0-or-later
// BSD loopback captures: four bytes of address family in the byte order of the machine that captured
// (LINKTYPE_NULL), or in network order (LINKTYPE_LOOP).
#pragma once

#include "core/protocols/fields.h"

namespace wirestage {

struct NullSpecs {
    FieldSpec node{"null", WS_MARK("fields", "Loopback"), Show::Heading};
    FieldSpec family{"null.family", WS_MARK("fields", "Address family")};
};
inline constexpr NullSpecs nullFields;

/// The EtherType that an address family stands for on the BSDs, macOS, Linux or Windows; 0 for none.
std::uint16_t etherTypeOfFamily(std::uint32_t family);

} // namespace wirestage
