// SPDX-License-Identifier: GPL-3.0-or-later
// Places in packets, and checksums that follow a change.
#include "core/simulation/packet_ends.h"

#include "core/bytes/checksum.h"
#include "core/protocols/icmp/icmp_wire.h"

#include <algorithm>

namespace wirestage::simulation {

namespace {

constexpr std::size_t checksumOfIp = 10, sourceAddress = 12, destinationAddress = 16;

std::size_t headerLength(Bytes packet) {
    return packet.empty() ? 0 : (packet[0] & 15U) * 4U;
}

/// RFC 1624, 3: HC' = ~(~HC + ~m + m'), for all words of a part at once.
std::uint16_t adjusted(std::uint16_t checksum, Bytes before, Bytes after) {
    InternetChecksum old;
    old.add(before);
    InternetChecksum sum;
    sum.addWord(static_cast<std::uint16_t>(~checksum));
    sum.addWord(old.value());
    sum.add(after);
    return sum.value();
}

void adjustAt(std::span<std::uint8_t> packet, std::size_t place, Bytes before, Bytes after) {
    if (place + 2 > packet.size())
        return; // a quotation that ends before its checksum
    const auto now = static_cast<std::uint16_t>(packet[place] << 8 | packet[place + 1]);
    const std::uint16_t then = adjusted(now, before, after);
    packet[place] = static_cast<std::uint8_t>(then >> 8);
    packet[place + 1] = static_cast<std::uint8_t>(then);
}

/// Where the checksum stands that counts the port, and whether it counts the addresses too.
struct Transport {
    std::size_t checksum = 0, source = 0, destination = 2;
    bool countsAddresses = true;
};
std::optional<Transport> transportOf(std::uint8_t protocol) {
    switch (protocol) {
    case protocolTcp: return Transport{16, 0, 2, true};
    case protocolUdp: return Transport{6, 0, 2, true};
    case protocolIcmp: return Transport{2, 4, 4, false}; // the identifier of an echo
    default: return std::nullopt;
    }
}

void put(std::span<std::uint8_t> packet, std::size_t place, Bytes bytes) {
    std::copy(bytes.begin(), bytes.end(), packet.begin() + static_cast<std::ptrdiff_t>(place));
}

/// UDP's 0 means that nobody counted (RFC 768).
bool hasNoChecksum(Bytes packet, std::size_t place) {
    return packet[9] == protocolUdp && place + 2 <= packet.size() && packet[place] == 0 &&
           packet[place + 1] == 0;
}

} // namespace

std::optional<PacketEnds> endsOf(Bytes packet) {
    const std::size_t header = headerLength(packet);
    if (header < IpHeader::size || packet.size() < header || quotationIn(packet))
        return std::nullopt;
    PacketEnds ends;
    ends.protocol = packet[9];
    ends.source.address = IpAddress::v4(&packet[sourceAddress]);
    ends.destination.address = IpAddress::v4(&packet[destinationAddress]);
    const auto transport = transportOf(ends.protocol);
    if (!transport)
        return ends;
    Reader source(packet.subspan(std::min(packet.size(), header + transport->source)));
    Reader destination(packet.subspan(std::min(packet.size(), header + transport->destination)));
    ends.source.port = source.u16();
    ends.destination.port = destination.u16();
    if (source.truncated() || destination.truncated())
        return std::nullopt;
    return ends;
}

std::optional<std::size_t> quotationIn(Bytes packet) {
    const std::size_t header = headerLength(packet);
    if (header < IpHeader::size || packet.size() < header + 8 || packet[9] != protocolIcmp)
        return std::nullopt;
    IcmpHeader message;
    message.type = packet[header];
    return message.isError() ? std::optional(header + 8) : std::nullopt;
}

void changeAddress(std::span<std::uint8_t> packet, Which which, const IpAddress& to) {
    const std::size_t place = which == Which::Source ? sourceAddress : destinationAddress;
    std::array<std::uint8_t, 4> before{};
    std::copy_n(packet.begin() + static_cast<std::ptrdiff_t>(place), 4, before.begin());
    const Bytes after = Bytes(to.bytes).subspan(12);
    put(packet, place, after);
    adjustAt(packet, checksumOfIp, before, after);
}

void changeEnd(std::span<std::uint8_t> packet, Which which, const End& to) {
    const std::size_t header = headerLength(packet);
    const std::size_t address = which == Which::Source ? sourceAddress : destinationAddress;
    std::array<std::uint8_t, 6> before{}, after{};
    std::copy_n(packet.begin() + static_cast<std::ptrdiff_t>(address), 4, before.begin());
    std::copy_n(to.address.bytes.begin() + 12, 4, after.begin());
    changeAddress(packet, which, to.address);
    const auto transport = transportOf(packet[9]);
    if (!transport)
        return;
    const std::size_t port = header + (which == Which::Source ? transport->source : transport->destination);
    if (port + 2 > packet.size())
        return;
    std::copy_n(packet.begin() + static_cast<std::ptrdiff_t>(port), 2, before.begin() + 4);
    after[4] = static_cast<std::uint8_t>(to.port >> 8);
    after[5] = static_cast<std::uint8_t>(to.port);
    put(packet, port, Bytes(after).subspan(4));
    const std::size_t checksum = header + transport->checksum, skipped = transport->countsAddresses ? 0 : 4;
    if (hasNoChecksum(packet, checksum))
        return;
    adjustAt(packet, checksum, Bytes(before).subspan(skipped), Bytes(after).subspan(skipped));
    if (hasNoChecksum(packet, checksum))
        packet[checksum] = packet[checksum + 1] = 0xff; // the other way to write zero
}

void changeQuotedEnd(std::span<std::uint8_t> packet, Which which, const End& to) {
    const auto quotation = quotationIn(packet);
    if (!quotation || packet.size() < *quotation + IpHeader::size ||
        packet.size() < *quotation + headerLength(packet.subspan(*quotation)))
        return;
    const std::span<std::uint8_t> quoted = packet.subspan(*quotation);
    const std::vector<std::uint8_t> before(quoted.begin(), quoted.end());
    changeEnd(quoted, which, to);
    adjustAt(packet, headerLength(packet) + 2, before, quoted);
}

} // namespace wirestage::simulation
