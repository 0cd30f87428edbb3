// SPDX-License-Identifier: GPL-3.0-or-later
// A capture that is being made, in the window. A shell plays the program that captures: it writes a recording
// in two pieces, and goes on running.
#include "tests/app/window/open_window.h"

#include "app/capture/happen_menu.h"
#include "app/capture/live_bar.h"
#include "app/exchanges/exchange_panel.h"
#include "app/happen/scenario.h"
#include "app/overlay/overlay_session.h"
#include "app/window/message_bar.h"
#include "core/capture/session_folder.h"

#include <QAction>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QToolButton>

namespace wirestage {
namespace {

constexpr qint64 firstPiece = 1200; // bytes: some packets, and a part of one

struct LiveWindow : Window {
    QTemporaryDir folder;
    QByteArray cacheBefore = qgetenv("XDG_CACHE_HOME");

    void SetUp() override {
        qputenv("XDG_CACHE_HOME", folder.path().toLocal8Bit());
        Window::SetUp();
    }
    void TearDown() override {
        window.stopCapture();
        cacheBefore.isEmpty() ? qunsetenv("XDG_CACHE_HOME") : qputenv("XDG_CACHE_HOME", cacheBefore);
    }
    [[nodiscard]] QString file(const char* name) const { return folder.filePath(QLatin1String(name)); }

    /// Writes the first piece; the rest once there is a file named "go".
    void start(const QString& afterwards = QStringLiteral("exec sleep 60")) {
        QFile recording(QStringLiteral("resources/recordings/dhcp-dora-renew-release.pcapng"));
        ASSERT_TRUE(recording.open(QIODevice::ReadOnly));
        const QByteArray all = recording.readAll();
        ASSERT_GT(all.size(), firstPiece);
        const auto write = [&](const char* name, const QByteArray& bytes) {
            QFile piece(file(name));
            return piece.open(QIODevice::WriteOnly) && piece.write(bytes) == bytes.size();
        };
        ASSERT_TRUE(write("one", all.first(firstPiece)) && write("two", all.sliced(firstPiece)));
        CaptureOrder order;
        order.remote =
            QStringLiteral("/bin/sh -c \"cd '%1'; cat one; while [ ! -e go ]; do sleep 0.05; done; "
                           "cat two; %2\"")
                .arg(folder.path(), afterwards);
        ASSERT_TRUE(window.startCapture(order)) << window.messages()->words().toStdString();
        ASSERT_TRUE(QTest::qWaitFor([&] { return window.live()->isVisible() && rows() > 0; }, 10'000));
    }
    void goOn() { QFile(file("go")).open(QIODevice::WriteOnly); }
    [[nodiscard]] quint64 rows() const { return window.stage()->rowCount(); }
    bool comes(quint64 more) {
        return QTest::qWaitFor([&] { return rows() > more; }, 10'000);
    }
    bool ends() {
        const bool has = QTest::qWaitFor(
            [&] { return !window.busy() && !window.live()->stopButton()->isVisible(); }, 10'000);
        QTest::qWait(300); // what came last is drawn off the window's thread
        return has;
    }
};

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
