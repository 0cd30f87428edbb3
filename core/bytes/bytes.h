// SPDX-License-Identifier: GPL-3.0-or-later
// What everything is read from: bytes that somebody else keeps.
#pragma once

#include <cstdint>
#include <span>

namespace wirestage {

using Bytes = std::span<const std::uint8_t>;

} // namespace wirestage
