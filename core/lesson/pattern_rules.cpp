// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/pattern_rules.h"

#include "core/knowledge/knowledge.h"
#include "core/lesson/pattern.h"
#include "core/lesson/table_reader.h"
#include "core/protocols/dhcp/dhcp_wire.h"
#include "core/protocols/dns/dns_wire.h"
#include "core/protocols/ftp/ftp_wire.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace wirestage::lesson {
namespace {

constexpr std::array<std::string_view, 6> comparisons{"=", "!=", "<", "<=", ">", ">="};

/// Words between blanks; 'one text' is one word, with its first quote kept.
std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ') {
            ++at;
        } else if (text[at] == '\'') {
            const std::size_t end = std::min(text.find('\'', at + 1), text.size());
            words.push_back(text.substr(at, end - at));
            at = end + 1;
        } else {
            const std::size_t end = std::min(text.find(' ', at), text.size());
            words.push_back(text.substr(at, end - at));
            at = end;
        }
    }
    return words;
}

std::optional<double> numberOf(std::string_view text) {
    double number = 0;
    if (text.starts_with("0x")) {
        std::uint64_t whole = 0;
        const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), whole, 16);
        if (error == std::errc{} && end == text.data() + text.size() && text.size() > 2)
            return static_cast<double>(whole);
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size() && !text.empty() && std::isfinite(number))
        return number;
    return std::nullopt;
}

std::vector<std::string_view> fieldNames() {
    std::vector<std::string_view> names{"time"};
    for (const Knowledge::Entry& entry : Knowledge::builtIn().entries())
        if (entry.what == "field")
            names.push_back(entry.name);
    for (const auto list : {dhcpFieldList(), dnsFieldList(), ftpFieldList()})
        for (const FieldSpec& field : list)
            if (!field.name.empty())
                names.push_back(field.name);
    return names;
}

std::optional<Text> readTerm(const std::string& word, const Pattern& pattern, RuleTerm& term) {
    if (word[0] == '\'') {
        term.value = word.substr(1);
        return std::nullopt;
    }
    if (numberOf(word) || parseIpAddress(word) || parseMacAddress(word)) {
        term.value = word;
        return std::nullopt;
    }
    const auto dot = word.find('.');
    std::vector<std::string_view> steps;
    for (const PatternStep& step : pattern.steps)
        if (!step.name.empty())
            steps.push_back(step.name);
    term.step = word.substr(0, dot);
    if (dot == word.npos || std::find(steps.begin(), steps.end(), term.step) == steps.end())
        return WS_TR("lesson", "step of the pattern %1").with(unknownWord(term.step, steps));
    term.value = word.substr(dot + 1);
    static const std::vector<std::string_view> fields = fieldNames();
    if (std::find(fields.begin(), fields.end(), term.value) == fields.end())
        return WS_TR("lesson", "field %1").with(unknownWord(term.value, fields));
    return std::nullopt;
}

std::optional<Text> readSide(std::span<const std::string> words, const Pattern& pattern,
                             std::vector<RuleTerm>& side) {
    bool minus = false;
    if (words.size() % 2 == 0)
        return WS_TR("lesson", "a rule is written “step.field = step.field + 1”, with blanks around = and +");
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i % 2 == 1) {
            if (words[i] != "+" && words[i] != "-")
                return WS_TR("lesson", "between two values stands + or -, not “%1”").with(words[i]);
            minus = words[i] == "-";
            continue;
        }
        RuleTerm term;
        term.minus = minus;
        if (auto why = readTerm(words[i], pattern, term))
            return why;
        side.push_back(std::move(term));
    }
    return std::nullopt;
}

struct Side {
    std::string text; ///< of a single term
    std::optional<double> number;
};

/// Names of the DNS are the same whatever the case of their letters (RFC 4343, section 3).
bool isDnsName(std::string_view field) {
    return field == "dns.qry.name" || field == "dns.resp.name" || field == "dns.cname" || field == "dns.ns";
}

