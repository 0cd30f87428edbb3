// SPDX-License-Identifier: GPL-3.0-or-later
// What is open: files, recordings, how far it has been read, and what is written of it.
#include "app/window/main_window.h"

#include "app/exchanges/exchange_panel.h"
#include "app/exchanges/transcript.h"
#include "app/export/export.h"
#include "app/inspector/inspector.h"
#include "app/lesson/lesson_session.h"
#include "app/lesson/predict_bar.h"
#include "app/overlay/overlay_session.h"
#include "app/window/document.h"
#include "app/window/library_panel.h"
#include "app/window/message_bar.h"
#include "app/window/recordings.h"
#include "app/window/translate.h"
#include "core/capture/filter.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace wirestage {
namespace {

constexpr int recentKept = 12;

bool speaksAnApplication(ProtocolId protocol) {
    const auto kinds = allKinds();
    return std::any_of(kinds.begin(), kinds.end(), [&](const Kind& one) {
        return one.protocol == protocol && one.level == Level::Application;
    });
}

} // namespace

void MainWindow::openFile(const QString& path) {
    if (path.endsWith(QLatin1String(".toml"), Qt::CaseInsensitive)) {
        openLesson(path);
        return;
    }
    if (path == QLatin1String("-") && openStandardInput())
        return;
    auto next = std::make_unique<Document>();
    next->open(path);
    take(std::move(next), path == QLatin1String("-") ? QString() : QFileInfo(path).absoluteFilePath());
}

void MainWindow::openRecording(const QString& name) {
    const Recording* recording = recordingNamed(name);
    if (!recording)
        return messageBar->say(tr("There is no recording named %1.").arg(name), MessageBar::Tone::Problem);
    auto next = std::make_unique<Document>();
    next->openBytes(bytesOf(*recording), wirestage::tr(Text{"recordings", recording->title, {}, {}}));
    take(std::move(next), QString::fromLatin1(recording->file));
}

void MainWindow::take(std::unique_ptr<Document> next, const QString& key) {
    Document* opening = next.get();
    // The old capture stays on the screen until there is a new one: a file that cannot be read takes nothing
    // away.
    opening->setParent(this);
    next.release();
    messageBar->clear();
    connect(opening, &Document::failed, this, [this, opening](const QString& why) {
        documentFailed(tr("%1: %2").arg(opening->title(), why));
        opening->deleteLater();
    });
    connect(opening, &Document::captureReady, this, [this, opening, key] {
        opening->setParent(nullptr);
        document.reset(opening);
        documentKey = key;
        documentReady();
    });
    connect(opening, &Document::progressed, this, [this, opening] {
        if (opening == document.get())
            documentProgressed();
        else
            progressRow->tell(
                tr("Reading %1: %2")
                    .arg(opening->title(), wirestage::tr(bytesInWords(opening->progress().bytesDone))),
                -1);
    });
    connect(opening, &Document::finished, this, [this, opening] {
        if (opening == document.get())
            documentFinished();
    });
    connect(progressRow, &ProgressRow::cancelled, opening, [this, opening] {
        if (!saving.busy())
            opening->cancel();
    });
}

std::shared_ptr<const Capture> MainWindow::capture() const {
    return document ? document->capture() : nullptr;
}

bool MainWindow::busy() const {
    return document && document->running();
}

void MainWindow::documentReady() {
    if (!documentKey.startsWith(QLatin1String("lesson:")))
        lessonClosed();
    if (!document->live())
        leaveLive();
    fitting.forget();
    leaveEnds();
    enableEnds();
    askedBefore = diagram::noRow;
    predictBar->reset();
    building.forget();
    inspecting.forget();
    filtering.forget();
    shown.clear();
    showsAll = hasChosen = false;
    stageView->setSource(nullptr);
    transcriptView->setSource(nullptr);
    inspectorPane->setInspected(nullptr);
    settleNames(); // before anything is shown
    exchangePanel->setSource(std::make_shared<CaptureExchanges>(document->capture()));
    libraryPanel->setCurrent(documentKey.startsWith(QLatin1String("lesson:")) ? documentKey.mid(7)
                                                                              : documentKey);
    overlayDocument();
    updateSubject();
    rememberRecent(document->path());
}

void MainWindow::documentProgressed() {
    exchangePanel->refresh(false);
    chooseFirst();
    const Progress now = document->progress();
    const int part = now.bytesTotal ? static_cast<int>(now.bytesDone * 1000 / now.bytesTotal) : -1;
    if (document->running() && !document->live() && part < 1000)
        progressRow->tell(
            tr("Indexing: %1 packets, %2 exchanges").arg(grouped(now.packets), grouped(now.exchanges)), part);
}

void MainWindow::documentFinished() {
    progressRow->hide();
    exchangePanel->refresh(true);
    chooseFirst();
    fitTable();
    const auto capture = document->capture();
    const quint64 gone = capture->gaveWay();
    if (const auto problem = capture->problem())
        messageBar->say(tr("%1: %2").arg(document->title(), wirestage::tr(*problem)),
                        MessageBar::Tone::Problem);
    else if (gone > 0)
        messageBar->say(tr("%1: %2 earlier packets gave way to these while it was captured.")
                            .arg(document->title(), grouped(gone)));
    else if (capture->packetCount() == 0 && !document->live())
        messageBar->say(tr("%1 holds no packets.").arg(document->title()));
    enableEnds();
    if (hasChosen)
        rebuildStage(true); // the exchange on the stage may have grown meanwhile
}

