// SPDX-License-Identifier: GPL-3.0-or-later
// A run as a whole: the script, the end, what makes it impossible; links, and what is done to frames on them.
#include "tests/core/simulation/networks.h"

#include "core/simulation/random.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Settings pingTo(std::string_view address, std::int64_t count = 1) {
    return settings({{"to", std::string(address)}, {"count", count}});
}

Settings datagrams(std::int64_t count) {
    return settings({{"to", std::string("192.168.1.20")},
                     {"port", 9},
                     {"count", count},
                     {"interval", 0.0},
                     {"size", 1000 - 28}});
}

std::string problemOf(const NetworkSetup& network) {
    const auto run = simulate(network);
    return run.problem ? english(*run.problem) : "";
}

/// Wakes for ever, and tells of a timer each time.
struct Clock final : Application {
    void start(HostServices& host) override { wake(host); }
    [[nodiscard]] std::optional<Time> deadline() const override { return due; }
    void wake(HostServices& host) override {
        due = host.now() + pause;
        host.timerStarted(ProtocolId::ip, 0, "tick", due);
    }
    explicit Clock(Time every) : pause(every) {}
    Time pause, due = 0;
};
using Made = std::variant<std::unique_ptr<Application>, Text>;
const ApplicationType slowClock{
    "slow", {}, {}, [](const Settings&) -> Made { return std::make_unique<Clock>(100 * second); }};
const ApplicationType stuckClock{
    "stuck", {}, {}, [](const Settings&) -> Made { return std::make_unique<Clock>(0); }};

TEST(Script, GivesAStepAfterTheOneItWaitsFor) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20", 2));
    step(network, "server", "ping", pingTo("192.168.1.10"), 5 * second);
    network.script[1].after = 0;
    const auto run = simulate(network);
    const Time end = run.frames.at(framesLike(run, "server icmp 0/0").at(1)).arrivals.at(0).time;
    EXPECT_EQ(run.frames.at(framesLike(run, "server icmp 8/0").at(0)).sent, end + 5 * second);
}

TEST(Run, EndsWhenNothingIsLeftToHappen) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20"));
    const auto run = simulate(network);
    EXPECT_EQ(run.end, run.frames.back().arrivals.at(0).time);
    EXPECT_FALSE(run.problem);
}

TEST(Run, EndsQuietlyAtItsLimitWhereOnlyTimersWait) {
    NetworkSetup network = twoHosts();
    install(network, "client", slowClock);
    const auto run = simulate(network);
    EXPECT_FALSE(run.problem);
    EXPECT_EQ(run.end - run.start, 600 * second);
    EXPECT_TRUE(run.timers.back().running);
    EXPECT_EQ(run.timers.back().ended, run.end);
    EXPECT_EQ(run.timers.front().ended, run.start + 100 * second);
}

TEST(Run, SaysSoWhereALimitCutsItOff) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20", 1000));
    EXPECT_EQ(problemOf(network), "stopped after 10 min, and it was not over");
    network.mostFrames = 50;
    EXPECT_EQ(problemOf(network), "stopped after 50 frames");
    EXPECT_EQ(simulate(network).frames.size(), 50U);
}

TEST(Run, StopsWhatGoesRoundInACircleWithoutTime) {
    NetworkSetup network = twoHosts();
    install(network, "client", stuckClock);
    EXPECT_THAT(problemOf(network), HasSubstr("circle"));
}

TEST(Run, RefusesWhatCannotBe) {
    NetworkSetup network = twoHosts();
    step(network, "client", "sing");
    EXPECT_EQ(problemOf(network), "step 1: nobody knows how to “sing”");
    network.script[0] = {"nobody", "ping", {}, 0, {}};
    EXPECT_EQ(problemOf(network), "step 1: there is no host nobody");
    network.script.clear();
    network.links.push_back(link("client", "eth9", "server", "eth0"));
    EXPECT_EQ(problemOf(network), "link client-server leads to client eth9, which does not exist");
    network.links.back() = link("client", "eth0", "server", "eth0");
    EXPECT_EQ(problemOf(network), "client eth0 has two links, but an interface takes one");
    network = twoHosts();
    node(network, "client").interfaces[0].mtu = 20;
    EXPECT_THAT(problemOf(network), HasSubstr("below 68"));
    network = twoHosts();
    network.nodes.push_back(switchWith("second", 2));
    node(network, "switch").interfaces.resize(4);
    node(network, "switch").interfaces[2].name = "3";
    node(network, "switch").interfaces[3].name = "4";
    network.links.push_back(link("switch", "3", "second", "1"));
    EXPECT_EQ(problemOf(network), "");
    network.links.push_back(link("switch", "4", "second", "2"));
    EXPECT_EQ(problemOf(network), "link switch-second closes a circle of switches");
}

