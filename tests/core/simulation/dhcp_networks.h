// SPDX-License-Identifier: GPL-3.0-or-later
// Networks that speak DHCP, and what one asks of their runs. `dhcpLan` is a client without an address and a
// server on a switch; `dhcpAcrossRouter` has a router between them, which may relay.
#pragma once

#include "tests/core/simulation/networks.h"

#include "core/exchange/capture.h"

#include <memory>

namespace wirestage::simulation::test {

inline SettingValue list(std::vector<std::string> words) {
    return words;
}
inline SettingValue rows(std::vector<Settings> tables) {
    return tables;
}

using Values = std::initializer_list<std::pair<std::string, SettingValue>>;

/// Hosts "pc" and "server" (192.168.1.1), which has 192.168.1.50 to .99; the client is told to start at once.
NetworkSetup dhcpLan(Settings client = {}, Settings server = {});
/// As dhcpLan, with the server at 192.168.2.20 behind a router that is 192.168.1.1 and 192.168.2.1. With a
/// relay's settings the router relays.
NetworkSetup dhcpAcrossRouter(std::optional<Settings> relay, Settings client = {});

/// The DHCP messages on a link: "Discover 0.0.0.0 > 255.255.255.255 ff:ff:ff:ff:ff:ff".
std::vector<std::string> dhcpOn(const Run& run, std::string_view link);
/// When each of a kind was sent, in seconds.
std::vector<double> timesOf(const Run& run, std::string_view kind);
/// The states of a host, in order.
std::vector<std::string> dhcpStatesOf(const Run& run, std::string_view host);
std::vector<std::string> notesOf(const Run& run, std::string_view host);
LinkId linkNamed(const Run& run, std::string_view name);

/// What a capture of a link (as captureOf) tells of DHCP: "DHCP lease: completed: SENTENCE [STATES]".
std::vector<std::string> toldOf(const Run& run, std::string_view link);
/// The capture of a link, as a pcapng; without a name, of every frame as it was sent.
std::string captureOf(const Run& run, std::string_view link);

} // namespace wirestage::simulation::test
