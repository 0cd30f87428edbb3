// SPDX-License-Identifier: GPL-3.0-or-later
// The stage with real key, mouse and wheel events: stepping, folds, zoom, covers, scrolling, what screen
// readers get, and that what is moved by scrolling is what would have been painted.
#include "app/stage/stage_view.h"

#include "tests/core/diagram/fake_source.h"

#include <QAccessible>
#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

using diagram::noRow;
using diagram::Row;

class Stage : public testing::Test {
protected:
    void show(std::shared_ptr<const diagram::DiagramSource> source, QSize size = {1175, 830}) {
        stage.resize(size);
        stage.setReducedMotion(true);
        stage.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&stage));
        stage.setFocus();
        stage.setSource(std::move(source));
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&stage, key, modifiers);
    }
    [[nodiscard]] QImage picture() { return stage.viewport()->grab().toImage(); }
    /// The middle of the row that a screen reader finds under this name.
    QPoint placeOf(const QString& word) {
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&stage);
        for (int i = 0; i < list->childCount(); ++i)
            if (list->child(i)->text(QAccessible::Name).contains(word))
                return stage.viewport()->mapFromGlobal(list->child(i)->rect().center());
        ADD_FAILURE() << "nothing on screen is named " << word.toStdString();
        return {};
    }

    StageView stage;
};

TEST_F(Stage, BeginsWithTheFirstMessage) {
    show(diagram::doraStory());
    EXPECT_EQ(stage.current(), 0U);
    EXPECT_EQ(stage.rowCount(), 4U);
}

TEST_F(Stage, CutsNoMessageAtTheTopWhenItSteps) {
    show(std::make_shared<diagram::EndlessSource>(60), {1175, 611});
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&stage);
    const int heads = stage.viewport()->height() - stage.verticalScrollBar()->pageStep();
    int scrolled = 0;
    for (int step = 0; step < 40; ++step) {
        key(Qt::Key_Right);
        scrolled += stage.verticalScrollBar()->value() > 0;
        int whole = stage.height(); // where the highest row on screen begins
        for (int i = 0; i < list->childCount(); ++i)
            whole = std::min(whole, stage.viewport()->mapFromGlobal(list->child(i)->rect().topLeft()).y());
        EXPECT_GE(whole, heads - 1) << "at message " << stage.current();
    }
    EXPECT_GT(scrolled, 20);
}

TEST_F(Stage, StepsWithEveryKeyOfAClicker) {
    show(diagram::doraStory());
    for (const Qt::Key forward : {Qt::Key_PageDown, Qt::Key_Right, Qt::Key_Space}) {
        const Row before = stage.current();
        key(forward);
        EXPECT_EQ(stage.current(), before + 1);
    }
    for (const Qt::Key back : {Qt::Key_PageUp, Qt::Key_Left}) {
        const Row before = stage.current();
        key(back);
        EXPECT_EQ(stage.current(), before - 1);
    }
    key(Qt::Key_End);
    EXPECT_EQ(stage.current(), 3U);
    key(Qt::Key_Right);
    EXPECT_EQ(stage.current(), 3U);
    key(Qt::Key_Home);
    EXPECT_EQ(stage.current(), 0U);
    key(Qt::Key_Left);
    EXPECT_EQ(stage.current(), 0U);
}

TEST_F(Stage, TellsWhichMessageIsCurrent) {
    show(diagram::doraStory());
    const QSignalSpy spy(&stage, &StageView::currentChanged);
    key(Qt::Key_Right);
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy.at(0).at(0).toULongLong(), 1U);
}

TEST_F(Stage, StepsOverAClosedFoldAndThroughAnOpenOne) {
    show(diagram::tcpStory());
    stage.jumpTo(3);
    key(Qt::Key_Right);
    EXPECT_EQ(stage.current(), 4U); // the fold
    key(Qt::Key_Right);
    EXPECT_EQ(stage.current(), 1244U); // the retransmission behind it
    key(Qt::Key_Left);
    key(Qt::Key_Return);
    key(Qt::Key_Right);
    EXPECT_EQ(stage.current(), 5U);
    key(Qt::Key_Return);
    EXPECT_EQ(stage.current(), 4U);
    key(Qt::Key_Right);
    EXPECT_EQ(stage.current(), 1244U);
}

