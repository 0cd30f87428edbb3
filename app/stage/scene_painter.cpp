// SPDX-License-Identifier: GPL-3.0-or-later
// One small function for each shape; colours come from the theme by role.
#include "app/stage/scene_painter.h"

#include <QPainterPath>

#include <cmath>

namespace wirestage {

using diagram::Primitive;
using diagram::Role;
using diagram::Shape;

namespace {

constexpr qsizetype textsKept = 4000;
constexpr double palePart = 0.55; ///< of the ground in what has not been told yet

QRectF rectOf(const diagram::Rect& r) {
    return {r.x, r.y, r.width, r.height};
}
QPointF pointOf(diagram::Point p) {
    return {p.x, p.y};
}

bool outside(const Primitive& p, const QRectF& part) {
    double top = 0, bottom = 0;
    switch (p.shape) {
    case Shape::Line:
    case Shape::Triangle:
        top = std::min(p.from.y, p.to.y) - 10;
        bottom = std::max(p.from.y, p.to.y) + 10;
        break;
    case Shape::Text:
        top = p.text.at.y - 30;
        bottom = p.text.at.y + 12;
        break;
    default:
        top = p.box.y - 3;
        bottom = p.box.bottom() + 3;
        break;
    }
    return bottom < part.top() || top > part.bottom();
}

} // namespace

QColor mix(const QColor& one, const QColor& other, double part) {
    const auto between = [&](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * part)); };
    return {between(one.red(), other.red()), between(one.green(), other.green()),
            between(one.blue(), other.blue())};
}

ScenePainter::ScenePainter(const Theme& theme, const diagram::TypeSizes& sizes)
    : colours(theme), fonts(stageFonts(sizes)) {}

QColor ScenePainter::shade(const QColor& color, bool pale) const {
    return pale ? mix(color, colours.ground, palePart) : color;
}

QColor ScenePainter::colour(const Primitive& p) const {
    switch (p.role) {
    case Role::Lifeline:
    case Role::GapMark: return colours.lifeline;
    case Role::PhaseFrame:
    case Role::PhaseTab: return colours.frame;
    case Role::HeadDetail:
    case Role::PhaseTitle:
    case Role::TimeText:
    case Role::GapText:
    case Role::Timer:
    case Role::TimerEnd:
    case Role::TimerName: return colours.quietText;
    case Role::LostCross: return colours.danger;
    case Role::Expected:
    case Role::ExpectedHead: return mix(colours.quietText, colours.ground, 0.25);
    case Role::ExpectedTime: return colours.quietText;
    case Role::StatusBox:
    case Role::StatusText: return statusColour(static_cast<diagram::LaidStatus>(p.tone));
    case Role::ChipText:
    case Role::ChipBox: return colours.warning;
    case Role::Arrow:
    case Role::ArrowHead:
    case Role::Hearer:
    case Role::EndMark:
    case Role::Label:
    case Role::BorderName:
    case Role::FoldBox:
    case Role::FoldSign:
    case Role::FoldBracket: return colours.family(p.family);
    default: return colours.text;
    }
}

QColor ScenePainter::statusColour(diagram::LaidStatus status) const {
    switch (status) {
    case diagram::LaidStatus::Matched: return colours.good;
    case diagram::LaidStatus::Repeated:
    case diagram::LaidStatus::OutOfOrder: return colours.warning;
    case diagram::LaidStatus::Missing:
    case diagram::LaidStatus::RuleBroken: return colours.danger;
    case diagram::LaidStatus::Awaited:
    case diagram::LaidStatus::Unexpected:
    case diagram::LaidStatus::count: break;
    }
    return colours.quietText;
}

void ScenePainter::heads(QPainter& painter, const diagram::Scene& scene) {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Primitive& p : scene.heads)
        primitive(painter, p, {});
}

void ScenePainter::body(QPainter& painter, const diagram::Scene& scene, const Told& told,
                        const QRectF& part) {
    painter.setRenderHint(QPainter::Antialiasing);
    bool glowing = false;
    for (const Primitive& p : scene.body) {
        if (outside(p, part))
            continue;
        // The glow lies below the arrow but above lifelines and ribbons.
        if (told.current && !glowing && p.row == *told.current && p.role != Role::Ribbon &&
            p.role != Role::RibbonInferred && p.role != Role::StateName) {
            glowing = true;
            for (const diagram::Place& place : scene.places)
                if (place.first == *told.current && !place.fold)
                    glow(painter, place);
        }
        primitive(painter, p, told);
    }
}

