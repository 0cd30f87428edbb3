// SPDX-License-Identifier: GPL-3.0-or-later
// Remarks on a message that are not its kind: repeated, out of order, cut short.
#pragma once

#include "core/text/text.h"

#include <cstdint>
#include <string_view>

namespace wirestage {

/// What is particular about a message; the TCP ones are Wireshark's tcp.analysis.*.
enum class Note : std::uint8_t {
    Retransmission,
    FastRetransmission,
    SpuriousRetransmission,
    OutOfOrder,
    DuplicateAck,
    LostSegment,
    AckLostSegment,
    ZeroWindow,
    ZeroWindowProbe,
    ZeroWindowProbeAck,
    WindowFull,
    WindowUpdate,
    KeepAlive,
    KeepAliveAck,
    PortReused,
    Repeated, ///< the application asked or answered once more (DHCP, DNS, ARP retries)
    ChecksumBad,
    Malformed,
    CutByCapture,
    Fragment,
    Reassembled,
    DuplicateAddress, ///< ARP: another station said before that this address is its own
    count
};
std::string_view name(Note note); ///< "retransmission", "duplicate_ack", ...
Text title(Note note);

struct Notes {
    std::uint32_t bits = 0;
    [[nodiscard]] bool has(Note n) const { return bits >> static_cast<unsigned>(n) & 1; }
    void add(Note n) { bits |= 1u << static_cast<unsigned>(n); }
    /// The segment was sent before, whatever the reason (Wireshark tells three).
    [[nodiscard]] bool isRetransmission() const {
        return has(Note::Retransmission) || has(Note::FastRetransmission) ||
               has(Note::SpuriousRetransmission);
    }
    /// Sent before, by TCP or by the application.
    [[nodiscard]] bool isRepetition() const { return isRetransmission() || has(Note::Repeated); }
    [[nodiscard]] bool any() const { return bits != 0; }
};

} // namespace wirestage
