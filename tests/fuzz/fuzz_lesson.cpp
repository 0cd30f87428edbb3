// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's target for lesson files: whatever stands in one, it is read or its problems are listed with
// their places, and what is read can be run, drawn from and asked.
#include "core/lesson/fault.h"
#include "core/lesson/lesson_run.h"
#include "core/lesson/prediction.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace wirestage::lesson {
namespace {

volatile std::uint64_t sink = 0;

void require(bool holds, const char* what) {
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

void run(const std::shared_ptr<const LessonFile>& file, const std::string& variant) {
    Choice choice;
    choice.variant = variant;
    auto chosen = file->choose(choice);
    require(std::holds_alternative<Lesson>(chosen), "a lesson without problems can be chosen from");
    // A long run is the simulation's to test; here a short one must do.
    if (std::get<Lesson>(chosen).network.limit > 60'000'000'000)
        return;
    const auto result = runLesson(file, choice);
    const auto* done = std::get_if<std::shared_ptr<const LessonRun>>(&result);
    if (!done)
        return;
    const LessonRun& lessonRun = **done;
    const MessageList list = lessonRun.whole->messages();
    for (std::uint64_t row = 0; row < list.size() && row < 50; ++row) {
        const Message message = lessonRun.message(list.at(row));
        const Narration* narration = lessonRun.narrationFor(message);
        sink = sink + (narration ? 1 : 0) + lessonRun.questionsBefore(message).size();
        const std::string fault = lessonRun.faultFor(message, "drop");
        require(std::holds_alternative<Fault>(parseFault(fault, lessonRun.lesson)),
                "an offered fault can be read");
        sink = sink + (predict(lessonRun, message.ref) ? 1 : 0);
    }
}

} // namespace
} // namespace wirestage::lesson

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace wirestage::lesson;
    const auto file = LessonFile::parse("x", std::string(reinterpret_cast<const char*>(data), size));
    for (const Problem& problem : file->problems())
        sink = sink + english(problem, "x").size();
    if (!file->usable())
        return 0;
    run(file, "");
    for (const VariantInfo& variant : file->lesson().variants)
        run(file, variant.id);
    return 0;
}
