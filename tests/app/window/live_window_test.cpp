// SPDX-License-Identifier: GPL-3.0-or-later
// A capture that is being made, in the window.
#include "tests/app/window/live_window.h"

#include "app/exchanges/exchange_panel.h"

#include <QScrollBar>

#include <array>
#include <unistd.h>

namespace wirestage {
namespace {

TEST_F(LiveWindow, ShowsPacketsAsTheyComeAndFollowsThem) {
    start();
    const quint64 before = rows();
    EXPECT_TRUE(window.busy());
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.stage()->current() + 1 == rows(); }, 5'000));
    goOn();
    ASSERT_TRUE(comes(before));
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.stage()->current() + 1 == rows(); }, 5'000));
    QTest::mouseClick(window.live()->stopButton(), Qt::LeftButton);
    ASSERT_TRUE(ends());
    EXPECT_TRUE(window.live()->words().startsWith(QStringLiteral("Captured on")));
    EXPECT_FALSE(window.messages()->isVisible()) << "stopping is no trouble";
}

TEST_F(LiveWindow, StaysWhereTheViewerLooks) {
    start();
    const quint64 before = rows();
    ASSERT_GT(before, 1U);
    window.stage()->setFocus();
    press(Qt::Key_Home);
    EXPECT_FALSE(window.live()->following());
    goOn();
    ASSERT_TRUE(comes(before));
    EXPECT_EQ(window.stage()->current(), 0U);
    window.live()->setFollowing(true);
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.stage()->current() + 1 == rows(); }, 5'000));
}

TEST_F(LiveWindow, StandsStillWhilePausedAndLosesNothing) {
    start();
    const quint64 before = rows();
    QTest::mouseClick(window.live()->pauseButton(), Qt::LeftButton);
    goOn();
    QTest::qWait(600);
    EXPECT_EQ(rows(), before);
    QTest::mouseClick(window.live()->pauseButton(), Qt::LeftButton);
    EXPECT_TRUE(comes(before));
}

TEST_F(LiveWindow, SaysWhyACaptureEndedAndKeepsWhatWasThere) {
    start(QStringLiteral("echo 'eth0: the network went down' >&2; exit 1"));
    goOn();
    ASSERT_TRUE(ends());
    EXPECT_TRUE(window.messages()->isVisible());
    EXPECT_TRUE(window.messages()->words().contains(QStringLiteral("the network went down")));
    EXPECT_GT(rows(), 4U);
}

TEST_F(LiveWindow, SaysSoWhereTheProgramCannotStart) {
    CaptureOrder order;
    order.remote = QStringLiteral("/nonexistent/ssh host dumpcap -w -");
    EXPECT_FALSE(window.startCapture(order));
    EXPECT_TRUE(window.messages()->words().contains(QStringLiteral("/nonexistent/ssh")));
    EXPECT_GT(rows(), 0U) << "what was on the stage stays";
}

