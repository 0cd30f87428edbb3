// SPDX-License-Identifier: GPL-3.0-or-later
// A server with zones (RFC 1034, 4.3.2), its TCP (RFC 7766) and its transfers (RFC 5936).
#include "dns_world.h"

#include <gtest/gtest.h>

namespace wirestage::simulation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A server that the test asks.
struct Served {
    FakeHost host;
    std::unique_ptr<Application> server;
    explicit Served(const Settings& settings = serverOf({zone("example.org", exampleRecords, true)}))
        : server(made("dns-server", settings)) {
        host.interfaces[0].address = *parseIpAddress("192.0.2.53");
        host.attach(*server);
    }
    static DnsMessage query(std::string name, std::string_view type, std::uint16_t edns = 0) {
        DnsMessage message;
        message.head.id = 77;
        message.questions.push_back({std::move(name), *dnsTypeNamed(type), 1, false});
        if (edns) {
            DnsRecord opt;
            opt.section = DnsSection::Additional;
            opt.name = ".";
            opt.type = 41;
            opt.recordClass = edns;
            message.records.push_back(opt);
        }
        return message;
    }
    /// What it sends back by UDP; nothing where it stays silent.
    std::vector<std::uint8_t> ask(Bytes bytes) {
        const std::size_t before = host.sent.size();
        IncomingDatagram in;
        in.source = *parseIpAddress("192.0.2.1");
        in.sourcePort = 50000;
        in.destination = host.interfaces[0].address;
        in.destinationPort = 53;
        in.payload = bytes;
        host.deliver(in);
        if (host.sent.size() == before)
            return {};
        EXPECT_EQ(host.sent.back().datagram.sourcePort, 53);
        EXPECT_EQ(host.sent.back().datagram.destinationPort, 50000);
        return host.sent.back().datagram.payload;
    }
    std::string ask(std::string name, std::string_view type, std::uint16_t edns = 0) {
        return inALine(ask(writeDns(query(std::move(name), type, edns))));
    }
    StreamId open() {
        StreamEvent event;
        event.type = StreamEventType::Accepted;
        event.stream = host.accept(*parseIpAddress("192.0.2.1"), 50000, 53);
        host.deliver(event);
        return event.stream;
    }
    void deliver(StreamId stream, StreamEventType type, Bytes data = {}) {
        StreamEvent event;
        event.type = type;
        event.stream = stream;
        event.data = data;
        host.deliver(event);
    }
    /// The messages that were sent on a stream.
    Lines heard(StreamId stream) {
        Lines lines;
        Bytes sent = host.streams.at(stream).sent;
        while (sent.size() > 2) {
            const std::size_t size = *dnsStreamMessageSize(sent);
            lines.push_back(inALine(sent.subspan(2, size - 2)));
            sent = sent.subspan(size);
        }
        return lines;
    }
};

std::vector<std::uint8_t> framed(const DnsMessage& message) {
    const auto bytes = writeDns(message);
    std::vector<std::uint8_t> all{static_cast<std::uint8_t>(bytes.size() >> 8),
                                  static_cast<std::uint8_t>(bytes.size())};
    all.insert(all.end(), bytes.begin(), bytes.end());
    return all;
}

TEST(DnsServer, AnswersForItsZoneWithAuthority) {
    // RFC 1034, 4.3.2, step 3a; RFC 1035, 4.1.1: AA.
    Served served;
    EXPECT_EQ(served.ask("www.example.org", "A"), "www.example.org A: aa www.example.org 300 A 192.0.2.10");
    EXPECT_EQ(served.ask("WWW.Example.Org", "A"), "WWW.Example.Org A: aa www.example.org 300 A 192.0.2.10");
}

TEST(DnsServer, AddsTheAddressesOfThoseItNames) {
    // RFC 1035, 3.3.9 and 3.3.11; RFC 2782: additional section processing.
    Served served;
    EXPECT_EQ(served.ask("example.org", "MX"),
              "example.org MX: aa example.org 3600 MX 10 mail.example.org | | "
              "mail.example.org 3600 A 192.0.2.25");
    EXPECT_THAT(served.ask("_sip._udp.example.org", "SRV"),
                HasSubstr("10 60 5060 sip.example.org | | sip.example.org 3600 A 192.0.2.60"));
    EXPECT_THAT(served.ask("example.org", "NS"), HasSubstr(" | | ns1.example.org 86400 A 192.0.2.53"));
}

