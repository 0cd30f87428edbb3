// SPDX-License-Identifier: GPL-3.0-or-later
// Widths of characters without a font, and breaking text into lines.
#include "core/diagram/text_metrics.h"

#include <array>

namespace wirestage::diagram {

namespace {

// Advance widths of DejaVu Sans in thousandths of its size: U+0020 to U+007E, then U+00A0 to U+00FF.
constexpr std::array<std::uint16_t, 191> regular{
    318, 401, 460, 838, 636,  950, 780, 275, 390, 390,  500, 838, 318,  361, 318, 337, 636, 636, 636, 636,
    636, 636, 636, 636, 636,  636, 337, 337, 838, 838,  838, 531, 1000, 684, 686, 698, 770, 632, 575, 775,
    752, 295, 295, 656, 557,  863, 748, 787, 603, 787,  695, 635, 611,  732, 684, 989, 685, 611, 685, 390,
    337, 390, 838, 500, 500,  613, 635, 550, 635, 615,  352, 635, 634,  278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392,  634, 592, 818, 592, 592,  525, 636, 337,  636, 838, 318, 401, 636, 636, 636,
    636, 337, 500, 500, 1000, 471, 612, 838, 361, 1000, 500, 500, 838,  401, 401, 500, 636, 636, 318, 500,
    401, 471, 612, 969, 969,  969, 531, 684, 684, 684,  684, 684, 684,  974, 698, 632, 632, 632, 632, 295,
    295, 295, 295, 775, 748,  787, 787, 787, 787, 787,  838, 787, 732,  732, 732, 732, 611, 605, 630, 613,
    613, 613, 613, 613, 613,  982, 550, 615, 615, 615,  615, 278, 278,  278, 278, 612, 634, 612, 612, 612,
    612, 612, 838, 612, 634,  634, 634, 634, 592, 635,  592};
// The same of DejaVu Sans Bold.
constexpr std::array<std::uint16_t, 191> bold{
    348, 456,  521, 838,  696, 1002, 872, 306,  457, 457, 523, 838, 380, 415, 380,  365,  696,  696,
    696, 696,  696, 696,  696, 696,  696, 696,  400, 400, 838, 838, 838, 580, 1000, 774,  762,  734,
    830, 683,  683, 821,  837, 372,  372, 775,  637, 995, 837, 850, 733, 850, 770,  720,  682,  812,
    774, 1103, 771, 724,  725, 457,  365, 457,  838, 500, 500, 675, 716, 593, 716,  678,  435,  716,
    712, 343,  343, 665,  343, 1042, 712, 687,  716, 716, 493, 595, 478, 712, 652,  924,  645,  652,
    582, 712,  365, 712,  838, 348,  456, 696,  696, 636, 696, 365, 500, 500, 1000, 564,  646,  838,
    415, 1000, 500, 500,  838, 438,  438, 500,  736, 636, 380, 500, 438, 564, 646,  1035, 1035, 1035,
    580, 774,  774, 774,  774, 774,  774, 1085, 734, 683, 683, 683, 683, 372, 372,  372,  372,  838,
    837, 850,  850, 850,  850, 850,  838, 850,  812, 812, 812, 812, 724, 738, 719,  675,  675,  675,
    675, 675,  675, 1048, 593, 678,  678, 678,  678, 343, 343, 343, 343, 687, 712,  687,  687,  687,
    687, 687,  838, 687,  712, 712,  712, 712,  652, 716, 652};

unsigned thousandths(char32_t character, bool heavy) {
    const auto& table = heavy ? bold : regular;
    if (character >= 0x20 && character < 0x7f)
        return table[character - 0x20];
    if (character >= 0xa0 && character < 0x100)
        return table[character - 0xa0 + 0x5f];
    // Combining marks take no room; East Asian characters and pictures take a square.
    if (character >= 0x300 && character < 0x370)
        return 0;
    return character >= 0x1100 ? 1000 : 720;
}

bool isBreak(char character) {
    return character == '.' || character == ':' || character == '/' || character == '-' || character == ',' ||
           character == '_' || character == '@';
}

/// The longest beginning of a word that fits, at least one character of it.
std::size_t fitting(const TextMetrics& metrics, Font font, std::string_view word, double width) {
    std::size_t fits = 0, atBreak = 0;
    std::string_view rest = word;
    while (!rest.empty()) {
        static_cast<void>(takeCharacter(rest));
        const std::size_t length = word.size() - rest.size();
        if (fits > 0 && metrics.width(font, word.substr(0, length)) > width)
            break;
        fits = length;
        if (isBreak(word[length - 1]) && length < word.size())
            atBreak = length;
    }
    return fits == word.size() || atBreak == 0 ? fits : atBreak;
}

} // namespace

double TypeSizes::of(Font font) const {
    switch (font) {
    case Font::Label: return label;
    case Font::Summary: return summary;
    case Font::Head: return head;
    default: return small;
    }
}

bool isBold(Font font) {
    return font == Font::Label || font == Font::Head || font == Font::SmallBold;
}

double PlainMetrics::width(Font font, std::string_view text) const {
    std::uint64_t sum = 0;
    while (!text.empty())
        sum += thousandths(takeCharacter(text), isBold(font));
    return static_cast<double>(sum) * sizes.of(font) / 1000;
}

char32_t takeCharacter(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80       ? 1
                               : lead >> 5 == 6  ? 2
                               : lead >> 4 == 14 ? 3
                               : lead >> 3 == 30 ? 4
                                                 : 0;
    char32_t character = length == 1 ? lead : length == 0 ? 0xfffd : lead & (0x7fU >> length);
    std::size_t taken = 1;
    for (; taken < length; ++taken) {
        if (taken >= text.size() || byte(taken) >> 6 != 2) {
            character = 0xfffd;
            break;
        }
        character = character << 6 | (byte(taken) & 0x3fU);
    }
    text.remove_prefix(taken);
    return character;
}

std::vector<std::string> wrap(const TextMetrics& metrics, Font font, std::string_view text, double width) {
    std::vector<std::string> lines;
    std::string line;
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        std::string_view word = text.substr(0, space);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        if (word.empty())
            continue;
        std::string longer = line.empty() ? std::string(word) : line + ' ' + std::string(word);
        if (metrics.width(font, longer) <= width) {
            line = std::move(longer);
            continue;
        }
        if (!line.empty())
            lines.push_back(std::move(line));
        while (metrics.width(font, word) > width) {
            const std::size_t length = fitting(metrics, font, word, width);
            if (length == word.size())
                break;
            lines.emplace_back(word.substr(0, length));
            word.remove_prefix(length);
        }
        line = word;
    }
    if (!line.empty())
        lines.push_back(std::move(line));
    return lines;
}

std::vector<std::string> wrapAtMost(const TextMetrics& metrics, Font font, std::string_view text,
                                    double width, std::size_t most) {
    std::vector<std::string> lines = wrap(metrics, font, text, width);
    if (lines.size() <= most || most == 0)
        return most == 0 ? std::vector<std::string>{} : lines;
    lines.resize(most);
    std::string& last = lines.back();
    while (metrics.width(font, last + "…") > width) {
        std::size_t end = last.rfind(' ');
        if (end == std::string::npos || end == 0) { // one word, which broke within itself already
            end = last.size();
            while (end > 0 && (static_cast<unsigned char>(last[--end]) & 0xc0) == 0x80) {
            }
        }
        if (end == 0)
            break;
        last.resize(end);
    }
    last += "…";
    return lines;
}

} // namespace wirestage::diagram
