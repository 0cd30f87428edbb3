// SPDX-License-Identifier: GPL-3.0-or-later
// The window: library on the left, exchanges and stage in the middle, inspector on the right, transport bar
// below. It holds the parts together; what they do is theirs.
#pragma once

#include "app/capture/capture_order.h"
#include "app/capture/live_pace.h"
#include "app/exchanges/exchange_source.h"
#include "app/stage/stage_view.h"
#include "app/window/latest.h"
#include "core/capture/session_folder.h"

#include <QList>
#include <QMainWindow>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

class QAction;
class QActionGroup;
class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace wirestage {

class Capture;
class CaptureDialog;
class CaptureProcess;
class ChartsPane;
class Document;
class EndsBar;
class ExchangePanel;
class GoalBar;
struct HappenScenario;
class Inspector;
class LessonPane;
class LessonSession;
class LessonShelf;
class LibraryPanel;
class LiveBar;
class MessageBar;
class OverlayBar;
class OverlaySession;
struct Inspected;
class PredictBar;
class ProgressRow;
class TransportBar;
class TranscriptView;
class WhatIfBar;
struct BothEnds;
namespace lesson {
struct Choice;
}

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    void openFile(const QString& path); ///< "-" is standard input
    void openRecording(const QString& name);
    /// A built-in lesson by its id, or a lesson file by its path. False where it cannot be shown: it has been
    /// said.
    bool openLesson(const QString& key);
    bool openLesson(const QString& key, const lesson::Choice& choice);
    /// Captures live. False where that cannot be: it has been said.
    bool startCapture(const CaptureOrder& order);
    /// Of captures that are started later: of more than so many bytes the oldest packets give way.
    void keepAtMost(quint64 bytes) { sessionKeeps = bytes; }
    void stopCapture();
    /// Lays a lesson over the capture that is open, or the next one. False where it cannot be: it has been
    /// said.
    bool layLesson(const QString& key, const lesson::Choice& choice);
    [[nodiscard]] OverlaySession* overlay() const { return overlaySession; }
    [[nodiscard]] OverlayBar* verdict() const { return overlayBar; }
    [[nodiscard]] GoalBar* goals() const { return goalBar; }
    /// Merges the capture that is open with a file of the other end.
    void mergeWithOtherEnd(const QString& path);
    [[nodiscard]] EndsBar* bothEnds() const { return endsBar; }
    void offerKept(); ///< captures of earlier that nobody saved
    [[nodiscard]] LiveBar* live() const { return liveBar; }
    [[nodiscard]] std::shared_ptr<const Capture> capture() const; ///< null while nothing is open
    /// Full screen, the stage alone.
    void setPresenting(bool on);
    [[nodiscard]] bool presenting() const { return isPresenting; }
    void setThemeName(ThemeName name);
    [[nodiscard]] ThemeName themeName() const { return themeNow; }
    void setZoom(double factor);
    [[nodiscard]] double zoom() const { return zoomNow; }
    void setLevel(std::optional<Level> level);
    [[nodiscard]] std::optional<Level> level() const { return levelNow; }
    void showTranscript(bool on);
    void showCharts(bool on);
    /// Names and addresses give way to stand-ins. Of a live capture while presenting this holds until one
    /// stops presenting, and is on unless it is said otherwise.
    void setNamesHidden(bool on);
    [[nodiscard]] bool namesHidden() const;
    /// The packets of what is open, rewritten, in another thread.
    void saveWithoutNames(const QString& path);

