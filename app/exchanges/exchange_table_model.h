// SPDX-License-Identifier: GPL-3.0-or-later
// The exchanges of a capture as a table. Nothing is held for a row but, where it is sorted or searched, its
// number; what a row says is asked for when the row is drawn. Rows appear while the capture is being indexed.
#pragma once

#include "app/exchanges/exchange_order.h"
#include "app/exchanges/sentences.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace wirestage {

class ExchangeTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole, OutcomeRole, ProtocolRole, ChildRole };

    explicit ExchangeTableModel(QObject* parent = nullptr);
    [[nodiscard]] std::shared_ptr<const void> hold() const { return source ? source->hold() : nullptr; }
    ~ExchangeTableModel() override;

    void setSource(std::shared_ptr<const ExchangeSource> source);
    /// Takes over what was indexed since the last time. `complete`: nothing more will come.
    void refresh(bool complete);
    void setQuery(const ExchangeQuery& query);
    /// Only these exchanges (ascending); nothing: no packet filter is set.
    void setWithin(std::optional<std::vector<ExchangeId>> ids);

    [[nodiscard]] ExchangeId idAt(int row) const;
    [[nodiscard]] int rowOf(ExchangeId id) const; ///< -1 if the exchange is not shown
    [[nodiscard]] bool showsAll() const { return arrangement.query.empty() && !arrangement.within; }
    [[nodiscard]] bool busy() const { return working; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void busyChanged(bool busy);
    void arranged(); ///< the order that was asked for is there

private:
    [[nodiscard]] QVariant text(const ExchangeRow& row, ExchangeColumn column) const;
    void rearrange();
    void stop();
    void append(std::vector<ExchangeId> found, std::uint64_t generation);
    void take(std::vector<ExchangeId> ids, std::uint64_t generation, ExchangeId end);
    void replace(std::vector<ExchangeId> ids);
    void setWorking(bool yes);

    std::shared_ptr<const ExchangeSource> source;
    Sentences* sentences;
    ExchangeArrangement arrangement;
    std::vector<ExchangeId> order; ///< what is shown; unused in natural order
    bool natural = true;           ///< how the rows stand now; `arrangement` is what was asked for
    ExchangeId shown = 0;          ///< rows in natural order
    ExchangeId arrangedUpTo = 0;
    bool working = false;
    QElapsedTimer sinceChange; ///< since views were told that cells have changed
    std::uint64_t generation = 0;
    std::shared_ptr<std::atomic<bool>> cancelled;
    QThreadPool pool; ///< one thread: the latest wish waits until the one before has noticed that it is over
};

} // namespace wirestage
