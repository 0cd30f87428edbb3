// SPDX-License-Identifier: GPL-3.0-or-later
// DHCP on real simulated networks: what goes over the wire, what the hosts know of it, and what Wirestage
// itself and tshark tell of a capture of it.
#include "dhcp_networks.h"

#include <gtest/gtest.h>

namespace wirestage::simulation::test {
namespace {

using Lines = std::vector<std::string>;

void expectSound(const Run& run, std::string_view link) {
    EXPECT_FALSE(run.problem) << english(*run.problem);
    const std::string found = objections(run, linkNamed(run, link));
    EXPECT_TRUE(found.empty() || found == "absent") << found;
}

/// Lets the run's first frames of a kind get lost.
class Loser : public Interference {
public:
    Loser(std::string whose, unsigned first, unsigned last)
        : from(std::move(whose)), least(first), most(last) {}
    Verdict onSend(const SentFrame& frame, std::uint32_t) override {
        const Dissection packet = dissected(frame);
        const bool hit =
            packet.carried == Carried::Udp && (from.empty() || toString(packet.network.source) == from);
        if (!hit)
            return {};
        ++seen;
        return {.lose = seen >= least && seen <= most};
    }
    Verdict onLink(const SentFrame&, std::uint32_t, LinkId, std::uint32_t) override { return {}; }
    bool missedBy(const SentFrame&, std::uint32_t, NodeId) override { return false; }

private:
    std::string from;
    unsigned least, most, seen = 0;
};

TEST(DhcpNetwork, GivesAnAddressInFourMessages) {
    // RFC 2131, 3.1 and 4.1: broadcasts from the client, unicasts to a hardware address that has no address
    // yet.
    const auto run = simulate(dhcpLan());
    EXPECT_EQ(dhcpOn(run, "pc-switch"), (Lines{"Discover 0.0.0.0 > 255.255.255.255 ff:ff:ff:ff:ff:ff",
                                               "Offer 192.168.1.1 > 192.168.1.50 02:00:00:00:01:10",
                                               "Request 0.0.0.0 > 255.255.255.255 ff:ff:ff:ff:ff:ff",
                                               "Ack 192.168.1.1 > 192.168.1.50 02:00:00:00:01:10"}));
    EXPECT_EQ(dhcpStatesOf(run, "pc"), (Lines{"INIT", "SELECTING", "REQUESTING", "BOUND"}));
    EXPECT_EQ(notesOf(run, "server"),
              (Lines{"192.168.1.50 set aside", "192.168.1.50 leased for 1 h", "free: 49 of 50"}));
    EXPECT_EQ(run.nodes[nodeNamed(run, "pc")].interfaces[0].addresses,
              std::vector<IpAddress>{ip("192.168.1.50")});
    const auto told = toldOf(run, "pc-switch");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0], "DHCP lease: completed: 192.168.1.50 leased for 1 h by 192.168.1.1, in 57 ms "
                       "[INIT SELECTING REQUESTING BOUND]");
    expectSound(run, "pc-switch");
}

TEST(DhcpNetwork, AnswersByBroadcastWhereTheClientAsksForIt) {
    const auto run = simulate(dhcpLan(settings({{"broadcast", true}})));
    const auto lines = dhcpOn(run, "pc-switch");
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines[1], "Offer 192.168.1.1 > 255.255.255.255 ff:ff:ff:ff:ff:ff");
    EXPECT_EQ(lines[3], "Ack 192.168.1.1 > 255.255.255.255 ff:ff:ff:ff:ff:ff");
    expectSound(run, "pc-switch");
}

