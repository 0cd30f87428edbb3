// SPDX-License-Identifier: GPL-3.0-or-later
// A TCP segment as the two ends of a connection think of it, and the arithmetic of its numbers: they go round
// at 2^32, so that only differences count (RFC 9293, 3.4).
#pragma once

#include "core/protocols/tcp/tcp_wire.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace wirestage::simulation {

namespace tcp_flag {
inline constexpr std::uint16_t fin = 1, syn = 2, rst = 4, psh = 8, ack = 16;
} // namespace tcp_flag

/// Is `a` earlier in the stream than `b`? Right as long as they are less than 2^31 apart.
inline bool isBefore(std::uint32_t a, std::uint32_t b) {
    return static_cast<std::int32_t>(a - b) < 0;
}
inline bool isAtMost(std::uint32_t a, std::uint32_t b) {
    return !isBefore(b, a);
}
inline std::uint32_t laterOf(std::uint32_t a, std::uint32_t b) {
    return isBefore(a, b) ? b : a;
}

/// Sequence numbers from `first` up to, but without, `end`.
struct SequenceRange {
    std::uint32_t first = 0, end = 0;
    [[nodiscard]] std::uint32_t size() const { return end - first; }
    [[nodiscard]] bool contains(std::uint32_t number) const {
        return isAtMost(first, number) && isBefore(number, end);
    }
    bool operator==(const SequenceRange&) const = default;
};

struct TcpTimestamps {
    std::uint32_t value = 0, echo = 0;
    bool operator==(const TcpTimestamps&) const = default;
};

/// The options that our ends understand (RFC 9293, 3.2; RFC 7323; RFC 2018).
struct TcpOptions {
    std::optional<std::uint16_t> maximumSegmentSize;
    bool selectiveAckPermitted = false;
    std::optional<TcpTimestamps> timestamps;
    std::optional<std::uint8_t> windowScale;
    std::vector<SequenceRange> selectiveAck; ///< four at most; three beside timestamps
    bool operator==(const TcpOptions&) const = default;
};

/// Their bytes, a multiple of four; at most 40 of them.
std::vector<std::uint8_t> writeTcpOptions(const TcpOptions& options);
/// Options of an impossible length end the list, as RFC 9293 lets an end do that cannot go on.
TcpOptions readTcpOptions(Bytes options);

struct TcpSegment {
    TcpHeader header;
    TcpOptions options;
    std::vector<std::uint8_t> payload;

    [[nodiscard]] bool has(std::uint16_t flag) const { return header.flags & flag; }
    /// SEG.LEN: SYN and FIN count.
    [[nodiscard]] std::uint32_t length() const {
        return static_cast<std::uint32_t>(payload.size()) + has(tcp_flag::syn) + has(tcp_flag::fin);
    }
};

/// Nothing where the header is cut off or its length impossible. The checksum is not looked at.
std::optional<TcpSegment> readTcpSegment(Bytes bytes);
std::vector<std::uint8_t> writeTcpSegment(const TcpSegment& segment, const IpAddress& source,
                                          const IpAddress& destination);

/// What a segment gets that belongs to no connection (RFC 9293, 3.10.7.1); nothing for a RST.
std::optional<TcpSegment> resetFor(const TcpSegment& segment);

} // namespace wirestage::simulation
