// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters of a lesson: what the learner may turn, and within which limits.
#include "core/lesson/lesson_reading.h"
#include "core/lesson/table_reader.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wirestage::lesson {
namespace {

using simulation::SettingValue;

std::optional<double> numeric(const SettingValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value))
        return *real;
    return std::nullopt;
}

template <class T>
bool parseNumber(std::string_view text, T& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size();
}

Parameter readParameter(const Table& table, const std::string& id, std::vector<Problem>& problems) {
    TableReader reader(table, placeOfTable(table), problems);
    for (const char* key : {"name", "title", "value"})
        reader.require(key);
    Parameter parameter;
    parameter.name = reader.text("name");
    parameter.title = prose(id, reader.text("title"));
    parameter.unit = reader.text("unit");
    parameter.choices = reader.words("choices");
    if (reader.value("least") || reader.value("most")) {
        parameter.least = reader.number("least", 0, -1e15, 1e15);
        parameter.most = reader.number("most", 1e15, -1e15, 1e15);
        if (parameter.least >= parameter.most)
            reader.complain("most", WS_TR("lesson", "“most” must be more than “least”"));
    }
    if (const Value* value = reader.value("value")) {
        if (auto setting = settingOf(*value);
            setting && !std::holds_alternative<std::vector<simulation::Settings>>(*setting))
            parameter.value = *std::move(setting);
        else
            reader.complain("value",
                            WS_TR("lesson", "a parameter is a truth, a number, a text or a list of texts"));
    }
    reader.finish();
    if (auto why = parameterProblem(parameter, parameter.value))
        reader.complain("value", *std::move(why));
    parameter.preset = parameter.value;
    return parameter;
}

} // namespace

std::vector<Parameter> readParameters(const Table& root, const std::string& id,
                                      std::vector<Problem>& problems) {
    std::vector<Parameter> parameters;
    for (const Table* table : tablesOf(root, "parameter")) {
        Parameter parameter = readParameter(*table, id, problems);
        if (std::any_of(parameters.begin(), parameters.end(),
                        [&](const Parameter& other) { return other.name == parameter.name; }))
            problems.push_back(
                {placeOfTable(*table), WS_TR("lesson", "there is a “%1” already").with(parameter.name)});
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

std::optional<Text> parameterProblem(const Parameter& parameter, const SettingValue& value) {
    const auto number = numeric(value);
    const bool sameType = value.index() == parameter.value.index() ||
                          (number && std::holds_alternative<double>(parameter.value));
    if (!sameType)
        return std::holds_alternative<bool>(parameter.value) ? WS_TR("lesson", "must be true or false")
               : std::holds_alternative<std::int64_t>(parameter.value)
                   ? WS_TR("lesson", "must be a whole number")
               : numeric(parameter.value) ? WS_TR("lesson", "must be a number")
               : std::holds_alternative<std::string>(parameter.value)
                   ? WS_TR("lesson", "must be a text")
                   : WS_TR("lesson", "must be a list of texts");
    if (number && parameter.least < parameter.most &&
        !(*number >= parameter.least && *number <= parameter.most))
        return WS_TR("lesson", "must be from %1 to %2, not %3")
            .with(fmt::format("{:.15g}", parameter.least))
            .with(fmt::format("{:.15g}", parameter.most))
            .with(fmt::format("{:g}", *number));
    const auto* text = std::get_if<std::string>(&value);
    if (text && !parameter.choices.empty() &&
        std::find(parameter.choices.begin(), parameter.choices.end(), *text) == parameter.choices.end())
        return WS_TR("lesson", "“%1” is none of: %2")
            .with(*text)
            .with(fmt::format("{}", fmt::join(parameter.choices, ", ")));
    return std::nullopt;
}

std::variant<SettingValue, Text> parseParameter(const Parameter& parameter, std::string_view text) {
    SettingValue value = std::string(text);
    std::int64_t whole = 0;
    double real = 0;
    if (std::holds_alternative<bool>(parameter.value)) {
        if (text == "true" || text == "false")
            value = text == "true";
    } else if (std::holds_alternative<std::int64_t>(parameter.value)) {
        if (parseNumber(text, whole))
            value = whole;
    } else if (std::holds_alternative<double>(parameter.value)) {
        if (parseNumber(text, real))
            value = real;
    } else if (std::holds_alternative<std::vector<std::string>>(parameter.value)) {
        std::vector<std::string> words;
        for (std::size_t at = 0; !text.empty() && at != text.npos;) {
            const auto comma = text.find(',', at);
            words.emplace_back(text.substr(at, comma == text.npos ? comma : comma - at));
            at = comma == text.npos ? comma : comma + 1;
        }
        value = std::move(words);
    }
    if (auto why = parameterProblem(parameter, value))
        return *std::move(why);
    return value;
}

std::string toString(const SettingValue& value) {
    if (const auto* truth = std::get_if<bool>(&value))
        return *truth ? "true" : "false";
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return fmt::format("{}", *whole);
    if (const auto* real = std::get_if<double>(&value))
        return fmt::format("{:g}", *real);
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    if (const auto* words = std::get_if<std::vector<std::string>>(&value))
        return fmt::format("{}", fmt::join(*words, ","));
    return {};
}

} // namespace wirestage::lesson
