// SPDX-License-Identifier: GPL-3.0-or-later
// A stub resolver (RFC 1034, 5.3.1): what it asks, when it asks again, and what it does not believe (RFC
// 5452).
#include "dns_world.h"

#include <gtest/gtest.h>

#include <set>

namespace wirestage::simulation {
namespace {

const IpAddress firstServer = *parseIpAddress("192.0.2.53"), secondServer = *parseIpAddress("192.0.2.54");

/// A host with two name servers, both of which are the test.
struct Alone {
    FakeHost host;
    std::unique_ptr<Application> stub = made("dns-client");
    Alone() {
        host.interfaces[0].address = *parseIpAddress("192.0.2.1");
        host.nameServersKnown = {firstServer, secondServer};
        host.attach(*stub);
    }
    [[nodiscard]] const OutgoingDatagram& asked(std::size_t i) const { return host.sent.at(i).datagram; }
    [[nodiscard]] DnsMessage query(std::size_t i) const { return readDns(asked(i).payload); }
    /// The right answer to what was asked as the i-th.
    [[nodiscard]] DnsMessage answer(std::size_t i) const {
        DnsMessage message = query(i);
        message.head.flags = 0x8180;
        DnsRecord record;
        record.name = message.questions.front().name;
        record.type = 1;
        record.recordClass = 1;
        record.timeToLive = 300;
        record.data = "192.0.2.10";
        message.records = {record};
        return message;
    }
    void deliver(std::size_t i, const DnsMessage& message, std::optional<IpAddress> from = {},
                 std::uint16_t port = 53) {
        const auto bytes = writeDns(message);
        IncomingDatagram in;
        in.source = from.value_or(asked(i).destination);
        in.sourcePort = port;
        in.destination = host.interfaces[0].address;
        in.destinationPort = asked(i).sourcePort;
        in.payload = bytes;
        host.deliver(in);
    }
};

TEST(DnsStub, AsksOneQuestionOverUdpPort53AndWantsRecursion) {
    // RFC 1035, 4.1.1 and 4.2.1.
    Alone alone;
    const CommandId id = alone.host.give("dns.lookup", lookupOf("www.example.org"));
    ASSERT_EQ(alone.host.sent.size(), 1U);
    EXPECT_EQ(alone.asked(0).destination, firstServer);
    EXPECT_EQ(alone.asked(0).destinationPort, 53);
    EXPECT_EQ(alone.query(0).head.flags, 0x0100); // a standard query with RD
    EXPECT_EQ(inALine(alone.asked(0).payload), "www.example.org A? rd");
    alone.deliver(0, alone.answer(0));
    EXPECT_EQ(alone.host.outcomeOf(id), true);
    EXPECT_TRUE(alone.host.boundPorts.empty());
}

TEST(DnsStub, PicksIdAndPortAtRandom) {
    // RFC 5452, 9.2: unpredictable query ids and source ports.
    Alone alone;
    std::set<std::uint16_t> ids, ports;
    for (int i = 0; i < 20; ++i)
        alone.host.give("dns.lookup", lookupOf("www.example.org"));
    for (std::size_t i = 0; i < 20; ++i) {
        ids.insert(alone.query(i).head.id);
        ports.insert(alone.asked(i).sourcePort);
        EXPECT_GE(alone.asked(i).sourcePort, 49152);
    }
    EXPECT_GE(ids.size(), 19U);
    EXPECT_EQ(ports.size(), 20U);
}

TEST(DnsStub, AsksTheSecondServerAfterFiveSecondsAndGivesUpAfterTwoRounds) {
    // resolv.conf(5): 5 s, each server in turn, 2 attempts.
    Alone alone;
    const CommandId id = alone.host.give("dns.lookup", lookupOf("www.example.org"));
    alone.host.runUntil(60 * second);
    ASSERT_EQ(alone.host.sent.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(alone.host.sent[i].time, static_cast<Time>(5 * i) * second);
        EXPECT_EQ(alone.asked(i).destination, i % 2 ? secondServer : firstServer);
        EXPECT_EQ(alone.query(i).head.id, alone.query(0).head.id);
    }
    EXPECT_EQ(alone.host.outcomeOf(id), false);
    ASSERT_EQ(alone.host.timers.size(), 4U);
    EXPECT_EQ(alone.host.timers[0].name, "retry");
    EXPECT_EQ(alone.host.timers[0].due, 5 * second);
    EXPECT_TRUE(alone.host.timers[3].fired);
    EXPECT_TRUE(alone.host.boundPorts.empty());
}

TEST(DnsStub, RepeatsALostQuestionToTheOnlyServerFromTheSamePort) {
    Alone alone;
    alone.host.nameServersKnown = {firstServer};
    const CommandId id = alone.host.give("dns.lookup", lookupOf("www.example.org"));
    alone.host.runUntil(5 * second);
    ASSERT_EQ(alone.host.sent.size(), 2U);
    EXPECT_EQ(alone.asked(1).sourcePort, alone.asked(0).sourcePort);
    EXPECT_EQ(alone.asked(1).payload, alone.asked(0).payload);
    alone.deliver(1, alone.answer(1));
    EXPECT_EQ(alone.host.outcomeOf(id), true);
}

TEST(DnsStub, TakesNoAnswerThatIsNotToItsQuestion) {
    // RFC 5452, 9.1: the same id, question name, class and type, addresses and ports.
    Alone alone;
    const CommandId id = alone.host.give("dns.lookup", lookupOf("www.example.org"));
    const auto changed = [&](auto change) {
        DnsMessage message = alone.answer(0);
        change(message);
        return message;
    };
    alone.deliver(0, changed([](DnsMessage& m) { m.head.id ^= 1; }));
    alone.deliver(0, changed([](DnsMessage& m) { m.questions.front().name = "www.example.net"; }));
    alone.deliver(0, changed([](DnsMessage& m) { m.questions.front().type = 28; }));
    alone.deliver(0, changed([](DnsMessage& m) { m.questions.front().questionClass = 3; }));
    alone.deliver(0, changed([](DnsMessage& m) { m.questions.clear(); }));
    alone.deliver(0, changed([](DnsMessage& m) { m.head.flags = 0x0180; })); // a question itself
    alone.deliver(0, alone.answer(0), *parseIpAddress("203.0.113.66"));
    alone.deliver(0, alone.answer(0), secondServer);
    alone.deliver(0, alone.answer(0), {}, 5353);
    EXPECT_EQ(alone.host.outcomeOf(id), std::nullopt);
    // Upper and lower case are alike (RFC 4343).
    alone.deliver(0, changed([](DnsMessage& m) { m.questions.front().name = "WWW.Example.ORG"; }));
    EXPECT_EQ(alone.host.outcomeOf(id), true);
}

TEST(DnsStub, SurvivesEveryPrefixOfAnAnswerAndEveryDamagedByte) {
    Alone alone;
    const CommandId id = alone.host.give("dns.lookup", lookupOf("www.example.org"));
    const auto bytes = writeDns(alone.answer(0));
    IncomingDatagram in;
    in.source = firstServer;
    in.sourcePort = 53;
    in.destinationPort = alone.asked(0).sourcePort;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        in.payload = Bytes(bytes).first(size);
        alone.host.deliver(in);
        EXPECT_EQ(alone.host.outcomeOf(id), std::nullopt) << size;
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        Alone another;
        another.host.give("dns.lookup", lookupOf("www.example.org"));
        auto damaged = bytes;
        damaged[i] ^= 0xff;
        in.payload = damaged;
        another.host.deliver(in);
    }
}

TEST(DnsStub, GoesOnToTheNextServerWhenOneFailsOrRefuses) {
    // RFC 1035, 4.1.1: SERVFAIL and REFUSED say nothing about the name.
    Alone alone;
    const CommandId id = alone.host.give("dns.lookup", lookupOf("www.example.org"));
    DnsMessage refusal = alone.answer(0);
    refusal.head.flags = 0x8185;
    refusal.records.clear();
    alone.deliver(0, refusal);
    ASSERT_EQ(alone.host.sent.size(), 2U);
    EXPECT_EQ(alone.asked(1).destination, secondServer);
    EXPECT_NE(alone.asked(1).sourcePort, alone.asked(0).sourcePort);
    refusal.head.flags = 0x8182;
    alone.deliver(1, refusal);
    EXPECT_EQ(alone.host.outcomeOf(id), false);
    alone.host.runUntil(60 * second);
    EXPECT_EQ(alone.host.sent.size(), 2U);
}

TEST(DnsStub, NeedNotWaitWhereThePortIsSaidToBeClosed) {
    // RFC 1122, 4.1.3.3: ICMP errors are passed up.
    Alone alone;
    alone.host.give("dns.lookup", lookupOf("www.example.org"));
    IncomingIcmp error;
    error.type = 3;
    error.code = 3;
    error.about.emplace();
    error.about->destination = firstServer;
    error.about->protocol = 17;
    error.about->sourcePort = alone.asked(0).sourcePort;
    error.about->destinationPort = 53;
    alone.host.deliver(error);
    ASSERT_EQ(alone.host.sent.size(), 2U);
    EXPECT_EQ(alone.asked(1).destination, secondServer);
}

TEST(DnsStub, FailsAtOnceWithoutANameServer) {
    Alone alone;
    alone.host.nameServersKnown.clear();
    EXPECT_EQ(alone.host.outcomeOf(alone.host.give("dns.lookup", lookupOf("www.example.org"))), false);
    EXPECT_TRUE(alone.host.sent.empty());
}

TEST(DnsStub, AnnouncesWhatItTakesWithEdnsAndDoesWithoutWhereThatIsNotUnderstood) {
    // RFC 6891, 6.2.5 and 7: OPT with the payload size; FORMERR: once more without OPT.
    Alone alone;
    Settings settings = lookupOf("www.example.org");
    settings.set("edns", true);
    const CommandId id = alone.host.give("dns.lookup", settings);
    ASSERT_EQ(alone.query(0).records.size(), 1U);
    EXPECT_EQ(alone.query(0).records.front().type, 41);
    EXPECT_EQ(alone.query(0).records.front().recordClass, 1232);
    DnsMessage formatError;
    formatError.head.id = alone.query(0).head.id;
    formatError.head.flags = 0x8101;
    alone.deliver(0, formatError);
    ASSERT_EQ(alone.host.sent.size(), 2U);
    EXPECT_TRUE(alone.query(1).records.empty());
    alone.deliver(1, alone.answer(1));
    EXPECT_EQ(alone.host.outcomeOf(id), true);
}

TEST(DnsStub, AsksAgainOverTcpWhereTheAnswerWasCut) {
    // RFC 7766, 5: TC, then the same question over TCP, with its length in front (RFC 1035, 4.2.2).
    Alone alone;
    const CommandId id = alone.host.give("dns.lookup", lookupOf("www.example.org"));
    DnsMessage cut = alone.answer(0);
    cut.head.flags |= 0x0200;
    cut.records.clear();
    alone.deliver(0, cut);
    ASSERT_EQ(alone.host.streams.size(), 1U);
    const auto& [number, stream] = *alone.host.streams.begin();
    EXPECT_EQ(stream.remote, firstServer);
    EXPECT_EQ(stream.remotePort, 53);
    StreamEvent event;
    event.stream = number;
    event.type = StreamEventType::Opened;
    alone.host.deliver(event);
    ASSERT_GT(stream.sent.size(), 2U);
    EXPECT_EQ(stream.sent[0] * 256U + stream.sent[1], stream.sent.size() - 2);
    EXPECT_EQ(inALine(Bytes(stream.sent).subspan(2)), "www.example.org A? rd");
    // The answer comes byte by byte.
    const auto whole = writeDns(alone.answer(0));
    std::vector<std::uint8_t> framed{0, static_cast<std::uint8_t>(whole.size())};
    framed.insert(framed.end(), whole.begin(), whole.end());
    event.type = StreamEventType::Data;
    for (const std::uint8_t& byte : framed) {
        EXPECT_EQ(alone.host.outcomeOf(id), std::nullopt);
        event.data = Bytes(&byte, 1);
        alone.host.deliver(event);
    }
    EXPECT_EQ(alone.host.outcomeOf(id), true);
    EXPECT_TRUE(stream.closed);
}

TEST(DnsStub, LooksUpTheNameOfAnAddress) {
    // RFC 1035, 3.5: the bytes in reverse order, below IN-ADDR.ARPA.
    DnsWorld world;
    Settings settings;
    settings.set("address", std::string("192.0.2.10"));
    const CommandId id = world.give("dns.reverse", settings);
    EXPECT_EQ(world.answer(), "resolver: 10.2.0.192.in-addr.arpa PTR: rd ra "
                              "10.2.0.192.in-addr.arpa 3600 PTR www.example.org");
    EXPECT_EQ(world.client.outcomeOf(id), true);
}

TEST(DnsStub, TurnsTheNibblesOfAnIpv6AddressRound) {
    // RFC 3596, 2.5, with its own example.
    Alone alone;
    Settings settings;
    settings.set("address", std::string("4321:0:1:2:3:4:567:89ab"));
    alone.host.give("dns.reverse", settings);
    EXPECT_EQ(alone.query(0).questions.front().name,
              "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa");
}

TEST(DnsStub, IsNotContentWithAnAliasThatLeadsNowhere) {
    Alone alone;
    const CommandId id = alone.host.give("dns.lookup", lookupOf("www.example.org"));
    DnsMessage alias = alone.answer(0);
    alias.records.front().type = 5;
    alias.records.front().data = "elsewhere.example.net";
    alone.deliver(0, alias);
    EXPECT_EQ(alone.host.outcomeOf(id), false);
}

} // namespace
} // namespace wirestage::simulation
