// SPDX-License-Identifier: GPL-3.0-or-later
// A variant laid over its lesson: parts with a name that is there already change it, others are added, some
// are left out. What comes out is a lesson like any other.
#include "core/lesson/lesson_reading.h"

#include <algorithm>
#include <array>

namespace wirestage::lesson {
namespace {

struct Part {
    std::string_view key;  ///< of the list of tables
    std::string_view name; ///< the key by which one is known; "": none is
    bool first;            ///< what the variant adds comes before the rest
};
constexpr std::array<Part, 9> parts{{{"host", "name", false},
                                     {"router", "name", false},
                                     {"switch", "name", false},
                                     {"link", "name", false},
                                     {"step", "as", false},
                                     {"phase", "name", false},
                                     {"pattern", "name", false},
                                     {"narration", "", true},
                                     {"question", "", true}}};
constexpr std::array<std::string_view, 9> plainKeys{
    "goal", "introduction", "conclusion", "vantage", "explains", "expect", "level", "faults", "limit"};

bool bears(const Value& value, std::string_view key, std::string_view name) {
    return value.table() && !name.empty() && textOf(*value.table(), key) == name;
}

List::iterator findNamed(List& list, std::string_view key, std::string_view name) {
    return std::find_if(list.begin(), list.end(), [&](const Value& v) { return bears(v, key, name); });
}

/// The keys of `over` replace those of `base`; programs are known by their type, interfaces by their name.
void mergeTable(Table& base, const Table& over) {
    for (const Entry& entry : over.entries) {
        const std::string_view by = entry.key == "app" ? "type" : entry.key == "interface" ? "name" : "";
        Value* old = base.find(entry.key);
        if (old && old->list() && entry.value.list() && !by.empty()) {
            for (const Value& one : *entry.value.list()) {
                const auto same =
                    one.table() ? findNamed(*old->list(), by, textOf(*one.table(), by)) : old->list()->end();
                if (same != old->list()->end())
                    mergeTable(*same->table(), *one.table());
                else
                    old->list()->push_back(one);
            }
        } else if (old && old->table() && entry.value.table()) {
            mergeTable(*old->table(), *entry.value.table());
        } else {
            base.put(entry);
        }
    }
}

Problem noSuchPart(Place place, std::string_view name) {
    return {place, WS_TR("lesson", "nothing in this lesson bears the name “%1”").with(name)};
}

List& listOf(Table& root, const Part& part, Place place) {
    Value* value = root.find(part.key);
    if (!value || !value->list()) {
        root.put({std::string(part.key), place, Value{List{}, place}});
        value = root.find(part.key);
    }
    return *value->list();
}

/// Hosts, routers and switches have one order together, though they stand in lists of their own.
std::optional<Place> rankBeside(Table& root, const Part& part, std::string_view name, bool after) {
    constexpr std::array<std::string_view, 3> nodes{"host", "router", "switch"};
    if (std::find(nodes.begin(), nodes.end(), part.key) == nodes.end())
        return std::nullopt;
    for (const std::string_view key : nodes)
        for (const Table* table : tablesOf(root, key))
            if (textOf(*table, "name") == name) {
                Place rank = rankOf(*table);
                rank.line -= after || rank.line < 2 ? 0 : 1;
                rank.column = after ? rank.column + 1 : 1'000'000;
                return rank;
            }
    return std::nullopt;
}

/// Puts a new part where it says it belongs.
void insert(Table& root, List& list, const Part& part, Value value, std::size_t added,
            std::vector<Problem>& problems) {
    Table& table = *value.table();
    auto at = part.first ? list.begin() + static_cast<std::ptrdiff_t>(added) : list.end();
    for (const bool after : {false, true}) {
        const std::string_view key = after ? "insert_after" : "insert_before";
        const Value* where = table.find(key);
        if (!where || !where->text())
            continue;
        if (const auto rank = rankBeside(root, part, *where->text(), after)) {
            table.rank = *rank;
            continue;
        }
        at = findNamed(list, part.name, *where->text());
        if (at == list.end())
            problems.push_back(noSuchPart(where->place, *where->text()));
        else if (after)
            ++at;
    }
    table.remove("insert_before");
    table.remove("insert_after");
    list.insert(at, std::move(value));
}

void layOver(Table& root, const Table& variant, const Part& part, std::vector<Problem>& problems) {
    const Value* added = variant.find(part.key);
    if (!added || !added->list())
        return;
    List& list = listOf(root, part, added->place);
    std::size_t count = 0;
    for (const Value& one : *added->list()) {
        if (!one.table())
            continue;
        const auto same = findNamed(list, part.name, textOf(*one.table(), part.name));
        if (same != list.end())
            mergeTable(*same->table(), *one.table());
        else
            insert(root, list, part, one, count++, problems);
    }
}

void leaveOut(Table& root, const Value& names, std::vector<Problem>& problems) {
    if (!names.list())
        return;
    for (const Value& name : *names.list()) {
        bool found = false;
        for (const Part& part : parts) {
            Value* value = root.find(part.key);
            if (value && value->list() && name.text())
                found |= std::erase_if(*value->list(), [&](const Value& one) {
                             return bears(one, part.name, *name.text());
                         }) > 0;
        }
        if (!found && name.text())
            problems.push_back(noSuchPart(name.place, *name.text()));
    }
}

} // namespace

Value withVariant(const Value& root, std::string_view id, std::vector<Problem>& problems) {
    Value result = root;
    Table& table = *result.table();
    for (const Table* variant : tablesOf(*root.table(), "variant")) {
        if (textOf(*variant, "id") != id)
            continue;
        if (const Value* own = variant->find("own"); own && own->list())
            for (const Value& part : *own->list())
                if (part.text())
                    table.remove(*part.text());
        if (const Value* drop = variant->find("drop"))
            leaveOut(table, *drop, problems);
        for (const Part& part : parts)
            layOver(table, *variant, part, problems);
        for (const std::string_view key : plainKeys)
            if (const Value* value = variant->find(key))
                table.put({std::string(key), value->place, *value});
        break;
    }
    return result;
}

} // namespace wirestage::lesson
