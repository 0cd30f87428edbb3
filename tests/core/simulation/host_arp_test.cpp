// SPDX-License-Identifier: GPL-3.0-or-later
// A host's address resolution.
#include "tests/core/simulation/networks.h"

#include <gmock/gmock.h>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Settings pingTo(std::string_view address, std::int64_t count = 1) {
    return settings({{"to", std::string(address)}, {"count", count}});
}

TEST(Arp, AsksEverybodyAndIsAnsweredAlone) { // RFC 826
    NetworkSetup network = twoHosts();
    step(network, "client", "arp.resolve", settings({{"address", std::string("192.168.1.20")}}));
    const auto run = simulate(network);
    ASSERT_THAT(story(run), ElementsAre("client arp.request 192.168.1.20", "server arp.reply"));
    const Dissection request = dissected(run.frames[0]), reply = dissected(run.frames[1]);
    EXPECT_TRUE(request.link.destination.isBroadcast());
    EXPECT_TRUE(request.arp.targetHardware.isZero());
    EXPECT_EQ(reply.link.destination, mac("02:00:00:00:01:10"));
    EXPECT_EQ(reply.arp.senderHardware, mac("02:00:00:00:01:20"));
    EXPECT_EQ(reply.arp.senderProtocol, ip("192.168.1.20"));
}

TEST(Arp, LearnsTheAskerFromItsQuestion) { // RFC 826, "Packet Reception": merge, then answer
    NetworkSetup network = twoHosts();
    step(network, "client", "arp.resolve", settings({{"address", std::string("192.168.1.20")}}));
    step(network, "server", "ping", pingTo("192.168.1.10"), second);
    EXPECT_THAT(story(simulate(network)), ElementsAre("client arp.request 192.168.1.20", "server arp.reply",
                                                      "server icmp 8/0", "client icmp 0/0"));
}

TEST(Arp, RemembersANeighbourUntilItsEntryExpires) {
    NetworkSetup network = twoHosts();
    node(network, "client").neighbourLifetime = 60 * second;
    step(network, "client", "ping", pingTo("192.168.1.20"));
    step(network, "client", "ping", pingTo("192.168.1.20"), 59 * second);
    step(network, "client", "ping", pingTo("192.168.1.20"), 61 * second);
    EXPECT_THAT(framesLike(simulate(network), "client arp.request"), ElementsAre(0, 6));
}

TEST(Arp, AsksThreeTimesASecondApartAndGivesUp) { // RFC 1122, 2.3.2.1: at most one a second
    NetworkSetup network = twoHosts();
    step(network, "client", "arp.resolve", settings({{"address", std::string("192.168.1.99")}}));
    const auto run = simulate(network);
    EXPECT_THAT(story(run), ElementsAre("client arp.request 192.168.1.99", "client arp.request 192.168.1.99",
                                        "client arp.request 192.168.1.99"));
    for (std::size_t i = 0; i < run.frames.size(); ++i)
        EXPECT_EQ(run.frames[i].sent - run.start, static_cast<Time>(i) * second);
    EXPECT_EQ(run.end - run.start, 3 * second);
    EXPECT_EQ(run.timers.size(), 3U);
    EXPECT_FALSE(run.problem);
}

TEST(Arp, KeepsPacketsUntilTheAnswerComes) { // RFC 1122, 2.3.2.2
    NetworkSetup network = twoHosts();
    step(network, "client", "udp.send",
         settings({{"to", std::string("192.168.1.20")}, {"port", 9}, {"count", 3}, {"interval", 0.0}}));
    install(network, "server", "udp-server", settings({{"port", 9}, {"mode", std::string("silent")}}));
    const auto run = simulate(network);
    EXPECT_THAT(framesLike(run, "client arp.request"), ElementsAre(0));
    EXPECT_EQ(framesLike(run, "client udp").size(), 3U);
}

TEST(Arp, ForgetsWhatItKnewWhenTold) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20"));
    step(network, "client", "arp.forget", {}, second);
    step(network, "client", "ping", pingTo("192.168.1.20"), 2 * second);
    EXPECT_THAT(framesLike(simulate(network), "client arp.request"), ElementsAre(0, 4));
}

TEST(Arp, KnowsAConfiguredNeighbourWithoutAsking) {
    NetworkSetup network = twoHosts();
    node(network, "client").neighbours = {{ip("192.168.1.20"), mac("02:00:00:00:01:20")}};
    step(network, "client", "ping", pingTo("192.168.1.20"));
    EXPECT_THAT(framesLike(simulate(network), "client arp.request"), IsEmpty());
}

