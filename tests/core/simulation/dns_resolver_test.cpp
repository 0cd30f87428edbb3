// SPDX-License-Identifier: GPL-3.0-or-later
// A recursive resolver at work: RFC 1034, 5.3.3; RFC 1035, 7; RFC 2181; RFC 2308.
#include "dns_world.h"

#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

TEST(DnsResolver, AsksRootThenTopLevelThenTheServerInCharge) {
    // RFC 1034, 4.3.1, 4.3.2 and 5.3.3: the client wants recursion (RD), the resolver does not when it asks;
    // referrals have no AA and bring NS and glue; the answer has AA, what the resolver hands on has RA
    // instead.
    DnsWorld world;
    const CommandId id = world.give("dns.lookup", lookupOf("www.example.org"));
    EXPECT_THAT(world.talk(),
                ElementsAre("client: www.example.org A? rd", "resolver: www.example.org A?",
                            "root: www.example.org A: | org 172800 NS ns.org-registry.org | "
                            "ns.org-registry.org 172800 A 199.19.56.1",
                            "resolver: www.example.org A?",
                            "org: www.example.org A: | example.org 86400 NS ns1.example.org example.org "
                            "86400 NS ns2.example.org | "
                            "ns1.example.org 86400 A 192.0.2.53 ns2.example.org 86400 A 192.0.2.54",
                            "resolver: www.example.org A?",
                            "ns1: www.example.org A: aa www.example.org 300 A 192.0.2.10",
                            "resolver: www.example.org A: rd ra www.example.org 300 A 192.0.2.10"));
    EXPECT_EQ(world.client.outcomeOf(id), true);
    EXPECT_THAT(world.resolver.notes,
                ElementsAre("org NS cached for 172800 s", "example.org NS cached for 86400 s",
                            "www.example.org A cached for 300 s"));
}

TEST(DnsResolver, AnswersTheSecondQuestionFromTheCacheWithTheTimeThatIsLeft) {
    // RFC 1035, 3.2.1 and 7.4: the TTL counts down while the record lies in the cache.
    DnsWorld world;
    world.give("dns.lookup", lookupOf("www.example.org"));
    world.talk();
    world.give("dns.lookup", lookupOf("www.example.org"), 60 * second);
    EXPECT_THAT(world.talk(),
                ElementsAre("client: www.example.org A? rd",
                            "resolver: www.example.org A: rd ra www.example.org 240 A 192.0.2.10"));
}

TEST(DnsResolver, AsksAgainWhenTheTimeHasRunOutButNotTheRoot) {
    // The record is gone after its 300 s, the delegation, with 86400 s, is not.
    DnsWorld world;
    world.give("dns.lookup", lookupOf("www.example.org"));
    world.talk();
    world.give("dns.lookup", lookupOf("www.example.org"), 301 * second);
    EXPECT_THAT(world.talk(),
                ElementsAre("client: www.example.org A? rd", "resolver: www.example.org A?",
                            "ns1: www.example.org A: aa www.example.org 300 A 192.0.2.10",
                            "resolver: www.example.org A: rd ra www.example.org 300 A 192.0.2.10"));
}

TEST(DnsResolver, UsesATimeToLiveOfZeroForTheQuestionAtHandOnly) {
    // RFC 1035, 3.2.1: "zero values are interpreted to mean that the RR can only be used for the transaction
    // in progress, and should not be cached".
    DnsWorld world;
    world.give("dns.lookup", lookupOf("once.example.org"));
    EXPECT_EQ(world.answer(), "resolver: once.example.org A: rd ra once.example.org 0 A 192.0.2.77");
    world.give("dns.lookup", lookupOf("once.example.org"));
    EXPECT_EQ(world.talk().size(), 4U);
}

