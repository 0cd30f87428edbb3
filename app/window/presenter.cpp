// SPDX-License-Identifier: GPL-3.0-or-later
// The stage alone on the whole screen, driven by the keys that clickers send. They are taken before any
// widget sees them, so that a clicker works whatever has the focus; Esc leads out and never ends the program.
#include "app/window/main_window.h"

#include "app/ends/ends_bar.h"
#include "app/exchanges/exchange_panel.h"
#include "app/inspector/inspector.h"
#include "app/lesson/lesson_session.h"
#include "app/lesson/predict_bar.h"
#include "app/lesson/what_if_bar.h"
#include "app/overlay/goal_bar.h"
#include "app/overlay/overlay_bar.h"
#include "app/stage/transport_bar.h"
#include "app/window/library_panel.h"
#include "app/window/message_bar.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QMenuBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QTabBar>

namespace wirestage {

void MainWindow::setPresenting(bool on) {
    if (on == isPresenting)
        return;
    stageView->setCover(StageView::Cover::Nothing);
    if (on) {
        saveLayout();
        showTranscript(false);
    }
    isPresenting = on;
    for (QWidget* part : std::initializer_list<QWidget*>{menuBar(), header, transport})
        part->setVisible(!on);
    if (on) {
        for (QWidget* part :
             std::initializer_list<QWidget*>{libraryPanel, exchangePanel, inspectorPane, pages})
            part->hide();
        down->show();
        stageOrTranscript->show();
        wasMaximized = isMaximized();
        showFullScreen();
    } else {
        wasMaximized ? showMaximized() : showNormal();
        arrangeForWidth();
    }
    for (QWidget* one : std::initializer_list<QWidget*>{caption, predictBar}) { // read from the last row, too
        one->setProperty("presenting", on);
        const QList<QWidget*> parts = one->findChildren<QWidget*>() << one;
        for (QWidget* part : parts) { // the rules are looked up again
            part->style()->unpolish(part);
            part->style()->polish(part);
        }
    }
    overlayBar->setLarge(on);
    goalBar->setLarge(on);
    whatIfBar->setVisible(!on && lessonSession->isOpen());
    endsBar->setVisible(!on && ends);
    tellLesson(stageView->current());
    lightStage();
    stageView->setFocus();
}

bool MainWindow::presenterKey(QKeyEvent* event) {
    if (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))
        return false;
    const auto cover = [this](StageView::Cover wanted) {
        stageView->setCover(stageView->cover() == wanted ? StageView::Cover::Nothing : wanted);
    };
    switch (event->key()) {
    case Qt::Key_PageDown:
    case Qt::Key_Right:
    case Qt::Key_Down:
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter: stageView->next(); return true;
    case Qt::Key_PageUp:
    case Qt::Key_Left:
    case Qt::Key_Up:
    case Qt::Key_Backspace: stageView->previous(); return true;
    case Qt::Key_Home: stageView->first(); return true;
    case Qt::Key_End: stageView->last(); return true;
    case Qt::Key_B:
    case Qt::Key_Period: cover(StageView::Cover::Black); return true;
    case Qt::Key_W:
    case Qt::Key_Comma: cover(StageView::Cover::White); return true;
    case Qt::Key_P: stageView->togglePlay(); return true;
    case Qt::Key_1:
    case Qt::Key_2:
    case Qt::Key_3:
    case Qt::Key_4: predictBar->choose(event->key() - Qt::Key_1); return true;
    case Qt::Key_Escape: setPresenting(false); return true;
    default: return false;
    }
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (isPresenting && event->type() == QEvent::KeyPress && QApplication::activeModalWidget() == nullptr) {
        auto* widget = qobject_cast<QWidget*>(watched);
        if (widget && widget->window() == this && presenterKey(static_cast<QKeyEvent*>(event)))
            return true;
    }
    if (watched == subject && event->type() == QEvent::Resize)
        updateSubject(); // how much of the title fits
    return QMainWindow::eventFilter(watched, event);
}

} // namespace wirestage
