// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the cells that bit_layout made. Rows grow with their fonts; a cell too narrow for its name has it
// upright.
#include "app/inspector/bit_picture.h"

#include "app/inspector/field_model.h"
#include "app/window/translate.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace wirestage {
namespace {

constexpr int pad = 4;

/// What the RFCs' pictures write in cells that are too narrow for a name.
constexpr std::pair<std::string_view, const char*> pictureNames[] = {
    {"tcp.hdr_len", "Offset"},
    {"tcp.flags.res", "Rsrvd"},
    {"tcp.flags.push", "PSH"},
    {"tcp.flags.reset", "RST"},
    {"ip.version", "Version"},
    {"ip.hdr_len", "IHL"},
    {"ip.flags.rb", "0"},
    {"ipv6.version", "Version"},
    {"ipv6.nd.ra.cur_hop_limit", "Hops"},
    {"ipv6.fraghdr.reserved_bits", "Res"},
    {"ipv6.fraghdr.more", "M"},
    {"icmp.ext.version", "Version"},
    {"icmpv6.nd.ra.flag.prf", "Prf"},
    {"vlan.priority", "PCP"},
};

/// "SYN" for "tcp.flags.syn": short enough to stand upright.
QString shortName(const Field& field) {
    const auto name = field.spec->name;
    for (const auto& [full, written] : pictureNames)
        if (full == name)
            return QString::fromLatin1(written);
    const auto dot = name.rfind('.');
    const QString last = fromUtf8(dot == std::string_view::npos ? name : name.substr(dot + 1));
    const bool bit = field.bitLength == 1 || last == QLatin1String("dscp") || last == QLatin1String("ecn");
    return bit && last.size() <= 4 ? last.toUpper() : last.left(1).toUpper() + last.mid(1);
}

/// "Transaction ID (xid)" as long as there is room, else "Transaction ID", else "xid".
QString fittingName(const Field& field, const QFontMetrics& metrics, int width) {
    const QString title = fieldTitle(field);
    const auto bracket = title.lastIndexOf(QLatin1String(" ("));
    QStringList names{title};
    if (bracket > 0 && title.endsWith(QLatin1Char(')')))
        names << title.left(bracket) << title.mid(bracket + 2).chopped(1);
    for (const QString& name : names)
        if (metrics.horizontalAdvance(name) <= width)
            return name;
    return names.size() > 1 ? names.last() : shortName(field);
}

} // namespace

