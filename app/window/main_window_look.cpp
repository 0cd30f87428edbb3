// SPDX-License-Identifier: GPL-3.0-or-later
// The window's look: its theme, how large everything is, and how much larger the stage on a projector.
#include "app/window/main_window.h"

#include "app/charts/charts_pane.h"
#include "app/exchanges/exchange_panel.h"
#include "app/inspector/inspector.h"
#include "app/lesson/lesson_session.h"
#include "app/stage/transport_bar.h"
#include "app/window/library_panel.h"
#include "app/window/style_sheet.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QLayout>
#include <QMenu>
#include <QSettings>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace wirestage {

void MainWindow::applyLook() {
    const Theme& look = theme(themeNow);
    const double points = pointSize * zoomNow;
    QFont font = QApplication::font();
    font.setPointSizeF(points);
    QApplication::setFont(font);
    QApplication::setPalette(look.palette());
    qApp->setStyleSheet(windowStyleSheet(look, points));
    inspectorPane->setMinimumWidth(static_cast<int>(280 * std::clamp(zoomNow, 1.0, 1.6)));
    lightStage();
    transport->setTheme(look);
    inspectorPane->setTheme(look);
    exchangePanel->setTheme(look);
    chartsPane->setTheme(look);
    libraryPanel->setTheme(look);
}

/// How much larger the stage is made than the window's zoom says. The projector's letters are meant for a
/// window as wide as a screen: on fewer pixels, or between two panes, they would leave the diagram no room.
/// (Fewer pixels on the same wall are larger ones, so the letters stay as large as they were.)
double MainWindow::stageMagnified() const {
    const bool between =
        !isPresenting && !isCompact && !libraryPanel->isHidden() && !inspectorPane->isHidden();
    const double fit = std::min(std::clamp(width() / 1600.0, 0.6, 1.0), between ? 0.8 : 1.0);
    if (isPresenting && themeNow == ThemeName::Dark)
        return std::max(1.0, fit * theme(ThemeName::Projector).stageScale());
    return isPresenting || themeNow == ThemeName::Projector ? fit : 1;
}

/// On a projector the stage is larger than on a desk, whatever theme the window has.
void MainWindow::lightStage() {
    const bool projecting = isPresenting && themeNow != ThemeName::Projector;
    const bool dark = themeNow == ThemeName::Dark;
    stageView->setTheme(theme(projecting && !dark ? ThemeName::Projector : themeNow));
    const QSignalBlocker quiet(stageView);
    stageView->setZoom(zoomNow * stageMagnified());
}

/// All that the row has can be had from the menus. What it has no room for, beside a few letters of the
/// title, is left to them, the least needed first; its words are never cut.
void MainWindow::fitHeader() {
    constexpr int leastLetters = 6;
    if (!presentButton)
        return; // there is no row yet
    const auto all = header->findChildren<QToolButton*>();
    const auto pillOf = [&](const char* name) {
        return *std::find_if(all.begin(), all.end(), [&](const QToolButton* one) {
            return one->defaultAction() == actionNamed(QLatin1String(name));
        });
    };
    struct Part {
        QToolButton* pill;
        bool wanted;
    };
    Part leastNeededFirst[] = {{reasonPill, reasonMenu->menuAction()->isEnabled()},
                               {pillOf("transcript"), !isCompact},
                               {pillOf("predict"), true},
                               {textbookPill, !lessonSession->isOpen()},
                               {levelPill, true},
                               {pillOf("true-time"), true},
                               {pillOf("even-steps"), true}};
    const int gap = header->layout()->spacing();
    int needed = header->layout()->sizeHint().width() + leastLetters * fontMetrics().averageCharWidth();
    for (const Part& part : leastNeededFirst)
        needed += (part.wanted - !part.pill->isHidden()) * (part.pill->sizeHint().width() + gap);
    for (Part& part : leastNeededFirst)
        if (part.wanted && needed > width()) {
            needed -= part.pill->sizeHint().width() + gap;
            part.wanted = false;
        }
    for (const Part& part : leastNeededFirst)
        part.pill->setVisible(part.wanted);
}

void MainWindow::setThemeName(ThemeName name) {
    themeNow = name;
    QSettings().setValue(QStringLiteral("view/theme"), wordOf(name));
    for (QAction* one : themes->actions())
        if (one->data().toInt() == static_cast<int>(name))
            one->setChecked(true);
    applyLook();
}

void MainWindow::setZoom(double factor) {
    factor = std::clamp(factor, 0.5, 4.0);
    if (qFuzzyCompare(factor, zoomNow))
        return;
    zoomNow = factor;
    QSettings().setValue(QStringLiteral("view/zoom"), factor);
    applyLook();
    arrangeForWidth();
    fitTable();
}

} // namespace wirestage
