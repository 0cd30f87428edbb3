// SPDX-License-Identifier: GPL-3.0-or-later
// --lesson as a SOURCE: found, its choices read, run.
#include "app/command/source.h"

#include "core/lesson/fault.h"

#include <fmt/core.h>

namespace wirestage {

using lesson::LessonFile;

std::shared_ptr<const LessonFile> findLesson(const std::string& name, int& status) {
    if (name.find('/') != name.npos || name.ends_with(".toml")) {
        auto loaded = LessonFile::load(name);
        if (const Text* why = std::get_if<Text>(&loaded)) {
            complain(name, english(*why));
            status = exitUnreadable;
            return nullptr;
        }
        return std::get<0>(std::move(loaded));
    }
    if (auto file = lesson::lessonNamed(name))
        return file;
    std::vector<std::string_view> ids;
    for (const lesson::BuiltInLesson& one : lesson::builtInLessonTexts())
        ids.push_back(one.name);
    const std::string_view nearest = simulation::nearestWord(name, ids);
    complain("lesson " + name, nearest.empty()
                                   ? "there is no such lesson; `wirestage lessons` lists them"
                                   : fmt::format("there is no such lesson; did you mean “{}”?", nearest));
    status = exitUsage;
    return nullptr;
}

namespace {

/// "lease=60" into the choice; a complaint where it is no parameter or no value for it.
bool readParameter(const std::string& text, const LessonFile& file, lesson::Choice& choice) {
    const auto equals = text.find('=');
    const std::string name = text.substr(0, equals);
    std::vector<std::string_view> names;
    for (const lesson::Parameter& parameter : file.lesson().parameters) {
        names.push_back(parameter.name);
        if (parameter.name != name || equals == text.npos)
            continue;
        auto value = parseParameter(parameter, std::string_view(text).substr(equals + 1));
        if (const Text* why = std::get_if<Text>(&value)) {
            complain("--set " + text, english(*why));
            return false;
        }
        choice.parameters[name] = std::get<0>(std::move(value));
        return true;
    }
    if (equals == text.npos) {
        complain("--set " + text, "is written NAME=VALUE");
        return false;
    }
    const std::string_view nearest = simulation::nearestWord(name, names);
    complain("--set " + text,
             names.empty() ? "this lesson has no parameters"
             : nearest.empty()
                 ? fmt::format("there is no parameter “{}”", name)
                 : fmt::format("there is no parameter “{}”; did you mean “{}”?", name, nearest));
    return false;
}

} // namespace

void openLesson(const SourceOptions& options, Source& source) {
    const auto file = findLesson(options.lesson, source.status);
    if (!file)
        return;
    const std::string name = file->path().empty() ? file->id() : file->path();
    if (!file->usable()) {
        for (const lesson::Problem& problem : file->problems())
            fmt::print(stderr, "{}\n", english(problem, name));
        source.status = exitUnreadable;
        return;
    }
    source.status = exitUsage;
    lesson::Choice choice;
    choice.variant = options.variant;
    choice.faults = options.faults;
    choice.vantage = options.at;
    for (const std::string& one : options.set)
        if (!readParameter(one, *file, choice))
            return;
    auto result = runLesson(file, choice);
    if (const auto* problems = std::get_if<std::vector<lesson::Problem>>(&result)) {
        for (const lesson::Problem& problem : *problems)
            fmt::print(stderr, "wirestage: {}\n", english(problem, name));
        return;
    }
    source.run = std::get<0>(std::move(result));
    source.capture = source.run->view;
    source.status = exitDone;
    if (const auto& problem = source.run->run.problem)
        complain(name, english(*problem));
}

} // namespace wirestage
