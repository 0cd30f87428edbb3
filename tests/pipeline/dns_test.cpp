// SPDX-License-Identifier: GPL-3.0-or-later
// DNS (RFC 1034, 1035): questions, answers, referrals; again over TCP where the answer was cut (RFC 7766);
// zone transfers (RFC 5936). Packet numbers and records were read with tshark.
#include "tests/pipeline/pipeline.h"

namespace wirestage::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(DnsPipeline, TellsAResolversWayFromTheRootToTheAnswer) {
    // 1 asks the resolver, 2/3 the root (which names ns.test), 6/7 test (ns.lab.test), 8/9 lab.test; 10
    // answers (RFC 1034, section 5.3.3); 11/12 come from the cache.
    const auto capture = recording("dns-recursion");
    ASSERT_TRUE(capture);
    EXPECT_THAT(
        arrows(*capture),
        ElementsAre("1 10.0.0.9 > 10.0.0.53 dns.query", "2 10.0.0.53 > 10.0.0.1 dns.query",
                    "3 10.0.0.1 > 10.0.0.53 dns.response.referral", "4 10.0.0.53 > 10.0.0.1 dns.query",
                    "5 10.0.0.1 > 10.0.0.53 dns.response", "6 10.0.0.53 > 10.0.0.2 dns.query",
                    "7 10.0.0.2 > 10.0.0.53 dns.response.referral", "8 10.0.0.53 > 10.0.0.3 dns.query",
                    "9 10.0.0.3 > 10.0.0.53 dns.response", "10 10.0.0.53 > 10.0.0.9 dns.response",
                    "11 10.0.0.9 > 10.0.0.53 dns.query", "12 10.0.0.53 > 10.0.0.9 dns.response"));
    EXPECT_EQ(participants(exchangeOf(*capture, 1)), "10.0.0.9 client, 10.0.0.53 server");
    EXPECT_EQ(sentence(*capture, 1), "www.lab.test A is 10.0.0.80, in 1.6 ms"); // 1.573948 ms
    EXPECT_THAT(sentence(*capture, 2), HasSubstr("www.lab.test"));
    EXPECT_THAT(sentence(*capture, 2), HasSubstr("ns.test"));
    EXPECT_EQ(capture->exchangeCount(), 6u);
}

TEST(DnsPipeline, TellsEveryTypeAndNamesThatDoNotExist) {
    const auto capture = recording("dns-types-tcp-axfr");
    ASSERT_TRUE(capture);
    EXPECT_THAT(sentence(*capture, 3), HasSubstr("AAAA is fd00::80"));
    EXPECT_THAT(sentence(*capture, 5), HasSubstr("MX is 10 mail.lab.test"));
    EXPECT_THAT(sentence(*capture, 7), HasSubstr("0 5 389 ldap.lab.test"));
    EXPECT_THAT(sentence(*capture, 10), HasSubstr("www.lab.test"));
    EXPECT_THAT(arrows(*capture, 10), ElementsAre("19 10.0.0.9 > 10.0.0.53 dns.query.reverse",
                                                  "20 10.0.0.53 > 10.0.0.9 dns.response"));
    EXPECT_EQ(outcomes(*capture)[10], "dns not_found"); // packet 22: rcode 3 (RFC 2308, section 2.1)
    EXPECT_THAT(arrows(*capture, 11), Contains("22 10.0.0.53 > 10.0.0.9 dns.response.nxdomain"));
}

TEST(DnsPipeline, JoinsAnAnswerThatWasCutWithTheQuestionOverTcp) {
    // 23: TXT of big.lab.test, 24 has TC set, 25 to 36 are the TCP connection; 30 and 32 carry the answer.
    const auto capture = recording("dns-types-tcp-axfr");
    ASSERT_TRUE(capture);
    EXPECT_EQ(outcomes(*capture)[11], "dns completed");
    EXPECT_THAT(arrows(*capture, 12),
                testing::IsSupersetOf(
                    {"23 10.0.0.9 > 10.0.0.53 dns.query", "24 10.0.0.53 > 10.0.0.9 dns.response.truncated",
                     "25 10.0.0.9 > 10.0.0.53 tcp.syn", "28 10.0.0.9 > 10.0.0.53 dns.query",
                     "32 10.0.0.53 > 10.0.0.9 dns.response", "34 10.0.0.9 > 10.0.0.53 tcp.fin"}));
    EXPECT_THAT(sentence(*capture, 12), HasSubstr("over TCP"));
    const MessageList list = capture->messages({11}, Level::Application);
    ASSERT_EQ(list.size(), 4u);
    EXPECT_THAT(capture->message(list.at(3)).packets, ElementsAre(29u, 31u))
        << "indices of packets 30 and 32";
}