void ScenePainter::primitive(QPainter& painter, const Primitive& p, const Told& told) {
    const bool pale = told.until != diagram::noRow && p.row != diagram::noRow && p.row > told.until;
    if (pale && told.comingHidden)
        return;
    switch (p.shape) {
    case Shape::Line: line(painter, p, pale, told); break;
    case Shape::Box: box(painter, p, pale, told); break;
    case Shape::Triangle: triangle(painter, p, pale || (told.current == p.row && told.travelled < 1)); break;
    case Shape::Text: text(painter, p, pale); break;
    case Shape::Circle:
        painter.setPen(QPen(shade(colour(p), pale), 2.5));
        painter.setBrush(colours.surface);
        painter.drawEllipse(rectOf(p.box));
        break;
    case Shape::Cross: {
        painter.setPen(QPen(shade(colour(p), pale), 4, Qt::SolidLine, Qt::RoundCap));
        const QRectF r = rectOf(p.box);
        painter.drawLine(r.topLeft(), r.bottomRight());
        painter.drawLine(r.bottomLeft(), r.topRight());
        break;
    }
    case Shape::Loop: {
        painter.setPen(QPen(shade(colour(p), pale), 3));
        painter.setBrush(Qt::NoBrush);
        QPainterPath path(QPointF(p.box.x, p.box.y));
        path.cubicTo(p.box.right(), p.box.y, p.box.right(), p.box.bottom(), p.box.x + 12, p.box.bottom());
        painter.drawPath(path);
        break;
    }
    }
}

void ScenePainter::line(QPainter& painter, const Primitive& p, bool pale, const Told& told) {
    const double width = p.role == Role::Arrow ? 3 : p.role == Role::EndMark ? 2.5 : 2;
    const QPointF from = pointOf(p.from), to = pointOf(p.to);
    QPen pen(shade(colour(p), pale), width);
    if (p.dashed)
        pen.setDashPattern(p.role == Role::Expected ? QList<qreal>{1.2, 1.8}
                           : p.role == Role::Hearer ? QList<qreal>{3.5, 2.5}
                                                    : QList<qreal>{4, 2});
    const bool travelling = p.role == Role::Arrow && told.current == p.row && told.travelled < 1;
    if (travelling) {
        QPen ahead = pen;
        ahead.setColor(shade(colour(p), true));
        painter.setPen(ahead);
        painter.drawLine(from, to);
    }
    painter.setPen(pen);
    painter.drawLine(from, travelling ? from + (to - from) * told.travelled : to);
}

void ScenePainter::box(QPainter& painter, const Primitive& p, bool pale, const Told& told) {
    QPen pen(shade(colour(p), pale), 1.2);
    QBrush brush = Qt::NoBrush;
    switch (p.role) {
    case Role::Ribbon:
    case Role::RibbonInferred: ribbon(painter, p, told); return;
    case Role::GapMark: gap(painter, p); return;
    case Role::HeadIcon: icon(painter, p); return;
    case Role::Head:
        pen = QPen(colours.border, 1);
        brush = colours.name == ThemeName::Dark ? colours.surface
                                                : mix(colours.surface, colours.accentSoft, 0.25);
        break;
    case Role::StatusBox:
        pen.setWidthF(1.6);
        brush = colours.surface;
        break;
    case Role::PhaseTab: brush = colours.surface; break;
    case Role::ChipBox: brush = shade(colours.warningSoft, pale); break;
    case Role::FoldBox:
        pen.setStyle(Qt::DashLine);
        brush = colours.surface;
        if (told.current == p.row) {
            pen = QPen(colour(p), 2.5);
            brush = colours.highlight;
        }
        break;
    default: break;
    }
    painter.setPen(pen);
    painter.setBrush(brush);
    painter.drawRoundedRect(rectOf(p.box), p.radius, p.radius);
}

/// Full colour for what has been, pale for what is to come; hatched where the state is a conclusion.
void ScenePainter::ribbon(QPainter& painter, const Primitive& p, const Told& told) {
    const QRectF whole = rectOf(p.box);
    const QColor full = colours.state(p.tone);
    const auto fill = [&](bool pale) {
        const QColor color = pale ? mix(full, colours.ground, 0.6) : full;
        painter.setPen(QPen(pale ? mix(colours.lifeline, colours.ground, 0.6) : colours.lifeline, 1));
        painter.setBrush(color);
        painter.drawRoundedRect(whole, p.radius, p.radius);
        if (p.role == Role::RibbonInferred) {
            painter.setBrush(QBrush(painter.pen().color(), Qt::BDiagPattern));
            painter.drawRoundedRect(whole, p.radius, p.radius);
        }
    };
    const auto clipped = [&](const QRectF& part, bool pale) {
        if (part.height() <= 0)
            return;
        painter.save();
        painter.setClipRect(part.adjusted(-2, 0, 2, 0), Qt::IntersectClip);
        fill(pale);
        painter.restore();
    };
    if (told.untilY >= whole.bottom())
        return fill(false);
    if (told.untilY <= whole.top()) {
        if (!told.comingHidden)
            fill(true);
        return;
    }
    clipped(QRectF(whole.left(), whole.top() - 2, whole.width(), told.untilY - whole.top() + 2), false);
    if (!told.comingHidden)
        clipped(QRectF(whole.left(), told.untilY, whole.width(), whole.bottom() - told.untilY + 2), true);
}

