// SPDX-License-Identifier: GPL-3.0-or-later
// The sources of Mermaid and PlantUML diagrams. Names and texts come off the wire, so everything that either
// language would read as its own is written as an entity (Mermaid: #35;) or a code point (PlantUML:
// <U+0023>).
#include "core/diagram/telling.h"

#include <fmt/format.h>

#include <cctype>

namespace wirestage::diagram {

namespace {

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" .,-()=?!'/").find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::string escaped(std::string_view words, bool mermaidWay) {
    std::string safe;
    for (const char c : words)
        if (isPlain(c))
            safe += c;
        else if (mermaidWay)
            safe += fmt::format("#{};", static_cast<unsigned>(static_cast<unsigned char>(c)));
        else
            safe += fmt::format("<U+{:04X}>", static_cast<unsigned>(static_cast<unsigned char>(c)));
    return safe;
}

/// Mermaid takes the bare word for one of its own.
std::string withoutEnd(std::string words) {
    for (std::size_t at = 0; (at = words.find("end", at)) != std::string::npos; at += 3) {
        const auto letter = [&](std::size_t i) {
            return i < words.size() && std::isalnum(static_cast<unsigned char>(words[i]));
        };
        if (!letter(at - 1) && !letter(at + 3))
            words.replace(at, 1, "#101;");
    }
    return words;
}

/// A title stands in YAML's double quotes.
std::string quotable(std::string words) {
    for (char& c : words)
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\')
            c = ' ';
    return words;
}

/// The lifelines that are used, and the one that everybody becomes.
std::string nameOf(std::size_t lane) {
    return lane == Layout::noLane ? "everybody" : fmt::format("p{}", lane + 1);
}

struct Phases {
    const std::vector<PhaseSpan>& all;
    std::size_t next = 0;

    /// The phase that begins with this row, if one does.
    const PhaseSpan* beginning(Row row) {
        while (next < all.size() && all[next].first < row)
            ++next;
        return next < all.size() && all[next].first == row ? &all[next++] : nullptr;
    }
};

std::vector<bool> usedLanes(const Excerpt& excerpt, const WriterOptions& options, bool& everybody) {
    std::vector<bool> used(excerpt.sequence->source().participants().size());
    tell(excerpt, options, [&](const ToldRow& row) {
        for (const std::size_t lane : {row.from, row.to})
            if (lane < used.size())
                used[lane] = true;
            else
                everybody = true;
    });
    return used;
}

} // namespace

std::string mermaid(const Excerpt& excerpt, const WriterOptions& options) {
    const auto safe = [](std::string_view words) { return withoutEnd(escaped(words, true)); };
    const DiagramSource& source = excerpt.sequence->source();
    std::string text = "---\ntitle: \"" + quotable(options.title) + "\"\n---\nsequenceDiagram\n";
    bool everybody = false;
    const std::vector<bool> used = usedLanes(excerpt, options, everybody);
    for (std::size_t lane = 0; lane < used.size(); ++lane)
        if (used[lane])
            text += fmt::format("    participant {} as {}\n", nameOf(lane),
                                safe(source.participants()[lane].name));
    if (everybody)
        text += "    participant everybody as " + safe(options.words(WS_TR("diagram", "everybody"))) + "\n";
    Phases phases{source.phases()};
    tell(excerpt, options, [&](const ToldRow& row) {
        if (const PhaseSpan* phase = phases.beginning(row.item.first))
            text +=
                fmt::format("    Note over {}: {}\n", nameOf(row.from), safe(options.words(phase->title)));
        const char* arrow = row.lost ? "-x" : row.again ? "-->>" : "->>";
        text += fmt::format("    {}{}{}: {}", nameOf(row.from), arrow, nameOf(row.to), safe(row.label));
        if (!row.summary.empty())
            text += "<br/>" + safe(row.summary);
        if (!row.notes.empty())
            text += " (" + safe(row.notes) + ")";
        text += "\n";
    });
    if (excerpt.leftOut)
        text += "    %% " + safe(options.words(*excerpt.leftOut)) + "\n";
    return text;
}

std::string plantUml(const Excerpt& excerpt, const WriterOptions& options) {
    const auto safe = [](std::string_view words) { return escaped(words, false); };
    const DiagramSource& source = excerpt.sequence->source();
    std::string text = "@startuml\ntitle " + safe(options.title) + "\n";
    bool everybody = false;
    const std::vector<bool> used = usedLanes(excerpt, options, everybody);
    for (std::size_t lane = 0; lane < used.size(); ++lane)
        if (used[lane])
            text += fmt::format("participant \"{}\" as {}\n", safe(source.participants()[lane].name),
                                nameOf(lane));
    if (everybody)
        text += fmt::format("participant \"{}\" as everybody\n",
                            safe(options.words(WS_TR("diagram", "everybody"))));
    Phases phases{source.phases()};
    tell(excerpt, options, [&](const ToldRow& row) {
        if (const PhaseSpan* phase = phases.beginning(row.item.first))
            text += "== " + safe(options.words(phase->title)) + " ==\n";
        const char* arrow = row.lost ? "->x" : row.again ? "-->" : "->";
        text += fmt::format("{} {} {} : **{}**", nameOf(row.from), arrow, nameOf(row.to), safe(row.label));
        if (!row.summary.empty())
            text += "\\n" + safe(row.summary);
        if (!row.notes.empty())
            text += "\\n(" + safe(row.notes) + ")";
        text += "\n";
    });
    if (excerpt.leftOut)
        text += "caption " + safe(options.words(*excerpt.leftOut)) + "\n";
    return text + "@enduml\n";
}

} // namespace wirestage::diagram
