// SPDX-License-Identifier: GPL-3.0-or-later
// A router that translates addresses (RFC 3022), and one that lets only answers in.
#include "tests/core/simulation/networks.h"

#include <gmock/gmock.h>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The client is inside, the server outside, and knows no way to 192.168.1.0/24.
NetworkSetup behindNat() {
    NetworkSetup network = acrossRouter();
    node(network, "router").router.outside = "eth1";
    node(network, "server").routes.clear();
    return network;
}

std::string ends(const SentFrame& frame) {
    const Dissection packet = dissected(frame);
    return toString(packet.network.source) + ":" + std::to_string(packet.sourcePort) + " > " +
           toString(packet.network.destination) + ":" + std::to_string(packet.destinationPort);
}

TEST(Nat, GivesAHostInsideAPortOfItsOwnAddressAndBringsTheAnswerBack) { // RFC 3022, 2.2
    NetworkSetup network = behindNat();
    install(network, "server", "udp-server", settings({{"port", 7}}));
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.2.20")}, {"port", 7}}));
    const auto run = simulate(network);
    std::vector<std::string> lines;
    for (const SentFrame& frame : run.frames)
        if (word(frame).starts_with("udp"))
            lines.push_back(ends(frame));
    EXPECT_THAT(lines,
                ElementsAre("192.168.1.10:49152 > 192.168.2.20:7", "192.168.2.1:61000 > 192.168.2.20:7",
                            "192.168.2.20:7 > 192.168.2.1:61000", "192.168.2.20:7 > 192.168.1.10:49152"));
    const auto answers = framesLike(run, "router udp 7>49152");
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(word(run.frames[run.frames[answers[0]].hopOf]), "udp 7>61000");
    for (LinkId link = 0; link < 2; ++link)
        EXPECT_THAT(objections(run, link), testing::AnyOf("", "absent"));
}

TEST(Nat, TranslatesEchoesByTheirIdentifier) { // RFC 3022, 2.2 and 4.1
    NetworkSetup network = behindNat();
    step(network, "client", "ping", settings({{"to", std::string("192.168.2.20")}, {"count", 2}}));
    const auto run = simulate(network);
    EXPECT_EQ(framesLike(run, "router icmp 0/0").size(), 2U);
    const Dissection inside = dissected(run.frames.at(framesLike(run, "client icmp 8/0").at(0)));
    const Dissection outside = dissected(run.frames.at(framesLike(run, "router icmp 8/0").at(0)));
    const Dissection back = dissected(run.frames.at(framesLike(run, "router icmp 0/0").at(0)));
    EXPECT_EQ(outside.icmp.identifier, 61000);
    EXPECT_EQ(back.icmp.identifier, inside.icmp.identifier);
    EXPECT_EQ(back.network.destination, ip("192.168.1.10"));
}

TEST(Nat, TranslatesWhatAnErrorQuotes) { // RFC 3022, 4.3
    NetworkSetup network = behindNat();
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.2.20")}, {"port", 4000}}));
    const auto run = simulate(network);
    const auto outside = framesLike(run, "server icmp 3/3"), inside = framesLike(run, "router icmp 3/3");
    ASSERT_EQ(outside.size(), 1U);
    ASSERT_EQ(inside.size(), 1U);
    const Dissection before = dissected(run.frames[outside[0]]), after = dissected(run.frames[inside[0]]);
    EXPECT_EQ(before.icmp.quotedSource, ip("192.168.2.1"));
    EXPECT_EQ(before.icmp.quotedSourcePort, 61000);
    EXPECT_EQ(after.network.destination, ip("192.168.1.10"));
    EXPECT_EQ(after.icmp.quotedSource, ip("192.168.1.10"));
    EXPECT_EQ(after.icmp.quotedSourcePort, 49152);
    EXPECT_THAT(objections(run, 0), testing::AnyOf("", "absent"));
}

TEST(Nat, LetsNobodyInWhoWasNotSpokenToFromInside) {
    NetworkSetup network = behindNat();
    node(network, "server").routes = {{parseNetwork("0.0.0.0/0").value(), ip("192.168.2.1")}};
    install(network, "client", "udp-server", settings({{"port", 7}}));
    step(network, "server", "udp.send", settings({{"to", std::string("192.168.2.1")}, {"port", 61000}}));
    const auto run = simulate(network);
    EXPECT_THAT(framesLike(run, "router udp"), IsEmpty());
    EXPECT_EQ(framesLike(run, "router icmp 3/3").size(), 1U); // the port is nobody's: the router says so
}

TEST(Nat, BringsAnErrorOfTheRouterItselfToTheHostInside) {
    NetworkSetup network = behindNat();
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.2.99")}, {"port", 4000}}));
    const auto run = simulate(network);
    const auto errors = framesLike(run, "router icmp 3/1");
    ASSERT_EQ(errors.size(), 1U);
    const Dissection error = dissected(run.frames[errors[0]]);
    EXPECT_EQ(error.network.destination, ip("192.168.1.10"));
    EXPECT_EQ(error.icmp.quotedSourcePort, 49152);
}

TEST(Nat, TranslatesFragmentsAsOnePacket) { // RFC 3022, 6.3
    NetworkSetup network = behindNat();
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.2.20")}, {"count", 1}, {"size", 3000}}));
    const auto run = simulate(network);
    std::size_t delivered = 0;
    for (const SentFrame& frame : run.frames)
        for (const Arrival& arrival : frame.arrivals)
            delivered += arrival.node == nodeNamed(run, "client") && word(frame).starts_with("ip@");
    EXPECT_EQ(delivered, 3U);
    for (const TimerSpan& timer : run.timers)
        EXPECT_FALSE(timer.fired);
}

TEST(Firewall, LetsAnswersInAndDropsTheRestSilently) {
    NetworkSetup network = acrossRouter();
    node(network, "router").router.firewallFrom = "eth1";
    install(network, "server", "udp-server", settings({{"port", 7}}));
    install(network, "client", "udp-server", settings({{"port", 7}}));
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.2.20")}, {"port", 7}}));
    step(network, "server", "udp.send", settings({{"to", std::string("192.168.1.10")}, {"port", 7}}), second);
    step(network, "server", "ping", settings({{"to", std::string("192.168.2.1")}, {"count", 1}}), 2 * second);
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.2.20")}, {"port", 4000}}),
         9 * second);
    const auto run = simulate(network);
    EXPECT_EQ(framesLike(run, "router udp 7>49152").size(), 1U); // the answer
    EXPECT_EQ(framesLike(run, "client udp 7>").size(), 0U);      // the question from outside never came
    EXPECT_THAT(framesLike(run, "router icmp 0/0"), IsEmpty());
    EXPECT_EQ(framesLike(run, "router icmp 3/3").size(), 1U); // an error about what was sent comes in too
}

} // namespace
} // namespace wirestage::simulation::test
