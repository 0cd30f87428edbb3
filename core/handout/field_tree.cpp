// SPDX-License-Identifier: GPL-3.0-or-later
// A description's flat list of fields as nested lists.
#include "core/diagram/markup.h"
#include "core/handout/parts.h"
#include "core/protocols/header_lines.h"

#include <fmt/format.h>

#include <vector>

namespace wirestage::handout {

namespace {

constexpr std::size_t longestValue = 200, mostFields = 300;
constexpr int deepest = 32;

using diagram::escapedMarkup;

class Tree {
public:
    Tree(const Description& of, const Words& with) : packet(of), words(with), children(of.fields.size()) {
        for (std::size_t i = 0; i < packet.fields.size(); ++i) {
            const std::int32_t parent = packet.fields[i].parent;
            if (parent >= 0 && static_cast<std::size_t>(parent) < i)
                children[static_cast<std::size_t>(parent)].push_back(i);
        }
    }

    std::string write() {
        std::size_t depth = 0;
        for (const HeaderLine& header : headerLines(packet)) {
            const auto node = static_cast<std::size_t>(header.node);
            const Field& field = packet.fields[node];
            if (!field.spec)
                continue;
            std::string line = header.title.empty() ? value(field) : "";
            for (const Text& part : header.parts)
                line += (line.empty() ? "" : " · ") + words(part);
            out += fmt::format("<details class=\"layer layer-{}\"><summary><b>{}</b> {}</summary>\n",
                               std::min<std::size_t>(depth, 3),
                               escapedMarkup(header.title.empty() ? title(field) : std::string(header.title)),
                               escapedMarkup(line));
            list(node, 0);
            out += "</details>\n";
            ++depth;
        }
        if (left > 0)
            out += "<p>" +
                   escapedMarkup(words(WS_TRN("handout", "%n more field(s) are left out here.", "", left))) +
                   "</p>\n";
        return out;
    }

private:
    [[nodiscard]] std::string title(const Field& field) const {
        return words(Text{"fields", field.spec->title, {}, {}});
    }

    [[nodiscard]] std::string value(const Field& field) const {
        const std::string meaning = words(field.meaning);
        std::string plain = printable(field.value, longestValue);
        if (meaning.empty())
            return plain;
        if (plain.empty() || meaning.find(plain) != std::string::npos)
            return meaning;
        return plain + " (" + meaning + ")";
    }

    void list(std::size_t parent, int depth) {
        if (children[parent].empty() || depth > deepest)
            return;
        out += "<ul>\n";
        for (const std::size_t child : children[parent]) {
            const Field& field = packet.fields[child];
            if (!field.spec)
                continue;
            if (++written > mostFields) {
                ++left;
                continue;
            }
            const std::string both = "<span class=\"name\">" + escapedMarkup(title(field)) +
                                     "</span> <span class=\"value\">" + escapedMarkup(value(field)) +
                                     "</span>";
            if (children[child].empty()) {
                out += "<li>" + both + "</li>\n";
                continue;
            }
            out += "<li><details><summary>" + both + "</summary>\n";
            list(child, depth + 1);
            out += "</details></li>\n";
        }
        out += "</ul>\n";
    }

    const Description& packet;
    const Words& words;
    std::vector<std::vector<std::size_t>> children;
    std::size_t written = 0;
    std::int64_t left = 0;
    std::string out;
};

} // namespace

std::string fieldTree(const Description& packet, const Words& words) {
    return Tree(packet, words).write();
}

std::size_t headersIn(const Description& packet) {
    return headerLines(packet).size();
}

} // namespace wirestage::handout
