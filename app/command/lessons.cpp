// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage lessons: a line per lesson; wirestage check: what is wrong in lesson files.
#include "app/command/json_line.h"
#include "app/command/print.h"

#include <fmt/core.h>

namespace wirestage {
namespace {

void printValue(JsonLine& json, const simulation::SettingValue& value) {
    if (const auto* truth = std::get_if<bool>(&value))
        json.truth(*truth);
    else if (std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value))
        json.plain(lesson::toString(value));
    else if (const auto* words = std::get_if<std::vector<std::string>>(&value)) {
        json.open('[');
        for (const std::string& word : *words)
            json.text(word);
        json.close(']');
    } else {
        json.text(lesson::toString(value));
    }
}

void printParameter(JsonLine& json, const lesson::Parameter& parameter) {
    json.open('{').key("name").text(parameter.name).key("title").text(english(parameter.title)).key("value");
    printValue(json, parameter.value);
    json.key("unit").text(parameter.unit);
    for (const auto& [key, limit] :
         {std::pair("least", parameter.least), std::pair("most", parameter.most)}) {
        json.key(key);
        if (parameter.least < parameter.most)
            json.plain(fmt::format("{:.15g}", limit));
        else
            json.null();
    }
    json.close('}');
}

void printJson(const lesson::LessonFile& file) {
    const lesson::Lesson& lesson = file.lesson();
    JsonLine json;
    json.open('{').key("id").text(file.id()).key("chapter").number(lesson.chapter);
    json.key("title").text(english(lesson.title)).key("goal").text(english(lesson.goal));
    json.key("variants").open('[');
    for (const lesson::VariantInfo& variant : lesson.variants)
        json.open('{').key("id").text(variant.id).key("title").text(english(variant.title)).close('}');
    json.close(']').key("parameters").open('[');
    for (const lesson::Parameter& parameter : lesson.parameters)
        printParameter(json, parameter);
    json.close(']').key("vantage_points").open('[');
    for (const std::string& name : file.vantagePoints())
        json.text(name);
    json.close(']').key("problems").open('[');
    for (const lesson::Problem& problem : file.problems())
        json.text(english(problem, file.id()));
    json.close(']').close('}');
    fmt::print("{}\n", json.line());
}

void printText(const lesson::LessonFile& file) {
    const lesson::Lesson& lesson = file.lesson();
    fmt::print("{:>2}  {:<26} {}\n", lesson.chapter, file.id(), english(lesson.title));
    for (const lesson::VariantInfo& variant : lesson.variants)
        fmt::print("      --variant {:<22} {}\n", variant.id, english(variant.title));
    for (const lesson::Parameter& parameter : lesson.parameters)
        fmt::print("      --set {:<26} {}\n",
                   fmt::format("{}={}", parameter.name, lesson::toString(parameter.value)),
                   english(parameter.title));
    for (const lesson::Problem& problem : file.problems())
        fmt::print("      {}\n", english(problem, file.id()));
}

} // namespace

void printLessons(bool json) {
    for (const auto& file : lesson::builtInLessons())
        (json ? printJson : printText)(*file);
    for (const auto& file : lesson::lessonsInFolder(lesson::userLessonFolder()))
        if (!lesson::isBuiltIn(file->id()))
            (json ? printJson : printText)(*file);
}

int checkLessons(const std::vector<std::string>& files) {
    int status = exitDone;
    for (const std::string& path : files) {
        const auto loaded = lesson::LessonFile::load(path);
        if (const Text* why = std::get_if<Text>(&loaded)) {
            complain(path, english(*why));
            status = exitUnreadable;
            continue;
        }
        for (const lesson::Problem& problem : std::get<0>(loaded)->problems()) {
            fmt::print("{}\n", english(problem, path));
            status = exitUnreadable;
        }
    }
    return status;
}

} // namespace wirestage
