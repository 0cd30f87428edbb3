// SPDX-License-Identifier: GPL-3.0-or-later
// Fields that no packet carries by itself: stream numbers, relative sequence numbers, the true window, and
// the remarks of the sequence analysis, under Wireshark's names.
#pragma once

#include "core/exchange/capture_state.h"

namespace wirestage {

/// Adds what the flow of this packet tells, as generated fields of its transport header.
void addFlowFields(const CaptureState& state, PacketIndex packet, const Dissection& dissection,
                   Description& description);

/// Every field that addFlowFields may add.
std::span<const FieldSpec> flowFieldSpecs();

} // namespace wirestage
