// SPDX-License-Identifier: GPL-3.0-or-later
// The protocols' short names, as in Wireshark's display filters.
#pragma once

#include "core/protocols/dissection.h"

#include <array>
#include <string_view>

namespace wirestage {

inline constexpr std::array<std::string_view, static_cast<std::size_t>(ProtocolId::count)> protocolNames{
#define PROTOCOL(name) #name,
#include "core/protocols/protocols.def"
#undef PROTOCOL
};

std::string_view name(ProtocolId id);

} // namespace wirestage
