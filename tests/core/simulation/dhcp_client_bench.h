// SPDX-License-Identifier: GPL-3.0-or-later
// A DHCP client that has sent its first Discover, and the answers that tests give it.
#pragma once

#include "dhcp_bench.h"

namespace wirestage::simulation {

struct DhcpTestClient : DhcpBench {
    explicit DhcpTestClient(Settings values = {}) : DhcpBench("dhcp-client", values) {
        start();
        startId = give("dhcp.start");
    }
    void offer(std::string_view your = "192.168.1.57", std::string_view server = "192.168.1.1") {
        receive(reply(last().message, DhcpType::Offer, your, server), server);
    }
    void ack(std::uint32_t lease = 3600, std::string_view your = "192.168.1.57") {
        receive(reply(last().message, DhcpType::Ack, your, "192.168.1.1", lease), "192.168.1.1");
    }
    /// Takes an offer and is given the address; nobody else has it.
    void bind(std::uint32_t lease = 3600) {
        offer();
        runFor(50 * millisecond);
        ack(lease);
        host.tellProbed(ip("192.168.1.57"), std::nullopt);
    }
    [[nodiscard]] std::vector<Time> times() const {
        std::vector<Time> list;
        for (const Sent& one : sent)
            list.push_back(one.time);
        return list;
    }
    [[nodiscard]] std::string state() const { return host.states.empty() ? "" : host.states.back().state; }
    CommandId startId = 0;
};

inline void expectAbout(Time found, Time expected, Time tolerance) {
    EXPECT_GE(found, expected - tolerance);
    EXPECT_LE(found, expected + tolerance);
}

} // namespace wirestage::simulation
