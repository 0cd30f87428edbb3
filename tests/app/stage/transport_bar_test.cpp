// SPDX-License-Identifier: GPL-3.0-or-later
// The bar drives the stage and follows it.
#include "app/stage/transport_bar.h"

#include "app/stage/stage_view.h"
#include "app/stage/time_line.h"
#include "tests/core/diagram/fake_source.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

class Bar : public testing::Test {
protected:
    void SetUp() override {
        stage.resize(900, 600);
        bar.resize(1200, 70);
        stage.setReducedMotion(true);
        stage.show();
        bar.show();
        stage.setSource(diagram::doraStory());
    }
    QToolButton* button(const QString& name) {
        for (auto* each : bar.findChildren<QToolButton*>())
            if (each->accessibleName() == name)
                return each;
        ADD_FAILURE() << "no button " << name.toStdString();
        return nullptr;
    }
    StageView stage;
    TransportBar bar{&stage};
};

TEST_F(Bar, HasANameForEveryButton) {
    for (auto* each : bar.findChildren<QToolButton*>()) {
        EXPECT_FALSE(each->accessibleName().isEmpty());
        EXPECT_FALSE(each->toolTip().isEmpty());
        EXPECT_FALSE(each->icon().isNull());
    }
    EXPECT_FALSE(bar.findChild<QComboBox*>()->accessibleName().isEmpty());
    EXPECT_FALSE(bar.findChild<TimeLine*>()->accessibleName().isEmpty());
}

TEST_F(Bar, StepsTheStage) {
    QTest::mouseClick(button(QStringLiteral("Forward")), Qt::LeftButton);
    EXPECT_EQ(stage.current(), 1U);
    QTest::mouseClick(button(QStringLiteral("Last message")), Qt::LeftButton);
    EXPECT_EQ(stage.current(), 3U);
    QTest::mouseClick(button(QStringLiteral("Back")), Qt::LeftButton);
    EXPECT_EQ(stage.current(), 2U);
    QTest::mouseClick(button(QStringLiteral("First message")), Qt::LeftButton);
    EXPECT_EQ(stage.current(), 0U);
}

TEST_F(Bar, SaysHowMuchTimeHasPassedOfHowMuch) {
    stage.jumpTo(1);
    EXPECT_EQ(bar.findChild<QLabel*>()->text(), QStringLiteral("0.021\u00a0s of 0.061\u00a0s"));
}

TEST_F(Bar, BecomesPauseWhilePlaying) {
    QTest::mouseClick(button(QStringLiteral("Play")), Qt::LeftButton);
    EXPECT_TRUE(stage.playing());
    QTest::mouseClick(button(QStringLiteral("Pause")), Qt::LeftButton);
    EXPECT_FALSE(stage.playing());
}

TEST_F(Bar, JumpsToTheMessageClickedOnItsTimeLine) {
    auto* line = bar.findChild<TimeLine*>();
    const auto x = [&](diagram::Row row) { return QPoint(static_cast<int>(line->xOf(row)), 16); };
    QTest::mouseClick(line, Qt::LeftButton, {}, x(2));
    EXPECT_EQ(stage.current(), 2U);
    QTest::mouseClick(line, Qt::LeftButton, {}, x(3));
    EXPECT_EQ(stage.current(), 3U);
    // 21 of 61 milliseconds are a third of the way.
    EXPECT_NEAR((line->xOf(1) - line->xOf(0)) / (line->xOf(3) - line->xOf(0)), 21.0 / 61, 0.01);
}

TEST_F(Bar, ReachesEveryMessageByKeyboard) {
    auto* line = bar.findChild<TimeLine*>();
    QTest::keyClick(line, Qt::Key_Right);
    EXPECT_EQ(stage.current(), 1U);
    QTest::keyClick(line, Qt::Key_End);
    EXPECT_EQ(stage.current(), 3U);
}

TEST_F(Bar, ShowsTenMillionMessagesWithoutLookingAtAll) {
    const auto many = std::make_shared<diagram::EndlessSource>(10'000'000);
    TimeLine line;
    line.resize(1000, 60);
    many->asked = 0;
    line.setSource(many, {});
    EXPECT_LT(many->asked.load(), 40'000U);
    EXPECT_EQ(line.rowAt(line.xOf(5'000'000)), 5'000'000U);
}

TEST_F(Bar, MarksAFoldOnce) {
    stage.setSource(diagram::tcpStory());
    EXPECT_EQ(stage.steps(40), (std::vector<diagram::Row>{0, 1, 2, 3, 4, 1244, 1245, 1246}));
    auto* line = bar.findChild<TimeLine*>();
    EXPECT_EQ(line->xOf(4), line->xOf(900));
    EXPECT_GE(line->xOf(1244), line->xOf(4) + 20);
    EXPECT_TRUE(stage.steps(5).empty());
}

TEST_F(Bar, IsDisabledWithoutMessages) {
    stage.setSource(nullptr);
    EXPECT_FALSE(button(QStringLiteral("Play"))->isEnabled());
    EXPECT_TRUE(bar.findChild<QLabel*>()->text().isEmpty());
}

} // namespace
} // namespace wirestage
