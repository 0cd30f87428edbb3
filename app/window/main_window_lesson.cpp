// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a lesson in it: what is said at each message, what is changed in it, and the way from a
// captured exchange to the lesson that explains how it ended.
#include "app/window/main_window.h"

#include "app/charts/charts_pane.h"
#include "app/exchanges/exchange_panel.h"
#include "app/inspector/inspector.h"
#include "app/lesson/lesson_pane.h"
#include "app/lesson/lesson_session.h"
#include "app/lesson/lesson_shelf.h"
#include "app/lesson/lesson_story.h"
#include "app/lesson/predict_bar.h"
#include "app/lesson/predict_question.h"
#include "app/lesson/what_if_bar.h"
#include "app/overlay/overlay_session.h"
#include "app/window/document.h"
#include "app/window/library_panel.h"
#include "app/window/message_bar.h"
#include "app/window/translate.h"
#include "core/protocols/protocol_names.h"
#include "core/series/tcp_series.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QToolButton>

#include <algorithm>

namespace wirestage {
namespace {

/// An exchange has many messages; the first and the last ones tell what went wrong.
constexpr diagram::Row messagesAsked = 200;

/// The congestion window of a lesson's host, as the host itself told it.
ChartsPane::Congestion congestionOf(const std::shared_ptr<const lesson::LessonRun>& run) {
    return [run](HostId sender, Time start) {
        const auto node = run->nodeOf(sender);
        return node ? series::measured(run->run, *node, "cwnd", start) : series::Points{};
    };
}

ChartsPane::Names namesOf(const std::shared_ptr<const lesson::LessonRun>& run) {
    return [run](HostId host) {
        const auto node = run->nodeOf(host);
        return node && *node < run->lesson.hosts.size()
                   ? wirestage::tr(run->lesson.hosts[*node].title).toStdString()
                   : std::string();
    };
}

} // namespace

void MainWindow::buildLessonParts() {
    lessonSession = new LessonSession(this);
    lessonShelf = new LessonShelf(this);
    lessonPaneNow = new LessonPane;
    inspectorPane->setExtraPane(lessonPaneNow, tr("&Lesson"));
    whatIfBar = new WhatIfBar;
    caption = new QLabel;
    caption->setObjectName(QStringLiteral("caption"));
    caption->setWordWrap(true);
    caption->setAlignment(Qt::AlignCenter);
    caption->setTextFormat(Qt::PlainText);
    caption->hide();
    predictBar = new PredictBar;
    connect(predictBar, &PredictBar::solved, stageView, &StageView::next);
    connect(predictBar, &PredictBar::scoreChanged, this,
            [this] { lessonPaneNow->setScore(predictBar->score()); });
    stageView->setGate([this](StageView::Row row) { return mayShow(row); });
    libraryPanel->setLessons(lessonShelf->entries());
    connect(lessonShelf, &LessonShelf::changed, this,
            [this] { libraryPanel->setLessons(lessonShelf->entries()); });
    connect(lessonShelf, &LessonShelf::fileChanged, this, [this](const QString& key) {
        if (documentKey == QStringLiteral("lesson:") + key)
            openLesson(key, lessonSession->choice());
    });
    connect(libraryPanel, &LibraryPanel::lessonChosen, this, [this](const QString& key) { openLesson(key); });
    connect(lessonSession, &LessonSession::opened, this, &MainWindow::lessonOpened);
    connect(lessonSession, &LessonSession::ranAgain, this, &MainWindow::lessonRanAgain);
    connect(lessonSession, &LessonSession::refused, this,
            [this](const QString& why) { messageBar->say(why, MessageBar::Tone::Problem); });
    connect(whatIfBar, &WhatIfBar::variantChosen, lessonSession, &LessonSession::setVariant);
    connect(whatIfBar, &WhatIfBar::faultChosen, lessonSession, &LessonSession::addFault);
    connect(whatIfBar, &WhatIfBar::faultRemoved, lessonSession, &LessonSession::removeFault);
    connect(whatIfBar, &WhatIfBar::saveWanted, this, &MainWindow::saveLesson);
    connect(lessonPaneNow, &LessonPane::parameterChanged, lessonSession, &LessonSession::setParameter);
    connect(lessonPaneNow, &LessonPane::parametersReset, lessonSession, &LessonSession::resetParameters);
    connect(lessonPaneNow, &LessonPane::vantageChosen, lessonSession, &LessonSession::setVantage);
    connect(stageView, &StageView::menuWanted, this, &MainWindow::stageMenu);
}

void MainWindow::buildLessonMenu() {
    auto* menu = menuBar()->addMenu(tr("&Lesson"));
    action(menu, "fault-drop", tr("&Lose this message"), {QKeySequence::Delete},
           [this] { faultCurrent("drop"); });
    action(menu, "fault-delay", tr("&Delay this message by 2 s"), {QKeySequence(Qt::CTRL | Qt::Key_D)},
           [this] { faultCurrent("delay", QStringLiteral(":2")); });
    action(menu, "fault-duplicate", tr("Send this message &twice"), {QKeySequence(Qt::CTRL | Qt::Key_U)},
           [this] { faultCurrent("duplicate"); });
    action(menu, "fault-corrupt", tr("Da&mage this message"), {QKeySequence(Qt::CTRL | Qt::Key_M)},
           [this] { faultCurrent("corrupt"); });
    action(menu, "fault-clear", tr("&Without faults again"), {QKeySequence(Qt::CTRL | Qt::Key_Backspace)},
           [this] { lessonSession->clearFaults(); });
    menu->addSeparator();
    toggle(menu, "predict", tr("&Predict"), {QKeySequence(Qt::CTRL | Qt::Key_P)}, false, [this](bool on) {
        setPredicting(on);
    })->setToolTip(tr("Before each step: what comes next? (Ctrl+P)"));
    action(menu, "lesson-save", tr("&Save as a lesson of my own…"), {}, [this] { saveLesson(); });
    reasonMenu = new QMenu(tr("Why did this &fail?"), this);
    auto* reasons = menu->addMenu(reasonMenu);
    reasons->setObjectName(QStringLiteral("reasons"));
    reasons->setIconText(tr("Why did this fail?"));
    reasons->setToolTip(tr("The lesson that shows the cause"));
    reasons->setEnabled(false);
    for (const char* name :
         {"fault-drop", "fault-delay", "fault-duplicate", "fault-corrupt", "fault-clear", "lesson-save"})
        actionNamed(QLatin1String(name))->setEnabled(false);
}

bool MainWindow::openLesson(const QString& key) {
    return openLesson(key, {});
}

bool MainWindow::openLesson(const QString& key, const lesson::Choice& choice) {
    QString why;
    const auto file = lessonShelf->find(key, &why);
    if (!file) {
        messageBar->say(tr("%1: %2").arg(key, why), MessageBar::Tone::Problem);
        return false;
    }
    messageBar->clear();
    documentKey = QStringLiteral("lesson:") + key;
    return lessonSession->open(file, choice);
}

void MainWindow::lessonOpened() {
    const auto& run = lessonSession->run();
    auto next = std::make_unique<Document>();
    Document* opening = next.get();
    const QString key = documentKey, id = QString::fromStdString(run->file->id());
    resumeRow = LessonShelf::resumeAt(id, QString::fromStdString(run->choice.variant));
    take(std::move(next), key);
    if (run->lesson.level != levelNow)
        setLevel(run->lesson.level);
    chartsPane->setLesson(congestionOf(run), namesOf(run));
    opening->openReady(run->whole, wirestage::tr(run->lesson.title));
    lessonPaneNow->setRun(run);
    whatIfBar->setRun(run);
    whatIfBar->setVisible(!isPresenting);
    inspectorPane->showExtraPane(true);
    for (const char* name :
         {"fault-drop", "fault-delay", "fault-duplicate", "fault-corrupt", "fault-clear", "lesson-save"})
        actionNamed(QLatin1String(name))->setEnabled(true);
    arrangeForWidth();
    bringCharts(run->lesson.charts);
    if (run->run.problem)
        messageBar->say(wirestage::tr(*run->run.problem));
}

/// What has not changed does not move: the stage stays where it is, and the new part follows from there.
void MainWindow::lessonRanAgain(quint32 /*same*/) {
    const auto& run = lessonSession->run();
    document->replace(run->whole);
    askedBefore = diagram::noRow;
    rebuildStage(true);
    stageView->viewport()->repaint(); // first of all: the stage is where one looks
    chartsPane->setLesson(congestionOf(run), namesOf(run));
    exchangePanel->setSource(std::make_shared<CaptureExchanges>(run->whole));
    lessonPaneNow->setRun(run);
    whatIfBar->setRun(run);
    whatIfBar->setVisible(!isPresenting);
    messageBar->clear();
    if (run->run.problem)
        messageBar->say(wirestage::tr(*run->run.problem));
}

void MainWindow::lessonClosed() {
    if (!lessonSession->isOpen())
        return;
    lessonSession->close();
    resumeRow = 0;
    chartsPane->setLesson({}, {});
    bringCharts({});
    whatIfBar->setRun(nullptr);
    caption->hide();
    inspectorPane->showExtraPane(false);
    for (const char* name :
         {"fault-drop", "fault-delay", "fault-duplicate", "fault-corrupt", "fault-clear", "lesson-save"})
        actionNamed(QLatin1String(name))->setEnabled(false);
    arrangeForWidth();
    if (levelNow)
        setLevel(std::nullopt);
}

/// The lesson's words at a message, and where one has come to.
void MainWindow::tellLesson(quint64 row) {
    if (!predictBar->asking() && row != askedBefore)
        predictBar->hide();
    const auto& run = lessonSession->run();
    const auto source = stageView->source();
    if (!run || !source || row >= source->size()) {
        whatIfBar->setMessage(std::nullopt);
        caption->hide();
        return;
    }
    const Message message = source->message(row);
    whatIfBar->setMessage(message);
    const LessonWords words = lessonWords(*run, message, *source);
    lessonPaneNow->setNotes(words.teacher);
    caption->setText(words.brief);
    caption->setVisible(isPresenting && !words.brief.isEmpty());
    LessonShelf::remember(QString::fromStdString(run->file->id()),
                          QString::fromStdString(run->choice.variant), row, source->size());
}

void MainWindow::faultCurrent(const std::string& what, const QString& behind) {
    const auto& run = lessonSession->run();
    const auto source = stageView->source();
    const auto row = stageView->current();
    if (!run || !source || row >= source->size())
        return;
    lessonSession->addFault(QString::fromStdString(run->faultFor(source->message(row), what)) + behind);
}

void MainWindow::stageMenu(quint64 row, QPoint at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (lessonSession->isOpen()) {
        for (const char* name : {"fault-drop", "fault-delay", "fault-duplicate", "fault-corrupt"})
            menu->addAction(actionNamed(QLatin1String(name)));
        if (!lessonSession->choice().faults.empty())
            menu->addAction(actionNamed(QStringLiteral("fault-clear")));
        menu->addSeparator();
    }
    connect(menu->addAction(tr("Explain it")), &QAction::triggered, this, [this, row] {
        inspectorPane->setTab(Inspector::Explain);
        emit stageView->messageActivated(row);
    });
    connect(menu->addAction(tr("Its packet")), &QAction::triggered, this, [this, row] {
        inspectorPane->setTab(Inspector::Packet);
        emit stageView->messageActivated(row);
    });
    menu->popup(at);
}

void MainWindow::saveLesson() {
    const auto& run = lessonSession->run();
    if (!run)
        return;
    QDir().mkpath(LessonShelf::folder());
    const QString suggested = LessonShelf::folder() + QStringLiteral("/my-") +
                              QString::fromStdString(run->file->id()) + QStringLiteral(".toml");
    auto* dialog = new QFileDialog(this, tr("Save as a lesson of my own"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Lessons (*.toml)"));
    dialog->setDefaultSuffix(QStringLiteral("toml"));
    dialog->setDirectory(LessonShelf::folder());
    dialog->selectFile(suggested);
    connect(dialog, &QFileDialog::fileSelected, this, [this, run](const QString& path) {
        QFile out(path);
        const std::string text = lessonWithChoice(*run, QFileInfo(path).completeBaseName().toStdString());
        if (!out.open(QIODevice::WriteOnly) || out.write(text.data(), static_cast<qint64>(text.size())) < 0)
            return messageBar->say(tr("%1 was not written: %2").arg(path, out.errorString()),
                                   MessageBar::Tone::Problem);
        messageBar->say(tr("Written to %1").arg(path));
    });
    dialog->open();
}

void MainWindow::setPredicting(bool on) {
    actionNamed(QStringLiteral("predict"))->setChecked(on);
    isPredicting = on;
    askedBefore = diagram::noRow;
    predictBar->reset();
    stageView->setComingHidden(on);
    stageView->setFocus();
}

/// A step forward waits for the answer to "what comes next?"; a second one shows it.
bool MainWindow::mayShow(quint64 row) {
    const auto source = stageView->source();
    if (overlaySession->isOn() || !isPredicting || !source || !document || !document->capture())
        return true;
    if (askedBefore == row && predictBar->asking()) {
        predictBar->reveal(); // which steps on itself
        return false;
    }
    const std::size_t number = askedBefore == row ? askedCount : 0;
    const PredictQuestion question =
        questionBefore(*document->capture(), lessonSession->run().get(), *source, row, number);
    if (question.empty())
        return true;
    askedBefore = row;
    askedCount = number + 1;
    predictBar->ask(question, number > 0);
    return false;
}

/// From how a captured exchange ended to the lessons that show why.
void MainWindow::offerReasons() {
    reasonMenu->clear();
    QList<LessonShelf::Candidate> found;
    const auto& laid = overlaySession->shown();
    const ExchangeId told = laid ? laid->comparison.exchange : shown.size() == 1 ? shown.front() : none;
    if (!lessonSession->isOpen() && document && document->capture() && told != none) {
        const auto capture = document->capture();
        const ExchangeRow row = capture->row(told);
        std::vector<std::string> kinds;
        if (row.outcome != Outcome::Completed && row.outcome != Outcome::Ongoing) {
            const MessageList list = capture->messages({row.id});
            for (diagram::Row i = 0; i < std::min(list.size(), messagesAsked); ++i)
                kinds.emplace_back(kind(capture->kindOf(list.at(i).packet)).name);
            found = lessonShelf->explaining(std::string(name(row.protocol)), std::string(name(row.outcome)),
                                            kinds);
        }
    }
    for (const auto& one : found)
        connect(reasonMenu->addAction(one.title), &QAction::triggered, this, [this, one] {
            lesson::Choice choice;
            choice.variant = one.variant.toStdString();
            openLesson(one.lesson, choice);
        });
    reasonMenu->menuAction()->setEnabled(!found.isEmpty());
    fitHeader();
}

} // namespace wirestage
