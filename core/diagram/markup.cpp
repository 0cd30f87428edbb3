// SPDX-License-Identifier: GPL-3.0-or-later
// Four characters have entities; what has no place in a document is replaced.
#include "core/diagram/markup.h"

#include "core/diagram/text_metrics.h"

namespace wirestage::diagram {

namespace {

bool hasNoPlace(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffd || (c >= 0xd800 && c < 0xe000) ||
           (c & 0xfffe) == 0xfffe || c > 0x10ffff || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

} // namespace

std::string escapedMarkup(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        const std::string_view before = text;
        const char32_t character = takeCharacter(text);
        switch (character) {
        case '&': safe += "&amp;"; break;
        case '<': safe += "&lt;"; break;
        case '>': safe += "&gt;"; break;
        case '"': safe += "&quot;"; break;
        default:
            if (hasNoPlace(character))
                safe += "\xef\xbf\xbd";
            else
                safe += before.substr(0, before.size() - text.size());
        }
    }
    return safe;
}

} // namespace wirestage::diagram
