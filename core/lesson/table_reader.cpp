// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/table_reader.h"

#include <cmath>

#include <fmt/format.h>

namespace wirestage::lesson {

Text unknownWord(std::string_view word, std::span<const std::string_view> candidates) {
    const std::string_view nearest = simulation::nearestWord(word, candidates);
    if (nearest.empty())
        return WS_TR("lesson", "“%1” is not known here").with(word);
    return WS_TR("lesson", "“%1” is not known here; did you mean “%2”?").with(word).with(nearest);
}

const Value* TableReader::value(std::string_view key) {
    known.insert(key);
    return table.find(key);
}

Place TableReader::placeOf(std::string_view key) const {
    const Value* value = table.find(key);
    return value ? value->place : place;
}

void TableReader::require(std::string_view key) {
    if (!value(key))
        problems.push_back({place, WS_TR("lesson", "“%1” is missing").with(key)});
}

std::string TableReader::text(std::string_view key, std::string otherwise) {
    const Value* found = value(key);
    if (!found)
        return otherwise;
    if (const std::string* text = found->text())
        return *text;
    complain(key, WS_TR("lesson", "“%1” must be a text").with(key));
    return otherwise;
}

bool TableReader::truth(std::string_view key, bool otherwise) {
    const Value* found = value(key);
    if (!found)
        return otherwise;
    if (const bool* truth = std::get_if<bool>(&found->data))
        return *truth;
    complain(key, WS_TR("lesson", "“%1” must be true or false").with(key));
    return otherwise;
}

std::int64_t TableReader::whole(std::string_view key, std::int64_t otherwise, std::int64_t least,
                                std::int64_t most) {
    const Value* found = value(key);
    if (!found)
        return otherwise;
    const auto* number = std::get_if<std::int64_t>(&found->data);
    if (!number)
        complain(key, WS_TR("lesson", "“%1” must be a whole number").with(key));
    else if (*number < least || *number > most)
        complain(key, WS_TR("lesson", "“%1” must be from %2 to %3, not %4")
                          .with(key)
                          .with(least)
                          .with(most)
                          .with(*number));
    else
        return *number;
    return otherwise;
}

double TableReader::number(std::string_view key, double otherwise, double least, double most) {
    const Value* found = value(key);
    if (!found)
        return otherwise;
    double number = std::nan("");
    if (const auto* whole = std::get_if<std::int64_t>(&found->data))
        number = static_cast<double>(*whole);
    else if (const auto* real = std::get_if<double>(&found->data))
        number = *real;
    else
        complain(key, WS_TR("lesson", "“%1” must be a number").with(key));
    if (number >= least && number <= most)
        return number;
    if (!std::isnan(number))
        complain(key, WS_TR("lesson", "“%1” must be from %2 to %3, not %4")
                          .with(key)
                          .with(fmt::format("{:g}", least))
                          .with(fmt::format("{:.15g}", most))
                          .with(fmt::format("{:g}", number)));
    return otherwise;
}

std::vector<std::string> TableReader::words(std::string_view key) {
    const Value* found = value(key);
    if (!found)
        return {};
    if (const std::string* text = found->text())
        return {*text};
    std::vector<std::string> words;
    bool good = found->list() != nullptr;
    for (std::size_t i = 0; good && i < found->list()->size(); ++i) {
        const std::string* text = (*found->list())[i].text();
        good = text != nullptr;
        words.push_back(good ? *text : std::string());
    }
    if (good)
        return words;
    complain(key, WS_TR("lesson", "“%1” must be a list of texts").with(key));
    return {};
}

std::vector<const Table*> TableReader::tables(std::string_view key) {
    const Value* found = value(key);
    if (!found)
        return {};
    std::vector<const Table*> tables;
    bool good = found->list() != nullptr;
    for (std::size_t i = 0; good && i < found->list()->size(); ++i) {
        const Table* one = (*found->list())[i].table();
        good = one != nullptr;
        tables.push_back(one);
    }
    if (good)
        return tables;
    complain(key, WS_TR("lesson", "“%1” must be a list of tables: [[%1]]").with(key));
    return {};
}

void TableReader::finish() {
    const std::vector<std::string_view> names(known.begin(), known.end());
    for (const Entry& entry : table.entries)
        if (!known.contains(entry.key))
            problems.push_back({entry.place, unknownWord(entry.key, names)});
}

} // namespace wirestage::lesson
