// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one table of a lesson key by key, and says of what it was not asked for that it does not belong
// there.
#pragma once

#include "core/lesson/lesson_tree.h"

#include <set>

namespace wirestage::lesson {

class TableReader {
public:
    TableReader(const Table& from, Place at, std::vector<Problem>& into)
        : table(from), place(at), problems(into) {}

    /// Each gives `otherwise` where the key is absent or of another type; the latter is a problem.
    std::string text(std::string_view key, std::string otherwise = {});
    bool truth(std::string_view key, bool otherwise);
    std::int64_t whole(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most);
    double number(std::string_view key, double otherwise, double least, double most);
    std::vector<std::string> words(std::string_view key); ///< a list of texts, or one text
    std::vector<const Table*> tables(std::string_view key);

    const Value* value(std::string_view key);                ///< any type; null where absent
    void require(std::string_view key);                      ///< is missing: a problem
    [[nodiscard]] Place placeOf(std::string_view key) const; ///< of the value; of the table where absent
    void complain(std::string_view key, Text what) { problems.push_back({placeOf(key), std::move(what)}); }
    /// Keys that were not asked for are problems.
    void finish();

    const Table& table;
    Place place;
    std::vector<Problem>& problems;

private:
    const Value* ofType(std::string_view key, bool fits, const Value* value, const char* wanted);
    std::set<std::string_view> known;
};

/// “%1” is unknown, with the nearest right word where one is near.
Text unknownWord(std::string_view word, std::span<const std::string_view> candidates);

} // namespace wirestage::lesson
