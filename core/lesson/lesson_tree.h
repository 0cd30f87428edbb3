// SPDX-License-Identifier: GPL-3.0-or-later
// A TOML document as plain values that remember where they stand, in the order of the file. Variants are laid
// over it and parameters put into it before anything is read from it.
#pragma once

#include "core/lesson/lesson_file.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wirestage::lesson {

struct Entry;

struct Table {
    std::vector<Entry> entries; ///< in the order of the file
    Place rank;                 ///< where a variant says it belongs; line 0: where it stands
    [[nodiscard]] const Value* find(std::string_view key) const;
    [[nodiscard]] Value* find(std::string_view key);
    void put(Entry entry); ///< replaces one of the same key
    void remove(std::string_view key);
};

using List = std::vector<Value>;

struct Value {
    std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Table> data;
    Place place;

    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&data); }
    [[nodiscard]] const List* list() const { return std::get_if<List>(&data); }
    [[nodiscard]] const Table* table() const { return std::get_if<Table>(&data); }
    [[nodiscard]] List* list() { return std::get_if<List>(&data); }
    [[nodiscard]] Table* table() { return std::get_if<Table>(&data); }
};

struct Entry {
    std::string key;
    Place place; ///< of the key
    Value value;
};

/// The document; where it is no TOML, one problem, and nothing or an empty table.
Value parseTree(std::string_view text, std::vector<Problem>& problems);

/// The tables of `[[key]]`, or none.
std::vector<const Table*> tablesOf(const Table& root, std::string_view key);
/// The text under a key, or "".
std::string textOf(const Table& table, std::string_view key);

/// What its variant makes of a document. The variant must exist.
Value withVariant(const Value& root, std::string_view variant, std::vector<Problem>& problems);

using ParameterValues = std::map<std::string, simulation::SettingValue>;
/// Puts parameters' values where "$name" stands, except in prose.
void substitute(Value& root, const ParameterValues& parameters, std::vector<Problem>& problems);
/// The same in one text of which something is left besides the names.
std::string substituted(std::string_view text, const ParameterValues& parameters);

/// A value as a setting: truths, numbers, texts, lists of texts, lists of tables. Nothing where it is none.
std::optional<simulation::SettingValue> settingOf(const Value& value);

/// A text for people, under the lesson's own context; contexts live as long as the program.
Text prose(const std::string& lesson, std::string words);

} // namespace wirestage::lesson
