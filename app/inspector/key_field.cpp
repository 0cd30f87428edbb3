// SPDX-License-Identifier: GPL-3.0-or-later
// Three columns; the first two go on in a second line where they must.
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

KeyField::Columns KeyField::columnsAt(int width) const {
    const int hex = bytes.isEmpty() ? 0 : QFontMetrics(mono()).horizontalAdvance(bytes) + gap;
    const int left = std::max(width - 2 * margin - hex - gap, 60);
    const int first = std::min(QFontMetrics(bold()).horizontalAdvance(name) + 2, left / 2);
    return {first, left - first, hex};
}

QSize KeyField::sizeHint() const {
    return {240, heightForWidth(std::max(width(), 200))};
}

int KeyField::heightForWidth(int width) const {
    const Columns c = columnsAt(width);
    return std::max(wrappedHeight(bold(), name, c.name), wrappedHeight(font(), value, c.value)) + margin;
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
    painter.setFont(mono());
    painter.drawText(QRect(width() - margin - c.bytes, margin / 2, c.bytes, height()),
                     Qt::AlignRight | Qt::AlignTop, bytes);
}

} // namespace wirestage
