// SPDX-License-Identifier: GPL-3.0-or-later
// A run with a node that is not simulated.
#include "core/simulation/outside.h"

#include "tests/core/simulation/networks.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;

Settings pingTo(std::string_view address, std::int64_t count) {
    return settings({{"to", std::string(address)}, {"count", count}});
}

/// A machine outside: it answers each ARP question, and each echo, three milliseconds later.
struct Machine final : OutsideNode {
    void take(Bytes frame, Time now) override {
        std::vector<std::uint8_t> answer(frame.begin(), frame.end());
        const MacAddress own = mac("02:00:00:00:01:20");
        std::copy_n(answer.begin() + 6, 6, answer.begin());
        std::ranges::copy(own.bytes, answer.begin() + 6);
        if (answer[13] == 0x06) {
            answer[21] = 2;
            std::copy_n(frame.begin() + 22, 10, answer.begin() + 32);
            std::ranges::copy(own.bytes, answer.begin() + 22);
            std::copy_n(frame.begin() + 38, 4, answer.begin() + 28);
        } else {
            std::swap_ranges(answer.begin() + 26, answer.begin() + 30, answer.begin() + 30);
            answer[34] = 0; // echo reply; eight less in the first byte is eight more in its checksum
            answer[36] = static_cast<std::uint8_t>(answer[36] + 8);
        }
        waiting.push_back({now + 3 * millisecond, std::move(answer)});
    }
    std::optional<Sent> wait(Time until) override {
        if (waiting.empty() || waiting.front().time > until)
            return std::nullopt;
        Sent first = std::move(waiting.front());
        waiting.erase(waiting.begin());
        return first;
    }
    std::vector<Sent> waiting;
};

TEST(Outside, TalksToAMachineThatIsNotSimulated) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20", 2));
    Machine machine;
    const auto run = simulate(network, "server", machine);
    EXPECT_FALSE(run.problem);
    EXPECT_THAT(story(run),
                ElementsAre("client arp.request 192.168.1.20", "server arp.reply", "client icmp 8/0",
                            "server icmp 0/0", "client icmp 8/0", "server icmp 0/0"));
    EXPECT_EQ(run.frames[1].sent - run.frames[0].sent, 5 * millisecond);
    for (const TimerSpan& timer : run.timers)
        EXPECT_FALSE(timer.fired);
}

/// It answers as fast, but whoever asks for its answers has been stopped until five seconds after the moment
/// that he waits for.
struct FoundLate final : OutsideNode {
    void take(Bytes frame, Time now) override { machine.take(frame, now); }
    std::optional<Sent> wait(Time until) override {
        auto sent = machine.wait(until);
        if (sent)
            sent->time = until + 5 * second;
        return sent;
    }
    Machine machine;
};

TEST(Outside, FiresNoTimerForWantOfAnAnswerThatHasLongBeenThere) {
    NetworkSetup network = twoHosts();
    for (LinkSetup& link : network.links)
        link.delay = 0;
    step(network, "client", "ping", pingTo("192.168.1.20", 1));
    FoundLate machine;
    const auto run = simulate(network, "server", machine);
    EXPECT_FALSE(run.problem);
    EXPECT_THAT(story(run), ElementsAre("client arp.request 192.168.1.20", "server arp.reply",
                                        "client icmp 8/0", "server icmp 0/0"));
    for (const TimerSpan& timer : run.timers)
        EXPECT_FALSE(timer.fired) << timer.name;
}

/// A machine outside that begins: it asks for an address, at that moment.
struct Asker final : OutsideNode {
    explicit Asker(std::vector<Time> moments) : when(std::move(moments)) {}
    void take(Bytes, Time now) override { answered.push_back(now); }
    std::optional<Sent> wait(Time until) override {
        if (asked == when.size() || when[asked] > until)
            return std::nullopt;
        std::vector<std::uint8_t> question(42);
        std::fill_n(question.begin(), 6, std::uint8_t{0xff});
        const std::array<std::uint8_t, 10> head{0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1};
        const std::array<std::uint8_t, 6> own{2, 0, 0, 0, 9, 9};
        const std::array<std::uint8_t, 4> ownAddress{192, 168, 1, 10}, wanted{192, 168, 1, 20};
        std::ranges::copy(own, question.begin() + 6);
        std::ranges::copy(head, question.begin() + 12);
        std::ranges::copy(own, question.begin() + 22);
        std::ranges::copy(ownAddress, question.begin() + 28);
        std::ranges::copy(wanted, question.begin() + 38);
        return Sent{when[asked++], std::move(question)};
    }
    std::vector<Time> when, answered;
    std::size_t asked = 0;
};

TEST(Outside, AnswersAMachineOutsideUntilTheLimitWhereNobodyToldTheHostsAnything) {
    NetworkSetup network = twoHosts();
    network.limit = 20 * second;
    Asker asker({network.start + second, network.start + 19 * second, network.start + 21 * second});
    const auto run = simulate(network, "client", asker);
    EXPECT_FALSE(run.problem) << english(*run.problem);
    EXPECT_EQ(asker.asked, 2U);
    EXPECT_EQ(asker.answered.size(), 2U);
}

// A timer that would fire long after the limit says nothing about what may still come from outside.
TEST(Outside, GoesOnListeningToAMachineOutsideThoughItsOwnTimersAreFarAway) {
    NetworkSetup network = twoHosts();
    network.limit = 20 * second;
    step(network, "server", "ping", settings({{"to", std::string("192.168.1.10")}, {"count", 1}}));
    network.script.back().at = 30 * second;
    Asker asker({network.start + 19 * second});
    const auto run = simulate(network, "client", asker);
    EXPECT_EQ(asker.answered.size(), 1U);
    ASSERT_TRUE(run.problem) << "the step was never given";
}

TEST(Outside, LosesWhatAMachineOutsideSendsAsWell) {
    NetworkSetup network = twoHosts();
    step(network, "client", "ping", pingTo("192.168.1.20", 1));
    Machine machine;
    Meddler meddler;
    meddler.send = [](const SentFrame&, std::uint32_t index) { return Verdict{index == 1}; };
    const auto run = simulate(network, "server", machine, &meddler);
    EXPECT_FALSE(run.problem);
    EXPECT_TRUE(run.frames.at(1).passages.at(0).lost); // the first ARP reply
    EXPECT_TRUE(run.frames[1].arrivals.empty());
    EXPECT_THAT(run.frames.at(2).sent,
                run.frames[0].sent + second); // RFC 1122, 2.3.2.1: asked again after 1 s
    EXPECT_EQ(run.frames.size(), 6U);
}

} // namespace
} // namespace wirestage::simulation::test
