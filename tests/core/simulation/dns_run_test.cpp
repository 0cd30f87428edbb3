// SPDX-License-Identifier: GPL-3.0-or-later
// DNS on hosts with a stack below: whole runs, their frames looked at by tshark as well.
#include "dns_network.h"

#include <gtest/gtest.h>

namespace wirestage::simulation::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// Nothing wrong with any frame that the resolver or the first server of example.org sees.
void expectSound(const Run& run) {
    EXPECT_FALSE(run.problem) << english(*run.problem);
    for (LinkId link = 0; link < run.links.size(); ++link) {
        const std::string& name = run.links[link].name;
        if (name != "resolver-office" && name != "farm-ns1")
            continue;
        const std::string found = objections(run, link);
        EXPECT_TRUE(found.empty() || found == "absent") << name << "\n" << found;
    }
}

std::size_t tcpFrames(const Run& run) {
    std::size_t count = 0;
    for (const SentFrame& frame : run.frames)
        count += dissected(frame).carried == Carried::Tcp && frame.hopOf == nobody;
    return count;
}

TEST(DnsRun, LooksANameUpFromTheRootAndThenInTheCache) { // RFC 1034, 5.3.3; RFC 1035, 7.4
    NetworkSetup network = dnsNetwork(exampleServer());
    step(network, "client", "dns.lookup", lookupOf("www.example.org"));
    step(network, "client", "dns.lookup", lookupOf("www.example.org"), 60 * second);
    const auto run = simulate(network);
    const Lines lines = dnsOf(run);
    ASSERT_EQ(lines.size(), 10U);
    EXPECT_EQ(lines[7], "resolver: www.example.org A: rd ra www.example.org 300 A 192.0.2.10");
    EXPECT_EQ(lines[9], "resolver: www.example.org A: rd ra www.example.org 240 A 192.0.2.10");
    expectSound(run);
}

TEST(DnsRun, TellsTheNotesOfTheCacheAndTheTimersOfItsQuestions) {
    NetworkSetup network = dnsNetwork(exampleServer());
    step(network, "client", "dns.lookup", lookupOf("www.example.org"));
    const auto run = simulate(network);
    Lines notes;
    for (const RunNote& note : run.notes)
        notes.push_back(run.nodes[note.node].name + ": " + english(note.text));
    EXPECT_THAT(notes, Contains("resolver: www.example.org A cached for 300 s"));
    ASSERT_EQ(run.timers.size(), 4U); // the client's question, and three of the resolver
    for (const TimerSpan& timer : run.timers) {
        EXPECT_EQ(timer.name, "retry");
        EXPECT_FALSE(timer.running);
        EXPECT_FALSE(timer.fired);
    }
}

TEST(DnsRun, AsksAgainWhenTheQuestionWasLost) { // RFC 1035, 4.2.1
    NetworkSetup network = dnsNetwork(exampleServer());
    step(network, "client", "dns.lookup", lookupOf("www.example.org"));
    Meddler meddler;
    meddler.send = [lost = false](const SentFrame& frame, std::uint32_t) mutable {
        Verdict verdict;
        verdict.lose = !lost && dissected(frame).carried == Carried::Udp;
        lost = lost || verdict.lose;
        return verdict;
    };
    const auto run = simulate(network, &meddler);
    const Lines lines = dnsOf(run);
    ASSERT_EQ(lines.size(), 9U);
    EXPECT_EQ(lines[0], "client: www.example.org A? rd");
    EXPECT_EQ(lines[1], lines[0]);
    EXPECT_EQ(lines[8], "resolver: www.example.org A: rd ra www.example.org 300 A 192.0.2.10");
    ASSERT_FALSE(run.timers.empty());
    EXPECT_TRUE(run.timers[0].fired);
    EXPECT_EQ(run.timers[0].ended - run.timers[0].started, 5 * second);
}

TEST(DnsRun, GoesToTcpWhereTheAnswerDoesNotFit) { // RFC 7766, 5
    NetworkSetup network = dnsNetwork(exampleServer());
    step(network, "client", "dns.lookup", lookupOf("many.example.org"));
    const auto run = simulate(network);
    EXPECT_THAT(dnsOf(run), Contains("ns1: many.example.org A: aa tc"));
    EXPECT_EQ(dnsOf(run).back(), "resolver: many.example.org A: tc rd ra");
    EXPECT_GE(tcpFrames(run),
              18U); // two connections: three, at least three with data and ACKs, four to close
    for (const RunNote& note : run.notes)
        EXPECT_THAT(english(note.text), testing::Not(HasSubstr("helped")));
    expectSound(run);
}

TEST(DnsRun, TransfersAZone) { // RFC 5936
    NetworkSetup network = dnsNetwork(exampleServer());
    Settings transfer;
    transfer.set("zone", std::string("example.org"));
    transfer.set("server", std::string("192.0.2.53"));
    step(network, "client", "dns.transfer", transfer);
    const auto run = simulate(network);
    EXPECT_GE(tcpFrames(run), 10U);
    expectSound(run);
}

TEST(DnsRun, SendsEveryTypeSoundly) {
    NetworkSetup network = dnsNetwork(exampleServer());
    Time at = 0;
    for (const auto& [name, type] : {std::pair{"www.example.org", "A"},
                                     {"www.example.org", "AAAA"},
                                     {"ftp.example.org", "CNAME"},
                                     {"example.org", "MX"},
                                     {"example.org", "SOA"},
                                     {"10.2.0.192.in-addr.arpa", "PTR"},
                                     {"example.org", "TXT"},
                                     {"_sip._udp.example.org", "SRV"},
                                     {"example.org", "NS"},
                                     {"nosuch.example.org", "A"},
                                     {"mail.example.org", "AAAA"},
                                     {"shop.example.org", "A"},
                                     {"round.example.org", "A"}}) {
        Settings one = lookupOf(name, type);
        one.set("edns", at % (2 * second) == 0);
        step(network, "client", "dns.lookup", one, at);
        at += second;
    }
    const auto run = simulate(network);
    const Lines lines = dnsOf(run);
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                            [](const std::string& line) { return line.starts_with("client: "); }),
              13);
    EXPECT_THAT(
        lines, Contains(HasSubstr("resolver: _sip._udp.example.org SRV: rd ra _sip._udp.example.org 3600 SRV "
                                  "10 60 5060 sip.example.org")));
    expectSound(run);
}

TEST(DnsRun, SearchesAmongSilentServersAndTellsOfFailure) {
    NetworkSetup network = dnsNetwork(exampleServer());
    node(network, "ns1").applications.clear(); // the port is closed: ICMP says so
    step(network, "client", "dns.lookup", lookupOf("www.example.org"));
    const auto run = simulate(network);
    EXPECT_THAT(dnsOf(run), Contains("ns2: www.example.org A: aa www.example.org 300 A 192.0.2.10"));
    expectSound(run);
}

} // namespace
} // namespace wirestage::simulation::test