TEST(DnsResolver, HandsOnEveryTypeOfRecord) {
    const std::string soa = "SOA ns1.example.org hostmaster.example.org 2026010101 7200 3600 1209600 900";
    const std::pair<const char*, std::string> wanted[] = {
        {"www.example.org A", "www.example.org 300 A 192.0.2.10"},
        {"www.example.org AAAA", "www.example.org 300 AAAA 2001:db8::10"},
        {"ftp.example.org CNAME", "ftp.example.org 600 CNAME www.example.org"},
        {"example.org MX", "example.org 3600 MX 10 mail.example.org"},
        {"example.org SOA", "example.org 3600 " + soa},
        {"example.org TXT", "example.org 3600 TXT \"v=spf1 mx -all\""},
        {"_sip._udp.example.org SRV", "_sip._udp.example.org 3600 SRV 10 60 5060 sip.example.org"},
        {"example.org NS", "example.org 86400 NS ns1.example.org example.org 86400 NS ns2.example.org"},
    };
    for (const auto& [question, records] : wanted) {
        DnsWorld world;
        const std::string text(question);
        const auto blank = text.find(' ');
        const CommandId id =
            world.give("dns.lookup", lookupOf(text.substr(0, blank), text.substr(blank + 1)));
        EXPECT_EQ(world.answer(), "resolver: " + text + ": rd ra " + records);
        EXPECT_EQ(world.client.outcomeOf(id), true) << question;
    }
}

TEST(DnsResolver, RemembersThatANameDoesNotExistForAsLongAsTheSoaSays) {
    // RFC 2308, 3 and 5: NXDOMAIN with the SOA as authority; it is kept for the lesser of the SOA's TTL
    // (3600) and MINIMUM (900), counts down like any other, and holds for every type of that name.
    DnsWorld world;
    const CommandId id = world.give("dns.lookup", lookupOf("nosuch.example.org"));
    const std::string soa = " SOA ns1.example.org hostmaster.example.org 2026010101 7200 3600 1209600 900";
    EXPECT_EQ(world.answer(), "resolver: nosuch.example.org A: rd ra code 3 | example.org 900" + soa);
    EXPECT_EQ(world.client.outcomeOf(id), false);
    world.give("dns.lookup", lookupOf("nosuch.example.org", "MX"), 100 * second);
    EXPECT_THAT(world.talk(),
                ElementsAre("client: nosuch.example.org MX? rd",
                            "resolver: nosuch.example.org MX: rd ra code 3 | example.org 800" + soa));
    world.give("dns.lookup", lookupOf("nosuch.example.org"), 801 * second);
    EXPECT_EQ(world.talk().size(), 4U);
}

TEST(DnsResolver, RemembersThatANameHasNoRecordOfOneTypeOnly) {
    // RFC 2308, 2.2 and 5: NODATA is no error, and is kept by name and type.
    DnsWorld world;
    const CommandId id = world.give("dns.lookup", lookupOf("mail.example.org", "AAAA"));
    EXPECT_THAT(world.answer(),
                testing::StartsWith("resolver: mail.example.org AAAA: rd ra | example.org 900 SOA"));
    EXPECT_EQ(world.client.outcomeOf(id), false);
    world.give("dns.lookup", lookupOf("mail.example.org", "AAAA"));
    EXPECT_EQ(world.talk().size(), 2U);
    world.give("dns.lookup", lookupOf("mail.example.org", "A"));
    EXPECT_EQ(world.answer(), "resolver: mail.example.org A: rd ra mail.example.org 3600 A 192.0.2.25");
}

TEST(DnsResolver, FollowsAnAliasWithinItsZone) {
    // RFC 1034, 3.6.2: the answer has the alias and what it leads to.
    DnsWorld world;
    const CommandId id = world.give("dns.lookup", lookupOf("ftp.example.org"));
    EXPECT_EQ(world.answer(), "resolver: ftp.example.org A: rd ra ftp.example.org 600 CNAME www.example.org "
                              "www.example.org 300 A 192.0.2.10");
    EXPECT_EQ(world.client.outcomeOf(id), true);
}

