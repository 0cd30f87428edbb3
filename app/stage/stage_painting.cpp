// SPDX-License-Identifier: GPL-3.0-or-later
// Paints what is exposed, and nothing else.
#include "app/stage/stage_private.h"

#include <QPaintEvent>

#include <algorithm>
#include <cmath>

namespace wirestage {

Told StageView::Private::told() {
    Told t;
    if (current == diagram::noRow)
        return t;
    t.until = current;
    if (const diagram::Fold* fold = sequence->foldOf(current); fold && !sequence->isOpen(*fold)) {
        t.current = fold->first;
        t.until = fold->last;
    } else {
        t.current = current;
    }
    t.travelled = travelled;
    t.comingHidden = comingHidden;
    const diagram::Rect row = layout->rowOf(current);
    const diagram::Place* place = placeOf(current);
    t.untilY = place ? std::max(place->from.y, place->to.y) + 30 : row.bottom();
    if (current + 1 >= source->size())
        t.untilY = 1e18;
    return t;
}

void StageView::Private::paintHeads(QPainter& p) {
    const int height = static_cast<int>(headPixels());
    p.fillRect(QRect(0, 0, q->viewport()->width(), height), colours.surface);
    p.save();
    p.scale(scale(), scale());
    p.translate(-left(), 0);
    painter->heads(p, scene());
    p.restore();
    p.fillRect(QRect(0, height - 1, q->viewport()->width(), 1), colours.border);
}

void StageView::Private::paintBody(QPainter& p, const QRect& exposed) {
    p.fillRect(exposed, colours.ground);
    const double s = scale(), head = headPixels();
    p.save();
    p.setClipRect(exposed);
    p.translate(0, head);
    p.scale(s, s);
    p.translate(-left(), -top());
    const QRectF part(left() + exposed.x() / s, top() + (exposed.y() - head) / s, exposed.width() / s,
                      exposed.height() / s);
    const Told state = told();
    painter->body(p, scene(), state, part);
    if (travelled < 1)
        paintTravelling(p);
    p.restore();
}

void StageView::Private::paintTravelling(QPainter& p) {
    const diagram::Place* place = placeOf(current);
    if (!place || place->fold)
        return;
    // Slow at both ends: one sees it leave and arrive.
    const double part = travelled * travelled * (3 - 2 * travelled);
    const double reach = 60 / std::max(120.0, std::abs(place->to.x - place->from.x));
    const double at = reach + part * (1 - 2 * reach);
    const QPointF middle(place->from.x + (place->to.x - place->from.x) * at,
                         place->from.y + (place->to.y - place->from.y) * at);
    paintPacket(p, colours, middle, 1 + static_cast<int>(kind(place->kind).level));
}

void StageView::paintEvent(QPaintEvent* event) {
    QPainter p(viewport());
    if (d->covering != Cover::Nothing) {
        p.fillRect(event->rect(), d->covering == Cover::Black ? Qt::black : Qt::white);
        return;
    }
    if (!d->layout || !d->source || d->source->size() == 0) {
        p.fillRect(event->rect(), d->colours.ground);
        p.setPen(d->colours.quietText);
        p.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("No messages to show"));
        return;
    }
    const QRect body = d->bodyRect();
    if (event->rect().top() < body.top())
        d->paintHeads(p);
    for (const QRect& exposed : event->region())
        if (const QRect part = exposed & body; !part.isEmpty())
            d->paintBody(p, part);
}

} // namespace wirestage
