// SPDX-License-Identifier: GPL-3.0-or-later
// ICMP (RFC 792, 4443) as stories: pings, traceroutes, and errors about other exchanges' packets.
#include "tests/pipeline/pipeline.h"

namespace wirestage::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(IcmpPipeline, TellsAPing) {
    // Five requests, five answers; round trips 26.3, 23.3, 32.3, 30.6 and 29.2 ms: 28.3 on average.
    WIRESTAGE_INDEXED(capture, "icmp/zeek-5-pings.pcap");
    EXPECT_THAT(outcomes(capture), ElementsAre("icmp completed"));
    EXPECT_EQ(participants(exchangeOf(capture, 1)), "172.16.133.2 asking, 172.217.11.78 target");
    EXPECT_EQ(sentence(capture, 1), "5 of 5 answered by 172.217.11.78, round trip 28 ms on average");
    EXPECT_THAT(arrows(capture), testing::SizeIs(10));
}

TEST(IcmpPipeline, TellsOfAnswersThatDoNotGetBack) {
    // Captured where the target is: packets 5, 8 and 11 (replies) are each followed by the router's "network
    // unreachable", which quotes them.
    WIRESTAGE_INDEXED(capture, "icmp/community-icmp-unreachable-unreachable-ping.pcap");
    EXPECT_EQ(sentence(capture, 1), "3 of 4 answered by 192.168.2.2; 192.168.2.1 says “Network unreachable”");
    EXPECT_EQ(capture.quoted(5), std::optional<PacketIndex>(4));
    EXPECT_EQ(capture.quoted(4), std::nullopt) << "a reply says nothing of another packet";
}

TEST(IcmpPipeline, TellsATracerouteOfDatagramsAsOneStory) {
    // Ports 33434 to 33437 with TTL 1 to 4; three routers say "time exceeded", the target "port unreachable".
    const auto capture = recording("icmp-traceroute-udp");
    ASSERT_TRUE(capture);
    EXPECT_THAT(outcomes(*capture), ElementsAre("icmp completed"));
    EXPECT_THAT(
        arrows(*capture),
        ElementsAre("1 10.20.1.2 > 10.20.4.2 udp.datagram", "2 10.20.1.1 > 10.20.1.2 icmp.time_exceeded.ttl",
                    "3 10.20.1.2 > 10.20.4.2 udp.datagram", "4 10.20.2.2 > 10.20.1.2 icmp.time_exceeded.ttl",
                    "5 10.20.1.2 > 10.20.4.2 udp.datagram", "6 10.20.3.2 > 10.20.1.2 icmp.time_exceeded.ttl",
                    "7 10.20.1.2 > 10.20.4.2 udp.datagram", "8 10.20.4.2 > 10.20.1.2 icmp.unreachable.port"));
    EXPECT_EQ(participants(exchangeOf(*capture, 1)),
              "10.20.1.2 asking, 10.20.1.1 router, 10.20.2.2 router, 10.20.3.2 router, 10.20.4.2 target");
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("3 routers"));
}

TEST(IcmpPipeline, TellsATracerouteOfEchoRequests) {
    WIRESTAGE_INDEXED(capture, "icmp/sanders-icmp_traceroute.pcapng");
    EXPECT_EQ(english(exchangeOf(capture, 1).title), "Traceroute");
    EXPECT_EQ(capture.row(0).packets, capture.packetCount()) << "all 54 packets are one story";
}

TEST(IcmpPipeline, TakesAClosedPortForTheTargetWhateverAddressItAnswersFrom) {
    // UDP probes to 9.9.9.9; the last answer, "port unreachable", comes from 69.1.1.9, another of its
    // addresses (RFC 1122, section 3.2.2.1: only the destination host says so).
    WIRESTAGE_INDEXED(capture,
                      "icmp/community-ensp-router-default-tracert-steps-ttl-udp-icmp-type-11-icmp.pcapng");
    EXPECT_EQ(english(exchangeOf(capture, 2).title), "Traceroute");
    EXPECT_EQ(outcomes(capture)[1], "icmp completed");
    EXPECT_THAT(sentence(capture, 2), HasSubstr("9.9.9.9 reached behind 3 routers")); // answered at TTL 4
    EXPECT_THAT(participants(exchangeOf(capture, 2)), HasSubstr("69.1.1.9 answering"));
}

TEST(IcmpPipeline, KeepsALongTracerouteTogetherAndCountsItsHopsByTheTtl) {
    // Packets from 24.5 s to the end are one traceroute to 130.37.20.20, with a router that keeps silent for
    // more than ten seconds; the first echo reply answers a request with TTL 20. 21 routers speak: some hops
    // have two.
    WIRESTAGE_INDEXED(capture, "icmp/community-icmpv4_time_exceeded.pcap");
    EXPECT_THAT(outcomes(capture), ElementsAre("icmp completed", "icmp completed"));
    EXPECT_EQ(sentence(capture, 2), "130.37.20.20 reached behind 19 routers");
}

TEST(IcmpPipeline, TellsWhoSaysThatAHostCannotBeReached) {
    const auto capture = recording("icmp-host-unreachable-arp");
    ASSERT_TRUE(capture);
    EXPECT_THAT(arrows(*capture), ElementsAre("1 10.20.1.2 > 10.20.4.99 icmp.echo_request",
                                              "2 10.20.3.2 > 10.20.1.2 icmp.unreachable.host"));
    EXPECT_THAT(outcomes(*capture), ElementsAre("icmp refused"));
    EXPECT_EQ(participants(exchangeOf(*capture, 1)), "10.20.1.2 asking, 10.20.3.2 router, 10.20.4.99 target");
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("10.20.3.2"));
}

TEST(IcmpPipeline, KeepsARedirectWithThePingItIsAbout) {
    // 4 and 10 come from 10.30.0.1 (RFC 792, redirect for the host); the ping of 3, 9 and 12 is answered.
    const auto capture = recording("icmp-redirect");
    ASSERT_TRUE(capture);
    EXPECT_THAT(arrows(*capture, 2), testing::IsSupersetOf({"4 10.30.0.1 > 10.30.0.2 icmp.redirect.host",
                                                            "10 10.30.0.1 > 10.30.0.2 icmp.redirect.host"}));
    EXPECT_EQ(participants(exchangeOf(*capture, 2)), "10.30.0.2 asking, 10.30.0.1 router, 10.31.0.1 target");
    EXPECT_THAT(sentence(*capture, 2), HasSubstr("3 of 3 answered by 10.31.0.1"));
}

TEST(IcmpPipeline, TellsOfADatagramToAClosedPort) {
    WIRESTAGE_INDEXED(capture, "lab/tftp-notfound.pcapng");
    EXPECT_THAT(outcomes(capture), Contains("udp refused"));
    EXPECT_THAT(sentence(capture, 2), HasSubstr("55940"));
}

TEST(IcmpPipeline, TellsOfAFragmentThatWaitsInVain) {
    // Packet 1 is the first fragment of an echo request, 2 the "reassembly time exceeded" 30 s later.
    WIRESTAGE_INDEXED(capture, "lab/icmp-reassembly-timeout.pcapng");
    EXPECT_THAT(outcomes(capture), testing::UnorderedElementsAre("icmp failed", "ip cut_off"));
    EXPECT_EQ(participants(exchangeOf(capture, 2)), "10.20.1.2 sender, 10.20.4.2 receiver");
}

} // namespace
} // namespace wirestage::test
