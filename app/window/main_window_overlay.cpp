// SPDX-License-Identifier: GPL-3.0-or-later
// The window with something laid over its capture: choosing what, comparing anew as packets come in, and what
// the bars and the inspector say of it.
#include "app/window/main_window.h"

#include "app/capture/capture_dialog.h"
#include "app/capture/live_bar.h"
#include "app/exchanges/exchange_panel.h"
#include "app/inspector/inspector.h"
#include "app/lesson/lesson_session.h"
#include "app/lesson/lesson_shelf.h"
#include "app/overlay/goal_bar.h"
#include "app/overlay/overlay_bar.h"
#include "app/overlay/overlay_session.h"
#include "app/window/document.h"
#include "app/window/library_panel.h"
#include "app/window/message_bar.h"
#include "app/window/translate.h"
#include "core/diagram/capture_source.h"
#include "core/diagram/run_source.h"

#include <QAction>
#include <QMenu>
#include <QToolButton>

#include <map>

namespace wirestage {
namespace {

/// A lesson's message in the place of one that the capture has not: what it would have looked like.
std::shared_ptr<const Inspected> inspectExample(const OverlaySession::Part& part, PacketIndex example) {
    auto found = std::make_shared<Inspected>();
    if (example == none || (!part.run && !part.capture))
        return found;
    const auto source = part.run ? diagram::runSource(part.run, {}, part.run->lesson.level)
                                 : diagram::captureSource(part.capture);
    *found = inspect(part.run ? *part.run->whole : *part.capture, *source, rowAtPacket(*source, example));
    found->story = english(WS_TR(
        "overlay", "The capture has no such message here. This is the textbook's, with its own values."));
    return found;
}

} // namespace

void MainWindow::buildOverlayParts() {
    overlaySession = new OverlaySession(this);
    overlayBar = new OverlayBar;
    goalBar = new GoalBar;
    textbookMenu = new QMenu(this);
    connect(textbookMenu, &QMenu::aboutToShow, this, &MainWindow::fillTextbooks);
    connect(overlaySession, &OverlaySession::refused, this,
            [this](const QString& why) { messageBar->say(why, MessageBar::Tone::Problem); });
    connect(overlaySession, &OverlaySession::begun, this, &MainWindow::overlayChanged);
    connect(overlaySession, &OverlaySession::changed, this, &MainWindow::tellOverlay);
    connect(overlaySession, &OverlaySession::ended, this, &MainWindow::overlayChanged);
    connect(overlayBar, &OverlayBar::closeWanted, overlaySession, &OverlaySession::end);
    connect(overlayBar, &OverlayBar::exchangeWanted, this, [this](ExchangeId id) {
        exchangePanel->setCurrent(id);
        showExchanges({id});
    });
}

bool MainWindow::layLesson(const QString& key, const lesson::Choice& choice) {
    QString why;
    const auto file = lessonShelf->find(key, &why);
    if (!file) {
        messageBar->say(tr("%1: %2").arg(key, why), MessageBar::Tone::Problem);
        return false;
    }
    return overlaySession->layLesson(file, choice);
}

/// A textbook that was laid over one file is not laid over the next; over what is captured anew it is.
void MainWindow::overlayDocument() {
    if (lessonSession->isOpen() || (overlaySession->shown() && !document->live()))
        overlaySession->end();
    overlaySession->beginAnew();
    const bool on = overlaySession->isOn();
    overlayBar->show(*overlaySession);
    goalBar->show(*overlaySession, on ? whatWasCaptured() : QString());
    fitHeader();
    actionNamed(QStringLiteral("overlay-capture"))->setEnabled(lessonSession->isOpen());
}

/// What was found under the other names must not be shown again. Another exchange as the textbook has names
/// of its own.
void MainWindow::overlayWithOtherNames() {
    const auto& parts = overlaySession->allParts();
    if (!parts.empty() && parts.front().capture)
        overlaySession->end();
    overlaySession->beginAnew();
    overlayBar->show(*overlaySession);
    goalBar->show(*overlaySession, whatWasCaptured());
}

/// The stage has other rows now, of which nothing is known yet.
void MainWindow::overlayChanged() {
    overlayBar->show(*overlaySession);
    goalBar->show(*overlaySession, whatWasCaptured());
    if (lessonSession->isOpen()) { // of a lesson nothing is captured
        overlayBar->hide();
        goalBar->hide();
    }
    actionNamed(QStringLiteral("overlay-end"))->setEnabled(overlaySession->isOn());
    if (isPredicting && overlaySession->isOn())
        setPredicting(false); // what comes next is on the stage
    if (hasChosen && document && !lessonSession->isOpen())
        rebuildStage(false);
}

QString MainWindow::whatWasCaptured() const {
    if (!document)
        return tr("captured");
    if (happening())
        return tr("captured in a private network");
    if (document->live() && lastOrder && !namesHidden())
        return liveTick.isActive() ? tr("captured on %1, live").arg(lastOrder->of())
                                   : tr("captured on %1").arg(lastOrder->of());
    return document->title();
}

void MainWindow::tellOverlay() {
    overlayBar->show(*overlaySession);
    goalBar->show(*overlaySession, whatWasCaptured());
    offerReasons();
}

/// Compares, off this thread, and shows what came of it. Whoever follows a live capture is led to the newest
/// message that is there.
void MainWindow::rebuildOverlay(bool keepPlace) {
    const bool runs = document->live() && liveTick.isActive();
    const auto from = !document->live() ? OverlaySession::Source::File
                      : runs            ? OverlaySession::Source::Live
                                        : OverlaySession::Source::LiveEnded;
    building.run(overlaySession->look(document->capture(), shown, from),
                 [this, keepPlace](const OverlaySession::Found& found) {
                     livePace.ended();
                     if (!overlaySession->isOn())
                         return;
                     const auto old = stageView->source();
                     const auto row = stageView->current();
                     overlaySession->take(found);
                     BuiltStage built{found.source, 0, 0};
                     for (diagram::Row at = 0; followsLive() && at < found.source->size(); ++at)
                         if (found.source->laid(at)->captured)
                             built.around = at;
                     if (!followsLive() && keepPlace && old && row < found.source->size())
                         built.around = row;
                     showBuilt(built);
                 });
}

/// What fetches the textbook's message for a row that the capture has not; nothing for all others.
std::function<std::shared_ptr<const Inspected>()> MainWindow::exampleOf(quint64 row) const {
    const auto& found = overlaySession->shown();
    const auto laid = stageView->source()->laid(row);
    if (!found || !laid || laid->captured)
        return {};
    return [part = overlaySession->allParts()[found->part], example = laid->example] {
        return inspectExample(part, example);
    };
}

void MainWindow::buildOverlayMenu(QMenu* menu) {
    textbookMenu->setTitle(tr("Lay the te&xtbook over it"));
    menu->addMenu(textbookMenu);
    action(menu, "overlay-capture", tr("Capture &over this lesson…"), {QKeySequence(Qt::CTRL | Qt::Key_L)},
           [this] { captureOverLesson(); })
        ->setEnabled(false);
    action(menu, "overlay-end", tr("&Without the textbook"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)},
           [this] { overlaySession->end(); })
        ->setEnabled(false);
}

