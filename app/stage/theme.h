// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of the whole window by what they mean: one theme for a lit room, one for a dark one and one for
// a projector. Text reaches a contrast of 7:1 on what it stands on, lines that carry meaning 3:1
// (WCAG 2.2, 1.4.6 and 1.4.11); the hues are Okabe and Ito's, darkened where the ground is light.
#pragma once

#include "core/diagram/scene.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

namespace wirestage {

enum class ThemeName { Light, Dark, Projector };

struct Theme {
    ThemeName name = ThemeName::Light;

    QColor ground;     ///< of the stage
    QColor surface;    ///< of panes, heads and boxes
    QColor text;       ///< 7:1 on ground and surface
    QColor quietText;  ///< times, addresses: 7:1 as well
    QColor border;     ///< lines that only separate
    QColor lifeline;   ///< 3:1 on ground
    QColor frame;      ///< of phases
    QColor accent;     ///< buttons, links, what is chosen: 7:1 on surface
    QColor accentText; ///< on accent
    QColor accentSoft; ///< ground of what is chosen
    QColor highlight;  ///< glow behind the current message
    QColor danger;     ///< lost, refused, reset
    QColor dangerSoft;
    QColor good;    ///< completed
    QColor warning; ///< notes
    QColor warningSoft;

    [[nodiscard]] QColor family(diagram::Family family) const; ///< an arrow's and its label's colour
    [[nodiscard]] QColor state(unsigned tone) const;           ///< a state ribbon's
    /// Of the nested boxes that stand for a packet's layers, the link's first; also for the packet pane.
    [[nodiscard]] QColor layer(unsigned depth) const;
    [[nodiscard]] QColor layerSoft(unsigned depth) const; ///< the ground inside such a box

    /// How much larger than drawn the stage is shown before the user's own zoom.
    [[nodiscard]] double stageScale() const;
    /// All text of the stage as large as a message's label.
    [[nodiscard]] bool largeText() const { return name == ThemeName::Projector; }

    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QString styleSheet() const; ///< for QApplication::setStyleSheet
};

const Theme& theme(ThemeName name);
ThemeName themeOfName(const QString& word); ///< "light", "dark", "projector"; anything else is light
QString wordOf(ThemeName name);

/// Contrast of two opaque colours, from 1 to 21 (WCAG 2.2's definition).
double contrast(const QColor& one, const QColor& other);

} // namespace wirestage
