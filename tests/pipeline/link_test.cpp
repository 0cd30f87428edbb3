// SPDX-License-Identifier: GPL-3.0-or-later
// ARP (RFC 826, 5227), neighbour discovery (RFC 4861, 4862), VLANs, and how a filter selects exchanges.
#include "core/capture/filter.h"
#include "tests/pipeline/pipeline.h"

namespace wirestage::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ArpPipeline, CountsQuestionsThatNobodyAnswers) {
    // Three frames: "who has 10.20.1.77? tell 10.20.1.2", a second apart.
    const auto capture = recording("arp-failure");
    ASSERT_TRUE(capture);
    EXPECT_THAT(arrows(*capture),
                ElementsAre("1 10.20.1.2 > * arp.request", "2 10.20.1.2 > * arp.request [repeated]",
                            "3 10.20.1.2 > * arp.request [repeated]"));
    EXPECT_THAT(outcomes(*capture), ElementsAre("arp timeout"));
    EXPECT_EQ(participants(exchangeOf(*capture, 1)), "10.20.1.2 asking, 10.20.1.77 asked for");
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("10.20.1.77, asked 3 times"));
}

TEST(ArpPipeline, TellsAnAnnouncementFromAQuestion) {
    // One frame whose sender and target address are the same (RFC 5227, section 3).
    WIRESTAGE_INDEXED(capture, "arp/flowlab-04_gratuitous_arp_request_ipv4.pcap");
    EXPECT_THAT(outcomes(capture), ElementsAre("arp completed"));
    EXPECT_THAT(arrows(capture).front(), HasSubstr("> * arp.request.gratuitous"));
}

TEST(ArpPipeline, PairsQuestionsWithTheirAnswers) {
    // Packets 13 and 14: 192.168.1.178 is at 28:37:37:00:6d:c8; 1 and 2 ask for .151 in vain.
    WIRESTAGE_INDEXED(capture, "arp/ndpi-tcp_scan.pcap");
    EXPECT_THAT(sentence(capture, 1), HasSubstr("192.168.1.151, asked 2 times"));
    EXPECT_THAT(sentence(capture, 5), HasSubstr("192.168.1.178 is at 28:37:37:00:6d:c8"));
    EXPECT_THAT(arrows(capture, 5), ElementsAre("13 192.168.1.2 > 192.168.1.178 arp.request",
                                                "14 192.168.1.178 > 192.168.1.2 arp.reply"));
}

TEST(NeighbourPipeline, DoesNotTakeAnAddressesOwnerForAnother) {
    // DESKTOP's probe from :: and its own advertisement come from the same station (RFC 4862, section 5.4.3).
    WIRESTAGE_INDEXED(capture, "smb/suricata-smb2-ntlmssp-negotiateflags.pcap");
    for (ExchangeId id = 1; id <= capture.exchangeCount(); ++id)
        if (exchangeOf(capture, id).title.source == "Duplicate address detection") {
            EXPECT_THAT(sentence(capture, id), HasSubstr("nobody answered"));
            EXPECT_THAT(participants(exchangeOf(capture, id)), testing::Not(testing::StartsWith("::")));
        }
}

TEST(NeighbourPipeline, PairsSolicitationsWithAdvertisements) {
    // Packets 1 and 2 resolve 2001::2, which is pinged with fragments in 3 and following.
    WIRESTAGE_INDEXED(capture, "ipfrag/community-ipv6-ext-header-fragment-header-reassembly.pcap");
    EXPECT_THAT(outcomes(capture), ElementsAre("icmpv6 completed", "icmpv6 completed", "icmpv6 completed"));
    EXPECT_EQ(participants(exchangeOf(capture, 1)), "2001::1 asking, 2001::2 asked for");
    EXPECT_THAT(sentence(capture, 2), HasSubstr("1 of 1 answered by 2001::2"));
}

TEST(VlanPipeline, ReadsWhatIsInsideATag) {
    // RFC 9293, section 3.5: packets 1 to 3 are a handshake, all in a tagged frame.
    WIRESTAGE_INDEXED(capture, "vlan/ndpi-whois.pcapng");
    EXPECT_THAT(arrows(capture, 1).front(), HasSubstr("tcp."));
}

TEST(FilterPipeline, SelectsWholeExchangesByOneMatchingPacket) {
    // Of ftp-active: exchange 1 is the session, 2 the data connection from port 20 to 47379.
    const auto capture = recording("ftp-active");
    ASSERT_TRUE(capture);
    const auto ids = [&](const std::string& expression) {
        const auto filter = PacketFilter::compile(expression, LinkType::Ethernet);
        return std::holds_alternative<PacketFilter>(filter)
                   ? capture->matching(std::get<PacketFilter>(filter))
                   : std::vector<ExchangeId>{none};
    };
    EXPECT_THAT(ids("port 21"), ElementsAre(0u));
    EXPECT_THAT(ids("port 20"), ElementsAre(1u));
    EXPECT_THAT(ids("host 10.3.0.1"), ElementsAre(0u, 1u));
    EXPECT_THAT(ids("udp"), ElementsAre());
}

} // namespace
} // namespace wirestage::test
