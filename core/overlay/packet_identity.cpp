// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/overlay/packet_identity.h"

#include "core/protocols/dissection.h"

#include <algorithm>
#include <array>

namespace wirestage::overlay {
namespace {

constexpr std::size_t mostBytes = 96; ///< of what IP carries: snapshot lengths may differ
constexpr std::uint8_t protocolTcp = 6, protocolUdp = 17;

/// FNV-1a, 64 bits.
class Hash {
public:
    void add(std::uint8_t byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }
    void add(Bytes bytes) {
        for (const std::uint8_t byte : bytes)
            add(byte);
    }
    void number(std::uint32_t number) {
        for (unsigned shift = 0; shift < 32; shift += 8)
            add(static_cast<std::uint8_t>(number >> shift));
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

/// Where the transport's checksum stands in what IP carries (RFC 9293, section 3.1; RFC 768).
std::size_t checksumOffset(std::uint8_t protocol) {
    return protocol == protocolTcp ? 16 : protocol == protocolUdp ? 6 : mostBytes;
}

} // namespace

std::optional<PacketIdentity> identify(const Frame& frame) {
    Dissection packet;
    dissectFrame(packet, frame);
    const NetworkFacts& network = packet.network;
    if (!network.source.version)
        return std::nullopt;
    std::array<std::uint8_t, mostBytes> bytes{};
    const std::size_t count = std::min(network.payload.size(), mostBytes);
    std::copy_n(network.payload.begin(), count, bytes.begin());
    if (const std::size_t at = checksumOffset(network.protocol); !network.fragment && at + 2 <= count)
        bytes[at] = bytes[at + 1] = 0;
    Hash hash;
    hash.add(Bytes(network.source.bytes));
    hash.add(Bytes(network.destination.bytes));
    hash.add(network.protocol);
    hash.number(network.identification);
    hash.number(network.fragmentOffset);
    hash.number(network.payloadLength);
    hash.add(Bytes(bytes.data(), count));
    return PacketIdentity{hash.value(), network.source, network.destination, network.ttl};
}

} // namespace wirestage::overlay
