// SPDX-License-Identifier: GPL-3.0-or-later
// Reading, checking and cutting of IP packets.
#include "core/simulation/ip_packet.h"

#include "core/bytes/checksum.h"

namespace wirestage::simulation {

std::optional<IpPacket> readPacket(Bytes bytes) {
    IpPacket packet;
    Reader reader(bytes);
    if (!readHeader(reader, packet.header) || packet.header.version != 4)
        return std::nullopt;
    const std::size_t header = *packet.header.length, total = *packet.header.totalLength;
    if (header < IpHeader::size || total < header || total > bytes.size())
        return std::nullopt;
    InternetChecksum sum;
    sum.add(bytes.first(header));
    if (sum.value() != 0)
        return std::nullopt;
    packet.whole = bytes.first(total);
    packet.payload = packet.whole.subspan(header);
    return packet;
}

void renewHeaderChecksum(std::vector<std::uint8_t>& packet) {
    packet[10] = packet[11] = 0;
    InternetChecksum sum;
    sum.add(Bytes(packet).first((packet[0] & 15U) * 4U));
    packet[10] = static_cast<std::uint8_t>(sum.value() >> 8);
    packet[11] = static_cast<std::uint8_t>(sum.value());
}

std::vector<std::vector<std::uint8_t>> fragments(std::vector<std::uint8_t> packet, std::uint16_t mtu) {
    std::vector<std::vector<std::uint8_t>> pieces;
    if (packet.size() <= mtu) {
        pieces.push_back(std::move(packet));
        return pieces;
    }
    const std::size_t header = (packet[0] & 15U) * 4U;
    const std::size_t most = mtu > header + 8 ? (mtu - header) / 8 * 8 : 8;
    const std::uint16_t flagsAndOffset = static_cast<std::uint16_t>(packet[6] << 8 | packet[7]);
    for (std::size_t at = header; at < packet.size(); at += most) {
        const std::size_t size = std::min(most, packet.size() - at);
        std::vector<std::uint8_t> piece(packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(header));
        piece.insert(piece.end(), packet.begin() + static_cast<std::ptrdiff_t>(at),
                     packet.begin() + static_cast<std::ptrdiff_t>(at + size));
        piece[2] = static_cast<std::uint8_t>(piece.size() >> 8);
        piece[3] = static_cast<std::uint8_t>(piece.size());
        // A fragment that is cut again keeps its "more fragments" in the last piece too.
        std::uint16_t word = static_cast<std::uint16_t>(flagsAndOffset + (at - header) / 8);
        if (at + size < packet.size())
            word |= moreFragmentsFlag << 13;
        piece[6] = static_cast<std::uint8_t>(word >> 8);
        piece[7] = static_cast<std::uint8_t>(word);
        renewHeaderChecksum(piece);
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

} // namespace wirestage::simulation
