// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the window together, gives it its look, and lets panes make room for each other: below a certain width
// they become pages of which one is seen at a time.
#include "app/window/main_window.h"

#include "app/capture/live_bar.h"
#include "app/charts/charts_pane.h"
#include "app/ends/ends_bar.h"
#include "app/exchanges/exchange_panel.h"
#include "app/exchanges/transcript.h"
#include "app/inspector/inspector.h"
#include "app/lesson/lesson_pane.h"
#include "app/lesson/lesson_session.h"
#include "app/lesson/predict_bar.h"
#include "app/lesson/what_if_bar.h"
#include "app/overlay/goal_bar.h"
#include "app/overlay/overlay_bar.h"
#include "app/stage/transport_bar.h"
#include "app/window/document.h"
#include "app/window/library_panel.h"
#include "app/window/message_bar.h"
#include "app/window/pane_parts.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QBoxLayout>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace wirestage {
namespace {

enum Page { LibraryPage, ExchangePage, StagePage, InspectorPage };

/// Below this width (in letters of the font, so that zooming counts) the panes become pages.
constexpr int lettersForAllPanes = 180;

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent), building(this), inspecting(this), filtering(this), fitting(this), saving(this) {
    setObjectName(QStringLiteral("wirestage"));
    setWindowTitle(QStringLiteral("Wirestage"));
    setAcceptDrops(true);
    setMinimumSize(480, 360);
    pointSize =
        QApplication::font().pointSizeF() > 0 ? std::max(QApplication::font().pointSizeF(), 10.0) : 10.0;
    const QSettings settings;
    themeNow = themeOfName(settings.value(QStringLiteral("view/theme")).toString());
    zoomNow = std::clamp(settings.value(QStringLiteral("view/zoom"), 1.0).toDouble(), 0.5, 4.0);
    wantLibrary = settings.value(QStringLiteral("view/library"), true).toBool();
    wantExchanges = settings.value(QStringLiteral("view/exchanges"), true).toBool();
    wantInspector = settings.value(QStringLiteral("view/inspector"), true).toBool();
    // Before there are widgets: those that exist already would take a part of a later change only.
    QFont font = QApplication::font();
    font.setPointSizeF(pointSize * zoomNow);
    QApplication::setFont(font);
    buildParts();
    buildCharts();
    buildMenus();
    connectParts();
    setUpFilter();
    restoreLayout();
    applyLook();
    arrangeForWidth();
}

MainWindow::~MainWindow() {
    qApp->removeEventFilter(this);
    if (savingCancelled)
        *savingCancelled = true;
    for (Document* still : findChildren<Document*>())
        still->waitForEnd();
    if (document)
        document->waitForEnd();
}