TEST_F(Stage, OpensTheFoldThatAMessageJumpedToLiesIn) {
    show(diagram::tcpStory());
    stage.jumpTo(700);
    EXPECT_EQ(stage.current(), 700U);
    key(Qt::Key_Right);
    EXPECT_EQ(stage.current(), 701U);
}

TEST_F(Stage, SelectsTheMessageThatIsClicked) {
    show(diagram::doraStory());
    QTest::mouseClick(stage.viewport(), Qt::LeftButton, {}, placeOf(QStringLiteral("DHCP Ack")));
    EXPECT_EQ(stage.current(), 3U);
    const QSignalSpy spy(&stage, &StageView::messageActivated);
    QTest::mouseDClick(stage.viewport(), Qt::LeftButton, {}, placeOf(QStringLiteral("DHCP Offer")));
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy.at(0).at(0).toULongLong(), 1U);
}

TEST_F(Stage, OpensAFoldThatIsClickedAndClosesItAgain) {
    show(diagram::tcpStory());
    stage.jumpTo(3);
    const int before = stage.verticalScrollBar()->maximum();
    QTest::mouseClick(stage.viewport(), Qt::LeftButton, {}, placeOf(QStringLiteral("segments")));
    EXPECT_GT(stage.verticalScrollBar()->maximum(), before + 1240 * 40);
    QTest::mouseClick(stage.viewport(), Qt::LeftButton, {}, placeOf(QStringLiteral("segments")));
    EXPECT_EQ(stage.verticalScrollBar()->maximum(), before);
}

TEST_F(Stage, CoversItselfInBlackAndWhiteAndUncoversOnAStep) {
    show(diagram::doraStory());
    key(Qt::Key_B);
    EXPECT_EQ(picture().pixelColor(300, 300), QColor(Qt::black));
    key(Qt::Key_B);
    EXPECT_NE(picture().pixelColor(300, 300), QColor(Qt::black));
    key(Qt::Key_Period);
    EXPECT_EQ(stage.cover(), StageView::Cover::Black);
    key(Qt::Key_W);
    EXPECT_EQ(picture().pixelColor(300, 300), QColor(Qt::white));
    key(Qt::Key_Right);
    EXPECT_EQ(stage.cover(), StageView::Cover::Nothing);
}

TEST_F(Stage, GrowsWithKeysAndWheelAndGoesBack) {
    show(diagram::doraStory());
    const int height = stage.verticalScrollBar()->maximum() + stage.verticalScrollBar()->pageStep();
    key(Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_GT(stage.zoom(), 1);
    EXPECT_GT(stage.verticalScrollBar()->maximum() + stage.verticalScrollBar()->pageStep(), height);
    key(Qt::Key_0, Qt::ControlModifier);
    EXPECT_EQ(stage.zoom(), 1);
    key(Qt::Key_Minus, Qt::ControlModifier);
    EXPECT_LT(stage.zoom(), 1);
    QWheelEvent wheel({400, 400}, stage.mapToGlobal(QPointF(400, 400)), {}, {0, 120}, Qt::NoButton,
                      Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(stage.viewport(), &wheel);
    EXPECT_NEAR(stage.zoom(), 1, 0.001);
}

TEST_F(Stage, KeepsTheCurrentMessageOnScreen) {
    show(std::make_shared<diagram::EndlessSource>(2000), {800, 600});
    for (const Row row : {Row{1999}, Row{0}, Row{1000}}) {
        stage.jumpTo(row);
        EXPECT_FALSE(placeOf(QStringLiteral("%1: ").arg(row + 1)).isNull());
        const QPoint at = placeOf(QStringLiteral("%1: ").arg(row + 1));
        EXPECT_TRUE(stage.viewport()->rect().contains(at));
    }
}

TEST_F(Stage, PaintsTheSameAfterScrollingAsAtOnce) {
    show(std::make_shared<diagram::EndlessSource>(2000), {900, 700});
    const QImage start = picture();
    for (const int to : {40, 80, 333, 20, 700, 0, 415}) {
        stage.verticalScrollBar()->setValue(to);
        QApplication::processEvents();
    }
    const QImage moved = picture();
    stage.viewport()->update();
    EXPECT_EQ(moved, picture());
    EXPECT_NE(moved, start);
}

TEST_F(Stage, ShowsTheFirstOfTenMillionAtOnceAndTheLastWhenItKnowsThem) {
    show(std::make_shared<diagram::EndlessSource>(10'000'000));
    EXPECT_EQ(stage.rowCount(), 10'000'000U);
    key(Qt::Key_Right);
    EXPECT_EQ(stage.current(), 1U);
    const auto whole = [&] { return stage.verticalScrollBar()->maximum() > 900'000'000; };
    EXPECT_TRUE(QTest::qWaitFor(whole, 60000));
    EXPECT_EQ(stage.current(), 1U);
    key(Qt::Key_End);
    EXPECT_EQ(stage.current(), 9'999'999U);
    EXPECT_TRUE(stage.viewport()->rect().contains(placeOf(QStringLiteral("10000000: "))));
}

TEST_F(Stage, PlaysToTheEndAndStops) {
    show(diagram::doraStory());
    stage.setReducedMotion(false);
    stage.setSpeed(8);
    const QSignalSpy spy(&stage, &StageView::playingChanged);
    key(Qt::Key_P);
    EXPECT_TRUE(stage.playing());
    EXPECT_TRUE(QTest::qWaitFor([&] { return !stage.playing(); }, 10000));
    EXPECT_EQ(stage.current(), 3U);
    EXPECT_EQ(spy.count(), 2);
}

TEST_F(Stage, PlaysWithoutMotionWhereThatIsReduced) {
    show(diagram::doraStory());
    stage.setSpeed(8);
    stage.play();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !stage.playing(); }, 10000));
    EXPECT_EQ(stage.current(), 3U);
}

