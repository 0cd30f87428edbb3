// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes on the screen: choosing, marking, making room.
#include "app/inspector/hex_view.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

struct HexViewTest : testing::Test {
    HexView view;
    std::uint32_t chosen = 9999;

    void SetUp() override {
        view.resize(900, 300);
        view.setBytes(std::vector<std::uint8_t>(1000, 0x41));
        QObject::connect(&view, &HexView::byteChosen, &view, [this](std::uint32_t at) { chosen = at; });
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }
};

TEST_F(HexViewTest, ChoosesTheByteThatIsClicked) {
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.rectOf(37).center());
    EXPECT_EQ(chosen, 37u);
}

TEST_F(HexViewTest, WalksWithTheKeysAndStopsAtTheEnds) {
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_EQ(chosen, 1u);
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(chosen, 17u);
    QTest::keyClick(&view, Qt::Key_End);
    EXPECT_EQ(chosen, 999u);
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_EQ(chosen, 999u);
    QTest::keyClick(&view, Qt::Key_Home);
    EXPECT_EQ(chosen, 0u);
}

TEST_F(HexViewTest, BringsWhatIsMarkedOnScreen) {
    view.mark(900, 4);
    EXPECT_TRUE(view.viewport()->rect().contains(view.rectOf(900).center()));
    EXPECT_EQ(view.current(), 900u);
}

TEST_F(HexViewTest, PutsFewerBytesInARowWhereThereIsNoRoom) {
    EXPECT_EQ(view.bytesPerRow(), 16);
    view.resize(330, 300);
    QApplication::processEvents();
    EXPECT_LT(view.bytesPerRow(), 16);
}

TEST_F(HexViewTest, TellsAScreenReaderWhatIsChosen) {
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_TRUE(view.accessibleDescription().contains(QStringLiteral("1 of 1000")));
}

TEST_F(HexViewTest, ShowsNothingOfNothing) {
    view.setBytes({});
    view.mark(5, 5);
    QTest::keyClick(&view, Qt::Key_Right);
    view.grab();
    EXPECT_EQ(view.current(), 0u);
}

} // namespace
} // namespace wirestage
