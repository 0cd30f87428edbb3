// SPDX-License-Identifier: GPL-3.0-or-later
// A capture of one place sees a packet once. How far it came tells the router that sent an error back.
#include "core/diagram/captured_ways.h"

namespace wirestage::diagram {

void CapturedWays::hear(const Capture& capture, const Message& message) {
    if (message.ref.level != Level::Network || message.from == none)
        return;
    if (const auto packet = capture.stoppedAt(message.ref.packet))
        stops[*packet] = message.from;
}

std::optional<Way> CapturedWays::way(const Capture& capture, const Message& message) const {
    if (message.to == none) {
        if (message.exchange == none)
            return std::nullopt;
        const ExchangeRow exchange = capture.row(message.exchange);
        const HostId other = message.from == exchange.originator  ? exchange.responder
                             : message.from == exchange.responder ? exchange.originator
                                                                  : none;
        if (other == none || other == message.from)
            return std::nullopt;
        return Way{message.from, other};
    }
    const auto found = stops.find(message.ref.packet);
    // A frame had come to where its link ends all the same.
    if (found == stops.end() || message.ref.level == Level::Link || found->second == message.to ||
        found->second == message.from)
        return std::nullopt;
    return Way{message.from, found->second, true};
}

} // namespace wirestage::diagram
