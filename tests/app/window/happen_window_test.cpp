// SPDX-License-Identifier: GPL-3.0-or-later
// What is made to happen in a private network, in the window.
#include "tests/app/window/live_window.h"

#include "app/capture/happen_menu.h"
#include "app/exchanges/exchange_panel.h"
#include "app/happen/scenario.h"
#include "app/overlay/overlay_session.h"

#include <QProcess>

namespace wirestage {
namespace {

/// Why it cannot happen on this system, or nothing.
QString forbidden() {
    QProcess trial;
    trial.setProcessChannelMode(QProcess::MergedChannels);
    trial.start(happenPath(), {QStringLiteral("refused"), QStringLiteral("--delay"), QStringLiteral("0")});
    if (!trial.waitForFinished(20'000))
        return QStringLiteral("wirestage-happen does not end");
    return trial.exitCode() == 4 ? QString::fromUtf8(trial.readAll()) : QString();
}

TEST_F(LiveWindow, MakesALessonHappenInAPrivateNetwork) {
    if (!canMakeHappen())
        GTEST_SKIP() << "wirestage-happen is not there";
    if (const QString why = forbidden(); !why.isEmpty())
        GTEST_SKIP() << why.toStdString();
    auto* entry = window.actionNamed(QStringLiteral("happen-refused"));
    ASSERT_TRUE(entry && entry->isEnabled());
    entry->trigger();
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.live()->isVisible(); }, 10'000))
        << window.messages()->words().toStdString();
    const auto says = [&](const char* words) {
        return window.live()->words().contains(QLatin1String(words));
    };
    EXPECT_TRUE(says("TCP: a connection is refused, in a private network"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return says("this computer's kernel answers"); }, 10'000));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.live()->stopButton()->isVisible(); }, 20'000));
    EXPECT_FALSE(window.messages()->isVisible()) << window.messages()->words().toStdString();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !window.busy() && rows() >= 2; }, 5'000)) << rows();
    const auto refused = [&] {
        const auto* table = window.exchanges()->table();
        for (int row = 0; row < table->rowCount(); ++row)
            for (int column = 0; column < table->columnCount(); ++column)
                if (table->index(row, column).data().toString() == QStringLiteral("Refused"))
                    return true;
        return false;
    };
    EXPECT_TRUE(QTest::qWaitFor(refused, 5'000)) << window.exchanges()->table()->rowCount();
    ASSERT_TRUE(window.overlay()->isOn()) << "its lesson lies under it";
    const auto& found = window.overlay()->shown();
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return found && found->comparison.verdict == overlay::Verdict::Same; }, 5'000));
}

// What was on the stage stays there, and the sentence says what to do.
TEST_F(LiveWindow, SaysWhyNothingCanBeMadeToHappen) {
    CaptureOrder order = orderFor(*happenScenario("dhcp"));
    order.scenario = QStringLiteral("no-such-scenario");
    window.startCapture(order);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return window.messages()->words().contains(QStringLiteral("--list says what can happen")); },
        10'000))
        << window.messages()->words().toStdString();
    EXPECT_GT(rows(), 0U);
}

} // namespace
} // namespace wirestage
