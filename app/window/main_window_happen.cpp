// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a scenario that is made to happen: it is captured like anything else, but nobody needs a
// right, its lesson lies under it, and the live bar says what it is and who plays.
#include "app/window/main_window.h"

#include "app/capture/capture_dialog.h"
#include "app/capture/happen_menu.h"
#include "app/capture/live_bar.h"
#include "app/happen/scenario.h"
#include "app/window/document.h"
#include "app/window/translate.h"
#include "core/lesson/lesson.h"

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

void MainWindow::offerHappening(CaptureDialog* dialog) {
    connect(dialog, &CaptureDialog::happenWanted, this, [this, dialog](const CaptureOrder& order) {
        dialog->reject();
        startCapture(order);
    });
}

std::function<void(std::string_view)> MainWindow::hearingWhoPlays(const CaptureOrder& order) {
    happenCast.clear();
    if (order.scenario.isEmpty())
        return {};
    // Called in a thread of the process, which may outlive the window.
    return [window = QPointer<MainWindow>(this), about = order.scenario](std::string_view line) {
        if (const auto cast = happenCastIn(line))
            QMetaObject::invokeMethod(
                qApp,
                [window, about, cast = *cast] {
                    if (!window || !window->lastOrder || window->lastOrder->scenario != about)
                        return;
                    window->happenCast = wirestage::tr(cast);
                    window->tellHappening();
                },
                Qt::QueuedConnection);
    };
}

/// What the live document is, where it is made to happen.
const HappenScenario* MainWindow::happening() const {
    return lastOrder && document && document->live() ? happenScenario(lastOrder->scenario.toStdString())
                                                     : nullptr;
}

/// Its first packets can be shown: from here on its lesson lies under it.
void MainWindow::beginHappening() {
    if (!happening())
        return;
    layLesson(lastOrder->textbook, {});
    tellHappening();
}

void MainWindow::tellHappening() {
    if (const HappenScenario* const scenario = happening())
        liveBar->setSubject(subjectOf(*scenario), happenCast);
}

} // namespace wirestage
