// SPDX-License-Identifier: GPL-3.0-or-later
// How a host's TCP behaves: what a lesson may turn. The defaults are the textbook's, which is RFC 9293 with
// RFC 5681, 6298, 6582, 7323 and 2018.
#pragma once

#include "core/capture/frame.h"

#include <cstdint>
#include <optional>

namespace wirestage::simulation {

struct TcpSettings {
    std::uint16_t maximumSegmentSize = 1460; ///< announced; what is sent also obeys the peer's and the path's
    std::uint32_t receiveBuffer = 65535;     ///< bytes; the largest window that is announced
    std::optional<std::uint8_t> windowScale; ///< shift count of RFC 7323; unset: the option is not offered
    bool selectiveAck = false;               ///< RFC 2018
    bool timestamps = false;                 ///< RFC 7323
    bool delayedAck = true;                  ///< RFC 1122, 4.2.3.2: at most 0.5 s, every second full segment
    Time ackDelay = 200'000'000;
    bool nagle = true;               ///< RFC 9293, 3.7.4
    std::uint32_t initialWindow = 0; ///< segments in the first flight; 0: by RFC 5681, 3.1
    bool congestionControl = true;
    bool fastRetransmit = true;
    Time initialTimeout = 1'000'000'000; ///< RFC 6298, 2.1
    Time leastTimeout = 1'000'000'000;   ///< RFC 6298, 2.4
    Time mostTimeout = 60'000'000'000;   ///< RFC 6298, 2.5
    unsigned synRetries = 5;             ///< then the opening fails
    unsigned retries = 8;                ///< then the connection fails (R2 of RFC 9293, 3.8.3)
    Time timeWait = 60'000'000'000;      ///< twice the maximum segment lifetime, which RFC 9293 puts at 2 min
    std::optional<std::uint32_t> initialSequence; ///< else from the run's seed
};

} // namespace wirestage::simulation
