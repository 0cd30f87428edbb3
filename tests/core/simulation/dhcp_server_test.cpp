// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses a DHCP server gives to whom, and from which settings (RFC 2131, 4.1 and 4.3.1).
#include "dhcp_server_bench.h"

namespace wirestage::simulation {
namespace {

using Server = DhcpTestServer;

TEST(DhcpServer, OffersTheNextFreeAddressAndSetsItAside) {
    // 4.3.1.
    Server server({{"router", "192.168.1.254"}, {"dns", "192.168.1.2"}, {"domain", "school.example"}});
    server.discover();
    const DhcpMessage& offer = server.last().message;
    EXPECT_EQ(offer.head.type, DhcpType::Offer);
    EXPECT_EQ(offer.head.operation, 2);
    EXPECT_EQ(offer.head.transaction, 0x1001U);
    EXPECT_EQ(server.your(), "192.168.1.50");
    EXPECT_EQ(offer.head.leaseSeconds, 3600U);
    EXPECT_EQ(offer.head.serverIdentifier, ip("192.168.1.1"));
    EXPECT_EQ(offer.subnetMask, ip("255.255.255.0"));
    EXPECT_EQ(offer.routers, std::vector<IpAddress>{ip("192.168.1.254")});
    EXPECT_EQ(offer.domainNameServers, std::vector<IpAddress>{ip("192.168.1.2")});
    EXPECT_EQ(offer.domainName, "school.example");
    EXPECT_TRUE(server.noted("192.168.1.50 set aside"));
    server.discover(2); // not the same to somebody else
    EXPECT_EQ(server.your(), "192.168.1.51");
    server.discover(1); // but to the same client once more
    EXPECT_EQ(server.your(), "192.168.1.50");
}

TEST(DhcpServer, AcknowledgesWhatItOffered) {
    // 4.3.2: DHCPREQUEST generated during SELECTING state.
    Server server({{"lease", 600.0}});
    EXPECT_EQ(server.lease(), "192.168.1.50");
    EXPECT_EQ(server.last().message.head.leaseSeconds, 600U);
    EXPECT_TRUE(server.noted("192.168.1.50 leased for 10 min"));
    EXPECT_TRUE(server.noted("free: 9 of 10"));
}

TEST(DhcpServer, AnswersByUnicastToTheHardwareUnlessAskedToBroadcast) {
    // 4.1: giaddr and ciaddr zero; the broadcast bit.
    Server server;
    server.discover();
    EXPECT_EQ(server.last().datagram.destination, ip("192.168.1.50"));
    EXPECT_EQ(server.last().datagram.options.toHardware, mac("02:00:5e:10:01:01"));
    EXPECT_EQ(server.last().datagram.sourcePort, 67);
    EXPECT_EQ(server.last().datagram.destinationPort, 68);
    DhcpMessage m = question(DhcpType::Discover);
    m.head.flags = 0x8000;
    server.say(m);
    EXPECT_EQ(server.last().datagram.destination, ip("255.255.255.255"));
    EXPECT_FALSE(server.last().datagram.options.toHardware);
    EXPECT_TRUE(server.last().message.head.broadcast()); // table 3: flags from the client
}

TEST(DhcpServer, GivesAClientTheAddressItHasOrHadOrWantsInThatOrder) {
    // 4.3.1: current binding, previous binding, requested address, new one.
    Server server;
    EXPECT_EQ(server.lease(1, "192.168.1.57"), "192.168.1.57");
    EXPECT_EQ(server.lease(1, "192.168.1.58"), "192.168.1.57"); // has
    server.release("192.168.1.57");
    EXPECT_EQ(server.lease(2), "192.168.1.50");                 // a fresh one, not one that was somebody's
    EXPECT_EQ(server.lease(1, "192.168.1.58"), "192.168.1.57"); // had
    EXPECT_EQ(server.lease(3, "192.168.1.57"), "192.168.1.51"); // wants, but cannot have
    EXPECT_EQ(server.lease(4, "10.0.0.7"), "192.168.1.52");     // nor that
}

TEST(DhcpServer, IsSilentWhenNothingIsLeft) {
    Server server({{"scope", "192.168.1.50-192.168.1.51"}});
    EXPECT_EQ(server.lease(1), "192.168.1.50");
    EXPECT_EQ(server.lease(2), "192.168.1.51");
    EXPECT_TRUE(server.noted("free: 0 of 2"));
    server.discover(3);
    EXPECT_TRUE(server.sent.empty());
    EXPECT_TRUE(server.noted("no address is free: no offer"));
    server.release("192.168.1.50", 1);
    EXPECT_TRUE(server.noted("192.168.1.50 given back"));
    EXPECT_EQ(server.lease(3), "192.168.1.50");
}

TEST(DhcpServer, TakesBackALeaseThatIsOver) {
    Server server({{"scope", "192.168.1.50"}, {"lease", 100.0}});
    EXPECT_EQ(server.lease(1), "192.168.1.50");
    server.runUntil(99 * second);
    EXPECT_EQ(server.lease(2), "");
    server.runUntil(100 * second);
    EXPECT_TRUE(server.noted("192.168.1.50 free again"));
    EXPECT_EQ(server.lease(2), "192.168.1.50");
}

TEST(DhcpServer, TakesBackAnOfferThatNobodyTakesUp) {
    Server server({{"scope", "192.168.1.50"}, {"offer_hold", 30.0}});
    server.discover(1);
    server.runUntil(29 * second);
    server.discover(2);
    EXPECT_TRUE(server.sent.empty());
    server.runUntil(30 * second);
    server.discover(2);
    EXPECT_EQ(server.your(), "192.168.1.50");
}

TEST(DhcpServer, WithdrawsItsOfferWhenTheClientTakesAnothers) {
    // 3.1, step 4: those not selected use the Request as notification that the client has declined.
    Server server;
    server.discover();
    server.request("192.168.1.157", 1, "192.168.1.3");
    EXPECT_TRUE(server.sent.empty());
    EXPECT_TRUE(server.noted("192.168.1.50 free again: the client takes 192.168.1.3's offer"));
    server.discover(2);
    EXPECT_EQ(server.your(), "192.168.1.50");
}

TEST(DhcpServer, LeavesExclusionsOut) {
    Server server({{"exclude", words({"192.168.1.50-192.168.1.57", "192.168.1.59", "10.0.0.1-10.0.0.9"})}});
    EXPECT_EQ(server.lease(1), "192.168.1.58");
    EXPECT_TRUE(server.noted("free: 0 of 1"));
    EXPECT_EQ(server.lease(2), "");
}

TEST(DhcpServer, ChangesNothingForAnExclusionOutsideTheScope) {
    Server server({{"exclude", words({"192.168.1.1-192.168.1.49"})}});
    EXPECT_EQ(server.lease(1), "192.168.1.50");
    EXPECT_TRUE(server.noted("free: 9 of 10"));
}

TEST(DhcpServer, KeepsAReservedAddressForItsHardware) {
    Server server(
        {{"reservations", rows({settings({{"mac", "02:00:5e:10:01:07"}, {"address", "192.168.1.50"}}),
                                settings({{"mac", "02:00:5e:10:01:08"}, {"address", "192.168.1.9"}})})}});
    EXPECT_EQ(server.lease(1), "192.168.1.51");                 // .50 is kept
    EXPECT_EQ(server.lease(7, "192.168.1.55"), "192.168.1.50"); // whatever it wants
    EXPECT_EQ(server.lease(8), "192.168.1.9");                  // outside the scope, in its network
    EXPECT_TRUE(server.noted("free: 8 of 9"));                  // of those for whoever asks
    EXPECT_EQ(server.lease(2, "192.168.1.50"), "192.168.1.52");
}

TEST(DhcpServer, TellsT1AndT2WhereTheyAreSetOrAskedFor) {
    // 4.4.5; RFC 2132, 9.11 and 9.12.
    Server set({{"t1", 100.0}, {"t2", 200.0}});
    set.discover();
    EXPECT_EQ(set.last().message.renewalSeconds, 100U);
    EXPECT_EQ(set.last().message.rebindingSeconds, 200U);
    Server usual;
    usual.discover();
    EXPECT_FALSE(usual.last().message.renewalSeconds);
    DhcpMessage asking = question(DhcpType::Discover);
    asking.parameters = {58, 59};
    usual.say(asking);
    EXPECT_EQ(usual.last().message.renewalSeconds, 1800U);
    EXPECT_EQ(usual.last().message.rebindingSeconds, 3150U);
    EXPECT_FALSE(usual.last().message.subnetMask); // not asked for
}

TEST(DhcpServer, GivesAShorterLeaseToWhoWantsOne) {
    // 4.3.1: the lease that the client asks for, if that is acceptable.
    Server server;
    DhcpMessage m = question(DhcpType::Discover);
    m.head.leaseSeconds = 60;
    server.say(m);
    EXPECT_EQ(server.last().message.head.leaseSeconds, 60U);
    m.head.leaseSeconds = 100'000;
    server.say(m);
    EXPECT_EQ(server.last().message.head.leaseSeconds, 3600U);
}

TEST(DhcpServer, ListsItsLeases) {
    Server server;
    server.lease();
    server.give("dhcp.leases");
    EXPECT_TRUE(server.noted("192.168.1.50: 02:00:5e:10:01:01, leased"));
}

std::string impossible(std::initializer_list<std::pair<const char*, SettingValue>> values) {
    const auto made = applicationNamed("dhcp-server")->make(settings(values));
    const auto* why = std::get_if<Text>(&made);
    return why ? english(*why) : "";
}

TEST(DhcpServer, RefusesImpossibleSettingsWithTheReason) {
    const SettingValue range = std::string(dhcpTestScope);
    EXPECT_EQ(impossible({}), "a DHCP server needs a scope");
    EXPECT_EQ(impossible({{"scope", range}, {"exclude", words({"192.168.1.1-192.168.1.99"})}}),
              "the scope 192.168.1.50-192.168.1.59 is empty: every address of it is excluded");
    EXPECT_EQ(impossible({{"scope", range}, {"network", "192.168.2.0/24"}}),
              "the scope 192.168.1.50-192.168.1.59 lies outside the network 192.168.2.0/24");
    EXPECT_EQ(impossible({{"scope", range}, {"lease", 60.0}, {"t2", 60.0}}),
              "T2 (60 s) must be shorter than the lease (60 s)");
    EXPECT_EQ(impossible({{"scope", range}, {"t1", 3200.0}}), "T1 (3200 s) must be shorter than T2 (3150 s)");
    EXPECT_EQ(impossible({{"scope", range}, {"exclude", words({"192.168.1"})}}),
              "“192.168.1” is not a range as in 192.168.1.50-192.168.1.59");
    EXPECT_EQ(impossible({{"scope", "10.0.0.0-10.9.0.0"}}),
              "the scope 10.0.0.0-10.9.0.0 has more than 65536 addresses");
    EXPECT_EQ(impossible({{"scope", range},
                          {"reservations",
                           rows({settings({{"mac", "02:00:5e:10:01:07"}, {"address", "10.0.0.9"}})})}}),
              "the reserved address 10.0.0.9 lies outside the scope's network");
    EXPECT_EQ(impossible({{"scope", range}, {"scopes", rows({settings({{"scope", "192.168.1.7"}})})}}),
              "two scopes for one network: one of them would never be used");
}

TEST(DhcpServer, GivesNobodyTheNetworksOwnAddressOrItsBroadcast) {
    Server server({{"scope", "192.168.1.254-192.168.1.255"}});
    EXPECT_EQ(server.lease(1), "192.168.1.254");
    EXPECT_EQ(server.lease(2), "");
}

TEST(DhcpServer, SurvivesWhatIsNoQuestion) {
    Server server;
    DhcpMessage m = reply(question(DhcpType::Discover), DhcpType::Offer, "192.168.1.50");
    server.say(m);
    m = question(DhcpType::Request); // names neither address nor server
    server.say(m);
    const std::vector<std::uint8_t> whole = writeDhcp(question(DhcpType::Discover));
    for (std::size_t length = 0; length < 240; ++length) {
        IncomingDatagram datagram;
        datagram.payload = Bytes(whole).first(length);
        server.host.deliver(datagram);
    }
    EXPECT_TRUE(server.sent.empty());
}

} // namespace
} // namespace wirestage::simulation
