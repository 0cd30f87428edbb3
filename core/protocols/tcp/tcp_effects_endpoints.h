// SPDX-License-Identifier: GPL-3.0-or-later
// What comes out of a connection: segments for the network, events for its application, and what a diagram
// tells of it, in the order in which it happened.
#pragma once

#include "core/protocols/tcp/tcp_segment_endpoints.h"
#include "core/simulation/application.h"

#include <string_view>
#include <variant>
#include <vector>

namespace wirestage::simulation {

/// The states of RFC 9293, 3.3.2.
enum class TcpState : std::uint8_t {
    Closed,
    Listen,
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait
};
std::string_view nameOf(TcpState state); ///< as the RFC writes it: "SYN-SENT"

enum class TcpTimer : std::uint8_t { Retransmission, DelayedAck, Persist, TimeWait };
inline constexpr std::size_t tcpTimerCount = 4;
std::string_view nameOf(TcpTimer timer); ///< "RTO", "delayed ACK", "persist", "TIME-WAIT"

/// "window" is what this end announces, in bytes; srtt and rto are seconds, the others bytes.
enum class TcpQuantity : std::uint8_t {
    CongestionWindow,
    Threshold,
    Flight,
    SmoothedRoundTrip,
    Timeout,
    Window
};
inline constexpr std::size_t tcpQuantityCount = 6;
std::string_view nameOf(TcpQuantity quantity); ///< "cwnd", "ssthresh", "flight", "srtt", "rto", "window"

struct TcpTold {
    StreamEventType type = StreamEventType::Data;
    std::vector<std::uint8_t> data;
};
struct TcpTimerStarted {
    TcpTimer timer{};
    Time due = 0;
};
struct TcpTimerEnded {
    TcpTimer timer{};
    bool fired = false;
};
struct TcpMeasured {
    TcpQuantity quantity{};
    double value = 0;
};
/// Ports are the host's business: they are zero in the segments.
using TcpEffect = std::variant<TcpSegment, TcpTold, TcpState, TcpTimerStarted, TcpTimerEnded, TcpMeasured>;

} // namespace wirestage::simulation
