// SPDX-License-Identifier: GPL-3.0-or-later
// How a DHCP client keeps its lease, loses it and gives it back (RFC 2131, 4.4.5 and 4.4.6).
#include "dhcp_client_bench.h"

namespace wirestage::simulation {
namespace {

using Client = DhcpTestClient;
using Names = std::vector<std::string>;

TEST(DhcpClient, RenewsAfterHalfAndRebindsAfterSevenEighths) {
    // 4.4.5, counted from when the Request was sent (4.4.1).
    Client client;
    client.bind(3600);
    const Time requested = client.sent[1].time;
    EXPECT_EQ(client.due("T1"), requested + 1800 * second);
    EXPECT_EQ(client.due("T2"), requested + 3150 * second);
    EXPECT_EQ(client.due("lease"), requested + 3600 * second);
}

TEST(DhcpClient, ObeysTheTimesThatTheServerGives) {
    // RFC 2132, 9.11 and 9.12.
    Client client(settings({{"probe", false}}));
    client.offer();
    client.runFor(50 * millisecond);
    DhcpMessage ack = reply(client.last().message, DhcpType::Ack, "192.168.1.57");
    ack.renewalSeconds = 100;
    ack.rebindingSeconds = 200;
    client.receive(ack, "192.168.1.1");
    EXPECT_EQ(client.due("T1"), client.sent[1].time + 100 * second);
    EXPECT_EQ(client.due("T2"), client.sent[1].time + 200 * second);
}

TEST(DhcpClient, KeepsAnEndlessLeaseWithoutATimer) {
    // 3.3: 0xffffffff is infinity.
    Client client;
    client.bind(0xffffffff);
    EXPECT_EQ(client.state(), "BOUND");
    EXPECT_FALSE(client.application->deadline());
}

TEST(DhcpClient, RenewsByUnicastWithTheAddressInCiaddr) {
    // 4.3.2 and 4.4.5: to the server, no server identifier, no requested address.
    Client client;
    client.bind();
    client.runUntil(1801 * second);
    const auto& renewal = client.last();
    EXPECT_EQ(renewal.time, client.sent[1].time + 1800 * second);
    EXPECT_EQ(renewal.message.head.type, DhcpType::Request);
    EXPECT_EQ(renewal.datagram.destination, ip("192.168.1.1"));
    EXPECT_EQ(renewal.datagram.options.source, ip("192.168.1.57"));
    EXPECT_EQ(renewal.message.head.client, ip("192.168.1.57"));
    EXPECT_EQ(renewal.message.head.serverIdentifier.version, 0);
    EXPECT_EQ(renewal.message.head.requested.version, 0);
    EXPECT_NE(renewal.message.head.transaction, client.sent[0].message.head.transaction);
    EXPECT_EQ(client.state(), "RENEWING");
    client.ack();
    EXPECT_EQ(client.state(), "BOUND");
    EXPECT_EQ(client.due("lease"), renewal.time + 3600 * second);
    EXPECT_EQ(client.host.probes.size(), 1U); // its own address needs no trial
}

TEST(DhcpClient, WaitsHalfOfWhatIsLeftButAMinuteAtLeast) {
    // 4.4.5: 1 350 s from T1 to T2, then 450 s to the end.
    Client client;
    client.bind(3600);
    client.runUntil(3599 * second);
    std::vector<std::int64_t> waits;
    Time before = client.sent[1].time;
    for (std::size_t i = 2; i < client.sent.size(); ++i) {
        waits.push_back((client.sent[i].time - before) / second);
        before = client.sent[i].time;
    }
    // Renewing: 675, 337.5, 168.75, 84.375, then 60 s, and T2 comes 24.375 s after that; rebinding: 225,
    // 112.5, 60.
    EXPECT_EQ(waits, (std::vector<std::int64_t>{1800, 675, 337, 168, 84, 60, 24, 225, 112, 60}));
    EXPECT_EQ(client.sent[8].datagram.destination, ip("255.255.255.255")); // rebinding
    EXPECT_EQ(client.sent[8].datagram.options.source, ip("192.168.1.57"));
    EXPECT_EQ(client.sent[8].message.head.client, ip("192.168.1.57"));
    EXPECT_EQ(client.sent[7].datagram.destination, ip("192.168.1.1"));
    EXPECT_EQ(client.state(), "REBINDING");
}

TEST(DhcpClient, GivesTheAddressUpWhenTheLeaseIsOver) {
    // 4.4.5: "the client MUST immediately stop any other network processing" and goes to INIT.
    Client client;
    client.bind(100);
    client.runUntil(101 * second);
    EXPECT_EQ(client.host.address(0).version, 0);
    EXPECT_EQ(client.lastType(), DhcpType::Discover);
    EXPECT_EQ(client.last().time, client.sent[1].time + 100 * second);
    EXPECT_EQ(client.host.stateNames(), (Names{"INIT", "SELECTING", "REQUESTING", "BOUND", "RENEWING",
                                               "REBINDING", "INIT", "SELECTING"}));
}

TEST(DhcpClient, StopsUsingAnAddressThatIsRefusedAtRenewal) {
    Client client;
    client.bind(100);
    client.runUntil(51 * second);
    client.receive(reply(client.last().message, DhcpType::Nak, ""), "192.168.1.1");
    EXPECT_EQ(client.host.address(0).version, 0);
    EXPECT_EQ(client.lastType(), DhcpType::Discover);
}

TEST(DhcpClient, RenewsAtOnceWhenItIsTold) {
    Client client;
    client.bind();
    const CommandId renew = client.give("dhcp.renew");
    EXPECT_EQ(client.state(), "RENEWING");
    EXPECT_EQ(client.last().datagram.destination, ip("192.168.1.1"));
    client.ack();
    EXPECT_EQ(client.host.outcomeOf(renew), true);
}

TEST(DhcpClient, GivesAnAddressBackByUnicast) {
    // 4.4.6; table 5: ciaddr and server identifier, no requested address, no parameters.
    Client client;
    client.bind();
    const CommandId release = client.give("dhcp.release");
    const auto& sent = client.last();
    EXPECT_EQ(sent.message.head.type, DhcpType::Release);
    EXPECT_EQ(sent.datagram.destination, ip("192.168.1.1"));
    EXPECT_EQ(sent.datagram.options.source, ip("192.168.1.57"));
    EXPECT_EQ(sent.message.head.client, ip("192.168.1.57"));
    EXPECT_EQ(sent.message.head.serverIdentifier, ip("192.168.1.1"));
    EXPECT_EQ(sent.message.head.requested.version, 0);
    EXPECT_TRUE(sent.message.parameters.empty());
    EXPECT_EQ(client.host.address(0).version, 0);
    EXPECT_EQ(client.state(), "INIT");
    EXPECT_EQ(client.host.outcomeOf(release), true);
    EXPECT_FALSE(client.application->deadline());
}

TEST(DhcpClient, VanishesWithoutAWordWhenItIsStopped) {
    Client client;
    client.bind();
    const std::size_t before = client.sent.size();
    client.give("dhcp.stop");
    client.runFor(10'000 * second);
    EXPECT_EQ(client.sent.size(), before);
    EXPECT_EQ(client.host.address(0).version, 0);
}

} // namespace
} // namespace wirestage::simulation
