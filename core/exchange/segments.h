// SPDX-License-Identifier: GPL-3.0-or-later
// A connection's TCP segments one after the other, without a description: for whoever looks at all of them.
#pragma once

#include "core/exchange/model.h"

namespace wirestage {

/// Numbers are relative, as in the sequence analysis; they wrap at 32 bits.
struct TcpSegment {
    PacketIndex packet = 0;
    Time time = 0;
    Notes notes;
    std::uint32_t sequence = 0, acknowledgement = 0;
    std::uint32_t payload = 0; ///< bytes on the wire
    std::uint32_t window = 0;  ///< true size where the scale is known
    std::uint8_t flags = 0;    ///< as in TcpFacts
    bool fromOriginator = false;

    [[nodiscard]] bool fin() const { return flags & 1; }
    [[nodiscard]] bool syn() const { return flags & 2; }
    [[nodiscard]] bool reset() const { return flags & 4; }
    [[nodiscard]] bool ack() const { return flags & 16; }
    /// Behind it: a SYN and a FIN take a number each (RFC 9293, section 3.4).
    [[nodiscard]] std::uint32_t next() const {
        return sequence + payload + (syn() ? 1 : 0) + (fin() ? 1 : 0);
    }
};

} // namespace wirestage
