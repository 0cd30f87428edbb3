// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the three panes together.
#include "app/inspector/inspector.h"

#include "app/inspector/bytes_pane.h"
#include "app/inspector/explain_pane.h"
#include "app/inspector/field_card.h"
#include "app/inspector/packet_pane.h"

#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace wirestage {

Inspector::Inspector(QWidget* parent)
    : QWidget(parent), tabs(new QTabWidget), explain(new ExplainPane), packet(new PacketPane),
      bytes(new BytesPane), card(new FieldCard), cardArea(new QScrollArea) {
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));
    tabs->setDocumentMode(true);
    tabs->setAccessibleName(tr("What the inspector shows"));
    tabs->tabBar()->setDrawBase(false);
    tabs->addTab(explain, tr("Explai&n"));
    tabs->addTab(packet, tr("&Packet"));
    tabs->addTab(bytes, tr("&Bytes"));
    tabs->tabBar()->setAccessibleName(tr("What the inspector shows"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(tabs, 1);
    cardArea->setWidget(card);
    cardArea->setWidgetResizable(true);
    cardArea->setFrameShape(QFrame::NoFrame);
    cardArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    cardArea->setFocusPolicy(Qt::NoFocus);
    cardArea->hide();
    column->addWidget(cardArea);
    connect(explain, &ExplainPane::fieldChosen, this, &Inspector::setField);
    connect(explain, &ExplainPane::layerChosen, this, [this](int node) {
        setTab(Packet);
        setField(node);
    });
    connect(packet, &PacketPane::fieldChosen, this, &Inspector::setField);
    connect(bytes, &BytesPane::fieldChosen, this, &Inspector::setField);
    connect(card, &FieldCard::closed, this, [this] { setField(-1); });
}

void Inspector::setInspected(std::shared_ptr<const Inspected> inspected) {
    // A field that is being followed stays chosen from one message to the next, as far as they have it.
    const FieldSpec* followed =
        shown && current >= 0 ? shown->packet.fields[static_cast<std::size_t>(current)].spec : nullptr;
    shown = std::move(inspected);
    explain->setInspected(shown);
    packet->setInspected(shown);
    bytes->setInspected(shown);
    int again = -1;
    if (shown && followed)
        for (std::size_t i = 0; i < shown->packet.fields.size() && again < 0; ++i)
            if (shown->packet.fields[i].spec == followed)
                again = static_cast<int>(i);
    setField(again);
}

void Inspector::setTheme(const Theme& theme) {
    explain->setTheme(theme);
    packet->setTheme(theme);
}

void Inspector::setTab(Tab tab) {
    tabs->setCurrentIndex(tab);
}

Inspector::Tab Inspector::tab() const {
    return static_cast<Tab>(tabs->currentIndex());
}

void Inspector::setExtraPane(QWidget* pane, const QString& title) {
    extra = pane;
    extraTitle = title;
    extra->setParent(this);
    extra->hide();
}

void Inspector::showExtraPane(bool on) {
    const int place = tabs->indexOf(extra);
    if (on && place < 0) {
        tabs->addTab(extra, extraTitle);
    } else if (!on && place >= 0) {
        tabs->removeTab(place);
        extra->setParent(this);
        extra->hide();
    }
}

void Inspector::setField(int field) {
    current = field;
    packet->setField(field);
    bytes->setField(field);
    const bool any = shown && shown->valid && field >= 0;
    card->setField(any ? *shown : Inspected{}, field);
    cardArea->setVisible(any);
    if (any) { // as high as its words, but never more than a good third of the pane
        const int wanted = card->layout()->hasHeightForWidth() ? card->layout()->heightForWidth(width())
                                                               : card->sizeHint().height();
        cardArea->setFixedHeight(std::min(wanted + 4, height() * 2 / 5));
    }
    emit fieldChanged(field);
}

} // namespace wirestage
