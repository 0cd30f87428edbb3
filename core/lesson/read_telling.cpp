// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson says about its messages, what it expects and what it asks.
#include "core/lesson/lesson_reading.h"
#include "core/lesson/pattern.h"
#include "core/lesson/table_reader.h"

#include "core/knowledge/prose.h"

#include <algorithm>
#include <array>

namespace wirestage::lesson {
namespace {

std::optional<Note> noteOf(TableReader& reader, const std::string& word) {
    std::vector<std::string_view> notes;
    for (unsigned i = 0; i < static_cast<unsigned>(Note::count); ++i) {
        notes.push_back(name(static_cast<Note>(i)));
        if (notes.back() == word)
            return static_cast<Note>(i);
    }
    reader.complain("note", unknownWord(word, notes));
    return std::nullopt;
}

class TellingReader {
public:
    TellingReader(Lesson& into, std::vector<Problem>& found) : lesson(into), problems(found) {}

    void phase(const Table& table);
    void step(const Table& table);
    void narration(const Table& table);
    void question(const Table& table);
    void checkRules(const Table& root);

private:
    Text words(TableReader& reader, std::string_view key);
    void kind(Place place, const std::string& word);
    void participant(TableReader& reader, std::string_view key, std::string& into);
    void selector(TableReader& reader, MessageSelector& into);
    MessageSelector kindOrTable(TableReader& reader, std::string_view key);

