// SPDX-License-Identifier: GPL-3.0-or-later
// Writes messages as sentences.
#include "app/exchanges/transcript.h"

#include "app/window/translate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QStyledItemDelegate>

#include <algorithm>

namespace wirestage {
namespace {

constexpr diagram::Row portion = 20'000;
/// All rows are equally high, so that ten million need not be measured: as the longest of the first ones
/// needs.
constexpr int rowsMeasured = 40, mostLines = 4;

} // namespace

class TranscriptRows : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& at) const override {
        QStyleOptionViewItem oneLine = option;
        oneLine.features &= ~QStyleOptionViewItem::WrapText;
        const QSize usual = QStyledItemDelegate::sizeHint(oneLine, at);
        // A line that would be cut off by a fraction of a pixel is left out altogether.
        const int line = option.fontMetrics.lineSpacing() + 4;
        return {0, usual.height() + (lines - 1) * line}; // as wide as the view
    }
    int lines = 1; ///< that a row may have
};

void TranscriptModel::setSource(std::shared_ptr<const diagram::DiagramSource> newSource) {
    beginResetModel();
    source = std::move(newSource);
    names.clear();
    if (source) {
        for (const Participant& participant : source->participants())
            names[participant.host] = fromUtf8(participant.name);
        start = source->start();
    }
    shown = source ? std::min(source->size(), portion) : 0;
    endResetModel();
}

int TranscriptModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown);
}

bool TranscriptModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && source && shown < std::min<diagram::Row>(source->size(), 0x7ffffff0);
}

void TranscriptModel::fetchMore(const QModelIndex& parent) {
    if (!parent.isValid() && source)
        grow(shown + portion);
}

void TranscriptModel::reach(diagram::Row row) {
    if (source && row >= shown && row < source->size())
        grow(row + portion);
}

void TranscriptModel::grow(diagram::Row to) {
    to = std::min({to, source->size(), diagram::Row{0x7ffffff0}});
    if (to <= shown)
        return;
    beginInsertRows({}, static_cast<int>(shown), static_cast<int>(to) - 1);
    shown = to;
    endInsertRows();
}

QString TranscriptModel::nameOf(HostId host) const {
    const auto found = names.find(host);
    return found == names.end() ? tr("somebody") : found->second;
}

QString TranscriptModel::line(diagram::Row row) const {
    const Message message = source->message(row);
    const QString to = message.to == none ? tr("everybody") : nameOf(message.to);
    QString words = tr("%1. %2, %3 to %4: %5")
                        .arg(grouped(row + 1), secondsSince(message.time - start), nameOf(message.from), to,
                             wirestage::tr(message.label));
    if (const QString summary = wirestage::tr(message.summary); !summary.isEmpty())
        words += QStringLiteral(", ") + summary;
    for (unsigned i = 0; i < static_cast<unsigned>(Note::count); ++i)
        if (message.notes.has(static_cast<Note>(i)))
            words += QStringLiteral(" [%1]").arg(wirestage::tr(title(static_cast<Note>(i))));
    if (message.lost.value_or(false))
        words += QStringLiteral(" [%1]").arg(tr("lost on the way"));
    if (const auto way = source->way(row); way && way->stopped)
        words += QStringLiteral(" [%1]").arg(tr("it goes no further than %1").arg(nameOf(way->to)));
    return words;
}

QVariant TranscriptModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() ||
        (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole))
        return {};
    return line(static_cast<diagram::Row>(index.row()));
}

TranscriptView::TranscriptView(QWidget* parent)
    : QListView(parent), lines(new TranscriptModel(this)), rows(new TranscriptRows(this)) {
    setModel(lines);
    setItemDelegate(rows);
    setWordWrap(true);
    setUniformItemSizes(true);
    setLayoutMode(QListView::Batched);
    setBatchSize(2000);
    setFrameShape(QFrame::NoFrame);
    setProperty("role", QStringLiteral("transcript"));
    setAccessibleName(tr("Transcript: the messages as text"));
    connect(this, &QListView::clicked, this,
            [this](const QModelIndex& at) { emit rowChosen(static_cast<quint64>(at.row())); });
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (now.isValid() && hasFocus())
            emit rowChosen(static_cast<quint64>(now.row()));
    });
}

void TranscriptView::setSource(std::shared_ptr<const diagram::DiagramSource> source) {
    lines->setSource(std::move(source));
    fitRows();
}

void TranscriptView::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    fitRows();
}

void TranscriptView::showEvent(QShowEvent* event) {
    QListView::showEvent(event);
    fitRows();
}

/// A line that is longer than the view goes on below.
void TranscriptView::fitRows() {
    if (!isVisible())
        return;
    int longest = 0;
    for (int row = 0; row < std::min(lines->rowCount(), rowsMeasured); ++row)
        longest =
            std::max(longest, fontMetrics().horizontalAdvance(lines->line(static_cast<diagram::Row>(row))));
    // A line ends before the word that does not fit, so it holds less than it has room for.
    const int room = std::max(1, viewport()->width() * 85 / 100);
    const int needed =
        longest <= viewport()->width() * 94 / 100 ? 1 : std::clamp((longest + room - 1) / room, 2, mostLines);
    if (needed == rows->lines)
        return;
    rows->lines = needed;
    scheduleDelayedItemsLayout();
}

void TranscriptView::setCurrent(quint64 row) {
    lines->reach(row);
    if (row < static_cast<quint64>(lines->rowCount()))
        setCurrentIndex(lines->index(static_cast<int>(row)));
}

void TranscriptView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid())
        return QGuiApplication::clipboard()->setText(currentIndex().data().toString());
    QListView::keyPressEvent(event);
}

} // namespace wirestage
