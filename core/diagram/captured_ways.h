// SPDX-License-Identifier: GPL-3.0-or-later
// Where the arrows of captured messages end, as far as the capture tells more than sender and receiver.
#pragma once

#include "core/diagram/source.h"
#include "core/exchange/capture.h"

#include <unordered_map>

namespace wirestage::diagram {

class CapturedWays {
public:
    /// Of a router's error: its packet's arrow ends at that router. Other messages tell nothing.
    void hear(const Capture& capture, const Message& message);
    /// Of a broadcast: to the exchange's other side.
    [[nodiscard]] std::optional<Way> way(const Capture& capture, const Message& message) const;

private:
    std::unordered_map<PacketIndex, HostId> stops; ///< who did not pass the packet on
};

} // namespace wirestage::diagram
