// SPDX-License-Identifier: GPL-3.0-or-later
// A tree over the flat list of a description, in which parents stand before their children.
#include "app/inspector/field_model.h"

#include "app/window/translate.h"

namespace wirestage {
namespace {

constexpr int longestValue = 400;

std::size_t at(int place) {
    return static_cast<std::size_t>(place);
}

} // namespace

QString fieldTitle(const Field& field) {
    if (!field.spec)
        return {};
    return wirestage::tr(Text{"fields", field.spec->title, {}, {}});
}

QString fieldValue(const Field& field) {
    const QString meaning = wirestage::tr(field.meaning);
    QString value = fromUtf8(printable(field.value, longestValue));
    if (meaning.isEmpty())
        return value;
    if (value.isEmpty() || meaning.contains(value))
        return meaning;
    return QStringLiteral("%1 (%2)").arg(value, meaning);
}

void FieldModel::setDescription(Description description, std::vector<bool> changedFields) {
    beginResetModel();
    packet = std::move(description);
    changed = std::move(changedFields);
    children.assign(packet.fields.size() + 1, {});
    rows.assign(packet.fields.size(), 0);
    for (std::size_t i = 0; i < packet.fields.size(); ++i) {
        const int parent = packet.fields[i].parent;
        auto& siblings = children[parent < 0 || at(parent) >= i ? 0 : at(parent) + 1];
        rows[i] = static_cast<int>(siblings.size());
        siblings.push_back(static_cast<int>(i));
    }
    endResetModel();
}

int FieldModel::fieldOf(const QModelIndex& index) {
    return index.isValid() ? static_cast<int>(index.internalId()) : -1;
}

QModelIndex FieldModel::indexOfField(int field, int column) const {
    if (field < 0 || at(field) >= rows.size())
        return {};
    return createIndex(rows[at(field)], column, static_cast<quintptr>(field));
}

QModelIndex FieldModel::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column < 0 || column >= columns || row >= rowCount(parent))
        return {};
    return createIndex(row, column, static_cast<quintptr>(children[at(fieldOf(parent) + 1)][at(row)]));
}

QModelIndex FieldModel::parent(const QModelIndex& index) const {
    const int field = fieldOf(index);
    if (field < 0)
        return {};
    const int above = packet.fields[at(field)].parent;
    return above >= field ? QModelIndex() : indexOfField(above);
}

int FieldModel::rowCount(const QModelIndex& parent) const {
    if (children.empty() || parent.column() > 0)
        return 0;
    return static_cast<int>(children[at(fieldOf(parent) + 1)].size());
}

int FieldModel::columnCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : columns;
}

QVariant FieldModel::data(const QModelIndex& index, int role) const {
    const int place = fieldOf(index);
    if (place < 0 || at(place) >= packet.fields.size())
        return {};
    const Field& field = packet.fields[at(place)];
    const bool isChanged = at(place) < changed.size() && changed[at(place)];
    switch (role) {
    case FieldRole: return place;
    case ChangedRole: return isChanged;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        if (index.column() == TitleColumn && isChanged)
            return tr("%1, changed").arg(fieldTitle(field));
        [[fallthrough]];
    case Qt::DisplayRole:
        if (index.column() == NameColumn)
            return field.spec ? fromUtf8(field.spec->name) : QString();
        if (index.column() == ValueColumn)
            return fieldValue(field);
        return isChanged ? QStringLiteral("● ") + fieldTitle(field) : fieldTitle(field);
    default: return {};
    }
}

QVariant FieldModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TitleColumn: return tr("Field");
    case ValueColumn: return tr("Value");
    case NameColumn: return tr("Filter name");
    default: return {};
    }
}

} // namespace wirestage
