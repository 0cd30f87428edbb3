// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the knowledge base (TOML 1.0) and looks things up in it.
#include "core/knowledge/knowledge.h"

#include "core/protocols/protocol_names.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace wirestage {
namespace {

constexpr std::array<std::string_view, 6> sections{"protocol", "kind", "field", "note", "state", "outcome"};

std::string keyOf(std::string_view what, std::string_view name) {
    return fmt::format("{} {}", what, name);
}

/// Puts a value where the entry wants it, or says that the key is none of ours.
bool store(Knowledge::Entry& entry, std::string_view key, const toml::node& node) {
    const auto put = [](const toml::node* from, std::string& into) {
        if (const auto text = from ? from->value<std::string>() : std::nullopt) {
            into = *text;
            return true;
        }
        return false;
    };
    if (key == "title")
        return put(&node, entry.title);
    if (key == "text")
        return put(&node, entry.text);
    if (key == "rfc")
        return put(&node, entry.rfc);
    const toml::table* table = node.as_table();
    if (!table)
        return false;
    if (key == "knows")
        return put(table->get("from"), entry.knowsFrom) && put(table->get("to"), entry.knowsTo);
    if (key == "why")
        return put(table->get("question"), entry.question) && put(table->get("answer"), entry.answer);
    if (key != "values")
        return false;
    for (const auto& [value, words] : *table)
        if (!put(&words, entry.values[std::string(value.str())]))
            return false;
    return true;
}

/// The words for a field's value: for itself, else for a range ("64..128") its number lies in.
const std::string* wordsFor(const Knowledge::Entry& entry, const Field& field) {
    if (const auto found = entry.values.find(field.value); found != entry.values.end())
        return &found->second;
    for (const auto& [value, words] : entry.values) {
        const auto dots = value.find("..");
        if (dots == value.npos)
            continue;
        std::uint64_t least = 0, most = 0;
        std::from_chars(value.data(), value.data() + dots, least);
        std::from_chars(value.data() + dots + 2, value.data() + value.size(), most);
        if (field.number >= least && field.number <= most)
            return &words;
    }
    return nullptr;
}

} // namespace

Knowledge Knowledge::load(std::span<const KnowledgeFile> files) {
    Knowledge knowledge;
    for (const KnowledgeFile& file : files)
        knowledge.read(file);
    return knowledge;
}

const Knowledge& Knowledge::builtIn() {
    static const Knowledge knowledge = load();
    return knowledge;
}

void Knowledge::read(const KnowledgeFile& file) {
    toml::table root;
    try {
        root = toml::parse(file.text);
    } catch (const toml::parse_error& error) {
        problems.push_back(
            fmt::format("{}: line {}: {}", file.name, error.source().begin.line, error.description()));
        return;
    }
    for (const auto& [section, node] : root) {
        const toml::table* table = node.as_table();
        if (!table || std::find(sections.begin(), sections.end(), section.str()) == sections.end()) {
            problems.push_back(fmt::format("{}: {}: no such section", file.name, section.str()));
            continue;
        }
        for (const auto& [name, body] : *table) {
            Entry entry{std::string(section.str()),
                        std::string(name.str()),
                        fmt::format("knowledge/{}", file.name),
                        {},
                        {},
                        {},
                        {},
                        {},
                        {},
                        {},
                        {}};
            const toml::table* lines = body.as_table();
            bool whole = lines != nullptr;
            if (lines)
                for (const auto& [key, value] : *lines)
                    whole = store(entry, key.str(), value) && whole;
            if (!whole || entry.title.empty() || entry.text.empty())
                problems.push_back(fmt::format("{}: {} {}: incomplete, or a key it does not have", file.name,
                                               section.str(), name.str()));
            if (places.emplace(keyOf(entry.what, entry.name), all.size()).second)
                all.push_back(std::move(entry));
            else
                problems.push_back(
                    fmt::format("{}: {} {}: explained twice", file.name, section.str(), name.str()));
        }
    }
}

const Knowledge::Entry* Knowledge::entry(std::string_view what, std::string_view name) const {
    const auto found = places.find(keyOf(what, name));
    return found == places.end() ? nullptr : &all[found->second];
}

std::optional<Explanation> Knowledge::rendered(const Entry* entry, const ProseValues& values,
                                               const Translate& translate) const {
    if (!entry)
        return {};
    const auto words = [&](const std::string& source) {
        return source.empty()
                   ? std::string()
                   : renderProse(translate(Text{entry->context, source, {}, {}}), values, translate);
    };
    return Explanation{words(entry->title),
                       words(entry->text),
                       words(entry->knowsFrom),
                       words(entry->knowsTo),
                       words(entry->question),
                       words(entry->answer),
                       entry->rfc};
}

bool Knowledge::explained(KindId id) const {
    return entry("kind", kind(id).name) != nullptr;
}

std::optional<Explanation> Knowledge::explain(KindId id, const Description& packet, const Speakers& speakers,
                                              const Translate& translate) const {
    return rendered(entry("kind", kind(id).name),
                    {&packet, nullptr, speakers.from, speakers.to, speakers.label}, translate);
}

std::optional<FieldExplanation> Knowledge::field(std::string_view name, const Field& field,
                                                 const Translate& translate) const {
    const Entry* found = entry("field", name);
    if (!found)
        found = entry("protocol", name);
    if (!found)
        return {};
    const ProseValues values{nullptr, &field, {}, {}, {}};
    auto words = rendered(found, values, translate);
    FieldExplanation explanation{std::move(words->title), std::move(words->text), {}, std::move(words->rfc)};
    if (const std::string* source = wordsFor(*found, field))
        explanation.valueWords =
            renderProse(translate(Text{found->context, *source, {}, {}}), values, translate);
    return explanation;
}

std::optional<Explanation> Knowledge::protocol(ProtocolId id, const Translate& translate) const {
    return rendered(entry("protocol", name(id)), {}, translate);
}

std::optional<Explanation> Knowledge::note(std::string_view name, const Description& packet,
                                           const Speakers& speakers, const Translate& translate) const {
    return rendered(entry("note", name), {&packet, nullptr, speakers.from, speakers.to, speakers.label},
                    translate);
}

std::optional<Explanation> Knowledge::state(std::string_view protocol, std::string_view state,
                                            const Translate& translate) const {
    return rendered(entry("state", fmt::format("{}.{}", protocol, state)), {}, translate);
}

std::optional<Explanation> Knowledge::outcome(std::string_view name, const Translate& translate) const {
    return rendered(entry("outcome", name), {}, translate);
}

} // namespace wirestage
