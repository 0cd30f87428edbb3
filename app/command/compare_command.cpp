// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/compare_command.h"

#include "app/command/json_line.h"
#include "core/overlay/compare.h"

#include <algorithm>
#include <filesystem>

#include <fmt/core.h>

namespace wirestage {
namespace {

using lesson::StepStatus;
using overlay::Comparison;
using overlay::Reference;

/// "dhcp-dora/offer-lost", or "my/lesson.toml/variant".
std::pair<std::string, std::string> lessonAndVariant(const std::string& text) {
    constexpr std::string_view ending = ".toml";
    const auto file = text.find(std::string(ending) + "/");
    const auto slash = file != text.npos ? file + ending.size() : text.find('/');
    if (slash == text.npos || (file == text.npos && text.ends_with(ending)))
        return {text, ""};
    return {text.substr(0, slash), text.substr(slash + 1)};
}

std::optional<Reference> lessonReference(const std::string& text, int& status) {
    SourceOptions options;
    std::tie(options.lesson, options.variant) = lessonAndVariant(text);
    Source source;
    openLesson(options, source);
    status = source.status;
    if (!source.run)
        return std::nullopt;
    Reference reference = overlay::referenceOf(*source.run);
    reference.name = text;
    return reference;
}

/// "trace.pcap#3": the number is part of the name where a file is called so.
std::pair<std::string, std::string> fileAndExchange(const std::string& text) {
    const auto mark = text.rfind('#');
    std::error_code unreadable;
    if (mark == text.npos || std::filesystem::exists(text, unreadable))
        return {text, ""};
    return {text.substr(0, mark), text.substr(mark + 1)};
}

/// Of a file that names no exchange the one with the most packets: what the file was taken for.
ExchangeId longestOf(const Capture& capture) {
    ExchangeId longest = none;
    for (ExchangeId id = 0; id < capture.exchangeCount(); ++id)
        if (const ExchangeRow row = capture.row(id);
            row.parent == none && (longest == none || row.packets > capture.row(longest).packets))
            longest = id;
    return longest;
}

std::optional<Reference> fileReference(const std::string& text, int& status) {
    const auto [file, number] = fileAndExchange(text);
    SourceOptions options;
    options.file = file;
    if (!number.empty()) {
        const bool isNumber = number.size() < 10 && std::all_of(number.begin(), number.end(),
                                                                [](char c) { return c >= '0' && c <= '9'; });
        if (!isNumber) {
            complain("--to-file " + text, "behind the # stands the number of an exchange");
            status = exitUsage;
            return std::nullopt;
        }
        options.exchanges.push_back(static_cast<std::uint32_t>(std::stoul(number)));
    }
    const Source source = openSource(options);
    status = source.status;
    if (!source.capture)
        return std::nullopt;
    const ExchangeId id = source.exchanges.empty() ? longestOf(*source.capture) : source.exchanges.front();
    if (id == none) {
        complain("--to-file " + text, "there is no exchange in it");
        status = exitUsage;
        return std::nullopt;
    }
    return overlay::referenceOf(*source.capture, id, fmt::format("{}#{}", file, id + 1));
}

void printJson(const Comparison& comparison) {
    JsonLine json;
    json.open('{').key("reference").text(comparison.reference).key("exchange");
    if (comparison.exchange == none)
        json.null();
    else
        json.number(comparison.exchange + 1);
    json.key("exchanges").open('[');
    for (const ExchangeId id : comparison.exchanges)
        json.number(id + 1);
    json.close(']').key("verdict").text(name(comparison.verdict));
    json.key("score").plain(fmt::format("{:.2f}", comparison.score));
    json.key("sentence").text(english(comparison.sentence)).key("seen_from").text(comparison.seenFrom);
    json.key("steps").open('[');
    for (const overlay::Step& step : comparison.steps) {
        json.open('{').key("kind").text(step.kind).key("from").text(step.from).key("to").text(step.to);
        json.key("status").text(name(step.status)).key("packet");
        if (step.packet == none)
            json.null();
        else
            json.number(step.packet + 1);
        json.key("why").text(english(step.why)).key("broken").open('[');
        for (const std::string& rule : step.broken)
            json.text(rule);
        json.close(']').key("more").number(step.more).close('}');
    }
    json.close(']').key("broken").open('[');
    for (const std::string& rule : comparison.broken)
        json.text(rule);
    json.close(']').key("others").open('[');
    for (const overlay::Scored& other : comparison.others)
        json.open('{')
            .key("exchange")
            .number(other.exchange + 1)
            .key("score")
            .plain(fmt::format("{:.2f}", other.score))
            .close('}');
    json.close(']').key("candidates").number(comparison.candidates);
    json.key("compared").number(comparison.weighed).key("left_out").number(comparison.leftOut).close('}');
    fmt::print("{}\n", json.line());
}

const char* markOf(const overlay::Step& step) {
    if (!step.broken.empty())
        return "!";
    switch (step.status) {
    case StepStatus::Matched: return "✓";
    case StepStatus::Missing: return "✗";
    case StepStatus::OutOfOrder: return "↕";
    case StepStatus::Repeated: return "↻";
    case StepStatus::Unexpected: return "+";
    case StepStatus::Optional: return "·";
    case StepStatus::NotSeen: return "?";
    }
    return " ";
}

std::string titleOf(const std::string& kindName) {
    const auto id = kindOfName(kindName);
    return id ? kind(*id).title : kindName;
}

void printOthers(const Comparison& comparison) {
    constexpr std::size_t most = 8;
    std::string list;
    for (std::size_t i = 0; i < std::min(most, comparison.others.size()); ++i)
        list += fmt::format("{}{} ({:.0f} %)", i ? ", " : "", comparison.others[i].exchange + 1,
                            comparison.others[i].score * 100);
    if (comparison.others.size() > most)
        list += fmt::format(" and {} more", comparison.others.size() - most);
    if (!list.empty())
        fmt::print("Other exchanges that are like it (--exchange chooses one): {}\n", list);
    if (comparison.leftOut)
        fmt::print("Of the exchange's many messages {} of the most frequent kinds were not looked at.\n",
                   comparison.leftOut);
    if (comparison.weighed < comparison.candidates)
        fmt::print("Only the {} most promising of {} exchanges were compared message by message.\n",
                   comparison.weighed, comparison.candidates);
}

void printText(const Comparison& comparison) {
    fmt::print("{}.\n", english(comparison.sentence));
    for (const overlay::Step& step : comparison.steps) {
        const std::string packet = step.packet == none ? "" : fmt::format("#{}", step.packet + 1);
        const std::string more = step.more ? fmt::format(" ({} more like it)", step.more) : "";
        fmt::print("{} {:<12} {:>7}  {}: {} → {}: {}{}\n", markOf(step), name(step.status), packet,
                   titleOf(step.kind), step.from, step.to, english(step.why), more);
        for (std::size_t i = 1; i < step.broken.size(); ++i)
            fmt::print("{:23}broken, too: {}\n", "", step.broken[i]);
    }
    for (const std::string& rule : comparison.broken)
        fmt::print("! a rule about the whole is broken: {}\n", rule);
    printOthers(comparison);
}

} // namespace

void CompareOptions::addTo(CLI::App& command) {
    auto* toLesson = command.add_option("--to", lesson, "The lesson to hold it against: ID or ID/VARIANT");
    command.add_option("--to-file", file, "Instead the exchange of another capture: FILE or FILE#EXCHANGE")
        ->excludes(toLesson);
    command.add_flag("--json", json, "One JSON object");
    for (const char* name : {"--level", "--rows"}) // whole exchanges are compared: refused, with the reason
        if (CLI::Option* other = command.get_option_no_throw(name))
            other->group("");
}

int compareSource(const CompareOptions& options, const SourceOptions& sourceOptions) {
    if (options.lesson.empty() == options.file.empty()) {
        complain("compare", "say what to hold it against: --to LESSON or --to-file FILE");
        return exitUsage;
    }
    if (!sourceOptions.level.empty() || !sourceOptions.rows.empty()) {
        complain(sourceOptions.level.empty() ? "--rows" : "--level",
                 "compare looks at whole exchanges; --exchange and -f choose them");
        return exitUsage;
    }
    int status = exitDone;
    const auto reference = options.lesson.empty() ? fileReference(options.file, status)
                                                  : lessonReference(options.lesson, status);
    if (!reference)
        return status;
    const Source source = openSource(sourceOptions);
    if (!source.capture)
        return source.status;
    const Comparison comparison = source.nothing
                                      ? overlay::nothingLike(*reference)
                                      : overlay::compare(*reference, *source.capture, source.exchanges);
    (options.json ? printJson : printText)(comparison);
    if (source.status != exitDone || status != exitDone)
        return std::max(source.status, status);
    return comparison.verdict == overlay::Verdict::Same ? exitDone : exitDifferent;
}

} // namespace wirestage
