// SPDX-License-Identifier: GPL-3.0-or-later
// Every lesson that the program brings, with each of its variants.
#include "core/lesson/fault.h"
#include "core/lesson/lesson_run.h"

#include <gmock/gmock.h>

#include <chrono>
#include <set>

namespace wirestage::lesson {
namespace {

using testing::IsEmpty;

std::vector<std::string> variantsOf(const LessonFile& file) {
    std::vector<std::string> ids{""};
    for (const VariantInfo& variant : file.lesson().variants)
        ids.push_back(variant.id);
    return ids;
}

std::string problemsOf(const std::vector<Problem>& problems, const std::string& name) {
    std::string text;
    for (const Problem& problem : problems)
        text += english(problem, name) + "\n";
    return text;
}

std::shared_ptr<const LessonRun> runOf(const std::shared_ptr<const LessonFile>& file, const Choice& choice) {
    const auto result = runLesson(file, choice);
    if (const auto* problems = std::get_if<std::vector<Problem>>(&result)) {
        ADD_FAILURE() << problemsOf(*problems, file->id());
        return nullptr;
    }
    return std::get<0>(result);
}

std::string differences(const LessonRun& run) {
    std::string text;
    for (const StepResult& step : run.pattern.steps) {
        if (step.status == StepStatus::Matched && step.broken.empty())
            continue;
        text += std::string(name(step.status));
        if (step.step != StepResult::npos)
            text += " " + run.lesson.pattern.steps[step.step].kinds.front();
        text += ": " + wirestage::english(step.why) + "\n";
    }
    for (const Rule& rule : run.pattern.broken)
        text += "broken: " + rule.text + "\n";
    return text;
}

template <class Do>
void forEachRun(const Do& each) {
    for (const auto& file : builtInLessons())
        for (const std::string& variant : variantsOf(*file)) {
            SCOPED_TRACE(file->id() + (variant.empty() ? "" : "/" + variant));
            if (const auto run = runOf(file, {variant, {}, {}, {}}))
                each(*run);
        }
}

TEST(BuiltInLessons, HaveNoProblems) {
    for (const auto& file : builtInLessons())
        EXPECT_EQ(problemsOf(file->problems(), file->id()), "");
}

TEST(BuiltInLessons, SatisfyTheirPatternsInEveryVariant) {
    forEachRun([](const LessonRun& run) {
        EXPECT_FALSE(run.lesson.pattern.steps.empty());
        EXPECT_TRUE(run.pattern.satisfied()) << differences(run);
        EXPECT_FALSE(run.run.problem) << wirestage::english(*run.run.problem);
    });
}

bool hides(const Lesson& lesson, const Message& message) {
    return std::any_of(lesson.hide.begin(), lesson.hide.end(),
                       [&](const std::string& kind) { return isKind(message.kind, kind); });
}

TEST(BuiltInLessons, TellSomethingOfEveryMessageThatTheyShow) {
    forEachRun([](const LessonRun& run) {
        for (const auto level : {std::optional<Level>(), run.lesson.level}) {
            const MessageList list = run.whole->messages({}, level);
            EXPECT_GE(list.size(), 1U) << "nothing to see";
            for (std::uint64_t row = 0; row < list.size(); ++row) {
                const Message message = run.message(list.at(row));
                const Narration* said = run.narrationFor(message);
                EXPECT_TRUE(hides(run.lesson, message) || (said && !said->brief.empty()))
                    << kind(message.kind).name;
            }
        }
    });
}

TEST(BuiltInLessons, ComeToEachOfTheirQuestions) {
    for (const auto& file : builtInLessons()) {
        const auto run = runOf(file, {});
        ASSERT_TRUE(run);
        const MessageList list = run->whole->messages({}, run->lesson.level);
        std::set<const Question*> asked;
        for (std::uint64_t row = 0; row < list.size(); ++row)
            if (const Message message = run->message(list.at(row)); !hides(run->lesson, message))
                for (const Question* question : run->questionsBefore(message))
                    asked.insert(question);
        EXPECT_EQ(asked.size(), run->lesson.questions.size()) << file->id();
    }
}

TEST(BuiltInLessons, HaveNotesForTheTeacherAndThreeQuestionsOrMore) {
    for (const auto& file : builtInLessons()) {
        SCOPED_TRACE(file->id());
        const Lesson& lesson = file->lesson();
        EXPECT_GE(lesson.questions.size(), 3U);
        EXPECT_TRUE(std::any_of(lesson.narration.begin(), lesson.narration.end(),
                                [](const Narration& one) { return !one.teacher.empty(); }));
    }
}

TEST(BuiltInLessons, CanBeSeenFromEveryVantagePoint) {
    for (const auto& file : builtInLessons())
        for (const std::string& at : file->vantagePoints()) {
            SCOPED_TRACE(file->id() + " at " + at);
            const auto run = runOf(file, {"", {}, {}, at});
            ASSERT_TRUE(run);
            for (PacketIndex packet = 0; packet < run->view->packetCount(); ++packet)
                EXPECT_TRUE(run->view->describe(packet).malformed.empty());
        }
}

TEST(BuiltInLessons, GiveTheSameBytesEachTime) {
    forEachRun([](const LessonRun& run) {
        const auto again = runOf(run.file, run.choice);
        ASSERT_TRUE(again);
        EXPECT_EQ(run.viewBytes, again->viewBytes);
        EXPECT_EQ(run.sameUpTo(*again), run.whole->packetCount());
    });
}

TEST(BuiltInLessons, OfferForEveryMessageAFaultThatHitsIt) {
    for (const auto& file : builtInLessons()) {
        const auto run = runOf(file, {});
        ASSERT_TRUE(run);
        const MessageList list = run->whole->messages();
        for (std::uint64_t row = 0; row < list.size() && row < 12; ++row) {
            const Message message = run->message(list.at(row));
            const std::string fault = run->faultFor(message, "drop");
            SCOPED_TRACE(file->id() + " " + fault);
            const auto broken = runOf(file, {"", {}, {fault}, {}});
            ASSERT_TRUE(broken);
            EXPECT_GE(broken->sameUpTo(*run), message.packets.back() + 1);
            EXPECT_EQ(broken->message(message.ref).lost, true);
        }
    }
}

/// The bound is 20 ms on an optimised build of an idle machine; here it only must not be missed by far.
TEST(BuiltInLessons, RunInNoTime) {
    for (const auto& file : builtInLessons()) {
        const auto begin = std::chrono::steady_clock::now();
        const auto run = runOf(LessonFile::parse(file->id(), file->text()), {});
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
        EXPECT_LT(took.count(), 400) << file->id();
    }
}

} // namespace
} // namespace wirestage::lesson
