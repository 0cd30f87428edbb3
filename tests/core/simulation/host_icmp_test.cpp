// SPDX-License-Identifier: GPL-3.0-or-later
// ICMP from its true causes (RFC 792; RFC 1122, 3.2.2; RFC 1812, 4.3 and 5.2.7), and the tools that show it.
#include "tests/core/simulation/networks.h"

#include "core/bytes/checksum.h"

#include <gmock/gmock.h>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Settings pingTo(std::string_view address, std::int64_t count = 1) {
    return settings({{"to", std::string(address)}, {"count", count}});
}

/// The packet that an ICMP error quotes.
Bytes quotation(const SentFrame& frame) {
    return Bytes(frame.bytes).subspan(14 + 20 + 8);
}

TEST(Icmp, AnswersAnEchoWithItsOwnNumbersAndData) { // RFC 1122, 3.2.2.6
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20", 2));
    const auto run = simulate(network);
    const auto requests = framesLike(run, "client icmp 8/0"), replies = framesLike(run, "server icmp 0/0");
    ASSERT_EQ(requests.size(), 2U);
    ASSERT_EQ(replies.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        const Dissection request = dissected(run.frames[requests[i]]),
                         reply = dissected(run.frames[replies[i]]);
        EXPECT_EQ(reply.icmp.sequence, i + 1);
        EXPECT_EQ(reply.icmp.identifier, request.icmp.identifier);
        EXPECT_TRUE(std::ranges::equal(Bytes(run.frames[requests[i]].bytes).subspan(42),
                                       Bytes(run.frames[replies[i]].bytes).subspan(42)));
    }
    EXPECT_EQ(run.frames[requests[1]].sent - run.start, second); // the first had to wait for ARP
}

TEST(Icmp, SaysNetworkUnreachableWhereTheRouterHasNoRoute) { // RFC 792, 3/0; RFC 1812, 5.2.7.1
    NetworkSetup network = acrossRouter();
    step(network, "client", "ping", pingTo("10.9.9.9"));
    const auto run = simulate(network);
    EXPECT_THAT(story(run), ElementsAre("client arp.request 192.168.1.1", "router arp.reply",
                                        "client icmp 8/0", "router icmp 3/0"));
    const Dissection error = dissected(run.frames[3]);
    EXPECT_EQ(error.network.source, ip("192.168.1.1"));
    EXPECT_EQ(error.icmp.quotedDestination, ip("10.9.9.9"));
}

TEST(Icmp, SaysHostUnreachableWhereTheLastRouterFindsNobody) { // RFC 792, 3/1; RFC 1812, 3.3.2
    NetworkSetup network = acrossRouter();
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.2.99")}, {"count", 1}, {"timeout", 5.0}}));
    const auto run = simulate(network);
    EXPECT_EQ(framesLike(run, "router arp.request 192.168.2.99").size(), 3U);
    const auto errors = framesLike(run, "router icmp 3/1");
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_NEAR(static_cast<double>(run.frames[errors[0]].sent - run.start), 3e9, 1e7);
    ASSERT_EQ(run.timers.size(), 4U); // three questions, and ping's own patience, which the error ended
    EXPECT_EQ(run.frames[errors[0]].hopOf, nobody);
}

TEST(Icmp, TellsTheApplicationWhenItsOwnHostFindsNobody) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.1.99")}, {"count", 1}, {"timeout", 60.0}}));
    const auto run = simulate(network);
    EXPECT_EQ(run.end - run.start, 3 * second); // and not after a minute
    EXPECT_EQ(framesLike(run, "client arp.request").size(), 3U);
}

TEST(Icmp, SaysProtocolUnreachableForOneThatNobodySpeaks) { // RFC 1122, 3.2.2.1: code 2
    NetworkSetup network = twoHosts();
    step(network, "client", "ip.send", settings({{"to", std::string("192.168.1.20")}, {"protocol", 89}}));
    const auto run = simulate(network);
    EXPECT_THAT(framesLike(run, "server icmp 3/2"), ElementsAre(3));
}