    [[nodiscard]] StageView* stage() const { return stageView; }
    [[nodiscard]] ExchangePanel* exchanges() const { return exchangePanel; }
    [[nodiscard]] Inspector* inspector() const { return inspectorPane; }
    [[nodiscard]] LibraryPanel* library() const { return libraryPanel; }
    [[nodiscard]] MessageBar* messages() const { return messageBar; }
    [[nodiscard]] LessonSession* lessons() const { return lessonSession; }
    [[nodiscard]] PredictBar* predicting() const { return predictBar; }
    void setPredicting(bool on); ///< asks what comes next before each step
    [[nodiscard]] WhatIfBar* whatIf() const { return whatIfBar; }
    [[nodiscard]] LessonPane* lessonPane() const { return lessonPaneNow; }
    [[nodiscard]] TranscriptView* transcript() const { return transcriptView; }
    [[nodiscard]] ChartsPane* charts() const { return chartsPane; }
    [[nodiscard]] bool compact() const { return isCompact; }
    [[nodiscard]] bool busy() const; ///< a capture is still being indexed
    [[nodiscard]] QAction* actionNamed(const QString& name) const;

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // main_window.cpp
    void buildParts();
    QWidget* buildHeader();
    void connectParts();
    void arrangeForWidth();
    void showPage(int page);
    void restoreLayout();
    void saveLayout();
    void fitTable();
    // main_window_look.cpp
    void applyLook();
    void lightStage();
    [[nodiscard]] double stageMagnified() const;
    // main_window_actions.cpp
    QAction* action(QMenu* menu, const char* name, const QString& words, const QList<QKeySequence>& keys,
                    std::function<void()> doIt);
    QAction* toggle(QMenu* menu, const char* name, const QString& words, const QList<QKeySequence>& keys,
                    bool on, std::function<void(bool)> doIt);
    void buildMenus();
    void buildFileMenu();
    void buildViewMenu();
    void buildPaneEntries(QMenu* menu);
    void buildGoMenu();
    void buildHelpMenu();
    void fillRecent();
    void cyclePanes(int direction);
    void showKeys();
    void showAbout();
    // main_window_document.cpp
    void take(std::unique_ptr<Document> document, const QString& key);
    void documentReady();
    void documentProgressed();
    void documentFinished();
    void documentFailed(const QString& why);
    void chooseFirst();
    void showExchanges(std::vector<ExchangeId> ids);
    void rebuildStage(bool keepPlace);
    struct BuiltStage {
        std::shared_ptr<const diagram::DiagramSource> source;
        diagram::Row around = 0; ///< the message that is to be seen
        PacketIndex since = 0;   ///< of a live capture that is followed: what is before it is left out
    };
    void showBuilt(const BuiltStage& built);
    void inspectRow(quint64 row);
    void updateSubject();
    void rememberRecent(const QString& path);
    void openDialog();
    void exportDialog();
    void setUpFilter();
    [[nodiscard]] QString whatIsShown() const;
    // main_window_charts.cpp
    void buildCharts();
    [[nodiscard]] PacketIndex currentPacket() const;
    // main_window_lesson.cpp
    void buildLessonParts();
    void lessonOpened();
    void lessonRanAgain(quint32 same);
    void lessonClosed();
    void bringCharts(const std::vector<std::string>& names); // main_window_charts.cpp
    void tellLesson(quint64 row);
    void stageMenu(quint64 row, QPoint at);
    void faultCurrent(const std::string& what, const QString& behind = {});
    void saveLesson();
    void offerReasons();
    void fitHeader();
    bool mayShow(quint64 row);
    void buildLessonMenu();
    // main_window_capture.cpp
    void buildCaptureParts();
    void buildCaptureMenu();
    void enableCapture();
    void captureDialog();
    void showLive(std::unique_ptr<CaptureProcess> process, const QString& of, const QString& path);
    bool openStandardInput();
    void lookAtLive();
    void leaveLive();
    void saveCapture();
    void saveSelection();
    class PacketSaver* packetSaver(const std::vector<ExchangeId>& of);
    void fillKept();
    [[nodiscard]] bool followsLive() const;
    // main_window_happen.cpp
    void buildHappenMenu(QMenu* menu);
    void offerHappening(CaptureDialog* dialog);
    [[nodiscard]] std::function<void(std::string_view line)> hearingWhoPlays(const CaptureOrder& order);
    [[nodiscard]] const HappenScenario* happening() const;
    void beginHappening();
    void tellHappening();
    // main_window_overlay.cpp
    void buildOverlayParts();
    void buildOverlayMenu(QMenu* menu);
    void overlayDocument();
    void overlayWithOtherNames();
    void overlayChanged();
    void tellOverlay();
    void rebuildOverlay(bool keepPlace);
    void captureOverLesson();
    void fillTextbooks();
    void layBest();
    [[nodiscard]] QString whatWasCaptured() const;
    [[nodiscard]] std::function<std::shared_ptr<const Inspected>()> exampleOf(quint64 row) const;
    // main_window_ends.cpp
    void buildEndsEntry(QMenu* menu);
    void enableEnds();
    void endsDialog();
    void chooseOfEnds();
    void leaveEnds();
    static std::shared_ptr<const diagram::DiagramSource>
    sourceOf(std::shared_ptr<const Capture> capture, const std::shared_ptr<const BothEnds>& both,
             const std::vector<ExchangeId>& ids, std::optional<Level> level, PacketIndex since);
    // main_window_privacy.cpp
    void buildPrivacyEntries(QMenu* menu);
    [[nodiscard]] bool presentsLive() const;
    void settleNames();
    void showAnew();
    void saveWithoutNamesDialog();
    void enablePrivacy();
    [[nodiscard]] bool showsNewest() const;
    void wholeLive();
    // presenter.cpp
    bool presenterKey(class QKeyEvent* event);

