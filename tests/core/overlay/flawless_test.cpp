// SPDX-License-Identifier: GPL-3.0-or-later
// A variant that shows a fault is not satisfied by a run in which nothing goes wrong; and every variant is
// the same as its own run, from wherever all of it is to be seen.
#include "tests/core/overlay/overlay_captures.h"

#include <algorithm>
#include <map>

namespace wirestage::overlay::test {
namespace {

/// Where everything is to be seen, and yet not as the pattern has it.
const std::map<std::string, std::string> seenOtherwise{
    {"ping/reply-lost at switch-server", "the reply is lost behind it"},
    {"ping/reply-lost at server", "the reply is lost behind it"},
    {"icmp-port-unreachable/error-lost at distant", "the error is lost behind it"},
    {"icmp-port-unreachable/error-lost at server", "the error is lost behind it"},
    {"traceroute/silent-router at middle", "the errors are lost behind it"},
    {"traceroute/silent-router at r2:wan", "the errors are lost behind it"},
    {"traceroute-echo/silent-router at middle", "the errors are lost behind it"},
    {"traceroute-echo/silent-router at r2:wan", "the errors are lost behind it"},
    {"path-mtu/black-hole at near", "the errors are lost behind it"},
    {"path-mtu/black-hole at r1:lan", "the errors are lost behind it"},
};

std::vector<std::string> variantsOf(const lesson::LessonFile& file) {
    std::vector<std::string> all{file.id()};
    for (const lesson::VariantInfo& variant : file.lesson().variants)
        all.push_back(file.id() + "/" + variant.id);
    return all;
}

/// The lesson as it is when nothing goes wrong: itself, or the variant without its fault; null: there is
/// none.
std::shared_ptr<const lesson::LessonRun> flawlessRunOf(const lesson::LessonFile& file) {
    for (const std::string& name : variantsOf(file)) {
        auto run = runOf(name);
        if (run && run->lesson.faults.empty())
            return run;
    }
    return nullptr;
}

/// Whether every message that the pattern's steps have in the run is in the capture of its vantage point.
bool seesAll(const lesson::LessonRun& run) {
    const auto messages = lesson::patternMessages(*run.whole, run.lesson.pattern);
    return std::all_of(
        run.pattern.steps.begin(), run.pattern.steps.end(), [&](const lesson::StepResult& one) {
            const bool counts =
                one.status == lesson::StepStatus::Matched || one.status == lesson::StepStatus::Repeated;
            if (!counts || run.lesson.pattern.steps[one.step].optional)
                return true;
            const PacketIndex packet = messages[one.message].ref.packet;
            return std::any_of(run.truths.begin(), run.truths.end(), [&](const lesson::PacketTruth& truth) {
                return truth.origin == packet && truth.inView != none;
            });
        });
}

TEST(Flawless, DiffersFromWhatShowsAFault) {
    std::size_t asked = 0;
    for (const auto& file : lesson::builtInLessons()) {
        const auto flawless = flawlessRunOf(*file);
        if (!flawless)
            continue;
        for (const std::string& name : variantsOf(*file)) {
            const auto run = runOf(name);
            if (!run || run->lesson.faults.empty())
                continue;
            ++asked;
            const Comparison comparison = compare(referenceOf(*run), *flawless->view, {});
            EXPECT_NE(comparison.verdict, Verdict::Same) << name << ": " << english(comparison.sentence);
        }
    }
    EXPECT_GT(asked, 20U);
}

TEST(Flawless, OwnRunsAreTheSameFromWhereverAllOfThemIsSeen) {
    std::size_t asked = 0;
    for (const auto& file : lesson::builtInLessons())
        for (const std::string& name : variantsOf(*file)) {
            const Reference reference = lessonReference(name);
            for (const std::string& place : file->vantagePoints()) {
                const auto run = runOf(name, {}, place);
                if (!run || !seesAll(*run))
                    continue;
                ++asked;
                const Comparison comparison = compare(reference, *run->view, {});
                const std::string seen = name + " at " + place;
                EXPECT_EQ(comparison.verdict == Verdict::Same, !seenOtherwise.contains(seen))
                    << seen << ": " << english(comparison.sentence);
            }
        }
    EXPECT_GT(asked, 200U) << asked;
}

} // namespace
} // namespace wirestage::overlay::test