TEST(DhcpNetwork, AsksAgainWhenAMessageIsLost) {
    Loser offer("192.168.1.1", 1, 1);
    const auto run = simulate(dhcpLan(), &offer);
    const auto discovers = timesOf(run, "Discover");
    ASSERT_EQ(discovers.size(), 2U);
    EXPECT_NEAR(discovers[1], 4, 1);
    EXPECT_EQ(timesOf(run, "Ack").size(), 1U);
    const auto told = toldOf(run, "server-switch");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].substr(0, 45), "DHCP lease: completed: 192.168.1.50 leased fo");
    Loser ack("192.168.1.1", 2, 2);
    const auto again = simulate(dhcpLan(), &ack);
    EXPECT_EQ(timesOf(again, "Request").size(), 2U);
    EXPECT_EQ(dhcpStatesOf(again, "pc").back(), "BOUND");
}

TEST(DhcpNetwork, AsksInVainWhereNoServerIsAndTakesALinkLocalAddress) {
    NetworkSetup network = dhcpLan(settings({{"link_local", true}}));
    node(network, "server").applications.clear();
    const auto run = simulate(network);
    const auto times = timesOf(run, "Discover");
    ASSERT_EQ(times.size(), 5U);
    for (std::size_t i = 0; i + 1 < times.size(); ++i)
        EXPECT_NEAR(times[i + 1] - times[i], 4 << i, 1); // 4.1
    const auto& addresses = run.nodes[nodeNamed(run, "pc")].interfaces[0].addresses;
    ASSERT_EQ(addresses.size(), 1U);
    EXPECT_TRUE(toString(addresses[0]).starts_with("169.254."));
    EXPECT_EQ(toldOf(run, "pc-switch"),
              Lines{"DHCP lease: timeout: asked 5 times, no server answered [INIT SELECTING]"});
    expectSound(run, "pc-switch");
}

TEST(DhcpNetwork, RenewsAndRebindsAndGivesUp) {
    NetworkSetup network = dhcpLan({}, settings({{"lease", 200.0}}));
    network.limit = 320 * second;
    const auto renewed = simulate(network);
    EXPECT_EQ(dhcpStatesOf(renewed, "pc"), (Lines{"INIT", "SELECTING", "REQUESTING", "BOUND", "RENEWING",
                                                  "BOUND", "RENEWING", "BOUND", "RENEWING", "BOUND"}));
    EXPECT_EQ(dhcpOn(renewed, "pc-switch")[4], "Request 192.168.1.50 > 192.168.1.1 02:00:00:00:01:01");
    const auto told = toldOf(renewed, "pc-switch");
    ASSERT_EQ(told.size(), 4U);
    EXPECT_EQ(told[1], "DHCP renewal: completed: 192.168.1.50 renewed by 192.168.1.1 for 3 min 20 s "
                       "[BOUND RENEWING BOUND]");
    expectSound(renewed, "pc-switch");

    Loser server("192.168.1.1", 3, 1000); // it falls silent once the lease is given
    const auto lost = simulate(network, &server);
    EXPECT_EQ(dhcpStatesOf(lost, "pc"), (Lines{"INIT", "SELECTING", "REQUESTING", "BOUND", "RENEWING",
                                               "REBINDING", "INIT", "SELECTING"}));
    const auto requests = timesOf(lost, "Request");
    ASSERT_EQ(requests.size(), 4U); // T1 100 s, again after 60 s (4.4.5), T2 175 s
    EXPECT_NEAR(requests[1] - requests[0], 100, 0.01);
    EXPECT_NEAR(requests[2] - requests[1], 60, 0.01);
    EXPECT_NEAR(requests[3] - requests[0], 175, 0.01);
    const auto failed = toldOf(lost, "pc-switch");
    ASSERT_EQ(failed.size(), 4U);
    EXPECT_EQ(failed[1], "DHCP renewal: timeout: asked 2 times, no server answered [BOUND RENEWING]");
    EXPECT_EQ(failed[2], "DHCP rebinding: unanswered: asked once, no server answered [BOUND REBINDING]");
}

