// SPDX-License-Identifier: GPL-3.0-or-later
// Counts come from the system; no interface is opened for them.
#include "app/capture/interface_table.h"

#include "app/window/translate.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace wirestage {

InterfaceModel::InterfaceModel(QObject* parent, Lister list, Counter count)
    : QAbstractTableModel(parent), lister(std::move(list)), counter(std::move(count)) {
    timer.setInterval(1000);
    connect(&timer, &QTimer::timeout, this, &InterfaceModel::look);
    timer.start();
    look();
}

/// Interfaces come and go; what is known of those that stay is kept.
void InterfaceModel::list() {
    std::vector<NetworkInterface> now = lister();
    const auto same = [](const Row& row, const NetworkInterface& one) {
        return row.interface.name == one.name;
    };
    if (!std::equal(rows.begin(), rows.end(), now.begin(), now.end(), same)) {
        beginResetModel();
        std::vector<Row> next;
        for (const NetworkInterface& one : now) {
            const auto old =
                std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return same(row, one); });
            next.push_back(old != rows.end() ? std::move(*old) : Row{});
        }
        rows = std::move(next);
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].interface = std::move(now[i]);
        endResetModel();
        emit chosenChanged();
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].interface = std::move(now[i]);
}

void InterfaceModel::look() {
    list();
    for (Row& row : rows) {
        const auto now = counter(row.interface.name);
        if (now && row.counted && *now >= *row.counted)
            row.traffic << static_cast<double>(*now - *row.counted);
        row.counted = now;
        while (row.traffic.size() > static_cast<qsizetype>(secondsShown))
            row.traffic.removeFirst();
    }
    if (!rows.empty())
        emit dataChanged(index(0, 0), index(static_cast<int>(rows.size()) - 1, ColumnCount - 1));
}

void InterfaceModel::setChosen(const QStringList& names) {
    for (Row& row : rows)
        row.chosen = names.contains(QString::fromStdString(row.interface.name));
    if (!rows.empty())
        emit dataChanged(index(0, 0), index(static_cast<int>(rows.size()) - 1, 0), {Qt::CheckStateRole});
    emit chosenChanged();
}

QStringList InterfaceModel::chosen() const {
    QStringList names;
    for (const Row& row : rows)
        if (row.chosen)
            names << QString::fromStdString(row.interface.name);
    return names;
}

int InterfaceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows.size());
}

int InterfaceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant InterfaceModel::words(const Row& row, int column) const {
    const NetworkInterface& one = row.interface;
    if (column == Name && one.all)
        return tr("any (all of them at once)");
    if (column == Name)
        return one.loopback ? tr("%1 (this machine with itself)").arg(fromUtf8(one.name))
                            : fromUtf8(one.name);
    if (column == Addresses && one.unusable)
        return wirestage::tr(*one.unusable);
    if (column == Addresses) {
        QStringList all;
        for (const std::string& address : one.addresses)
            all << fromUtf8(address);
        return all.join(QStringLiteral(", "));
    }
    return row.traffic.isEmpty() ? QString()
                                 : tr("%1 packets/s").arg(grouped(static_cast<quint64>(row.traffic.last())));
}

QVariant InterfaceModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return words(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == Name ? fromUtf8(row.interface.description) : words(row, index.column());
    case Qt::CheckStateRole:
        return index.column() == Name ? QVariant(row.chosen ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::ForegroundRole:
        return row.interface.unusable ? QVariant(QApplication::palette().placeholderText()) : QVariant();
    case TrafficRole: return index.column() == Traffic ? QVariant::fromValue(row.traffic) : QVariant();
    default: return {};
    }
}

QVariant InterfaceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Interface") : section == Addresses ? tr("Addresses") : tr("Traffic");
}

Qt::ItemFlags InterfaceModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable |
           (index.column() == Name ? Qt::ItemIsUserCheckable : Qt::NoItemFlags);
}

bool InterfaceModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || index.column() != Name || role != Qt::CheckStateRole)
        return false;
    rows[static_cast<std::size_t>(index.row())].chosen = value.toInt() == Qt::Checked;
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit chosenChanged();
    return true;
}

void SparklineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    QStyleOptionViewItem empty = option;
    initStyleOption(&empty, index);
    empty.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &empty, painter, option.widget);
    const auto values = index.data(InterfaceModel::TrafficRole).value<QList<double>>();
    if (values.size() < 2)
        return;
    const double highest = std::max(1.0, *std::max_element(values.begin(), values.end()));
    const QRectF room = QRectF(option.rect).adjusted(6, 4, -6, -4);
    const double step = room.width() / static_cast<double>(InterfaceModel::secondsShown - 1);
    QPainterPath path;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QPointF at(room.right() - static_cast<double>(values.size() - 1 - i) * step,
                         room.bottom() - values[i] / highest * room.height());
        i == 0 ? path.moveTo(at) : path.lineTo(at);
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(option.palette.color(QPalette::Link), 1.6));
    painter->drawPath(path);
    painter->restore();
}

QSize SparklineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.fontMetrics.averageCharWidth() * 22, option.fontMetrics.height() + 10};
}

} // namespace wirestage
