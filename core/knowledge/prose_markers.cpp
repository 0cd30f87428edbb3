// SPDX-License-Identifier: GPL-3.0-or-later
// A tool of the build: lists every text of the knowledge base as a marker that lupdate reads, so that the
// words of the TOML files reach the translators with the place they come from.
#include "core/knowledge/knowledge.h"

#include <cstdio>
#include <fstream>
#include <string>

namespace {

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
        file
            << "// Generated from resources/knowledge/*.toml for lupdate.\n#include \"core/text/text.h\"\n\n";
        file << "void proseMarkers() {\n";
    }

    void mark(const wirestage::Knowledge::Entry& entry, std::string_view part, std::string_view source) {
        if (source.empty())
            return;
        file << "    //: " << entry.what << ' ' << entry.name << ": " << part << '\n';
        file << "    (void)WS_TR(" << literal(entry.context) << ", " << literal(source) << ");\n";
    }

    bool finish() {
        file << "}\n";
        return static_cast<bool>(file.flush());
    }

private:
    std::ofstream file;
};

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
    for (const auto& entry : knowledge.entries()) {
        file.mark(entry, "title", entry.title);
        file.mark(entry, "text", entry.text);
        file.mark(entry, "what the sender knows", entry.knowsFrom);
        file.mark(entry, "what the receiver knows", entry.knowsTo);
        file.mark(entry, "question", entry.question);
        file.mark(entry, "answer", entry.answer);
        for (const auto& [value, words] : entry.values)
            file.mark(entry, "value " + value, words);
    }
    return file.finish() && knowledge.problems.empty() ? 0 : 1;
}
