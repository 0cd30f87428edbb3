// SPDX-License-Identifier: GPL-3.0-or-later
// From a source to what is on screen: building the sequence (in the background where it is long), laying it
// out, scrolling.
#include "app/stage/stage_private.h"
#include "app/window/translate.h"

#include <QScrollBar>

#include <cmath>

namespace wirestage {

namespace {

/// Up to so many messages are walked at once; of a longer source the first ones show until the rest is there.
constexpr diagram::Row rowsAtOnce = 50000;
/// A scroll bar counts in int.
constexpr double mostBar = 1'000'000'000;

} // namespace

StageView::Private::Private(StageView* stage) : q(stage) {
    frames.setTimerType(Qt::PreciseTimer);
    frames.setInterval(16);
    pauseTimer.setSingleShot(true);
    QObject::connect(&frames, &QTimer::timeout, q, [this] { tick(); });
    QObject::connect(&pauseTimer, &QTimer::timeout, q, [this] {
        if (isPlaying)
            q->next();
        if (isPlaying && !frames.isActive())
            pauseTimer.start(pauseAfter(current));
    });
}

StageView::Private::~Private() {
    stopBuilding();
}

void StageView::Private::stopBuilding() {
    if (building)
        *building = false;
    if (builder.joinable())
        builder.join();
    building.reset();
}

void StageView::Private::rebuild() {
    stopBuilding();
    if (!source) {
        sequence.reset();
        relayout();
        return;
    }
    diagram::SequenceOptions options;
    options.trueTime = timeIsTrue;
    if (source->size() > rowsAtOnce) {
        buildWhole(options);
        options.first = current == diagram::noRow || current < rowsAtOnce ? 0 : current - rowsAtOnce / 2;
        options.last = options.first + rowsAtOnce - 1;
    }
    take(std::make_shared<diagram::Sequence>(source, options));
}

void StageView::Private::buildWhole(diagram::SequenceOptions options) {
    building = std::make_shared<std::atomic<bool>>(true);
    builder = std::thread([this, options, from = source, going = building] {
        auto made = std::make_shared<diagram::Sequence>(from, options, [&] { return going->load(); });
        if (!going->load())
            return;
        QMetaObject::invokeMethod(
            q,
            [this, made, going] {
                if (!going->load())
                    return;
                take(made);
                if (current != diagram::noRow)
                    bringOnScreen(current);
            },
            Qt::QueuedConnection);
    });
}

void StageView::Private::take(std::shared_ptr<diagram::Sequence> made) {
    sequence = std::move(made);
    relayout();
}

void StageView::Private::relayout() {
    cached.reset();
    const diagram::TypeSizes type = colours.largeText() ? diagram::TypeSizes::large() : diagram::TypeSizes{};
    layout.reset();
    metrics = std::make_unique<QtMetrics>(type);
    painter = std::make_unique<ScenePainter>(colours, type);
    if (sequence) {
        diagram::LayoutOptions options;
        options.type = type;
        options.width = q->viewport()->width() / scale();
        options.words = [](const Text& text) { return wirestage::tr(text).toStdString(); };
        layout = std::make_unique<diagram::Layout>(sequence, *metrics, options);
    }
    updateBars();
    q->viewport()->update();
}

void StageView::Private::foldsChanged() {
    cached.reset();
    updateBars();
    q->viewport()->update();
}

void StageView::Private::updateBars() {
    QScrollBar* vertical = q->verticalScrollBar();
    QScrollBar* horizontal = q->horizontalScrollBar();
    if (!layout) {
        vertical->setRange(0, 0);
        horizontal->setRange(0, 0);
        return;
    }
    const double page = bodyRect().height(), whole = layout->height() * scale();
    const double perStep = std::max(1.0, whole / mostBar);
    vertical->setPageStep(std::max(1, static_cast<int>(page / perStep)));
    vertical->setSingleStep(std::max(1, static_cast<int>(40 * scale() / perStep)));
    vertical->setRange(0, std::max(0, static_cast<int>(std::ceil((whole - page) / perStep))));
    const int width = static_cast<int>(std::ceil(layout->width() * scale() - 0.5));
    horizontal->setPageStep(q->viewport()->width());
    horizontal->setSingleStep(static_cast<int>(60 * scale()));
    horizontal->setRange(0, std::max(0, width - q->viewport()->width()));
}

double StageView::Private::left() const {
    return q->horizontalScrollBar()->value() / scale();
}

double StageView::Private::top() const {
    if (!layout)
        return 0;
    const double perStep = std::max(1.0, layout->height() * scale() / mostBar);
    return q->verticalScrollBar()->value() * perStep / scale();
}

void StageView::Private::scrollTo(double y) {
    if (!layout)
        return;
    const double perStep = std::max(1.0, layout->height() * scale() / mostBar);
    q->verticalScrollBar()->setValue(static_cast<int>(std::lround(y * scale() / perStep)));
}

double StageView::Private::headPixels() const {
    return layout ? std::round(layout->headHeight() * scale()) : 0;
}

QRect StageView::Private::bodyRect() const {
    const QRect all = q->viewport()->rect();
    return all.adjusted(0, std::min(static_cast<int>(headPixels()), all.height()), 0, 0);
}

diagram::Rect StageView::Private::visible() const {
    const QRect body = bodyRect();
    return {left(), top(), body.width() / scale(), body.height() / scale()};
}

const diagram::Scene& StageView::Private::scene() {
    if (!cached)
        cached = layout ? layout->scene(visible()) : diagram::Scene{};
    return *cached;
}

QRect StageView::Private::pixelsOf(const diagram::Rect& r) const {
    const double s = scale();
    return QRectF((r.x - left()) * s, (r.y - top()) * s + headPixels(), r.width * s, r.height * s)
        .toAlignedRect();
}

const diagram::Place* StageView::Private::placeAt(QPoint pixel) {
    if (!bodyRect().contains(pixel))
        return nullptr;
    const diagram::Point at{left() + pixel.x() / scale(), top() + (pixel.y() - headPixels()) / scale()};
    for (const diagram::Place& place : scene().places)
        if (place.area.contains(at))
            return &place;
    return nullptr;
}

const diagram::Place* StageView::Private::placeOf(Row row) {
    for (const diagram::Place& place : scene().places)
        if (row >= place.first && row <= place.last && !(place.fold && place.open))
            return &place;
    return nullptr;
}

/// The whole row, and if there is room the ones around it, so that one sees where the story comes from and
/// goes.
void StageView::Private::bringOnScreen(Row row) {
    if (!layout || sequence->items() == 0)
        return;
    const diagram::Rect where = layout->rowOf(row), seen = visible();
    const double around = std::min(where.height, std::max(0.0, (seen.height - where.height) / 2));
    if (where.y - around * 0.4 < seen.y)
        scrollTo(rowBorder(where.y - around, where.bottom() - seen.height, where.y));
    else if (where.bottom() + around * 0.6 > seen.bottom())
        scrollTo(rowBorder(where.bottom() + around - seen.height, where.bottom() - seen.height, where.y));
    bringSideways(row);
}

/// Of more lifelines than have room: both ends of the arrow if they fit, else the sender's.
void StageView::Private::bringSideways(Row row) {
    QScrollBar* bar = q->horizontalScrollBar();
    if (bar->maximum() == 0 || row >= source->size())
        return;
    const Message message = source->message(row);
    const auto x = [&](HostId host) {
        const std::size_t lane = layout->laneOf(host);
        return lane == diagram::Layout::noLane ? std::optional<double>() : layout->laneX(lane);
    };
    const auto from = x(message.from).has_value() ? x(message.from) : x(message.to);
    if (!from)
        return;
    const double to = x(message.to).value_or(*from);
    const double side = layout->measures().headWidth / 2 + 12, seen = visible().width;
    const bool fits = std::abs(*from - to) + 2 * side <= seen;
    const double begin = (fits ? std::min(*from, to) : *from) - side;
    const double end = (fits ? std::max(*from, to) : *from) + side;
    if (begin < left())
        bar->setValue(static_cast<int>(std::floor(begin * scale())));
    else if (end > left() + seen)
        bar->setValue(static_cast<int>(std::ceil((end - seen) * scale())));
}

/// Was a part of it in a viewport of this height?
bool StageView::Private::isSeen(Row row, int viewportHeight) const {
    if (!layout || row == diagram::noRow || sequence->items() == 0)
        return false;
    const diagram::Rect where = layout->rowOf(row);
    return where.bottom() > top() && where.y < top() + (viewportHeight - headPixels()) / scale();
}

/// The border between two rows that is nearest to y and lies between least and most: no row is cut at the top
/// then. Where there is none, y.
double StageView::Private::rowBorder(double y, double least, double most) const {
    const auto row = layout->rowAt(y);
    if (!row || y <= 0)
        return std::max(0.0, y);
    const diagram::Rect cut = layout->rowOf(*row);
    const double begin = cut.y <= layout->measures().top ? 0 : cut.y; // the first one's phase stands above it
    const bool above = begin >= least, below = cut.bottom() <= most;
    if (above && (!below || y - begin < cut.bottom() - y))
        return begin;
    return below ? cut.bottom() : y;
}

void StageView::scrollContentsBy(int dx, int dy) {
    d->cached.reset();
    // Scrolling up and down moves what is painted; sideways the labels move along with what is seen of their
    // arrows.
    if (dx != 0 || !d->layout || d->covering != Cover::Nothing ||
        d->layout->height() * d->scale() > mostBar) {
        viewport()->update();
        return;
    }
    viewport()->scroll(0, dy, d->bodyRect());
}

} // namespace wirestage
