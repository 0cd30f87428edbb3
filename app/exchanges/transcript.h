// SPDX-License-Identifier: GPL-3.0-or-later
// The text twin of the diagram: every message a line of words, for screen readers, for searching with the
// eyes, and for copying. Lines are made when they are looked at.
#pragma once

#include "core/diagram/source.h"

#include <QAbstractListModel>
#include <QListView>

#include <memory>
#include <unordered_map>

namespace wirestage {

class TranscriptModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setSource(std::shared_ptr<const diagram::DiagramSource> source);
    /// Makes sure that the model has this row, as far as a list can have it.
    void reach(diagram::Row row);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    /// "3. 0.024 s, laptop to everybody: DHCP Request, asks for 10.0.0.60"
    [[nodiscard]] QString line(diagram::Row row) const;

private:
    [[nodiscard]] QString nameOf(HostId host) const;
    void grow(diagram::Row to);

    std::shared_ptr<const diagram::DiagramSource> source;
    std::unordered_map<HostId, QString> names;
    Time start = 0;
    diagram::Row shown = 0; ///< a list view measures every row it has, so rows come in portions
};

class TranscriptView : public QListView {
    Q_OBJECT
public:
    explicit TranscriptView(QWidget* parent = nullptr);
    void setSource(std::shared_ptr<const diagram::DiagramSource> source);
    void setCurrent(quint64 row);

signals:
    void rowChosen(quint64 row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void fitRows();

    TranscriptModel* lines;
    class TranscriptRows* rows;
};

} // namespace wirestage
