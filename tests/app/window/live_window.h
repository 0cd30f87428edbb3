// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a capture that is being made. A shell plays the program that captures: it writes a
// recording in two pieces, and goes on running.
#pragma once

#include "tests/app/window/open_window.h"

#include "app/capture/live_bar.h"
#include "app/window/message_bar.h"
#include "core/capture/session_folder.h"
#include "tests/core/capture/capture_bytes.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtEndian>

namespace wirestage {

inline constexpr qint64 firstPiece = 1200; // bytes: some packets, and a part of one

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

    [[nodiscard]] static QByteArray recording() {
        QFile from(QStringLiteral("resources/recordings/dhcp-dora-renew-release.pcapng"));
        return from.open(QIODevice::ReadOnly) ? from.readAll() : QByteArray();
    }
    /// A pcap with a datagram to another port each, at these seconds.
    [[nodiscard]] static QByteArray datagrams(const std::vector<qint64>& seconds) {
        test::CaptureBytes made;
        made.pcapHeader();
        std::uint16_t port = 1024;
        for (const qint64 second : seconds) {
            test::CaptureBytes frame(true);
            frame.text("\x02\x01\x01\x01\x01\x02\x02\x01\x01\x01\x01\x01\x08").u8(0).u16(0x4500).u16(28);
            frame.u32(0).u8(64).u8(17).u16(0).u32(0x0a000001).u32(0x0a000002);
            frame.u16(port++).u16(9).u16(8).u16(0);
            made.pcapRecord(static_cast<std::uint32_t>(second), 0,
                            {reinterpret_cast<const char*>(frame.bytes().data()), frame.bytes().size()});
        }
        return {reinterpret_cast<const char*>(made.bytes().data()),
                static_cast<qsizetype>(made.bytes().size())};
    }
    [[nodiscard]] bool write(const char* name, const QByteArray& bytes) const {
        QFile piece(file(name));
        return piece.open(QIODevice::WriteOnly) && piece.write(bytes) == bytes.size();
    }
    /// A shell's line, in the folder of the pieces, captures.
    bool run(const QString& line) {
        CaptureOrder order;
        order.remote = QStringLiteral("/bin/sh -c \"cd '%1'; %2\"").arg(folder.path(), line);
        return window.startCapture(order);
    }

    /// Writes the first piece; the rest once there is a file named "go".
    void start(const QString& afterwards = QStringLiteral("exec sleep 60")) {
        const QByteArray all = recording();
        ASSERT_GT(all.size(), firstPiece);
        ASSERT_TRUE(write("one", all.first(firstPiece)) && write("two", all.sliced(firstPiece)));
        ASSERT_TRUE(
            run(QStringLiteral("cat one; while [ ! -e go ]; do sleep 0.05; done; cat two; ") + afterwards))
            << window.messages()->words().toStdString();
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

} // namespace wirestage