TEST(Switch, FloodsWhatItDoesNotKnowAndLearnsWhereEverybodyIs) { // IEEE 802.1D, 7.8
    NetworkSetup network = onSwitch({host("client", "02:00:00:00:01:10", "192.168.1.10"),
                                     host("server", "02:00:00:00:01:20", "192.168.1.20"),
                                     host("other", "02:00:00:00:01:30", "192.168.1.30")});
    // Without ARP the switch has never seen the server.
    node(network, "client").neighbours = {{ip("192.168.1.20"), mac("02:00:00:00:01:20")}};
    node(network, "server").neighbours = {{ip("192.168.1.10"), mac("02:00:00:00:01:10")}};
    step(network, "client", "ping", pingTo("192.168.1.20", 2));
    const auto run = simulate(network);
    const auto requests = framesLike(run, "client icmp");
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(run.frames[requests[0]].passages.size(), 3U); // in, and out to both others
    ASSERT_EQ(run.frames[requests[0]].arrivals.size(), 1U); // but the other host does not take it in
    EXPECT_EQ(run.frames[requests[1]].passages.size(), 2U);
}

TEST(Links, TakeAsLongAsTheirRateSays) { // IEEE 802.3: preamble 8, frame, check sequence 4; gap 12 bytes
    NetworkSetup network = twoHosts();
    node(network, "client").neighbours = {{ip("192.168.1.20"), mac("02:00:00:00:01:20")}};
    network.links[0].bitsPerSecond = 10'000'000;
    install(network, "server", "udp-server", settings({{"port", 9}, {"mode", std::string("silent")}}));
    step(network, "client", "udp.send", datagrams(2));
    const auto run = simulate(network);
    ASSERT_EQ(run.frames.size(), 2U);
    constexpr Time bits = 8 * (8 + 14 + 1000 + 4), gap = 8 * 12;
    EXPECT_EQ(run.frames[0].passages.at(0).entered - run.start, bits * 100);
    EXPECT_EQ(run.frames[0].passages.at(0).arrived - run.start, bits * 100 + 1 * millisecond);
    EXPECT_EQ(run.frames[1].passages.at(0).entered - run.start, (2 * bits + gap) * 100);
}

TEST(Links, DropWhatFindsNoRoomInTheQueue) {
    NetworkSetup network = twoHosts();
    node(network, "client").neighbours = {{ip("192.168.1.20"), mac("02:00:00:00:01:20")}};
    network.links[0].bitsPerSecond = 1'000'000;
    network.links[0].queue = 2;
    install(network, "server", "udp-server", settings({{"port", 9}, {"mode", std::string("silent")}}));
    step(network, "client", "udp.send", datagrams(5));
    const auto run = simulate(network);
    std::vector<std::size_t> arrivals;
    for (const SentFrame& frame : run.frames)
        arrivals.push_back(frame.arrivals.size());
    EXPECT_THAT(arrivals, ElementsAre(1, 1, 1, 0, 0)); // one on its way, two in the queue
    EXPECT_THAT(run.frames[4].passages, IsEmpty());
}

TEST(Interference, LosesAFrameOnItsFirstLink) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20"));
    Meddler meddler;
    meddler.send = [](const SentFrame& frame, std::uint32_t) {
        Verdict verdict;
        verdict.lose = word(frame) == "icmp 8/0";
        return verdict;
    };
    const auto run = simulate(network, &meddler);
    const SentFrame& lost = run.frames.at(framesLike(run, "client icmp").at(0));
    ASSERT_EQ(lost.passages.size(), 1U);
    EXPECT_TRUE(lost.passages[0].lost);
    EXPECT_THAT(lost.arrivals, IsEmpty());
}

TEST(Interference, DelaysAndCopiesAFrame) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20"));
    Meddler meddler;
    meddler.send = [](const SentFrame& frame, std::uint32_t) {
        Verdict verdict;
        verdict.copies = word(frame) == "icmp 8/0";
        verdict.delay = word(frame) == "icmp 0/0" ? second / 2 : 0;
        return verdict;
    };
    const auto run = simulate(network, &meddler);
    EXPECT_THAT(story(run),
                ElementsAre("client arp.request 192.168.1.20", "server arp.reply", "client icmp 8/0",
                            "copy client icmp 8/0", "server icmp 0/0", "server icmp 0/0"));
    EXPECT_EQ(run.frames[2].bytes, run.frames[3].bytes);
    EXPECT_EQ(run.frames[4].arrivals.at(0).time - run.frames[4].sent, 502 * millisecond);
}

