// SPDX-License-Identifier: GPL-3.0-or-later
// The interfaces to choose from, with their addresses, why one cannot be used, and a line of how busy each
// has been in the last half minute.
#pragma once

#include "core/capture/interfaces.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <QTimer>

#include <functional>
#include <vector>

namespace wirestage {

class InterfaceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Addresses, Traffic, ColumnCount };
    static constexpr int TrafficRole = Qt::UserRole; ///< QList<double>: packets a second, oldest first
    static constexpr std::size_t secondsShown = 30;

    using Lister = std::function<std::vector<NetworkInterface>()>;
    using Counter = std::function<std::optional<std::uint64_t>(const std::string&)>;
    explicit InterfaceModel(QObject* parent = nullptr, Lister list = networkInterfaces,
                            Counter count = packetsCounted);

    void setChosen(const QStringList& names);
    [[nodiscard]] QStringList chosen() const;
    /// Lists them anew and counts; every second by itself.
    void look();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    void chosenChanged();

private:
    struct Row {
        NetworkInterface interface;
        bool chosen = false;
        std::optional<std::uint64_t> counted;
        QList<double> traffic;
    };
    void list();
    [[nodiscard]] QVariant words(const Row& row, int column) const;

    Lister lister;
    Counter counter;
    std::vector<Row> rows;
    QTimer timer;
};

/// Draws TrafficRole as a small line chart.
class SparklineDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace wirestage
