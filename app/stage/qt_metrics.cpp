// SPDX-License-Identifier: GPL-3.0-or-later
// Fonts by what they are for, and measured widths kept.
#include "app/stage/qt_metrics.h"

#include <QFontMetricsF>
#include <QGuiApplication>

#include <cmath>

namespace wirestage {

namespace {

constexpr qsizetype widthsKept = 20000;

} // namespace

std::array<QFont, static_cast<std::size_t>(diagram::Font::count)>
stageFonts(const diagram::TypeSizes& sizes) {
    std::array<QFont, static_cast<std::size_t>(diagram::Font::count)> fonts;
    for (std::size_t i = 0; i < fonts.size(); ++i) {
        const auto which = static_cast<diagram::Font>(i);
        QFont font = QGuiApplication::font();
        font.setPixelSize(static_cast<int>(std::lround(sizes.of(which))));
        font.setBold(diagram::isBold(which));
        font.setHintingPreference(QFont::PreferNoHinting);
        fonts[i] = font;
    }
    return fonts;
}

QtMetrics::QtMetrics(const diagram::TypeSizes& sizes) : fonts(stageFonts(sizes)) {}

double QtMetrics::width(diagram::Font font, std::string_view text) const {
    auto& widths = known[static_cast<std::size_t>(font)];
    const QByteArray key(text.data(), static_cast<qsizetype>(text.size()));
    if (const auto found = widths.constFind(key); found != widths.constEnd())
        return *found;
    if (widths.size() >= widthsKept)
        widths.clear();
    const double width =
        QFontMetricsF(fonts[static_cast<std::size_t>(font)]).horizontalAdvance(QString::fromUtf8(key));
    widths.insert(key, width);
    return width;
}

} // namespace wirestage
