// SPDX-License-Identifier: GPL-3.0-or-later
// Lines from the leading edge; each is as high as its highest widget, which the others are centred to.
#include "app/window/flow_layout.h"

#include <QWidget>

#include <algorithm>

namespace wirestage {

FlowLayout::FlowLayout(QWidget* parent, int gap) : QLayout(parent), between(gap) {}

FlowLayout::~FlowLayout() {
    qDeleteAll(items);
}

void FlowLayout::addItem(QLayoutItem* item) {
    items.append(item);
}

QLayoutItem* FlowLayout::takeAt(int index) {
    return index >= 0 && index < items.size() ? items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const {
    return place({0, 0, width, 0}, false);
}

QSize FlowLayout::minimumSize() const {
    QSize least;
    for (const QLayoutItem* item : items)
        least = least.expandedTo(item->minimumSize());
    const QMargins edge = contentsMargins();
    return least + QSize(edge.left() + edge.right(), edge.top() + edge.bottom());
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    place(rect, true);
}

int FlowLayout::place(const QRect& rect, bool really) const {
    const QRect inner = rect.marginsRemoved(contentsMargins());
    const bool mirrored = parentWidget() && parentWidget()->layoutDirection() == Qt::RightToLeft;
    int y = inner.y();
    for (qsizetype i = 0; i < items.size();) {
        // What fits in this line, and how high it is.
        int width = 0, height = 0;
        qsizetype end = i;
        for (; end < items.size(); ++end) {
            const QSize size = items[end]->isEmpty() ? QSize() : items[end]->sizeHint();
            const int wider =
                width + (width > 0 && size.width() > 0 ? between : 0) + std::max(0, size.width());
            if (end > i && wider > inner.width())
                break;
            width = wider;
            height = std::max(height, size.height());
        }
        int x = inner.x();
        for (; i < end; ++i) {
            if (items[i]->isEmpty())
                continue;
            QSize size = items[i]->sizeHint();
            size.setWidth(std::min(size.width(), inner.width()));
            const int left = mirrored ? inner.right() + 1 - (x - inner.x()) - size.width() : x;
            if (really)
                items[i]->setGeometry({QPoint(left, y + (height - size.height()) / 2), size});
            x += size.width() + between;
        }
        y += height + (i < items.size() ? between : 0);
    }
    return y - rect.y() + contentsMargins().bottom();
}

} // namespace wirestage
