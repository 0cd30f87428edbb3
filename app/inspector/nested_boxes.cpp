// SPDX-License-Identifier: GPL-3.0-or-later
// Lays the boxes out from the outermost and paints them. What does not fit a line goes on in the next one.
#include "app/inspector/nested_boxes.h"

#include "app/window/pane_parts.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace wirestage {
namespace {

constexpr int inset = 8, padding = 6;

} // namespace

NestedBoxes::NestedBoxes(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("The packet's headers, from the outermost"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void NestedBoxes::setLayers(std::vector<LayerBox> layers) {
    if (layers == boxes)
        return;
    boxes = std::move(layers);
    current = -1;
    QStringList said;
    for (const auto& box : boxes)
        said << box.title + QLatin1Char(' ') + box.summary;
    setAccessibleDescription(said.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

void NestedBoxes::setTheme(const Theme& theme) {
    colours = theme;
    update();
}

void NestedBoxes::setChosen(int layer) {
    current = layer;
    update();
}

std::vector<NestedBoxes::Place> NestedBoxes::arranged(int width) const {
    std::vector<Place> places(boxes.size());
    int top = 0;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const int left = static_cast<int>(i) * inset;
        const int room = width - 2 * left - 2 * padding;
        const QString text = boxes[i].summary.isEmpty()
                                 ? boxes[i].title
                                 : boxes[i].title + QStringLiteral("  ") + boxes[i].summary;
        const int height = wrappedHeight(font(), text, room);
        places[i].text = QRect(left + padding, top + padding, room, height);
        places[i].lines = text;
        places[i].box = QRect(left, top, width - 2 * left, 0);
        top += padding * 2 + height;
    }
    int bottom = top;
    for (std::size_t i = places.size(); i-- > 0;) {
        places[i].box.setBottom(bottom);
        bottom += inset;
    }
    return places;
}

int NestedBoxes::heightForWidth(int width) const {
    const auto places = arranged(width);
    return places.empty() ? 0 : places.front().box.bottom() + 2;
}

QSize NestedBoxes::sizeHint() const {
    return {260, heightForWidth(std::max(width(), 200))};
}

QSize NestedBoxes::minimumSizeHint() const {
    return {160, heightForWidth(std::max(width(), 160))};
}

void NestedBoxes::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

void NestedBoxes::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void NestedBoxes::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto places = arranged(width());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool marked = static_cast<int>(i) == current;
        const auto depth = static_cast<unsigned>(boxes[i].depth);
        painter.setPen(QPen(colours.layer(depth), marked ? 3 : 1.4));
        painter.setBrush(colours.layerSoft(depth));
        painter.drawRoundedRect(QRectF(places[i].box).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5);
        painter.setPen(colours.text);
        painter.setFont(font());
        drawWrapped(painter, places[i].text, places[i].lines);
    }
    if (hasFocus() && current < 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colours.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);
    }
}

void NestedBoxes::mousePressEvent(QMouseEvent* event) {
    const auto places = arranged(width());
    for (std::size_t i = places.size(); i-- > 0;)
        if (places[i].box.contains(event->position().toPoint()))
            return choose(static_cast<int>(i));
}

void NestedBoxes::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Down)
        return choose(current + 1);
    if (event->key() == Qt::Key_Up)
        return choose(current - 1);
    QWidget::keyPressEvent(event);
}

void NestedBoxes::choose(int layer) {
    if (boxes.empty())
        return;
    setChosen(std::clamp(layer, 0, static_cast<int>(boxes.size()) - 1));
    emit layerChosen(current);
}

} // namespace wirestage
