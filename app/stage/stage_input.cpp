// SPDX-License-Identifier: GPL-3.0-or-later
// Keys (those of presenters' clickers among them), mouse and tooltips.
#include "app/stage/stage_private.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace wirestage {

namespace {

/// True where the key means a move through the story.
bool moveBy(StageView& stage, int key) {
    switch (key) {
    case Qt::Key_Right:
    case Qt::Key_Space:
    case Qt::Key_PageDown:
    case Qt::Key_Down:
        stage.pause();
        stage.next();
        return true;
    case Qt::Key_Left:
    case Qt::Key_PageUp:
    case Qt::Key_Up:
    case Qt::Key_Backspace: stage.previous(); return true;
    case Qt::Key_Home: stage.first(); return true;
    case Qt::Key_End: stage.last(); return true;
    case Qt::Key_P: stage.togglePlay(); return true;
    default: return false;
    }
}

} // namespace

void StageView::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers() & Qt::ControlModifier;
    const int key = event->key();
    const auto cover = [&](Cover which) { setCover(d->covering == which ? Cover::Nothing : which); };
    if (control && (key == Qt::Key_Plus || key == Qt::Key_Equal))
        zoomIn();
    else if (control && key == Qt::Key_Minus)
        zoomOut();
    else if (control && key == Qt::Key_0)
        resetZoom();
    else if (control || event->modifiers() & Qt::AltModifier)
        return QAbstractScrollArea::keyPressEvent(event);
    else if (key == Qt::Key_B || key == Qt::Key_Period)
        cover(Cover::Black);
    else if (key == Qt::Key_W || key == Qt::Key_Comma)
        cover(Cover::White);
    else if ((key == Qt::Key_Return || key == Qt::Key_Enter) && d->current != diagram::noRow)
        d->sequence->foldOf(d->current) ? toggleFold(d->current) : emit messageActivated(d->current);
    else if (!moveBy(*this, key))
        return QAbstractScrollArea::keyPressEvent(event);
    event->accept();
}

void StageView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return QAbstractScrollArea::mousePressEvent(event);
    const diagram::Place* place = d->placeAt(event->pos());
    if (!place)
        return;
    pause();
    d->endTravel();
    const Row row = place->first;
    if (place->fold)
        toggleFold(row);
    else
        d->makeCurrent(row, false);
}

void StageView::mouseDoubleClickEvent(QMouseEvent* event) {
    const diagram::Place* place = d->placeAt(event->pos());
    if (place && !place->fold)
        emit messageActivated(place->first);
}

void StageView::contextMenuEvent(QContextMenuEvent* event) {
    Row row = d->current;
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        if (const diagram::Place* place = row == diagram::noRow ? nullptr : d->placeOf(row))
            at = viewport()->mapToGlobal(d->pixelsOf(place->area).center());
    } else if (const diagram::Place* place = d->placeAt(event->pos())) {
        row = place->first;
        pause();
        d->endTravel();
        d->makeCurrent(row, false);
    } else {
        row = diagram::noRow;
    }
    if (row != diagram::noRow)
        emit menuWanted(row, at);
    event->accept();
}

void StageView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    const int turned = event->angleDelta().y();
    if (turned > 0)
        zoomIn();
    else if (turned < 0)
        zoomOut();
    event->accept();
}

bool StageView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const diagram::Place* place = d->placeAt(help->pos());
        if (place)
            QToolTip::showText(help->globalPos(), QString::fromStdString(place->name), viewport(),
                               d->pixelsOf(place->area));
        else
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace wirestage
