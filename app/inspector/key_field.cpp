// SPDX-License-Identifier: GPL-3.0-or-later
// Three columns; what has no room goes on in a second line.
#include "app/inspector/key_field.h"

#include "app/window/pane_parts.h"

#include <QPainter>
#include <QResizeEvent>

#include <algorithm>

namespace wirestage {
namespace {

constexpr int margin = 6, gap = 12;

} // namespace

KeyField::KeyField(const QString& itsName, const QString& itsValue, const QString& itsBytes,
                   const Theme& theme)
    : name(itsName), value(itsValue), bytes(itsBytes), colours(theme) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(name + QLatin1Char(' ') + value);
    setToolTip(tr("What is this field?"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QFont KeyField::bold() const {
    QFont one = font();
    one.setBold(true);
    return one;
}

QFont KeyField::mono() const {
    QFont one = font();
    one.setFamilies({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")});
    return one;
}

/// The same columns in each line of a list: the names have a good third. Bytes for which the value leaves no
/// room stand below it.
KeyField::Columns KeyField::columnsAt(int width) const {
    const int whole = std::max(width - 2 * margin - gap, 80);
    Columns c;
    c.name = whole * 38 / 100;
    for (const QString& word : name.split(QLatin1Char(' ')))
        c.name = std::min(std::max(c.name, QFontMetrics(bold()).horizontalAdvance(word) + 2), whole / 2);
    c.value = whole - c.name;
    const int hex = bytes.isEmpty() ? 0 : QFontMetrics(mono()).horizontalAdvance(bytes) + gap;
    c.below = hex > 0 && QFontMetrics(font()).horizontalAdvance(value) + 2 > c.value - hex;
    if (!c.below)
        c.value -= hex;
    return c;
}

QSize KeyField::sizeHint() const {
    return {240, heightForWidth(std::max(width(), 200))};
}

int KeyField::heightForWidth(int width) const {
    const Columns c = columnsAt(width);
    const int under = c.below ? QFontMetrics(mono()).height() : 0;
    return std::max(wrappedHeight(bold(), name, c.name), wrappedHeight(font(), value, c.value) + under) +
           margin;
}

void KeyField::resizeEvent(QResizeEvent* event) {
    QAbstractButton::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry(); // its words may need more lines now, or fewer
}

void KeyField::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(colours.accent, 2) : QPen(Qt::NoPen));
        painter.setBrush(colours.ground);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
    const Columns c = columnsAt(width());
    painter.setPen(colours.text);
    painter.setFont(bold());
    drawWrapped(painter, {margin, margin / 2, c.name, height()}, name);
    painter.setFont(font());
    drawWrapped(painter, {margin + c.name + gap, margin / 2, c.value, height()}, value);
    const int top = margin / 2 + (c.below ? wrappedHeight(font(), value, c.value) : 0);
    painter.setFont(mono());
    painter.setPen(c.below ? colours.quietText : colours.text);
    painter.drawText(QRect(margin + c.name + gap, top, width() - 2 * margin - c.name - gap, height()),
                     Qt::AlignTop | (c.below ? Qt::AlignLeft : Qt::AlignRight), bytes);
}

} // namespace wirestage
