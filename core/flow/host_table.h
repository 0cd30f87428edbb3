// SPDX-License-Identifier: GPL-3.0-or-later
// Every address seen as a source or destination, numbered in order of appearance.
#pragma once

#include "core/bytes/address.h"
#include "core/flow/chunked.h"

#include <cstring>
#include <utility>

namespace wirestage {

using HostId = std::uint32_t;

/// An IP address, or a hardware address where the host is known by that alone.
struct HostAddress {
    std::array<std::uint8_t, 16> bytes{};
    enum class Kind : std::uint8_t { Hardware, V4, V6 } kind = Kind::Hardware;

    static HostAddress of(const IpAddress& address) {
        return {address.bytes, address.version == 4 ? Kind::V4 : Kind::V6};
    }
    static HostAddress of(const MacAddress& address) {
        HostAddress host;
        std::memcpy(host.bytes.data(), address.bytes.data(), 6);
        return host;
    }
    [[nodiscard]] IpAddress ip() const {
        IpAddress address;
        if (kind != Kind::Hardware) {
            address.bytes = bytes;
            address.version = kind == Kind::V4 ? 4 : 6;
        }
        return address;
    }
    [[nodiscard]] MacAddress mac() const {
        MacAddress address;
        std::memcpy(address.bytes.data(), bytes.data(), 6);
        return address;
    }
    /// As numbers, which are compared and mixed faster than bytes.
    [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> halves() const {
        std::uint64_t high = 0, low = 0;
        std::memcpy(&high, bytes.data(), 8);
        std::memcpy(&low, bytes.data() + 8, 8);
        return {high, low};
    }
    bool operator==(const HostAddress& other) const {
        return kind == other.kind && halves() == other.halves();
    }
};

class HostTable {
public:
    HostId idOf(const HostAddress& address) {
        return table.findOrAdd(
            hash(address), [&](std::uint32_t place) { return hosts[place] == address; },
            [&] {
                hosts.push(address);
                return static_cast<HostId>(hosts.size() - 1);
            });
    }
    HostId idOf(const IpAddress& address) { return idOf(HostAddress::of(address)); }
    HostId idOf(const MacAddress& address) { return idOf(HostAddress::of(address)); }

    /// none (0xffffffff) where that address was never seen.
    [[nodiscard]] HostId find(const HostAddress& address) const {
        return table.find(hash(address), [&](std::uint32_t place) { return hosts[place] == address; });
    }
    [[nodiscard]] HostId find(const IpAddress& address) const { return find(HostAddress::of(address)); }

    [[nodiscard]] const HostAddress& operator[](HostId id) const { return hosts[id]; }
    [[nodiscard]] HostId size() const { return static_cast<HostId>(hosts.size()); }

private:
    static std::uint64_t hash(const HostAddress& address) {
        const auto [high, low] = address.halves();
        return mixed(high ^ static_cast<std::uint64_t>(address.kind), low);
    }

    Chunked<HostAddress, 12> hosts;
    PlaceTable table;
};

} // namespace wirestage
