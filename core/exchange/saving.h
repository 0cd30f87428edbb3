// SPDX-License-Identifier: GPL-3.0-or-later
// A capture written to a file of its own: its packets alone. What a pcapng says besides (names, comments,
// keys, interfaces, the machine) is left out, so that of a capture without names nothing else is told.
#pragma once

#include "core/exchange/capture.h"

namespace wirestage {

/// Writes a pcapng, in place of what is there once it is whole. `of`: the packets of these exchanges and of
/// their children only; empty: all. `keepGoing` is asked now and then with the
/// packets written; false gives up. \return why it was not written; an empty text: it was given up.
std::optional<Text> saveCapture(const Capture& capture, const std::string& path,
                                std::vector<ExchangeId> of = {},
                                const std::function<bool(PacketIndex done)>& keepGoing = {});

/// Writes the file that the capture was read from, with all that it says besides its packets, in place of
/// what is there; of a live capture all that is kept up to now. \return why it was not written
std::optional<Text> saveFileOf(const Capture& capture, const std::string& path);

} // namespace wirestage