TEST(Icmp, SaysPortUnreachableForAClosedPort) { // RFC 1122, 4.1.3.1
    NetworkSetup network = twoHosts();
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.1.20")}, {"port", 4000}}));
    const auto run = simulate(network);
    ASSERT_THAT(framesLike(run, "server icmp 3/3"), ElementsAre(3));
    const SentFrame& datagram = run.frames[2];
    // RFC 1812, 4.3.2.3: as much of the packet as fits into 576 bytes; here all of it.
    EXPECT_TRUE(std::ranges::equal(quotation(run.frames[3]), Bytes(datagram.bytes).subspan(14)));
    EXPECT_EQ(run.frames[3].bytes[15], 0xc0); // RFC 1812, 4.3.2.5
}

TEST(Icmp, QuotesNoMoreThanFitsInto576Bytes) { // RFC 1812, 4.3.2.3
    NetworkSetup network = twoHosts();
    step(network, "client", "udp.send",
         settings({{"to", std::string("192.168.1.20")}, {"port", 4000}, {"size", 1000}}));
    const auto run = simulate(network);
    EXPECT_EQ(run.frames.at(3).bytes.size(), 14U + 576U);
}

TEST(Icmp, SaysThatAPacketIsTooBigAndHowBigItMayBe) { // RFC 1191, 4: 3/4 with the next hop's MTU
    NetworkSetup network = acrossRouter();
    node(network, "router").interfaces[1].mtu = 1000;
    install(network, "server", "udp-server", settings({{"port", 9}, {"mode", std::string("silent")}}));
    step(network, "client", "udp.send",
         settings(
             {{"to", std::string("192.168.2.20")}, {"port", 9}, {"size", 1400}, {"dont_fragment", true}}));
    const auto run = simulate(network);
    const auto errors = framesLike(run, "router icmp 3/4");
    ASSERT_EQ(errors.size(), 1U);
    const auto& bytes = run.frames[errors[0]].bytes;
    EXPECT_EQ(bytes[14 + 20 + 6] << 8 | bytes[14 + 20 + 7], 1000);
    EXPECT_THAT(framesLike(run, "router udp"), IsEmpty());
}

TEST(Icmp, TeachesTheSenderThePathsMtu) { // RFC 1191, 3: later packets to that destination fit
    NetworkSetup network = acrossRouter();
    node(network, "router").interfaces[1].mtu = 1000;
    install(network, "server", "udp-server", settings({{"port", 9}, {"mode", std::string("silent")}}));
    step(network, "client", "udp.send",
         settings({{"to", std::string("192.168.2.20")},
                   {"port", 9},
                   {"size", 1400},
                   {"dont_fragment", true},
                   {"adapt", true}}));
    step(
        network, "client", "udp.send",
        settings({{"to", std::string("192.168.2.20")}, {"port", 9}, {"size", 1400}, {"dont_fragment", true}}),
        10 * second);
    const auto run = simulate(network);
    EXPECT_EQ(framesLike(run, "router icmp 3/4").size(), 1U);
    std::vector<std::size_t> sizes;
    for (const std::uint32_t frame : framesLike(run, "router udp"))
        sizes.push_back(run.frames[frame].bytes.size() - 14);
    EXPECT_THAT(sizes, ElementsAre(1000, 1400 - 972 + 28));
    // The second time the host knows without asking, and sends nothing that could not arrive.
    EXPECT_EQ(framesLike(run, "client udp").size(), 3U);
}

