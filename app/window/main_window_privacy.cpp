// SPDX-License-Identifier: GPL-3.0-or-later
// Names and addresses hidden behind stand-ins. The document hands out another capture, and everything that is
// shown is made anew from it; nothing made before stays on the screen meanwhile.
#include "app/window/main_window.h"

#include "app/capture/live_bar.h"
#include "app/exchanges/exchange_panel.h"
#include "app/exchanges/transcript.h"
#include "app/inspector/inspector.h"
#include "app/lesson/lesson_session.h"
#include "app/window/document.h"
#include "app/window/message_bar.h"
#include "app/window/translate.h"
#include "core/exchange/saving.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>

namespace wirestage {

void MainWindow::buildPrivacyEntries(QMenu* menu) {
    auto* hide =
        toggle(menu, "hide-names", tr("Hide &names"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)}, false,
               [this](bool on) { setNamesHidden(on); });
    hide->setToolTip(tr("Stand-ins for names and addresses, in everything that is shown and exported"));
    enablePrivacy();
}

bool MainWindow::presentsLive() const {
    return isPresenting && document && document->live();
}

bool MainWindow::namesHidden() const {
    if (lessonSession && lessonSession->isOpen())
        return false; // whoever is in a lesson is invented
    return presentsLive() ? namesWhilePresenting.value_or(true) : wantNamesHidden;
}

void MainWindow::setNamesHidden(bool on) {
    if (on == namesHidden())
        return;
    if (presentsLive())
        namesWhilePresenting = on;
    else
        wantNamesHidden = on;
    settleNames();
}

/// Makes the window follow namesHidden().
void MainWindow::settleNames() {
    const bool hide = namesHidden();
    const bool changes = document && document->namesHidden() != hide;
    if (changes)
        document->hideNames(hide);
    enablePrivacy();
    actionNamed(QStringLiteral("hide-names"))->setChecked(hide);
    stageView->setNote(hide ? tr("names hidden") : QString());
    liveBar->setNamesHidden(hide);
    fillRecent();
    if (changes && document->capture())
        showAnew();
    updateSubject();
}

void MainWindow::enablePrivacy() {
    const bool lesson = lessonSession && lessonSession->isOpen();
    actionNamed(QStringLiteral("hide-names"))->setEnabled(!lesson);
    actionNamed(QStringLiteral("save-without-names"))->setEnabled(document && !lesson);
}

void MainWindow::showAnew() {
    building.forget();
    inspecting.forget();
    filtering.forget();
    messageBar->clear(); // it may name a file
    overlayWithOtherNames();
    if (hasChosen)
        rebuildStage(true); // comes back to the message that is current now
    placingLive = true;
    stageView->setSource(nullptr);
    placingLive = false;
    transcriptView->setSource(nullptr);
    inspectorPane->setInspected(nullptr);
    exchangePanel->setSource(std::make_shared<CaptureExchanges>(document->capture()));
    exchangePanel->refresh(!document->running());
    if (shown.size() == 1)
        exchangePanel->setCurrent(shown.front());
    else if (showsAll && hasChosen)
        exchangePanel->setAll();
}

void MainWindow::saveWithoutNamesDialog() {
    auto* dialog = new QFileDialog(this, tr("Save the packets without names"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Captures (*.pcapng)"));
    dialog->setDefaultSuffix(QStringLiteral("pcapng"));
    dialog->selectFile(tr("without names") + QStringLiteral(".pcapng"));
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveWithoutNames);
    dialog->open();
}

void MainWindow::saveWithoutNames(const QString& path) {
    const auto capture = document ? document->withoutNames() : nullptr;
    if (!capture || saving.busy())
        return;
    savingCancelled = std::make_shared<std::atomic<bool>>(false);
    const auto tell = [this, count = capture->packetCount()](PacketIndex done) {
        QMetaObject::invokeMethod(
            this,
            [this, done, count] {
                if (saving.busy())
                    progressRow->tell(tr("Rewriting: %1 of %2 packets").arg(grouped(done), grouped(count)),
                                      count ? static_cast<int>(quint64{done} * 1000 / count) : -1);
            },
            Qt::QueuedConnection);
    };
    saving.run(
        [capture, tell, cancelled = savingCancelled, to = path.toLocal8Bit().toStdString()] {
            return wirestage::saveCapture(*capture, to, {}, [&](PacketIndex done) {
                tell(done);
                return !cancelled->load();
            });
        },
        [this, path](const std::optional<Text>& why) {
            progressRow->hide();
            if (!why)
                messageBar->say(tr("Written without names to %1").arg(path));
            else if (!why->empty())
                messageBar->say(tr("%1 was not written: %2").arg(path, wirestage::tr(*why)),
                                MessageBar::Tone::Problem);
        });
}

} // namespace wirestage
