// SPDX-License-Identifier: GPL-3.0-or-later
// How wide text is: the only thing layout needs to know of fonts.
#pragma once

#include "core/diagram/scene.h"

#include <string_view>

namespace wirestage::diagram {

/// Heights of the letters, in units (pixels at zoom 1).
struct TypeSizes {
    double label = 19, summary = 15, small = 13, head = 16;
    [[nodiscard]] double of(Font font) const;
    /// Everything as large as a label, for the back rows of a room.
    static TypeSizes large() { return {19, 19, 17, 19}; }
};
bool isBold(Font font);

class TextMetrics {
public:
    virtual ~TextMetrics() = default;
    /// Of one line, in units.
    [[nodiscard]] virtual double width(Font font, std::string_view text) const = 0;
};

/// Widths of DejaVu Sans, which are wider than most fonts': for writers that have no font at hand.
class PlainMetrics : public TextMetrics {
public:
    explicit PlainMetrics(TypeSizes ofType = {}) : sizes(ofType) {}
    [[nodiscard]] double width(Font font, std::string_view text) const override;

private:
    TypeSizes sizes;
};

/// The next character of UTF-8 text and the bytes it took from `text`; U+FFFD for what is none.
char32_t takeCharacter(std::string_view& text);

/// Breaks a text between words into lines no wider than `width`. A word that is wider by itself breaks at a
/// dot, colon, slash or hyphen of its own, and anywhere if it has none.
std::vector<std::string> wrap(const TextMetrics& metrics, Font font, std::string_view text, double width);

/// The text's first lines, of `most`; where more follows the last one ends in "…" after a whole word.
std::vector<std::string> wrapAtMost(const TextMetrics& metrics, Font font, std::string_view text,
                                    double width, std::size_t most);

} // namespace wirestage::diagram
