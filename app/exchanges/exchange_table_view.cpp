// SPDX-License-Identifier: GPL-3.0-or-later
// Columns are fitted to the first rows: what the other millions say is not asked for only to be measured.
#include "app/exchanges/exchange_table_view.h"

#include "app/exchanges/exchange_table_model.h"
#include "app/exchanges/outcome_icon.h"
#include "app/window/translate.h"

#include <QAccessible>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <algorithm>
#include <array>

namespace wirestage {
namespace {

/// A cell is its words on the row's ground. The style would measure and shape them three times over, and a
/// table of hundreds of cells is painted while a capture is being read.
class CellDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    Theme colours = theme(ThemeName::Light);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        painter->save();
        painter->setFont(option.font);
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, option.palette.brush(QPalette::Highlight));
        words(*painter, option, index, option.rect.adjusted(margin, 0, -margin, 0));
        painter->restore();
    }

protected:
    static constexpr int margin = 8;

    virtual void words(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                       const QRect& room) const {
        const QString text = index.data().toString();
        const auto alignment = QStyle::visualAlignment(
            option.direction, index.data(Qt::TextAlignmentRole).value<Qt::Alignment>());
        painter.setPen(option.palette.color(QPalette::Text));
        const auto* table = qobject_cast<const QTableView*>(option.widget);
        if (table && table->wordWrap() && room.height() >= 2 * option.fontMetrics.height())
            return wrapped(painter, option.fontMetrics, text, alignment, room);
        painter.drawText(room, static_cast<int>(alignment) | Qt::TextSingleLine,
                         option.fontMetrics.elidedText(text, Qt::ElideRight, room.width()));
    }

private:
    /// Up to two lines, the second cut where that is not enough.
    static void wrapped(QPainter& painter, const QFontMetrics& metrics, const QString& text,
                        Qt::Alignment alignment, const QRect& room) {
        QTextLayout layout(text, painter.font());
        QTextOption wrapping;
        wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(wrapping);
        layout.beginLayout();
        QTextLine line = layout.createLine();
        line.setLineWidth(room.width());
        layout.endLayout();
        const QString first = text.left(line.textLength());
        const QString rest = text.mid(line.textLength());
        const QString second = metrics.elidedText(rest, Qt::ElideRight, room.width());
        painter.drawText(room, static_cast<int>(alignment),
                         rest.isEmpty() ? first : first.trimmed() + QChar::LineFeed + second);
    }
};

/// Puts the outcome's shape before its word.
class OutcomeDelegate : public CellDelegate {
public:
    using CellDelegate::CellDelegate;

protected:
    void words(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
               const QRect& room) const override {
        const auto outcome = static_cast<Outcome>(index.data(ExchangeTableModel::OutcomeRole).toInt());
        const bool selected = option.state & QStyle::State_Selected;
        const OutcomeMood mood = moodOf(outcome);
        const QColor plain = mood == OutcomeMood::Good  ? colours.good
                             : mood == OutcomeMood::Bad ? colours.danger
                                                        : colours.quietText;
        const QColor color = selected ? colours.text : plain;
        const int side = option.fontMetrics.ascent();
        const QRectF icon(room.left(), room.center().y() - side / 2.0, side, side);
        paintOutcome(painter, icon, outcome, color);
        painter.setPen(color);
        painter.drawText(room.adjusted(side + margin, 0, margin - 2, 0),
                         Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, index.data().toString());
    }
};

/// In pixels at the usual size of letters; what is 0 is fitted.
constexpr int columnWidths[] = {0, 88, 0, 84, 86, 78, 92, 118, 0};
constexpr int leastNames = 165, mostNames = 348;
/// What happened is what one looks for: it stands before the numbers. It gets the first of these before the
/// names get more than their least, and is never narrower than the second.
constexpr int goodSentence = 320, leastSentence = 250;
constexpr int rowsToMeasure = 60;
constexpr int padding = 20; ///< of a cell, left and right
constexpr int fewRows = 6;

int at(ExchangeColumn column) {
    return static_cast<int>(column);
}

} // namespace

ExchangeTableView::ExchangeTableView(QAbstractItemModel* shown) {
    setModel(shown);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setShowGrid(false);
    setSortingEnabled(true);
    sortByColumn(0, Qt::AscendingOrder);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->moveSection(at(ExchangeColumn::Outcome), 3);
    horizontalHeader()->moveSection(at(ExchangeColumn::Sentence), 4);
    horizontalHeader()->setHighlightSections(false);
    setItemDelegate(new CellDelegate(this));
    setItemDelegateForColumn(at(ExchangeColumn::Outcome), new OutcomeDelegate(this));
}

void ExchangeTableView::setTheme(const Theme& theme) {
    static_cast<OutcomeDelegate*>(itemDelegateForColumn(at(ExchangeColumn::Outcome)))->colours = theme;
    forget(); // the letters may have another size
    fitColumns();
    viewport()->update();
}

void ExchangeTableView::forget() {
    seen.clear();
    measured = namesWanted = sentenceWanted = 0;
}

