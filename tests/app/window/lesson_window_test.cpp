// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons in the window, as a teacher plays them: by keys, by clicks on what the window offers.
#include "tests/app/window/open_window.h"

#include "app/charts/charts_pane.h"
#include "app/exchanges/exchange_panel.h"
#include "app/lesson/lesson_pane.h"
#include "app/lesson/lesson_session.h"
#include "app/lesson/lesson_shelf.h"
#include "app/lesson/predict_bar.h"
#include "app/lesson/what_if_bar.h"
#include "app/window/message_bar.h"

#include <QAction>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

namespace wirestage {
namespace {

struct LessonWindow : Window {
    void SetUp() override {
        open(QStringLiteral("tcp-syn-lost"));
        ASSERT_TRUE(window.openLesson(QStringLiteral("dhcp-dora")));
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return window.stage()->rowCount() == 5 && window.inspector()->inspected(); }, 10'000));
        window.stage()->setReducedMotion(true);
        window.stage()->first();
        window.stage()->setFocus();
    }
    /// The button of the what-if bar with these words, which is pressed.
    void click(const QString& words) {
        for (auto* one : window.findChild<WhatIfBar*>()->findChildren<QToolButton*>())
            if (one->isVisible() && one->text().startsWith(words)) {
                QTest::mouseClick(one, Qt::LeftButton);
                QTest::qWait(1); // buttons that are gone go only now
                return;
            }
        FAIL() << "no button says " << words.toStdString();
    }
    QStringList buttons() {
        QStringList words;
        for (auto* one : window.findChild<WhatIfBar*>()->findChildren<QToolButton*>())
            if (one->isVisible())
                words << one->text();
        return words;
    }
    bool hasRows(quint64 rows) {
        return QTest::qWaitFor([&] { return window.stage()->rowCount() == rows; }, 5'000);
    }
    bool isLost(quint64 row) { return window.stage()->source()->message(row).lost.value_or(false); }
};

// RFC 2131, 4.1: no answer after about four seconds, so the client asks again.
TEST_F(LessonWindow, LosesAMessageByAKeyAndTheStoryGoesOnFromThere) {
    press(Qt::Key_Right);
    ASSERT_EQ(window.stage()->current(), 1U);
    const Message discover = window.stage()->source()->message(0);
    press(Qt::Key_Delete);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.stage()->rowCount() > 5; }, 5'000));
    EXPECT_TRUE(isLost(1));
    EXPECT_EQ(window.stage()->current(), 1U) << "what has not changed stays where it is";
    EXPECT_EQ(window.stage()->source()->message(0).time, discover.time);
    EXPECT_EQ(window.stage()->source()->message(2).kind, KindId::dhcp_discover);
    press(Qt::Key_Backspace, Qt::ControlModifier);
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.stage()->rowCount() == 5; }, 5'000));
    EXPECT_FALSE(isLost(1));
}

TEST_F(LessonWindow, AsksWhatComesNextBeforeItIsShownAndCountsFirstAnswers) {
    press(Qt::Key_P, Qt::ControlModifier);
    ASSERT_TRUE(window.stage()->comingHidden());
    press(Qt::Key_Right);
    EXPECT_EQ(window.stage()->current(), 0U) << "the step waits for the answer";
    ASSERT_TRUE(window.predicting()->asking());
    press(Qt::Key_Right); // shows the answer and goes on
    EXPECT_EQ(window.stage()->current(), 1U);
    EXPECT_EQ(window.predicting()->foreseen(), 0);
    EXPECT_EQ(window.predicting()->asked(), 1);
    press(Qt::Key_P, Qt::ControlModifier);
    EXPECT_FALSE(window.stage()->comingHidden());
    press(Qt::Key_Right);
    EXPECT_EQ(window.stage()->current(), 2U);
}

TEST_F(LessonWindow, IsLeftForACapture) {
    EXPECT_TRUE(window.lessons()->isOpen());
    EXPECT_FALSE(window.exchanges()->isVisible());
    window.openRecording(QStringLiteral("tcp-syn-lost"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.lessons()->isOpen(); }, 5'000));
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.exchanges()->isVisible(); }, 5'000));
}

TEST_F(LessonWindow, ShowsFaultsAsChipsThatComeOffOneByOne) {
    window.stage()->first();
    click(QStringLiteral("Lose it"));
    ASSERT_EQ(window.lessons()->choice().faults.size(), 1U);
    click(QStringLiteral("Send it twice"));
    ASSERT_EQ(window.lessons()->choice().faults.size(), 2U);
    const std::string kept = window.lessons()->choice().faults[1];
    click(faultInWords(window.lessons()->choice().faults[0]));
    ASSERT_EQ(window.lessons()->choice().faults.size(), 1U);
    EXPECT_EQ(window.lessons()->choice().faults[0], kept);
    EXPECT_TRUE(buttons().contains(QStringLiteral("Save as a lesson…")));
    click(faultInWords(kept));
    EXPECT_TRUE(window.lessons()->choice().faults.empty());
    EXPECT_FALSE(buttons().contains(QStringLiteral("Save as a lesson…")));
    EXPECT_TRUE(hasRows(5));
}

TEST_F(LessonWindow, PlaysAVariantAndGoesBack) {
    click(QStringLiteral("The offer is lost"));
    EXPECT_EQ(window.lessons()->choice().variant, "offer-lost");
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.stage()->rowCount() > 5; }, 5'000));
    EXPECT_TRUE(isLost(1));
    click(QStringLiteral("As it should be"));
    EXPECT_TRUE(hasRows(5));
}

