// SPDX-License-Identifier: GPL-3.0-or-later
// Prose is rendered by the knowledge base, as everywhere.
#include "app/lesson/lesson_story.h"

#include "app/window/translate.h"
#include "core/knowledge/prose.h"

#include <fmt/format.h>

#include <algorithm>

namespace wirestage {
namespace {

std::string inWindowsLanguage(const Text& text) {
    return wirestage::tr(text).toStdString();
}

std::string told(const Text& text, const ProseValues& values) {
    return text.empty() ? std::string() : renderProse(inWindowsLanguage(text), values, inWindowsLanguage);
}

std::string nameOf(const diagram::DiagramSource& shown, HostId host) {
    for (const Participant& who : shown.participants())
        if (who.host == host)
            return who.name;
    return {};
}

std::string quoted(const std::string& text) {
    std::string safe = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            safe += '\\';
        if (static_cast<unsigned char>(c) >= 0x20)
            safe += c;
    }
    return safe + '"';
}

std::string tomlValue(const simulation::SettingValue& value) {
    if (std::holds_alternative<std::string>(value))
        return quoted(std::get<std::string>(value));
    if (const auto* real = std::get_if<double>(&value))
        return fmt::format("{:#}", *real);
    if (const auto* words = std::get_if<std::vector<std::string>>(&value)) {
        std::string list;
        for (const std::string& word : *words)
            list += (list.empty() ? "" : ", ") + quoted(word);
        return "[" + list + "]";
    }
    return lesson::toString(value);
}

} // namespace

LessonWords lessonWords(const lesson::LessonRun& run, const Message& message,
                        const diagram::DiagramSource& shown) {
    LessonWords words;
    const lesson::Narration* said = run.narrationFor(message);
    if (!said)
        return words;
    const Description packet =
        run.whole->describe(message.packets.empty() ? message.ref.packet : message.packets.back());
    const std::string from = nameOf(shown, message.from), to = nameOf(shown, message.to),
                      label = inWindowsLanguage(message.label);
    ProseValues values;
    values.packet = &packet;
    values.from = from;
    values.to = to;
    values.label = label;
    words.brief = QString::fromStdString(told(said->brief, values));
    words.full = QString::fromStdString(told(said->full, values));
    words.teacher = QString::fromStdString(told(said->teacher, values));
    return words;
}

std::string storyOf(const lesson::LessonRun& run, const Inspected& inspected) {
    if (!inspected.valid)
        return {};
    const lesson::Narration* said = run.narrationFor(inspected.message);
    if (!said)
        return {};
    const std::string label = inWindowsLanguage(inspected.message.label);
    ProseValues values;
    values.packet = &inspected.packet;
    values.from = inspected.from;
    values.to = inspected.to;
    values.label = label;
    const std::string brief = told(said->brief, values), full = told(said->full, values);
    return full.empty() ? brief : brief.empty() ? full : brief + "\n" + full;
}

std::string lessonWithChoice(const lesson::LessonRun& run, const std::string& id) {
    std::string text = run.file->text();
    // The id is the file's name; it stands in a line of its own at the top.
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        if (line.starts_with("[")) // tables begin: there was no id
            break;
        if (line.starts_with("id ") || line.starts_with("id=")) {
            text.replace(at, end - at, "id = " + quoted(id));
            break;
        }
        at = end + 1;
    }
    text += "\n[[variant]]\nid = \"mine\"\ntitle = \"As I left it\"\n";
    std::string faults;
    std::vector<std::string> all = run.lesson.faults;
    all.insert(all.end(), run.choice.faults.begin(), run.choice.faults.end());
    for (const std::string& fault : all)
        faults += (faults.empty() ? "" : ", ") + quoted(fault);
    if (!faults.empty())
        text += "faults = [" + faults + "]\n";
    std::string set;
    for (const auto& [name, value] : run.choice.parameters)
        set += (set.empty() ? "" : ", ") + name + " = " + tomlValue(value);
    if (!set.empty())
        text += "set = { " + set + " }\n";
    return text;
}

} // namespace wirestage
