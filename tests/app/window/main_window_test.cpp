// SPDX-License-Identifier: GPL-3.0-or-later
// The window as somebody uses it: real keys, dropped files, settings that are kept.
#include "tests/app/window/open_window.h"

#include "app/exchanges/exchange_panel.h"
#include "app/exchanges/transcript.h"
#include "app/inspector/explain_pane.h"
#include "app/inspector/inspector.h"
#include "app/window/library_panel.h"
#include "app/window/message_bar.h"
#include "app/window/recordings.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QMimeData>
#include <QSet>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>

namespace wirestage {
namespace {

using MainWindowTest = Window;

TEST_F(MainWindowTest, ShowsTableStageAndInspectorOfARecording) {
    EXPECT_GT(window.exchanges()->table()->rowCount(), 0);
    EXPECT_TRUE(window.exchanges()->isVisible());
    EXPECT_TRUE(window.inspector()->inspected()->valid);
    EXPECT_TRUE(window.windowTitle().contains(QStringLiteral("Wirestage")));
}

TEST_F(MainWindowTest, PresentsTheStageAloneAndEscapeNeverQuits) {
    press(Qt::Key_F5);
    EXPECT_TRUE(window.presenting());
    EXPECT_TRUE(window.isFullScreen());
    EXPECT_FALSE(window.inspector()->isVisible());
    EXPECT_FALSE(window.menuBar()->isVisible());
    EXPECT_FALSE(window.library()->isVisible());
    press(Qt::Key_Escape);
    EXPECT_FALSE(window.presenting());
    EXPECT_FALSE(window.isFullScreen());
    press(Qt::Key_Escape);
    EXPECT_TRUE(window.isVisible());
    EXPECT_TRUE(window.inspector()->isVisible());
}

TEST_F(MainWindowTest, ObeysAClicker) {
    window.setPresenting(true);
    window.stage()->first();
    const auto start = window.stage()->current();
    for (const Qt::Key key : {Qt::Key_PageDown, Qt::Key_Right, Qt::Key_Space})
        press(key);
    EXPECT_EQ(window.stage()->current(), start + 3);
    for (const Qt::Key key : {Qt::Key_PageUp, Qt::Key_Left})
        press(key);
    EXPECT_EQ(window.stage()->current(), start + 1);
    press(Qt::Key_B);
    EXPECT_EQ(window.stage()->cover(), StageView::Cover::Black);
    press(Qt::Key_Period);
    EXPECT_EQ(window.stage()->cover(), StageView::Cover::Nothing);
    press(Qt::Key_W);
    EXPECT_EQ(window.stage()->cover(), StageView::Cover::White);
    window.setPresenting(false);
    EXPECT_EQ(window.stage()->cover(), StageView::Cover::Nothing);
}

TEST_F(MainWindowTest, ObeysAClickerThatHasTheFocusElsewhere) {
    window.setPresenting(true);
    const auto start = window.stage()->current();
    QTest::keyClick(&window, Qt::Key_PageDown);
    EXPECT_EQ(window.stage()->current(), start + 1);
    window.setPresenting(false);
}

TEST_F(MainWindowTest, LetsTheArrowsMoveInTheTableWhenNotPresenting) {
    const auto before = window.stage()->current();
    window.exchanges()->search()->setFocus();
    QTest::keyClicks(window.exchanges()->search(), QStringLiteral("w b"));
    EXPECT_EQ(window.exchanges()->search()->text(), QStringLiteral("w b"));
    EXPECT_EQ(window.stage()->current(), before);
}

TEST_F(MainWindowTest, GrowsAllTextWithTheZoom) {
    const double before = window.inspector()->font().pointSizeF();
    const double stage = window.stage()->zoom();
    press(Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_GT(QApplication::font().pointSizeF(), before);
    EXPECT_GT(window.stage()->zoom(), stage);
    press(Qt::Key_0, Qt::ControlModifier);
    EXPECT_DOUBLE_EQ(window.zoom(), 1);
}

TEST_F(MainWindowTest, ShowsTheSamePlaceOnAnotherLevel) {
    window.stage()->last();
    const auto packet = window.stage()->source()->facts(window.stage()->current()).packet;
    const auto rows = window.stage()->rowCount();
    press(Qt::Key_3, Qt::ControlModifier);
    EXPECT_EQ(window.level(), Level::Transport);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.stage()->rowCount() != rows; }, 5000) ||
                window.stage()->rowCount() == rows);
    EXPECT_GE(window.stage()->source()->facts(window.stage()->current()).packet, packet);
}

TEST_F(MainWindowTest, FollowsTheStageInTheInspector) {
    window.stage()->first();
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.inspector()->inspected()->position == 1; }, 5000));
    window.stage()->next();
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.inspector()->inspected()->position == 2; }, 5000));
}

TEST_F(MainWindowTest, OpensAFileThatIsDropped) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("dropped.pcapng"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(bytesOf(*recordingNamed(QStringLiteral("arp-failure"))));
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return window.windowTitle().contains(QStringLiteral("dropped.pcapng")); }, 10'000));
    EXPECT_EQ(QSettings().value(QStringLiteral("recent")).toStringList().value(0), path);
}

