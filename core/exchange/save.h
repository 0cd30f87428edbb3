// SPDX-License-Identifier: GPL-3.0-or-later
// The packets of some exchanges as a capture of their own.
#pragma once

#include "core/exchange/capture.h"

#include <optional>
#include <string>
#include <vector>

namespace wirestage {

/// Writes a pcapng with the packets of these exchanges (none: all packets) and of their children, in the
/// order of the capture. Reads and writes for as long as it takes; `path` has its old content until it is
/// done. \return what went wrong, to stand behind "PATH was not written: "
std::optional<Text> savePackets(const Capture& capture, std::vector<ExchangeId> of, const std::string& path);

} // namespace wirestage
