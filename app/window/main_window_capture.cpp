// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a capture that is being made: it is started, followed or watched standing still, stopped
// and saved. The packets are in a file before anything is shown of them.
#include "app/window/main_window.h"

#include "app/capture/capture_dialog.h"
#include "app/capture/live_bar.h"
#include "app/capture/packet_saver.h"
#include "app/exchanges/exchange_panel.h"
#include "app/window/document.h"
#include "app/window/message_bar.h"
#include "app/window/translate.h"
#include "core/capture/session_folder.h"

#include <QAction>
#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QScrollBar>
#include <QSettings>
#include <QToolButton>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirestage {
namespace {

constexpr int millisecondsBetweenLooks = 40;
constexpr std::size_t sessionsListed = 12;

/// "eth0, 27 November 22:20, 1.2 MB"
QString titleOf(const KeptSession& session) {
    const QDateTime when = QDateTime::fromSecsSinceEpoch(session.seconds);
    return MainWindow::tr("%1, %2, %3")
        .arg(fromUtf8(session.of), QLocale().toString(when, QStringLiteral("d MMMM HH:mm")),
             wirestage::tr(bytesInWords(session.bytes)));
}

} // namespace

void MainWindow::buildCaptureParts() {
    liveBar = new LiveBar;
    liveTick.setInterval(millisecondsBetweenLooks);
    connect(&liveTick, &QTimer::timeout, this, &MainWindow::lookAtLive);
    connect(liveBar, &LiveBar::stopWanted, this, &MainWindow::stopCapture);
    connect(liveBar, &LiveBar::saveWanted, this, &MainWindow::saveCapture);
    connect(liveBar, &LiveBar::pausedChanged, this, [this](bool on) {
        actionNamed(QStringLiteral("capture-pause"))->setChecked(on);
        wholeLive();
    });
    connect(liveBar, &LiveBar::followingChanged, this, [this](bool on) {
        actionNamed(QStringLiteral("capture-follow"))->setChecked(on);
        placingLive = true;
        if (on && followsLive())
            stageView->last();
        placingLive = false;
        wholeLive();
    });
    // Whoever goes back wants to look at something: what comes in no longer takes them away from it.
    connect(stageView, &StageView::currentChanged, this, [this](quint64 row) {
        if (!placingLive && row + 1 < stageView->rowCount())
            liveBar->setFollowing(false);
    });
    connect(stageView->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        if (followsLive())
            liveBar->setFollowing(false);
    });
}

void MainWindow::buildCaptureMenu() {
    auto* menu = menuBar()->addMenu(tr("&Capture"));
    action(menu, "capture-start", tr("&Start…"), {QKeySequence(Qt::CTRL | Qt::Key_K)},
           [this] { captureDialog(); });
    buildHappenMenu(menu);
    action(menu, "capture-stop", tr("S&top"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K)},
           [this] { stopCapture(); });
    action(menu, "capture-again", tr("&Begin anew"), {QKeySequence(Qt::CTRL | Qt::Key_R)}, [this] {
        if (lastOrder)
            startCapture(*lastOrder);
    });
    menu->addSeparator();
    toggle(menu, "capture-pause", tr("&Pause the view"), {QKeySequence(Qt::Key_Pause)}, false,
           [this](bool on) { liveBar->pauseButton()->setChecked(on); });
    toggle(menu, "capture-follow", tr("&Follow the newest message"),
           {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_End)}, true,
           [this](bool on) { liveBar->setFollowing(on); });
    menu->addSeparator();
    action(menu, "capture-save", tr("Sa&ve the packets…"), {QKeySequence::Save}, [this] { saveCapture(); });
    action(menu, "capture-save-selection", tr("Save se&lection…"),
           {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)}, [this] { saveSelection(); });
    menu->addSeparator();
    buildOverlayMenu(menu);
    menu->addSeparator();
    keptMenu = menu->addMenu(tr("Captured &earlier"));
    connect(keptMenu, &QMenu::aboutToShow, this, &MainWindow::fillKept);
    enableCapture();
}

void MainWindow::enableCapture() {
    const bool runs = document && document->live() && document->live()->running();
    for (const char* name : {"capture-stop", "capture-pause", "capture-follow"})
        actionNamed(QLatin1String(name))->setEnabled(runs);
    actionNamed(QStringLiteral("capture-again"))->setEnabled(lastOrder.has_value());
    actionNamed(QStringLiteral("capture-save"))->setEnabled(!livePath.isEmpty());
}

