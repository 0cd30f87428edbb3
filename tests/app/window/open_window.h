// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a recording in it, on the screen and active, so that keys reach it.
#pragma once

#include "app/inspector/inspector.h"
#include "app/stage/stage_view.h"
#include "app/window/main_window.h"

#include <QApplication>
#include <QTest>

#include <gtest/gtest.h>

namespace wirestage {

struct Window : testing::Test {
    MainWindow window;

    void SetUp() override { open(QStringLiteral("tcp-syn-lost")); }

    void open(const QString& recording) {
        window.setWindowState(
            Qt::WindowNoState); // the offscreen screen is small enough to be filled at first
        window.resize(1500, 900);
        window.show();
        window.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
        window.openRecording(recording);
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return window.stage()->rowCount() > 0 && window.inspector()->inspected(); }, 10'000));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers with = {}) {
        QWidget* to = QApplication::focusWidget();
        QTest::keyClick(to ? to : &window, key, with);
    }
};

} // namespace wirestage
