// SPDX-License-Identifier: GPL-3.0-or-later
// The charts below the stage: shown where they are wanted, fed with what the stage shows, in step with it.
#include "app/window/main_window.h"

#include "app/charts/charts_pane.h"
#include "app/window/document.h"

#include <QEvent>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>

namespace wirestage {
namespace {

/// Shows and hides what surrounds a pane together with it.
class Surrounding : public QObject {
public:
    Surrounding(QWidget* pane, QWidget* around) : QObject(around), widget(around) {
        pane->installEventFilter(this);
    }
    bool eventFilter(QObject* /*watched*/, QEvent* event) override {
        if (event->type() == QEvent::ShowToParent)
            widget->show();
        if (event->type() == QEvent::HideToParent)
            widget->hide();
        return false;
    }

private:
    QWidget* widget;
};

} // namespace

void MainWindow::buildCharts() {
    chartsPane = new ChartsPane;
    auto* around = new QSplitter(Qt::Vertical);
    around->setChildrenCollapsible(false);
    around->setHandleWidth(1);
    const int place = down->indexOf(stageOrTranscript);
    down->replaceWidget(place, around);
    down->setStretchFactor(place, 1);
    around->addWidget(stageOrTranscript);
    around->addWidget(chartsPane);
    around->setStretchFactor(0, 3);
    around->setStretchFactor(1, 2);
    stageOrTranscript->show();
    new Surrounding(stageOrTranscript, around);
    chartsPane->setVisible(QSettings().value(QStringLiteral("view/charts"), false).toBool());

    connect(stageView, &StageView::sourceChanged, this, [this] {
        const bool any = stageView->source() && document;
        chartsPane->setShown(any ? document->capture() : nullptr, shown);
        chartsPane->setCurrent(currentPacket());
    });
    connect(stageView, &StageView::currentChanged, this, [this] { chartsPane->setCurrent(currentPacket()); });
    connect(chartsPane, &ChartsPane::packetChosen, this, [this](quint32 packet) {
        if (const auto source = stageView->source(); source && source->size() > 0)
            stageView->jumpTo(rowAtPacket(*source, packet));
    });
}

void MainWindow::showCharts(bool on) {
    chartsPane->setVisible(on);
    auto* around = qobject_cast<QSplitter*>(chartsPane->parentWidget());
    if (const int all = around ? around->height() : 0; on && chartsPane->height() < all * 2 / 5)
        around->setSizes({all * 3 / 5, all * 2 / 5}); // a chart needs room to be read
}

/// A lesson's charts come with it where there is room; when it goes, what one chose oneself counts again.
void MainWindow::bringCharts(const std::vector<std::string>& names) {
    const bool brought = !names.empty() && !isCompact;
    if (brought)
        chartsPane->setKind(names.front() == "sequence"     ? ChartKind::Sequence
                            : names.front() == "round_trip" ? ChartKind::RoundTrip
                                                            : ChartKind::Window);
    const bool on = brought || QSettings().value(QStringLiteral("view/charts"), false).toBool();
    actionNamed(QStringLiteral("charts"))->setChecked(on);
}

PacketIndex MainWindow::currentPacket() const {
    const auto source = stageView->source();
    const auto row = stageView->current();
    return source && row < source->size() ? source->facts(row).packet : none;
}

} // namespace wirestage
