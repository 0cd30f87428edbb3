// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that opens and indexes. It outlives the document where it must (standard input that never ends
// cannot be woken up), so it speaks through a link that the document cuts when it goes.
#include "app/window/document.h"

#include "app/window/translate.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace wirestage {

struct Document::Link {
    std::mutex mutex;
    Document* document = nullptr; ///< null once it is gone
    std::atomic<bool> cancelled = false;
    bool ended = false;
    std::condition_variable ending;

    void end() {
        const std::lock_guard lock(mutex);
        ended = true;
        ending.notify_all();
    }

    /// Runs `what` in the document's thread, if there is one still.
    template <class What>
    void tell(What what) {
        const std::lock_guard lock(mutex);
        if (document)
            QMetaObject::invokeMethod(document, std::move(what), Qt::QueuedConnection);
    }
};

namespace {

constexpr qint64 millisecondsBetweenReports = 80;
/// A batch ends sooner; only input that is waited for takes longer, and nothing is lost with it.
constexpr std::chrono::milliseconds longestFarewell{500};

} // namespace

Document::Document(QObject* parent) : QObject(parent) {}

Document::~Document() {
    if (!link)
        return;
    if (process)
        process->stop();
    link->cancelled = true;
    const std::lock_guard lock(link->mutex);
    link->document = nullptr;
}

void Document::waitForEnd() {
    if (!link)
        return;
    if (process)
        process->stop();
    link->cancelled = true;
    std::unique_lock lock(link->mutex);
    link->ending.wait_for(lock, longestFarewell, [this] { return link->ended; });
}

void Document::cancel() {
    if (process)
        process->stop(); // what comes with its end is indexed still
    else if (link)
        link->cancelled = true;
}

void Document::open(const QString& path) {
    filePath = path == QLatin1String("-") ? QString() : QFileInfo(path).absoluteFilePath();
    shownTitle = filePath.isEmpty() ? tr("Standard input") : QFileInfo(path).fileName();
    start([name = path.toLocal8Bit().toStdString()](const OpenOptions& options) {
        return CaptureFile::open(name, options);
    });
}

void Document::openLive(std::shared_ptr<CaptureProcess> from, const QString& of) {
    shownTitle = tr("Live: %1").arg(of);
    process = std::move(from);
    start([live = process](const OpenOptions&) {
        CaptureFile::Opened made = live->capture();
        if (const auto end = live->ended(); end && std::holds_alternative<CaptureFile::OpenError>(made))
            if (const Text why = inWords(*end); !why.empty())
                return CaptureFile::Opened(CaptureFile::OpenError{FileProblem::Unreadable, why});
        return made;
    });
}

void Document::openBytes(const QByteArray& bytes, const QString& title) {
    shownTitle = title;
    start([bytes](const OpenOptions&) {
        return CaptureFile::fromMemory({reinterpret_cast<const std::uint8_t*>(bytes.constData()),
                                        static_cast<std::size_t>(bytes.size())});
    });
}

void Document::openMade(std::function<CaptureFile::Opened(const OpenOptions&)> make, const QString& title,
                        Foreknowledge known) {
    shownTitle = title;
    start(std::move(make), std::move(known));
}

void Document::openReady(std::shared_ptr<const Capture> capture, const QString& title) {
    shownTitle = title;
    opened = std::move(capture);
    emit captureReady();
    emit finished();
}

void Document::start(std::function<CaptureFile::Opened(const OpenOptions&)> openFile, Foreknowledge known) {
    link = std::make_shared<Link>();
    link->document = this;
    working = true;
    std::thread([to = link, openFile = std::move(openFile), known = std::move(known), self = this] {
        OpenOptions options;
        options.progress = [to, self](std::uint64_t done) {
            to->tell([self, done] {
                self->latest.bytesDone = done;
                emit self->progressed();
            });
            return !to->cancelled.load();
        };
        auto result = openFile(options);
        if (auto* error = std::get_if<CaptureFile::OpenError>(&result)) {
            to->tell([self, why = error->why] {
                self->working = false;
                emit self->failed(wirestage::tr(why));
            });
            to->end();
            return;
        }
        auto capture = std::make_shared<Capture>(std::move(std::get<CaptureFile>(result)), known);
        to->tell([self, capture] {
            self->opened = capture;
            emit self->captureReady();
        });
        QElapsedTimer sinceReport;
        capture->index([&](const Progress& now) {
            if (!sinceReport.isValid() || sinceReport.elapsed() >= millisecondsBetweenReports) {
                sinceReport.start();
                to->tell([self, now] {
                    self->latest = now;
                    emit self->progressed();
                });
            }
            return !to->cancelled.load();
        });
        to->tell([self] {
            self->working = false;
            emit self->finished();
        });
        capture.reset();
        to->end();
    }).detach();
}

} // namespace wirestage
