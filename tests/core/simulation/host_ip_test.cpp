// SPDX-License-Identifier: GPL-3.0-or-later
// IP: routes, fragments, broadcasts, and what is dropped without a word.
#include "tests/core/simulation/networks.h"

#include <gmock/gmock.h>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Keeps what came to a port.
struct Listener final : Application {
    void start(HostServices& host) override { host.bind(port, *this); }
    void datagram(HostServices& host, const IncomingDatagram& datagram) override {
        host.noted(ProtocolId::udp,
                   Text::verbatim(std::string(datagram.payload.begin(), datagram.payload.end())));
    }
    static constexpr std::uint16_t port = 68;
};
const ApplicationType listener{
    "listener", {}, {}, [](const Settings&) -> std::variant<std::unique_ptr<Application>, Text> {
        return std::make_unique<Listener>();
    }};

TEST(Ip, CutsAtTheSenderAndPutsTogetherAtTheReceiver) { // RFC 791, 3.2
    NetworkSetup network = twoHosts();
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.1.20")}, {"count", 1}, {"size", 4000}}));
    const auto run = simulate(network);
    EXPECT_THAT(story(run), ElementsAre("client arp.request 192.168.1.20", "server arp.reply", "client ip@0",
                                        "client ip@1480", "client ip@2960", "server ip@0", "server ip@1480",
                                        "server ip@2960"));
    EXPECT_EQ(dissected(run.frames[2]).network.identification,
              dissected(run.frames[4]).network.identification);
    EXPECT_EQ(run.frames[4].bytes.size(), 14U + 20U + 4008U - 2960U);
}

TEST(Ip, CutsAgainAtARouterWhoseNextLinkTakesLess) { // RFC 791, 3.2; RFC 1812, 4.2.2.7
    NetworkSetup network = acrossRouter();
    node(network, "router").interfaces[1].mtu = 600;
    step(network, "client", "ping",
         settings({{"to", std::string("192.168.2.20")}, {"count", 1}, {"size", 2000}}));
    const auto run = simulate(network);
    const auto pieces = framesLike(run, "router ip@");
    std::vector<std::uint32_t> offsets;
    for (const std::uint32_t piece : pieces)
        if (run.frames[piece].interface == 1) {
            offsets.push_back(dissected(run.frames[piece]).network.fragmentOffset);
            EXPECT_LE(run.frames[piece].bytes.size(), 14U + 600U);
            EXPECT_EQ(word(run.frames[run.frames[piece].hopOf]), offsets.back() < 1480 ? "ip@0" : "ip@1480");
        }
    EXPECT_THAT(offsets, ElementsAre(0, 576, 1152, 1480));
    EXPECT_EQ(framesLike(run, "server ip@").size(), 2U); // the reply
}

TEST(Ip, TakesTheLongestPrefix) { // RFC 1122, 3.3.1; RFC 1812, 5.2.4.3
    NetworkSetup network = onSwitch({host("client", "02:00:00:00:01:10", "192.168.1.10", "192.168.1.1"),
                                     host("one", "02:00:00:00:01:01", "192.168.1.1"),
                                     host("two", "02:00:00:00:01:02", "192.168.1.2")});
    node(network, "client").routes.push_back({parseNetwork("10.0.0.0/8").value(), ip("192.168.1.1")});
    node(network, "client").routes.push_back({parseNetwork("10.1.0.0/16").value(), ip("192.168.1.2")});
    step(network, "client", "udp.send", settings({{"to", std::string("10.1.2.3")}, {"port", 9}}));
    const auto run = simulate(network);
    EXPECT_EQ(story(run).at(0), "client arp.request 192.168.1.2");
}

TEST(Ip, SendsABroadcastToEveryHearerAndNoneAcrossARouter) { // RFC 1812, 5.3.5.1; RFC 2644
    NetworkSetup network = acrossRouter();
    for (const char* to : {"255.255.255.255", "192.168.1.255", "192.168.2.255"})
        step(network, "client", "udp.send", settings({{"to", std::string(to)}, {"port", 68}}));
    install(network, "server", listener);
    const auto run = simulate(network);
    EXPECT_THAT(framesLike(run, "router udp"), IsEmpty());
    EXPECT_THAT(run.notes, IsEmpty());
    EXPECT_TRUE(dissected(run.frames.at(framesLike(run, "client udp").at(1))).link.destination.isBroadcast());
}

