// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong while a window captures: each ends in a sentence, and all that was captured is there.
#include "tests/app/window/live_window.h"

#include "app/exchanges/exchange_panel.h"
#include "core/exchange/capture.h"

#include <QFileDialog>
#include <QLabel>
#include <QProcess>
#include <QScrollBar>
#include <QSettings>

#include <algorithm>

namespace wirestage {
namespace {

struct LiveFault : LiveWindow {
    /// What saving asks for.
    void answer(const QString& path) {
        auto* dialog = window.findChild<QFileDialog*>();
        ASSERT_NE(dialog, nullptr);
        dialog->selectFile(path);
        static_cast<QDialog*>(dialog)->accept();
    }
    [[nodiscard]] static PacketIndex packetsIn(const QString& path) {
        auto opened = CaptureFile::open(path.toStdString());
        auto* file = std::get_if<CaptureFile>(&opened);
        if (!file)
            return 0;
        Capture capture(std::move(*file));
        capture.index();
        return capture.packetCount();
    }
    [[nodiscard]] QStringList sessions() const {
        return QDir(file("wirestage/sessions")).entryList(QDir::Files);
    }
    bool says(const char* words) {
        return QTest::qWaitFor(
            [&] {
                return window.messages()->isVisible() &&
                       window.messages()->words().contains(QLatin1String(words));
            },
            10'000);
    }
};

TEST_F(LiveFault, AFilterThatIsWrongLeavesASentenceAndNoFile) {
    ASSERT_TRUE(run(QStringLiteral("echo 'dumpcap: syntax error in filter expression' >&2; exit 2")));
    EXPECT_TRUE(says("syntax error in filter expression"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return sessions().isEmpty(); }, 5'000));
    EXPECT_GT(rows(), 0U) << "what was on the stage stays";
}

TEST_F(LiveFault, NoPacketsAreSaidToBeNone) {
    const QByteArray all = recording();
    const auto lengthAt = [&](qsizetype at) { return qFromLittleEndian<quint32>(all.constData() + at + 4); };
    const quint32 headers = lengthAt(0) + lengthAt(lengthAt(0));
    ASSERT_TRUE(write("headers", all.first(headers)));
    ASSERT_TRUE(run(QStringLiteral("cat headers")));
    EXPECT_TRUE(says("No packets came."));
    EXPECT_TRUE(sessions().isEmpty());
    EXPECT_FALSE(window.actionNamed(QStringLiteral("capture-save"))->isEnabled());
}

TEST_F(LiveFault, ACaptureWhoseFileWasDeletedCanStillBeSaved) {
    start(QStringLiteral("true"));
    ASSERT_EQ(sessions().size(), 1);
    QFile::remove(file("wirestage/sessions/") + sessions().front());
    goOn();
    ASSERT_TRUE(ends());
    window.actionNamed(QStringLiteral("capture-save"))->trigger();
    answer(file("saved.pcapng"));
    EXPECT_TRUE(says("Written to"));
    EXPECT_EQ(packetsIn(file("saved.pcapng")), window.capture()->packetCount());
    EXPECT_GT(packetsIn(file("saved.pcapng")), 4U);
}

/// A clock that steps back, and a year without a packet: nothing grows without bounds, nothing stands still.
TEST_F(LiveFault, TimesThatCannotBeAreShownAllTheSame) {
    constexpr qint64 year = 365LL * 24 * 3600;
    ASSERT_TRUE(write("odd", datagrams({100, 101, 40, 41, 41 + year, 42 + year, 43, 44})));
    ASSERT_TRUE(run(QStringLiteral("cat odd; exec sleep 60")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows() == 8 && window.live()->isVisible(); }, 10'000));
    QElapsedTimer clock;
    clock.start();
    window.stage()->setTrueTime(true);
    window.stage()->viewport()->grab();
    EXPECT_LT(clock.elapsed(), 2'000);
    EXPECT_LT(window.stage()->verticalScrollBar()->maximum(), 20'000) << "a year is folded";
    window.stage()->setTrueTime(false);
}

TEST_F(LiveFault, AWindowThatIsKilledLeavesItsPacketsToTheNextOne) {
    QSettings().remove(QStringLiteral("capture/offered"));
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/wirestage");
    if (!QFile::exists(program))
        GTEST_SKIP() << "the program itself is not built";
    const QByteArray part = recording().first(firstPiece);
    QProcess other;
    QProcessEnvironment surroundings = QProcessEnvironment::systemEnvironment();
    surroundings.insert(QStringLiteral("XDG_CONFIG_HOME"), folder.path());
    other.setProcessEnvironment(surroundings);
    other.start(program, {QStringLiteral("-")});
    ASSERT_TRUE(other.waitForStarted());
    other.write(part);
    const auto written = [&] {
        other.waitForBytesWritten(10);
        const QStringList names = sessions();
        return !names.isEmpty() &&
               QFileInfo(file("wirestage/sessions/") + names.front()).size() == part.size();
    };
    ASSERT_TRUE(QTest::qWaitFor(written, 20'000));
    other.kill();
    ASSERT_TRUE(other.waitForFinished());
    window.offerKept();
    EXPECT_TRUE(says("An earlier capture was not saved"));
    const auto kept = SessionFolder().kept();
    ASSERT_EQ(kept.size(), 1U);
    window.openFile(QString::fromStdString(kept.front().path));
    EXPECT_TRUE(says("cut off in the middle of packet 3"));
    EXPECT_EQ(window.capture()->packetCount(), 2U);
}

TEST_F(LiveFault, TheSelectionIsSavedAsACaptureOfItsOwn) {
    start(QStringLiteral("true"));
    goOn();
    ASSERT_TRUE(ends());
    const auto capture = window.capture();
    ASSERT_GT(capture->exchangeCount(), 1U);
    ASSERT_LT(capture->row(0).packets, capture->packetCount());
    auto* view = window.exchanges()->findChild<QTableView*>();
    ASSERT_NE(view, nullptr);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return !window.busy() && view->model()->rowCount() == int(capture->exchangeCount()); }, 5'000));
    view->selectRow(0);
    const ExchangeId chosen = 0; // the table begins with it
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows() == capture->row(chosen).packets; }, 5'000));
    window.actionNamed(QStringLiteral("capture-save-selection"))->trigger();
    answer(file("selection.pcapng"));
    EXPECT_TRUE(says("Written to"));
    EXPECT_EQ(packetsIn(file("selection.pcapng")), capture->row(chosen).packets);
}

/// A capture that goes on for longer than its part of the disk: the newest packets are there to see and to
/// save, and what is known of the others is said.
TEST_F(LiveFault, TheOldestPacketsOfALongCaptureGiveWay) {
    constexpr int many = 20'000;
    window.keepAtMost(1 << 18);
    test::CaptureBytes made;
    made.section().interface(101);
    for (int i = 0; i < many; ++i) {
        test::CaptureBytes frame(true);
        frame.u16(0x4500).u16(128).u32(0).u8(64).u8(17).u16(0).u32(0x0a000001).u32(0x0a000002);
        frame.u16(static_cast<std::uint16_t>(1024 + i)).u16(9).u16(108).u16(0).zeros(100);
        made.enhanced(0, static_cast<std::uint64_t>(i),
                      {reinterpret_cast<const char*>(frame.bytes().data()), frame.bytes().size()});
    }
    ASSERT_TRUE(write("many", {reinterpret_cast<const char*>(made.bytes().data()),
                               static_cast<qsizetype>(made.bytes().size())}));
    ASSERT_TRUE(run(QStringLiteral("cat many; exec sleep 60")));
    const auto barSays = [&](const char* words) {
        return window.live()->words().contains(QLatin1String(words));
    };
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            return window.capture() && window.capture()->packetCount() == many && barSays("262.1 kB are kept");
        },
        20'000))
        << window.live()->words().toStdString();
    const PacketIndex first = window.capture()->firstKept();
    ASSERT_GT(first, PacketIndex{many / 2});
    window.stage()->setFocus();
    press(Qt::Key_Home);
    EXPECT_TRUE(QTest::qWaitFor([&] { return rows() == many - first; }, 10'000)) << "they begin with it";

    auto* view = window.exchanges()->findChild<QTableView*>();
    ASSERT_NE(view, nullptr);
    view->selectRow(0); // the first exchange
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows() == 1; }, 10'000));
    const Message gone = window.stage()->source()->message(0);
    EXPECT_TRUE(gone.gaveWay);
    EXPECT_EQ(gone.kind, window.capture()->kindOf(0));
    const auto explained = [&] {
        const auto labels = window.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text().startsWith(QStringLiteral("The bytes of this packet are no longer kept"));
        });
    };
    EXPECT_TRUE(QTest::qWaitFor(explained, 5'000));

    window.actionNamed(QStringLiteral("capture-save"))->trigger();
    answer(file("saved.pcapng"));
    EXPECT_TRUE(says("Written to"));
    EXPECT_LT(QFileInfo(file("saved.pcapng")).size(), 400'000);
    const PacketIndex kept = packetsIn(file("saved.pcapng"));
    EXPECT_GE(kept, many - first);
    window.stopCapture();
    ASSERT_TRUE(ends());
    window.openRecording(QStringLiteral("tcp-syn-lost"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return SessionFolder().kept().size() == 1; }, 5'000));
    EXPECT_LT(SessionFolder().kept().front().bytes, 400'000U);
    window.openFile(QString::fromStdString(SessionFolder().kept().front().path));
    EXPECT_TRUE(says("earlier packets gave way to these"));
    EXPECT_EQ(window.capture()->packetCount(), kept);
}

} // namespace
} // namespace wirestage