TEST_F(Stage, LetsAPacketTravelAlongTheArrow) {
    show(diagram::doraStory());
    stage.setReducedMotion(false);
    key(Qt::Key_Right);
    const QImage early = picture();
    QTest::qWait(250);
    const QImage later = picture();
    EXPECT_NE(early, later);
    QTest::qWait(900);
    const QImage arrived = picture();
    QTest::qWait(100);
    EXPECT_EQ(arrived, picture()); // nothing moves any more
}

TEST_F(Stage, GivesScreenReadersTheMessagesOnScreenOnly) {
    show(std::make_shared<diagram::EndlessSource>(40'000), {800, 600});
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&stage);
    ASSERT_NE(list, nullptr);
    EXPECT_EQ(list->role(), QAccessible::List);
    EXPECT_GT(list->childCount(), 3);
    EXPECT_LT(list->childCount(), 12);
    EXPECT_EQ(list->child(1)->text(QAccessible::Name),
              QStringLiteral("2: ARP Request, server to client, at 0.001 s. message 1"));
    EXPECT_TRUE(list->child(0)->state().selected);
    EXPECT_EQ(list->indexOfChild(list->child(2)), 2);
    list->child(2)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    EXPECT_EQ(stage.current(), 2U);
}

TEST_F(Stage, ScrollsSidewaysInsteadOfShrinkingWhatHasManyLifelines) {
    auto story = std::make_shared<diagram::FakeSource>();
    for (int h = 0; h < 12; ++h)
        story->host("host-" + std::to_string(h), "", {"192.0.2." + std::to_string(h)});
    story->say(0, 0, 11, KindId::tcp_syn, "Seq=0");
    show(story, {800, 600});
    EXPECT_GT(stage.horizontalScrollBar()->maximum(), 800);
    stage.horizontalScrollBar()->setValue(900);
    EXPECT_FALSE(picture().isNull());
}

TEST_F(Stage, ShowsAnEmptySourceAndNoneAtAll) {
    show(std::make_shared<diagram::FakeSource>());
    for (const Qt::Key each :
         {Qt::Key_Right, Qt::Key_Left, Qt::Key_End, Qt::Key_Home, Qt::Key_P, Qt::Key_Return})
        key(each);
    EXPECT_EQ(stage.current(), noRow);
    EXPECT_FALSE(picture().isNull());
    stage.setSource(nullptr);
    key(Qt::Key_End);
    EXPECT_EQ(stage.rowCount(), 0U);
    EXPECT_FALSE(picture().isNull());
}

TEST_F(Stage, KeepsItsMessageWhenTimeIsShownTrue) {
    show(diagram::tcpStory());
    stage.jumpTo(1244);
    const int even = stage.verticalScrollBar()->maximum();
    stage.setTrueTime(true);
    EXPECT_EQ(stage.current(), 1244U);
    EXPECT_NE(stage.verticalScrollBar()->maximum(), even);
}

} // namespace
} // namespace wirestage
