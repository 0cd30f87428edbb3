// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the rows on screen only. As many bytes stand in a row (16, 8 or 4) as the width has room for, so that
// nothing has to be scrolled sideways.
#include "app/inspector/hex_view.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace wirestage {
namespace {

constexpr int offsetDigits = 4;
constexpr int margin = 8;

} // namespace

HexView::HexView(QWidget* parent) : QAbstractScrollArea(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Bytes"));
    viewport()->setCursor(Qt::IBeamCursor);
    measure();
}

void HexView::setBytes(std::vector<std::uint8_t> newBytes) {
    bytes = std::move(newBytes);
    cursor = 0;
    markOffset = markLength = 0;
    measure();
    verticalScrollBar()->setValue(0);
    viewport()->update();
    say();
}

void HexView::mark(std::uint32_t offset, std::uint32_t length) {
    markOffset = offset;
    markLength = length;
    if (length > 0 && offset < bytes.size()) {
        if (cursor < offset || cursor - offset >= length)
            cursor = offset;
        bring(offset);
    }
    viewport()->update();
}

void HexView::setMarkName(const QString& name) {
    markName = name;
    say();
}

void HexView::say() {
    if (cursor >= bytes.size())
        return setAccessibleDescription(tr("No bytes"));
    setAccessibleDescription(tr("Byte %1 of %2: %3. %4")
                                 .arg(cursor)
                                 .arg(bytes.size())
                                 .arg(bytes[cursor], 2, 16, QLatin1Char('0'))
                                 .arg(markName));
}

QSize HexView::sizeHint() const {
    return {margin * 2 + cell * (offsetDigits + 2 + 8 * 4), line * 16};
}

/// Columns: offset, two blanks, three characters a byte (and one more after each eight), one blank, the
/// characters.
int HexView::hexLeft(int column) const {
    return margin + cell * (offsetDigits + 2 + column * 3 + column / 8);
}

int HexView::asciiLeft(int column) const {
    return hexLeft(perRow) + cell + column * cell;
}

void HexView::measure() {
    const QFont font = this->font();
    const QFontMetrics metrics(font);
    cell = metrics.horizontalAdvance(QLatin1Char('0'));
    line = metrics.height() + 4;
    const int room = viewport()->width();
    for (const int wanted : {16, 8, 4}) {
        perRow = wanted;
        if (asciiLeft(wanted) + margin <= room)
            break;
    }
    const int rows = static_cast<int>((bytes.size() + static_cast<std::size_t>(perRow) - 1) /
                                      static_cast<std::size_t>(perRow));
    const int visible = std::max(1, viewport()->height() / line);
    verticalScrollBar()->setRange(0, std::max(0, rows - visible));
    verticalScrollBar()->setPageStep(visible);
}

QRect HexView::rectOf(std::uint32_t offset) const {
    const int row = static_cast<int>(offset) / perRow - verticalScrollBar()->value();
    return {hexLeft(static_cast<int>(offset) % perRow), row * line, cell * 2, line};
}

void HexView::paintRow(QPainter& painter, int row, int y) const {
    const auto first = static_cast<std::uint32_t>(row * perRow);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const int base = y + (line + painter.fontMetrics().ascent() - painter.fontMetrics().descent()) / 2;
    painter.drawText(margin, base, QStringLiteral("%1").arg(first, offsetDigits, 16, QLatin1Char('0')));
    for (int column = 0; column < perRow; ++column) {
        const std::uint32_t at = first + static_cast<std::uint32_t>(column);
        if (at >= bytes.size())
            return;
        const bool marked = at >= markOffset && at - markOffset < markLength;
        const QRect hex(hexLeft(column) - cell / 2, y, cell * 3, line);
        const QRect character(asciiLeft(column), y, cell, line);
        if (marked) {
            painter.fillRect(hex, palette().color(QPalette::Highlight));
            painter.fillRect(character, palette().color(QPalette::Highlight));
        }
        painter.setPen(palette().color(marked ? QPalette::HighlightedText : QPalette::Text));
        const std::uint8_t byte = bytes[at];
        painter.drawText(hexLeft(column), base, QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')));
        painter.drawText(character.left(), base,
                         byte >= 0x20 && byte < 0x7f ? QString(QLatin1Char(static_cast<char>(byte)))
                                                     : QStringLiteral("·"));
        if (at == cursor && hasFocus()) {
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(hex.adjusted(0, 0, -1, -1));
        }
    }
}

void HexView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    painter.setFont(font());
    const int rows = static_cast<int>((bytes.size() + static_cast<std::size_t>(perRow) - 1) /
                                      static_cast<std::size_t>(perRow));
    const int top = verticalScrollBar()->value();
    for (int row = top; row < rows && (row - top) * line < viewport()->height(); ++row)
        paintRow(painter, row, (row - top) * line);
}

void HexView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    measure();
    if (markLength)
        bring(markOffset);
}

void HexView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        measure();
    QAbstractScrollArea::changeEvent(event);
}

void HexView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void HexView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

std::int64_t HexView::byteAt(const QPoint& where) const {
    const std::int64_t row = where.y() / line + verticalScrollBar()->value();
    for (int column = 0; column < perRow; ++column) {
        const bool inHex =
            where.x() >= hexLeft(column) - cell / 2 && where.x() < hexLeft(column) + cell * 5 / 2;
        const bool inText = where.x() >= asciiLeft(column) && where.x() < asciiLeft(column) + cell;
        const std::int64_t at = row * perRow + column;
        if ((inHex || inText) && where.y() >= 0 && at < static_cast<std::int64_t>(bytes.size()))
            return at;
    }
    return -1;
}

void HexView::choose(std::int64_t offset) {
    if (bytes.empty())
        return;
    cursor = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(offset, 0, static_cast<std::int64_t>(bytes.size()) - 1));
    bring(cursor);
    viewport()->update();
    emit byteChosen(cursor);
    say();
}

void HexView::bring(std::uint32_t offset) {
    const int row = static_cast<int>(offset) / perRow;
    auto* bar = verticalScrollBar();
    if (row < bar->value())
        bar->setValue(row);
    else if (row >= bar->value() + bar->pageStep())
        bar->setValue(row - bar->pageStep() + 1);
}

void HexView::mousePressEvent(QMouseEvent* event) {
    if (const auto at = byteAt(event->position().toPoint()); at >= 0)
        choose(at);
}

void HexView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton))
        return;
    if (const auto at = byteAt(event->position().toPoint()); at >= 0 && at != cursor)
        choose(at);
}

void HexView::keyPressEvent(QKeyEvent* event) {
    const std::int64_t at = cursor;
    const std::int64_t page = std::int64_t{perRow} * verticalScrollBar()->pageStep();
    switch (event->key()) {
    case Qt::Key_Left: return choose(at - 1);
    case Qt::Key_Right: return choose(at + 1);
    case Qt::Key_Up: return choose(at - perRow);
    case Qt::Key_Down: return choose(at + perRow);
    case Qt::Key_PageUp: return choose(at - page);
    case Qt::Key_PageDown: return choose(at + page);
    case Qt::Key_Home: return choose(0);
    case Qt::Key_End: return choose(static_cast<std::int64_t>(bytes.size()) - 1);
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace wirestage