TEST(DnsResolver, FollowsAnAliasToAnotherZoneWhoseServerLiesElsewhere) {
    // RFC 1034, 5.2.2 and 5.3.3: the search starts again for www.example.net, at the root. example.net's
    // server is ns1.example.org, whose address the net servers cannot tell (no glue out of their zone): but
    // it is known already.
    DnsWorld world;
    world.give("dns.lookup", lookupOf("shop.example.org"));
    EXPECT_EQ(world.answer(),
              "resolver: shop.example.org A: rd ra shop.example.org 600 CNAME www.example.net "
              "www.example.net 300 A 198.51.100.80");
}

TEST(DnsResolver, SearchesForTheAddressOfAServerThatCameWithoutGlue) {
    DnsWorld world;
    world.give("dns.lookup", lookupOf("www.example.net"));
    const Lines lines = world.talk();
    EXPECT_THAT(lines, testing::Contains("net: www.example.net A: | example.net 86400 NS ns1.example.org"));
    EXPECT_THAT(lines, testing::Contains("resolver: ns1.example.org A?"));
    EXPECT_THAT(lines.back(), EndsWith("www.example.net 300 A 198.51.100.80"));
}

TEST(DnsResolver, GivesUpOnAliasesThatGoRound) {
    // RFC 1034, 5.3.3: "the resolver should bound the work"; RFC 1034, 3.6.2: loops are an error.
    DnsWorld world;
    const CommandId id = world.give("dns.lookup", lookupOf("round.example.org"));
    EXPECT_EQ(world.answer(), "resolver: round.example.org A: rd ra code 2");
    EXPECT_EQ(world.client.outcomeOf(id), false);
}

TEST(DnsResolver, TriesTheSecondServerWhenTheFirstIsSilent) {
    // RFC 1034, 5.3.3, step 3 and RFC 1035, 7.2: after the timeout the next address.
    DnsWorld world;
    world.network.onDatagram = [](const NetworkHost& from, OutgoingDatagram&) {
        return from.hostName() != "ns1";
    };
    world.give("dns.lookup", lookupOf("www.example.org"));
    const Lines lines = world.talk();
    EXPECT_THAT(lines, testing::Contains("ns2: www.example.org A: aa www.example.org 300 A 192.0.2.10"));
    const auto& log = world.network.log;
    EXPECT_EQ(log[log.size() - 3].time - log[log.size() - 5].time, 2 * second);
    EXPECT_TRUE(world.resolver.timer("retry") != nullptr);
}

TEST(DnsResolver, ReportsServerFailureWhenNobodyAnswers) {
    // RFC 1035, 4.1.1, RCODE 2. The server of "broken" does not exist: two questions, 2 s each.
    DnsWorld world;
    Settings patient = lookupOf("www.broken");
    patient.set("timeout", 30.0);
    const CommandId id = world.give("dns.lookup", patient);
    EXPECT_EQ(world.answer(), "resolver: www.broken A: rd ra code 2");
    EXPECT_EQ(world.client.outcomeOf(id), false);
}

TEST(DnsResolver, DoesNotStartAgainForAQuestionThatIsRepeatedMeanwhile) {
    DnsWorld world;
    Settings impatient = lookupOf("www.example.org");
    impatient.set("timeout", 0.1); // it asks again, with the same id
    world.network.delay = 60 * millisecond;
    world.give("dns.lookup", impatient);
    const Lines lines = world.talk();
    EXPECT_EQ(std::count(lines.begin(), lines.end(),
                         "root: www.example.org A: | org 172800 NS ns.org-registry.org | "
                         "ns.org-registry.org 172800 A 199.19.56.1"),
              1);
}

