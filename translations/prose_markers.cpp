// SPDX-License-Identifier: GPL-3.0-or-later
// A tool of the build: lists every text of the knowledge base and of the lessons as a marker that lupdate
// reads, so that the words of the TOML files reach the translators with the place they come from.
#include "core/knowledge/knowledge.h"
#include "core/lesson/lesson_file.h"

#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <utility>

namespace {

using wirestage::Text;

std::string literal(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        if (c == '\n')
            quoted += "\\n";
        else
            quoted += c;
    }
    return quoted + '"';
}

class MarkerFile {
public:
    explicit MarkerFile(const char* path) : file(path) {
        file << "// Generated from resources/knowledge/*.toml and resources/lessons/*.toml for lupdate.\n"
                "#include \"core/text/text.h\"\n\nvoid proseMarkers() {\n";
    }

    /// Once for each context: a variant has most of its lesson's texts.
    void mark(std::string_view context, std::string_view source, std::string_view where) {
        if (source.empty() || !marked.emplace(context, source).second)
            return;
        file << "    //: " << where << "\n    (void)WS_TR(" << literal(context) << ", " << literal(source)
             << ");\n";
    }

    bool finish() {
        file << "}\n";
        return static_cast<bool>(file.flush());
    }

private:
    std::ofstream file;
    std::set<std::pair<std::string, std::string>> marked;
};

void markKnowledge(MarkerFile& file, const wirestage::Knowledge& knowledge) {
    for (const auto& entry : knowledge.entries()) {
        const auto part = [&](const std::string& name, std::string_view source) {
            file.mark(entry.context, source,
                      std::string(entry.what) + ' ' + std::string(entry.name) + ": " + name);
        };
        part("title", entry.title);
        part("text", entry.text);
        part("what the sender knows", entry.knowsFrom);
        part("what the receiver knows", entry.knowsTo);
        part("question", entry.question);
        part("answer", entry.answer);
        for (const auto& [value, words] : entry.values)
            part("value " + value, words);
    }
}

void markLesson(MarkerFile& file, const wirestage::lesson::Lesson& lesson) {
    const auto part = [&](const std::string& where, const Text& text) {
        if (!text.context.empty())
            file.mark(text.context, text.source, where);
    };
    part("title of the lesson", lesson.title);
    part("goal", lesson.goal);
    part("introduction", lesson.introduction);
    part("conclusion", lesson.conclusion);
    for (const auto& one : lesson.variants) {
        part("variant " + one.id, one.title);
        part("goal of variant " + one.id, one.goal);
    }
    for (const auto& one : lesson.parameters)
        part("parameter " + one.name, one.title);
    for (const auto& one : lesson.hosts)
        part("participant " + one.name, one.title);
    for (const auto& one : lesson.phases)
        part("phase " + one.name, one.title);
    for (const auto& one : lesson.narration) {
        part(one.about.kind + ", for the projector", one.brief);
        part(one.about.kind + ", for self-study", one.full);
        part(one.about.kind + ", for the teacher", one.teacher);
    }
    for (const auto& one : lesson.questions) {
        part("question before " + one.before.kind, one.ask);
        part("its answer", one.why);
        for (const Text& answer : one.answers)
            part("an answer to choose before " + one.before.kind, answer);
    }
}

/// False where a lesson cannot be read.
bool markLessons(MarkerFile& file) {
    bool good = true;
    for (const auto& one : wirestage::lesson::builtInLessons()) {
        for (const auto& problem : one->problems())
            std::fprintf(stderr, "%s\n",
                         english(problem, "resources/lessons/" + one->id() + ".toml").c_str());
        good = good && one->usable();
        markLesson(file, one->lesson());
        for (const auto& variant : one->lesson().variants) {
            wirestage::lesson::Choice choice;
            choice.variant = variant.id;
            const auto chosen = one->choose(choice);
            if (const auto* lesson = std::get_if<wirestage::lesson::Lesson>(&chosen))
                markLesson(file, *lesson);
        }
    }
    return good;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: prose_markers OUTPUT.cpp\n", stderr);
        return 2;
    }
    const auto& knowledge = wirestage::Knowledge::builtIn();
    for (const std::string& problem : knowledge.problems)
        std::fprintf(stderr, "resources/knowledge: %s\n", problem.c_str());
    MarkerFile file(arguments[1]);
    markKnowledge(file, knowledge);
    const bool good = markLessons(file);
    return file.finish() && good && knowledge.problems.empty() ? 0 : 1;
}
