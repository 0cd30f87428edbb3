// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 5681 and RFC 6582, with the numbers of their equations.
#include "core/protocols/tcp/tcp_congestion_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {

CongestionControl::CongestionControl(bool isEnabled, std::uint32_t segments)
    : enabled(isEnabled), initialSegments(segments) {}

std::uint32_t CongestionControl::initialWindow() const {
    if (initialSegments > 0)
        return initialSegments * segmentSize;
    return segmentSize * (segmentSize > 2190 ? 2 : segmentSize > 1095 ? 3 : 4);
}

void CongestionControl::begin(std::uint32_t bytes, bool synWasLost) {
    segmentSize = bytes;
    congestionWindow = synWasLost ? segmentSize : initialWindow();
}

void CongestionControl::acknowledged(std::uint32_t bytes) {
    if (congestionWindow < slowStartThreshold) { // equation (2)
        congestionWindow += std::min(bytes, segmentSize);
    } else { // one segment each time a whole window has been acknowledged, as 3.1 recommends
        acknowledgedInAvoidance += bytes;
        if (acknowledgedInAvoidance >= congestionWindow) {
            acknowledgedInAvoidance -= congestionWindow;
            congestionWindow += segmentSize;
        }
    }
    congestionWindow = std::min(congestionWindow, unlimited / 2);
}

void CongestionControl::halve(std::uint32_t flight) {
    slowStartThreshold = std::max(flight / 2, 2 * segmentSize); // equation (4)
    acknowledgedInAvoidance = 0;
}

void CongestionControl::timedOut(std::uint32_t flight, bool again) {
    if (!again)
        halve(flight);
    congestionWindow = segmentSize; // the loss window
    recovering = false;
}

void CongestionControl::enterRecovery(std::uint32_t flight, bool bySelectiveAck) {
    halve(flight);
    recovering = true;
    selective = bySelectiveAck;
    congestionWindow = slowStartThreshold + (selective ? 0 : 3 * segmentSize);
}

void CongestionControl::duplicateWhileRecovering() {
    if (!selective)
        congestionWindow = std::min(congestionWindow + segmentSize, unlimited / 2);
}

void CongestionControl::partlyAcknowledged(std::uint32_t bytes) {
    if (selective)
        return;
    congestionWindow -= std::min(bytes, congestionWindow - std::min(congestionWindow, segmentSize));
    if (bytes >= segmentSize)
        congestionWindow += segmentSize;
}

void CongestionControl::leaveRecovery(std::uint32_t flight) {
    recovering = false;
    // RFC 6582, 3.2, step 3, the first of the two ways: no burst where little is under way.
    congestionWindow = selective ? slowStartThreshold
                                 : std::min(slowStartThreshold, std::max(flight, segmentSize) + segmentSize);
}

void CongestionControl::restartAfterIdle() {
    congestionWindow = std::min(congestionWindow, initialWindow());
}

} // namespace wirestage::simulation