TEST(DnsResolver, ServesSeveralClientsAtOnceAndSearchesOnceForAll) {
    DnsWorld world;
    NetworkHost& other = world.network.addHost("other", "10.0.0.2");
    other.nameServersKnown = world.client.nameServersKnown;
    Application& stub = world.network.install(other, made("dns-client"));
    world.give("dns.lookup", lookupOf("www.example.org"));
    world.network.command(other, stub, {7, "dns.lookup", lookupOf("www.example.org")});
    world.network.command(other, stub, {8, "dns.lookup", lookupOf("mail.example.org")});
    const Lines lines = world.talk();
    EXPECT_EQ(std::count(lines.begin(), lines.end(),
                         "resolver: www.example.org A: rd ra www.example.org 300 A 192.0.2.10"),
              2);
    EXPECT_EQ(
        std::count(lines.begin(), lines.end(), "ns1: www.example.org A: aa www.example.org 300 A 192.0.2.10"),
        1);
    EXPECT_EQ(other.outcomeOf(7), true);
    EXPECT_EQ(other.outcomeOf(8), true);
}

TEST(DnsResolver, DoesNotAnswerWithWhatOnlyCameAsGlue) {
    // RFC 2181, 5.4.1: additional data of a referral "should not be ... returned as answers": ns1's address
    // is asked for where it is at home.
    DnsWorld world;
    world.give("dns.lookup", lookupOf("www.example.org"));
    world.talk();
    world.give("dns.lookup", lookupOf("ns1.example.org"));
    EXPECT_THAT(world.talk(),
                testing::Contains("ns1: ns1.example.org A: aa ns1.example.org 86400 A 192.0.2.53"));
}

TEST(DnsResolver, RefusesToSearchForThoseWhoDoNotAskForIt) {
    // RFC 1034, 4.3.1: without RD only what is known.
    DnsWorld world;
    Settings plain = lookupOf("www.example.org");
    plain.set("recursion", false);
    world.give("dns.lookup", plain);
    EXPECT_THAT(world.talk(),
                ElementsAre("client: www.example.org A?", "resolver: www.example.org A: ra code 5"));
    world.give("dns.lookup", lookupOf("www.example.org"));
    world.talk();
    world.give("dns.lookup", plain);
    EXPECT_EQ(world.answer(), "resolver: www.example.org A: ra www.example.org 300 A 192.0.2.10");
}

TEST(DnsResolver, BelievesNothingThatLiesOutsideTheZoneOfWhoSaysIt) {
    // RFC 5452, 6 and RFC 2181, 5.4.1: example.org's server adds an address of www.example.net to its answer.
    DnsWorld world;
    world.network.onDatagram = [](const NetworkHost& from, OutgoingDatagram& datagram) {
        DnsMessage message = readDns(datagram.payload);
        if (from.hostName() == "ns1" && !message.questions.empty() &&
            message.questions.front().name == "www.example.org") {
            for (const DnsSection section : {DnsSection::Answer, DnsSection::Additional}) {
                message.records.push_back(message.records.front());
                message.records.back().name = "www.example.net";
                message.records.back().data = "203.0.113.66";
                message.records.back().section = section;
            }
            datagram.payload = writeDns(message);
        }
        return true;
    };
    world.give("dns.lookup", lookupOf("www.example.org"));
    world.talk();
    world.give("dns.lookup", lookupOf("www.example.net"));
    EXPECT_THAT(world.answer(), EndsWith("www.example.net 300 A 198.51.100.80"));
}

TEST(DnsResolver, ForgetsEverythingWhenTold) {
    DnsWorld world;
    world.give("dns.lookup", lookupOf("www.example.org"));
    world.talk();
    world.network.command(world.resolver, world.resolverApplication, {9, "dns.flush", {}});
    world.give("dns.lookup", lookupOf("www.example.org"));
    EXPECT_EQ(world.talk().size(), 8U);
    EXPECT_EQ(world.resolver.outcomeOf(9), true);
}

} // namespace
} // namespace wirestage::simulation
