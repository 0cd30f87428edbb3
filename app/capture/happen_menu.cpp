// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/capture/happen_menu.h"

#include "app/happen/scenario.h"
#include "app/window/translate.h"

#include <QAction>
#include <QCoreApplication>
#include <QFileInfo>
#include <QMenu>

namespace wirestage {

CaptureOrder orderFor(const HappenScenario& scenario) {
    CaptureOrder order;
    order.scenario = fromUtf8(scenario.id);
    order.title = wirestage::tr(scenario.title());
    order.textbook = fromUtf8(scenario.lesson);
    return order;
}

QString subjectOf(const HappenScenario& scenario) {
    return QCoreApplication::translate("wirestage::LiveBar", "%1, in a private network")
        .arg(wirestage::tr(scenario.title()));
}

bool canMakeHappen() {
    return QFileInfo(happenPath()).isExecutable();
}

void fillHappenMenu(QMenu* menu, const std::function<void(const HappenScenario&)>& chosen) {
    menu->setToolTipsVisible(true);
    for (const HappenScenario& one : happenScenarios()) {
        auto* entry = menu->addAction(wirestage::tr(one.title()));
        entry->setObjectName(QStringLiteral("happen-") + fromUtf8(one.id));
        entry->setToolTip(wirestage::tr(one.tip()));
        entry->setStatusTip(entry->toolTip());
        entry->setEnabled(canMakeHappen());
        QObject::connect(entry, &QAction::triggered, menu, [&one, chosen] { chosen(one); });
    }
}

} // namespace wirestage
