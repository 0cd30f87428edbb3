// SPDX-License-Identifier: GPL-3.0-or-later
// Small tables are arranged at once, big ones in another thread: the old rows stay until the new order is
// there, or, while searching, what was found so far is shown.
#include "app/exchanges/exchange_table_model.h"

#include "app/exchanges/outcome_icon.h"
#include "app/window/translate.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr ExchangeId arrangedAtOnce = 2000;
constexpr qint64 millisecondsBetweenChanges = 400;

/// So many rows that Qt's int can count them.
ExchangeId countable(ExchangeId count) {
    return std::min<ExchangeId>(count, 0x7ffffff0);
}

} // namespace

ExchangeTableModel::ExchangeTableModel(QObject* parent)
    : QAbstractTableModel(parent), sentences(new Sentences(this)) {
    pool.setMaxThreadCount(1);
    connect(sentences, &Sentences::told, this, [this](quint32 id) {
        const int row = rowOf(id);
        const int column = static_cast<int>(ExchangeColumn::Sentence);
        if (row >= 0)
            emit dataChanged(index(row, column), index(row, column));
    });
}

ExchangeTableModel::~ExchangeTableModel() {
    ++generation;
    if (cancelled)
        *cancelled = true;
    pool.waitForDone();
}

void ExchangeTableModel::setSource(std::shared_ptr<const ExchangeSource> newSource) {
    stop();
    beginResetModel();
    source = std::move(newSource);
    sentences->setSource(source);
    arrangement.query = {};
    arrangement.within.reset();
    order.clear();
    natural = true;
    sinceChange.invalidate();
    arrangedUpTo = 0;
    shown = source ? countable(source->count()) : 0;
    endResetModel();
    if (!arrangement.natural())
        rearrange();
}

void ExchangeTableModel::refresh(bool complete) {
    if (!source)
        return;
    const ExchangeId now = countable(source->count());
    if (complete)
        sentences->renew();
    if (natural && arrangement.natural()) {
        if (now > shown) {
            beginInsertRows({}, static_cast<int>(shown), static_cast<int>(now) - 1);
            shown = now;
            endInsertRows();
        }
        // Outcomes, durations and counts go on changing until the end. Every cell on screen is painted anew
        // for that, which is more work than all the rest of a look.
        const bool due =
            complete || !sinceChange.isValid() || sinceChange.elapsed() >= millisecondsBetweenChanges;
        if (!due || shown == 0)
            return;
        sinceChange.start();
        sentences->renew();
        emit dataChanged(index(0, 0), index(static_cast<int>(shown) - 1, columnCount() - 1));
        return;
    }
    if (!working && (complete || now > arrangedUpTo + arrangedUpTo / 4))
        rearrange();
}

void ExchangeTableModel::setQuery(const ExchangeQuery& query) {
    if (query.parts == arrangement.query.parts)
        return;
    arrangement.query = query;
    rearrange();
}

void ExchangeTableModel::setWithin(std::optional<std::vector<ExchangeId>> ids) {
    if (!ids && !arrangement.within)
        return;
    arrangement.within = std::move(ids);
    rearrange();
}

void ExchangeTableModel::sort(int column, Qt::SortOrder by) {
    const auto wanted = column < 0 ? ExchangeColumn::Number : static_cast<ExchangeColumn>(column);
    const bool descending = column >= 0 && by == Qt::DescendingOrder;
    if (wanted == arrangement.column && descending == arrangement.descending)
        return;
    arrangement.column = wanted;
    arrangement.descending = descending;
    rearrange();
}

void ExchangeTableModel::stop() {
    ++generation;
    if (cancelled)
        *cancelled = true;
    setWorking(false);
}

void ExchangeTableModel::setWorking(bool yes) {
    if (working == yes)
        return;
    working = yes;
    emit busyChanged(yes);
}

void ExchangeTableModel::rearrange() {
    stop();
    if (!source)
        return;
    const ExchangeId end = countable(source->count());
    if (arrangement.natural()) {
        beginResetModel();
        order.clear();
        natural = true;
        shown = end;
        endResetModel();
        emit arranged();
        return;
    }
    if (end <= arrangedAtOnce) {
        take(arrange(*source, arrangement, end, [](const auto&) { return true; }), generation, end);
        return;
    }
    setWorking(true);
    cancelled = std::make_shared<std::atomic<bool>>(false);
    const bool showWhatIsFound =
        !arrangement.query.empty() && arrangement.column == ExchangeColumn::Number && !arrangement.descending;
    if (showWhatIsFound)
        replace({});
    auto work = [this, own = source, by = arrangement, end, mine = generation, stopped = cancelled,
                 showWhatIsFound] {
        std::size_t handed = 0;
        QElapsedTimer sinceLast;
        sinceLast.start();
        auto ids = arrange(*own, by, end, [&](const std::vector<ExchangeId>& found) {
            if (showWhatIsFound && found.size() > handed && sinceLast.elapsed() > 60) {
                std::vector<ExchangeId> fresh(found.begin() + static_cast<std::ptrdiff_t>(handed),
                                              found.end());
                handed = found.size();
                sinceLast.restart();
                QMetaObject::invokeMethod(
                    this,
                    [this, fresh = std::move(fresh), mine]() mutable { append(std::move(fresh), mine); },
                    Qt::QueuedConnection);
            }
            return !stopped->load(std::memory_order_relaxed);
        });
        if (!*stopped)
            QMetaObject::invokeMethod(
                this, [this, ids = std::move(ids), mine, end]() mutable { take(std::move(ids), mine, end); },
                Qt::QueuedConnection);
    };
    pool.start(std::move(work));
}