TEST_F(LessonWindow, RunsAgainWithAnotherParameterAndRefusesAnImpossibleOne) {
    const auto& parameters = window.lessons()->run()->lesson.parameters;
    ASSERT_FALSE(parameters.empty());
    const auto lease = std::find_if(parameters.begin(), parameters.end(),
                                    [](const auto& one) { return one.name == "lease"; });
    ASSERT_NE(lease, parameters.end());
    window.lessons()->setParameter("lease", simulation::SettingValue(std::int64_t{120}));
    EXPECT_TRUE(window.lessons()->choice().parameters.size() == 1);
    window.lessons()->setParameter("lease", simulation::SettingValue(std::int64_t{-5}));
    EXPECT_TRUE(window.findChild<MessageBar*>()->isVisible()) << "it says why not";
    EXPECT_EQ(window.lessons()->choice().parameters.size(), 1U) << "and keeps what was";
}

TEST_F(LessonWindow, GoesOnWhereOneLeftOff) {
    press(Qt::Key_Right);
    press(Qt::Key_Right);
    ASSERT_EQ(window.stage()->current(), 2U);
    ASSERT_TRUE(window.openLesson(QStringLiteral("ping")));
    ASSERT_TRUE(window.openLesson(QStringLiteral("dhcp-dora")));
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.stage()->current() == 2; }, 5'000));
}

TEST_F(LessonWindow, BringsItsChartsAndTakesThemAway) {
    auto* charts = window.findChild<ChartsPane*>();
    EXPECT_FALSE(charts->isVisible());
    ASSERT_TRUE(window.openLesson(QStringLiteral("tcp-congestion")));
    EXPECT_TRUE(charts->isVisible());
    EXPECT_EQ(charts->kind(), ChartKind::Window);
    EXPECT_TRUE(window.actionNamed(QStringLiteral("charts"))->isChecked());
    ASSERT_TRUE(window.openLesson(QStringLiteral("ping")));
    EXPECT_FALSE(charts->isVisible());
    window.actionNamed(QStringLiteral("charts"))->trigger(); // what one chose oneself stays
    ASSERT_TRUE(window.openLesson(QStringLiteral("tcp-data")));
    ASSERT_TRUE(window.openLesson(QStringLiteral("ping")));
    EXPECT_TRUE(charts->isVisible());
    window.actionNamed(QStringLiteral("charts"))->trigger();
    EXPECT_FALSE(charts->isVisible());
}

TEST_F(LessonWindow, SaysInAProjectorsSizeWhatHappens) {
    auto* caption = window.findChild<QLabel*>(QStringLiteral("caption"));
    EXPECT_FALSE(caption->isVisible());
    window.setPresenting(true);
    EXPECT_TRUE(caption->isVisible());
    EXPECT_FALSE(caption->text().isEmpty());
    EXPECT_GE(caption->font().pointSizeF(), 20) << "read from the last row of a classroom";
    const QString before = caption->text();
    press(Qt::Key_Right);
    EXPECT_NE(caption->text(), before);
    window.setPresenting(false);
    EXPECT_FALSE(caption->isVisible());
}

TEST_F(LessonWindow, LeadsFromACapturedFailureToTheLessonThatShowsIt) {
    window.openRecording(QStringLiteral("dhcp-nak"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.lessons()->isOpen() && window.stage()->rowCount() > 0; },
                                5'000));
    auto* reasons = window.findChild<QAction*>(QStringLiteral("reasons"));
    const auto refused = [&] {
        for (int row = 0; row < window.exchanges()->table()->rowCount(); ++row) {
            window.exchanges()->findChild<QTableView*>()->selectRow(row);
            QApplication::processEvents();
            if (reasons->isEnabled())
                return true;
        }
        return false;
    };
    ASSERT_TRUE(QTest::qWaitFor(refused, 5'000));
    ASSERT_FALSE(reasons->menu()->actions().isEmpty());
    reasons->menu()->actions().front()->trigger();
    ASSERT_TRUE(window.lessons()->isOpen());
    EXPECT_EQ(window.lessons()->run()->file->id(), "dhcp-nak");
}

/// A lesson of one's own lies in a folder of its own, which goes with the test.
struct OwnLessons : LessonWindow {
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("mine.toml"));

    void write(const QByteArray& text) const {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(text), text.size());
    }
};

TEST_F(OwnLessons, AreReadAgainWhenTheirFileChanges) {
    const std::string& text = window.lessons()->run()->file->text();
    QByteArray mine = QByteArray::fromStdString(text).replace("id = \"dhcp-dora\"", "id = \"mine\"");
    write(mine);
    ASSERT_TRUE(window.openLesson(path));
    ASSERT_EQ(window.lessons()->run()->file->id(), "mine");
    const int from = mine.indexOf("title = \"") + 9;
    mine.replace(from, mine.indexOf('"', from) - from, "Another title");
    write(mine);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return window.lessons()->run()->lesson.title.source == std::string("Another title"); }, 5'000));
}

TEST_F(OwnLessons, SayWhatIsWrongWithThem) {
    write("id = \"mine\"\ntitel = \"Misspelt\"\n");
    EXPECT_FALSE(window.openLesson(path));
    EXPECT_TRUE(window.findChild<MessageBar*>()->isVisible());
    EXPECT_EQ(window.lessons()->run()->file->id(), "dhcp-dora") << "what was open stays";
    EXPECT_TRUE(hasRows(5));
}

} // namespace
} // namespace wirestage