TEST(DhcpNetwork, RefusesAnAddressOfAnotherNetwork) {
    const auto run = simulate(dhcpLan(settings({{"remembered_address", "10.0.0.5"}})));
    EXPECT_EQ(dhcpStatesOf(run, "pc"),
              (Lines{"INIT-REBOOT", "REBOOTING", "INIT", "SELECTING", "REQUESTING", "BOUND"}));
    EXPECT_EQ(dhcpOn(run, "pc-switch")[1], "Nak 192.168.1.1 > 255.255.255.255 ff:ff:ff:ff:ff:ff");
    const auto told = toldOf(run, "pc-switch");
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0],
              "DHCP lease: refused: refused: the server said “wrong network” [INIT-REBOOT REBOOTING INIT]");
    expectSound(run, "pc-switch");
}

TEST(DhcpNetwork, DeclinesAnAddressThatAHostHasByHand) {
    NetworkSetup network = dhcpLan();
    NodeSetup squatter = host("printer", "02:00:00:00:01:77", "192.168.1.50");
    node(network, "switch") = switchWith("switch", 3);
    network.nodes.push_back(squatter);
    network.links.push_back(link("printer", "eth0", "switch", "3"));
    const auto run = simulate(network);
    EXPECT_EQ(dhcpStatesOf(run, "pc"),
              (Lines{"INIT", "SELECTING", "REQUESTING", "INIT", "SELECTING", "REQUESTING", "BOUND"}));
    const auto declines = timesOf(run, "Decline"), discovers = timesOf(run, "Discover");
    ASSERT_EQ(declines.size(), 1U);
    ASSERT_EQ(discovers.size(), 2U);
    EXPECT_NEAR(discovers[1] - declines[0], 10, 0.001); // 3.1, step 5
    EXPECT_EQ(run.nodes[nodeNamed(run, "pc")].interfaces[0].addresses,
              std::vector<IpAddress>{ip("192.168.1.51")});
    const auto told = toldOf(run, "pc-switch");
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0], "DHCP lease: failed: declined: another host already uses 192.168.1.50 "
                       "[INIT SELECTING REQUESTING INIT]"); // figure 5: the Ack is not accepted
    expectSound(run, "pc-switch");
}

TEST(DhcpNetwork, GivesTheAddressBack) {
    NetworkSetup network = dhcpLan();
    step(network, "pc", "dhcp.release", {}, 10 * second);
    const auto run = simulate(network);
    EXPECT_EQ(dhcpOn(run, "pc-switch").back(), "Release 192.168.1.50 > 192.168.1.1 02:00:00:00:01:01");
    EXPECT_EQ(notesOf(run, "server").back(), "free: 50 of 50");
    const auto told = toldOf(run, "pc-switch");
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1], "DHCP release: completed: the client gives 192.168.1.50 back [BOUND INIT]");
    expectSound(run, "pc-switch");
}

TEST(DhcpNetwork, TellsSettingsToAHostWithAnAddress) {
    NetworkSetup network = dhcpLan();
    network.script.clear();
    step(network, "pc", "dhcp.static", settings({{"address", "192.168.1.9"}}));
    step(network, "pc", "dhcp.inform", {}, second);
    const auto run = simulate(network);
    EXPECT_EQ(dhcpOn(run, "pc-switch"), (Lines{"Inform 192.168.1.9 > 255.255.255.255 ff:ff:ff:ff:ff:ff",
                                               "Ack 192.168.1.1 > 192.168.1.9 02:00:00:00:01:10"}));
    EXPECT_EQ(toldOf(run, "pc-switch"),
              Lines{"DHCP settings: completed: settings told by 192.168.1.1, no lease []"});
    expectSound(run, "pc-switch");
}