TEST(DnsServer, SaysWithItsSoaThatANameOrARecordIsNotThere) {
    // RFC 2308, 2 and 3: NXDOMAIN and NODATA, the SOA's TTL cut down to MINIMUM.
    Served served;
    const std::string soa =
        " | example.org 900 SOA ns1.example.org hostmaster.example.org 2026010101 7200 3600 1209600 900";
    EXPECT_EQ(served.ask("nosuch.example.org", "A"), "nosuch.example.org A: aa code 3" + soa);
    EXPECT_EQ(served.ask("mail.example.org", "AAAA"), "mail.example.org AAAA: aa" + soa);
    // RFC 8020: "under" has no record, but there is something below it.
    EXPECT_EQ(served.ask("under.example.org", "A"), "under.example.org A: aa" + soa);
}

TEST(DnsServer, FollowsAliasesAsFarAsItsZonesReach) {
    // RFC 1034, 4.3.2, step 3a, and RFC 6604, 3: the code is that of the last name.
    Served served(
        serverOf({zone("example.org", {exampleRecords[0], "@ NS ns1", "ns1 A 192.0.2.53", "a CNAME b",
                                       "b CNAME www", "www 300 A 192.0.2.10", "out CNAME www.example.net.",
                                       "dead CNAME gone", "c CNAME d", "d CNAME c"})}));
    EXPECT_EQ(
        served.ask("a.example.org", "A"),
        "a.example.org A: aa a.example.org 3600 CNAME b.example.org b.example.org 3600 CNAME www.example.org "
        "www.example.org 300 A 192.0.2.10");
    EXPECT_EQ(served.ask("a.example.org", "CNAME"),
              "a.example.org CNAME: aa a.example.org 3600 CNAME b.example.org");
    EXPECT_EQ(served.ask("out.example.org", "A"),
              "out.example.org A: aa out.example.org 3600 CNAME www.example.net");
    EXPECT_THAT(served.ask("dead.example.org", "A"),
                HasSubstr(": aa code 3 dead.example.org 3600 CNAME gone.example.org | example.org 900 SOA"));
    EXPECT_EQ(served.ask("c.example.org", "A"), "c.example.org A: aa c.example.org 3600 CNAME d.example.org "
                                                "d.example.org 3600 CNAME c.example.org");
}

TEST(DnsServer, RefersToOthersBelowACutWithoutAuthority) {
    // RFC 1034, 4.2.1 and 4.3.2, step 3b: NS as authority, glue, no AA; also for the cut itself.
    Served served(serverOf({zone("org", orgRecords)}));
    const std::string referral = ": | example.org 86400 NS ns1.example.org example.org 86400 NS "
                                 "ns2.example.org | ns1.example.org 86400 A "
                                 "192.0.2.53 ns2.example.org 86400 A 192.0.2.54";
    EXPECT_EQ(served.ask("www.example.org", "A"), "www.example.org A" + referral);
    EXPECT_EQ(served.ask("example.org", "NS"), "example.org NS" + referral);
}

TEST(DnsServer, RefusesWhatIsNotItsOwn) {
    // It offers no recursion: RA is clear, REFUSED (RFC 1035, 4.1.1).
    Served served;
    DnsMessage query = Served::query("www.example.net", "A");
    query.head.flags = 0x0100;
    EXPECT_EQ(inALine(served.ask(writeDns(query))), "www.example.net A: rd code 5");
}

TEST(DnsServer, GivesOneSetToThoseWhoWantAny) {
    // RFC 8482, 4.1: a subset is answer enough.
    Served served;
    EXPECT_THAT(served.ask("example.org", "ANY"),
                testing::StartsWith("example.org ANY: aa example.org 3600 SOA"));
    EXPECT_EQ(served.ask("www.example.org", "ANY"),
              "www.example.org ANY: aa www.example.org 300 A 192.0.2.10");
}

TEST(DnsServer, RefusesWhatIsNoQuery) {
    Served served;
    DnsMessage query = Served::query("www.example.org", "A");
    query.head.flags = 0x2000; // opcode 4: NOTIMP
    EXPECT_EQ(inALine(served.ask(writeDns(query))), "www.example.org A: code 4");
    query.head.flags = 0;
    query.questions.push_back(query.questions.front());
    EXPECT_THAT(inALine(served.ask(writeDns(query))), HasSubstr("code 1")); // RFC 9619: one question
    EXPECT_EQ(inALine(served.ask(Bytes(writeDns(Served::query("www.example.org", "A"))).first(20))),
              "-: code 1");
    // An answer gets no answer, else two servers would talk for ever.
    query = Served::query("www.example.org", "A");
    query.head.flags = 0x8000;
    EXPECT_TRUE(served.ask(writeDns(query)).empty());
    EXPECT_TRUE(served.ask(Bytes()).empty());
    // RFC 6891, 6.1.3: another version of EDNS is BADVERS (16): 4 bits in the header, 8 in OPT.
    query = Served::query("www.example.org", "A", 1232);
    query.records.front().timeToLive = 1U << 16;
    EXPECT_THAT(inALine(served.ask(writeDns(query))), HasSubstr(": code 16"));
}