/// The lesson that is open stays on the stage, pale, and the wire draws itself over it.
void MainWindow::captureOverLesson() {
    if (!lessonSession->isOpen())
        return messageBar->say(tr("Open the lesson first that is to be laid under the capture."));
    const QString key = documentKey.mid(static_cast<int>(qstrlen("lesson:")));
    auto* dialog = new CaptureDialog(captureRightsHere, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, key, choice = lessonSession->choice()] {
        if (layLesson(key, choice) && !startCapture(dialog->order()))
            overlaySession->end();
    });
    offerHappening(dialog);
    dialog->open();
}

void MainWindow::fillTextbooks() {
    textbookMenu->clear();
    const bool captured = document && document->capture() && !lessonSession->isOpen();
    const bool one = captured && shown.size() == 1;
    auto* best = textbookMenu->addAction(tr("The lesson that &fits best"), this, &MainWindow::layBest);
    best->setEnabled(one);
    best->setToolTip(tr("Compares the exchange on the stage with every lesson of its protocol"));
    auto* itself = textbookMenu->addAction(tr("&This exchange, over another one"), this, [this] {
        overlaySession->layExchange(document->capture(), shown.front());
        messageBar->say(tr("Choose the exchange to compare in the table."));
    });
    itself->setEnabled(one);
    textbookMenu->addSeparator();
    auto* goalMenu = textbookMenu->addMenu(tr("&Goals"));
    for (const overlay::Goal& goal : overlay::goals())
        connect(goalMenu->addAction(wirestage::tr(goal.title)), &QAction::triggered, this,
                [this, &goal] { overlaySession->layGoal(goal); });
    textbookMenu->addSeparator();
    std::map<unsigned, QMenu*> chapters;
    for (const auto& file : lesson::builtInLessons()) {
        if (!file->usable())
            continue;
        const lesson::Lesson& lesson = file->lesson();
        QMenu*& chapter = chapters[lesson.chapter];
        if (!chapter)
            chapter = textbookMenu->addMenu(LibraryPanel::chapterTitle(lesson.chapter));
        const auto entry = [&](QMenu* in, const QString& words, const std::string& variant) {
            connect(in->addAction(words), &QAction::triggered, this, [this, id = file->id(), variant] {
                lesson::Choice choice;
                choice.variant = variant;
                layLesson(QString::fromStdString(id), choice);
            });
        };
        QMenu* in = chapter;
        if (!lesson.variants.empty())
            in = chapter->addMenu(wirestage::tr(lesson.title));
        entry(in, lesson.variants.empty() ? wirestage::tr(lesson.title) : tr("As it is"), {});
        for (const lesson::VariantInfo& variant : lesson.variants)
            entry(in, wirestage::tr(variant.title), variant.id);
    }
    textbookMenu->addSeparator();
    textbookMenu->addAction(actionNamed(QStringLiteral("overlay-end")));
}

void MainWindow::layBest() {
    if (!document || shown.size() != 1)
        return;
    messageBar->say(tr("Comparing with every lesson of this protocol …"));
    fitting.run(
        [capture = document->capture(), id = shown.front()] { return OverlaySession::fitting(*capture, id); },
        [this](const std::vector<OverlaySession::Fit>& fits) {
            messageBar->clear();
            if (fits.empty())
                return messageBar->say(tr("No lesson is like this exchange."));
            lesson::Choice choice;
            choice.variant = fits.front().variant;
            layLesson(QString::fromStdString(fits.front().lesson), choice);
        });
}

} // namespace wirestage
