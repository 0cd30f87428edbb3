// SPDX-License-Identifier: GPL-3.0-or-later
// How much a sender dares to have under way: slow start, congestion avoidance and what a loss does to them
// (RFC 5681), and fast recovery until everything that was under way at the loss has arrived (RFC 6582).
#pragma once

#include <cstdint>
#include <limits>

namespace wirestage::simulation {

class CongestionControl {
public:
    static constexpr std::uint32_t unlimited = std::numeric_limits<std::int32_t>::max();

    /// `initialSegments` 0: the initial window of RFC 5681, 3.1. Not `enabled`: the window is unlimited.
    CongestionControl(bool enabled, std::uint32_t initialSegments);

    /// The handshake is over. `segmentSize`: SMSS. After a lost SYN one segment is all (RFC 5681, 3.1).
    void begin(std::uint32_t segmentSize, bool synWasLost);
    /// The path takes less than was thought.
    void setSegmentSize(std::uint32_t bytes) { segmentSize = bytes; }

    [[nodiscard]] bool isEnabled() const { return enabled; }
    [[nodiscard]] std::uint32_t window() const { return enabled ? congestionWindow : unlimited; }
    [[nodiscard]] std::uint32_t threshold() const { return slowStartThreshold; } ///< `unlimited`: no loss yet
    [[nodiscard]] bool isRecovering() const { return recovering; }

    /// New data were acknowledged, outside of recovery.
    void acknowledged(std::uint32_t bytes);
    /// The retransmission timer fired; `again`: for a segment that it had already sent again.
    void timedOut(std::uint32_t flight, bool again);
    /// A loss was seen by duplicate ACKs. `selective`: the flight is estimated from SACK, so the window needs
    /// no inflating (RFC 6675).
    void enterRecovery(std::uint32_t flight, bool selective);
    /// A further segment has left the network (RFC 5681, 3.2, step 4).
    void duplicateWhileRecovering();
    /// A part of what was under way at the loss has arrived (RFC 6582, 3.2, step 3).
    void partlyAcknowledged(std::uint32_t bytes);
    void leaveRecovery(std::uint32_t flight);
    /// Nothing was sent for longer than the retransmission timeout (RFC 5681, 4.1).
    void restartAfterIdle();

private:
    [[nodiscard]] std::uint32_t initialWindow() const;
    void halve(std::uint32_t flight);

    bool enabled;
    std::uint32_t initialSegments;
    std::uint32_t segmentSize = 536, congestionWindow = 536, slowStartThreshold = unlimited;
    std::uint32_t acknowledgedInAvoidance = 0;
    bool recovering = false, selective = false;
};

} // namespace wirestage::simulation