void ExchangeTableModel::append(std::vector<ExchangeId> found, std::uint64_t of) {
    if (of != generation || found.empty())
        return;
    const int first = static_cast<int>(order.size());
    beginInsertRows({}, first, first + static_cast<int>(found.size()) - 1);
    order.insert(order.end(), found.begin(), found.end());
    endInsertRows();
}

void ExchangeTableModel::take(std::vector<ExchangeId> ids, std::uint64_t of, ExchangeId end) {
    if (of != generation)
        return;
    arrangedUpTo = end;
    if (natural || ids.size() < order.size() || !std::equal(order.begin(), order.end(), ids.begin())) {
        replace(std::move(ids));
    } else { // what was handed out while searching is the beginning of the whole
        append({ids.begin() + static_cast<std::ptrdiff_t>(order.size()), ids.end()}, of);
    }
    setWorking(false);
    emit arranged();
}

void ExchangeTableModel::replace(std::vector<ExchangeId> ids) {
    beginResetModel();
    natural = false;
    shown = 0;
    order = std::move(ids);
    endResetModel();
}

ExchangeId ExchangeTableModel::idAt(int row) const {
    const auto at = static_cast<std::size_t>(row);
    if (row < 0 || row >= rowCount())
        return none;
    return natural ? static_cast<ExchangeId>(row) : order[at];
}

int ExchangeTableModel::rowOf(ExchangeId id) const {
    if (natural)
        return id < shown ? static_cast<int>(id) : -1;
    const auto found = std::find(order.begin(), order.end(), id);
    return found == order.end() ? -1 : static_cast<int>(found - order.begin());
}

int ExchangeTableModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid())
        return 0;
    return natural ? static_cast<int>(shown) : static_cast<int>(order.size());
}

int ExchangeTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(ExchangeColumn::count);
}

QVariant ExchangeTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    const auto column = static_cast<ExchangeColumn>(index.column());
    const bool number = column == ExchangeColumn::Number || column == ExchangeColumn::Start ||
                        column == ExchangeColumn::Duration || column == ExchangeColumn::Packets ||
                        column == ExchangeColumn::Size;
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    if (role == IdRole)
        return idAt(index.row());
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole &&
        role != OutcomeRole && role != ProtocolRole && role != ChildRole)
        return {};
    const ExchangeRow row = source->row(idAt(index.row()));
    switch (role) {
    case OutcomeRole: return static_cast<int>(row.outcome);
    case ProtocolRole: return static_cast<int>(row.protocol);
    case ChildRole: return row.parent != none;
    default: return text(row, column);
    }
}

QVariant ExchangeTableModel::text(const ExchangeRow& row, ExchangeColumn column) const {
    switch (column) {
    case ExchangeColumn::Number: return grouped(std::uint64_t{row.id} + 1);
    case ExchangeColumn::Protocol:
        return (row.parent != none ? QStringLiteral("↳ ") : QString()) + protocolTitle(row.protocol);
    case ExchangeColumn::Who: return whoText(*source, row);
    case ExchangeColumn::Start: return secondsSince(row.time - source->start());
    case ExchangeColumn::Duration: return wirestage::tr(durationInWords(row.duration));
    case ExchangeColumn::Packets: return grouped(row.packets);
    case ExchangeColumn::Size: return wirestage::tr(bytesInWords(row.bytes));
    case ExchangeColumn::Outcome: return wirestage::tr(title(row.outcome));
    case ExchangeColumn::Sentence: return sentences->of(row.id);
    case ExchangeColumn::count: break;
    }
    return {};
}

QVariant ExchangeTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<ExchangeColumn>(section)) {
    case ExchangeColumn::Number: return QStringLiteral("#");
    case ExchangeColumn::Protocol: return tr("Protocol");
    case ExchangeColumn::Who: return tr("Who with whom");
    case ExchangeColumn::Start: return tr("Start");
    case ExchangeColumn::Duration: return tr("Lasted");
    case ExchangeColumn::Packets: return tr("Packets");
    case ExchangeColumn::Size: return tr("Size");
    case ExchangeColumn::Outcome: return tr("Outcome");
    case ExchangeColumn::Sentence: return tr("What happened");
    case ExchangeColumn::count: break;
    }
    return {};
}

} // namespace wirestage
