// SPDX-License-Identifier: GPL-3.0-or-later
// DNS over TCP from end to end: answers too large for a datagram (RFC 7766, 5) and zone transfers (RFC 5936).
#include "dns_world.h"

#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

Settings manyAddresses() {
    Lines records = exampleRecords;
    for (int i = 1; i <= 60; ++i)
        records.push_back("many 300 A 192.0.2." + std::to_string(i));
    return serverOf({zone("example.org", records, true), zone("example.net", exampleNetRecords)});
}

Settings transferOf(std::string name, std::string server) {
    Settings settings;
    settings.set("zone", std::move(name));
    settings.set("server", std::move(server));
    return settings;
}

TEST(DnsOverTcp, CarriesWhatDoesNotFitBetweenClientResolverAndServer) {
    DnsWorld world(manyAddresses());
    const CommandId id = world.give("dns.lookup", lookupOf("many.example.org"));
    const Lines lines = world.talk();
    EXPECT_THAT(lines, testing::Contains("ns1: many.example.org A: aa tc"));
    EXPECT_EQ(lines.back(), "resolver: many.example.org A: tc rd ra");
    EXPECT_EQ(world.client.outcomeOf(id), true);
    for (const NetworkHost* host : {&world.client, &world.resolver, &world.first})
        for (const auto& [number, stream] : host->streams)
            EXPECT_TRUE(stream.closed) << host->hostName();
    // Once for the client, once for the resolver.
    EXPECT_EQ(world.client.streams.size(), 1U);
    EXPECT_EQ(world.resolver.streams.size(), 2U);
}

TEST(DnsOverTcp, IsNotNeededWithEdns) {
    // RFC 6891, 6.2.5: 1007 bytes fit into the 1232 that were announced.
    Settings recursive = resolverWith("198.41.0.4");
    recursive.set("edns", true);
    DnsWorld world(manyAddresses(), recursive);
    Settings large = lookupOf("many.example.org");
    large.set("edns", true);
    const CommandId id = world.give("dns.lookup", large);
    world.talk();
    EXPECT_EQ(world.client.outcomeOf(id), true);
    EXPECT_TRUE(world.client.streams.empty());
    EXPECT_TRUE(world.resolver.streams.empty());
}

TEST(DnsOverTcp, CanBeAskedForFromTheStart) {
    DnsWorld world;
    Settings settings = lookupOf("www.example.org");
    settings.set("tcp", true);
    settings.set("server", std::string("192.0.2.53"));
    const CommandId id = world.give("dns.lookup", settings);
    EXPECT_TRUE(world.talk().empty());
    EXPECT_EQ(world.client.outcomeOf(id), true);
}

TEST(DnsOverTcp, FailsWhereNobodyListens) {
    DnsWorld world(manyAddresses());
    world.network.run(1);
    world.resolver.listeningPorts.clear();
    const CommandId id = world.give("dns.lookup", lookupOf("many.example.org"));
    world.talk();
    EXPECT_EQ(world.client.outcomeOf(id), false);
}

TEST(DnsTransfer, BringsTheWholeZone) {
    DnsWorld world;
    const CommandId id = world.give("dns.transfer", transferOf("example.org", "192.0.2.53"));
    world.talk();
    EXPECT_EQ(world.client.outcomeOf(id), true);
    ASSERT_EQ(world.client.streams.size(), 1U);
    EXPECT_TRUE(world.client.streams.begin()->second.closed);
    EXPECT_EQ(inALine(Bytes(world.client.streams.begin()->second.sent).subspan(2)), "example.org AXFR?");
}

TEST(DnsTransfer, IsOverOnlyWithTheSecondSoa) {
    // RFC 5936, 2.2, in messages of at most 600 bytes.
    Settings settings = manyAddresses();
    settings.set("transfer-size", std::int64_t{600});
    DnsWorld world(settings);
    const CommandId id = world.give("dns.transfer", transferOf("example.org", "192.0.2.53"));
    world.talk();
    EXPECT_EQ(world.client.outcomeOf(id), true);
}

TEST(DnsTransfer, FailsWhereItIsRefused) {
    DnsWorld world;
    const CommandId refused = world.give("dns.transfer", transferOf("example.net", "192.0.2.53"));
    const CommandId unknown = world.give("dns.transfer", transferOf("example.com", "192.0.2.53"));
    world.talk();
    EXPECT_EQ(world.client.outcomeOf(refused), false);
    EXPECT_EQ(world.client.outcomeOf(unknown), false);
}

} // namespace
} // namespace wirestage::simulation
