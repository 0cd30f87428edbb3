// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog, used as a person uses it. It never starts anything itself.
#include "app/capture/capture_dialog.h"

#include "app/capture/happen_menu.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTabWidget>
#include <QTest>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

CaptureRights granted() {
    CaptureRights rights;
    rights.tool = CaptureTool{"/usr/bin/dumpcap", false};
    return rights;
}

CaptureRights refused() {
    CaptureRights rights;
    rights.why = WS_TR("capture", "No program that captures is installed; this command installs one:");
    rights.remedy = "sudo apt-get install wireshark-common";
    return rights;
}

struct Dialog : testing::Test {
    void SetUp() override { QSettings().clear(); }
    static void choose(CaptureDialog& dialog, const QString& name) { dialog.interfaces()->setChosen({name}); }
};

TEST_F(Dialog, StartsWithAnInterfaceAndAFilterThatMeansSomething) {
    CaptureDialog dialog(granted);
    choose(dialog, QStringLiteral("lo"));
    EXPECT_TRUE(dialog.startButton()->isEnabled());
    QTest::keyClicks(dialog.filter(), QStringLiteral("port 5x"));
    EXPECT_FALSE(dialog.startButton()->isEnabled());
    EXPECT_FALSE(dialog.verdict()->text().isEmpty()) << "it says what is wrong while one types";
    dialog.filter()->setText(QStringLiteral("port 53"));
    EXPECT_TRUE(dialog.startButton()->isEnabled());
    EXPECT_TRUE(dialog.verdict()->text().isEmpty());
    const CaptureOrder order = dialog.order();
    EXPECT_EQ(order.filter, QStringLiteral("port 53"));
    EXPECT_EQ(order.interfaces, QStringList{QStringLiteral("lo")});
    EXPECT_TRUE(order.remote.isEmpty());
    choose(dialog, QString());
    EXPECT_FALSE(dialog.startButton()->isEnabled()) << "nothing is chosen";
}

// A name in a filter would have to be looked up: a packet on the wire before the first one is captured.
TEST_F(Dialog, RefusesNamesInTheFilter) {
    CaptureDialog dialog(granted);
    choose(dialog, QStringLiteral("lo"));
    dialog.filter()->setText(QStringLiteral("host www.example.org"));
    EXPECT_FALSE(dialog.startButton()->isEnabled());
    EXPECT_FALSE(dialog.verdict()->text().isEmpty());
}

TEST_F(Dialog, SaysWhichCommandMendsMissingRightsAndTriesAgain) {
    bool mended = false;
    CaptureDialog dialog([&] { return mended ? granted() : refused(); });
    choose(dialog, QStringLiteral("lo"));
    EXPECT_FALSE(dialog.startButton()->isEnabled());
    const auto button = [&](const QString& words) -> QPushButton* {
        for (auto* one : dialog.findChildren<QPushButton*>())
            if (one->text() == words)
                return one;
        return nullptr;
    };
    QTest::mouseClick(button(QStringLiteral("&Copy")), Qt::LeftButton);
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("sudo apt-get install wireshark-common"));
    mended = true;
    QTest::mouseClick(button(QStringLiteral("&Try again")), Qt::LeftButton);
    EXPECT_TRUE(dialog.startButton()->isEnabled());
    EXPECT_EQ(dialog.tool(), "/usr/bin/dumpcap");
}

TEST_F(Dialog, CapturesElsewhereWithoutRightsHere) {
    CaptureDialog dialog(refused);
    dialog.findChild<QTabWidget*>()->setCurrentIndex(1);
    EXPECT_TRUE(dialog.startButton()->isEnabled());
    EXPECT_TRUE(dialog.order().remote.startsWith(QStringLiteral("ssh ")));
    dialog.remote()->clear();
    EXPECT_FALSE(dialog.startButton()->isEnabled());
}

// Who may not capture, and who has nothing to capture, is a click away from seeing something real.
TEST_F(Dialog, OffersToMakeSomethingHappenWithoutRights) {
    if (!canMakeHappen())
        GTEST_SKIP() << "wirestage-happen is not there";
    CaptureDialog dialog(refused);
    dialog.show();
    auto* button = dialog.findChild<QPushButton*>(QStringLiteral("happenButton"));
    ASSERT_TRUE(button && button->isEnabled() && button->menu());
    CaptureOrder wanted;
    QObject::connect(&dialog, &CaptureDialog::happenWanted,
                     [&](const CaptureOrder& order) { wanted = order; });
    auto* entry = dialog.findChild<QAction*>(QStringLiteral("happen-refused"));
    ASSERT_TRUE(entry);
    EXPECT_FALSE(entry->toolTip().isEmpty());
    entry->trigger();
    EXPECT_EQ(wanted.scenario, QStringLiteral("refused"));
    EXPECT_EQ(wanted.textbook, QStringLiteral("tcp-reset"));
    dialog.resize(760, 540);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return dialog.rect().contains(QRect(button->mapTo(&dialog, QPoint()), button->size())); },
        1000));
}

// The smallest projectors have 800x600: all of it, buttons too, must fit below a panel and a title bar.
TEST_F(Dialog, FitsASmallScreen) {
    for (const auto& rights : {granted, refused}) {
        CaptureDialog dialog(rights);
        dialog.resize(760, 540);
        dialog.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&dialog));
        EXPECT_LE(dialog.height(), 540) << dialog.minimumSizeHint().height();
        EXPECT_LE(dialog.width(), 760) << dialog.minimumSizeHint().width();
        EXPECT_TRUE(dialog.rect().contains(dialog.startButton()->geometry().bottomRight()));
    }
}

TEST_F(Dialog, RemembersWhatWasChosen) {
    {
        CaptureDialog dialog(granted);
        choose(dialog, QStringLiteral("lo"));
        dialog.filter()->setText(QStringLiteral("tcp"));
        QTest::mouseClick(dialog.startButton(), Qt::LeftButton);
        EXPECT_EQ(dialog.result(), QDialog::Accepted);
    }
    CaptureDialog again(granted);
    EXPECT_EQ(again.interfaces()->chosen(), QStringList{QStringLiteral("lo")});
    EXPECT_EQ(again.filter()->text(), QStringLiteral("tcp"));
}

} // namespace
} // namespace wirestage
