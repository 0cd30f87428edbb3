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

/// "Laptop > Router 1", with a bar behind it where it was stopped.
std::string way(const DiagramSource& source, Row row) {
    const Message message = source.message(row);
    const Way way = source.way(row).value_or(Way{message.from, message.to});
    return nameOf(source, way.from) + " > " + nameOf(source, way.to) + (way.stopped ? " |" : "");
}

std::vector<std::string> waysOf(const DiagramSource& source, Row most = 100) {
    std::vector<std::string> all;
    for (Row row = 0; row < std::min(source.size(), most); ++row)
        all.push_back(way(source, row));
    return all;
}

std::string ofWhatDidNotArriveIn(const DiagramSource& source, Row row) {
    const auto words = ofWhatDidNotArrive(source, row);
    return words ? english(*words) : "";
}

TEST(RunSource, TellsThatAReceiverKnowsNothingOfWhatDidNotArrive) {
    const auto stopped = runSource(runOf("icmp-network-unreachable"));
    EXPECT_EQ(ofWhatDidNotArriveIn(*stopped, 0), "Nothing of it: Router 1 did not pass it on");
    EXPECT_EQ(ofWhatDidNotArriveIn(*stopped, 1), "") << "the error came back";
    const auto lossy = runSource(runOf("tcp-retransmission"));
    std::size_t lost = 0;
    for (Row row = 0; row < lossy->size(); ++row) {
        const bool isLost = lossy->message(row).lost.value_or(false);
        EXPECT_EQ(ofWhatDidNotArriveIn(*lossy, row), isLost ? "Nothing of it: it was lost on the way" : "");
        lost += isLost;
    }
    EXPECT_EQ(lost, 1U);
}

TEST(RunSource, EndsAMessageAtTheRouterThatDidNotPassItOn) {
    const auto source = runSource(runOf("icmp-network-unreachable"));
    const Message request = source->message(0);
    ASSERT_EQ(request.kind, KindId::icmp_echo_request);
    EXPECT_FALSE(request.lost.value_or(false));
    EXPECT_EQ(way(*source, 0), "Laptop > Router 1 |");
    ASSERT_TRUE(request.received);
    EXPECT_EQ(*request.received - *request.sent, 2'000'000) << "one link's delay";
}

TEST(RunSource, LetsArriveWhatArrives) {
    const auto source = runSource(runOf("traceroute"));
    EXPECT_THAT(waysOf(*source),
                testing::ElementsAre("Laptop > Router 1 |", "Router 1 > Laptop", "Laptop > Router 2 |",
                                     "Router 2 > Laptop", "Laptop > Server", "Server > Laptop"));
}

TEST(RunSource, ShowsHopByHopOnTheNetworkLevel) {
    const auto source = runSource(runOf("icmp-time-exceeded"), {}, Level::Network);
    EXPECT_THAT(waysOf(*source), testing::ElementsAre("Laptop > Router 1", "Router 1 > Router 2",
                                                      "Router 2 > Router 1", "Router 1 > Laptop"));
    const Message request = source->message(0);
    EXPECT_EQ(nameOf(*source, request.to), "Server") << "whom it is for all the same";
}

TEST(RunSource, EndsAFrameAtTheNextStationOnTheLinkLevel) {
    const auto source = runSource(runOf("one-message"), {}, Level::Link);
    for (Row row = 0; row < source->size(); ++row)
        if (source->message(row).to != none) { // no broadcast
            EXPECT_THAT(way(*source, row), testing::HasSubstr("Router"));
            EXPECT_THAT(way(*source, row), testing::Not(testing::HasSubstr("|")));
        }
}

TEST(RunSource, EndsAtATranslatorWhatLeavesItAsAnotherPacket) {
    const auto source = runSource(runOf("ftp-active-nat"));
    EXPECT_THAT(waysOf(*source, 4),
                testing::ElementsAre("Client at home > Home router (NAT)", "Home router (NAT) > FTP server",
                                     "FTP server > Home router (NAT)", "Home router (NAT) > Client at home"));
    EXPECT_EQ(nameOf(*source, source->message(3).from), "FTP server") << "whose address it bears";
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