TEST_F(MainWindowTest, KeepsWhatIsOpenWhenAnotherFileCannotBeRead) {
    const auto rows = window.stage()->rowCount();
    window.openFile(QStringLiteral("/nowhere/at/all.pcap"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.messages()->isVisible(); }, 10'000));
    EXPECT_TRUE(window.messages()->words().contains(QStringLiteral("all.pcap")));
    EXPECT_EQ(window.stage()->rowCount(), rows);
    EXPECT_EQ(QApplication::activeModalWidget(), nullptr) << "a message never blocks";
}

TEST_F(MainWindowTest, ReachesEveryPaneWithF6) {
    window.stage()->setFocus();
    QSet<QWidget*> reached;
    for (int i = 0; i < 8; ++i) {
        press(Qt::Key_F6);
        for (QWidget* pane : std::initializer_list<QWidget*>{window.library(), window.exchanges(),
                                                             window.stage(), window.inspector()})
            if (pane == QApplication::focusWidget() || pane->isAncestorOf(QApplication::focusWidget()))
                reached << pane;
    }
    EXPECT_EQ(reached.size(), 4);
}

TEST_F(MainWindowTest, TurnsPanesIntoPagesWhereThereIsNoRoom) {
    window.resize(800, 600);
    QApplication::processEvents();
    EXPECT_TRUE(window.compact());
    EXPECT_FALSE(window.inspector()->isVisible());
    EXPECT_FALSE(window.library()->isVisible());
    EXPECT_TRUE(window.stage()->isVisible());
    // Pages are narrower than panes; the layout learns of it with its next round.
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.minimumSizeHint().width() <= 800; }, 2000))
        << "nothing is cut off at 800 by 600, but " << window.minimumSizeHint().width();
    EXPECT_LE(window.minimumSizeHint().height(), 600);
    window.resize(1500, 900);
    QApplication::processEvents();
    EXPECT_FALSE(window.compact());
    EXPECT_TRUE(window.inspector()->isVisible());
}

TEST_F(MainWindowTest, TellsTheStageInWords) {
    press(Qt::Key_T, Qt::ControlModifier);
    EXPECT_TRUE(window.transcript()->isVisible());
    EXPECT_EQ(static_cast<diagram::Row>(window.transcript()->model()->rowCount()),
              window.stage()->rowCount());
    press(Qt::Key_T, Qt::ControlModifier);
    EXPECT_FALSE(window.transcript()->isVisible());
}

TEST_F(MainWindowTest, FiltersByPacketsAndSaysWhatIsWrongWithAFilter) {
    window.openRecording(QStringLiteral("dhcp-dora-renew-release"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.exchanges()->table()->rowCount() > 1; }, 10'000));
    const int all = window.exchanges()->table()->rowCount();
    window.exchanges()->openAdvanced(true);
    QTest::keyClicks(window.exchanges()->filter(), QStringLiteral("ar"));
    EXPECT_TRUE(window.exchanges()->verdict().startsWith(QStringLiteral("✕")));
    QTest::keyClicks(window.exchanges()->filter(), QStringLiteral("p"));
    EXPECT_TRUE(window.exchanges()->verdict().startsWith(QStringLiteral("✓")));
    QTest::keyClick(window.exchanges()->filter(), Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.exchanges()->table()->rowCount() < all; }, 5000));
    EXPECT_GT(window.exchanges()->table()->rowCount(), 0);
}

TEST_F(MainWindowTest, SaysHowFarATraceroutesProbeCame) {
    window.openRecording(QStringLiteral("icmp-traceroute-udp"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.stage()->rowCount() == 8; }, 10'000));
    const auto journey = [&](quint64 row) { // without the places where an address may break
        window.stage()->jumpTo(row);
        const auto shows = [&] {
            const auto shown = window.inspector()->inspected();
            return shown && shown->position == row + 1;
        };
        EXPECT_TRUE(QTest::qWaitFor(shows, 10'000));
        return journeyOf(*window.inspector()->inspected()).remove(QChar(0x200b)).toStdString();
    };
    EXPECT_EQ(journey(2), "It went no further than 10.20.2.2.");
    const auto says = [&](const QString& words) {
        const auto labels = window.inspector()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* one) { return one->isVisible() && one->text() == words; });
    };
    const auto nothing = QStringLiteral("Nothing of it: 10.20.2.2 did not pass it on");
    EXPECT_TRUE(says(nothing));
    EXPECT_EQ(journey(3), "It is about packet 3.");
    EXPECT_EQ(journey(6), "") << "the target answered";
    EXPECT_FALSE(says(nothing));
}

TEST_F(MainWindowTest, HasANameForEverythingThatTakesTheFocus) {
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        const QAccessibleInterface* heard =
            QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        ASSERT_NE(heard, nullptr);
        EXPECT_FALSE(heard->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className() << " " << widget->objectName().toStdString();
    }
}

TEST(MainWindowSettings, AreKept) {
    {
        MainWindow window;
        window.resize(1400, 850);
        window.show();
        window.setThemeName(ThemeName::Dark);
        window.setZoom(1.25);
        window.actionNamed(QStringLiteral("library"))->setChecked(false);
        window.close();
    }
    MainWindow again;
    EXPECT_EQ(again.themeName(), ThemeName::Dark);
    EXPECT_DOUBLE_EQ(again.zoom(), 1.25);
    EXPECT_FALSE(again.actionNamed(QStringLiteral("library"))->isChecked());
    again.setThemeName(ThemeName::Light);
    again.setZoom(1);
}

} // namespace
} // namespace wirestage
