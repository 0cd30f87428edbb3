// SPDX-License-Identifier: GPL-3.0-or-later
// How a DHCP client comes by an address: what RFC 2131 wants of it, section by section.
#include "dhcp_client_bench.h"

namespace wirestage::simulation {
namespace {

using Client = DhcpTestClient;
using Names = std::vector<std::string>;

TEST(DhcpClient, BroadcastsADiscoverFromNoAddressAtAll) {
    // 4.4.1; 4.1: source address 0.0.0.0, destination 255.255.255.255, ports 68 and 67.
    Client client;
    ASSERT_EQ(client.sent.size(), 1U);
    const auto& [time, datagram, message] = client.sent[0];
    EXPECT_EQ(time, 0);
    EXPECT_EQ(datagram.options.source, ip("0.0.0.0"));
    EXPECT_EQ(datagram.destination, ip("255.255.255.255"));
    EXPECT_EQ(datagram.sourcePort, 68);
    EXPECT_EQ(datagram.destinationPort, 67);
    EXPECT_EQ(message.head.type, DhcpType::Discover);
    EXPECT_EQ(message.head.operation, 1);
    EXPECT_TRUE(message.head.client.isUnspecified());
    EXPECT_EQ(message.head.hardware, mac(clientHardware));
    EXPECT_EQ(message.head.serverIdentifier.version, 0); // table 5: MUST NOT
    EXPECT_EQ(message.hostName, "pc");
    EXPECT_EQ(message.parameters, (std::vector<std::uint8_t>{1, 3, 6, 15}));
    EXPECT_EQ(client.host.stateNames(), (Names{"INIT", "SELECTING"}));
}

TEST(DhcpClient, WaitsFourSecondsAndDoublesUpToSixtyFour) {
    // 4.1: 4, 8, 16, 32 s, to at most 64 s, each within one second.
    Client client(settings({{"tries", std::int64_t{7}}}));
    client.runUntil(400 * second);
    ASSERT_EQ(client.sent.size(), 7U);
    const Time waits[] = {4, 8, 16, 32, 64, 64};
    bool random = false;
    for (std::size_t i = 0; i < 6; ++i) {
        const Time wait = client.sent[i + 1].time - client.sent[i].time;
        expectAbout(wait, waits[i] * second, second);
        random = random || wait != waits[i] * second;
    }
    EXPECT_TRUE(random);
}

TEST(DhcpClient, CountsTheSecondsSinceItBegan) {
    // 2: "seconds elapsed since client began address acquisition or renewal process".
    Client client;
    client.runUntil(20 * second);
    ASSERT_EQ(client.sent.size(), 3U);
    for (const auto& sent : client.sent) {
        EXPECT_EQ(sent.message.head.seconds, sent.time / second);
        EXPECT_EQ(sent.message.head.transaction, client.sent[0].message.head.transaction);
    }
}

TEST(DhcpClient, GivesUpWhereNobodyAnswers) {
    Client client(settings({{"tries", std::int64_t{2}}}));
    client.runUntil(60 * second);
    EXPECT_EQ(client.sent.size(), 2U);
    EXPECT_EQ(client.host.outcomeOf(client.startId), false);
    EXPECT_TRUE(client.noted("no DHCP server answers"));
    EXPECT_EQ(client.state(), "INIT");
    EXPECT_FALSE(client.application->deadline());
    client.give("dhcp.start"); // once more
    EXPECT_EQ(client.sent.size(), 3U);
}

TEST(DhcpClient, MayWaitBeforeItsFirstMessage) {
    // 4.4.1: a random time of one to ten seconds.
    Client client(settings({{"start_delay", 10.0}}));
    EXPECT_TRUE(client.sent.empty());
    client.runUntil(10 * second);
    ASSERT_GE(client.sent.size(), 1U);
    EXPECT_GE(client.sent[0].time, second);
}

TEST(DhcpClient, BroadcastsItsRequestEvenWhenItKnowsTheServer) {
    // 3.1, step 3; 4.3.2: server identifier and requested address, ciaddr zero; xid of the offer, secs of
    // Discover.
    Client client;
    client.runUntil(5 * second); // the second Discover, secs 3 to 5
    const auto discover = client.last().message.head;
    client.offer();
    EXPECT_EQ(client.lastType(), DhcpType::Discover); // others may offer, too
    client.runFor(50 * millisecond);
    const auto& request = client.last();
    EXPECT_EQ(request.message.head.type, DhcpType::Request);
    EXPECT_EQ(request.datagram.destination, ip("255.255.255.255"));
    EXPECT_EQ(request.datagram.options.source, ip("0.0.0.0"));
    EXPECT_EQ(request.message.head.requested, ip("192.168.1.57"));
    EXPECT_EQ(request.message.head.serverIdentifier, ip("192.168.1.1"));
    EXPECT_TRUE(request.message.head.client.isUnspecified());
    EXPECT_EQ(request.message.head.transaction, discover.transaction);
    EXPECT_EQ(request.message.head.seconds, discover.seconds);
    EXPECT_EQ(client.state(), "REQUESTING");
}

TEST(DhcpClient, TakesTheFirstOfSeveralOffers) {
    Client client;
    client.offer("192.168.1.57", "192.168.1.1");
    client.runFor(10 * millisecond);
    client.receive(reply(client.sent[0].message, DhcpType::Offer, "192.168.1.157", "192.168.1.3"),
                   "192.168.1.3");
    client.runFor(50 * millisecond);
    EXPECT_EQ(client.last().message.head.serverIdentifier, ip("192.168.1.1"));
    EXPECT_TRUE(client.noted("2 offers: pc takes the one of 192.168.1.1"));
}

TEST(DhcpClient, PrefersTheServerItIsToldTo) {
    Client client(settings({{"prefers", "192.168.1.3"}}));
    client.offer("192.168.1.57", "192.168.1.1");
    client.receive(reply(client.sent[0].message, DhcpType::Offer, "192.168.1.157", "192.168.1.3"),
                   "192.168.1.3");
    client.runFor(50 * millisecond);
    EXPECT_EQ(client.last().message.head.serverIdentifier, ip("192.168.1.3"));
    EXPECT_EQ(client.last().message.head.requested, ip("192.168.1.157"));
}

TEST(DhcpClient, IgnoresAnswersThatAreNotForIt) {
    // 4.4.1: an xid that does not match is silently discarded; so is another chaddr.
    Client client;
    DhcpMessage strange = reply(client.last().message, DhcpType::Offer, "192.168.1.57");
    ++strange.head.transaction;
    client.receive(strange, "192.168.1.1");
    strange = reply(client.last().message, DhcpType::Offer, "192.168.1.57");
    strange.head.hardware = mac("02:00:5e:10:00:99");
    client.receive(strange, "192.168.1.1");
    client.runFor(second);
    EXPECT_EQ(client.sent.size(), 1U);
}

TEST(DhcpClient, TriesTheAddressByArpBeforeItUsesIt) {
    // 3.1, step 5; 4.4.1.
    Client client;
    client.offer();
    client.runFor(50 * millisecond);
    client.ack();
    ASSERT_EQ(client.host.probes.size(), 1U);
    EXPECT_EQ(client.host.probes[0].address, ip("192.168.1.57"));
    EXPECT_EQ(client.host.address(0).version, 0); // not yet
    EXPECT_EQ(client.state(), "REQUESTING");
    client.host.tellProbed(ip("192.168.1.57"), std::nullopt);
    EXPECT_EQ(client.host.address(0), ip("192.168.1.57"));
    EXPECT_EQ(client.host.prefixLength(0), 24U);
    EXPECT_EQ(client.host.gateway, ip("192.168.1.254"));
    EXPECT_EQ(client.host.nameServersKnown, std::vector<IpAddress>{ip("192.168.1.2")});
    EXPECT_EQ(client.host.announcements, 1U);
    EXPECT_EQ(client.state(), "BOUND");
    EXPECT_EQ(client.host.outcomeOf(client.startId), true);
}

TEST(DhcpClient, MayTrustTheServerInstead) {
    Client client(settings({{"probe", false}}));
    client.offer();
    client.runFor(50 * millisecond);
    client.ack();
    EXPECT_TRUE(client.host.probes.empty());
    EXPECT_EQ(client.state(), "BOUND");
}

TEST(DhcpClient, DeclinesAnAddressThatAnotherHostHas) {
    // 3.1, step 5; 4.4.4: broadcast; table 5: address in option 50, server identifier, no ciaddr, no
    // parameters.
    Client client;
    client.offer();
    client.runFor(50 * millisecond);
    client.ack();
    client.host.tellProbed(ip("192.168.1.57"), mac("02:00:5e:10:00:77"));
    const auto decline = client.last();
    EXPECT_EQ(decline.message.head.type, DhcpType::Decline);
    EXPECT_EQ(decline.datagram.destination, ip("255.255.255.255"));
    EXPECT_EQ(decline.message.head.requested, ip("192.168.1.57"));
    EXPECT_EQ(decline.message.head.serverIdentifier, ip("192.168.1.1"));
    EXPECT_TRUE(decline.message.head.client.isUnspecified());
    EXPECT_TRUE(decline.message.parameters.empty() && decline.message.hostName.empty());
    EXPECT_EQ(client.host.address(0).version, 0);
    EXPECT_EQ(client.state(), "INIT");
    // "The client SHOULD wait a minimum of ten seconds before restarting".
    client.runFor(10 * second - 1);
    EXPECT_EQ(client.lastType(), DhcpType::Decline);
    client.runFor(1);
    EXPECT_EQ(client.lastType(), DhcpType::Discover);
    EXPECT_EQ(client.last().message.head.seconds, 0);
}

TEST(DhcpClient, RepeatsItsRequestAndThenBeginsAnew) {
    // 3.1, step 5: four times, 60 seconds in all, then from INIT.
    Client client;
    client.offer();
    client.runUntil(62 * second + 100 * millisecond);
    Time requests = 0;
    for (const auto& sent : client.sent)
        requests += sent.message.head.type == DhcpType::Request;
    EXPECT_EQ(requests, 4);
    client.runFor(3 * second);
    EXPECT_EQ(client.lastType(), DhcpType::Discover);
    expectAbout(client.sent[5].time - client.sent[1].time, 60 * second, 4 * second);
}

TEST(DhcpClient, GoesBackToInitAtARefusal) {
    // 3.1, step 5: "If the client receives a DHCPNAK message, the client restarts the configuration process."
    Client client;
    client.offer();
    client.runFor(50 * millisecond);
    const auto before = client.last().message.head.transaction;
    client.receive(reply(client.last().message, DhcpType::Nak, ""), "192.168.1.1");
    EXPECT_EQ(client.lastType(), DhcpType::Discover);
    EXPECT_NE(client.last().message.head.transaction, before);
    EXPECT_EQ(client.host.stateNames(), (Names{"INIT", "SELECTING", "REQUESTING", "INIT", "SELECTING"}));
}

TEST(DhcpClient, DoesNotTakeAnotherServersRefusalForItsOwn) {
    Client client;
    client.offer();
    client.runFor(50 * millisecond);
    client.receive(reply(client.last().message, DhcpType::Nak, "", "192.168.1.3"), "192.168.1.3");
    EXPECT_EQ(client.state(), "REQUESTING");
}

TEST(DhcpClient, AsksEverMoreSlowlyWhereRefusalFollowsRefusal) {
    Client client;
    for (int i = 0; i < 2; ++i) {
        client.offer();
        client.runFor(50 * millisecond);
        client.receive(reply(client.last().message, DhcpType::Nak, ""), "192.168.1.1");
    }
    EXPECT_EQ(client.lastType(), DhcpType::Request);
    client.runFor(4 * second);
    EXPECT_EQ(client.lastType(), DhcpType::Discover);
}

TEST(DhcpClient, AsksForTheAddressItHadBefore) {
    // 3.2 and 4.3.2: INIT-REBOOT; requested address, but no server identifier and no ciaddr.
    Client client(settings({{"remembered_address", "192.168.1.57"}}));
    const auto& request = client.last();
    EXPECT_EQ(request.message.head.type, DhcpType::Request);
    EXPECT_EQ(request.datagram.destination, ip("255.255.255.255"));
    EXPECT_EQ(request.message.head.requested, ip("192.168.1.57"));
    EXPECT_EQ(request.message.head.serverIdentifier.version, 0);
    EXPECT_TRUE(request.message.head.client.isUnspecified());
    client.ack();
    client.host.tellProbed(ip("192.168.1.57"), std::nullopt);
    EXPECT_EQ(client.host.stateNames(), (Names{"INIT-REBOOT", "REBOOTING", "BOUND"}));
}

TEST(DhcpClient, RemembersItsLeaseOverAStop) {
    Client client;
    client.bind();
    client.give("dhcp.stop", settings({{"remember", true}}));
    client.give("dhcp.start");
    EXPECT_EQ(client.state(), "REBOOTING");
    EXPECT_EQ(client.last().message.head.requested, ip("192.168.1.57"));
}

TEST(DhcpClient, DiscoversWhereTheAddressItHadIsRefusedOrNobodyKnows) {
    Client refused(settings({{"remembered_address", "10.0.0.5"}}));
    refused.receive(reply(refused.last().message, DhcpType::Nak, ""), "192.168.1.1");
    EXPECT_EQ(refused.host.stateNames(), (Names{"INIT-REBOOT", "REBOOTING", "INIT", "SELECTING"}));
    EXPECT_EQ(refused.last().message.head.requested.version, 0);

    Client silent(settings({{"remembered_address", "192.168.1.57"}}));
    silent.runUntil(65 * second);
    EXPECT_EQ(silent.sent.size(), 5U); // four Requests in 60 s (3.2, step 3), then a Discover
    EXPECT_EQ(silent.lastType(), DhcpType::Discover);
}

TEST(DhcpClient, AsksForBroadcastAnswersWhereItMust) {
    // 4.1: the B bit, the leftmost of flags; a client with an address can take a unicast.
    Client client(settings({{"broadcast", true}}));
    EXPECT_TRUE(client.last().message.head.broadcast());
    client.bind(100);
    EXPECT_TRUE(client.sent[1].message.head.broadcast());
    client.runUntil(51 * second);
    EXPECT_FALSE(client.last().message.head.broadcast());
    EXPECT_FALSE(Client().last().message.head.broadcast());
}

TEST(DhcpClient, NamesItselfByItsHardwareOrAsItIsTold) {
    // RFC 2132, 9.14; RFC 2131, 4.2: the same in all its messages.
    Client client;
    EXPECT_EQ(client.last().message.clientIdentifier, (std::vector<std::uint8_t>{1, 2, 0, 0x5e, 0x10, 0, 1}));
    Client named(settings({{"client_id", "pc-7"}}));
    named.bind();
    named.give("dhcp.release");
    for (const auto& sent : named.sent)
        EXPECT_EQ(sent.message.clientIdentifier, (std::vector<std::uint8_t>{0, 'p', 'c', '-', '7'}));
    Client plain(settings({{"client_id", ""}}));
    EXPECT_TRUE(plain.last().message.clientIdentifier.empty());
}

TEST(DhcpClient, AsksForSettingsOnlyWhenItsAddressIsItsOwn) {
    // 3.4 and 4.4.3: ciaddr; no lease, no requested address, no server identifier.
    DhcpBench client("dhcp-client");
    client.start();
    client.give("dhcp.static", settings({{"address", "192.168.1.9"}, {"gateway", "192.168.1.254"}}));
    EXPECT_EQ(client.host.address(0), ip("192.168.1.9"));
    const CommandId inform = client.give("dhcp.inform");
    const auto& sent = client.last();
    EXPECT_EQ(sent.message.head.type, DhcpType::Inform);
    EXPECT_EQ(sent.datagram.destination, ip("255.255.255.255"));
    EXPECT_EQ(sent.message.head.client, ip("192.168.1.9"));
    EXPECT_EQ(sent.message.head.requested.version, 0);
    EXPECT_EQ(sent.message.head.serverIdentifier.version, 0);
    DhcpMessage answer = reply(sent.message, DhcpType::Ack, "0.0.0.0");
    answer.head.leaseSeconds.reset();
    client.receive(answer, "192.168.1.1", "192.168.1.9");
    EXPECT_EQ(client.host.outcomeOf(inform), true);
    EXPECT_EQ(client.host.nameServersKnown, std::vector<IpAddress>{ip("192.168.1.2")});
    EXPECT_EQ(client.host.address(0), ip("192.168.1.9"));
}

TEST(DhcpClient, AsksForSettingsFourTimesAtMost) {
    // 4.4.3: 60 seconds or 4 tries.
    DhcpBench client("dhcp-client");
    client.start();
    client.give("dhcp.static", settings({{"address", "192.168.1.9"}}));
    const CommandId inform = client.give("dhcp.inform");
    client.runUntil(100 * second);
    EXPECT_EQ(client.sent.size(), 4U);
    EXPECT_EQ(client.host.outcomeOf(inform), false);
}

TEST(DhcpClient, TakesALinkLocalAddressWhereNobodyAnswers) {
    // RFC 3927, 2.1: 169.254.1.0 to 169.254.254.255, tried by ARP; 2.6.2: no gateway.
    Client client(settings({{"link_local", true}, {"tries", std::int64_t{2}}}));
    client.runUntil(30 * second);
    ASSERT_EQ(client.host.probes.size(), 1U);
    const IpAddress first = client.host.probes[0].address;
    EXPECT_EQ(client.host.probes[0].probes, 3U); // RFC 3927, 9: PROBE_NUM
    client.host.tellProbed(first, mac("02:00:5e:10:00:77"));
    ASSERT_EQ(client.host.probes.size(), 2U); // another one (2.2.1)
    const IpAddress other = client.host.probes[1].address;
    EXPECT_NE(first, other);
    client.host.tellProbed(other, std::nullopt);
    EXPECT_EQ(client.host.address(0), other);
    EXPECT_EQ(client.host.prefixLength(0), 16U);
    EXPECT_GE(other.v4Number(), ip("169.254.1.0").v4Number());
    EXPECT_LE(other.v4Number(), ip("169.254.254.255").v4Number());
    EXPECT_EQ(client.host.gateway.version, 0);
}

TEST(DhcpClient, DeclinesAnAddressWithWhichSomebodyTurnsUpLater) {
    // RFC 5227, 2.4.
    Client client;
    client.bind();
    client.host.tellConflict();
    EXPECT_EQ(client.lastType(), DhcpType::Decline);
    EXPECT_EQ(client.host.address(0).version, 0);
}

TEST(DhcpClient, DoesNotBelieveAnAckThatSaysTooLittle) {
    // Table 3: an Ack to a Request MUST have a lease time; and no host has address 0 or 224.0.0.1.
    Client client(settings({{"probe", false}}));
    client.offer("224.0.0.1");
    client.runFor(50 * millisecond);
    EXPECT_EQ(client.lastType(), DhcpType::Discover);
    client.offer();
    client.runFor(50 * millisecond);
    DhcpMessage ack = reply(client.last().message, DhcpType::Ack, "192.168.1.57");
    ack.head.leaseSeconds.reset();
    client.receive(ack, "192.168.1.1");
    EXPECT_EQ(client.state(), "REQUESTING");
}

TEST(DhcpClient, RefusesParametersThatDoNotExist) {
    const ApplicationType* type = applicationNamed("dhcp-client");
    const auto made = type->make(settings({{"parameters", words({"router", "routr"})}}));
    ASSERT_TRUE(std::holds_alternative<Text>(made));
    EXPECT_EQ(english(std::get<Text>(made)),
              "“routr” is neither a DHCP parameter nor the number of an option");
}

} // namespace
} // namespace wirestage::simulation
