// SPDX-License-Identifier: GPL-3.0-or-later
// A capture on its way into the window: opened and indexed in another thread, usable from the first batch on.
#pragma once

#include "core/capture/capture_process.h"
#include "core/exchange/capture.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <memory>

namespace wirestage {

class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(QObject* parent = nullptr);
    ~Document() override;

    void open(const QString& path); ///< "-" is standard input
    void openBytes(const QByteArray& bytes, const QString& title);
    /// One that is made here: `make` is called in the other thread.
    void openMade(std::function<CaptureFile::Opened(const OpenOptions&)> make, const QString& title,
                  Foreknowledge known);
    /// One that is being made: indexed while it comes, until the program that makes it ends. `of`: "eth0".
    void openLive(std::shared_ptr<CaptureProcess> process, const QString& of);
    [[nodiscard]] const std::shared_ptr<CaptureProcess>& live() const { return process; } ///< null: a file
    /// A capture that is indexed already (a lesson's); captureReady() and finished() follow at once.
    void openReady(std::shared_ptr<const Capture> capture, const QString& title);
    /// Another one in its place, without a word: the lesson ran again.
    void replace(std::shared_ptr<const Capture> capture) { opened = std::move(capture); }
    /// What was indexed so far stays.
    void cancel();
    /// Cancels and lets the thread come to its end, for when the program does too.
    void waitForEnd();

    [[nodiscard]] std::shared_ptr<const Capture> capture() const {
        return opened;
    } ///< null until there is one
    [[nodiscard]] QString title() const { return shownTitle; }
    [[nodiscard]] QString path() const { return filePath; } ///< empty for a recording
    [[nodiscard]] bool running() const { return working; }
    [[nodiscard]] Progress progress() const { return latest; }

signals:
    void captureReady();             ///< capture() is there, nothing of it indexed yet
    void progressed();               ///< more exchanges, at most some ten times a second
    void finished();                 ///< indexed, cancelled or cut off
    void failed(const QString& why); ///< there is no capture

private:
    struct Link;
    void start(std::function<CaptureFile::Opened(const OpenOptions&)> openFile, Foreknowledge known = {});

    std::shared_ptr<Link> link;
    std::shared_ptr<const Capture> opened;
    std::shared_ptr<CaptureProcess> process;
    QString shownTitle, filePath;
    Progress latest;
    bool working = false;
};

} // namespace wirestage
