// SPDX-License-Identifier: GPL-3.0-or-later
// DNS among liars: whatever comes back, every lookup ends, nothing crashes and the work is bounded (RFC 1034,
// 5.3.3; RFC 5452).
#include "dns_world.h"

#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

TEST(DnsHostile, EveryLookupEndsWhateverTheServersBytesAre) {
    std::uint64_t state = 1;
    const auto random = [&](std::uint64_t below) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state >> 33) % below;
    };
    for (int run = 0; run < 150; ++run) {
        DnsWorld world;
        world.network.onDatagram = [&](const NetworkHost& from, OutgoingDatagram& datagram) {
            if (from.hostName() == "client" || random(3) != 0 || datagram.payload.empty())
                return true;
            for (std::uint64_t i = 0; i <= random(4); ++i) // behind id and flags, so that it is looked at
                datagram.payload[4 + random(datagram.payload.size() - 4)] =
                    static_cast<std::uint8_t>(random(256));
            if (random(8) == 0)
                datagram.payload.resize(random(datagram.payload.size()));
            return true;
        };
        const std::pair<const char*, const char*> questions[] = {{"www.example.org", "A"},
                                                                 {"shop.example.org", "A"},
                                                                 {"example.org", "MX"},
                                                                 {"nosuch.example.org", "A"}};
        std::vector<CommandId> commands;
        for (const auto& [name, type] : questions)
            commands.push_back(
                world.give("dns.lookup", lookupOf(name, type), static_cast<Time>(random(second))));
        world.network.run();
        for (const CommandId command : commands)
            EXPECT_TRUE(world.client.outcomeOf(command).has_value()) << "run " << run;
        EXPECT_LT(world.network.log.size(), 2000U);
        EXPECT_EQ(world.resolver.boundPorts.size(), 1U) << "all but port 53 are given back, run " << run;
        EXPECT_TRUE(world.client.boundPorts.empty());
    }
}

TEST(DnsHostile, AReferralThatNeverComesNearerIsNotFollowed) {
    // Every server refers to the zone it was asked as, upwards and sideways: all are lame (RFC 1912, 2.8).
    for (const char* cut : {"org", ".", "net", "www.example.org.evil"}) {
        DnsWorld world;
        world.network.onDatagram = [&](const NetworkHost& from, OutgoingDatagram& datagram) {
            DnsMessage message = readDns(datagram.payload);
            if (from.hostName() == "org" && message.head.response()) {
                message.records.clear();
                DnsRecord server;
                server.section = DnsSection::Authority;
                server.name = cut;
                server.type = 2;
                server.recordClass = 1;
                server.timeToLive = 86400;
                server.data = "ns.org-registry.org";
                message.records.push_back(server);
                datagram.payload = writeDns(message);
            }
            return true;
        };
        const CommandId id = world.give("dns.lookup", lookupOf("www.example.org"));
        EXPECT_EQ(world.answer(), "resolver: www.example.org A: rd ra code 2") << cut;
        EXPECT_EQ(world.client.outcomeOf(id), false);
        EXPECT_LT(world.network.log.size(), 20U);
    }
}

TEST(DnsHostile, ServersWhoseAddressesNeedEachOtherAreGivenUp) {
    // a.org is served from b.net, b.net from a.org, and there is no glue: nobody can get in.
    Lines org = orgRecords, net = netRecords;
    org.push_back("a NS ns.b.net.");
    net.push_back("b NS ns.a.org.");
    FakeNetwork network;
    NetworkHost& client = network.addHost("client", "10.0.0.1");
    NetworkHost& resolver = network.addHost("resolver", "10.0.0.53");
    client.nameServersKnown = {*parseIpAddress("10.0.0.53")};
    network.install(network.addHost("root", "198.41.0.4"),
                    made("dns-server", serverOf({zone(".", rootRecords)})));
    network.install(network.addHost("org", "199.19.56.1"), made("dns-server", serverOf({zone("org", org)})));
    network.install(network.addHost("net", "199.19.57.1"), made("dns-server", serverOf({zone("net", net)})));
    network.install(resolver, made("dns-resolver", resolverWith("198.41.0.4")));
    Application& stub = network.install(client, made("dns-client"));
    network.command(client, stub, {1, "dns.lookup", lookupOf("www.a.org")});
    network.run();
    EXPECT_EQ(client.outcomeOf(1), false);
    EXPECT_EQ(inALine(network.log.back().datagram.payload), "www.a.org A: rd ra code 2");
    EXPECT_LT(network.log.size(), 60U);
}

TEST(DnsHostile, AnAnswerFromAnotherAddressDoesNotPoisonTheCache) { // RFC 5452, 4.4 and 9.1
    DnsWorld world;
    world.network.onDatagram = [&](const NetworkHost& from, OutgoingDatagram& datagram) {
        if (from.hostName() == "resolver" && datagram.destination == *parseIpAddress("192.0.2.53")) {
            DnsMessage forged = readDns(datagram.payload); // even one who knows port and id
            forged.head.flags = 0x8400;
            DnsRecord record;
            record.name = "www.example.org";
            record.type = 1;
            record.recordClass = 1;
            record.timeToLive = 86400;
            record.data = "203.0.113.66";
            forged.records = {record};
            OutgoingDatagram lie;
            lie.sourcePort = 53;
            lie.destination = *parseIpAddress("10.0.0.53");
            lie.destinationPort = datagram.sourcePort;
            lie.payload = writeDns(forged);
            world.network.inject(lie, *parseIpAddress("203.0.113.1"), millisecond);
        }
        return true;
    };
    world.give("dns.lookup", lookupOf("www.example.org"));
    EXPECT_EQ(world.answer(), "resolver: www.example.org A: rd ra www.example.org 300 A 192.0.2.10");
}

} // namespace
} // namespace wirestage::simulation