TEST(Ip, ReachesAHostWithoutAnAddressByItsHardwareAddress) { // RFC 2131, 4.1
    struct Offer final : Application {
        void start(HostServices& host) override {
            OutgoingDatagram offer;
            offer.sourcePort = 67;
            offer.destination = ip("192.168.1.77");
            offer.destinationPort = 68;
            offer.payload = {'o', 'k'};
            offer.options.toHardware = mac("02:00:00:00:01:77");
            host.send(std::move(offer));
        }
    };
    const ApplicationType offer{
        "offer", {}, {}, [](const Settings&) -> std::variant<std::unique_ptr<Application>, Text> {
            return std::make_unique<Offer>();
        }};
    NetworkSetup network =
        onSwitch({host("new", "02:00:00:00:01:77"), host("server", "02:00:00:00:01:20", "192.168.1.20")});
    install(network, "new", listener);
    install(network, "server", offer);
    const auto run = simulate(network);
    EXPECT_THAT(story(run), ElementsAre("server udp 67>68"));
    ASSERT_EQ(run.notes.size(), 1U);
    EXPECT_EQ(english(run.notes[0].text), "ok");
    // Once it has an address it is deaf to others.
    node(network, "new").interfaces[0].address = ip("192.168.1.78");
    EXPECT_THAT(simulate(network).notes, IsEmpty());
}

TEST(Ip, SpeaksFromNowhereBeforeItHasAnAddress) { // RFC 2131, 4.1; RFC 1122, 3.2.1.3 (a)
    NetworkSetup network =
        onSwitch({host("new", "02:00:00:00:01:77"), host("server", "02:00:00:00:01:20", "192.168.1.20")});
    install(network, "server", listener);
    step(network, "new", "udp.send",
         settings({{"to", std::string("255.255.255.255")}, {"port", 68}, {"text", std::string("hello")}}));
    const auto run = simulate(network);
    EXPECT_EQ(dissected(run.frames.at(0)).network.source, ip("0.0.0.0"));
    ASSERT_EQ(run.notes.size(), 1U);
    EXPECT_EQ(english(run.notes[0].text), "hello");
}

TEST(Ip, TalksToItselfWithoutAFrame) { // RFC 1122, 3.3.4.2
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", settings({{"to", std::string("192.168.1.10")}, {"count", 1}}));
    step(network, "client", "ping", settings({{"to", std::string("127.0.0.1")}, {"count", 1}}));
    const auto run = simulate(network);
    EXPECT_THAT(run.frames, IsEmpty());
    ASSERT_EQ(run.timers.size(), 2U);
    EXPECT_FALSE(run.timers[0].fired || run.timers[1].fired);
}

TEST(Ip, DropsADamagedDatagramWithoutAWord) { // RFC 1122, 4.1.3.4; RFC 768
    NetworkSetup network = twoHosts();
    install(network, "server", "udp-server", settings({{"port", 9}}));
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.1.20")}, {"port", 9}}));
    Meddler meddler;
    meddler.link = [](const SentFrame& frame, LinkId, std::uint32_t) {
        Verdict verdict;
        verdict.damage = word(frame).starts_with("udp");
        return verdict;
    };
    const auto run = simulate(network, &meddler);
    EXPECT_THAT(framesLike(run, "server udp"), IsEmpty());
    const SentFrame& frame = run.frames.at(framesLike(run, "client udp").at(0));
    ASSERT_EQ(frame.arrivals.size(), 1U);
    EXPECT_TRUE(frame.arrivals[0].damaged);
    ASSERT_EQ(frame.damagedBytes.size(), frame.bytes.size());
    std::size_t differences = 0;
    for (std::size_t i = 0; i < frame.bytes.size(); ++i)
        differences += frame.bytes[i] != frame.damagedBytes[i];
    EXPECT_EQ(differences, 1U);
}

} // namespace
} // namespace wirestage::simulation::test
