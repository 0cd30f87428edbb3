// SPDX-License-Identifier: GPL-3.0-or-later
// A capture that is being made, in the window. A shell plays the program that captures: it writes a recording
// in two pieces, and goes on running.
#include "tests/app/window/open_window.h"

#include "app/capture/live_bar.h"
#include "app/exchanges/exchange_panel.h"
#include "app/window/message_bar.h"
#include "core/capture/session_folder.h"

#include <QAction>
#include <QFile>
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

} // namespace
} // namespace wirestage