BitPicture::BitPicture(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("The header, 32 bits a row"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BitPicture::setHeader(const Description* of, const std::vector<bool>* changedFields, int node) {
    description = of;
    changed = changedFields;
    bits = {};
    hovered = -1;
    if (description && node >= 0)
        for (const HeaderSpan& header : headersOf(*description))
            if (header.node == node)
                bits = layoutBits(*description, header);
    measure();
}

void BitPicture::setField(int chosen) {
    field = chosen;
    const QString words =
        description && field >= 0 && static_cast<std::size_t>(field) < description->fields.size()
            ? fieldTitle(description->fields[static_cast<std::size_t>(field)]) + QLatin1Char(' ') +
                  fieldValue(description->fields[static_cast<std::size_t>(field)])
            : QString();
    setAccessibleDescription(words);
    update();
}

void BitPicture::setTheme(const Theme& theme) {
    colours = theme;
    update();
}

const Field* BitPicture::fieldOf(const BitCell& cell) const {
    if (!description || cell.field < 0)
        return nullptr;
    return &description->fields[static_cast<std::size_t>(cell.field)];
}

bool BitPicture::upright(const BitCell& cell) const {
    const Field* f = fieldOf(cell);
    if (!f || cell.band || cell.bits >= 8)
        return false;
    return fontMetrics().horizontalAdvance(shortName(*f)) + 2 * pad + 2 > width() * cell.bits / 32;
}

void BitPicture::measure() {
    const int line = fontMetrics().height();
    rowTops.assign(static_cast<std::size_t>(bits.rows) + 1, 0);
    std::vector<int> heights(static_cast<std::size_t>(bits.rows), 2 * line + 2 * pad);
    for (const BitCell& cell : bits.cells) {
        auto& height = heights[static_cast<std::size_t>(cell.row)];
        if (upright(cell))
            height =
                std::max(height, fontMetrics().horizontalAdvance(shortName(*fieldOf(cell))) + line + 3 * pad);
        if (cell.rows > 1) // the rows of one long field need no words of their own
            for (int row = cell.row; row < cell.row + cell.rows; ++row)
                heights[static_cast<std::size_t>(row)] =
                    std::max(line + pad, (2 * line + 2 * pad) / cell.rows);
    }
    int top = line + pad; // the scale
    for (std::size_t row = 0; row < heights.size(); ++row) {
        rowTops[row] = top;
        top += heights[row];
    }
    rowTops.back() = top;
    setFixedHeight(top + 2);
    updateGeometry();
    update();
}

QSize BitPicture::sizeHint() const {
    return {32 * 12, rowTops.empty() ? 0 : rowTops.back() + 2};
}

QSize BitPicture::minimumSizeHint() const {
    return {32 * 7, rowTops.empty() ? 0 : rowTops.back() + 2};
}

int BitPicture::bitLeft(int bit) const {
    return bit * (width() - 2) / 32;
}

QRect BitPicture::rectOf(const BitCell& cell) const {
    const int top = rowTops[static_cast<std::size_t>(cell.row)];
    const int bottom = rowTops[static_cast<std::size_t>(cell.row + cell.rows)];
    const int left = bitLeft(cell.bit);
    return {left, top, bitLeft(cell.bit + cell.bits) - left, bottom - top};
}

void BitPicture::paintScale(QPainter& painter) const {
    painter.setPen(colours.quietText);
    const int height = fontMetrics().height();
    for (const int bit : {0, 8, 16, 24})
        painter.drawText(QRect(bitLeft(bit) + 2, 0, 60, height), Qt::AlignLeft, QString::number(bit));
    painter.drawText(QRect(width() - 62, 0, 60, height), Qt::AlignRight, QStringLiteral("31"));
}

void BitPicture::paintWords(QPainter& painter, const BitCell& cell, const QRect& where) const {
    const Field* f = fieldOf(cell);
    if (!f || cell.continued)
        return;
    const QString value = fieldValue(*f);
    const QRect inner = where.adjusted(pad, pad / 2, -pad, -pad / 2);
    const QFontMetrics metrics = painter.fontMetrics();
    if (upright(cell)) {
        painter.save();
        QFont narrow = painter.font(); // as tall as the cell is wide, so that neighbours stay apart
        narrow.setPixelSize(std::clamp(where.width() - 2, 7, std::max(metrics.ascent(), 8)));
        painter.setFont(narrow);
        painter.setPen(colours.text);
        painter.drawText(
            QRect(where.left(), where.bottom() - metrics.height(), where.width(), metrics.height()),
            Qt::AlignHCenter, fromUtf8(f->value));
        painter.translate(where.left(), where.bottom() - metrics.height() - pad);
        painter.rotate(-90);
        painter.setPen(colours.quietText);
        painter.drawText(QRect(0, 0, where.height() - metrics.height(), where.width()),
                         Qt::AlignVCenter | Qt::AlignLeft, shortName(*f));
        painter.restore();
        return;
    }
    const QString name = fittingName(*f, metrics, inner.width());
    painter.setPen(colours.quietText);
    painter.drawText(inner, Qt::AlignTop | Qt::AlignHCenter,
                     metrics.elidedText(name, Qt::ElideRight, inner.width()));
    painter.setPen(colours.text);
    QFont bold = painter.font();
    bold.setBold(true);
    painter.save();
    painter.setFont(bold);
    const QFontMetrics boldMetrics(bold);
    QString shown = value;
    if (boldMetrics.horizontalAdvance(shown) > inner.width() && !cell.band)
        shown = fromUtf8(printable(f->value, 100));
    painter.drawText(inner, Qt::AlignBottom | Qt::AlignHCenter,
                     boldMetrics.elidedText(shown, Qt::ElideRight, inner.width()));
    painter.restore();
}

void BitPicture::paintCell(QPainter& painter, const BitCell& cell) const {
    const QRect where = rectOf(cell);
    const bool chosen = cell.field >= 0 && cell.field == field;
    const bool isChanged = changed && cell.field >= 0 &&
                           static_cast<std::size_t>(cell.field) < changed->size() &&
                           (*changed)[static_cast<std::size_t>(cell.field)];
    painter.setBrush(chosen ? colours.accentSoft : isChanged ? colours.warningSoft : colours.surface);
    painter.setPen(QPen(colours.lifeline, 1, cell.band ? Qt::DashLine : Qt::SolidLine));
    painter.drawRect(where);
    if (chosen || (cell.field >= 0 && cell.field == hovered)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colours.accent, chosen ? 3 : 2));
        painter.drawRect(where.adjusted(1, 1, -1, -1));
    }
    if (isChanged && !cell.continued) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.warning);
        painter.drawEllipse(QPointF(where.right() - 5, where.top() + 6), 3, 3);
    }
    paintWords(painter, cell, where);
}

