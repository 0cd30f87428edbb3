// SPDX-License-Identifier: GPL-3.0-or-later
// UDP and its two applications.
#include "tests/core/simulation/networks.h"

#include <gmock/gmock.h>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;

std::string payload(const SentFrame& frame) {
    const Dissection packet = dissected(frame);
    return {packet.payload.begin(), packet.payload.end()};
}

Settings toServer(std::initializer_list<std::pair<std::string, SettingValue>> more = {}) {
    Settings all = settings(more);
    all.set("to", std::string("192.168.1.20"));
    all.set("port", 7);
    return all;
}

Meddler losing(unsigned first) {
    Meddler meddler;
    meddler.send = [left = first](const SentFrame& frame, std::uint32_t) mutable {
        Verdict verdict;
        verdict.lose = word(frame).starts_with("udp 4") && left > 0 && left-- > 0;
        return verdict;
    };
    return meddler;
}

TEST(Udp, BringsADatagramToItsPortAndTheAnswerBack) { // RFC 768; RFC 862
    NetworkSetup network = twoHosts();
    install(network, "server", "udp-server", settings({{"port", 7}}));
    step(network, "client", "udp.send", toServer({{"text", std::string("hello")}, {"from_port", 4242}}));
    const auto run = simulate(network);
    const auto answers = framesLike(run, "server udp 7>4242");
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(payload(run.frames[answers[0]]), "hello");
}

TEST(Udp, AnswersWithATextOfItsOwnOrNotAtAll) {
    NetworkSetup network = twoHosts();
    install(network, "server", "udp-server",
            settings({{"port", 7}, {"mode", std::string("reply")}, {"text", std::string("12:00")}}));
    install(network, "server", "udp-server", settings({{"port", 9}, {"mode", std::string("silent")}}));
    step(network, "client", "udp.send", toServer());
    step(network, "client", "udp.send", settings({{"to", std::string("192.168.1.20")}, {"port", 9}}));
    const auto run = simulate(network);
    const auto answers = framesLike(run, "server udp");
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(payload(run.frames[answers[0]]), "12:00");
}

TEST(Udp, NeverRepeatsALostDatagram) { // RFC 768
    NetworkSetup network = twoHosts();
    install(network, "server", "udp-server", settings({{"port", 7}}));
    step(network, "client", "udp.send", toServer({{"count", 3}, {"interval", 0.5}}));
    Meddler meddler = losing(1);
    const auto run = simulate(network, &meddler);
    EXPECT_EQ(framesLike(run, "client udp").size(), 3U);
    EXPECT_EQ(framesLike(run, "server udp").size(), 2U);
}

TEST(UdpClient, AsksAgainWhenItIsToldToAndNoAnswerComes) {
    NetworkSetup network = twoHosts();
    install(network, "server", "udp-server", settings({{"port", 7}}));
    step(network, "client", "udp.send", toServer({{"retry", 2.0}}));
    Meddler meddler = losing(2);
    const auto run = simulate(network, &meddler);
    const auto questions = framesLike(run, "client udp");
    ASSERT_EQ(questions.size(), 3U);
    EXPECT_EQ(run.frames[questions[2]].sent - run.frames[questions[1]].sent, 2 * second);
    EXPECT_EQ(payload(run.frames[questions[0]]), payload(run.frames[questions[2]]));
    ASSERT_EQ(run.timers.size(), 3U);
    EXPECT_TRUE(run.timers[1].fired);
    EXPECT_FALSE(run.timers[2].fired);
}

TEST(UdpClient, GivesUpAfterItsTries) {
    NetworkSetup network = twoHosts();
    install(network, "server", "udp-server", settings({{"port", 7}, {"mode", std::string("silent")}}));
    step(network, "client", "udp.send", toServer({{"retry", 1.0}, {"tries", 4}}));
    const auto run = simulate(network);
    EXPECT_EQ(framesLike(run, "client udp").size(), 4U);
    EXPECT_FALSE(run.problem);
}

TEST(UdpClient, StopsAtOnceWhenTheHostSaysThatNobodyListens) { // RFC 1122, 4.1.3.3
    NetworkSetup network = twoHosts();
    step(network, "client", "udp.send", toServer({{"retry", 1.0}}));
    EXPECT_EQ(framesLike(simulate(network), "client udp").size(), 1U);
}

} // namespace
} // namespace wirestage::simulation::test
