// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a diagram's scene with QPainter in a theme's colours: on the stage, in pictures and on paper.
#pragma once

#include "app/stage/qt_metrics.h"
#include "app/stage/theme.h"
#include "core/diagram/scene.h"

#include <QPainter>
#include <QStaticText>

#include <optional>

namespace wirestage {

/// How far the story has been told.
struct Told {
    diagram::Row until = diagram::noRow; ///< messages behind this one are pale; noRow: everything is told
    double untilY = 1e18;                ///< ribbons below are pale
    std::optional<diagram::Row> current; ///< has a glow
    /// The part of the current arrow that the travelling packet has passed, 1: it has arrived.
    double travelled = 1;
    bool comingHidden = false; ///< what would be pale is not shown at all: it is to be foreseen
};

class ScenePainter {
public:
    ScenePainter(const Theme& theme, const diagram::TypeSizes& sizes);

    void heads(QPainter& painter, const diagram::Scene& scene);
    /// Primitives outside of `part` (in the scene's units) are skipped.
    void body(QPainter& painter, const diagram::Scene& scene, const Told& told, const QRectF& part);
    /// Cached text was made for one scale: forget it when that changes.
    void forgetText() { texts.clear(); }
    /// By what the primitive means, before anything pales.
    [[nodiscard]] QColor colour(const diagram::Primitive& p) const;
    /// Paper and pictures have no use for cached text.
    void setCaching(bool on) { caching = on; }

private:
    struct Ink;
    [[nodiscard]] QColor statusColour(diagram::LaidStatus status) const;
    void primitive(QPainter& painter, const diagram::Primitive& p, const Told& told);
    void line(QPainter& painter, const diagram::Primitive& p, bool pale, const Told& told);
    void box(QPainter& painter, const diagram::Primitive& p, bool pale, const Told& told);
    void ribbon(QPainter& painter, const diagram::Primitive& p, const Told& told);
    void gap(QPainter& painter, const diagram::Primitive& p);
    void triangle(QPainter& painter, const diagram::Primitive& p, bool pale);
    void text(QPainter& painter, const diagram::Primitive& p, bool pale);
    void icon(QPainter& painter, const diagram::Primitive& p);
    void glow(QPainter& painter, const diagram::Place& place);
    [[nodiscard]] QColor shade(const QColor& color, bool pale) const;

    Theme colours;
    std::array<QFont, static_cast<std::size_t>(diagram::Font::count)> fonts;
    QHash<QByteArray, QStaticText> texts;
    bool caching = true;
};

/// The packet that travels: a layer's box inside the one that carries it, for as many as there are.
void paintPacket(QPainter& painter, const Theme& theme, QPointF middle, int layers);

/// A colour between two, 0: the first.
QColor mix(const QColor& one, const QColor& other, double part);

} // namespace wirestage
