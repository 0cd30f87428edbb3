// SPDX-License-Identifier: GPL-3.0-or-later
// A course's table of contents: a page without a script.
#include "core/diagram/markup.h"
#include "core/handout/parts.h"

#include <fmt/format.h>

#include <cctype>

namespace wirestage::handout {

namespace {

using diagram::escapedMarkup;

/// A file's name as a relative reference (RFC 3986, section 4.2): "./" keeps a colon from making a scheme.
std::string reference(std::string_view file) {
    std::string out = "./";
    for (const char c : file) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && (std::isalnum(byte) || c == '-' || c == '.' || c == '_' || c == '~'))
            out += c;
        else
            out += fmt::format("%{:02X}", byte);
    }
    return out;
}

} // namespace

std::string indexPage(const std::string& title, const std::vector<IndexEntry>& entries, const Words& words,
                      const std::string& language) {
    const std::string style = colourStyle() + std::string(indexStyle());
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"" + escapedMarkup(language) + "\">\n<head>\n" +
        head(title, style, "") + "</head>\n<body>\n<header>\n<h1>" + escapedMarkup(title) + "</h1>\n<p>" +
        escapedMarkup(words(
            WS_TRN("handout", "%n lesson(s). Each is a page that needs no network.", "", entries.size()))) +
        "</p>\n</header>\n<main>\n";
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const IndexEntry& entry = entries[i];
        const bool begins = i == 0 || entries[i - 1].chapter != entry.chapter;
        const bool ends = i + 1 == entries.size() || entries[i + 1].chapter != entry.chapter;
        if (begins)
            out += "<section>\n<h2>" + escapedMarkup(entry.chapter) + "</h2>\n<ol>\n";
        out += "<li id=\"" + escapedMarkup(entry.id) + "\"><a href=\"" + reference(entry.file) + "\">" +
               escapedMarkup(entry.title) + "</a>\n<p>" + escapedMarkup(entry.goal) + "</p></li>\n";
        if (ends)
            out += "</ol>\n</section>\n";
    }
    return out + "</main>\n</body>\n</html>\n";
}

} // namespace wirestage::handout
