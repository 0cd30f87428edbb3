// SPDX-License-Identifier: GPL-3.0-or-later
// Putting fragments together (RFC 791, 3.2): the bytes of each datagram that is not whole yet, and what is
// missing of it. When to give one up is for the host to say.
#pragma once

#include "core/simulation/application.h"
#include "core/simulation/ip_packet.h"

#include <map>
#include <tuple>

namespace wirestage::simulation {

class Reassembly {
public:
    /// Fragments with the same key belong together.
    using Key = std::tuple<IpAddress, IpAddress, std::uint8_t, std::uint16_t>;
    static Key keyOf(const IpHeader& header);

    /// False for a fragment that fits into no datagram of 65 535 bytes, or is no multiple of eight bytes
    /// though more follow.
    static bool isPossible(const IpPacket& fragment);
    /// The whole packet, once the last fragment that was missing is here. An impossible one changes nothing.
    std::optional<std::vector<std::uint8_t>> add(const IpPacket& fragment);
    [[nodiscard]] bool knows(const Key& key) const { return parts.find(key) != parts.end(); }
    [[nodiscard]] std::size_t size() const { return parts.size(); }
    /// Forgets a datagram: its first fragment as it arrived, or nothing where that never came.
    std::optional<std::vector<std::uint8_t>> giveUp(const Key& key);

private:
    struct Part {
        std::vector<std::uint8_t> first; ///< the first fragment, whole
        std::vector<std::uint8_t> data;
        std::vector<bool> blocks; ///< of eight bytes: which are here
        std::optional<std::size_t> length;
    };
    std::map<Key, Part> parts;
};

} // namespace wirestage::simulation
