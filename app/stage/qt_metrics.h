// SPDX-License-Identifier: GPL-3.0-or-later
// The stage's fonts, and how wide text is in them: the same for the window, pictures and paper.
#pragma once

#include "core/diagram/text_metrics.h"

#include <QFont>
#include <QHash>
#include <QString>

#include <array>

namespace wirestage {

/// One font for each of the diagram's, its size in units. Without hinting, so that text grows with a zoom
/// exactly as everything else does.
std::array<QFont, static_cast<std::size_t>(diagram::Font::count)> stageFonts(const diagram::TypeSizes& sizes);

class QtMetrics : public diagram::TextMetrics {
public:
    explicit QtMetrics(const diagram::TypeSizes& sizes);
    [[nodiscard]] double width(diagram::Font font, std::string_view text) const override;

private:
    std::array<QFont, static_cast<std::size_t>(diagram::Font::count)> fonts;
    /// Measuring is slow and the same texts come again with every step; forgotten all at once when there are
    /// many.
    mutable std::array<QHash<QByteArray, double>, static_cast<std::size_t>(diagram::Font::count)> known;
};

} // namespace wirestage