    Lesson& lesson;
    std::vector<Problem>& problems;
};

Text TellingReader::words(TableReader& reader, std::string_view key) {
    std::string text = reader.text(key);
    if (!text.empty() && !namesInProse(text))
        reader.complain(key, WS_TR("lesson", "a bracket in this text does not close, or a piece has no “?”"));
    return prose(lesson.id, std::move(text));
}

void TellingReader::kind(Place place, const std::string& word) {
    if (auto why = kindProblem(word))
        problems.push_back({place, *std::move(why)});
}

void TellingReader::participant(TableReader& reader, std::string_view key, std::string& into) {
    into = reader.text(key);
    const auto names = hostNames(lesson);
    if (!into.empty() && !(into == "*" && key == "to") &&
        std::find(names.begin(), names.end(), into) == names.end())
        reader.complain(key, unknownWord(into, names));
}

void TellingReader::selector(TableReader& reader, MessageSelector& into) {
    participant(reader, "from", into.from);
    participant(reader, "to", into.to);
    into.nth = static_cast<unsigned>(reader.whole("nth", 0, 1, 1'000'000));
    into.note = reader.text("note");
    if (!into.note.empty())
        (void)noteOf(reader, into.note);
    if (reader.value("lost"))
        into.lost = reader.truth("lost", false);
}

/// "dhcp.offer", or { kind = "dhcp.offer", from = "server" }.
MessageSelector TellingReader::kindOrTable(TableReader& reader, std::string_view key) {
    MessageSelector result;
    const Value* value = reader.value(key);
    if (!value)
        return result;
    if (const Table* table = value->table()) {
        TableReader inner(*table, value->place, problems);
        result.kind = inner.text("kind");
        kind(inner.placeOf("kind"), result.kind);
        selector(inner, result);
        inner.finish();
    } else {
        result.kind = reader.text(key);
        kind(value->place, result.kind);
    }
    return result;
}

void TellingReader::phase(const Table& table) {
    TableReader reader(table, placeOfTable(table), problems);
    reader.require("title");
    reader.require("from");
    PhaseRule phase;
    phase.name = reader.text("name");
    phase.title = words(reader, "title");
    phase.from = kindOrTable(reader, "from");
    phase.to = reader.value("to") ? kindOrTable(reader, "to") : phase.from;
    reader.finish();
    lesson.phases.push_back(std::move(phase));
}

void TellingReader::step(const Table& table) {
    TableReader reader(table, placeOfTable(table), problems);
    reader.require("kind");
    PatternStep step;
    step.name = reader.text("name");
    step.kinds = reader.words("kind");
    for (const std::string& one : step.kinds)
        kind(reader.placeOf("kind"), one);
    participant(reader, "from", step.from);
    participant(reader, "to", step.to);
    step.never = reader.truth("never", false);
    step.optional = reader.truth("optional", step.never);
    step.repeat = reader.truth("repeat", false);
    step.anyOrder = reader.text("any_order");
    step.loop = reader.text("loop");
    if (!step.anyOrder.empty() && !step.loop.empty())
        reader.complain("loop",
                        WS_TR("lesson", "a step is part of a loop or of a group in any order, not both"));
    if (step.never && (!step.optional || step.repeat || !step.anyOrder.empty()))
        reader.complain("never",
                        WS_TR("lesson", "what must not come is not required, repeated or part of a group"));
    for (const std::string& one : reader.words("note"))
        if (const auto known = noteOf(reader, one))
            step.notes.add(*known);
    for (const PatternStep& other : lesson.pattern.steps)
        if (!step.name.empty() && other.name == step.name)
            reader.complain("name", WS_TR("lesson", "there is a “%1” already").with(step.name));
    const Value* rules = reader.value("rules");
    const auto texts = reader.words("rules");
    for (std::size_t i = 0; i < texts.size(); ++i)
        step.rules.push_back({texts[i], rules->list() ? (*rules->list())[i].place : rules->place});
    reader.finish();
    lesson.pattern.steps.push_back(std::move(step));
}

void TellingReader::checkRules(const Table& root) {
    if (const Value* value = root.find("rules"); value && value->list())
        for (const Value& rule : *value->list())
            if (rule.text())
                lesson.pattern.rules.push_back({*rule.text(), rule.place});
    const auto check = [&](const Rule& rule) {
        if (auto why = checkRule(rule, lesson.pattern))
            problems.push_back({rule.place, *std::move(why)});
    };
    for (const PatternStep& one : lesson.pattern.steps)
        std::for_each(one.rules.begin(), one.rules.end(), check);
    std::for_each(lesson.pattern.rules.begin(), lesson.pattern.rules.end(), check);
}

void TellingReader::narration(const Table& table) {
    TableReader reader(table, placeOfTable(table), problems);
    Narration narration;
    narration.about.kind = reader.text("kind");
    if (!narration.about.kind.empty())
        kind(reader.placeOf("kind"), narration.about.kind);
    selector(reader, narration.about);
    narration.brief = words(reader, "brief");
    narration.full = words(reader, "full");
    narration.teacher = words(reader, "teacher");
    if (narration.about == MessageSelector{})
        problems.push_back({reader.place, WS_TR("lesson", "this belongs to no message: say which “kind”")});
    if (narration.brief.empty() && narration.full.empty() && narration.teacher.empty())
        problems.push_back(
            {reader.place, WS_TR("lesson", "this says nothing: “brief”, “full” or “teacher”")});
    reader.finish();
    lesson.narration.push_back(std::move(narration));
}

void TellingReader::question(const Table& table) {
    TableReader reader(table, placeOfTable(table), problems);
    reader.require("before");
    Question question;
    question.before = kindOrTable(reader, "before");
    if (const Value* before = reader.value("before"); before && before->text())
        selector(reader, question.before);
    question.ask = words(reader, "ask");
    question.why = words(reader, "why");
    question.wrong = reader.words("wrong");
    for (const std::string& one : question.wrong)
        kind(reader.placeOf("wrong"), one);
    for (std::string& answer : reader.words("answers"))
        question.answers.push_back(prose(lesson.id, std::move(answer)));
    const auto count = static_cast<std::int64_t>(question.answers.size());
    if (count == 1)
        reader.complain("answers", WS_TR("lesson", "one answer is no choice"));
    if (count > 1) {
        reader.require("right");
        reader.require("ask");
        question.right = static_cast<std::size_t>(reader.whole("right", 1, 1, count) - 1);
    }
    reader.finish();
    lesson.questions.push_back(std::move(question));
}

} // namespace

std::optional<Text> kindProblem(std::string_view word) {
    for (const Kind& one : allKinds())
        if (one.name.starts_with(word) && (one.name.size() == word.size() || one.name[word.size()] == '.') &&
            !word.empty())
            return std::nullopt;
    std::vector<std::string_view> names;
    for (const Kind& one : allKinds())
        names.push_back(one.name);
    const std::string_view nearest = simulation::nearestWord(word, names);
    if (nearest.empty())
        return WS_TR("lesson", "there is no kind of message “%1”; “wirestage kinds” lists them").with(word);
    return WS_TR("lesson", "there is no kind of message “%1”; did you mean “%2”?").with(word).with(nearest);
}

void readTelling(const Table& root, Lesson& lesson, std::vector<Problem>& problems) {
    TellingReader reader(lesson, problems);
    for (const Table* table : tablesOf(root, "phase"))
        reader.phase(*table);
    for (const Table* table : tablesOf(root, "pattern"))
        reader.step(*table);
    reader.checkRules(root);
    for (const Table* table : tablesOf(root, "narration"))
        reader.narration(*table);
    for (const Table* table : tablesOf(root, "question"))
        reader.question(*table);
}

} // namespace wirestage::lesson
