// SPDX-License-Identifier: GPL-3.0-or-later
// A TCP connection in numbers over time, one direction of data at a time: sequence numbers (Stevens'
// time-sequence graph, TCP/IP Illustrated, volume 1), round-trip time, window, bytes in flight, throughput.
// However many segments there are, a series has a few thousand points: of each column of time the least and
// the greatest stay.
#pragma once

#include "core/exchange/capture.h"
#include "core/simulation/run.h"

#include <vector>

namespace wirestage::series {

struct Point {
    double seconds = 0; ///< since the connection's first segment
    double value = 0;
    PacketIndex packet = none;
};
using Points = std::vector<Point>; ///< in order of time

/// What one side sent and the other acknowledged.
struct TcpSeries {
    Points data;       ///< behind each segment of data, sent for the first time
    Points again;      ///< behind each one sent again
    Points acks;       ///< acknowledged up to here
    Points edge;       ///< the receiver's window reaches up to here
    Points roundTrip;  ///< seconds from data to its acknowledgement, where the capture was made
    Points window;     ///< bytes the receiver offered
    Points flight;     ///< bytes sent and not acknowledged
    Points throughput; ///< bits a second, new data
    Points congestion; ///< congestion window, bytes: known of a simulated run only

    std::uint64_t segments = 0, repeated = 0, bytes = 0; ///< of data; `bytes` counts each once
    double leastRoundTrip = 0, greatestRoundTrip = 0;
    [[nodiscard]] bool empty() const { return segments == 0; }
};

struct ConnectionSeries {
    TcpSeries directions[2]; ///< 0: what the originator sent
    std::uint64_t segments = 0;
    Time start = 0;
    double seconds = 0; ///< how long it lasted
};

/// Nothing but zeros where the exchange holds no TCP segment.
ConnectionSeries tcpSeries(const Capture& capture, ExchangeId id, std::size_t columns = 500);

/// What a host of a simulated run measured under this name, since `start`.
Points measured(const simulation::Run& run, simulation::NodeId node, std::string_view name, Time start);

/// The point nearest to a packet in time order, or null where there are none.
const Point* nearest(const Points& points, double seconds);

} // namespace wirestage::series