TEST(DhcpNetwork, LetsOneOfTwoServersWin) {
    // RFC 2131, 3.1, steps 2 to 4.
    NetworkSetup network = dhcpLan();
    node(network, "switch") = switchWith("switch", 3);
    network.nodes.push_back(host("second", "02:00:00:00:01:03", "192.168.1.3"));
    network.links.push_back(link("second", "eth0", "switch", "3"));
    network.links.back().delay = 3 * millisecond;
    install(network, "second", "dhcp-server", settings({{"scope", "192.168.1.150-192.168.1.199"}}));
    const auto run = simulate(network);
    EXPECT_EQ(dhcpOn(run, "pc-switch"), (Lines{"Discover 0.0.0.0 > 255.255.255.255 ff:ff:ff:ff:ff:ff",
                                               "Offer 192.168.1.1 > 192.168.1.50 02:00:00:00:01:10",
                                               "Offer 192.168.1.3 > 192.168.1.150 02:00:00:00:01:10",
                                               "Request 0.0.0.0 > 255.255.255.255 ff:ff:ff:ff:ff:ff",
                                               "Ack 192.168.1.1 > 192.168.1.50 02:00:00:00:01:10"}));
    EXPECT_EQ(
        notesOf(run, "second"),
        (Lines{"192.168.1.150 set aside", "192.168.1.150 free again: the client takes 192.168.1.1's offer"}));
    EXPECT_EQ(notesOf(run, "pc"), Lines{"2 offers: pc takes the one of 192.168.1.1"});
    const auto told = toldOf(run, "pc-switch");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_TRUE(told[0].starts_with("DHCP lease: completed: 192.168.1.50 leased for 1 h by 192.168.1.1, in"));
    expectSound(run, "pc-switch");
}

TEST(DhcpNetwork, RunsOutOfAddresses) {
    NetworkSetup network = dhcpLan({}, settings({{"scope", "192.168.1.50"}}));
    node(network, "switch") = switchWith("switch", 3);
    network.nodes.push_back(host("late", "02:00:00:00:01:11"));
    network.links.push_back(link("late", "eth0", "switch", "3"));
    install(network, "late", "dhcp-client", settings({{"tries", std::int64_t{2}}}));
    step(network, "late", "dhcp.start", {}, second);
    const auto run = simulate(network);
    EXPECT_EQ(notesOf(run, "server").back(), "no address is free: no offer");
    EXPECT_EQ(notesOf(run, "late"), Lines{"no DHCP server answers"});
    EXPECT_EQ(toldOf(run, "late-switch").size(), 2U); // the first client's broadcasts are heard here, too
    expectSound(run, "late-switch");
}

TEST(DhcpNetwork, DoesNotCrossARouter) {
    const auto run = simulate(dhcpAcrossRouter(std::nullopt));
    EXPECT_EQ(timesOf(run, "Discover").size(), 5U);
    EXPECT_TRUE(dhcpOn(run, "router-server").empty());
    expectSound(run, "pc-router");
}

TEST(DhcpNetwork, CrossesARouterByARelay) {
    const auto run = simulate(dhcpAcrossRouter(Settings{}));
    EXPECT_EQ(dhcpOn(run, "pc-router"), (Lines{"Discover 0.0.0.0 > 255.255.255.255 ff:ff:ff:ff:ff:ff",
                                               "Offer 192.168.1.1 > 192.168.1.50 02:00:00:00:01:10",
                                               "Request 0.0.0.0 > 255.255.255.255 ff:ff:ff:ff:ff:ff",
                                               "Ack 192.168.1.1 > 192.168.1.50 02:00:00:00:01:10"}));
    EXPECT_EQ(dhcpOn(run, "router-server"), (Lines{"Discover 192.168.2.1 > 192.168.2.20 02:00:00:00:02:20",
                                                   "Offer 192.168.2.20 > 192.168.1.1 02:00:00:00:02:01",
                                                   "Request 192.168.2.1 > 192.168.2.20 02:00:00:00:02:20",
                                                   "Ack 192.168.2.20 > 192.168.1.1 02:00:00:00:02:01"}));
    EXPECT_EQ(dhcpStatesOf(run, "pc").back(), "BOUND");
    for (const char* place : {"pc-router", "router-server"}) {
        const auto told = toldOf(run, place);
        ASSERT_EQ(told.size(), 1U) << place;
        EXPECT_TRUE(
            told[0].starts_with("DHCP lease: completed: 192.168.1.50 leased for 1 h by 192.168.2.20, in"))
            << told[0];
        EXPECT_TRUE(told[0].ends_with("[INIT SELECTING REQUESTING BOUND]")) << told[0];
        expectSound(run, place);
    }
}

