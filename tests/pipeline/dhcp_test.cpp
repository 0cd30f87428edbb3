// SPDX-License-Identifier: GPL-3.0-or-later
// DHCP (RFC 2131): the four messages and who sends them are section 3.1, the client's states figure 5. The
// packets' numbers, addresses and options were read with tshark -V.
#include "tests/pipeline/pipeline.h"

namespace wirestage::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* client = "02:00:00:00:00:c1";

TEST(DhcpPipeline, TellsALeaseItsRenewalAndItsEnd) {
    // Packets 1 to 4 are one transaction, 7 and 8 a renewal (ciaddr is set, section 4.3.2), 9 releases.
    const auto capture = recording("dhcp-dora-renew-release");
    ASSERT_TRUE(capture);
    EXPECT_THAT(outcomes(*capture), ElementsAre("dhcp completed", "arp completed", "dhcp completed",
                                                "dhcp completed", "arp unanswered"));
    const std::string me = client;
    EXPECT_THAT(arrows(*capture, 1),
                ElementsAre("1 " + me + " > * dhcp.discover", "2 10.0.0.1 > " + me + " dhcp.offer",
                            "3 " + me + " > * dhcp.request", "4 10.0.0.1 > " + me + " dhcp.ack"));
    EXPECT_THAT(arrows(*capture, 3),
                ElementsAre("7 " + me + " > 10.0.0.1 dhcp.request", "8 10.0.0.1 > " + me + " dhcp.ack"));
    EXPECT_THAT(arrows(*capture, 4), ElementsAre("9 " + me + " > 10.0.0.1 dhcp.release"));
    const Exchange lease = exchangeOf(*capture, 1);
    EXPECT_EQ(participants(lease), me + " client, 10.0.0.1 server");
    EXPECT_THAT(lease.participants[0].addresses, ElementsAre("10.0.0.60"));
    EXPECT_THAT(states(lease),
                ElementsAre(me + " INIT ?", me + " SELECTING 1", me + " REQUESTING 3", me + " BOUND 4"));
    EXPECT_EQ(phases(lease), "Find a server 1-2, Ask and receive 3-4");
    EXPECT_THAT(states(exchangeOf(*capture, 3)),
                ElementsAre(me + " BOUND ?", me + " RENEWING 7", me + " BOUND 8"));
    // yiaddr 10.0.0.60, option 51: 120 s, option 54: 10.0.0.1; 24.6 ms from packet 1 to packet 4
    EXPECT_EQ(sentence(*capture, 1), "10.0.0.60 leased for 2 min by 10.0.0.1, in 25 ms");
    EXPECT_EQ(sentence(*capture, 3), "10.0.0.60 renewed by 10.0.0.1 for 2 min");
    EXPECT_THAT(sentence(*capture, 4), HasSubstr("10.0.0.60"));
    EXPECT_EQ(participants(exchangeOf(*capture, 4)), me + " client, 10.0.0.1 server");
}

TEST(DhcpPipeline, TellsARefusalAndWhatTheServerSaid) {
    // Packet 1 asks for an old address without naming a server (INIT-REBOOT), 2 is the NAK with option 56.
    const auto capture = recording("dhcp-nak");
    ASSERT_TRUE(capture);
    const std::string me = client;
    EXPECT_EQ(outcomes(*capture).front(), "dhcp refused");
    EXPECT_THAT(arrows(*capture, 1), ElementsAre("1 " + me + " > * dhcp.request", "2 10.0.0.1 > * dhcp.nak"));
    EXPECT_THAT(states(exchangeOf(*capture, 1)),
                ElementsAre(me + " INIT-REBOOT ?", me + " REBOOTING 1", me + " INIT 2"));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("wrong network"));
}

TEST(DhcpPipeline, ShowsBothServersOfWhichOneIsChosen) {
    const auto capture = recording("dhcp-two-servers");
    ASSERT_TRUE(capture);
    EXPECT_EQ(participants(exchangeOf(*capture, 1)),
              std::string(client) + " client, 10.0.0.1 server, 10.0.0.2 server");
    EXPECT_THAT(arrows(*capture, 1), testing::SizeIs(5));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("10.0.0.60 leased for 2 min by 10.0.0.1, in 36 ms"));
}