void BitPicture::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setFont(font());
    if (bits.cells.empty())
        return;
    paintScale(painter);
    for (const BitCell& cell : bits.cells)
        paintCell(painter, cell);
}

int BitPicture::cellAt(const QPoint& where) const {
    for (std::size_t i = 0; i < bits.cells.size(); ++i)
        if (rectOf(bits.cells[i]).contains(where))
            return static_cast<int>(i);
    return -1;
}

void BitPicture::chooseCell(int cell) {
    if (cell < 0 || cell >= static_cast<int>(bits.cells.size()) ||
        bits.cells[static_cast<std::size_t>(cell)].field < 0)
        return;
    setField(bits.cells[static_cast<std::size_t>(cell)].field);
    emit fieldChosen(field);
}

void BitPicture::mousePressEvent(QMouseEvent* event) {
    chooseCell(cellAt(event->position().toPoint()));
}

void BitPicture::mouseMoveEvent(QMouseEvent* event) {
    const int cell = cellAt(event->position().toPoint());
    const int now = cell < 0 ? -1 : bits.cells[static_cast<std::size_t>(cell)].field;
    if (now == hovered)
        return;
    hovered = now;
    setCursor(now >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    emit fieldHovered(now);
    update();
}

void BitPicture::leaveEvent(QEvent* event) {
    hovered = -1;
    emit fieldHovered(-1);
    update();
    QWidget::leaveEvent(event);
}

void BitPicture::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down ? 1
                     : event->key() == Qt::Key_Left || event->key() == Qt::Key_Up  ? -1
                                                                                   : 0;
    if (step == 0)
        return QWidget::keyPressEvent(event);
    const int count = static_cast<int>(bits.cells.size());
    int at = step > 0 ? -1 : count;
    for (int i = 0; i < count; ++i)
        if (bits.cells[static_cast<std::size_t>(i)].field == field)
            at = i;
    do // over the later pieces of the same field and over bits without a name
        at += step;
    while (at >= 0 && at < count &&
           (bits.cells[static_cast<std::size_t>(at)].field < 0 ||
            bits.cells[static_cast<std::size_t>(at)].field == field));
    chooseCell(at);
}

void BitPicture::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange)
        measure();
    QWidget::changeEvent(event);
}

bool BitPicture::event(QEvent* event) {
    if (event->type() == QEvent::Resize)
        measure();
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int cell = cellAt(help->pos());
        const Field* f = cell < 0 ? nullptr : fieldOf(bits.cells[static_cast<std::size_t>(cell)]);
        if (f)
            QToolTip::showText(help->globalPos(), fieldTitle(*f) + QStringLiteral(": ") + fieldValue(*f),
                               this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace wirestage
