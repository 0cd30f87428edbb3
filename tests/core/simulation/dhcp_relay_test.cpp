// SPDX-License-Identifier: GPL-3.0-or-later
// The DHCP relay agent (RFC 1542, 4.1; RFC 3046).
#include "dhcp_bench.h"

namespace wirestage::simulation {
namespace {

DhcpMessage discover() {
    DhcpMessage m;
    m.head.operation = 1;
    m.head.type = DhcpType::Discover;
    m.head.transaction = 0x1001;
    m.head.hardware = mac("02:00:5e:10:01:01");
    m.hostName = "pc7";
    return m;
}

/// Clients are behind interface 0, 10.0.0.1; the server is behind interface 1.
struct Relay : DhcpBench {
    explicit Relay(std::initializer_list<std::pair<const char*, SettingValue>> more = {})
        : DhcpBench("dhcp-relay", with(more), "10.0.0.1") {
        host.interfaces.push_back({mac("02:00:5e:10:00:02"), ip("192.168.1.254"), 24});
        start();
    }
    static Settings with(std::initializer_list<std::pair<const char*, SettingValue>> more) {
        Settings all = settings(more);
        all.set("server", std::string("192.168.1.1"));
        return all;
    }
    void answer(DhcpMessage message) {
        sent.clear();
        message.head.relay = ip("10.0.0.1");
        receive(message, "192.168.1.1", "10.0.0.1", 1);
    }
};

TEST(DhcpRelay, SendsABroadcastOnToTheServerAndSaysWhereItCameFrom) {
    // RFC 1542, 4.1.1: giaddr of the receiving interface, hops one more, unicast to port 67.
    Relay relay;
    relay.receive(discover(), "0.0.0.0");
    ASSERT_EQ(relay.sent.size(), 1U);
    const auto& on = relay.last();
    EXPECT_EQ(on.datagram.destination, ip("192.168.1.1"));
    EXPECT_EQ(on.datagram.destinationPort, 67);
    EXPECT_EQ(on.message.head.relay, ip("10.0.0.1"));
    EXPECT_EQ(on.message.head.hops, 1);
    EXPECT_EQ(on.message.hostName, "pc7");
    EXPECT_FALSE(on.message.relayInformation);
}

TEST(DhcpRelay, AsksEveryServerItKnows) {
    Relay relay({{"second_server", "192.168.1.3"}});
    relay.receive(discover(), "0.0.0.0");
    ASSERT_EQ(relay.sent.size(), 2U);
    EXPECT_EQ(relay.sent[1].datagram.destination, ip("192.168.1.3"));
}

TEST(DhcpRelay, AddsWhatItKnowsOfTheClientsWire) {
    // RFC 3046, 2.0 and 2.1: circuit ID and remote ID, before the end option and behind all others.
    Relay relay({{"option82", true}, {"circuit_id", "port 7"}});
    relay.receive(discover(), "0.0.0.0");
    const auto& message = relay.last().message;
    EXPECT_TRUE(message.relayInformation);
    EXPECT_EQ(message.circuitId, (std::vector<std::uint8_t>{'p', 'o', 'r', 't', ' ', '7'}));
    EXPECT_EQ(message.remoteId, (std::vector<std::uint8_t>{2, 0, 0x5e, 0x10, 0, 1}));
    EXPECT_EQ(message.hostName, "pc7");
}

TEST(DhcpRelay, HandsTheAnswerOnAsTheFlagSaysAndTakesItsInformationOut) {
    // RFC 1542, 4.1.2 and 5.4; RFC 3046, 2.1: option 82 is not for the client.
    Relay relay({{"option82", true}});
    relay.receive(discover(), "0.0.0.0");
    DhcpMessage offer = reply(relay.last().message, DhcpType::Offer, "10.0.0.50");
    offer.relayInformation = true;
    offer.circuitId = {'e', '0'};
    relay.answer(offer);
    ASSERT_EQ(relay.sent.size(), 1U);
    EXPECT_EQ(relay.last().datagram.destination, ip("10.0.0.50"));
    EXPECT_EQ(relay.last().datagram.destinationPort, 68);
    EXPECT_EQ(relay.last().datagram.options.toHardware, mac("02:00:5e:10:01:01"));
    EXPECT_EQ(relay.last().datagram.options.via, InterfaceId{0});
    EXPECT_FALSE(relay.last().message.relayInformation);
    EXPECT_EQ(relay.last().message.head.leaseSeconds, 3600U);
    EXPECT_EQ(relay.last().message.head.relay, ip("10.0.0.1"));
    offer.head.flags = 0x8000;
    relay.answer(offer);
    EXPECT_EQ(relay.last().datagram.destination, ip("255.255.255.255"));
}

TEST(DhcpRelay, BroadcastsARefusal) {
    Relay relay;
    DhcpMessage nak = reply(discover(), DhcpType::Nak, "");
    nak.head.flags = 0x8000;
    relay.answer(nak);
    EXPECT_EQ(relay.last().datagram.destination, ip("255.255.255.255"));
}

TEST(DhcpRelay, KeepsOptionsThatItDoesNotKnow) {
    Relay relay({{"option82", true}});
    std::vector<std::uint8_t> bytes = writeDhcp(discover());
    const std::vector<std::uint8_t> strange{224, 3, 1, 2, 3};
    bytes.insert(bytes.begin() + 240, strange.begin(), strange.end());
    IncomingDatagram datagram;
    datagram.payload = bytes;
    relay.host.deliver(datagram);
    const auto& sent = relay.last().datagram.payload;
    EXPECT_NE(std::search(sent.begin(), sent.end(), strange.begin(), strange.end()), sent.end());
}

TEST(DhcpRelay, DropsWhatHasMadeTooManyHops) {
    // RFC 1542, 4.1.1: MUST discard above 16; a smaller limit may be set.
    Relay relay;
    DhcpMessage m = discover();
    m.head.relay = ip("172.16.0.1");
    m.head.hops = 16;
    relay.receive(m, "172.16.0.1");
    ASSERT_EQ(relay.sent.size(), 1U);
    EXPECT_EQ(relay.last().message.head.hops, 17);
    m.head.hops = 17;
    relay.receive(m, "172.16.0.1");
    EXPECT_EQ(relay.sent.size(), 1U);
    Relay strict({{"hops", std::int64_t{4}}});
    m.head.hops = 5;
    strict.receive(m, "172.16.0.1");
    EXPECT_TRUE(strict.sent.empty());
    EXPECT_TRUE(strict.noted("not relayed: 5 relays have had it already"));
}

TEST(DhcpRelay, LeavesTheFirstRelaysAddressAndInformation) {
    // RFC 1542, 4.1.1: giaddr MUST NOT be changed; RFC 3046, 2.1: nor a second option 82 added.
    Relay relay({{"option82", true}});
    DhcpMessage m = discover();
    m.head.relay = ip("172.16.0.1");
    m.head.hops = 1;
    m.relayInformation = true;
    m.circuitId = {'x'};
    relay.receive(m, "172.16.0.1");
    EXPECT_EQ(relay.last().message.head.relay, ip("172.16.0.1"));
    EXPECT_EQ(relay.last().message.circuitId, (std::vector<std::uint8_t>{'x'}));
    EXPECT_TRUE(relay.last().message.remoteId.empty());
}

TEST(DhcpRelay, DoesNotTrustAClientThatPlaysRelay) {
    // RFC 3046, 2.1 and 2.1.1.
    Relay relay({{"option82", true}});
    DhcpMessage m = discover();
    m.relayInformation = true;
    m.circuitId = {'x'};
    relay.receive(m, "0.0.0.0");
    m.head.relay = ip("10.0.0.1");
    relay.receive(m, "0.0.0.0");
    EXPECT_TRUE(relay.sent.empty());
}

TEST(DhcpRelay, LetsServersOnTheClientsOwnNetworkGoFirst) {
    // RFC 1542, 4.1.1: a threshold for secs.
    Relay relay({{"least_seconds", std::int64_t{3}}});
    DhcpMessage m = discover();
    relay.receive(m, "0.0.0.0");
    EXPECT_TRUE(relay.sent.empty());
    m.head.seconds = 4;
    relay.receive(m, "0.0.0.0");
    EXPECT_EQ(relay.sent.size(), 1U);
}

TEST(DhcpRelay, SurvivesCutMessages) {
    Relay relay({{"option82", true}});
    const std::vector<std::uint8_t> whole = writeDhcp(discover());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        IncomingDatagram datagram;
        datagram.payload = Bytes(whole).first(length);
        relay.host.deliver(datagram);
    }
    EXPECT_LE(relay.sent.size(), whole.size() - DhcpHead::size);
}

} // namespace
} // namespace wirestage::simulation
