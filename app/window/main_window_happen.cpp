// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a scenario that is made to happen: it is captured like anything else, but nobody needs a
// right, and the live bar says what it is and who plays.
#include "app/window/main_window.h"

#include "app/capture/happen_menu.h"
#include "app/capture/live_bar.h"
#include "app/happen/scenario.h"
#include "app/window/document.h"
#include "app/window/translate.h"

#include <QCoreApplication>
#include <QMenu>
#include <QPointer>

namespace wirestage {

void MainWindow::buildHappenMenu(QMenu* menu) {
    auto* scenarios = menu->addMenu(tr("&Make it happen"));
    scenarios->setObjectName(QStringLiteral("happenMenu"));
    scenarios->setToolTip(tr("A real exchange in a network of its own: nobody needs a right for it"));
    fillHappenMenu(scenarios, [this](const HappenScenario& one) { startCapture(orderFor(one)); });
}

std::function<void(std::string_view)> MainWindow::hearingWhoPlays(const CaptureOrder& order) {
    happenCast.clear();
    if (order.scenario.isEmpty())
        return {};
    // Called in a thread of the process, which may outlive the window.
    return [window = QPointer<MainWindow>(this)](std::string_view line) {
        if (const auto cast = happenCastIn(line))
            QMetaObject::invokeMethod(
                qApp,
                [window, cast = *cast] {
                    if (window)
                        window->tellWhoPlays(wirestage::tr(cast));
                },
                Qt::QueuedConnection);
    };
}

void MainWindow::tellWhoPlays(const QString& cast) {
    happenCast = cast;
    tellHappening();
}

void MainWindow::tellHappening() {
    const HappenScenario* const scenario = lastOrder && document && document->live()
                                               ? happenScenario(lastOrder->scenario.toStdString())
                                               : nullptr;
    if (scenario)
        liveBar->setSubject(subjectOf(*scenario), happenCast);
}

} // namespace wirestage