void MainWindow::captureDialog() {
    auto* dialog = new CaptureDialog(captureRightsHere, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { startCapture(dialog->order()); });
    offerHappening(dialog);
    dialog->open();
}

bool MainWindow::startCapture(const CaptureOrder& order) {
    const CaptureRights rights = captureRightsHere();
    if (order.needsRights() && !rights.tool) {
        messageBar->say(wirestage::tr(rights.why) + QLatin1Char(' ') + fromUtf8(rights.remedy),
                        MessageBar::Tone::Problem);
        return false;
    }
    if (document && document->live())
        document->live()->stop();
    auto file = SessionFolder().begin((order.scenario.isEmpty() ? order.of() : order.scenario).toStdString(),
                                      sessionKeeps);
    if (const Text* why = std::get_if<Text>(&file)) {
        messageBar->say(wirestage::tr(*why), MessageBar::Tone::Problem);
        return false;
    }
    const QString path = fromUtf8(std::get<GrowingFile>(file).path());
    auto started =
        CaptureProcess::start(order.command(rights.tool ? rights.tool->path : std::string()),
                              std::move(std::get<GrowingFile>(file)), {hearingWhoPlays(order), {}});
    if (const Text* why = std::get_if<Text>(&started)) {
        messageBar->say(wirestage::tr(*why), MessageBar::Tone::Problem);
        return false;
    }
    lastOrder = order;
    showLive(std::move(std::get<std::unique_ptr<CaptureProcess>>(started)), order.of(), path);
    return true;
}

/// What somebody writes at the other end of a pipe is shown as it comes. False where standard input is no
/// pipe: a file is there already.
bool MainWindow::openStandardInput() {
    struct stat status {};
    if (fstat(STDIN_FILENO, &status) != 0 || S_ISREG(status.st_mode))
        return false;
    const QString of = tr("standard input");
    auto file = SessionFolder().begin("stdin", defaultSpoolLimit);
    if (std::holds_alternative<Text>(file))
        return false; // where nothing can be kept, it may still be shown
    const QString path = fromUtf8(std::get<GrowingFile>(file).path());
    auto started = CaptureProcess::reading(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0),
                                           std::move(std::get<GrowingFile>(file)), {});
    if (std::holds_alternative<Text>(started))
        return false;
    showLive(std::move(std::get<std::unique_ptr<CaptureProcess>>(started)), of, path);
    return true;
}

void MainWindow::showLive(std::unique_ptr<CaptureProcess> process, const QString& of, const QString& path) {
    auto next = std::make_unique<Document>();
    next->openLive(std::move(process), of);
    Document* opening = next.get();
    take(std::move(next), QStringLiteral("live:") + path);
    progressRow->tell(tr("Waiting for the first packets of %1").arg(of), -1);
    // After take(): the window has the document by then.
    connect(opening, &Document::failed, this, [path] { QFile::remove(path); }); // there is nothing in it
    connect(opening, &Document::captureReady, this, [this, of, path] {
        progressRow->hide();
        livePath = path;
        liveSeen = 0;
        livePace.begin();
        liveBar->begin(of);
        beginHappening();
        liveTick.start();
        enableCapture();
        showExchanges({});
    });
}

void MainWindow::stopCapture() {
    if (document && document->live())
        document->live()->stop();
}

/// Several times a second: what came since, unless the viewer wants the picture to stand still.
void MainWindow::lookAtLive() {
    if (!document || !document->live())
        return leaveLive();
    const auto capture = document->capture();
    const auto end = document->live()->ended();
    const bool over = end && !document->running(); // asked first: what is counted then is all
    const PacketIndex now = capture->packetCount();
    liveBar->count(now, document->live()->bytes());
    liveBar->setLost(std::max(document->live()->lost(), capture->lost()));
    liveBar->setKept(capture->firstKept() > 0 ? document->live()->mostKept() : 0);
    liveBar->setNewest(liveSince > capture->firstKept() ? LivePace::packetsFollowed : 0);
    if (now != liveSeen && !liveBar->paused() && !building.busy() && livePace.mayBuild()) {
        liveSeen = now;
        livePace.started();
        rebuildStage(true);
    }
    if (!over)
        return;
    liveTick.stop();
    const Text why = inWords(*end);
    liveBar->setNewest(0);
    liveBar->end(wirestage::tr(why));
    if (now == 0) { // nothing that anybody could want to keep
        QFile::remove(livePath);
        livePath.clear();
    }
    if (now == 0 && why.empty())
        messageBar->say(tr("No packets came."));
    if (!why.empty())
        messageBar->say(tr("The capture has ended: %1.").arg(wirestage::tr(why)), MessageBar::Tone::Problem);
    enableCapture();
    rebuildStage(true);
}

