// SPDX-License-Identifier: GPL-3.0-or-later
// Opening captures, good and bad, off the window's thread; and the recordings that come with the program.
#include "app/window/document.h"
#include "app/window/recordings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

TEST(Recordings, CanAllBeOpenedAndHoldExchanges) {
    for (const Recording& one : recordings()) {
        Document document;
        QSignalSpy finished(&document, &Document::finished);
        document.openBytes(bytesOf(one), QString::fromLatin1(one.file));
        ASSERT_TRUE(finished.wait(10'000)) << one.file;
        EXPECT_GT(document.capture()->exchangeCount(), 0u) << one.file;
        EXPECT_FALSE(document.capture()->problem()) << one.file;
    }
}

TEST(Recordings, AreFoundByTheirName) {
    EXPECT_EQ(recordingNamed(QStringLiteral("ftp-pasv.pcapng")), recordingNamed(QStringLiteral("ftp-pasv")));
    EXPECT_EQ(recordingNamed(QStringLiteral("nothing")), nullptr);
}

TEST(Document, SaysWhyAFileCannotBeRead) {
    const QTemporaryDir folder;
    QFile words(folder.filePath(QStringLiteral("words.pcap")));
    ASSERT_TRUE(words.open(QIODevice::WriteOnly));
    words.write("these are no packets at all, only words in a file");
    words.close();
    for (const QString& path :
         {folder.filePath(QStringLiteral("missing.pcap")), words.fileName(), folder.path()}) {
        Document document;
        QSignalSpy failed(&document, &Document::failed);
        document.open(path);
        ASSERT_TRUE(failed.wait(10'000)) << path.toStdString();
        EXPECT_FALSE(failed.first().first().toString().isEmpty());
        EXPECT_EQ(document.capture(), nullptr);
    }
}

TEST(Document, KeepsWhatStandsBeforeACut) {
    const QByteArray whole = bytesOf(firstRecording());
    Document document;
    QSignalSpy finished(&document, &Document::finished);
    document.openBytes(whole.left(whole.size() * 2 / 3), QStringLiteral("cut"));
    ASSERT_TRUE(finished.wait(10'000));
    EXPECT_GT(document.capture()->packetCount(), 0u);
    EXPECT_TRUE(document.capture()->problem());
}

TEST(Document, MayGoAwayWhileItIsBeingRead) {
    for (int i = 0; i < 20; ++i) {
        Document document;
        document.openBytes(bytesOf(firstRecording()), QStringLiteral("short"));
    }
    QTest::qWait(50); // whatever was still on its way finds nobody
}

} // namespace
} // namespace wirestage
