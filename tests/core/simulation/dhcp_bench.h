// SPDX-License-Identifier: GPL-3.0-or-later
// One DHCP application on a fake host: what it sends is read and kept with its time, and the test answers.
#pragma once

#include "fake_host.h"

#include "core/protocols/dhcp/dhcp_wire.h"
#include "core/simulation/endpoints.h"

#include <deque>

#include <gtest/gtest.h>

namespace wirestage::simulation {

inline IpAddress ip(std::string_view text) {
    return *parseIpAddress(text);
}
inline MacAddress mac(std::string_view text) {
    return *parseMacAddress(text);
}
inline constexpr std::string_view clientHardware = "02:00:5e:10:00:01";

/// Settings in a line: settings({{"lease", 60.0}, {"authoritative", false}}).
inline Settings settings(std::initializer_list<std::pair<const char*, SettingValue>> values) {
    Settings result;
    for (const auto& [name, value] : values)
        result.set(name, value);
    return result;
}
inline SettingValue words(std::vector<std::string> list) {
    return list;
}

/// Keeps every message that is sent, read.
class DhcpHost : public FakeHost {
public:
    struct Sent {
        Time time = 0;
        OutgoingDatagram datagram;
        DhcpMessage message; ///< its views point into `datagram`
    };
    std::deque<Sent> messages; ///< a deque, so that views stay valid

    DhcpHost() : FakeHost("pc") {}
    using FakeHost::send;
    void send(OutgoingDatagram datagram) override {
        messages.push_back({now(), std::move(datagram), {}});
        if (const auto read = readDhcp(messages.back().datagram.payload))
            messages.back().message = *read;
        else
            ADD_FAILURE() << "not a DHCP message";
    }
};

class DhcpBench {
public:
    using Sent = DhcpHost::Sent;

    DhcpBench(const DhcpBench&) = delete;
    explicit DhcpBench(std::string_view type, const Settings& values = {}, std::string_view address = "") {
        if (!address.empty())
            host.interfaces[0].address = ip(address);
        const ApplicationType* found = applicationNamed(type);
        if (const auto problem = check(values, found->settings))
            ADD_FAILURE() << problem->name << ": " << english(problem->why);
        auto made = found->make(values);
        if (const auto* why = std::get_if<Text>(&made))
            ADD_FAILURE() << english(*why);
        else
            application = std::get<std::unique_ptr<Application>>(std::move(made));
    }

    void start() { host.attach(*application); }
    CommandId give(std::string verb, Settings values = {}) {
        EXPECT_NE(verbNamed(verb).verb, nullptr) << verb;
        return host.give(std::move(verb), std::move(values));
    }
    void runUntil(Time moment) { host.runUntil(moment); }
    void runFor(Time span) { host.runFor(span); }

    void receive(const DhcpMessage& message, std::string_view from, std::string_view to = "255.255.255.255",
                 InterfaceId interface = 0) {
        const auto payload = writeDhcp(message);
        IncomingDatagram datagram;
        datagram.source = ip(from);
        datagram.destination = ip(to);
        datagram.sourcePort = message.head.operation == 1 ? 68 : 67;
        datagram.destinationPort = message.head.operation == 1 ? 67 : 68;
        datagram.interface = interface;
        datagram.payload = payload;
        host.deliver(datagram);
    }

    [[nodiscard]] const Sent& last() const { return sent.back(); }
    [[nodiscard]] DhcpType lastType() const {
        return sent.empty() ? DhcpType::Bootp : last().message.head.type;
    }
    [[nodiscard]] bool noted(std::string_view words) const {
        return std::find(host.notes.begin(), host.notes.end(), words) != host.notes.end();
    }
    [[nodiscard]] Time due(std::string_view timer) const {
        return host.timer(timer) ? host.timer(timer)->due : -1;
    }

    DhcpHost host;
    std::unique_ptr<Application> application;
    std::deque<Sent>& sent = host.messages;
};

/// What a server says to a question.
inline DhcpMessage reply(const DhcpMessage& question, DhcpType type, std::string_view your,
                         std::string_view server = "192.168.1.1", std::uint32_t lease = 3600) {
    DhcpMessage m;
    m.head.operation = 2;
    m.head.type = type;
    m.head.transaction = question.head.transaction;
    m.head.hardware = question.head.hardware;
    m.head.serverIdentifier = ip(server);
    if (type == DhcpType::Nak)
        return m;
    m.head.your = ip(your);
    m.head.leaseSeconds = lease;
    m.subnetMask = ip("255.255.255.0");
    m.routers = {ip("192.168.1.254")};
    m.domainNameServers = {ip("192.168.1.2")};
    return m;
}

} // namespace wirestage::simulation
