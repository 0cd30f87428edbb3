// SPDX-License-Identifier: GPL-3.0-or-later
// What stands for names and addresses where they are hidden: the same for the same one as long as the object
// lives, and nobody's. Addresses come from the ranges for documentation (RFC 5737, 3849), then from those for
// benchmarks (RFC 2544) and from reserved ones; hardware addresses are locally administered. What teaches
// stays: who is on one subnet with whom, broadcast and multicast, loopback, "no address yet".
#pragma once

#include "core/bytes/address.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace wirestage {

/// May be asked from any thread.
class StandIns {
public:
    /// Addresses that are in use: none of them becomes a stand-in for another from now on.
    void avoid(std::span<const IpAddress> addresses, std::span<const MacAddress> hardware = {});

    /// "No address yet", loopback, broadcast; and a group, which is nobody, but for its solicited-node part.
    [[nodiscard]] static bool standsForItself(const IpAddress& address);

    [[nodiscard]] IpAddress of(const IpAddress& address);
    [[nodiscard]] MacAddress of(const MacAddress& address);
    /// For one label of a domain name, or one word: as long as it is, and the same whether it is written in
    /// capitals. Labels that say how names are made ("_tcp", "arpa", "www") stay.
    [[nodiscard]] std::string of(std::string_view label);

    /// Whose stand-in it is; an address that stands for itself comes back.
    [[nodiscard]] IpAddress behind(const IpAddress& shown) const;
    [[nodiscard]] MacAddress behind(const MacAddress& shown) const;

private:
    /// A subnet of 256 addresses, which is as far as an address alone tells of its subnet.
    struct Subnet {
        std::uint32_t shown = 0;            ///< its first 24 bits
        std::uint8_t hosts[256] = {};       ///< by real host number; 0: none yet
        std::uint8_t given[3] = {0, 9, 99}; ///< the latest with one, two and three digits
    };
    IpAddress version4(const IpAddress& address);
    IpAddress version6(const IpAddress& address);
    Subnet& subnetOf(std::uint32_t net);
    std::uint32_t freeNet(std::uint32_t instead);
    std::uint64_t prefixFor(std::uint64_t prefix);
    std::uint64_t interfaceFor(std::uint64_t identifier);
    std::uint32_t lowBitsFor(std::uint32_t bits);

    mutable std::mutex mutex;
    std::set<std::uint32_t> realNets, givenNets;
    std::set<std::uint32_t> realLowBits;
    std::set<std::uint64_t> realPrefixes;
    std::set<MacAddress> realHardware;
    std::map<std::uint32_t, Subnet> subnets;
    std::map<std::uint32_t, std::uint32_t> netBehind;
    std::uint32_t nextBenchmark = 0, nextReserved = 0;
    std::uint32_t nextPrivate[3][3] = {}; ///< by the digits of its second and third number
    std::unordered_map<std::uint64_t, std::uint64_t> prefixes, prefixBehind, interfaces, interfaceBehind;
    std::unordered_map<std::uint32_t, std::uint32_t> lowBits, lowBitsBehind;
    std::unordered_map<std::uint32_t, std::uint32_t> sharers; ///< interfaces with the same low bits
    std::uint32_t latestLowBits = 0, globalPrefixes = 0, localPrefixes = 0, latestHardware = 0;
    std::map<MacAddress, MacAddress> hardware, hardwareBehind;
    std::unordered_map<std::string, std::string> labels;
    std::map<std::size_t, std::uint32_t> labelsOfLength;
};

} // namespace wirestage