/// A lifeline is broken where time is left out.
void ScenePainter::gap(QPainter& painter, const Primitive& p) {
    const QRectF r = rectOf(p.box);
    painter.fillRect(r.adjusted(-4, 2, 4, -2), colours.ground);
    painter.setPen(QPen(colours.lifeline, 2));
    for (const double y : {r.top() + 3, r.bottom() - 3})
        painter.drawLine(QPointF(r.left(), y + 3), QPointF(r.right(), y - 3));
}

void ScenePainter::triangle(QPainter& painter, const Primitive& p, bool pale) {
    const QPointF tip = pointOf(p.to), back = pointOf(p.from);
    const QPointF along = tip - back;
    const double length = std::hypot(along.x(), along.y());
    if (length <= 0)
        return;
    const QPointF across =
        QPointF(-along.y(), along.x()) / length * (p.role == Role::FoldSign ? length * 0.6 : 7.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(shade(colour(p), pale));
    painter.drawPolygon(QPolygonF{tip, back + across, back - across});
}

void ScenePainter::text(QPainter& painter, const Primitive& p, bool pale) {
    const QFont& font = fonts[static_cast<std::size_t>(p.text.font)];
    const double size = font.pixelSize();
    // What crosses a lifeline or a ribbon stands on a plate of the ground's colour.
    if (p.role == Role::Label || p.role == Role::Summary || p.role == Role::StateName ||
        p.role == Role::BorderName || p.role == Role::TimeText || p.role == Role::GapText)
        painter.fillRect(QRectF(p.text.left() - 3, p.text.at.y - size * 0.86, p.text.width + 6, size * 1.12),
                         colours.ground);
    painter.setPen(shade(colour(p), pale));
    painter.setFont(font);
    if (!caching) {
        painter.drawText(QPointF(p.text.left(), p.text.at.y), QString::fromStdString(p.text.words));
        return;
    }
    QByteArray key = QByteArray::fromStdString(p.text.words);
    key.append(static_cast<char>(p.text.font));
    auto found = texts.find(key);
    if (found == texts.end()) {
        if (texts.size() >= textsKept)
            texts.clear();
        QStaticText made(QString::fromStdString(p.text.words));
        made.setTextFormat(Qt::PlainText);
        made.setPerformanceHint(QStaticText::AggressiveCaching);
        made.prepare(painter.transform(), font);
        found = texts.insert(key, made);
    }
    const double ascent = QFontMetricsF(font).ascent();
    painter.drawStaticText(QPointF(p.text.left(), p.text.at.y - ascent), *found);
}

void ScenePainter::glow(QPainter& painter, const diagram::Place& place) {
    painter.setPen(QPen(colours.highlight, 16, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(pointOf(place.from), pointOf(place.to));
}

void ScenePainter::icon(QPainter& painter, const Primitive& p) {
    const QRectF r = rectOf(p.box);
    painter.setPen(QPen(colours.text, 2));
    painter.setBrush(Qt::NoBrush);
    const double x = r.left(), y = r.top();
    switch (p.icon) {
    case diagram::Icon::Server:
        for (int shelf = 0; shelf < 3; ++shelf) {
            painter.drawRoundedRect(QRectF(x + 7, y + shelf * 10, 26, 8), 2, 2);
            painter.drawPoint(QPointF(x + 13, y + shelf * 10 + 4));
            painter.drawLine(QPointF(x + 20, y + shelf * 10 + 4), QPointF(x + 28, y + shelf * 10 + 4));
        }
        break;
    case diagram::Icon::Router:
        painter.drawEllipse(QRectF(x + 5, y, 30, 30));
        for (const double way : {-1.0, 1.0}) {
            painter.drawLine(QPointF(x + 20 + way * 3, y + 15), QPointF(x + 20 + way * 11, y + 15));
            painter.drawLine(QPointF(x + 20 + way * 11, y + 15), QPointF(x + 20 + way * 7, y + 11));
            painter.drawLine(QPointF(x + 20 + way * 11, y + 15), QPointF(x + 20 + way * 7, y + 19));
            painter.drawLine(QPointF(x + 20, y + 15 + way * 3), QPointF(x + 20, y + 15 + way * 11));
        }
        break;
    default:
        painter.drawRoundedRect(QRectF(x + 5, y + 2, 30, 20), 3, 3);
        painter.setPen(QPen(colours.text, 2.5));
        painter.drawLine(QPointF(x, y + 27), QPointF(x + 40, y + 27));
        break;
    }
}

void paintPacket(QPainter& painter, const Theme& theme, QPointF middle, int layers) {
    QRectF box(middle.x() - 46, middle.y() - 15, 92, 30);
    painter.setPen(QPen(theme.surface, 2));
    for (int depth = 0; depth < layers; ++depth) {
        const bool innermost = depth == 3;
        painter.setBrush(innermost ? QColor(0xf3, 0xb0, 0x83) : theme.layer(static_cast<unsigned>(depth)));
        painter.drawRoundedRect(box, 6 - depth, 6 - depth);
        painter.setPen(Qt::NoPen);
        box.adjust(8, depth == 0 ? 4 : 3, -8, depth == 0 ? -4 : -3);
    }
}

} // namespace wirestage
