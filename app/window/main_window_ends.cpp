// SPDX-License-Identifier: GPL-3.0-or-later
// The window with both ends of an exchange: the capture that is open is merged with a file of the other end,
// and the merged one takes its place. Until then, and where nothing fits together, nothing changes.
#include "app/ends/both_ends.h"
#include "app/ends/ends_bar.h"
#include "app/exchanges/exchange_panel.h"
#include "app/lesson/lesson_session.h"
#include "app/window/document.h"
#include "app/window/main_window.h"
#include "app/window/message_bar.h"
#include "core/diagram/capture_source.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>

namespace wirestage {
namespace {

const QString keyOfEnds = QStringLiteral("ends:");

} // namespace

void MainWindow::buildEndsEntry(QMenu* menu) {
    auto* merge = action(menu, "merge-ends", tr("&Merge with the other end…"), {}, [this] { endsDialog(); });
    merge->setToolTip(tr("A second capture of the same packets, taken where they go to or come from: shows "
                         "which arrived, how long they took, and which were lost"));
    enableEnds();
}

/// A lesson knows both ends as it is; what still comes in cannot be merged yet.
void MainWindow::enableEnds() {
    actionNamed(QStringLiteral("merge-ends"))
        ->setEnabled(document && document->capture() && !document->running() && !ends &&
                     !lessonSession->isOpen() && document->capture()->packetCount() > 0);
}

void MainWindow::endsDialog() {
    auto* dialog = new QFileDialog(this, tr("The other end's capture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Captures (*.pcap *.pcapng *.cap *.dmp *.pcap.gz *.pcapng.gz *.cap.gz "
                               "*.pcap.zst *.pcapng.zst)"),
                            tr("All files (*)")});
    if (document && !document->path().isEmpty())
        dialog->setDirectory(QFileInfo(document->path()).path());
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::mergeWithOtherEnd);
    dialog->open();
}

void MainWindow::mergeWithOtherEnd(const QString& path) {
    if (!actionNamed(QStringLiteral("merge-ends"))->isEnabled())
        return;
    if (!document->path().isEmpty() &&
        QFileInfo(document->path()).canonicalFilePath() == QFileInfo(path).canonicalFilePath())
        return messageBar->say(tr("%1 is the capture that is open; the other end's is another file.")
                                   .arg(QFileInfo(path).fileName()));
    const auto capture = document->capture();
    std::vector<PacketIndex> packets;
    for (const ExchangeId id : shown)
        packets.push_back(capture->row(id).first);
    auto next = std::make_unique<Document>();
    Document* opening = next.get();
    auto made = std::make_shared<BothEnds>();
    opening->openMade(mergeWork(capture, path.toLocal8Bit().toStdString(), made),
                      tr("%1 with %2").arg(document->title(), QFileInfo(path).fileName()),
                      overlay::MergedEnds::foreknowledge());
    take(std::move(next), keyOfEnds + path);
    // After take(): the window has the document by then.
    connect(opening, &Document::captureReady, this, [this, made, packets, all = showsAll] {
        ends = made;
        endsAsked = all ? std::nullopt : std::optional(packets);
        endsBar->tell(*made);
        endsBar->setVisible(!isPresenting);
        enableEnds();
    });
}

/// The exchanges that were on the stage, now with both ends.
void MainWindow::chooseOfEnds() {
    if (document->running())
        return;
    const auto ids = endsAsked ? exchangesWith(*document->capture(), ends->passages, *endsAsked)
                               : std::vector<ExchangeId>();
    if (ids.size() == 1)
        exchangePanel->setCurrent(ids.front());
    showExchanges(ids);
    fitTable();
}

/// Another document has taken the place of the merged one.
void MainWindow::leaveEnds() {
    if (documentKey.startsWith(keyOfEnds))
        return;
    ends.reset();
    endsBar->hide();
}

std::shared_ptr<const diagram::DiagramSource>
MainWindow::sourceOf(std::shared_ptr<const Capture> capture, const std::shared_ptr<const BothEnds>& both,
                     const std::vector<ExchangeId>& ids, std::optional<Level> level) {
    if (!both)
        return diagram::captureSource(std::move(capture), ids, level);
    return diagram::endsSource(std::move(capture), {both, &both->passages}, ids, level);
}

} // namespace wirestage
