// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing faults.
#include "core/lesson/fault.h"

#include "core/lesson/lesson_reading.h"
#include "core/lesson/table_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace wirestage::lesson {
namespace {

constexpr std::array<std::string_view, 5> actions{"drop", "delay", "duplicate", "corrupt", "loss"};

template <class T>
bool parseNumber(std::string_view text, T& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(by);
        parts.push_back(text.substr(0, at));
        if (at == text.npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

std::optional<Text> readLink(std::string_view word, const Lesson& lesson, Fault& fault) {
    std::vector<std::string_view> names;
    for (const simulation::LinkSetup& link : lesson.network.links)
        names.push_back(link.name);
    fault.link = word;
    if (std::find(names.begin(), names.end(), word) == names.end())
        return WS_TR("lesson", "link %1").with(unknownWord(word, names));
    return std::nullopt;
}

std::optional<Text> readNth(std::string_view word, Fault& fault) {
    if (!parseNumber(word, fault.nth) || fault.nth == 0)
        return WS_TR("lesson", "“%1” is no number of a transmission, from 1").with(word);
    return std::nullopt;
}

std::optional<Text> readLoss(std::span<const std::string_view> parts, const Lesson& lesson, Fault& fault) {
    const auto at = parts[0].find('@');
    if (at == parts[0].npos || parts.size() < 2 || parts.size() > 3)
        return WS_TR("lesson", "random loss is written loss@LINK:PERCENT[:SEED]");
    if (auto why = readLink(parts[0].substr(at + 1), lesson, fault))
        return why;
    if (!parseNumber(parts[1], fault.percent) || !(fault.percent >= 0 && fault.percent <= 100))
        return WS_TR("lesson", "“%1” is no percentage from 0 to 100").with(parts[1]);
    if (parts.size() == 3 && !parseNumber(parts[2], fault.seed))
        return WS_TR("lesson", "the seed “%1” is no whole number").with(parts[2]);
    return std::nullopt;
}

std::optional<Text> readEnds(std::string_view ends, const Lesson& lesson, Fault& fault) {
    const auto names = split(ends, ',');
    const auto hosts = hostNames(lesson);
    if (names.size() != 2)
        return WS_TR("lesson", "who sends and who receives is written @FROM,TO; either may be empty");
    for (const std::string_view name : names)
        if (!name.empty() && std::find(hosts.begin(), hosts.end(), name) == hosts.end())
            return WS_TR("lesson", "host %1").with(unknownWord(name, hosts));
    fault.from = names[0];
    fault.to = names[1];
    return std::nullopt;
}

/// KIND[@FROM,TO][:N] | frame@LINK:N
std::optional<Text> readWhat(std::span<const std::string_view> parts, const Lesson& lesson, Fault& fault) {
    if (parts.empty() || parts[0].empty())
        return WS_TR("lesson", "say what it hits: a kind of message, or frame@LINK:N");
    if (parts.size() > 2)
        return WS_TR("lesson", "“%1” is too much").with(parts[2]);
    const auto at = parts[0].find('@');
    const std::string_view kind = parts[0].substr(0, at);
    if (kind == "frame") {
        if (at == parts[0].npos || parts.size() != 2)
            return WS_TR("lesson", "a frame of a link is written frame@LINK:N");
        if (auto why = readLink(parts[0].substr(at + 1), lesson, fault))
            return why;
        return readNth(parts[1], fault);
    }
    if (auto why = kindProblem(kind))
        return why;
    fault.kind = kind;
    if (at != parts[0].npos)
        if (auto why = readEnds(parts[0].substr(at + 1), lesson, fault))
            return why;
    return parts.size() == 2 ? readNth(parts[1], fault) : std::nullopt;
}

} // namespace

std::variant<Fault, Text> parseFault(std::string_view text, const Lesson& lesson) {
    Fault fault;
    const auto parts = split(text, ':');
    const std::string_view word = parts[0].substr(0, parts[0].find('@'));
    const auto action = std::find(actions.begin(), actions.end(), word);
    if (action == actions.end())
        return unknownWord(word, actions);
    fault.action = static_cast<FaultAction>(action - actions.begin());
    std::span<const std::string_view> what(parts);
    std::optional<Text> why;
    if (fault.action == FaultAction::Loss) {
        why = readLoss(what, lesson, fault);
    } else {
        what = what.subspan(1);
        if (fault.action == FaultAction::Delay) {
            double seconds = 0;
            if (what.size() < 2 || !parseNumber(what.back(), seconds) || !(seconds >= 0 && seconds <= 3600))
                return WS_TR("lesson", "a delay is written delay:WHAT:SECONDS, from 0 to 3600");
            fault.delay = simulation::fromSeconds(seconds);
            what = what.first(what.size() - 1);
        }
        why = readWhat(what, lesson, fault);
    }
    if (why)
        return *std::move(why);
    return fault;
}

std::string toString(const Fault& fault) {
    const std::string_view action = actions[static_cast<std::size_t>(fault.action)];
    if (fault.action == FaultAction::Loss)
        return fault.seed == 1 ? fmt::format("loss@{}:{:g}", fault.link, fault.percent)
                               : fmt::format("loss@{}:{:g}:{}", fault.link, fault.percent, fault.seed);
    std::string text = fault.kind.empty() ? fmt::format("{}:frame@{}", action, fault.link)
                                          : fmt::format("{}:{}", action, fault.kind);
    if (!fault.from.empty() || !fault.to.empty())
        text += fmt::format("@{},{}", fault.from, fault.to);
    if (fault.nth != 1 || fault.kind.empty())
        text += fmt::format(":{}", fault.nth);
    if (fault.action == FaultAction::Delay)
        text += fmt::format(":{:g}", static_cast<double>(fault.delay) * 1e-9);
    return text;
}

Text whyNoFaults() {
    return WS_TR("lesson", "a capture is what happened: only a lesson can be run again with a fault");
}

} // namespace wirestage::lesson
