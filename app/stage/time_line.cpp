// SPDX-License-Identifier: GPL-3.0-or-later
// Few messages stand where their time is but never on each other; many are counted by searching the times, so
// that ten million cost as much as ten thousand.
#include "app/stage/time_line.h"

#include "app/stage/scene_painter.h"
#include "app/window/translate.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace wirestage {

namespace {

constexpr double margin = 14, leastApart = 20, ring = 6.5;

/// The first row at or after a time, the times being in order.
diagram::Row firstAt(const diagram::DiagramSource& source, Time time) {
    diagram::Row low = 0, high = source.size();
    while (low < high) {
        const diagram::Row middle = low + (high - low) / 2;
        if (source.facts(middle).time < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

TimeLine::TimeLine(QWidget* parent) : QAbstractSlider(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setOrientation(Qt::Horizontal);
    setAccessibleName(tr("Time line"));
    colours = theme(ThemeName::Light);
    connect(this, &QAbstractSlider::valueChanged, this, [this] { update(); });
}

QSize TimeLine::sizeHint() const {
    return {400, 30 + fontMetrics().height()};
}
QSize TimeLine::minimumSizeHint() const {
    return {120, 30 + fontMetrics().height()};
}

void TimeLine::setSource(std::shared_ptr<const diagram::DiagramSource> from, std::vector<diagram::Row> few) {
    source = std::move(from);
    steps = std::move(few);
    const diagram::Row size = source ? source->size() : 0;
    begin = size ? source->facts(0).time : 0;
    duration = size ? std::max<Time>(0, source->facts(size - 1).time - begin) : 0;
    setRange(0, static_cast<int>(std::min<diagram::Row>(size ? size - 1 : 0, 2'000'000'000)));
    place();
}

void TimeLine::setTheme(const Theme& theme) {
    colours = theme;
    update();
}

void TimeLine::place() {
    marks.clear();
    density.clear();
    if (source && source->size() > 0) {
        if (!steps.empty() && width() > 2 * margin + leastApart * static_cast<double>(steps.size()))
            placeMarks();
        else
            placeDensity();
    }
    update();
}

double TimeLine::timeX(Time time) const {
    const double room = width() - 2 * margin;
    return margin +
           (duration > 0 ? room * static_cast<double>(time - begin) / static_cast<double>(duration) : 0);
}

void TimeLine::placeMarks() {
    QStringList names;
    for (const diagram::Row row : steps) {
        const diagram::RowFacts facts = source->facts(row);
        names << wirestage::tr(WS_TR("kinds", kind(facts.kind).title));
        marks.push_back({row, timeX(facts.time), diagram::familyOf(facts.kind), names.back(), false});
    }
    // What all names begin with goes without saying: "DHCP".
    const QString first = names.front().section(QLatin1Char(' '), 0, 0) + QLatin1Char(' ');
    const bool shared = names.size() > 1 && std::all_of(names.begin(), names.end(), [&](const QString& n) {
                            return n.startsWith(first);
                        });
    for (Mark& mark : marks)
        if (shared)
            mark.name = mark.name.mid(first.size());
    spread();
    double free = 0;
    for (Mark& mark : marks) {
        const double half = fontMetrics().horizontalAdvance(mark.name) / 2.0;
        const double left = std::clamp(mark.x - half, 0.0, std::max(0.0, width() - 2 * half));
        mark.named = left >= free;
        if (mark.named)
            free = left + 2 * half + 12;
    }
}

/// Marks do not lie on each other, and where there is room for all of their names neither do those.
void TimeLine::spread() {
    double names = 0;
    for (const Mark& mark : marks)
        names += fontMetrics().horizontalAdvance(mark.name) + 14;
    const bool roomForAll = names < width() - 2 * margin;
    const auto apart = [&](const Mark& a, const Mark& b) {
        const int both = fontMetrics().horizontalAdvance(a.name) + fontMetrics().horizontalAdvance(b.name);
        return roomForAll ? std::max(leastApart, both / 2.0 + 14) : leastApart;
    };
    for (std::size_t i = 1; i < marks.size(); ++i)
        marks[i].x = std::max(marks[i].x, marks[i - 1].x + apart(marks[i - 1], marks[i]));
    double most = width() - margin;
    for (std::size_t i = marks.size(); i-- > 0;) {
        marks[i].x = std::min(marks[i].x, most);
        most = marks[i].x - (i > 0 ? apart(marks[i - 1], marks[i]) : 0);
    }
}

void TimeLine::placeDensity() {
    const int pixels = std::max(1, static_cast<int>(width() - 2 * margin));
    std::vector<double> counts(static_cast<std::size_t>(pixels));
    diagram::Row before = 0;
    for (int x = 0; x < pixels; ++x) {
        const Time until = begin + static_cast<Time>(static_cast<double>(duration) * (x + 1) / pixels) + 1;
        const diagram::Row row = x + 1 == pixels ? source->size() : firstAt(*source, until);
        counts[static_cast<std::size_t>(x)] = std::log1p(static_cast<double>(std::max(row, before) - before));
        before = std::max(row, before);
    }
    const double most = std::max(1e-9, *std::max_element(counts.begin(), counts.end()));
    for (const double count : counts)
        density.push_back(static_cast<float>(count / most));
}

double TimeLine::xOf(diagram::Row row) const {
    if (!source || row >= source->size())
        return margin;
    if (marks.empty())
        return timeX(source->facts(row).time);
    // A message inside a fold is where the fold is.
    const auto after =
        std::partition_point(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.row <= row; });
    return after == marks.begin() ? marks.front().x : std::prev(after)->x;
}

diagram::Row TimeLine::rowAt(double x) const {
    if (!source || source->size() == 0)
        return diagram::noRow;
    if (!marks.empty()) {
        const auto nearest = std::min_element(marks.begin(), marks.end(), [&](const Mark& a, const Mark& b) {
            return std::abs(a.x - x) < std::abs(b.x - x);
        });
        return nearest->row;
    }
    const double part = std::clamp((x - margin) / std::max(1.0, width() - 2 * margin), 0.0, 1.0);
    return std::min(firstAt(*source, begin + static_cast<Time>(part * static_cast<double>(duration))),
                    source->size() - 1);
}

void TimeLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double y = marks.empty() ? height() / 2.0 : 16;
    const double until = source && source->size() ? xOf(static_cast<diagram::Row>(value())) : margin;
    const QColor rest = mix(colours.lifeline, colours.surface, 0.5);
    if (!density.empty())
        paintDensity(painter, y, until);
    painter.setPen(QPen(rest, 6, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(margin, y), QPointF(width() - margin, y));
    painter.setPen(QPen(colours.accent, 6, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(margin, y), QPointF(until, y));
    paintMarks(painter, y);
    if (source && source->size()) {
        painter.setPen(QPen(colours.surface, 2));
        painter.setBrush(colours.accent);
        painter.drawEllipse(QPointF(until, y), 10, 10);
    }
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    }
}

void TimeLine::setComingHidden(bool on) {
    comingHidden = on;
    update();
}

void TimeLine::paintMarks(QPainter& painter, double y) {
    for (const Mark& mark : marks) {
        painter.setPen(QPen(colours.family(mark.family), 2.5));
        painter.setBrush(colours.surface);
        painter.drawEllipse(QPointF(mark.x, y), ring, ring);
        if (!mark.named || !isTold(mark.row))
            continue;
        painter.setPen(colours.quietText);
        const double w = fontMetrics().horizontalAdvance(mark.name);
        const double left = std::clamp(mark.x - w / 2, 0.0, std::max(0.0, width() - w));
        painter.drawText(QPointF(left, y + 14 + fontMetrics().ascent()), mark.name);
    }
}

void TimeLine::paintDensity(QPainter& painter, double y, double until) {
    const double most = height() / 2.0 - 6;
    for (std::size_t i = 0; i < density.size(); ++i) {
        if (density[i] <= 0)
            continue;
        const double x = margin + static_cast<double>(i), reach = 4 + density[i] * most;
        const QColor color = x <= until ? colours.accent : colours.lifeline;
        painter.fillRect(QRectF(x, y - reach, 1, 2 * reach), mix(color, colours.surface, 0.55));
    }
}

void TimeLine::resizeEvent(QResizeEvent*) {
    place();
}

void TimeLine::mousePressEvent(QMouseEvent* event) {
    if (const diagram::Row row = rowAt(event->position().x()); row != diagram::noRow)
        emit chosen(row);
}

void TimeLine::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton)
        mousePressEvent(event);
}

void TimeLine::keyPressEvent(QKeyEvent* event) {
    const int before = value();
    QAbstractSlider::keyPressEvent(event);
    if (value() != before)
        emit chosen(static_cast<quint64>(value()));
}

bool TimeLine::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && !marks.empty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const diagram::Row row = rowAt(help->pos().x());
        // A fold's mark stands for all of its messages.
        const auto after = std::upper_bound(marks.begin(), marks.end(), row,
                                            [](diagram::Row at, const Mark& mark) { return at < mark.row; });
        const Mark& mark = after == marks.begin() ? *after : *std::prev(after);
        const QString when = secondsSince(source->facts(row).time - begin);
        QToolTip::showText(help->globalPos(),
                           isTold(mark.row) ? mark.name + QStringLiteral(", ") + when : when, this);
        return true;
    }
    return QAbstractSlider::event(event);
}

} // namespace wirestage
