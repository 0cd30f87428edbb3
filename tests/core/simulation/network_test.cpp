// SPDX-License-Identifier: GPL-3.0-or-later
// Frames on their way: what a run says of them.
#include "tests/core/simulation/networks.h"

#include <gmock/gmock.h>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;

TEST(Network, CarriesAPingFromHostToHostAfterArp) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", settings({{"to", "192.168.1.20"}, {"count", 1}}));
    const auto run = simulate(network);
    EXPECT_FALSE(run.problem);
    EXPECT_THAT(story(run), ElementsAre("client arp.request 192.168.1.20", "server arp.reply",
                                        "client icmp 8/0", "server icmp 0/0"));
}

TEST(Network, TellsWhenAFrameEnteredAndLeftEachLink) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", settings({{"to", "192.168.1.20"}, {"count", 1}}));
    const auto run = simulate(network);
    const SentFrame& request = run.frames.at(framesLike(run, "client icmp").at(0));
    ASSERT_EQ(request.passages.size(), 2U);
    EXPECT_EQ(request.passages[0].to, nodeNamed(run, "switch"));
    EXPECT_EQ(request.passages[0].arrived - request.sent, 1 * millisecond);
    EXPECT_EQ(request.passages[1].entered, request.passages[0].arrived);
    ASSERT_EQ(request.arrivals.size(), 1U);
    EXPECT_EQ(request.arrivals[0].node, nodeNamed(run, "server"));
    EXPECT_EQ(request.arrivals[0].time - request.sent, 2 * millisecond);
}

TEST(Network, GivesTheSameBytesForTheSameSetup) {
    NetworkSetup network = acrossRouter();
    step(network, "client", "ping", settings({{"to", "192.168.2.20"}, {"count", 3}}));
    const auto one = simulate(network), other = simulate(network);
    ASSERT_EQ(one.frames.size(), other.frames.size());
    for (std::size_t i = 0; i < one.frames.size(); ++i) {
        EXPECT_EQ(one.frames[i].bytes, other.frames[i].bytes);
        EXPECT_EQ(one.frames[i].sent, other.frames[i].sent);
    }
}

TEST(Router, HandsAPacketOnAsAHopWithOneLessToLive) { // RFC 1812, 5.3.1
    NetworkSetup network = acrossRouter();
    step(network, "client", "ping", settings({{"to", "192.168.2.20"}, {"count", 1}}));
    const auto run = simulate(network);
    EXPECT_THAT(story(run),
                ElementsAre("client arp.request 192.168.1.1", "router arp.reply", "client icmp 8/0",
                            "router arp.request 192.168.2.20", "server arp.reply", "router icmp 8/0",
                            "server icmp 0/0", "router icmp 0/0"));
    EXPECT_EQ(run.frames[5].hopOf, 2U);
    EXPECT_EQ(run.frames[7].hopOf, 6U);
    EXPECT_EQ(dissected(run.frames[2]).network.ttl, 64);
    EXPECT_EQ(dissected(run.frames[5]).network.ttl, 63);
    EXPECT_EQ(dissected(run.frames[5]).link.source, mac("02:00:00:00:02:01"));
}

TEST(Network, SendsNothingThatTsharkObjectsTo) {
    NetworkSetup network = acrossRouter();
    node(network, "router").interfaces[1].mtu = 600;
    step(network, "client", "ping", settings({{"to", "192.168.2.20"}, {"count", 2}, {"size", 3000}}));
    step(network, "client", "traceroute", settings({{"to", "192.168.2.20"}}), second);
    const auto run = simulate(network);
    for (LinkId link = 0; link < run.links.size(); ++link) {
        const std::string why = objections(run, link);
        if (why == "absent")
            GTEST_SKIP() << "tshark is absent";
        EXPECT_EQ(why, "");
    }
}

} // namespace
} // namespace wirestage::simulation::test