TEST(Icmp, FallsBackToAPlateauWhereARouterIsTooOldToSayTheMtu) { // RFC 1191, 7
    NetworkSetup network = acrossRouter();
    node(network, "router").interfaces[1].mtu = 1000;
    install(network, "server", "udp-server", settings({{"port", 9}, {"mode", std::string("silent")}}));
    step(network, "client", "udp.send",
         settings({{"to", std::string("192.168.2.20")},
                   {"port", 9},
                   {"size", 1400},
                   {"dont_fragment", true},
                   {"adapt", true}}));
    // A router of 1985 leaves those two bytes zero: here a link takes the number away.
    struct Aged : Meddler {
        Verdict onSend(const SentFrame& frame, std::uint32_t) override {
            if (word(frame) == "icmp 3/4") {
                auto& bytes = const_cast<SentFrame&>(frame).bytes;
                bytes[40] = bytes[41] = bytes[36] = bytes[37] = 0;
                InternetChecksum sum;
                sum.add(Bytes(bytes).subspan(34));
                bytes[36] = static_cast<std::uint8_t>(sum.value() >> 8);
                bytes[37] = static_cast<std::uint8_t>(sum.value());
            }
            return {};
        }
    } aged;
    const auto run = simulate(network, &aged);
    // 1428 bytes were too many: 1006 is the next plateau, and too many too, then 508.
    EXPECT_EQ(framesLike(run, "router icmp 3/4").size(), 2U);
    std::vector<std::size_t> sizes;
    for (const std::uint32_t frame : framesLike(run, "router udp"))
        sizes.push_back(run.frames[frame].bytes.size() - 14);
    EXPECT_THAT(sizes, ElementsAre(1400 - 978 + 28, 508, 508, 1400 - 2 * 480 + 28));
}

TEST(Icmp, SendsAHostToABetterGatewayOfItsOwnNetwork) { // RFC 1812, 5.2.7.2: 5/1
    NetworkSetup network = onSwitch({host("client", "02:00:00:00:01:10", "192.168.1.10", "192.168.1.1"),
                                     host("first", "02:00:00:00:01:01", "192.168.1.1"),
                                     host("better", "02:00:00:00:01:02", "192.168.1.2")});
    for (const char* name : {"first", "better"})
        node(network, name).role = NodeRole::Router;
    node(network, "first").routes = {{parseNetwork("10.0.0.0/8").value(), ip("192.168.1.2")}};
    InterfaceSetup far;
    far.name = "eth1";
    far.hardware = mac("02:00:00:00:03:02");
    far.address = ip("10.0.0.1");
    far.prefixLength = 8;
    node(network, "better").interfaces.push_back(far);
    network.nodes.push_back(host("server", "02:00:00:00:03:20", "10.0.0.20", "10.0.0.1"));
    node(network, "server").interfaces[0].prefixLength = 8;
    network.links.push_back(link("better", "eth1", "server", "eth0"));
    step(network, "client", "ping", pingTo("10.0.0.20", 2));

    const auto obeyed = simulate(network);
    const auto redirects = framesLike(obeyed, "first icmp 5/1");
    ASSERT_EQ(redirects.size(), 1U); // the second request goes to the better one at once
    EXPECT_EQ(IpAddress::v4(&obeyed.frames[redirects[0]].bytes[14 + 20 + 4]), ip("192.168.1.2"));
    EXPECT_EQ(framesLike(obeyed, "server icmp 0/0").size(), 2U); // the first was forwarded all the same
    const auto requests = framesLike(obeyed, "client icmp 8/0");
    EXPECT_EQ(dissected(obeyed.frames[requests[1]]).link.destination, mac("02:00:00:00:01:02"));

    node(network, "client").acceptsRedirects = false;
    EXPECT_EQ(framesLike(simulate(network), "first icmp 5/1").size(), 2U);
    node(network, "first").router.sendsRedirects = false;
    EXPECT_THAT(framesLike(simulate(network), "first icmp 5/1"), IsEmpty());
}

TEST(Icmp, SaysThatTimeIsExceededInTransit) { // RFC 792, 11/0; RFC 1812, 5.3.1
    NetworkSetup network = acrossRouter();
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.2.20")}, {"count", 1}, {"ttl", 1}}));
    const auto run = simulate(network);
    EXPECT_THAT(story(run), ElementsAre("client arp.request 192.168.1.1", "router arp.reply",
                                        "client icmp 8/0", "router icmp 11/0"));
}

TEST(Icmp, SaysThatReassemblyTookTooLong) { // RFC 792, 11/1; RFC 1122, 3.3.2
    NetworkSetup network = twoHosts();
    step(network, "client", "ip.send",
         settings({{"to", std::string("192.168.1.20")}, {"size", 3000}, {"first_fragment_only", true}}));
    const auto run = simulate(network);
    const auto errors = framesLike(run, "server icmp 11/1");
    ASSERT_EQ(errors.size(), 1U);
    const Time first = run.frames.at(framesLike(run, "client ip@0").at(0)).arrivals.at(0).time;
    EXPECT_EQ(run.frames[errors[0]].sent - first, 30 * second);
}

