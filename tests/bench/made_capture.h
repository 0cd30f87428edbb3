// SPDX-License-Identifier: GPL-3.0-or-later
// A capture made in memory for benchmarks, which need neither a file nor the page cache.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirestage::bench {

/// A little-endian pcap of `packets` UDP datagrams between `flows` pairs of ports, 60 to 1500 bytes long.
std::vector<std::uint8_t> udpCapture(std::size_t packets, std::size_t flows);

} // namespace wirestage::bench