void MainWindow::documentFailed(const QString& why) {
    progressRow->hide();
    messageBar->say(why, MessageBar::Tone::Problem);
}

/// The first look: the first exchange of an application where there is one near the beginning.
void MainWindow::chooseFirst() {
    if (hasChosen || !document || document->capture()->exchangeCount() == 0)
        return;
    if (ends)
        return chooseOfEnds();
    const auto capture = document->capture();
    const ExchangeId near = std::min<ExchangeId>(capture->exchangeCount(), 100);
    ExchangeId best = 0;
    for (ExchangeId id = 0; id < near; ++id)
        if (speaksAnApplication(capture->row(id).protocol)) {
            best = id;
            break;
        }
    if (lessonSession->isOpen() || document->live() || overlaySession->isOn())
        return showExchanges({});
    exchangePanel->setCurrent(best);
    showExchanges({best});
    fitTable();
}

QString MainWindow::whatIsShown() const {
    if (!document || !document->capture() || !hasChosen)
        return {};
    if (showsAll)
        return lessonSession->isOpen() ? QString() : tr("all exchanges");
    if (shown.size() != 1)
        return tr("%1 exchanges").arg(grouped(shown.size()));
    return wirestage::tr(document->capture()->glimpse(shown.front()).exchange.title);
}

void MainWindow::updateSubject() {
    const QString levelWords = levelNow ? levels->checkedAction()->text() : tr("Highest level");
    levelPill->setText(QString(levelWords).remove(QLatin1Char('&')));
    fitHeader();
    if (!document)
        return;
    const QString what = whatIsShown();
    QStringList parts{document->title()};
    if (!what.isEmpty())
        parts << what;
    if (namesHidden())
        parts << tr("names hidden");
    const QString words = parts.join(QStringLiteral("  ·  "));
    subject->setText(
        subject->fontMetrics().elidedText(words, Qt::ElideRight, std::max(subject->width(), 10)));
    subject->setToolTip(words);
    subject->setAccessibleName(words);
    setWindowTitle(tr("%1 – Wirestage").arg(document->title()));
}

void MainWindow::rememberRecent(const QString& path) {
    if (path.isEmpty())
        return;
    QSettings settings;
    QStringList paths = settings.value(QStringLiteral("recent")).toStringList();
    paths.removeAll(path);
    paths.prepend(path);
    settings.setValue(QStringLiteral("recent"), QStringList(paths.mid(0, recentKept)));
    fillRecent();
}

void MainWindow::openDialog() {
    auto* dialog = new QFileDialog(this, tr("Open a capture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Captures and lessons (*.toml *.pcap *.pcapng *.cap *.dmp *.pcap.gz "
                               "*.pcapng.gz *.cap.gz *.pcap.zst *.pcapng.zst)"),
                            tr("All files (*)")});
    const QString last = QSettings().value(QStringLiteral("recent")).toStringList().value(0);
    if (!last.isEmpty())
        dialog->setDirectory(QFileInfo(last).path());
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFile);
    dialog->open();
}

void MainWindow::exportDialog() {
    if (!stageView->source() || stageView->source()->size() == 0)
        return messageBar->say(tr("There is nothing on the stage to export."));
    auto* dialog = new QFileDialog(this, tr("Export the diagram"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const QString& ending : exportFormats())
        filters << QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(exportFormats().value(0));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).remove(QLatin1Char(')')));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        ExportRequest request;
        request.source = stageView->source();
        request.title = Text::verbatim(subject->toolTip().toStdString());
        request.trueTime = stageView->trueTime();
        if (document && document->capture())
            request.page.describe = [capture = document->capture()](PacketIndex packet) {
                return capture->describe(packet);
            };
        if (const auto why = exportTo(path, request))
            messageBar->say(tr("%1 was not written: %2").arg(path, wirestage::tr(*why)),
                            MessageBar::Tone::Problem);
        else
            messageBar->say(tr("Written to %1").arg(path));
    });
    dialog->open();
}

void MainWindow::setUpFilter() {
    exchangePanel->checkFilter = [](const QString& text) {
        const auto compiled = PacketFilter::compile(text.toStdString(), LinkType::Ethernet);
        const auto* error = std::get_if<PacketFilter::Error>(&compiled);
        return error ? wirestage::tr(error->message) : QString();
    };
    exchangePanel->applyFilter = [this](const QString& text) {
        filtering.forget();
        if (text.isEmpty() || !document || !document->capture())
            return exchangePanel->table()->setWithin(std::nullopt);
        auto compiled = PacketFilter::compile(text.toStdString(), LinkType::Ethernet);
        if (auto* filter = std::get_if<PacketFilter>(&compiled))
            filtering.run(
                [capture = document->capture(), chosen = *filter] { return capture->matching(chosen); },
                [this](std::vector<ExchangeId> ids) { exchangePanel->table()->setWithin(std::move(ids)); });
    };
}

} // namespace wirestage
