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
constexpr std::array<QRgb, size> opaque(const std::array<diagram::light::Rgb, size>& colours) {
    std::array<QRgb, size> made{};
    for (std::size_t i = 0; i < size; ++i)
        made[i] = 0xff000000 | colours[i];
    return made;
}

// In the order of diagram::Family: none, link, network, transport, datagram, dhcp, dns, ftp, other, trouble.
constexpr Tables light{opaque(diagram::light::families),
                       opaque(diagram::light::states),
                       {0xff6b7280, 0xff6a4a00, 0xff0b4f94, 0xff8a3400},
                       {0xffeceef0, 0xfff7ecdd, 0xffe1ebf7, 0xfff9e7da}};
constexpr Tables dark{{0xffc6ced7, 0xffe9a8d6, 0xff63d8b4, 0xff7cc4ff, 0xff8fdcf2, 0xffffb27a, 0xfff2dc6b,
                       0xffd3b2ff, 0xffc6ced7, 0xffff9b85},
                      {0xff3a424c, 0xff5c4522, 0xff27476b, 0xff22543a, 0xff443763, 0xff64302c},
                      {0xffb3bcc7, 0xfff2dc6b, 0xff7cc4ff, 0xffffb27a},
                      {0xff262b32, 0xff332c1a, 0xff1b2d41, 0xff3a2819}};
constexpr Tables projector{{0xff2b3036, 0xff66184f, 0xff004a36, 0xff003f7f, 0xff00475e, 0xff7a2a00,
                            0xff4d3b00, 0xff46208c, 0xff2b3036, 0xff8a0f0f},
                           {0xffd0d5db, 0xfff5cf9b, 0xffb9d6f5, 0xffa5dcb9, 0xffd9ccf0, 0xfff3bdb7},
                           {0xff59606b, 0xff5a3e00, 0xff003f7f, 0xff7a2a00},
                           {0xffe8eaed, 0xfff9e8d0, 0xffd9e8fa, 0xfffbe0cd}};

const Tables& tables(ThemeName name) {
    return name == ThemeName::Dark ? dark : name == ThemeName::Projector ? projector : light;
}

Theme lightTheme() {
    Theme t;
    t.name = ThemeName::Light;
    t.ground = QColor::fromRgb(diagram::light::ground);
    t.surface = Qt::white;
    t.text = QColor::fromRgb(diagram::light::text);
    t.quietText = QColor::fromRgb(diagram::light::quietText);
    t.border = QColor::fromRgb(diagram::light::border);
    t.lifeline = QColor::fromRgb(diagram::light::lifeline);
    t.frame = QColor::fromRgb(diagram::light::frame);
    t.accent = QColor(0x0b, 0x4f, 0x94);
    t.accentText = Qt::white;
    t.accentSoft = QColor(0xe7, 0xee, 0xf7);
    t.highlight = QColor(0xff, 0xe0, 0x8a);
    t.danger = QColor::fromRgb(diagram::light::danger);
    t.dangerSoft = QColor(0xfb, 0xe9, 0xe7);
    t.good = QColor(0x14, 0x55, 0x2e);
    t.warning = QColor::fromRgb(diagram::light::warning);
    t.warningSoft = QColor::fromRgb(diagram::light::warningSoft);
    return t;
}

Theme darkTheme() {
    Theme t;
    t.name = ThemeName::Dark;
    t.ground = QColor(0x14, 0x17, 0x1b);
    t.surface = QColor(0x1c, 0x20, 0x26);
    t.text = QColor(0xf2, 0xf4, 0xf6);
    t.quietText = QColor(0xc6, 0xce, 0xd7);
    t.border = QColor(0x39, 0x41, 0x4b);
    t.lifeline = QColor(0x7a, 0x84, 0x90);
    t.frame = QColor(0x4b, 0x54, 0x5f);
    t.accent = QColor(0x7c, 0xc4, 0xff);
    t.accentText = QColor(0x0d, 0x12, 0x18);
    t.accentSoft = QColor(0x1d, 0x2e, 0x40);
    t.highlight = QColor(0x6b, 0x58, 0x14);
    t.danger = QColor(0xff, 0x9b, 0x85);
    t.dangerSoft = QColor(0x3d, 0x1f, 0x1b);
    t.good = QColor(0x7f, 0xd7, 0x9a);
    t.warning = QColor(0xff, 0xd9, 0x70);
    t.warningSoft = QColor(0x38, 0x2f, 0x14);
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
