// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a packet as a tree: title, value with its meaning, Wireshark's name of it.
#pragma once

#include "core/protocols/description.h"

#include <QAbstractItemModel>

#include <vector>

namespace wirestage {

class FieldModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { TitleColumn, ValueColumn, NameColumn, columns };
    enum Role { FieldRole = Qt::UserRole, ChangedRole };

    using QAbstractItemModel::QAbstractItemModel;

    /// Both are copied. `changed` by field, or empty.
    void setDescription(Description description, std::vector<bool> changed = {});
    [[nodiscard]] const Description& description() const { return packet; }

    [[nodiscard]] QModelIndex indexOfField(int field, int column = TitleColumn) const;
    [[nodiscard]] static int fieldOf(const QModelIndex& index); ///< -1 for none

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Description packet;
    std::vector<bool> changed;
    std::vector<std::vector<int>> children; ///< by field + 1; [0]: the protocols' own nodes
    std::vector<int> rows;                  ///< by field: its place among its parent's children
};

/// "Time to live", the RFC's name of the field.
QString fieldTitle(const Field& field);
/// "64", "192.168.1.1", "2 (Echo reply)": value and meaning in one line.
QString fieldValue(const Field& field);

} // namespace wirestage