void MainWindow::buildParts() {
    libraryPanel = new LibraryPanel;
    exchangePanel = new ExchangePanel;
    stageView = new StageView;
    transcriptView = new TranscriptView;
    inspectorPane = new Inspector;
    transport = new TransportBar(stageView);
    transport->setObjectName(QStringLiteral("transport"));
    messageBar = new MessageBar;
    progressRow = new ProgressRow;

    stageOrTranscript = new QStackedWidget;
    stageOrTranscript->addWidget(stageView);
    stageOrTranscript->addWidget(transcriptView);
    down = new QSplitter(Qt::Vertical);
    down->addWidget(exchangePanel);
    down->addWidget(stageOrTranscript);
    down->setStretchFactor(1, 1);
    across = new QSplitter(Qt::Horizontal);
    across->addWidget(libraryPanel);
    across->addWidget(down);
    across->addWidget(inspectorPane);
    across->setStretchFactor(1, 1);
    for (auto* splitter : {down, across}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    exchangePanel->setMinimumHeight(120);
    stageOrTranscript->setMinimumHeight(160);
    libraryPanel->setMinimumWidth(170);
    down->setMinimumWidth(320);
    inspectorPane->setMinimumWidth(280);

    pages = new QTabBar;
    pages->setObjectName(QStringLiteral("pages"));
    pages->setAccessibleName(tr("Which pane is shown"));
    pages->setExpanding(false);
    pages->setDrawBase(false);
    for (const QString& words : {tr("Library"), tr("Exchanges"), tr("Stage"), tr("Inspector")})
        pages->addTab(words);
    pages->setCurrentIndex(StagePage);
    pages->hide();

    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    header = buildHeader();
    column->addWidget(header);
    column->addWidget(messageBar);
    column->addWidget(progressRow);
    buildCaptureParts();
    column->addWidget(liveBar);
    buildOverlayParts();
    column->addWidget(overlayBar);
    endsBar = new EndsBar;
    column->addWidget(endsBar);
    column->addWidget(pages);
    column->addWidget(across, 1);
    buildLessonParts();
    column->addWidget(goalBar);
    column->addWidget(predictBar);
    column->addWidget(caption);
    column->addWidget(whatIfBar);
    column->addWidget(transport);
    setCentralWidget(middle);
}

QWidget* MainWindow::buildHeader() {
    auto* bar = new QWidget;
    bar->setObjectName(QStringLiteral("header"));
    bar->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(18, 8, 18, 8);
    row->setSpacing(8);
    brand = new QLabel(QStringLiteral("Wirestage"));
    brand->setObjectName(QStringLiteral("brand"));
    subject = new QLabel;
    subject->setObjectName(QStringLiteral("subject"));
    subject->setTextFormat(Qt::PlainText);
    subject->setMinimumWidth(0);
    subject->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(brand);
    row->addSpacing(8);
    row->addWidget(subject, 1);
    return bar;
}

void MainWindow::connectParts() {
    auto* row = static_cast<QHBoxLayout*>(header->layout());
    for (const char* name : {"even-steps", "true-time"})
        row->addWidget(pill(actionNamed(QLatin1String(name))));
    levelPill = new QToolButton;
    levelPill->setProperty("role", QStringLiteral("pill"));
    levelPill->setProperty("hasMenu", true);
    levelPill->setFocusPolicy(Qt::StrongFocus);
    levelPill->setPopupMode(QToolButton::InstantPopup);
    levelPill->setMenu(levelMenu);
    levelPill->setToolTip(tr("Which level of messages the stage shows"));
    row->addWidget(levelPill);
    row->addWidget(pill(actionNamed(QStringLiteral("transcript"))));
    row->addSpacing(8);
    textbookPill = new QToolButton;
    textbookPill->setText(tr("Textbook"));
    textbookPill->setProperty("role", QStringLiteral("pill"));
    textbookPill->setProperty("hasMenu", true);
    textbookPill->setFocusPolicy(Qt::StrongFocus);
    textbookPill->setPopupMode(QToolButton::InstantPopup);
    textbookPill->setMenu(textbookMenu);
    textbookPill->setToolTip(tr("Lay a lesson over the capture: what matched, what was missing, and why"));
    row->addWidget(textbookPill);
    row->addWidget(pill(actionNamed(QStringLiteral("predict"))));
    reasonPill = pill(actionNamed(QStringLiteral("reasons")));
    reasonPill->setPopupMode(QToolButton::InstantPopup);
    reasonPill->hide();
    row->addWidget(reasonPill);
    presentButton = pill(actionNamed(QStringLiteral("present")));
    row->addWidget(presentButton);

    connect(libraryPanel, &LibraryPanel::recordingChosen, this, &MainWindow::openRecording);
    connect(libraryPanel, &LibraryPanel::captureChosen, this, &MainWindow::openFile);
    connect(exchangePanel, &ExchangePanel::chosen, this, [this](const std::vector<ExchangeId>& ids) {
        if (!hasChosen || ids != shown) // else nothing moves under the viewer
            showExchanges(ids);
    });
    connect(exchangePanel, &ExchangePanel::heightChanged, this, &MainWindow::fitTable);
    connect(exchangePanel, &ExchangePanel::activated, this, [this] {
        showPage(StagePage);
        stageView->setFocus();
    });
    connect(stageView, &StageView::currentChanged, this, [this](quint64 at) {
        inspectRow(at);
        tellLesson(at);
        if (at != diagram::noRow)
            transcriptView->setCurrent(at);
    });
    connect(stageView, &StageView::messageActivated, this, [this] {
        if (isCompact)
            showPage(InspectorPage);
        else if (!isPresenting)
            actionNamed(QStringLiteral("inspector"))->setChecked(true);
    });
    connect(stageView, &StageView::zoomChanged, this,
            [this](double factor) { setZoom(factor / stageMagnified()); });
    connect(transcriptView, &TranscriptView::rowChosen, stageView, &StageView::jumpTo);
    connect(progressRow, &ProgressRow::cancelled, this, [this] {
        if (saving.busy())
            *savingCancelled = true;
        else if (document)
            document->cancel();
    });
    connect(pages, &QTabBar::currentChanged, this, &MainWindow::showPage);
    qApp->installEventFilter(this);
}

void MainWindow::arrangeForWidth() {
    if (isPresenting)
        return;
    isCompact = width() < lettersForAllPanes * fontMetrics().averageCharWidth();
    pages->setVisible(isCompact);
    brand->setVisible(!isCompact);
    whatIfBar->setCompact(isCompact);
    header->layout()->setContentsMargins(isCompact ? 8 : 18, isCompact ? 5 : 8, isCompact ? 8 : 18,
                                         isCompact ? 5 : 8);
    fitHeader();
    for (const char* name : {"library", "exchanges", "inspector"})
        actionNamed(QLatin1String(name))->setEnabled(!isCompact);
    const int page = pages->currentIndex();
    libraryPanel->setVisible(isCompact ? page == LibraryPage : wantLibrary);
    // A lesson is one story: the table of its exchanges would only take the stage's room.
    const bool isLesson = lessonSession->isOpen();
    exchangePanel->setVisible(isCompact ? page == ExchangePage : wantExchanges && !isLesson);
    stageOrTranscript->setVisible(!isCompact || page == StagePage);
    down->setVisible(!isCompact || page == ExchangePage || page == StagePage);
    inspectorPane->setVisible(isCompact ? page == InspectorPage : wantInspector);
    if (themeNow == ThemeName::Projector)
        lightStage();
}

void MainWindow::showPage(int page) {
    if (pages->currentIndex() != page)
        pages->setCurrentIndex(page);
    arrangeForWidth();
}

/// The table takes what its rows need, and at most a good third, until somebody moves the border.
void MainWindow::fitTable() {
    if (sizesKept || isCompact || !exchangePanel->isVisible())
        return;
    const int whole = down->height();
    const int table = std::clamp(exchangePanel->wantedHeight(), 120, std::max(120, whole * 36 / 100));
    down->setSizes({table, whole - table});
}

void MainWindow::restoreLayout() {
    const QSettings settings;
    const QScreen* screen = QApplication::primaryScreen();
    const QSize room = screen ? screen->availableSize() : QSize(1280, 800);
    resize(std::min(room.width(), 1680), std::min(room.height(), 980));
    if (!restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray()) &&
        room.width() <= 1440)
        setWindowState(Qt::WindowMaximized); // no room for the frame beside it
    sizesKept = down->restoreState(settings.value(QStringLiteral("window/down")).toByteArray());
    if (!across->restoreState(settings.value(QStringLiteral("window/across")).toByteArray()))
        across->setSizes({width() * 15 / 100, width() * 61 / 100, width() * 24 / 100});
    connect(down, &QSplitter::splitterMoved, this, [this] { sizesKept = true; });
}

void MainWindow::saveLayout() {
    QSettings settings;
    if (isPresenting)
        return;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    if (isCompact)
        return;
    settings.setValue(QStringLiteral("window/across"), across->saveState());
    if (sizesKept)
        settings.setValue(QStringLiteral("window/down"), down->saveState());
}

void MainWindow::closeEvent(QCloseEvent* event) {
    setPresenting(false);
    saveLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    arrangeForWidth();
    if (isPresenting)
        lightStage();
    fitTable();
    updateSubject();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const auto urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const auto urls = event->mimeData()->urls();
    if (urls.isEmpty() || !urls.first().isLocalFile())
        return;
    event->acceptProposedAction();
    openFile(urls.first().toLocalFile());
    if (urls.size() > 1)
        messageBar->say(tr("One capture at a time: %1 was opened.").arg(urls.first().fileName()));
}

} // namespace wirestage