TEST(Icmp, SaysNothingOfReassemblyWhereTheFirstFragmentIsMissing) { // RFC 792, page 7
    NetworkSetup network = twoHosts();
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.1.20")}, {"count", 1}, {"size", 3000}}));
    Meddler meddler;
    meddler.send = [](const SentFrame& frame, std::uint32_t) {
        Verdict verdict;
        verdict.lose = word(frame) == "ip@0";
        return verdict;
    };
    const auto run = simulate(network, &meddler);
    EXPECT_THAT(framesLike(run, "server icmp"), IsEmpty());
    EXPECT_EQ(run.end - run.start, 30 * second + 6 * millisecond);
}

TEST(Icmp, NeverAnswersABroadcastWithAnError) { // RFC 1122, 3.2.2
    NetworkSetup network = twoHosts();
    step(network, "client", "udp.send", settings({{"to", std::string("255.255.255.255")}, {"port", 4000}}));
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.1.255")}, {"port", 4000}}));
    EXPECT_THAT(story(simulate(network)), ElementsAre("client udp 49152>4000", "client udp 49153>4000"));
}

TEST(Icmp, NeverReportsAnErrorAboutAnError) { // RFC 1122, 3.2.2
    NetworkSetup network = acrossRouter();
    node(network, "server").routes.clear();
    node(network, "server").routes.push_back({parseNetwork("0.0.0.0/0").value(), ip("192.168.2.1")});
    // The client asks from an address that the router has no way back to.
    node(network, "client").interfaces[0].address = ip("172.16.0.10");
    node(network, "client").interfaces[0].prefixLength = 12;
    node(network, "client").routes = {{parseNetwork("0.0.0.0/0").value(), ip("172.16.0.1")}};
    node(network, "client").neighbours = {{ip("172.16.0.1"), mac("02:00:00:00:01:01")}};
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.2.20")}, {"port", 4000}}));
    const auto run = simulate(network);
    EXPECT_EQ(framesLike(run, "server icmp 3/3").size(), 1U);
    EXPECT_THAT(framesLike(run, "router icmp"), IsEmpty());
}

TEST(Traceroute, MeetsOneRouterAfterTheOtherAndThenAClosedPort) {
    NetworkSetup network = acrossRouter();
    step(network, "client", "traceroute", settings({{"to", std::string("192.168.2.20")}, {"probes", 2}}));
    const auto run = simulate(network);
    EXPECT_EQ(framesLike(run, "router icmp 11/0").size(), 2U);
    EXPECT_EQ(framesLike(run, "server icmp 3/3").size(), 2U);
    const auto probes = framesLike(run, "client udp");
    ASSERT_EQ(probes.size(), 4U);
    EXPECT_EQ(dissected(run.frames[probes[0]]).destinationPort, 33434);
    EXPECT_EQ(dissected(run.frames[probes[3]]).destinationPort, 33437);
    EXPECT_EQ(dissected(run.frames[probes[1]]).network.ttl, 1);
    EXPECT_EQ(dissected(run.frames[probes[2]]).network.ttl, 2);
    EXPECT_FALSE(run.problem);
}

TEST(Traceroute, EndsWithAnEchoReplyWhereItSendsEchoes) {
    NetworkSetup network = acrossRouter();
    step(network, "client", "traceroute",
         settings({{"to", std::string("192.168.2.20")}, {"probes", 1}, {"method", std::string("icmp")}}));
    const auto run = simulate(network);
    EXPECT_EQ(framesLike(run, "router icmp 11/0").size(), 1U);
    EXPECT_EQ(framesLike(run, "server icmp 0/0").size(), 1U);
    EXPECT_EQ(framesLike(run, "client icmp 8/0").size(), 2U);
}

} // namespace
} // namespace wirestage::simulation::test
