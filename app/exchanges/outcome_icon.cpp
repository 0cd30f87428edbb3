// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes: a tick for what went well; a barred circle, a lock, a question mark, a cross and so on for what
// did not.
#include "app/exchanges/outcome_icon.h"

#include <QPainter>

namespace wirestage {
namespace {

void line(QPainterPath& path, std::initializer_list<QPointF> points) {
    bool first = true;
    for (const QPointF& point : points) {
        first ? path.moveTo(point) : path.lineTo(point);
        first = false;
    }
}

void circle(QPainterPath& path) {
    path.addEllipse(QPointF(8, 8), 6.5, 6.5);
}

QPainterPath lock() {
    QPainterPath path;
    path.addRect(QRectF(3, 7.5, 10, 7));
    path.moveTo(5, 7.5);
    path.lineTo(5, 5);
    path.arcTo(QRectF(5, 1.5, 6, 7), 180, -180);
    path.lineTo(11, 7.5);
    return path;
}

QPainterPath hourglass() {
    QPainterPath path;
    line(path, {{3.5, 1.5}, {12.5, 1.5}, {3.5, 14.5}, {12.5, 14.5}, {3.5, 1.5}});
    return path;
}

QPainterPath questionMark() {
    QPainterPath path;
    path.moveTo(4, 5.5);
    path.cubicTo({4, 0}, {12.5, 0}, {12, 5.5});
    path.cubicTo({11.5, 8}, {8, 7.5}, {8, 10.5});
    line(path, {{8, 13}, {8, 14.5}});
    return path;
}

} // namespace

QPainterPath outcomeShape(Outcome outcome) {
    QPainterPath path;
    switch (outcome) {
    case Outcome::Completed: line(path, {{2, 8.5}, {6.5, 13}, {14, 3}}); break;
    case Outcome::Refused:
        circle(path);
        line(path, {{3.5, 3.5}, {12.5, 12.5}});
        break;
    case Outcome::Denied: return lock();
    case Outcome::NotFound: return questionMark();
    case Outcome::Reset:
        line(path, {{2.5, 2.5}, {13.5, 13.5}});
        line(path, {{13.5, 2.5}, {2.5, 13.5}});
        break;
    case Outcome::Timeout: return hourglass();
    case Outcome::Failed:
        line(path, {{8, 1.5}, {15, 14}, {1, 14}, {8, 1.5}});
        line(path, {{8, 6}, {8, 9.5}});
        line(path, {{8, 11.5}, {8, 12}});
        break;
    case Outcome::Unanswered:
        line(path, {{1, 8}, {9, 8}});
        line(path, {{6, 5}, {9, 8}, {6, 11}});
        line(path, {{12, 8}, {12.5, 8}});
        line(path, {{15, 8}, {15.2, 8}});
        break;
    case Outcome::CutOff:
        line(path, {{1, 8}, {7, 8}});
        line(path, {{8, 2}, {10, 6}, {7, 10}, {9, 14}});
        break;
    case Outcome::Ongoing: line(path, {{4, 2}, {13, 8}, {4, 14}, {4, 2}}); break;
    }
    return path;
}

OutcomeMood moodOf(Outcome outcome) {
    switch (outcome) {
    case Outcome::Completed: return OutcomeMood::Good;
    case Outcome::CutOff:
    case Outcome::Ongoing: return OutcomeMood::Open;
    default: return OutcomeMood::Bad;
    }
}

void paintOutcome(QPainter& painter, const QRectF& where, Outcome outcome, const QColor& color) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(where.topLeft());
    painter.scale(where.width() / 16, where.height() / 16);
    painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outcomeShape(outcome));
    painter.restore();
}

} // namespace wirestage
