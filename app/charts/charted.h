// SPDX-License-Identifier: GPL-3.0-or-later
// The TCP connections among what the stage shows, each direction with its series: all that the charts need,
// worked out off the window's thread.
#pragma once

#include "core/series/tcp_series.h"

#include <memory>
#include <string>
#include <vector>

namespace wirestage {

/// Data from one side of a connection to the other.
struct ChartedDirection {
    ExchangeId exchange = none;
    Text title; ///< of the exchange
    std::string from, to;
    HostId sender = none, receiver = none;
    series::TcpSeries series;
    Time start = 0; ///< 0 seconds of the series
    double seconds = 0;
};

struct Charted {
    std::vector<ChartedDirection> directions; ///< those that carry data, by exchange
    bool anyTcp = false;                      ///< a connection was there, though nothing was sent
    bool tooMany = false;                     ///< more exchanges than are looked at
};

/// `of` empty: all of the capture. Takes about as long as a look at each segment.
Charted chartedOf(const Capture& capture, std::vector<ExchangeId> of);

} // namespace wirestage