TEST(Arp, AnnouncesItsOwnAddressAndRefreshesWhoeverKnewAnother) { // RFC 5227, 2.3
    NetworkSetup network =
        onSwitch({host("client", "02:00:00:00:01:10", "192.168.1.10"),
                  host("old", "02:00:00:00:01:20", "192.168.1.20"), host("new", "02:00:00:00:01:21")});
    step(network, "client", "ping", pingTo("192.168.1.20"));
    // The address moves to another machine.
    struct Mover final : Application {
        void start(HostServices& services) override { due = services.now() + 5 * second; }
        [[nodiscard]] std::optional<Time> deadline() const override { return due; }
        void wake(HostServices& services) override {
            due.reset();
            if (services.hostName() == "old")
                return services.clearAddress(0);
            services.setAddress(0, ip("192.168.1.20"), 24);
            services.announce(0);
        }
        std::optional<Time> due;
    };
    const ApplicationType mover{
        "mover", {}, {}, [](const Settings&) -> std::variant<std::unique_ptr<Application>, Text> {
            return std::make_unique<Mover>();
        }};
    install(network, "old", mover);
    install(network, "new", mover);
    step(network, "client", "ping", pingTo("192.168.1.20"), 10 * second);
    const auto run = simulate(network);
    const SentFrame& announcement = run.frames.at(framesLike(run, "new arp.request 192.168.1.20").at(0));
    EXPECT_EQ(dissected(announcement).arp.senderProtocol, ip("192.168.1.20"));
    EXPECT_EQ(dissected(run.frames.at(framesLike(run, "client icmp").at(1))).link.destination,
              mac("02:00:00:00:01:21"));
    EXPECT_THAT(run.nodes[2].interfaces[0].addresses, ElementsAre(ip("192.168.1.20")));
}

TEST(Arp, ProbesWithoutASenderAddressAndFindsTheAddressFree) { // RFC 5227, 2.1.1
    NetworkSetup network = twoHosts();
    step(network, "client", "arp.probe", settings({{"address", std::string("192.168.1.99")}}));
    const auto run = simulate(network);
    ASSERT_EQ(run.frames.size(), 3U);
    for (const SentFrame& probe : run.frames) {
        EXPECT_TRUE(dissected(probe).arp.senderProtocol.isUnspecified());
        EXPECT_TRUE(dissected(probe).arp.targetHardware.isZero());
    }
    ASSERT_EQ(run.notes.size(), 1U);
    EXPECT_EQ(english(run.notes[0].text), "192.168.1.99 is free");
}

TEST(Arp, StopsProbingWhenTheOwnerAnswers) { // RFC 5227, 2.1.1
    NetworkSetup network = twoHosts();
    step(network, "client", "arp.probe", settings({{"address", std::string("192.168.1.20")}}));
    const auto run = simulate(network);
    EXPECT_THAT(story(run), ElementsAre("client arp.request 192.168.1.20", "server arp.reply"));
    EXPECT_EQ(english(run.notes.at(0).text), "192.168.1.20 is in use");
}

TEST(Arp, SeesThatAnotherProbesForTheSameAddress) { // RFC 5227, 2.1.1, last paragraph but one
    NetworkSetup network = twoHosts();
    step(network, "client", "arp.probe", settings({{"address", std::string("192.168.1.99")}}));
    step(network, "server", "arp.probe", settings({{"address", std::string("192.168.1.99")}}),
         100 * millisecond);
    const auto run = simulate(network);
    EXPECT_EQ(english(run.notes.at(0).text), "192.168.1.99 is in use");
    EXPECT_EQ(run.notes[0].node, nodeNamed(run, "client"));
}

TEST(Arp, DefendsItsAddressOnceInTenSeconds) { // RFC 5227, 2.4 (b)
    NetworkSetup network = onSwitch(
        {host("one", "02:00:00:00:01:10", "192.168.1.10"), host("two", "02:00:00:00:01:11", "192.168.1.10")});
    step(network, "two", "arp.announce");
    const auto run = simulate(network);
    // The first defends, which the second takes for a conflict and answers in turn; then both hold still.
    EXPECT_THAT(story(run), ElementsAre("two arp.request 192.168.1.10", "one arp.request 192.168.1.10",
                                        "two arp.request 192.168.1.10"));
}

TEST(Arp, IsDeafToAQuestionThatALinkDamaged) { // Ethernet's frame check sequence: IEEE 802.3, 3.2.9
    NetworkSetup network = twoHosts();
    step(network, "client", "arp.resolve", settings({{"address", std::string("192.168.1.20")}}));
    Meddler meddler;
    meddler.send = [](const SentFrame&, std::uint32_t index) {
        Verdict verdict;
        verdict.damage = index == 0;
        return verdict;
    };
    const auto run = simulate(network, &meddler);
    EXPECT_THAT(story(run), ElementsAre("client arp.request 192.168.1.20", "client arp.request 192.168.1.20",
                                        "server arp.reply"));
}

} // namespace
} // namespace wirestage::simulation::test
