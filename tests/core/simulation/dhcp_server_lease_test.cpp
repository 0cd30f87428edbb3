// SPDX-License-Identifier: GPL-3.0-or-later
// What a DHCP server says to clients that have an address, or come by way of a relay (RFC 2131, 4.3.2
// to 4.3.5).
#include "dhcp_server_bench.h"

namespace wirestage::simulation {
namespace {

using Server = DhcpTestServer;

TEST(DhcpServer, ExtendsALeaseToTheAddressInCiaddr) {
    // 4.3.2, RENEWING; 4.1: ciaddr set, so by unicast to it.
    Server server;
    server.lease();
    server.runUntil(1800 * second);
    DhcpMessage renewal = question(DhcpType::Request);
    renewal.head.client = ip("192.168.1.50");
    server.say(renewal, "192.168.1.50", "192.168.1.1");
    EXPECT_EQ(server.lastType(), DhcpType::Ack);
    EXPECT_EQ(server.your(), "192.168.1.50");
    EXPECT_EQ(server.last().datagram.destination, ip("192.168.1.50"));
    EXPECT_FALSE(server.last().datagram.options.toHardware);
    server.runUntil(5399 * second);
    EXPECT_FALSE(server.noted("192.168.1.50 free again"));
    server.runUntil(5400 * second);
    EXPECT_TRUE(server.noted("192.168.1.50 free again"));
}

TEST(DhcpServer, RefusesToExtendALeaseThatItDoesNotKnow) {
    Server server;
    server.lease();
    server.give("dhcp.forget");
    DhcpMessage renewal = question(DhcpType::Request);
    renewal.head.client = ip("192.168.1.50");
    server.say(renewal, "192.168.1.50", "192.168.1.1");
    EXPECT_EQ(server.lastType(), DhcpType::Nak);
    EXPECT_EQ(server.last().datagram.destination, ip("255.255.255.255")); // 4.1: a Nak is broadcast
    server.say(renewal, "192.168.1.50"); // a broadcast may be for another server, which knows
    EXPECT_TRUE(server.sent.empty());
}

TEST(DhcpServer, ConfirmsAnAddressAfterAReboot) {
    // 4.3.2, INIT-REBOOT.
    Server server;
    server.lease();
    DhcpMessage reboot = question(DhcpType::Request);
    reboot.head.requested = ip("192.168.1.50");
    server.say(reboot);
    EXPECT_EQ(server.lastType(), DhcpType::Ack);
    reboot.head.requested = ip("192.168.1.51"); // it has another one
    server.say(reboot);
    EXPECT_EQ(server.lastType(), DhcpType::Nak);
}

TEST(DhcpServer, RefusesAnAddressOfAnotherNetworkAndIsSilentOnWhatItDoesNotKnow) {
    // 4.3.2: wrong network: Nak; no record of the client: silent.
    Server server;
    DhcpMessage reboot = question(DhcpType::Request);
    reboot.head.requested = ip("10.0.0.5");
    server.say(reboot);
    EXPECT_EQ(server.lastType(), DhcpType::Nak);
    EXPECT_EQ(server.last().message.message, "wrong network");
    EXPECT_FALSE(server.last().message.head.leaseSeconds); // table 3: MUST NOT
    EXPECT_TRUE(server.last().message.head.your.isUnspecified());
    reboot.head.requested = ip("192.168.1.55");
    server.say(reboot);
    EXPECT_TRUE(server.sent.empty());
    Server modest({{"authoritative", false}});
    reboot.head.requested = ip("10.0.0.5");
    modest.say(reboot);
    EXPECT_TRUE(modest.sent.empty());
}

TEST(DhcpServer, RefusesAnOfferedAddressThatIsGoneMeanwhile) {
    Server server({{"offer_hold", 10.0}, {"scope", "192.168.1.50"}});
    server.discover(1);
    server.runUntil(11 * second);
    EXPECT_EQ(server.lease(2), "192.168.1.50");
    server.request("192.168.1.50", 1);
    EXPECT_EQ(server.lastType(), DhcpType::Nak);
}

TEST(DhcpServer, NeverGivesOutADeclinedAddressAgain) {
    // 4.3.3: "The server MUST mark the network address as not available".
    Server server({{"scope", "192.168.1.50-192.168.1.51"}});
    server.lease();
    DhcpMessage decline = question(DhcpType::Decline);
    decline.head.requested = ip("192.168.1.50");
    decline.head.serverIdentifier = ip("192.168.1.1");
    server.say(decline);
    EXPECT_TRUE(server.sent.empty());
    EXPECT_TRUE(server.noted("192.168.1.50 is not given out any more: it is in use"));
    EXPECT_TRUE(server.noted("free: 1 of 2"));
    EXPECT_EQ(server.lease(1), "192.168.1.51");
    EXPECT_EQ(server.lease(2), "");
}

TEST(DhcpServer, DoesNotLetOneClientDeclineOrReleaseWhatAnotherHas) {
    Server server({{"scope", "192.168.1.50"}});
    server.lease(1);
    server.release("192.168.1.50", 2);
    DhcpMessage decline = question(DhcpType::Decline, 2);
    decline.head.requested = ip("192.168.1.50");
    decline.head.serverIdentifier = ip("192.168.1.1");
    server.say(decline);
    EXPECT_EQ(server.lease(1), "192.168.1.50");
}

TEST(DhcpServer, TellsSettingsWithoutALease) {
    // 4.3.5: to ciaddr; no lease time, yiaddr not filled in.
    Server server({{"dns", "192.168.1.2"}});
    DhcpMessage inform = question(DhcpType::Inform);
    inform.head.client = ip("192.168.1.9");
    server.say(inform, "192.168.1.9");
    EXPECT_EQ(server.lastType(), DhcpType::Ack);
    EXPECT_EQ(server.last().datagram.destination, ip("192.168.1.9"));
    EXPECT_FALSE(server.last().message.head.leaseSeconds);
    EXPECT_TRUE(server.last().message.head.your.isUnspecified());
    EXPECT_EQ(server.last().message.domainNameServers, std::vector<IpAddress>{ip("192.168.1.2")});
    EXPECT_FALSE(server.noted("free: 9 of 10"));
}

TEST(DhcpServer, ChoosesTheScopeByTheRelaysAddress) {
    // 4.3.1: giaddr; 4.1: the answer goes to the relay, to the server's port.
    Server server(
        {{"scopes", rows({settings({{"scope", "10.0.0.50-10.0.0.59"}, {"network", "10.0.0.0/16"}})})},
         {"scope", std::string(dhcpTestScope)}});
    DhcpMessage m = question(DhcpType::Discover);
    m.head.relay = ip("10.0.0.1");
    m.head.hops = 1;
    m.relayInformation = true;
    m.circuitId = {'e', '1'};
    m.remoteId = {7};
    m.relaySuboptions = {5, 4, 10, 0, 0, 0};
    server.say(m, "192.168.1.254", "192.168.1.1");
    EXPECT_EQ(server.your(), "10.0.0.50");
    const auto& offer = server.last();
    EXPECT_EQ(offer.message.subnetMask, ip("255.255.0.0"));
    EXPECT_EQ(offer.datagram.destination, ip("10.0.0.1"));
    EXPECT_EQ(offer.datagram.destinationPort, 67);
    EXPECT_EQ(offer.message.head.relay, ip("10.0.0.1"));
    EXPECT_EQ(offer.message.head.hops, 0); // table 3
    // RFC 3046, 2.2: the server echoes the whole of option 82.
    EXPECT_EQ(offer.message.circuitId, m.circuitId);
    EXPECT_EQ(offer.message.remoteId, m.remoteId);
    EXPECT_EQ(offer.message.relaySuboptions, m.relaySuboptions);
    m.head.relay = ip("172.16.0.1");
    server.say(m, "192.168.1.254", "192.168.1.1");
    EXPECT_TRUE(server.sent.empty());
    EXPECT_TRUE(server.noted("no scope for the client's network"));
}

TEST(DhcpServer, LetsARelayBroadcastItsRefusals) {
    // 4.3.2: "the server MUST set the broadcast bit in the DHCPNAK".
    Server server({{"scopes", rows({settings({{"scope", "10.0.0.50-10.0.0.59"}})})},
                   {"scope", std::string(dhcpTestScope)}});
    DhcpMessage reboot = question(DhcpType::Request);
    reboot.head.relay = ip("10.0.0.1");
    reboot.head.requested = ip("192.168.1.50");
    server.say(reboot, "192.168.1.254", "192.168.1.1");
    EXPECT_EQ(server.lastType(), DhcpType::Nak);
    EXPECT_EQ(server.last().datagram.destination, ip("10.0.0.1"));
    EXPECT_TRUE(server.last().message.head.broadcast());
}

TEST(DhcpServer, RepeatsTheClientIdentifierAndTellsClientsApartByIt) {
    // RFC 6842; RFC 2131, 4.2.
    Server server;
    DhcpMessage m = question(DhcpType::Discover);
    m.clientIdentifier = {0, 'a'};
    server.say(m);
    EXPECT_EQ(server.last().message.clientIdentifier, m.clientIdentifier);
    EXPECT_EQ(server.your(), "192.168.1.50");
    m.clientIdentifier = {0, 'b'}; // the same hardware
    server.say(m);
    EXPECT_EQ(server.your(), "192.168.1.51");
}

TEST(DhcpServer, MayPingAnAddressBeforeItOffersIt) {
    // 3.1, step 2: "the server SHOULD check ... e.g., with an ICMP Echo Request".
    Server server({{"check", "ping"}});
    server.discover();
    EXPECT_TRUE(server.sent.empty());
    ASSERT_EQ(server.host.echoes.size(), 1U);
    EXPECT_EQ(server.host.echoes[0].to, ip("192.168.1.50"));
    IncomingIcmp reply;
    reply.from = ip("192.168.1.50");
    reply.identifier = server.host.echoes[0].identifier;
    server.host.deliver(reply);
    EXPECT_TRUE(server.noted("192.168.1.50 is in use: not offered"));
    ASSERT_EQ(server.host.echoes.size(), 2U);
    server.runFor(500 * millisecond);
    EXPECT_EQ(server.your(), "192.168.1.51");
}

TEST(DhcpServer, MayAskByArpBeforeItOffers) {
    Server server({{"check", "arp"}});
    server.discover(1);
    server.discover(2); // another client meanwhile: another address
    ASSERT_EQ(server.host.probes.size(), 2U);
    server.host.tellProbed(ip("192.168.1.50"), std::nullopt);
    EXPECT_EQ(server.your(), "192.168.1.50");
    server.host.tellProbed(ip("192.168.1.51"), mac("02:00:5e:10:00:77"));
    EXPECT_EQ(server.host.probes.back().address, ip("192.168.1.52"));
}

TEST(DhcpServer, MayTakeItsTime) {
    Server server({{"delay", 0.25}});
    server.discover();
    EXPECT_TRUE(server.sent.empty());
    server.runFor(250 * millisecond);
    EXPECT_EQ(server.lastType(), DhcpType::Offer);
    EXPECT_EQ(server.last().time, 250 * millisecond);
}

} // namespace
} // namespace wirestage::simulation
