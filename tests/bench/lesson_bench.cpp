// SPDX-License-Identifier: GPL-3.0-or-later
// Every built-in lesson from its file's text to the scene of its first screen, and once more after a fault.
// (The window's part of a fault click, until the stage is painted, is bench_window's.)
#include "tests/bench/lesson_bench.h"

#include "core/diagram/layout.h"
#include "core/diagram/run_source.h"
#include "core/diagram/text_metrics.h"
#include "core/lesson/lesson_run.h"

#include <benchmark/benchmark.h>

namespace wirestage::bench {
namespace {

using lesson::LessonRun;
using RunPointer = std::shared_ptr<const LessonRun>;
constexpr diagram::Rect firstScreen{0, 0, 1920, 1080};

void layOut(const RunPointer& run) {
    const diagram::PlainMetrics metrics;
    auto sequence =
        std::make_shared<diagram::Sequence>(diagram::runSource(run), diagram::SequenceOptions{}, nullptr);
    const diagram::Layout layout(std::move(sequence), metrics, {});
    benchmark::DoNotOptimize(layout.scene(firstScreen));
}

/// Null, and the benchmark says why, where the lesson does not run.
RunPointer runOrSkip(benchmark::State& state, const std::shared_ptr<const lesson::LessonFile>& file,
                     const lesson::Choice& choice = {}) {
    const auto result = lesson::runLesson(file, choice);
    if (const auto* run = std::get_if<RunPointer>(&result))
        return *run;
    const auto& problems = std::get<std::vector<lesson::Problem>>(result);
    state.SkipWithError(english(problems.front(), file->id()).c_str());
    return nullptr;
}

void fileToScene(benchmark::State& state, const lesson::LessonFile& built) {
    for (auto _ : state) {
        const auto file = lesson::LessonFile::parse(built.id(), built.text());
        if (const auto run = runOrSkip(state, file))
            layOut(run);
    }
}

void faultToScene(benchmark::State& state, const std::shared_ptr<const lesson::LessonFile>& file) {
    const auto before = runOrSkip(state, file);
    if (!before)
        return;
    const Message first = before->message(before->whole->messages().at(0));
    lesson::Choice lost;
    lost.faults = {before->faultFor(first, "drop")};
    for (auto _ : state) {
        if (const auto run = runOrSkip(state, file, lost))
            layOut(run);
    }
}

} // namespace

/// Called by main: the lessons can be read only when all programs have made themselves known.
void registerLessons() {
    for (const auto& file : lesson::builtInLessons()) {
        benchmark::RegisterBenchmark(("Lesson/" + file->id()).c_str(), fileToScene, std::ref(*file))
            ->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("LessonWithFault/" + file->id()).c_str(), faultToScene, file)
            ->Unit(benchmark::kMillisecond);
    }
}

} // namespace wirestage::bench