Settings largeZone() {
    Lines records{exampleRecords[0], "@ NS ns1", "ns1 A 192.0.2.53"};
    for (int i = 1; i <= 60; ++i)
        records.push_back("many A 192.0.2." + std::to_string(i));
    return serverOf({zone("example.org", records, true)});
}

TEST(DnsServer, CutsAnswersToTheSizeThatTheClientTakes) {
    // RFC 1035, 2.3.4 and 4.2.1: 512 bytes and TC; RFC 6891, 6.2.3 and 6.2.5: what OPT announces, at least
    // 512.
    Served served(largeZone()); // 60 addresses: 12 + 22 + 60 * 16 bytes
    EXPECT_EQ(served.ask("many.example.org", "A"), "many.example.org A: aa tc");
    EXPECT_EQ(served.ask("many.example.org", "A", 100), "many.example.org A: aa tc | | <Root> 0 OPT");
    const auto whole = served.ask(writeDns(Served::query("many.example.org", "A", 1232)));
    EXPECT_EQ(whole.size(), 12U + 22 + 60 * 16 + 11);
    EXPECT_FALSE(readDns(whole).head.truncated());
}

TEST(DnsServer, LeavesAdditionalRecordsOutWithoutAWord) {
    // RFC 2181, 9: TC is for what the answer needs.
    Lines records{exampleRecords[0], "@ NS ns1", "ns1 A 192.0.2.53", "@ MX 10 mail"};
    for (int i = 1; i <= 60; ++i)
        records.push_back("mail A 192.0.2." + std::to_string(i));
    Served served(serverOf({zone("example.org", records)}));
    EXPECT_EQ(served.ask("example.org", "MX"), "example.org MX: aa example.org 3600 MX 10 mail.example.org");
}

TEST(DnsServer, SaysThatAReferralIsCutWhenItsGlueDoesNotFit) {
    // RFC 9471, 3.1: glue for servers below the cut is needed.
    Lines records{exampleRecords[0], "@ NS ns1", "ns1 A 192.0.2.53", "sub NS ns.sub"};
    for (int i = 1; i <= 60; ++i)
        records.push_back("ns.sub A 192.0.2." + std::to_string(i));
    Served served(serverOf({zone("example.org", records)}));
    EXPECT_EQ(served.ask("www.sub.example.org", "A"),
              "www.sub.example.org A: tc | sub.example.org 3600 NS ns.sub.example.org");
}

TEST(DnsServer, AnswersSeveralQuestionsOnOneConnection) {
    // RFC 7766, 6.2.1: more than one query, even before the first is answered; 8: in any portions.
    Served served(largeZone());
    const StreamId stream = served.open();
    auto both = framed(Served::query("many.example.org", "A"));
    const auto other = framed(Served::query("ns1.example.org", "A"));
    both.insert(both.end(), other.begin(), other.end());
    served.deliver(stream, StreamEventType::Data, Bytes(both).first(5));
    EXPECT_TRUE(served.heard(stream).empty());
    served.deliver(stream, StreamEventType::Data, Bytes(both).subspan(5));
    const Lines heard = served.heard(stream);
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_THAT(heard[0], HasSubstr("192.0.2.60"));
    EXPECT_EQ(heard[1], "ns1.example.org A: aa ns1.example.org 3600 A 192.0.2.53");
    EXPECT_FALSE(served.host.streams.at(stream).closed);
    served.deliver(stream, StreamEventType::PeerClosed);
    EXPECT_TRUE(served.host.streams.at(stream).closed);
}

TEST(DnsServer, ClosesAConnectionOnWhichNothingIsAsked) {
    // RFC 7766, 6.2.3.
    Served served;
    const StreamId stream = served.open();
    served.host.runUntil(9 * second);
    EXPECT_FALSE(served.host.streams.at(stream).closed);
    served.host.runUntil(10 * second);
    EXPECT_TRUE(served.host.streams.at(stream).closed);
}

