// SPDX-License-Identifier: GPL-3.0-or-later
// From toml++'s nodes to plain values, and parameters put in their places.
#include "core/lesson/lesson_tree.h"

#include <algorithm>
#include <array>
#include <mutex>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace wirestage::lesson {
namespace {

using simulation::SettingValue;

/// Keys whose texts are for people: "$5" in them is money.
constexpr std::array<std::string_view, 12> proseKeys{"title", "goal", "introduction", "conclusion",
                                                     "brief", "full", "teacher",      "ask",
                                                     "why",   "unit", "answers",      "parameter"};

Place placeOf(const toml::source_region& region) {
    return {region.begin.line, region.begin.column};
}

Value valueOf(const toml::node& node, std::vector<Problem>& problems) {
    Value value;
    value.place = placeOf(node.source());
    if (const auto* table = node.as_table()) {
        Table copy;
        for (const auto& [key, inner] : *table)
            copy.entries.push_back({std::string(key.str()), placeOf(key.source()), valueOf(inner, problems)});
        std::stable_sort(copy.entries.begin(), copy.entries.end(), [](const Entry& a, const Entry& b) {
            return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
        });
        value.data = std::move(copy);
    } else if (const auto* array = node.as_array()) {
        List copy;
        for (const toml::node& inner : *array)
            copy.push_back(valueOf(inner, problems));
        value.data = std::move(copy);
    } else if (const auto* text = node.as_string()) {
        value.data = text->get();
    } else if (const auto* whole = node.as_integer()) {
        value.data = whole->get();
    } else if (const auto* real = node.as_floating_point()) {
        value.data = real->get();
    } else if (const auto* truth = node.as_boolean()) {
        value.data = truth->get();
    } else {
        problems.push_back({value.place, WS_TR("lesson", "dates have no place here: write a text")});
    }
    return value;
}

bool isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Calls `each` with every "$name" of a text: where it begins, and the name.
template <class Each>
void forEachName(std::string_view text, const Each& each) {
    for (std::size_t at = text.find('$'); at != text.npos; at = text.find('$', at + 1)) {
        std::size_t end = at + 1;
        while (end < text.size() && isNameCharacter(text[end]))
            ++end;
        if (end > at + 1)
            each(at, text.substr(at + 1, end - at - 1));
    }
}

Value treeOf(const SettingValue& setting, Place place) {
    Value value;
    value.place = place;
    std::visit(
        [&](const auto& plain) {
            using T = std::decay_t<decltype(plain)>;
            if constexpr (std::is_same_v<T, std::vector<std::string>>) {
                List list;
                for (const std::string& one : plain)
                    list.push_back({one, place});
                value.data = std::move(list);
            } else if constexpr (!std::is_same_v<T, std::vector<simulation::Settings>>) {
                value.data = plain;
            }
        },
        setting);
    return value;
}

void substituteText(Value& value, const ParameterValues& parameters, std::vector<Problem>& problems) {
    const std::string text = *value.text();
    bool known = true;
    forEachName(text, [&](std::size_t, std::string_view name) {
        if (parameters.contains(std::string(name)))
            return;
        known = false;
        std::vector<std::string_view> names;
        for (const auto& [one, unused] : parameters)
            names.push_back(one);
        const std::string_view nearest = simulation::nearestWord(name, names);
        problems.push_back(
            {value.place, nearest.empty() ? WS_TR("lesson", "there is no parameter “%1”").with(name)
                                          : WS_TR("lesson", "there is no parameter “%1”; did you mean “%2”?")
                                                .with(name)
                                                .with(nearest)});
    });
    if (!known)
        return;
    if (const auto whole = parameters.find(text.substr(1)); text[0] == '$' && whole != parameters.end())
        value = treeOf(whole->second, value.place);
    else
        value.data = substituted(text, parameters);
}

} // namespace

const Value* Table::find(std::string_view key) const {
    for (const Entry& entry : entries)
        if (entry.key == key)
            return &entry.value;
    return nullptr;
}

Value* Table::find(std::string_view key) {
    return const_cast<Value*>(std::as_const(*this).find(key));
}

void Table::put(Entry entry) {
    if (Value* old = find(entry.key))
        *old = std::move(entry.value);
    else
        entries.push_back(std::move(entry));
}

void Table::remove(std::string_view key) {
    std::erase_if(entries, [&](const Entry& entry) { return entry.key == key; });
}

Value parseTree(std::string_view text, std::vector<Problem>& problems) {
    try {
        return valueOf(toml::parse(text), problems);
    } catch (const toml::parse_error& error) {
        problems.push_back({placeOf(error.source()),
                            WS_TR("lesson", "this is no TOML: %1").with(std::string(error.description()))});
    }
    Value empty;
    empty.data = Table{};
    empty.place = {1, 1};
    return empty;
}

std::vector<const Table*> tablesOf(const Table& root, std::string_view key) {
    std::vector<const Table*> tables;
    const Value* value = root.find(key);
    if (const List* list = value ? value->list() : nullptr)
        for (const Value& one : *list)
            if (const Table* table = one.table())
                tables.push_back(table);
    return tables;
}

std::string textOf(const Table& table, std::string_view key) {
    const Value* value = table.find(key);
    const std::string* text = value ? value->text() : nullptr;
    return text ? *text : std::string();
}

std::string substituted(std::string_view text, const ParameterValues& parameters) {
    std::string result;
    std::size_t done = 0;
    forEachName(text, [&](std::size_t at, std::string_view name) {
        const auto found = parameters.find(std::string(name));
        if (found == parameters.end())
            return;
        result += text.substr(done, at - done);
        result += toString(found->second);
        done = at + 1 + name.size();
    });
    return result += text.substr(done);
}

void substitute(Value& root, const ParameterValues& parameters, std::vector<Problem>& problems) {
    if (root.text()) {
        if (root.text()->find('$') != std::string::npos)
            substituteText(root, parameters, problems);
    } else if (List* list = root.list()) {
        for (Value& value : *list)
            substitute(value, parameters, problems);
    } else if (Table* table = root.table()) {
        for (Entry& entry : table->entries)
            if (std::find(proseKeys.begin(), proseKeys.end(), entry.key) == proseKeys.end())
                substitute(entry.value, parameters, problems);
    }
}

std::optional<SettingValue> settingOf(const Value& value) {
    if (const auto* truth = std::get_if<bool>(&value.data))
        return *truth;
    if (const auto* whole = std::get_if<std::int64_t>(&value.data))
        return *whole;
    if (const auto* real = std::get_if<double>(&value.data))
        return *real;
    if (const std::string* text = value.text())
        return *text;
    const List* list = value.list();
    if (!list)
        return std::nullopt;
    if (!list->empty() && list->front().table()) {
        std::vector<simulation::Settings> rows;
        for (const Value& one : *list) {
            if (!one.table())
                return std::nullopt;
            simulation::Settings row;
            for (const Entry& entry : one.table()->entries) {
                auto inner = settingOf(entry.value);
                if (!inner)
                    return std::nullopt;
                row.set(entry.key, *std::move(inner));
            }
            rows.push_back(std::move(row));
        }
        return rows;
    }
    std::vector<std::string> words;
    for (const Value& one : *list) {
        if (!one.text())
            return std::nullopt;
        words.push_back(*one.text());
    }
    return words;
}

Text prose(const std::string& lesson, std::string words) {
    static std::mutex mutex;
    static std::set<std::string, std::less<>> contexts;
    if (words.empty())
        return {};
    const std::lock_guard guard(mutex);
    return {*contexts.insert("lesson/" + lesson).first, std::move(words), {}, {}};
}

} // namespace wirestage::lesson