std::optional<Side> valueOf(const std::vector<RuleTerm>& terms, const FieldOf& fieldOf) {
    Side side;
    side.number = 0;
    for (const RuleTerm& term : terms) {
        std::string value = term.value;
        if (!term.step.empty()) {
            auto field = fieldOf(term.step, term.value);
            if (!field)
                return std::nullopt;
            value = *std::move(field);
            if (isDnsName(term.value))
                std::transform(value.begin(), value.end(), value.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        }
        const auto number = numberOf(value);
        if (side.number && number)
            *side.number += term.minus ? -*number : *number;
        else
            side.number.reset();
        side.text = std::move(value);
    }
    return side;
}

bool isSequence(const std::vector<RuleTerm>& terms) {
    return std::any_of(terms.begin(), terms.end(), [](const RuleTerm& term) {
        return term.value == "tcp.seq_raw" || term.value == "tcp.ack_raw";
    });
}

} // namespace

std::variant<ParsedRule, Text> parseRule(const std::string& text, const Pattern& pattern) {
    const std::vector<std::string> words = wordsOf(text);
    ParsedRule rule;
    const auto middle = std::find_if(words.begin(), words.end(), [](const std::string& word) {
        return std::find(comparisons.begin(), comparisons.end(), word) != comparisons.end();
    });
    if (middle == words.end())
        return WS_TR("lesson", "a rule is written “step.field = step.field + 1”, with blanks around = and +");
    rule.comparison = *middle;
    if (auto why = readSide(std::span(words.begin(), middle), pattern, rule.left))
        return *std::move(why);
    for (auto begin = middle + 1;;) {
        const auto end = std::find(begin, words.end(), "or");
        const bool first = begin == middle + 1;
        if (auto why =
                readSide(std::span(begin, end), pattern, first ? rule.right : rule.others.emplace_back()))
            return *std::move(why);
        if (end == words.end())
            break;
        begin = end + 1;
    }
    return rule;
}

std::optional<Text> checkRule(const Rule& rule, const Pattern& pattern) {
    const auto parsed = parseRule(rule.text, pattern);
    if (const Text* why = std::get_if<Text>(&parsed))
        return *why;
    return std::nullopt;
}

std::optional<std::pair<std::string, std::string>> sides(const ParsedRule& rule, const FieldOf& fieldOf) {
    const auto left = valueOf(rule.left, fieldOf), right = valueOf(rule.right, fieldOf);
    if (!left || !right)
        return std::nullopt;
    const auto words = [](const std::vector<RuleTerm>& terms, const Side& side) {
        return terms.size() > 1 && side.number ? fmt::format("{}", *side.number) : side.text;
    };
    std::string either = words(rule.right, *right);
    for (const auto& other : rule.others)
        if (const auto side = valueOf(other, fieldOf))
            either += " or " + words(other, *side);
    return std::pair(words(rule.left, *left), std::move(either));
}

namespace {

/// `sequences`: both sides are numbers that go round at 2^32, as TCP's do (RFC 9293, 3.4).
std::optional<bool> compares(const std::optional<Side>& left, const std::string& comparison,
                             const std::optional<Side>& right, bool sequences) {
    if (!left || !right)
        return std::nullopt;
    const bool numbers = left->number && right->number;
    constexpr double round = 4294967296.0;
    const double a = numbers ? *left->number : 0;
    double b = numbers ? *right->number : 0;
    if (numbers && sequences && std::abs(a - b) > round / 2)
        b += a > b ? round : -round;
    const bool same = numbers ? a == b || std::abs(a - b) == round : left->text == right->text;
    if (comparison == "=")
        return same;
    if (comparison == "!=")
        return !same;
    if (!numbers)
        return false;
    return comparison == "<" ? a < b : comparison == "<=" ? a <= b : comparison == ">" ? a > b : a >= b;
}

} // namespace

std::optional<bool> holds(const ParsedRule& rule, const FieldOf& fieldOf) {
    const auto left = valueOf(rule.left, fieldOf);
    const auto with = [&](const std::vector<RuleTerm>& right) {
        return compares(left, rule.comparison, valueOf(right, fieldOf),
                        isSequence(rule.left) && isSequence(right));
    };
    auto result = with(rule.right);
    for (const auto& other : rule.others)
        if (result != true)
            result = with(other);
    return result;
}

} // namespace wirestage::lesson
