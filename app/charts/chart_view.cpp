// SPDX-License-Identifier: GPL-3.0-or-later
// Qt Charts draws the lines; the playhead is a line of our own over them, so that a step repaints little.
#include "app/charts/chart_view.h"

#include <QChart>
#include <QGraphicsLineItem>
#include <QKeyEvent>
#include <QLegend>
#include <QLineSeries>
#include <QMouseEvent>
#include <QScatterSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace wirestage {
namespace {

/// A line's corners: a value lasts until the next one.
QList<QPointF> corners(const series::Points& points, bool steps) {
    QList<QPointF> all;
    all.reserve(static_cast<qsizetype>(points.size() * (steps ? 2 : 1)));
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (steps && i > 0)
            all << QPointF(points[i].seconds, points[i - 1].value);
        all << QPointF(points[i].seconds, points[i].value);
    }
    return all;
}

} // namespace

ChartView::ChartView(QWidget* parent)
    : QChartView(parent), time(new QValueAxis), value(new QValueAxis), headLine(new QGraphicsLineItem),
      colours(theme(ThemeName::Light)) {
    setFocusPolicy(Qt::StrongFocus);
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setMinimumSize(200, 110);
    time->setTitleText(tr("Seconds since the connection began"));
    value->setLabelFormat(QStringLiteral("%.0f"));
    chart()->addAxis(time, Qt::AlignBottom);
    chart()->addAxis(value, Qt::AlignLeft);
    chart()->setMargins(QMargins(4, 0, 8, 0));
    chart()->setBackgroundRoundness(0);
    chart()->legend()->setAlignment(Qt::AlignTop);
    chart()->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
    headLine->setParentItem(chart());
    headLine->setZValue(20);
    connect(chart(), &QChart::plotAreaChanged, this, &ChartView::placeHead);
}

void ChartView::setLines(std::vector<ChartLine> lines, const QString& axis, double seconds) {
    shown = std::move(lines);
    chart()->removeAllSeries();
    double least = 0, most = 0;
    bool any = false;
    for (const ChartLine& line : shown)
        for (const series::Point& point : line.points) {
            least = any ? std::min(least, point.value) : std::min(0.0, point.value);
            most = any ? std::max(most, point.value) : point.value;
            any = true;
        }
    value->setTitleText(axis);
    value->setRange(least, most > least ? most * 1.04 : least + 1);
    value->applyNiceNumbers();
    value->setLabelFormat(most - least < 10 ? QStringLiteral("%.2f") : QStringLiteral("%.0f"));
    time->setRange(0, seconds > 0 ? seconds : 1);
    time->setLabelFormat(seconds < 0.1  ? QStringLiteral("%.4f")
                         : seconds < 10 ? QStringLiteral("%.2f")
                                        : QStringLiteral("%.0f"));
    for (const ChartLine& line : shown)
        addLine(line);
    colour();
    placeHead();
}

void ChartView::addLine(const ChartLine& line) {
    using Mark = ChartLine::Mark;
    QXYSeries* made = nullptr;
    if (line.mark == Mark::Dots || line.mark == Mark::Triangles) {
        auto* dots = new QScatterSeries;
        dots->setMarkerShape(line.mark == Mark::Dots ? QScatterSeries::MarkerShapeCircle
                                                     : QScatterSeries::MarkerShapeTriangle);
        dots->setMarkerSize(line.mark == Mark::Dots ? 6 : 11);
        dots->setBorderColor(Qt::transparent);
        made = dots;
    } else {
        made = new QLineSeries;
        QPen pen(line.color, 2);
        pen.setStyle(line.mark == Mark::DashedSteps || line.mark == Mark::DashedLine ? Qt::DashLine
                                                                                     : Qt::SolidLine);
        made->setPen(pen);
    }
    made->setColor(line.color);
    made->setName(line.name);
    made->replace(corners(line.points, line.mark == Mark::Steps || line.mark == Mark::DashedSteps));
    chart()->addSeries(made);
    made->attachAxis(time);
    made->attachAxis(value);
    if (line.mark == Mark::Line && line.points.size() < 80) // one sees where they were measured
        made->setPointsVisible(true);
}

void ChartView::setTheme(const Theme& theme) {
    colours = theme;
    colour();
}

void ChartView::colour() {
    setBackgroundBrush(colours.surface);
    chart()->setBackgroundBrush(colours.surface);
    chart()->setBackgroundPen(Qt::NoPen);
    for (QValueAxis* axis : {time, value}) {
        axis->setLabelsColor(colours.text);
        axis->setTitleBrush(colours.text);
        axis->setLinePenColor(colours.lifeline);
        axis->setGridLineColor(colours.border);
        axis->setLabelsFont(font());
        axis->setTitleFont(font());
    }
    chart()->legend()->setLabelColor(colours.text);
    chart()->legend()->setFont(font());
    headLine->setPen(QPen(colours.text, 2, Qt::DotLine));
}

void ChartView::setPlayhead(std::optional<double> seconds) {
    head = seconds;
    placeHead();
}

void ChartView::placeHead() {
    const QRectF area = chart()->plotArea();
    headLine->setVisible(head && *head >= time->min() && *head <= time->max() && area.isValid());
    if (!headLine->isVisible())
        return;
    const double x = area.left() + (*head - time->min()) / (time->max() - time->min()) * area.width();
    headLine->setLine(x, area.top(), x, area.bottom());
}

PacketIndex ChartView::packetAt(const QPointF& place) const {
    const QRectF area = chart()->plotArea();
    const double wide = time->max() - time->min(), high = value->max() - value->min();
    const QPointF in = chart()->mapFromScene(mapToScene(place.toPoint()));
    PacketIndex best = none;
    double closest = 1e18;
    for (const ChartLine& line : shown)
        for (const series::Point& point : line.points) {
            if (point.packet == none)
                continue;
            const double dx = area.left() + (point.seconds - time->min()) / wide * area.width() - in.x();
            const double dy = area.bottom() - (point.value - value->min()) / high * area.height() - in.y();
            if (const double distance = dx * dx + dy * dy; distance < closest) {
                closest = distance;
                best = point.packet;
            }
        }
    return best;
}

PacketIndex ChartView::neighbour(bool forward) const {
    PacketIndex best = none;
    double closest = 1e18;
    const double from = head.value_or(forward ? -1 : 1e18);
    for (const ChartLine& line : shown)
        for (const series::Point& point : line.points) {
            const double way = forward ? point.seconds - from : from - point.seconds;
            if (point.packet != none && way > 1e-9 && way < closest) {
                closest = way;
                best = point.packet;
            }
        }
    return best;
}

void ChartView::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    if (event->button() == Qt::LeftButton)
        if (const PacketIndex packet = packetAt(event->position()); packet != none)
            emit packetChosen(packet);
    event->accept();
}

void ChartView::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right)
        return QChartView::keyPressEvent(event);
    if (const PacketIndex packet = neighbour(event->key() == Qt::Key_Right); packet != none)
        emit packetChosen(packet);
    event->accept();
}

void ChartView::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    const bool room = event->size().height() > 190;
    chart()->legend()->setVisible(shown.size() > 1 && event->size().height() > 130);
    time->setTitleVisible(room);
    value->setTitleVisible(room);
    value->setTickCount(room ? 5 : 3);
    time->setTickCount(event->size().width() > 700 ? 9 : 5);
    placeHead();
}

} // namespace wirestage
