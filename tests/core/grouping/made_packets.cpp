// SPDX-License-Identifier: GPL-3.0-or-later
// The pcap file's header is that of draft-ietf-opsawg-pcap; link type 101 is raw IP.
#include "tests/core/grouping/made_packets.h"

#include <gtest/gtest.h>

namespace wirestage::test {
namespace {

void big(std::vector<std::uint8_t>& out, std::uint64_t value, unsigned bytes) {
    for (unsigned i = bytes; i-- > 0;)
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

} // namespace

MadePackets::MadePackets() {
    big(file, 0xa1b2c3d4, 4);
    big(file, 2, 2);
    big(file, 4, 2);
    big(file, 0, 8);
    big(file, 65535, 4);
    big(file, 101, 4);
}

void MadePackets::packet(unsigned from, unsigned to, std::uint8_t protocol,
                         const std::vector<std::uint8_t>& segment) {
    const std::uint64_t length = 20 + segment.size();
    big(file, microseconds / 1'000'000, 4);
    big(file, microseconds % 1'000'000, 4);
    big(file, length, 4);
    big(file, length, 4);
    big(file, 0x4500, 2);
    big(file, length, 2);
    big(file, 0, 4);
    big(file, 64, 1);
    big(file, protocol, 1);
    big(file, 0, 2);
    big(file, 0xc0000200 + from, 4);
    big(file, 0xc0000200 + to, 4);
    file.insert(file.end(), segment.begin(), segment.end());
}

MadePackets& MadePackets::udp(unsigned from, unsigned to, std::uint16_t sourcePort, std::uint16_t port,
                              const std::string& payload) {
    std::vector<std::uint8_t> datagram;
    big(datagram, sourcePort, 2);
    big(datagram, port, 2);
    big(datagram, 8 + payload.size(), 2);
    big(datagram, 0, 2);
    datagram.insert(datagram.end(), payload.begin(), payload.end());
    packet(from, to, 17, datagram);
    return *this;
}

MadePackets& MadePackets::tcp(unsigned from, unsigned to, std::uint16_t sourcePort, std::uint16_t port,
                              std::uint8_t flags, std::uint32_t sequence, std::uint32_t acknowledgement,
                              const std::string& payload) {
    std::vector<std::uint8_t> segment;
    big(segment, sourcePort, 2);
    big(segment, port, 2);
    big(segment, sequence, 4);
    big(segment, acknowledgement, 4);
    big(segment, 0x5000u | flags, 2);
    big(segment, 1000, 2);
    big(segment, 0, 4);
    segment.insert(segment.end(), payload.begin(), payload.end());
    packet(from, to, 6, segment);
    return *this;
}

std::unique_ptr<Capture> MadePackets::indexed(std::uint64_t most, Foreknowledge known) const {
    CaptureFile::Opened opened = CaptureFile::fromMemory(file);
    if (!std::holds_alternative<CaptureFile>(opened)) {
        ADD_FAILURE() << "the made capture cannot be opened";
        return nullptr;
    }
    auto capture = std::make_unique<Capture>(std::move(std::get<CaptureFile>(opened)), std::move(known));
    capture->index({}, most);
    return capture;
}

} // namespace wirestage::test
