// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a capture and that of the other end: a run seen from both, so that what must come out is
// known.
#include "tests/app/window/open_window.h"

#include "app/ends/ends_bar.h"
#include "app/exchanges/transcript.h"
#include "app/export/export.h"
#include "app/inspector/explain_pane.h"
#include "app/window/message_bar.h"
#include "core/diagram/run_source.h"

#include <QAction>
#include <QFile>
#include <QTemporaryDir>

namespace wirestage {
namespace {

std::shared_ptr<const lesson::LessonRun> runAt(const std::string& vantage) {
    lesson::Choice choice;
    choice.vantage = vantage;
    auto result = lesson::runLesson(lesson::lessonNamed("tcp-retransmission"), choice);
    return std::get<std::shared_ptr<const lesson::LessonRun>>(result);
}

struct EndsWindow : Window {
    QTemporaryDir folder;
    std::shared_ptr<const lesson::LessonRun> run = runAt("client");

    QString fileAt(const std::string& vantage) {
        const QString path = folder.filePath(QString::fromStdString(vantage) + QStringLiteral(".pcapng"));
        QFile file(path);
        const auto bytes = runAt(vantage)->viewBytes;
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
        return path;
    }
    bool canMerge() { return window.actionNamed(QStringLiteral("merge-ends"))->isEnabled(); }
    void openFirst() {
        window.openFile(fileAt("client"));
        ASSERT_TRUE(QTest::qWaitFor(
            [&] {
                return !window.busy() && window.windowTitle().contains(QStringLiteral("client.pcapng")) &&
                       window.stage()->rowCount() > 0;
            },
            10'000));
    }
    void merge() {
        openFirst();
        window.mergeWithOtherEnd(fileAt("server"));
        ASSERT_TRUE(QTest::qWaitFor(
            [&] {
                return window.bothEnds()->isVisible() && !window.busy() && window.stage()->rowCount() > 0 &&
                       window.inspector()->inspected();
            },
            10'000));
    }
};

TEST_F(EndsWindow, ShowsTheRunsOwnTimesAndLosses) {
    merge();
    window.setLevel(Level::Transport);
    const auto truth = diagram::runSource(run, {}, Level::Transport);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.stage()->source()->size() == truth->size(); }, 10'000));
    const auto source = window.stage()->source();
    const Time start = source->message(0).time;
    std::size_t lost = 0;
    for (diagram::Row row = 0; row < truth->size(); ++row) {
        const Message own = source->message(row), known = truth->message(row);
        EXPECT_EQ(own.sent, known.sent) << "row " << row << " from " << start;
        EXPECT_EQ(own.received, known.received) << "row " << row;
        EXPECT_EQ(own.lost, known.lost) << "row " << row;
        lost += own.lost.value_or(false);
    }
    EXPECT_EQ(lost, 1U);
    EXPECT_TRUE(window.bothEnds()->words().contains(QStringLiteral("1 lost on the way; the clocks agree")))
        << window.bothEnds()->words().toStdString();
    EXPECT_TRUE(window.bothEnds()->assumption().contains(QStringLiteral("as long there as back")));
}

TEST_F(EndsWindow, TellsOfEachMessageHowLongItTookOrThatItWasLost) {
    merge();
    window.setLevel(Level::Transport);
    const auto isLost = [&](diagram::Row row) { return window.stage()->source()->facts(row).lost; };
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            for (diagram::Row row = 0; row < window.stage()->source()->size(); ++row)
                if (isLost(row))
                    return true;
            return false;
        },
        10'000));
    for (diagram::Row row = 0; row < window.stage()->source()->size(); ++row) {
        window.stage()->jumpTo(row);
        ASSERT_TRUE(
            QTest::qWaitFor([&] { return window.inspector()->inspected()->position == row + 1; }, 10'000));
        const QString words = journeyOf(*window.inspector()->inspected());
        EXPECT_TRUE(
            words.contains(isLost(row) ? QStringLiteral("lost on the way") : QStringLiteral("on the way.")))
            << words.toStdString();
        EXPECT_EQ(window.transcript()
                      ->model()
                      ->index(static_cast<int>(row), 0)
                      .data()
                      .toString()
                      .contains(QStringLiteral("[lost on the way]")),
                  isLost(row));
    }
}

TEST_F(EndsWindow, ExportsTheLossInEveryFormatOfWords) {
    merge();
    window.setLevel(Level::Transport);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            const auto source = window.stage()->source();
            return source->size() > 3 && source->facts(3).lost;
        },
        10'000));
    const std::pair<QString, QByteArray> wanted[] = {{QStringLiteral("svg"), "class=\"lost"},
                                                     {QStringLiteral("mmd"), "-x"},
                                                     {QStringLiteral("html"), "lost"}};
    for (const auto& [ending, words] : wanted) {
        ExportRequest request;
        request.source = window.stage()->source();
        const QString path = folder.filePath(QStringLiteral("x.") + ending);
        ASSERT_FALSE(exportTo(path, request)) << ending.toStdString();
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        EXPECT_TRUE(file.readAll().contains(words)) << ending.toStdString();
    }
}

TEST_F(EndsWindow, LeavesEverythingWhereNothingIsInBoth) {
    openFirst();
    const auto before = window.stage()->source();
    window.mergeWithOtherEnd(QStringLiteral("resources/recordings/dns-recursion.pcapng"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.messages()->words().isEmpty(); }, 10'000));
    EXPECT_TRUE(window.messages()->words().contains(QStringLiteral("no packet is in both captures")))
        << window.messages()->words().toStdString();
    EXPECT_EQ(window.stage()->source(), before);
    EXPECT_FALSE(window.bothEnds()->isVisible());
    EXPECT_TRUE(canMerge());
}

TEST_F(EndsWindow, SaysWhyAFileCannotBeMerged) {
    openFirst();
    window.mergeWithOtherEnd(fileAt("client"));
    EXPECT_TRUE(window.messages()->words().contains(QStringLiteral("is the capture that is open")));
    window.mergeWithOtherEnd(folder.filePath(QStringLiteral("nowhere.pcapng")));
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return window.messages()->words().contains(QStringLiteral("there is no such file")); },
        10'000));
    EXPECT_FALSE(window.bothEnds()->isVisible());
}

TEST_F(EndsWindow, OffersItOnlyWhereThereIsSomethingToMerge) {
    EXPECT_TRUE(canMerge());
    ASSERT_TRUE(window.openLesson(QStringLiteral("tcp-handshake")));
    EXPECT_FALSE(canMerge()) << "a lesson knows both ends";
    merge();
    EXPECT_FALSE(canMerge()) << "merged already";
    window.openRecording(QStringLiteral("ftp-active"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return canMerge(); }, 10'000));
    EXPECT_FALSE(window.bothEnds()->isVisible());
}

} // namespace
} // namespace wirestage
