// SPDX-License-Identifier: GPL-3.0-or-later
// The packet: its headers as nested boxes, the chosen one as its RFC's bit picture, or all fields as a tree.
#pragma once

#include "app/inspector/inspected.h"
#include "app/stage/theme.h"

#include <QWidget>

#include <memory>

class QButtonGroup;
class QLabel;
class QScrollArea;
class QStackedWidget;
class QTreeView;

namespace wirestage {

class BitPicture;
class FieldModel;
class NestedBoxes;

class PacketPane : public QWidget {
    Q_OBJECT
public:
    explicit PacketPane(QWidget* parent = nullptr);
    void setInspected(std::shared_ptr<const Inspected> inspected);
    void setField(int field); ///< shows the header it stands in and marks it
    void setTheme(const Theme& theme);
    void showTree(bool tree);

signals:
    void fieldChosen(int field);

private:
    void showHeader(int node);

    std::shared_ptr<const Inspected> shown;
    NestedBoxes* boxes;
    BitPicture* picture;
    QScrollArea* pictureArea;
    QTreeView* tree;
    FieldModel* model;
    QStackedWidget* either;
    QButtonGroup* views;
    QLabel *heading, *legend;
    int header = -1;
    bool following = false; ///< a choice is being shown, not made
};

} // namespace wirestage
