// SPDX-License-Identifier: GPL-3.0-or-later
// Captures made of a few bytes, for what no recording shows: as many packets as one likes, in any order.
#pragma once

#include "core/exchange/capture.h"

#include <string>
#include <vector>

namespace wirestage::test {

/// Writes a classic pcap file (raw IPv4, microseconds) into memory, packet by packet.
class MadePackets {
public:
    MadePackets();
    /// From and to: the last number of 192.0.2.x.
    MadePackets& udp(unsigned from, unsigned to, std::uint16_t sourcePort, std::uint16_t port,
                     const std::string& payload);
    MadePackets& tcp(unsigned from, unsigned to, std::uint16_t sourcePort, std::uint16_t port,
                     std::uint8_t flags, std::uint32_t sequence, std::uint32_t acknowledgement,
                     const std::string& payload = "");
    MadePackets& after(std::uint64_t milliseconds) {
        microseconds += milliseconds * 1000;
        return *this;
    }
    [[nodiscard]] std::unique_ptr<Capture> indexed(std::uint64_t most = ~std::uint64_t{0},
                                                   Foreknowledge known = {}) const;

private:
    void packet(unsigned from, unsigned to, std::uint8_t protocol, const std::vector<std::uint8_t>& segment);

    std::vector<std::uint8_t> file;
    std::uint64_t microseconds = 0;
};

inline constexpr std::uint8_t fin = 1, syn = 2, rst = 4, ack = 16;

} // namespace wirestage::test
