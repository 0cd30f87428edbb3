// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps boxes, picture and tree on the same field.
#include "app/inspector/packet_pane.h"

#include "app/inspector/bit_picture.h"
#include "app/inspector/field_model.h"
#include "app/inspector/nested_boxes.h"
#include "app/window/pane_parts.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace wirestage {
namespace {

QToolButton* choice(const QString& words, QButtonGroup* group, int id) {
    auto* button = new QToolButton;
    button->setText(words);
    button->setCheckable(true);
    button->setProperty("role", QStringLiteral("pill"));
    button->setFocusPolicy(Qt::StrongFocus);
    group->addButton(button, id);
    return button;
}

} // namespace

PacketPane::PacketPane(QWidget* parent)
    : QWidget(parent), boxes(new NestedBoxes), picture(new BitPicture), pictureArea(new QScrollArea),
      tree(new QTreeView), model(new FieldModel(this)), either(new QStackedWidget),
      views(new QButtonGroup(this)), heading(plainLabel(QStringLiteral("cardTitle"))),
      legend(plainLabel(QStringLiteral("quiet"))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 0);
    column->setSpacing(8);
    column->addWidget(boxes);
    auto* row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(choice(tr("Bit picture"), views, 0));
    row->addWidget(choice(tr("All fields"), views, 1));
    column->addLayout(row);
    column->addWidget(legend);

    pictureArea->setWidgetResizable(true);
    pictureArea->setFrameShape(QFrame::NoFrame);
    pictureArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* holder = new QWidget;
    auto* inside = new QVBoxLayout(holder);
    inside->setContentsMargins(0, 0, 0, 12);
    inside->addWidget(picture);
    inside->addStretch(1);
    pictureArea->setWidget(holder);
    tree->setModel(model);
    tree->setUniformRowHeights(true);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setAccessibleName(tr("All fields of the packet"));
    tree->header()->setStretchLastSection(true);
    tree->setTextElideMode(Qt::ElideMiddle);
    either->addWidget(pictureArea);
    either->addWidget(tree);
    column->addWidget(either, 1);

    connect(views, &QButtonGroup::idClicked, this, [this](int id) { showTree(id == 1); });
    connect(boxes, &NestedBoxes::layerChosen, this,
            [this](int layer) { emit fieldChosen(boxes->layers()[static_cast<std::size_t>(layer)].node); });
    connect(picture, &BitPicture::fieldChosen, this, &PacketPane::fieldChosen);
    connect(tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) {
                if (!following && now.isValid())
                    emit fieldChosen(FieldModel::fieldOf(now));
            });
    showTree(false);
}

void PacketPane::showTree(bool asTree) {
    either->setCurrentIndex(asTree ? 1 : 0);
    views->button(asTree ? 1 : 0)->setChecked(true);
}

void PacketPane::setTheme(const Theme& theme) {
    boxes->setTheme(theme);
    picture->setTheme(theme);
}

void PacketPane::setInspected(std::shared_ptr<const Inspected> inspected) {
    following = true;
    picture->setHeader(nullptr, nullptr, -1);
    shown = std::move(inspected);
    const bool any = shown && shown->valid;
    boxes->setLayers(any ? layersOf(shown->packet) : std::vector<LayerBox>{});
    model->setDescription(any ? shown->packet : Description{}, any ? shown->changed : std::vector<bool>{});
    for (int row = 0; row < model->rowCount(); ++row)
        tree->setExpanded(model->index(row, 0), row + 1 == model->rowCount());
    tree->resizeColumnToContents(FieldModel::TitleColumn);
    tree->setColumnWidth(FieldModel::TitleColumn, std::min(tree->columnWidth(FieldModel::TitleColumn), 240));
    legend->setText(
        !any                     ? QString()
        : shown->message.gaveWay ? tr("The bytes of this packet are no longer kept")
        : shown->previousFrame
            ? tr("● differs from packet %1, the last of this kind this way").arg(shown->previousFrame)
            : tr("The first of its kind this way"));
    showHeader(boxes->layers().empty() ? -1 : boxes->layers().back().node);
    following = false;
}

void PacketPane::showHeader(int node) {
    header = node;
    if (!shown) {
        heading->setText({});
        return;
    }
    int layer = -1;
    for (std::size_t i = 0; i < boxes->layers().size(); ++i)
        if (boxes->layers()[i].node == node)
            layer = static_cast<int>(i);
    boxes->setChosen(layer);
    heading->setText(layer >= 0 ? boxes->layers()[static_cast<std::size_t>(layer)].title : QString());
    picture->setHeader(&shown->packet, &shown->changed, node);
}

void PacketPane::setField(int field) {
    if (!shown)
        return;
    following = true;
    const HeaderSpan span = headerOfField(shown->packet, field);
    if (span.node >= 0 && span.node != header)
        showHeader(span.node);
    picture->setField(field);
    for (const BitCell& cell : picture->layoutOfBits().cells)
        if (cell.field == field && field >= 0)
            pictureArea->ensureVisible(0, picture->rectOf(cell).bottom(), 0, 30);
    const QModelIndex index = model->indexOfField(field);
    tree->setCurrentIndex(index);
    if (index.isValid())
        tree->scrollTo(index);
    following = false;
}

} // namespace wirestage