TEST(DhcpPipeline, DoesNotTakeADeclinedAddressForTheClients) {
    // 1-4 lease .60, 5 probes it and 6 answers from another station, 7 declines it under a new number, 8-11
    // lease .50; packet 13 asks for .60, which by then is somebody else's.
    const auto capture = recording("dhcp-decline");
    ASSERT_TRUE(capture);
    EXPECT_THAT(outcomes(*capture), ElementsAre("dhcp completed", "arp completed", "dhcp failed",
                                                "dhcp completed", "arp completed", "arp unanswered"));
    EXPECT_THAT(arrows(*capture, 3), ElementsAre(std::string("7 ") + client + " > * dhcp.decline"));
    EXPECT_THAT(sentence(*capture, 3), HasSubstr("10.0.0.60"));
    EXPECT_EQ(participants(exchangeOf(*capture, 3)), std::string(client) + " client, 10.0.0.1 server");
    EXPECT_EQ(participants(exchangeOf(*capture, 2)), std::string(client) + " asking, 10.0.0.60 asked for");
    EXPECT_THAT(sentence(*capture, 2), HasSubstr("1a:3a:bf:9c:f2:6a"));
    EXPECT_EQ(participants(exchangeOf(*capture, 6)), "10.0.0.1 asking, 10.0.0.60 asked for");
}

TEST(DhcpPipeline, KnowsARelaysTwoAddressesForOneHost) {
    // Packets 3 and 5 come from 10.2.0.1 with giaddr 10.1.0.1 (RFC 1542, section 4.1.1), 4 and 6 go to
    // giaddr.
    WIRESTAGE_INDEXED(capture, "lab/dhcp-relay-server.pcapng");
    EXPECT_THAT(arrows(capture, 2),
                ElementsAre("3 10.2.0.1 > 10.2.0.2 dhcp.discover", "4 10.2.0.2 > 10.2.0.1 dhcp.offer",
                            "5 10.2.0.1 > 10.2.0.2 dhcp.request", "6 10.2.0.2 > 10.2.0.1 dhcp.ack"));
    EXPECT_EQ(participants(exchangeOf(capture, 2)),
              "9a:0a:5b:38:63:01 client, 10.2.0.1 relay, 10.2.0.2 server");
    EXPECT_THAT(exchangeOf(capture, 2).participants[1].addresses, testing::Contains("10.1.0.1"));
    EXPECT_THAT(sentence(capture, 2), HasSubstr("10.1.0.58 leased for 2 min by 10.2.0.2"));
}

TEST(DhcpPipeline, KnowsTheServerBehindARelayByItsIdentifier) {
    // On the client's side the relay 10.1.0.1 hands the answers on; option 54 is 10.2.0.2.
    WIRESTAGE_INDEXED(capture, "lab/dhcp-relay-client.pcapng");
    EXPECT_EQ(participants(exchangeOf(capture, 1)),
              "9a:0a:5b:38:63:01 client, 10.1.0.1 relay, 10.2.0.2 server");
    EXPECT_THAT(sentence(capture, 1), HasSubstr("by 10.2.0.2"));
}

TEST(DhcpPipeline, CallsTheClientByTheNameItGives) {
    // Option 12 of packets 1 and 3 is "xiao-PC"; 1 and 2 NAK a renewal, 3 to 6 lease, 7 declines (same xid).
    WIRESTAGE_INDEXED(capture, "dhcp/community-dhcp-nak-lease-removed-and-decline-arp-conflict.pcapng");
    EXPECT_THAT(outcomes(capture),
                ElementsAre("dhcp refused", "dhcp failed", "dhcp completed", "dhcp completed"));
    EXPECT_EQ(participants(exchangeOf(capture, 1)), "xiao-PC client, 192.16.1.1 server");
    EXPECT_THAT(arrows(capture, 2), ElementsAre("3 xiao-PC > * dhcp.discover", "4 192.16.1.1 > * dhcp.offer",
                                                "5 xiao-PC > * dhcp.request", "6 192.16.1.1 > * dhcp.ack",
                                                "7 xiao-PC > * dhcp.decline"));
    EXPECT_THAT(arrows(capture, 4),
                ElementsAre("12 xiao-PC > * dhcp.inform", "13 192.16.1.1 > xiao-PC dhcp.ack"));
}

TEST(DhcpPipeline, SaysHowOftenNobodyAnswered) {
    // Six DISCOVERs of one transaction and nothing else.
    WIRESTAGE_INDEXED(capture, "lab/dhcp-silent-dhclient.pcapng");
    EXPECT_EQ(outcomes(capture).front(), "dhcp timeout");
    EXPECT_THAT(sentence(capture, 1), HasSubstr("6 times"));
}

} // namespace
} // namespace wirestage::test
