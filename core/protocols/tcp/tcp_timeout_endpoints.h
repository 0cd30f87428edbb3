// SPDX-License-Identifier: GPL-3.0-or-later
// How long to wait for an acknowledgement: RFC 6298. Times in nanoseconds.
#pragma once

#include "core/simulation/tcp_settings.h"

#include <optional>

namespace wirestage::simulation {

class RetransmissionTimeout {
public:
    explicit RetransmissionTimeout(const TcpSettings& settings);

    [[nodiscard]] Time value() const { return timeout; }
    [[nodiscard]] std::optional<Time> smoothed() const { return smoothedRoundTrip; }
    [[nodiscard]] Time variation() const { return roundTripVariation; }

    /// A round trip was measured, not of a segment that was sent twice (Karn). Where a flight gives
    /// `perFlight` samples, each counts for less (RFC 7323, appendix G).
    void sample(Time roundTrip, unsigned perFlight = 1);
    /// 5.5: it fired.
    void backOff();
    /// 5.7: the handshake is over, and its SYN had to be sent again: now 3 s at least.
    void begunAfterLostSyn();

private:
    Time least, most, timeout;
    std::optional<Time> smoothedRoundTrip;
    Time roundTripVariation = 0;
};

} // namespace wirestage::simulation
