// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson's run: the truth of the whole network, and what one place shows of it.
#include "core/lesson/fault.h"
#include "core/lesson/lesson_run.h"
#include "core/lesson/prediction.h"
#include "tests/core/lesson/lesson_texts.h"

#include <gmock/gmock.h>

namespace wirestage::lesson {
namespace {

using testing::ElementsAre;

constexpr Time ms = 1'000'000;

std::shared_ptr<const LessonRun> ran(std::vector<std::string> faults = {}, std::string at = {}) {
    const auto result = runLesson(LessonFile::parse("x", std::string(routedPing)),
                                  {"", {}, std::move(faults), std::move(at)});
    if (const auto* problems = std::get_if<std::vector<Problem>>(&result)) {
        for (const Problem& problem : *problems)
            ADD_FAILURE() << english(problem, "x");
        return nullptr;
    }
    return std::get<0>(result);
}

std::vector<std::string> kindsOf(const Capture& capture, std::optional<Level> level = {}) {
    std::vector<std::string> kinds;
    const MessageList list = capture.messages({}, level);
    for (std::uint64_t row = 0; row < list.size(); ++row)
        kinds.emplace_back(kind(capture.message(list.at(row)).kind).name);
    return kinds;
}

TEST(LessonRun, ShowsAPacketThatARouterHandsOnAsOneMessageWithAHop) {
    const auto run = ran();
    ASSERT_TRUE(run);
    EXPECT_EQ(run->whole->packetCount(), 8U);
    EXPECT_THAT(kindsOf(*run->whole),
                ElementsAre("icmp.echo_request", "icmp.echo_reply", "icmp.echo_request", "icmp.echo_reply"));
    EXPECT_EQ(kindsOf(*run->whole, Level::Network).size(), 8U);
    EXPECT_EQ(run->truths[1].hopOf, 0U);
    EXPECT_EQ(run->truths[1].origin, 0U);
}

TEST(LessonRun, KnowsWhenAMessageWasSentAndWhenItArrivedBehindTheRouter) {
    const auto run = ran();
    ASSERT_TRUE(run);
    const Message message = run->message(run->whole->messages().at(0));
    EXPECT_EQ(message.lost, false);
    EXPECT_EQ(*message.received - *message.sent, 3 * ms);
    EXPECT_EQ(run->whole->host(message.from).name, "left");
    EXPECT_EQ(run->whole->host(message.to).name, "right");
    const Message hop = run->message({1, Level::Network, 0});
    EXPECT_EQ(*hop.received - *hop.sent, 2 * ms);
    EXPECT_EQ(run->whole->host(hop.from).name, "router");
}

TEST(LessonRun, SatisfiesItsPattern) {
    const auto run = ran();
    ASSERT_TRUE(run);
    EXPECT_TRUE(run->pattern.satisfied());
    ASSERT_EQ(run->phases.size(), 1U);
    EXPECT_EQ(run->phases[0].first, 0U);
    EXPECT_EQ(run->phases[0].last, 6U);
}

TEST(LessonRun, StampsFramesWhereTheyPassTheVantagePoint) {
    const auto near = ran({}, "near"), host = ran({}, "right"), router = ran({}, "router:far");
    ASSERT_TRUE(near && host && router);
    const Time start = near->run.start;
    EXPECT_EQ(near->view->packetCount(), 4U);
    EXPECT_EQ(near->view->timeOf(0), start);
    EXPECT_EQ(near->view->timeOf(1), start + 5 * ms); // the reply enters the link at the router
    EXPECT_EQ(host->view->timeOf(0), start + 3 * ms);
    EXPECT_EQ(host->view->timeOf(1), start + 3 * ms);
    EXPECT_EQ(router->view->timeOf(0), start + 1 * ms);
    EXPECT_EQ(router->view->timeOf(1), start + 5 * ms);
    EXPECT_EQ(near->truths[0].inView, 0U);
}

TEST(LessonRun, DoesNotShowWhatWasLostBefore) {
    const auto here = ran({"drop:icmp.echo_request"}, "left"),
               there = ran({"drop:icmp.echo_request"}, "right");
    ASSERT_TRUE(here && there);
    EXPECT_EQ(here->view->packetCount(), 3U);
    EXPECT_EQ(there->view->packetCount(), 2U);
    const Message lost = there->message(there->whole->messages().at(0));
    EXPECT_EQ(lost.lost, true);
    EXPECT_FALSE(lost.received);
    EXPECT_EQ(there->truths[0].inView, none);
}

TEST(LessonRun, LosesAFrameOfOneLinkAndWithItTheMessage) {
    const auto run = ran({"drop:frame@far:1"});
    ASSERT_TRUE(run);
    const Message lost = run->message(run->whole->messages().at(0));
    EXPECT_EQ(lost.lost, true);
    EXPECT_EQ(run->truths[0].hearers.size(), 1U); // the router had it
}

TEST(LessonRun, DelaysDuplicatesAndCorrupts) {
    const auto late = ran({"delay:icmp.echo_reply:0.25"}), twice = ran({"duplicate:icmp.echo_request:2"}),
               broken = ran({"corrupt:icmp.echo_request@left,right:1"});
    ASSERT_TRUE(late && twice && broken);
    const Message reply = late->message(late->whole->messages().at(1));
    EXPECT_EQ(*reply.received - *reply.sent, 253 * ms);
    EXPECT_EQ(std::count_if(twice->truths.begin(), twice->truths.end(), [](const auto& t) { return t.copy; }),
              1);
    EXPECT_TRUE(broken->truths[0].damaged);
}

TEST(LessonRun, TellsTheMostParticularThing) {
    const auto run = ran({"drop:icmp.echo_request:2"});
    ASSERT_TRUE(run);
    const MessageList list = run->whole->messages();
    EXPECT_EQ(english(run->narrationFor(run->message(list.at(0)))->brief), "Any request");
    EXPECT_EQ(english(ran()->narrationFor(ran()->message(list.at(2)))->brief), "The second one");
    EXPECT_EQ(run->narrationFor(run->message(list.at(1))), nullptr);
    EXPECT_EQ(run->questionsBefore(run->message(list.at(1))).size(), 1U);
    EXPECT_TRUE(run->questionsBefore(run->message(list.at(0))).empty());
}

TEST(LessonRun, OffersAFaultForAMessageAndKeepsWhatCameBefore) {
    const auto run = ran();
    ASSERT_TRUE(run);
    const Message third = run->message(run->whole->messages().at(2));
    const std::string fault = run->faultFor(third, "drop");
    EXPECT_EQ(fault, "drop:icmp.echo_request@left,right:2");
    const auto broken = ran({fault});
    ASSERT_TRUE(broken);
    EXPECT_EQ(broken->message(third.ref).lost, true);
    EXPECT_EQ(broken->sameUpTo(*run), 5U);
}

TEST(LessonRun, LosesByChanceTheSameEachTime) {
    const auto none = ran({"loss@near:0"}), all = ran({"loss@near:100"}), some = ran({"loss@near:50:3"});
    ASSERT_TRUE(none && all && some);
    EXPECT_EQ(none->whole->packetCount(), 8U);
    EXPECT_EQ(all->whole->packetCount(), 2U);
    EXPECT_EQ(some->viewBytes, ran({"loss@near:50:3"})->viewBytes);
}

TEST(LessonRun, RefusesWhatItDoesNotKnowWithTheNearestWord) {
    const auto file = LessonFile::parse("x", std::string(routedPing));
    const auto why = [&](const Choice& choice) {
        const auto result = runLesson(file, choice);
        return english(std::get<1>(result).at(0), "x");
    };
    EXPECT_EQ(why({"", {}, {"drop:icmp.echo_requst"}, {}}),
              "x: fault drop:icmp.echo_requst: there is no kind of message “icmp.echo_requst”; did you mean "
              "“icmp.echo_request”?");
    EXPECT_EQ(why({"", {}, {}, "nea"}), "x: link or host “nea” is not known here; did you mean “near”?");
    EXPECT_EQ(why({"", {}, {}, "router"}), "x: “router” has several interfaces; say which: router:near");
}

TEST(Fault, IsWrittenAsItIsRead) {
    const Lesson lesson = LessonFile::parse("x", std::string(routedPing))->lesson();
    for (const char* text :
         {"drop:icmp.echo_request", "drop:icmp:3", "delay:icmp.echo_reply@right,left:2:0.5",
          "duplicate:frame@near:4", "corrupt:icmp.echo_reply@,left", "loss@far:12.5", "loss@far:5:9"}) {
        const auto fault = parseFault(text, lesson);
        ASSERT_TRUE(std::holds_alternative<Fault>(fault)) << text << english(std::get<Text>(fault));
        EXPECT_EQ(toString(std::get<Fault>(fault)), text);
    }
    for (const char* text :
         {"", "drop", "drop:", "drop:icmp:0", "drop:icmp:1:2", "delay:icmp", "loss:5", "loss@far:101",
          "loss@far", "frame@near:1", "drop:frame@near", "drop:icmp@left", "delay:icmp:-1"})
        EXPECT_TRUE(std::holds_alternative<Text>(parseFault(text, lesson))) << text;
}

TEST(Prediction, GivesTheRightKindAndOthersWithTheReasonThatTheyAreWrong) {
    const auto run = ran();
    ASSERT_TRUE(run);
    const auto prediction = predict(*run, run->whole->messages().at(1));
    ASSERT_TRUE(prediction);
    int right = 0;
    for (const PredictionChoice& choice : prediction->choices) {
        right += choice.right;
        EXPECT_EQ(choice.right, choice.kind == KindId::icmp_echo_reply);
        EXPECT_EQ(choice.right, choice.why.empty());
    }
    EXPECT_EQ(right, 1);
    EXPECT_GE(prediction->choices.size(), 2U);
}

} // namespace
} // namespace wirestage::lesson
