// SPDX-License-Identifier: GPL-3.0-or-later
// Port 53 of a server, by UDP and by TCP: takes questions in, refuses what is none (RFC 1035, 4.1.1), and
// sends the answers where they came from, within the size that each client takes (RFC 1035, 4.2.1; RFC 6891,
// 6.2.3; RFC 7766).
#pragma once

#include "core/protocols/dns/dns_talk_endpoints.h"

#include <functional>
#include <map>
#include <optional>

namespace wirestage::simulation {

/// Who asked, and how the answer gets there.
struct DnsClient {
    IpAddress address, local;
    std::uint16_t port = 0;
    std::optional<StreamId> stream;
    std::size_t limit = plainUdpLimit;
    bool edns = false;
};

class DnsListener {
public:
    /// Called with each sound query: one question, opcode 0.
    using Take = std::function<void(const DnsClient& client, const DnsMessage& query)>;

    explicit DnsListener(std::uint16_t largestDatagram) : udpSize(largestDatagram) {}

    void start(HostServices& host, Application& owner);
    void datagram(HostServices& host, const IncomingDatagram& in, const Take& take);
    void stream(HostServices& host, const StreamEvent& event, const Take& take);
    /// `last` false: more messages follow that answer the same query.
    void reply(HostServices& host, const DnsClient& client, DnsMessage answer, bool last = true);

    [[nodiscard]] std::optional<Time> deadline() const;
    void wake(HostServices& host); ///< closes connections on which nothing is asked any more

private:
    struct Connection {
        DnsStreamBuffer buffer;
        Time idleSince = 0;
        bool peerClosed = false;
        unsigned open = 0; ///< questions without an answer yet
    };

    void consider(HostServices& host, DnsClient client, Bytes bytes, const Take& take);
    void closeIfOver(HostServices& host, StreamId stream);

    std::uint16_t udpSize;
    std::map<StreamId, Connection> connections;
};

} // namespace wirestage::simulation
