// SPDX-License-Identifier: GPL-3.0-or-later
// The stage's state: what is shown, which message is current, and how one moves through them.
#include "app/stage/stage_view.h"

#include "app/stage/stage_private.h"

#include <QEvent>
#include <QLabel>
#include <QResizeEvent>
#include <QScrollBar>

namespace wirestage {

namespace {

constexpr double leastZoom = 0.5, mostZoom = 4, zoomStep = 1.15;

} // namespace

StageView::StageView(QWidget* parent) : QAbstractScrollArea(parent), d(std::make_unique<Private>(this)) {
    d->note = new QLabel(this);
    d->note->setAttribute(Qt::WA_TransparentForMouseEvents);
    d->note->setTextFormat(Qt::PlainText);
    d->note->hide();
    installStageAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    // Lifelines keep their sides in every language: the protocol has no direction of reading.
    setLayoutDirection(Qt::LeftToRight);
    setAccessibleName(tr("Sequence diagram"));
    d->relayout();
}

StageView::~StageView() = default;

void StageView::setSource(std::shared_ptr<const diagram::DiagramSource> source, Row around) {
    pause();
    d->endTravel();
    d->source = std::move(source);
    d->current = rowCount() ? std::min(around, rowCount() - 1) : diagram::noRow;
    d->rebuild();
    emit sourceChanged();
    emit currentChanged(d->current);
    if (d->current != diagram::noRow)
        d->bringOnScreen(d->current);
}

std::shared_ptr<const diagram::DiagramSource> StageView::source() const {
    return d->source;
}

void StageView::setTheme(const Theme& theme) {
    d->colours = theme;
    d->relayout();
    d->placeNote();
}

void StageView::setTrueTime(bool on) {
    if (on == d->timeIsTrue)
        return;
    d->timeIsTrue = on;
    d->rebuild();
    if (d->current != diagram::noRow)
        d->bringOnScreen(d->current);
}

bool StageView::trueTime() const {
    return d->timeIsTrue;
}

void StageView::setReducedMotion(bool on) {
    d->reducedMotion = on;
    if (on)
        d->endTravel();
}

void StageView::setZoom(double factor) {
    factor = std::clamp(factor, leastZoom, mostZoom);
    if (qFuzzyCompare(factor, d->zoom))
        return;
    d->zoom = factor;
    d->relayout();
    d->placeNote();
    if (d->current != diagram::noRow)
        d->bringOnScreen(d->current);
    emit zoomChanged(factor);
}

double StageView::zoom() const {
    return d->zoom;
}

void StageView::setCover(Cover cover) {
    d->covering = cover;
    viewport()->update();
    d->placeNote();
}

void StageView::setNote(const QString& words) {
    d->note->setText(words);
    d->placeNote();
}

QString StageView::note() const {
    return d->note->text();
}

/// Above what is painted and never scrolled with it; a black screen is black.
void StageView::Private::placeNote() {
    note->setVisible(!note->text().isEmpty() && covering == Cover::Nothing);
    note->setStyleSheet(QStringLiteral("QLabel { background: %1; color: %2; border: 1px solid %3; "
                                       "border-radius: 4px; padding: 3px 9px; font-size: %4px; }")
                            .arg(colours.surface.name(), colours.quietText.name(), colours.border.name())
                            .arg(qRound(14 * scale()))); // as large as what it stands beside
    note->adjustSize();
    constexpr int fromEdge = 10;
    const QRect room = q->viewport()->geometry();
    note->move(room.right() - note->width() - fromEdge, room.bottom() - note->height() - fromEdge);
    note->raise();
}

StageView::Cover StageView::cover() const {
    return d->covering;
}
StageView::Row StageView::current() const {
    return d->current;
}
bool StageView::playing() const {
    return d->isPlaying;
}
double StageView::speed() const {
    return d->playSpeed;
}
StageView::Row StageView::rowCount() const {
    return d->source ? d->source->size() : 0;
}

void StageView::next() {
    setCover(Cover::Nothing);
    // A step while a packet is on its way brings it there first.
    d->endTravel();
    const auto row = d->neighbour(1);
    if (!row)
        pause();
    else if (d->gate && !d->gate(*row))
        pause();
    else
        d->makeCurrent(*row, true);
}

void StageView::setComingHidden(bool on) {
    d->comingHidden = on;
    viewport()->update();
    emit comingHiddenChanged();
}

bool StageView::comingHidden() const {
    return d->comingHidden;
}

void StageView::setGate(std::function<bool(Row)> gate) {
    d->gate = std::move(gate);
}

void StageView::previous() {
    setCover(Cover::Nothing);
    pause();
    d->endTravel();
    if (const auto row = d->neighbour(-1))
        d->makeCurrent(*row, false);
}

void StageView::first() {
    pause();
    if (rowCount())
        jumpTo(0);
}

void StageView::last() {
    pause();
    if (rowCount())
        jumpTo(d->rowOfItem(d->sequence->itemOf(rowCount() - 1)));
}

void StageView::play() {
    if (d->isPlaying || rowCount() == 0)
        return;
    d->isPlaying = true;
    emit playingChanged(true);
    if (!d->neighbour(1))
        d->makeCurrent(0, true);
    else
        next();
    // Without a packet to wait for, the pause between two messages starts at once.
    if (d->isPlaying && !d->frames.isActive())
        d->pauseTimer.start(d->pauseAfter(d->current));
}

void StageView::pause() {
    d->pauseTimer.stop();
    if (!d->isPlaying)
        return;
    d->isPlaying = false;
    emit playingChanged(false);
}

void StageView::togglePlay() {
    d->isPlaying ? pause() : play();
}

void StageView::setSpeed(double factor) {
    d->playSpeed = std::clamp(factor, 0.25, 8.0);
    emit speedChanged(d->playSpeed);
}

void StageView::jumpTo(quint64 row) {
    if (row >= rowCount())
        return;
    setCover(Cover::Nothing);
    d->endTravel();
    if (const diagram::Fold* fold = d->sequence->foldOf(row);
        fold && row != fold->first && !d->sequence->isOpen(*fold)) {
        d->sequence->setOpen(*fold, true);
        d->foldsChanged();
    }
    d->makeCurrent(row, false);
}

void StageView::toggleFold(quint64 row) {
    const diagram::Fold* fold = d->sequence ? d->sequence->foldOf(row) : nullptr;
    if (!fold)
        return;
    d->sequence->setOpen(*fold, !d->sequence->isOpen(*fold));
    d->foldsChanged();
    d->makeCurrent(fold->first, false);
}

void StageView::zoomIn() {
    setZoom(d->zoom * zoomStep);
}
void StageView::zoomOut() {
    setZoom(d->zoom / zoomStep);
}
void StageView::resetZoom() {
    setZoom(1);
}

void StageView::resizeEvent(QResizeEvent* event) {
    // What one looks at stays in sight, if a neighbour takes some of the room.
    const bool seen = d->isSeen(d->current, event->oldSize().height());
    d->relayout();
    d->placeNote();
    if (seen)
        d->bringOnScreen(d->current);
}

void StageView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange)
        d->relayout();
    if (event->type() == QEvent::FontChange)
        d->placeNote();
    QAbstractScrollArea::changeEvent(event);
}

} // namespace wirestage
