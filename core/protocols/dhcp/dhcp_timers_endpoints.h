// SPDX-License-Identifier: GPL-3.0-or-later
// What the three DHCP applications share: their ports, and timers that are told to the host as they start and
// end.
#pragma once

#include "core/protocols/dhcp/dhcp_wire.h"
#include "core/simulation/application.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace wirestage::simulation {

inline constexpr std::uint16_t dhcpServerPort = 67, dhcpClientPort = 68;
inline constexpr std::uint16_t dhcpBroadcastFlag = 0x8000;
inline constexpr std::uint32_t dhcpForEver =
    0xffffffff; ///< seconds of a lease without an end (RFC 2131, 3.3)

/// Whether a field of a message holds an address: 0.0.0.0 there means none.
inline bool isGiven(const IpAddress& address) {
    return address.version == 4 && !address.isUnspecified();
}

/// What a client without an identifier of its own is known by: the type of its hardware and its address (RFC
/// 2131, 4.2; RFC 2132, 9.14).
inline std::vector<std::uint8_t> hardwareIdentity(std::uint8_t type, const MacAddress& hardware) {
    std::vector<std::uint8_t> identity(7, type);
    std::copy(hardware.bytes.begin(), hardware.bytes.end(), identity.begin() + 1);
    return identity;
}

/// Timers of one state machine, by names that are literals.
class DhcpTimers {
public:
    void start(HostServices& host, std::string_view name, Time due) {
        forget(name);
        running.push_back({name, due});
        host.timerStarted(ProtocolId::dhcp, 0, std::string(name), due);
    }
    void stop(HostServices& host, std::string_view name) {
        if (forget(name))
            host.timerEnded(ProtocolId::dhcp, 0, std::string(name), false);
    }
    [[nodiscard]] std::optional<Time> deadline() const {
        const auto next = earliest();
        return next == running.end() ? std::nullopt : std::optional<Time>(next->due);
    }
    /// The earliest of those that are due, which then no longer runs; empty where none is.
    std::string_view takeDue(HostServices& host) {
        const auto next = earliest();
        if (next == running.end() || next->due > host.now())
            return {};
        const std::string_view name = next->name;
        forget(name);
        host.timerEnded(ProtocolId::dhcp, 0, std::string(name), true);
        return name;
    }

private:
    struct Timer {
        std::string_view name;
        Time due = 0;
    };
    [[nodiscard]] std::vector<Timer>::const_iterator earliest() const {
        return std::min_element(running.begin(), running.end(),
                                [](const Timer& a, const Timer& b) { return a.due < b.due; });
    }
    bool forget(std::string_view name) {
        return std::erase_if(running, [&](const Timer& timer) { return timer.name == name; }) > 0;
    }
    std::vector<Timer> running;
};

} // namespace wirestage::simulation