TEST(Interference, CountsTheFramesOfALinkInBothDirections) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20"));
    Meddler meddler;
    std::vector<std::uint32_t> counted;
    meddler.link = [&](const SentFrame&, LinkId link, std::uint32_t nth) {
        if (link == 1)
            counted.push_back(nth);
        return Verdict{};
    };
    simulate(network, &meddler);
    EXPECT_THAT(counted, ElementsAre(1, 2, 3, 4));
}

TEST(Interference, MakesOneHearerMissABroadcast) {
    NetworkSetup network = onSwitch({host("client", "02:00:00:00:01:10", "192.168.1.10"),
                                     host("server", "02:00:00:00:01:20", "192.168.1.20"),
                                     host("other", "02:00:00:00:01:30", "192.168.1.30")});
    step(network, "client", "udp.send", settings({{"to", std::string("255.255.255.255")}, {"port", 9}}));
    Meddler meddler;
    meddler.missed = [](const SentFrame&, NodeId hearer) { return hearer == 1; };
    const auto run = simulate(network, &meddler);
    ASSERT_EQ(run.frames.at(0).arrivals.size(), 1U);
    EXPECT_EQ(run.frames[0].arrivals[0].node, 2U);
}

/// Everything that the hosts can do by themselves, behind a NAT, over a narrow link.
NetworkSetup busyNetwork() {
    NetworkSetup network = acrossRouter();
    node(network, "router").router.outside = "eth1";
    node(network, "router").interfaces[1].mtu = 700;
    install(network, "server", "udp-server", settings({{"port", 7}}));
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.2.20")}, {"count", 3}, {"size", 2000}}));
    step(network, "client", "traceroute", settings({{"to", std::string("192.168.2.20")}, {"timeout", 1.0}}));
    step(network, "client", "udp.send",
         settings({{"to", std::string("192.168.2.20")}, {"port", 7}, {"count", 3}, {"retry", 1.0}}));
    step(network, "client", "arp.probe", settings({{"address", std::string("192.168.1.1")}}), second);
    step(network, "client", "ip.send",
         settings({{"to", std::string("192.168.2.20")}, {"size", 3000}, {"first_fragment_only", true}}));
    step(network, "client", "tcp.connect",
         settings({{"to", std::string("192.168.2.20")},
                   {"port", 80},
                   {"bytes", 5000},
                   {"close", std::string("yes")}}));
    install(network, "server", "tcp-server", settings({{"port", 80}}));
    network.limit = 7200 * second;
    return network;
}

TEST(Run, EndsWhateverIsDoneToItsFramesAndTheSameWayTwice) {
    const NetworkSetup network = busyNetwork();
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        std::optional<std::size_t> frames;
        for (int time = 0; time < 2; ++time) {
            Random random(seed, "meddler");
            Meddler meddler;
            meddler.link = [&](const SentFrame&, LinkId, std::uint32_t) {
                Verdict verdict;
                verdict.lose = random.below(100) < seed % 30;
                verdict.damage = random.below(100) < 10;
                verdict.copies = random.below(100) < 10;
                verdict.delay = random.below(100) < 10 ? static_cast<Time>(random.below(2'000'000'000)) : 0;
                return verdict;
            };
            const auto run = simulate(network, &meddler);
            EXPECT_FALSE(run.problem) << seed << ": " << english(*run.problem);
            EXPECT_EQ(run.frames.size(), frames.value_or(run.frames.size())) << seed;
            frames = run.frames.size();
        }
    }
}

TEST(Run, EndsWithTheReassembledPacketAndNotWithItsTimer) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.1.20")}, {"count", 1}, {"size", 3000}}));
    const auto run = simulate(network);
    EXPECT_EQ(run.end, run.frames.back().arrivals.at(0).time);
}

TEST(Run, CarriesThousandsOfFramesInAMoment) {
    NetworkSetup network = acrossRouter();
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.2.20")}, {"count", 1000}, {"interval", 0.01}}));
    step(network, "server", "ping",
         settings({{"to", std::string("192.168.1.10")}, {"count", 1000}, {"interval", 0.01}}));
    const auto before = std::chrono::steady_clock::now();
    const auto run = simulate(network);
    const auto taken = std::chrono::steady_clock::now() - before;
    EXPECT_GT(run.frames.size(), 8000U);
    EXPECT_LT(taken, std::chrono::seconds(2)); // some 30 ms where nothing else runs
    RecordProperty("milliseconds",
                   static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(taken).count()));
}

} // namespace
} // namespace wirestage::simulation::test