TEST(DhcpNetwork, IsRefusedByARelay) {
    const auto run = simulate(dhcpAcrossRouter(Settings{}, settings({{"remembered_address", "10.0.0.5"}})));
    EXPECT_EQ(dhcpOn(run, "router-server")[1], "Nak 192.168.2.20 > 192.168.1.1 02:00:00:00:02:01");
    EXPECT_EQ(dhcpOn(run, "pc-router")[1], "Nak 192.168.1.1 > 255.255.255.255 ff:ff:ff:ff:ff:ff");
    const auto told = toldOf(run, "");
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0],
              "DHCP lease: refused: refused: the server said “wrong network” [INIT-REBOOT REBOOTING INIT]");
    expectSound(run, "pc-router");
}

TEST(DhcpNetwork, SaysWhereverOneLooksThatALeaseEndsOnce) {
    NetworkSetup network = dhcpAcrossRouter(Settings{});
    step(network, "pc", "dhcp.release", {}, 10 * second);
    const auto told = toldOf(simulate(network), ""); // the router hands the Release on: a second frame
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1], "DHCP release: completed: the client gives 192.168.1.50 back [BOUND INIT]");
}

TEST(DhcpNetwork, RenewsPastTheRelay) {
    // 4.3.2: unicast to the server itself, "so no relay agents will be involved".
    NetworkSetup network = dhcpAcrossRouter(settings({{"option82", true}}));
    step(network, "pc", "dhcp.renew", {}, 10 * second);
    const auto run = simulate(network);
    const auto lines = dhcpOn(run, "router-server");
    ASSERT_EQ(lines.size(), 6U);
    EXPECT_EQ(lines[4], "Request 192.168.1.50 > 192.168.2.20 02:00:00:00:02:20");
    EXPECT_EQ(lines[5], "Ack 192.168.2.20 > 192.168.1.50 02:00:00:00:02:01");
    EXPECT_EQ(dhcpStatesOf(run, "pc").back(), "BOUND");
    expectSound(run, "router-server");
    expectSound(run, "pc-router");
}

TEST(DhcpNetwork, ComesBackAfterARestartWithTwoMessages) {
    // RFC 2131, 3.2.
    NetworkSetup network = dhcpLan();
    step(network, "pc", "dhcp.stop", settings({{"remember", true}}), 10 * second);
    step(network, "pc", "dhcp.start", {}, 20 * second);
    const auto run = simulate(network);
    EXPECT_EQ(dhcpOn(run, "pc-switch").size(), 6U);
    EXPECT_EQ(dhcpStatesOf(run, "pc"), (Lines{"INIT", "SELECTING", "REQUESTING", "BOUND", "INIT",
                                              "INIT-REBOOT", "REBOOTING", "BOUND"}));
    const auto told = toldOf(run, "pc-switch");
    ASSERT_EQ(told.size(), 2U);
    EXPECT_TRUE(told[1].ends_with("[INIT-REBOOT REBOOTING BOUND]")) << told[1];
}

TEST(DhcpNetwork, IsTheSameEveryTime) {
    const auto first = simulate(dhcpLan(settings({{"tries", std::int64_t{3}}})));
    const auto second = simulate(dhcpLan(settings({{"tries", std::int64_t{3}}})));
    EXPECT_EQ(captureOf(first, "pc-switch"), captureOf(second, "pc-switch"));
}

} // namespace
} // namespace wirestage::simulation::test
