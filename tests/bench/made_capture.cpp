// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the bytes by hand: the benchmarks must not depend on the speed of the project's own writer. The
// header fields are those of draft-ietf-opsawg-pcap, RFC 791 and RFC 768; checksums are left out (zero).
#include "tests/bench/made_capture.h"

#include <array>

namespace wirestage::bench {
namespace {

void little(std::vector<std::uint8_t>& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void big(std::vector<std::uint8_t>& out, std::uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i)
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void fileHeader(std::vector<std::uint8_t>& out) {
    little(out, 0xa1b2c3d4, 4);
    little(out, 2, 2);
    little(out, 4, 2);
    little(out, 0, 8);
    little(out, 262144, 4);
    little(out, 1, 4);
}

void datagram(std::vector<std::uint8_t>& out, std::size_t flow, std::size_t payload) {
    big(out, 0x020000000001, 6);
    big(out, 0x020000000002, 6);
    big(out, 0x0800, 2);
    big(out, 0x4500, 2);
    big(out, 28 + payload, 2);
    big(out, 0, 4);
    big(out, 0x4011, 2); // TTL 64, UDP
    big(out, 0, 2);
    big(out, 0xc0000200 | (flow >> 14), 4); // 192.0.2.x
    big(out, 0xc6336401, 4);                // 198.51.100.1
    big(out, 49152 + (flow & 0x3fff), 2);
    big(out, 40000, 2);
    big(out, 8 + payload, 2);
    big(out, 0, 2);
    out.insert(out.end(), payload, 0x61);
}

} // namespace

std::vector<std::uint8_t> udpCapture(std::size_t packets, std::size_t flows) {
    constexpr std::array<std::size_t, 4> payloads{18, 200, 700, 1458};
    std::vector<std::uint8_t> out;
    out.reserve(24 + packets * 660);
    fileHeader(out);
    for (std::size_t i = 0; i < packets; ++i) {
        const auto payload = payloads[i % payloads.size()];
        little(out, 1'700'000'000 + i / 1000, 4);
        little(out, i % 1000 * 1000, 4);
        little(out, 42 + payload, 4);
        little(out, 42 + payload, 4);
        datagram(out, i % flows, payload);
    }
    return out;
}

} // namespace wirestage::bench