bool MainWindow::followsLive() const {
    return document && document->live() && liveBar->following();
}

/// Is of a live capture the end alone on the stage?
bool MainWindow::showsNewest() const {
    return followsLive() && !liveBar->paused();
}

/// Somebody looks back: what was left out for the one who follows comes to the stage.
void MainWindow::wholeLive() {
    if (document && document->live() && liveSince > document->capture()->firstKept() && !showsNewest())
        rebuildStage(true);
}

/// Another document has taken the place of the live one.
void MainWindow::leaveLive() {
    liveTick.stop();
    liveBar->hide();
    livePath.clear();
    enableCapture();
}

void MainWindow::saveCapture() {
    if (livePath.isEmpty())
        return;
    auto* dialog = new QFileDialog(this, tr("Save the captured packets"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Captures (*.pcapng)"));
    dialog->setDefaultSuffix(QStringLiteral("pcapng"));
    dialog->selectFile(QFileInfo(livePath).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, from = livePath](const QString& to) {
        const QString there = QFileInfo(to).canonicalFilePath();
        if (!there.isEmpty() && there == QFileInfo(from).canonicalFilePath())
            return; // it is there
        packetSaver({})->saveFile(to);
    });
    dialog->open();
}

/// The exchanges on the stage, of an opened file and of a lesson as well.
void MainWindow::saveSelection() {
    const auto from = capture();
    if (!from || from->packetCount() == 0)
        return messageBar->say(tr("There are no packets to save."));
    packetSaver(shown)->ask(QFileInfo(document->title()).completeBaseName() +
                            QStringLiteral("-selection.pcapng"));
}

PacketSaver* MainWindow::packetSaver(const std::vector<ExchangeId>& of) {
    auto* saver = new PacketSaver(capture(), of, this);
    connect(saver, &PacketSaver::saved, this,
            [this](const QString& path) { messageBar->say(tr("Written to %1").arg(path)); });
    connect(saver, &PacketSaver::failed, this, [this](const QString& path, const QString& why) {
        messageBar->say(tr("%1 was not written: %2").arg(path, why), MessageBar::Tone::Problem);
    });
    return saver;
}

void MainWindow::fillKept() {
    keptMenu->clear();
    const auto kept = SessionFolder().kept();
    for (const KeptSession& session : kept) {
        if (keptMenu->actions().size() >= static_cast<qsizetype>(sessionsListed))
            break;
        connect(keptMenu->addAction(titleOf(session)), &QAction::triggered, this,
                [this, path = fromUtf8(session.path)] { openFile(path); });
    }
    if (keptMenu->isEmpty())
        keptMenu->addAction(tr("Nothing is kept"))->setEnabled(false);
    keptMenu->addSeparator();
    auto* away = keptMenu->addAction(tr("Throw all of them away"));
    away->setEnabled(!kept.empty());
    connect(away, &QAction::triggered, this, [] { SessionFolder().keepWithin(0); });
}

/// A capture that no one has saved, of a program that was ended in the middle of it for one: offered once.
void MainWindow::offerKept() {
    QSettings settings;
    const qint64 offered = settings.value(QStringLiteral("capture/offered"), 0).toLongLong();
    const auto kept = SessionFolder().kept();
    if (kept.empty() || kept.front().seconds <= offered)
        return;
    settings.setValue(QStringLiteral("capture/offered"), static_cast<qint64>(kept.front().seconds));
    messageBar->say(tr("An earlier capture was not saved (%1). It is kept: Capture › Captured earlier.")
                        .arg(titleOf(kept.front())));
}

} // namespace wirestage