TEST(DnsPipeline, TellsAZoneTransfer) {
    // 42 asks for AXFR, 44 and 46 carry one message with 24 answers, of which the SOA is the first and the last
    // (RFC 5936, section 2.2).
    const auto capture = recording("dns-types-tcp-axfr");
    ASSERT_TRUE(capture);
    EXPECT_THAT(arrows(*capture, 14),
                testing::IsSupersetOf({"42 10.0.0.9 > 10.0.0.3 dns.query.transfer",
                                       "46 10.0.0.3 > 10.0.0.9 dns.response.transfer"}));
    EXPECT_THAT(sentence(*capture, 14), HasSubstr("zone lab.test transferred: 23 records"));
    EXPECT_EQ(participants(exchangeOf(*capture, 14)), "10.0.0.9 client, 10.0.0.3 server");
}

TEST(DnsPipeline, TellsAServersFailure) {
    // Packet 2: rcode 2 for "appserver A"; 3 is the server's own SYN to another server's port 53.
    WIRESTAGE_INDEXED(capture, "dns/sanders-stranded_branchdns.pcapng");
    EXPECT_THAT(outcomes(capture), ElementsAre("dns failed", "tcp unanswered"));
    EXPECT_THAT(arrows(capture, 1), ElementsAre("1 172.16.16.101 > 172.16.16.251 dns.query",
                                                "2 172.16.16.251 > 172.16.16.101 dns.response.servfail"));
    EXPECT_THAT(sentence(capture, 1), HasSubstr("appserver A"));
}

TEST(DnsPipeline, PutsAFragmentedAnswerTogether) {
    // 3 asks, 4 is the end of an answer whose other fragments are missing, 5 asks again, 6 to 8 are the
    // answer (RFC 8200, section 4.5).
    WIRESTAGE_INDEXED(capture, "dns/zeek-ipv6-fragmented-dns.pcap");
    const std::string client = "2001:470:1f11:81f:d138:5f55:6d4:1fe2", server = "2607:f740:b::f93";
    EXPECT_THAT(outcomes(capture), ElementsAre("dns completed", "dns completed", "ipv6 cut_off"));
    EXPECT_THAT(arrows(capture, 2),
                ElementsAre("3 " + client + " > " + server + " dns.query",
                            "5 " + client + " > " + server + " dns.query [repeated]",
                            "8 " + server + " > " + client + " dns.response [fragment reassembled]"));
    EXPECT_EQ(participants(exchangeOf(capture, 3)), server + " sender, " + client + " receiver");
    EXPECT_EQ(exchangeOf(capture, 2).bytes, 136u + 136 + 1494 + 1494 + 436);
}

TEST(DnsPipeline, CallsHostsByTheNamesThatAnswersGiveThem) {
    // Packets of smtp-relay-mx: mx.other.test is 10.0.0.26, and the mail goes there.
    WIRESTAGE_INDEXED(capture, "lab/smtp-relay-mx.pcapng");
    EXPECT_EQ(participants(exchangeOf(capture, 7)), "10.0.0.25 client, mx.other.test server");
    EXPECT_THAT(exchangeOf(capture, 7).participants[1].addresses, ElementsAre("10.0.0.26"));
}

TEST(DnsPipeline, PutsAConnectionDownToTheLookupThatToldItsAddress) {
    // Packet 39 answers 192.168.1.118 that crl.microsoft.com is 23.2.16.34, packet 40 is its SYN to that address.
    WIRESTAGE_INDEXED(capture, "dns/community-arp.pcap");
    const Exchange connection = exchangeOf(capture, 11);
    EXPECT_EQ(connection.protocol, ProtocolId::tcp);
    EXPECT_EQ(connection.story, 10U - 1);
    EXPECT_THAT(sentence(capture, 10), HasSubstr("crl.microsoft.com A is 23.2.16.34"));
    EXPECT_EQ(exchangeOf(capture, 10).story, none);
}

TEST(DnsPipeline, DoesNotTakeNetbiosNamesForDns) {
    // Port 137 (RFC 1002): names of 32 letters from A to P.
    WIRESTAGE_INDEXED(capture, "lab/netbios-names.pcapng");
    EXPECT_THAT(outcomes(capture), Not(Contains(HasSubstr("dns"))));
}

} // namespace
} // namespace wirestage::test
