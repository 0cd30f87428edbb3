// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson on the stage: where its messages end, who hears them, which states and timers stand beside them.
#include "core/diagram/run_source.h"

#include <gmock/gmock.h>

namespace wirestage::diagram {
namespace {

using lesson::Choice;

std::shared_ptr<const lesson::LessonRun> runOf(const std::string& id, const Choice& choice = {}) {
    for (const auto& file : lesson::builtInLessons())
        if (file->id() == id) {
            const auto result = lesson::runLesson(file, choice);
            if (const auto* run = std::get_if<0>(&result))
                return *run;
        }
    ADD_FAILURE() << id << " does not run";
    return nullptr;
}

std::string nameOf(const DiagramSource& source, HostId host) {
    for (const Participant& who : source.participants())
        if (who.host == host)
            return who.name;
    return "?";
}

Message first(const DiagramSource& source, KindId kind) {
    for (Row row = 0; row < source.size(); ++row)
        if (source.facts(row).kind == kind)
            return source.message(row);
    ADD_FAILURE() << "no such message";
    return {};
}

TEST(RunSource, EndsAMessageAtTheRouterThatDidNotPassItOn) {
    const auto source = runSource(runOf("icmp-network-unreachable"));
    const Message request = first(*source, KindId::icmp_echo_request);
    EXPECT_FALSE(request.lost.value_or(false));
    ASSERT_TRUE(request.hearers);
    ASSERT_EQ(request.hearers->size(), 1U);
    EXPECT_EQ(nameOf(*source, request.hearers->front()), "Router 1");
    ASSERT_TRUE(request.received);
    EXPECT_EQ(*request.received - *request.sent, 2'000'000) << "one link's delay";
}

TEST(RunSource, TellsOfAMessageThatArrivedByItsOwnTarget) {
    const auto source = runSource(runOf("ping"));
    const Message request = first(*source, KindId::icmp_echo_request);
    EXPECT_FALSE(request.hearers);
    EXPECT_TRUE(request.received);
}

TEST(RunSource, ShowsHopByHopOnTheNetworkLevel) {
    const auto source = runSource(runOf("icmp-time-exceeded"), {}, Level::Network);
    ASSERT_EQ(source->size(), 4U);
    const char* const way[4][2] = {
        {"Laptop", "Router 1"}, {"Router 1", "Router 2"}, {"Router 2", "Router 1"}, {"Router 1", "Laptop"}};
    for (Row row = 0; row < 4; ++row) {
        const Message hop = source->message(row);
        EXPECT_EQ(nameOf(*source, hop.from), way[row][0]) << row;
        EXPECT_EQ(nameOf(*source, hop.to), way[row][1]) << row;
    }
}

TEST(RunSource, EndsAFrameAtTheNextStationOnTheLinkLevel) {
    const auto source = runSource(runOf("one-message"), {}, Level::Link);
    for (Row row = 0; row < source->size(); ++row) {
        const Message frame = source->message(row);
        if (frame.to != none) {
            EXPECT_FALSE(frame.hearers) << row;
            EXPECT_TRUE(nameOf(*source, frame.from) == "Router" || nameOf(*source, frame.to) == "Router")
                << row;
        }
    }
}

TEST(RunSource, EndsAtATranslatorWhatLeavesItAsAnotherPacket) {
    const auto source = runSource(runOf("ftp-active-nat"));
    const Message syn = source->message(0), behind = source->message(1), answer = source->message(3);
    EXPECT_EQ(nameOf(*source, syn.from), "Client at home");
    EXPECT_EQ(nameOf(*source, syn.to), "Home router (NAT)");
    EXPECT_FALSE(syn.hearers) << "it goes on";
    EXPECT_EQ(nameOf(*source, behind.from), "Home router (NAT)");
    EXPECT_EQ(nameOf(*source, behind.to), "FTP server");
    EXPECT_EQ(nameOf(*source, answer.from), "Home router (NAT)") << "though it bears the server's address";
    EXPECT_EQ(nameOf(*source, answer.to), "Client at home");
}

TEST(RunSource, KnowsThatARouterKeepsABroadcast) {
    const auto source = runSource(runOf("dhcp-relay", {"no-relay", {}, {}, {}}));
    const Message discover = first(*source, KindId::dhcp_discover);
    EXPECT_EQ(discover.to, none);
    ASSERT_TRUE(discover.hearers);
    ASSERT_EQ(discover.hearers->size(), 1U);
    EXPECT_EQ(nameOf(*source, discover.hearers->front()), "Router without relay agent");
    std::vector<std::string> lifelines;
    for (const Participant& who : source->participants())
        lifelines.push_back(who.name);
    EXPECT_THAT(lifelines, testing::ElementsAre("Laptop", "Router without relay agent", "DHCP server"));
}

// RFC 6298, 5.2: when all outstanding data has been acknowledged, the timer is turned off.
TEST(RunSource, StopsATimerWhereTheAcknowledgmentArrives) {
    const auto source = runSource(runOf("tcp-retransmission"), {}, Level::Transport);
    const Row synAck = 1, ack = 2;
    ASSERT_EQ(source->facts(synAck).kind, KindId::tcp_syn_ack);
    const auto& timers = source->timers();
    const auto server = std::find_if(timers.begin(), timers.end(),
                                     [&](const TimerMark& mark) { return mark.first == synAck; });
    ASSERT_NE(server, timers.end());
    EXPECT_EQ(server->end, ack);
    EXPECT_TRUE(server->endsOnArrival);
    EXPECT_FALSE(server->fired);
    const auto client =
        std::find_if(timers.begin(), timers.end(), [](const TimerMark& mark) { return mark.fired; });
    ASSERT_NE(client, timers.end());
    EXPECT_TRUE(source->message(client->end).notes.has(Note::Retransmission)) << "it led to this";
    EXPECT_FALSE(client->endsOnArrival);
}

TEST(RunSource, IsFoldedOnlyWhereALessonIsLong) {
    EXPECT_FALSE(runSource(runOf("udp-datagrams"))->foldable());
    EXPECT_TRUE(runSource(runOf("tcp-congestion"), {}, Level::Transport)->foldable());
}

TEST(RunSource, ShowsNoStatesOfAProtocolWhoseMessagesItDoesNotShow) {
    const auto source = runSource(runOf("dns-recursion"), {}, Level::Application);
    for (const StateSpan& span : source->states())
        EXPECT_NE(span.state, "LISTEN");
}

} // namespace
} // namespace wirestage::diagram