TEST_F(LiveWindow, KeepsTheCaptureForLater) {
    start();
    goOn();
    ASSERT_TRUE(comes(4));
    window.stopCapture();
    ASSERT_TRUE(ends());
    const quint64 had = rows();
    EXPECT_TRUE(window.actionNamed(QStringLiteral("capture-save"))->isEnabled());
    window.openRecording(QStringLiteral("tcp-syn-lost"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.live()->isVisible(); }, 5'000));
    EXPECT_FALSE(window.actionNamed(QStringLiteral("capture-save"))->isEnabled());
    const auto kept = [&] { return SessionFolder().kept(); };
    ASSERT_TRUE(QTest::qWaitFor([&] { return kept().size() == 1; }, 5'000));
    window.openFile(QString::fromStdString(kept().front().path));
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return !window.busy() && window.windowTitle().contains(QStringLiteral(".pcapng")); }, 5'000));
    window.exchanges()->showAll();
    EXPECT_TRUE(QTest::qWaitFor([&] { return rows() == had; }, 5'000)) << rows() << " of " << had;
}

TEST_F(LiveWindow, HidesNamesWhilePresenting) {
    start();
    EXPECT_FALSE(window.namesHidden());
    window.setPresenting(true);
    EXPECT_TRUE(window.namesHidden()) << "by itself";
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows() > 0; }, 10'000));
    EXPECT_EQ(window.stage()->note(), QStringLiteral("names hidden"));
    EXPECT_FALSE(window.live()->words().contains(QStringLiteral(" on ")));
    const auto participants = window.stage()->source()->participants();
    ASSERT_FALSE(participants.empty());
    EXPECT_TRUE(participants.front().name.starts_with("client-") ||
                participants.front().name.starts_with("host-"))
        << participants.front().name;
    const quint64 before = rows();
    goOn();
    ASSERT_TRUE(comes(before)) << "what comes later, too";
    press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_FALSE(window.namesHidden()) << "the key counts there as well";
    window.setPresenting(false);
    EXPECT_FALSE(window.namesHidden()) << "as it was";
    window.setPresenting(true);
    EXPECT_TRUE(window.namesHidden()) << "and on again the next time";
    window.setPresenting(false);
    EXPECT_FALSE(window.namesHidden());
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows() > 0; }, 10'000));
}

TEST_F(LiveWindow, ShowsWhatComesThroughStandardInputAsItComes) {
    std::array<int, 2> ends_{};
    ASSERT_EQ(pipe(ends_.data()), 0);
    const int before = dup(STDIN_FILENO);
    dup2(ends_[0], STDIN_FILENO);
    close(ends_[0]);
    window.openFile(QStringLiteral("-"));
    dup2(before, STDIN_FILENO);
    close(before);
    const QByteArray all = recording();
    const auto send = [&](const QByteArray& bytes) {
        ASSERT_EQ(::write(ends_[1], bytes.constData(), static_cast<std::size_t>(bytes.size())), bytes.size());
    };
    send(all.first(firstPiece));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.live()->isVisible() && rows() == 2; }, 10'000));
    EXPECT_TRUE(window.busy());
    send(all.sliced(firstPiece));
    EXPECT_TRUE(comes(5));
    close(ends_[1]);
    ASSERT_TRUE(ends());
    EXPECT_FALSE(window.messages()->isVisible());
}

/// Of a long capture, who follows sees the end, and who looks back sees it all.
TEST_F(LiveWindow, ShowsTheEndOfALongCaptureUntilOneLooksBack) {
    constexpr std::size_t many = 7000;
    std::vector<qint64> seconds(many);
    for (std::size_t i = 0; i < many; ++i)
        seconds[i] = static_cast<qint64>(1000 + i);
    ASSERT_TRUE(write("many", datagrams(seconds)) && run(QStringLiteral("cat many; exec sleep 60")));
    const auto newest = [&] {
        const auto source = window.stage()->source();
        return source && source->size() > 0 ? source->facts(source->size() - 1).packet + 1 : 0;
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.live()->isVisible() && newest() == many; }, 20'000));
    EXPECT_LT(rows(), many);
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.live()->words().contains(QStringLiteral("the newest")); },
                                5'000));
    EXPECT_EQ(window.stage()->source()->start(), 1000 * 1'000'000'000LL) << "times are the capture's still";
    window.stage()->previous();
    EXPECT_FALSE(window.live()->following());
    EXPECT_TRUE(QTest::qWaitFor([&] { return rows() == many; }, 10'000)) << rows();
    EXPECT_EQ(window.stage()->current(), many - 2);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return !window.live()->words().contains(QStringLiteral("the newest")); }, 5'000));
}

TEST_F(LiveWindow, TellsWhatWasLost) {
    ASSERT_TRUE(write("one", recording()));
    ASSERT_TRUE(
        run(QStringLiteral("cat one; echo Packets dropped on interface \\'eth0\\': 12 >&2; exec sleep 60")));
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return window.live()->words().contains(QStringLiteral("12 lost")); }, 10'000))
        << window.live()->words().toStdString();
}

/// The table above the stage grows when the capture ends: the message that was followed stays in sight.
TEST_F(LiveWindow, KeepsTheCurrentMessageInSightWhereTheStageBecomesLower) {
    start();
    goOn();
    ASSERT_TRUE(comes(6));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.stage()->current() + 1 == rows(); }, 5'000));
    QScrollBar* bar = window.stage()->verticalScrollBar();
    window.resize(window.width(), window.height() - 200);
    QTest::qWait(50);
    ASSERT_GT(bar->maximum(), 200);
    EXPECT_LT(bar->maximum() - bar->value(), 100);
}

} // namespace
} // namespace wirestage