    LibraryPanel* libraryPanel = nullptr;
    ExchangePanel* exchangePanel = nullptr;
    StageView* stageView = nullptr;
    TranscriptView* transcriptView = nullptr;
    Inspector* inspectorPane = nullptr;
    ChartsPane* chartsPane = nullptr;
    TransportBar* transport = nullptr;
    MessageBar* messageBar = nullptr;
    ProgressRow* progressRow = nullptr;
    QSplitter *across = nullptr, *down = nullptr;
    QStackedWidget* stageOrTranscript = nullptr;
    QTabBar* pages = nullptr; ///< stands for the panes where there is no room for all
    QWidget* header = nullptr;
    QLabel *brand = nullptr, *subject = nullptr;
    QToolButton *levelPill = nullptr, *presentButton = nullptr;
    QMenu *recentMenu = nullptr, *levelMenu = nullptr;
    QActionGroup *levels = nullptr, *themes = nullptr;

    LessonSession* lessonSession = nullptr;
    LessonShelf* lessonShelf = nullptr;
    LessonPane* lessonPaneNow = nullptr;
    WhatIfBar* whatIfBar = nullptr;
    PredictBar* predictBar = nullptr;
    quint64 askedBefore = diagram::noRow; ///< the message that is to be foreseen, or was
    std::size_t askedCount = 0;           ///< questions before that message
    bool isPredicting = false;
    QLabel* caption = nullptr; ///< what the lesson says of the message, for a projector
    QToolButton* reasonPill = nullptr;
    QMenu* reasonMenu = nullptr;
    quint64 resumeRow = 0;

    LiveBar* liveBar = nullptr;
    QMenu* keptMenu = nullptr; ///< captures of earlier
    QTimer liveTick;
    LivePace livePace;
    PacketIndex liveSeen = 0;                        ///< packets when the stage was made last
    quint64 sessionKeeps = SessionFolder::mostOfOne; ///< bytes
    PacketIndex liveSince = 0;                       ///< the first one on the stage, see BuiltStage
    bool placingLive = false; ///< the stage moves because of what came in, not of the viewer
    QString livePath;         ///< the file that the packets are in
    std::optional<CaptureOrder> lastOrder;
    QString happenCast; ///< who plays in what is being made to happen; empty: not known yet

    OverlaySession* overlaySession = nullptr;
    OverlayBar* overlayBar = nullptr;
    GoalBar* goalBar = nullptr;
    QMenu* textbookMenu = nullptr;
    QToolButton* textbookPill = nullptr;
    EndsBar* endsBar = nullptr;
    std::shared_ptr<const BothEnds> ends;              ///< of a capture that was merged from two
    std::optional<std::vector<PacketIndex>> endsAsked; ///< of the first: whose exchanges are wanted; or all

    std::unique_ptr<Document> document;
    QString documentKey; ///< a recording's name or a capture's path
    std::vector<ExchangeId> shown;
    bool showsAll = false, hasChosen = false, sizesKept = false;
    std::optional<Level> levelNow;
    ThemeName themeNow = ThemeName::Light;
    double zoomNow = 1;
    double pointSize = 10;
    bool isPresenting = false, isCompact = false, wasMaximized = false;
    bool wantLibrary = true, wantExchanges = true,
         wantInspector = true; ///< what is shown where there is room
    bool wantNamesHidden = false;
    std::optional<bool> namesWhilePresenting; ///< what one chose there
    std::shared_ptr<std::atomic<bool>> savingCancelled;
    Latest building, inspecting, filtering, fitting, saving;
};

/// The first row whose packet is this one or a later one.
diagram::Row rowAtPacket(const diagram::DiagramSource& source, PacketIndex packet);

} // namespace wirestage