void ExchangeTableView::measureRows() {
    const QFontMetrics metrics = fontMetrics();
    const auto wider = [&](int& widest, int row, ExchangeColumn column) {
        const QString words = model()->index(row, at(column)).data().toString();
        widest = std::max(widest, metrics.horizontalAdvance(words) + padding);
    };
    const int rows = std::min(model()->rowCount(), rowsToMeasure);
    for (; measured < rows; ++measured) {
        wider(namesWanted, measured, ExchangeColumn::Who);
        wider(sentenceWanted, measured, ExchangeColumn::Sentence);
    }
}

void ExchangeTableView::fitColumns() {
    measureRows();
    const double scale = fontMetrics().height() / 16.0;
    const auto scaled = [&](int width) { return static_cast<int>(width * scale); };
    std::array<int, static_cast<std::size_t>(ExchangeColumn::count)> widths{};
    for (std::size_t column = 0; column < widths.size(); ++column)
        widths[column] = scaled(columnWidths[column]);
    const QString longest = grouped(static_cast<std::uint64_t>(std::max(model()->rowCount(), 100)));
    widths[0] = fontMetrics().horizontalAdvance(longest) + scaled(24);
    constexpr Time longDuration = 3'599'000'000'000; // "59 min 59 s": none takes more room
    int& duration = widths[static_cast<std::size_t>(ExchangeColumn::Duration)];
    duration = std::max(
        duration, fontMetrics().horizontalAdvance(wirestage::tr(durationInWords(longDuration))) + padding);
    int left = viewport()->width();
    for (const int width : widths)
        left -= width;
    int& names = widths[static_cast<std::size_t>(ExchangeColumn::Who)];
    int& sentence = widths[static_cast<std::size_t>(ExchangeColumn::Sentence)];
    names = std::clamp(namesWanted, scaled(leastNames), scaled(mostNames));
    if (left - names < scaled(goodSentence))
        names = std::max(scaled(leastNames), left - scaled(goodSentence));
    sentence = std::max(left - names, scaled(leastSentence));
    const bool narrow = left - names < scaled(goodSentence);
    twoLines =
        (names < namesWanted || sentence < sentenceWanted) && (narrow || model()->rowCount() <= fewRows);
    setWordWrap(twoLines);
    const int height = fontMetrics().height() * (twoLines ? 2 : 1) + 12;
    if (verticalHeader()->defaultSectionSize() != height) // it goes through all rows
        verticalHeader()->setDefaultSectionSize(height);
    for (std::size_t column = 0; column < widths.size(); ++column)
        setColumnWidth(static_cast<int>(column), widths[column]);
}

int ExchangeTableView::wantedHeight() const {
    const int rows = std::min(model()->rowCount(), twoLines ? 7 : 12);
    return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 8 +
           (horizontalScrollBar()->maximum() > 0 ? horizontalScrollBar()->sizeHint().height() : 0);
}

void ExchangeTableView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns(); // a scroll bar that comes or goes counts too
}

void ExchangeTableView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::SelectAll) && wantAll)
        return wantAll();
    QTableView::keyPressEvent(event);
}

/// All cells are asked for in one go, not each between two batches of indexing.
std::shared_ptr<const void> ExchangeTableView::held() const {
    const auto* table = qobject_cast<const ExchangeTableModel*>(model());
    return table ? table->hold() : nullptr;
}

void ExchangeTableView::paintEvent(QPaintEvent* event) {
    const auto hold = held();
    QTableView::paintEvent(event);
}

QString ExchangeTableView::wordsOf(int row) const {
    QString words;
    for (int column = 0; column < model()->columnCount(); ++column) {
        words += model()->index(row, column).data().toString();
        words += QChar::LineFeed;
    }
    return words;
}

void ExchangeTableView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                                    const QList<int>& roles) {
    if (QAccessible::isActive()) // a screen reader is told of every change
        QTableView::dataChanged(topLeft, bottomRight, roles);
    const int top = std::max(rowAt(0), topLeft.row());
    const int under = rowAt(viewport()->height() - 1);
    const int bottom = under < 0 ? bottomRight.row() : std::min(under, bottomRight.row());
    const auto hold = held();
    for (int row = top; row <= bottom; ++row) {
        const QString words = wordsOf(row);
        if (const auto before = seen.constFind(row); before != seen.constEnd() && *before == words)
            continue;
        seen.insert(row, words);
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
        if (row < measured) { // what took its time to be told was not measured yet
            const QString sentence = model()->index(row, at(ExchangeColumn::Sentence)).data().toString();
            sentenceWanted = std::max(sentenceWanted, fontMetrics().horizontalAdvance(sentence) + padding);
        }
    }
}

void ExchangeTableView::reset() {
    seen.clear();
    QTableView::reset();
}

void ExchangeTableView::scrollContentsBy(int dx, int dy) {
    seen.clear();
    QTableView::scrollContentsBy(dx, dy);
}

} // namespace wirestage
