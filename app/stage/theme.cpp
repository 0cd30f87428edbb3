// SPDX-License-Identifier: GPL-3.0-or-later
// The three themes' colours, and the palette and style sheet made from them for ordinary widgets.
#include "app/stage/theme.h"

#include "core/diagram/colours.h"

#include <array>
#include <cmath>

namespace wirestage {

namespace {

constexpr std::size_t families = static_cast<std::size_t>(diagram::Family::count);
constexpr std::size_t tones = 6, layers = 4;

/// What a theme looks up by number.
struct Tables {
    std::array<QRgb, families> family;
    std::array<QRgb, tones> state;
    std::array<QRgb, layers> layer, layerSoft;
};

/// The core's colours are without alpha.
template <std::size_t size>
constexpr std::array<QRgb, size> opaque(const std::array<diagram::Rgb, size>& colours) {
    std::array<QRgb, size> made{};
    for (std::size_t i = 0; i < size; ++i)
        made[i] = 0xff000000 | colours[i];
    return made;
}

// In the order of diagram::Family: none, link, network, transport, datagram, dhcp, dns, ftp, other, trouble.
constexpr Tables light{opaque(diagram::light::families), opaque(diagram::light::states),
                       opaque(diagram::light::layers), opaque(diagram::light::layersSoft)};
constexpr Tables dark{opaque(diagram::dark::families), opaque(diagram::dark::states),
                      opaque(diagram::dark::layers), opaque(diagram::dark::layersSoft)};
constexpr Tables projector{{0xff2b3036, 0xff66184f, 0xff004a36, 0xff003f7f, 0xff00475e, 0xff7a2a00,
                            0xff4d3b00, 0xff46208c, 0xff2b3036, 0xff8a0f0f},
                           {0xffd0d5db, 0xfff5cf9b, 0xffb9d6f5, 0xffa5dcb9, 0xffd9ccf0, 0xfff3bdb7},
                           {0xff59606b, 0xff5a3e00, 0xff003f7f, 0xff7a2a00},
                           {0xffe8eaed, 0xfff9e8d0, 0xffd9e8fa, 0xfffbe0cd}};

const Tables& tables(ThemeName name) {
    return name == ThemeName::Dark ? dark : name == ThemeName::Projector ? projector : light;
}

Theme lightTheme() {
    namespace colours = diagram::light;
    Theme t;
    t.name = ThemeName::Light;
    t.ground = QColor::fromRgb(colours::ground);
    t.surface = QColor::fromRgb(colours::surface);
    t.text = QColor::fromRgb(colours::text);
    t.quietText = QColor::fromRgb(colours::quietText);
    t.border = QColor::fromRgb(colours::border);
    t.lifeline = QColor::fromRgb(colours::lifeline);
    t.frame = QColor::fromRgb(colours::frame);
    t.accent = QColor::fromRgb(colours::accent);
    t.accentText = QColor::fromRgb(colours::accentText);
    t.accentSoft = QColor::fromRgb(colours::accentSoft);
    t.highlight = QColor::fromRgb(colours::highlight);
    t.danger = QColor::fromRgb(colours::danger);
    t.dangerSoft = QColor::fromRgb(colours::dangerSoft);
    t.good = QColor::fromRgb(colours::good);
    t.warning = QColor::fromRgb(colours::warning);
    t.warningSoft = QColor::fromRgb(colours::warningSoft);
    return t;
}

Theme darkTheme() {
    namespace colours = diagram::dark;
    Theme t;
    t.name = ThemeName::Dark;
    t.ground = QColor::fromRgb(colours::ground);
    t.surface = QColor::fromRgb(colours::surface);
    t.text = QColor::fromRgb(colours::text);
    t.quietText = QColor::fromRgb(colours::quietText);
    t.border = QColor::fromRgb(colours::border);
    t.lifeline = QColor::fromRgb(colours::lifeline);
    t.frame = QColor::fromRgb(colours::frame);
    t.accent = QColor::fromRgb(colours::accent);
    t.accentText = QColor::fromRgb(colours::accentText);
    t.accentSoft = QColor::fromRgb(colours::accentSoft);
    t.highlight = QColor::fromRgb(colours::highlight);
    t.danger = QColor::fromRgb(colours::danger);
    t.dangerSoft = QColor::fromRgb(colours::dangerSoft);
    t.good = QColor::fromRgb(colours::good);
    t.warning = QColor::fromRgb(colours::warning);
    t.warningSoft = QColor::fromRgb(colours::warningSoft);
    return t;
}

Theme projectorTheme() {
    Theme t = lightTheme();
    t.name = ThemeName::Projector;
    t.ground = Qt::white;
    t.text = Qt::black;
    t.quietText = QColor(0x2b, 0x30, 0x36);
    t.border = QColor(0xb4, 0xba, 0xc2);
    t.lifeline = QColor(0x50, 0x58, 0x62);
    t.frame = QColor(0x86, 0x8e, 0x98);
    t.accent = QColor(0x00, 0x3f, 0x7f);
    t.accentSoft = QColor(0xd9, 0xe8, 0xfa);
    t.highlight = QColor(0xff, 0xd7, 0x5e);
    t.danger = QColor(0x8a, 0x0f, 0x0f);
    t.good = QColor(0x0b, 0x45, 0x23);
    t.warning = QColor(0x4d, 0x38, 0x00);
    t.warningSoft = QColor(0xfd, 0xe9, 0xb0);
    return t;
}

double luminance(const QColor& color) {
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

QColor Theme::family(diagram::Family family) const {
    return QColor::fromRgb(tables(name).family[static_cast<std::size_t>(family) % families]);
}

QColor Theme::state(unsigned tone) const {
    return QColor::fromRgb(tables(name).state[tone % tones]);
}

QColor Theme::layer(unsigned depth) const {
    return QColor::fromRgb(tables(name).layer[std::min<std::size_t>(depth, layers - 1)]);
}

QColor Theme::layerSoft(unsigned depth) const {
    return QColor::fromRgb(tables(name).layerSoft[std::min<std::size_t>(depth, layers - 1)]);
}

// A label of 19 units is 32 pixels, 24 points, high on the projector.
double Theme::stageScale() const {
    return name == ThemeName::Projector ? 1.7 : 1;
}

QPalette Theme::palette() const {
    QPalette p;
    p.setColor(QPalette::Window, surface);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, ground);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, quietText);
    p.setColor(QPalette::Button, surface);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, danger);
    p.setColor(QPalette::ToolTipBase, surface);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, accentText);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::Light, surface);
    p.setColor(QPalette::Midlight, ground);
    p.setColor(QPalette::Mid, border);
    p.setColor(QPalette::Dark, frame);
    p.setColor(QPalette::Shadow, lifeline);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, lifeline);
    return p;
}

QString Theme::styleSheet() const {
    return QStringLiteral("QToolTip { color: %1; background: %2; border: 1px solid %3; padding: 4px; }"
                          "QMainWindow::separator { background: %3; width: 1px; height: 1px; }"
                          "QHeaderView::section { background: %4; color: %5; border: 0; padding: 5px 8px;"
                          " border-bottom: 1px solid %3; font-weight: 600; }")
        .arg(text.name(), surface.name(), border.name(), ground.name(), quietText.name());
}

const Theme& theme(ThemeName name) {
    static const Theme lightOne = lightTheme(), darkOne = darkTheme(), projectorOne = projectorTheme();
    return name == ThemeName::Dark ? darkOne : name == ThemeName::Projector ? projectorOne : lightOne;
}

ThemeName themeOfName(const QString& word) {
    return word == QLatin1String("dark")        ? ThemeName::Dark
           : word == QLatin1String("projector") ? ThemeName::Projector
                                                : ThemeName::Light;
}

QString wordOf(ThemeName name) {
    return name == ThemeName::Dark        ? QStringLiteral("dark")
           : name == ThemeName::Projector ? QStringLiteral("projector")
                                          : QStringLiteral("light");
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
    return a > b ? a / b : b / a;
}

} // namespace wirestage
