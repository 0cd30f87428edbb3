// SPDX-License-Identifier: GPL-3.0-or-later
// Rules that bind the fields of a pattern's steps: "ack.tcp.ack_raw = syn.tcp.seq_raw + 1". Words stand
// apart; a text with blanks stands in single quotes. "query.dns.qry.type = 1 or 28" holds with either.
#pragma once

#include "core/lesson/lesson.h"

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wirestage::lesson {

struct RuleTerm {
    std::string step;  ///< empty: `value` is a number or a text itself
    std::string value; ///< or the field's name; "time"
    bool minus = false;
};

struct ParsedRule {
    std::vector<RuleTerm> left, right;
    std::vector<std::vector<RuleTerm>> others; ///< right sides that will do as well
    std::string comparison;                    ///< "=", "!=", "<", "<=", ">", ">="
};

std::variant<ParsedRule, Text> parseRule(const std::string& text, const Pattern& pattern);

/// The value of a step's field; nothing where the step was left out or has no such field.
using FieldOf = std::function<std::optional<std::string>(const std::string& step, const std::string& field)>;

/// What the rule's two sides come to; nothing where a value that it needs is not there.
std::optional<std::pair<std::string, std::string>> sides(const ParsedRule& rule, const FieldOf& fieldOf);

/// Nothing where a value that it needs is not there.
std::optional<bool> holds(const ParsedRule& rule, const FieldOf& fieldOf);

} // namespace wirestage::lesson
