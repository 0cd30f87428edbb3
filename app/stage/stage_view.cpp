// SPDX-License-Identifier: GPL-3.0-or-later
// The stage's state: what is shown, which message is current, and how one moves through them.
#include "app/stage/stage_view.h"

namespace wirestage {

struct StageView::Private {
    std::shared_ptr<const diagram::DiagramSource> source;
    Theme colours = wirestage::theme(ThemeName::Light);
    Row current = diagram::noRow;
    bool trueTime = false, reducedMotion = false, playing = false;
    double zoom = 1, speed = 1;
    Cover cover = Cover::Nothing;
};

StageView::StageView(QWidget* parent) : QAbstractScrollArea(parent), d(std::make_unique<Private>()) {}
StageView::~StageView() = default;
void StageView::setSource(std::shared_ptr<const diagram::DiagramSource> source, Row around) {
    d->source = std::move(source);
    d->current = rowCount() ? std::min(around, rowCount() - 1) : diagram::noRow;
    emit sourceChanged();
    emit currentChanged(d->current);
}
std::shared_ptr<const diagram::DiagramSource> StageView::source() const {
    return d->source;
}
void StageView::setTheme(const Theme& theme) {
    d->colours = theme;
}
void StageView::setTrueTime(bool on) {
    d->trueTime = on;
}
bool StageView::trueTime() const {
    return d->trueTime;
}
void StageView::setReducedMotion(bool on) {
    d->reducedMotion = on;
}
void StageView::setZoom(double factor) {
    d->zoom = factor;
}
double StageView::zoom() const {
    return d->zoom;
}
void StageView::setCover(Cover cover) {
    d->cover = cover;
}
StageView::Cover StageView::cover() const {
    return d->cover;
}
StageView::Row StageView::current() const {
    return d->current;
}
bool StageView::playing() const {
    return d->playing;
}
double StageView::speed() const {
    return d->speed;
}
StageView::Row StageView::rowCount() const {
    return d->source ? d->source->size() : 0;
}
void StageView::next() {
    jumpTo(d->current + 1);
}
void StageView::previous() {
    jumpTo(d->current ? d->current - 1 : 0);
}
void StageView::first() {
    jumpTo(0);
}
void StageView::last() {
    jumpTo(rowCount() - 1);
}
void StageView::play() {}
void StageView::pause() {}
void StageView::togglePlay() {}
void StageView::setSpeed(double factor) {
    d->speed = factor;
}
void StageView::jumpTo(quint64 row) {
    if (row < rowCount())
        emit currentChanged(d->current = row);
}
void StageView::toggleFold(quint64) {}
void StageView::zoomIn() {}
void StageView::zoomOut() {}
void StageView::resetZoom() {}
bool StageView::viewportEvent(QEvent* event) {
    return QAbstractScrollArea::viewportEvent(event);
}
void StageView::paintEvent(QPaintEvent*) {}
void StageView::resizeEvent(QResizeEvent*) {}
void StageView::scrollContentsBy(int, int) {}
void StageView::keyPressEvent(QKeyEvent* event) {
    QAbstractScrollArea::keyPressEvent(event);
}
void StageView::mousePressEvent(QMouseEvent*) {}
void StageView::mouseDoubleClickEvent(QMouseEvent*) {}
void StageView::wheelEvent(QWheelEvent* event) {
    QAbstractScrollArea::wheelEvent(event);
}
void StageView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
}

} // namespace wirestage