TEST(DnsServer, HandsOverAZoneFromItsSoaToItsSoa) {
    // RFC 5936, 2.2: the SOA first and last, everything else once, glue included.
    Served served(serverOf({zone("org", orgRecords, true)}));
    const StreamId stream = served.open();
    served.deliver(stream, StreamEventType::Data, framed(Served::query("org", "AXFR")));
    const std::string soa = "org 900 SOA ns.org-registry.org hostmaster.org 1 1800 900 604800 900";
    EXPECT_THAT(
        served.heard(stream),
        ElementsAre("org AXFR: aa " + soa +
                    " org 86400 NS ns.org-registry.org ns.org-registry.org 86400 A 199.19.56.1 example.org "
                    "86400 NS ns1.example.org example.org 86400 NS ns2.example.org ns1.example.org 86400 A "
                    "192.0.2.53 ns2.example.org 86400 A 192.0.2.54 " +
                    soa));
}

TEST(DnsServer, TakesSeveralMessagesForALargeZone) {
    // RFC 5936, 2.2: any number of messages; all together make the zone.
    Settings settings = largeZone();
    settings.set("transfer-size", std::int64_t{600});
    Served served(settings);
    const StreamId stream = served.open();
    served.deliver(stream, StreamEventType::Data, framed(Served::query("example.org", "AXFR")));
    Bytes sent = served.host.streams.at(stream).sent;
    std::vector<DnsRecord> all;
    unsigned messages = 0;
    for (; sent.size() > 2; ++messages) {
        const std::size_t size = *dnsStreamMessageSize(sent);
        EXPECT_LE(size, 602U);
        for (DnsRecord& record : readDns(sent.subspan(2, size - 2)).records)
            all.push_back(std::move(record));
        sent = sent.subspan(size);
    }
    EXPECT_GT(messages, 2U);
    ASSERT_EQ(all.size(), 64U);
    EXPECT_EQ(all.front().type, 6);
    EXPECT_EQ(all.back().type, 6);
}

TEST(DnsServer, RefusesATransferToThoseWhoMayNotHaveIt) {
    // RFC 5936, 2.2.1: REFUSED; NOTAUTH (9) for a zone that is not here; 4.2: none over UDP.
    Served served(serverOf({zone("example.org", exampleRecords)}));
    const StreamId stream = served.open();
    served.deliver(stream, StreamEventType::Data, framed(Served::query("example.org", "AXFR")));
    served.deliver(stream, StreamEventType::Data, framed(Served::query("example.net", "AXFR")));
    EXPECT_THAT(served.heard(stream), ElementsAre("example.org AXFR: code 5", "example.net AXFR: code 9"));
    EXPECT_EQ(served.ask("example.org", "AXFR"), "example.org AXFR: code 4");
}

TEST(DnsServer, SurvivesEveryPrefixOfAQueryAndEveryDamagedByte) {
    Served served;
    const auto bytes = writeDns(Served::query("www.example.org", "A", 1232));
    for (std::size_t size = 0; size < bytes.size(); ++size)
        served.ask(Bytes(bytes).first(size));
    for (std::size_t i = 0; i < bytes.size(); ++i)
        for (const int value : {0x00, 0x3f, 0x40, 0xc0, 0xff}) {
            auto damaged = bytes;
            damaged[i] = static_cast<std::uint8_t>(value);
            served.ask(Bytes(damaged));
        }
}

TEST(DnsZone, IsRefusedWithTheReason) {
    const auto wrong = [](Lines records, std::string name = "example.org") {
        try {
            made("dns-server", serverOf({zone(std::move(name), std::move(records))}));
        } catch (const std::runtime_error& why) {
            return std::string(why.what());
        }
        return std::string();
    };
    const std::string soa = exampleRecords[0];
    EXPECT_EQ(wrong({soa, "@ NS ns1"}), "");
    EXPECT_THAT(wrong({"@ NS ns1"}), HasSubstr("needs a record as in “@ 3600 SOA"));
    EXPECT_EQ(wrong({soa, "www WWW 192.0.2.1"}), "“www WWW 192.0.2.1”: WWW is no type of record");
    EXPECT_EQ(wrong({soa, "www A 192.0.2.300"}), "“www A 192.0.2.300”: this is not what A holds");
    EXPECT_EQ(wrong({soa, "www"}), "“www” is no record as in “www 300 A 192.0.2.10”");
    EXPECT_EQ(wrong({soa, "www.example.net. A 192.0.2.1"}),
              "“www.example.net. A 192.0.2.1” does not belong into the zone example.org");
    // RFC 1034, 3.6.2; RFC 2181, 10.1.
    EXPECT_EQ(wrong({soa, "www CNAME web", "www A 192.0.2.1"}),
              "“www.example.org” is an alias (CNAME): it can have no other record");
    EXPECT_THAT(wrong({soa, "www SOA ns1 hostmaster 1 2 3 4 5"}), HasSubstr("not at “www.example.org”"));
}

} // namespace
} // namespace wirestage::simulation
