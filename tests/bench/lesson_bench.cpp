// SPDX-License-Identifier: GPL-3.0-or-later
// Every built-in lesson from its file's text to the scene of its first screen, and once more after a fault.
// (The window's part of a fault click, until the stage is painted, is bench_window's.)
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
    auto sequence = std::make_shared<diagram::Sequence>(diagram::runSource(run));
    const diagram::Layout layout(std::move(sequence), metrics, {});
    benchmark::DoNotOptimize(layout.scene(firstScreen));
}

void fileToScene(benchmark::State& state, const lesson::LessonFile& built) {
    for (auto _ : state) {
        const auto file = lesson::LessonFile::parse(built.id(), built.text());
        const auto result = lesson::runLesson(file);
        layOut(std::get<RunPointer>(result));
    }
}

void faultToScene(benchmark::State& state, const std::shared_ptr<const lesson::LessonFile>& file) {
    const auto before = std::get<RunPointer>(lesson::runLesson(file));
    const Message first = before->message(before->whole->messages().at(0));
    const std::string fault = before->faultFor(first, "drop");
    for (auto _ : state) {
        const auto result = lesson::runLesson(file, {"", {}, {fault}, ""});
        layOut(std::get<RunPointer>(result));
    }
}

const bool registered = [] {
    for (const auto& file : lesson::builtInLessons()) {
        benchmark::RegisterBenchmark(("Lesson/" + file->id()).c_str(), fileToScene, std::ref(*file))
            ->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("LessonWithFault/" + file->id()).c_str(), faultToScene, file)
            ->Unit(benchmark::kMillisecond);
    }
    return true;
}();

} // namespace
} // namespace wirestage::bench
