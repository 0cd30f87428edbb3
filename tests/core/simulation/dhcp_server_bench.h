// SPDX-License-Identifier: GPL-3.0-or-later
// A DHCP server at 192.168.1.1 with 192.168.1.50 to .59, and what clients say to it.
#pragma once

#include "dhcp_bench.h"

namespace wirestage::simulation {

inline constexpr std::string_view dhcpTestScope = "192.168.1.50-192.168.1.59";

inline Settings withScope(std::initializer_list<std::pair<const char*, SettingValue>> more) {
    Settings all = settings(more);
    if (!all.has("scope") && !all.has("scopes"))
        all.set("scope", std::string(dhcpTestScope));
    return all;
}

inline SettingValue rows(std::vector<Settings> list) {
    return list;
}

inline DhcpMessage question(DhcpType type, std::uint8_t client = 1) {
    DhcpMessage m;
    m.head.operation = 1;
    m.head.type = type;
    m.head.transaction = 0x1000U + client;
    m.head.hardware = MacAddress{{2, 0, 0x5e, 0x10, 1, client}};
    return m;
}

struct DhcpTestServer : DhcpBench {
    explicit DhcpTestServer(std::initializer_list<std::pair<const char*, SettingValue>> more = {})
        : DhcpBench("dhcp-server", withScope(more), "192.168.1.1") {
        start();
    }
    void say(const DhcpMessage& message, std::string_view from = "0.0.0.0",
             std::string_view to = "255.255.255.255") {
        sent.clear();
        receive(message, from, to);
    }
    void discover(std::uint8_t client = 1, std::string_view wanted = "") {
        DhcpMessage m = question(DhcpType::Discover, client);
        if (!wanted.empty())
            m.head.requested = ip(wanted);
        say(m);
    }
    void request(std::string_view address, std::uint8_t client = 1, std::string_view server = "192.168.1.1") {
        DhcpMessage m = question(DhcpType::Request, client);
        m.head.requested = ip(address);
        m.head.serverIdentifier = ip(server);
        say(m);
    }
    /// Discover to Ack; the address.
    std::string lease(std::uint8_t client = 1, std::string_view wanted = "") {
        discover(client, wanted);
        if (lastType() != DhcpType::Offer)
            return "";
        request(your(), client);
        return lastType() == DhcpType::Ack ? your() : "";
    }
    void release(std::string_view address, std::uint8_t client = 1) {
        DhcpMessage m = question(DhcpType::Release, client);
        m.head.client = ip(address);
        m.head.serverIdentifier = ip("192.168.1.1");
        say(m, address, "192.168.1.1");
    }
    [[nodiscard]] std::string your() const { return sent.empty() ? "" : toString(last().message.head.your); }
};

} // namespace wirestage::simulation
