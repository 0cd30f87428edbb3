// SPDX-License-Identifier: GPL-3.0-or-later
// The menus, and with them the keys: whatever the mouse can do has an entry here.
#include "app/window/main_window.h"

#include "app/charts/charts_pane.h"
#include "app/exchanges/exchange_panel.h"
#include "app/exchanges/transcript.h"
#include "app/inspector/inspector.h"
#include "app/stage/transport_bar.h"
#include "app/window/library_panel.h"
#include "app/window/message_bar.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QSettings>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace wirestage {

QAction* MainWindow::action(QMenu* menu, const char* name, const QString& words,
                            const QList<QKeySequence>& keys, std::function<void()> doIt) {
    auto* made = menu->addAction(words);
    made->setObjectName(QLatin1String(name));
    made->setShortcuts(keys);
    addAction(made); // so that its key works while the menu bar is hidden
    connect(made, &QAction::triggered, this, [doIt = std::move(doIt)] { doIt(); });
    return made;
}

QAction* MainWindow::toggle(QMenu* menu, const char* name, const QString& words,
                            const QList<QKeySequence>& keys, bool on, std::function<void(bool)> doIt) {
    auto* made = action(menu, name, words, keys, [] {});
    made->setCheckable(true);
    made->setChecked(on);
    connect(made, &QAction::toggled, this, std::move(doIt));
    return made;
}

QAction* MainWindow::actionNamed(const QString& name) const {
    return findChild<QAction*>(name);
}

void MainWindow::buildMenus() {
    buildFileMenu();
    buildViewMenu();
    buildGoMenu();
    buildLessonMenu();
    buildCaptureMenu();
    buildHelpMenu();
    fillRecent();
}

void MainWindow::buildFileMenu() {
    auto* menu = menuBar()->addMenu(tr("&File"));
    action(menu, "open", tr("&Open…"), {QKeySequence::Open}, [this] { openDialog(); });
    recentMenu = menu->addMenu(tr("Open &recent"));
    buildEndsEntry(menu);
    menu->addSeparator();
    action(menu, "export", tr("&Export the diagram…"), {QKeySequence(Qt::CTRL | Qt::Key_E)},
           [this] { exportDialog(); });
    action(menu, "save-without-names", tr("Save &without names…"),
           {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)}, [this] { saveWithoutNamesDialog(); });
    menu->addSeparator();
    action(menu, "quit", tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)}, [this] { close(); });
}

void MainWindow::buildViewMenu() {
    auto* menu = menuBar()->addMenu(tr("&View"));
    levelMenu = menu->addMenu(tr("&Level"));
    levels = new QActionGroup(this);
    const auto level = [&](const char* name, const QString& words, int key, std::optional<Level> which) {
        auto* made =
            action(levelMenu, name, words, {QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + key))},
                   [this, which] { setLevel(which); });
        made->setCheckable(true);
        made->setData(which ? static_cast<int>(*which) : -1);
        levels->addAction(made);
    };
    level("level-highest", tr("&Highest of each exchange"), 0, std::nullopt);
    level("level-application", tr("&Application"), 1, Level::Application);
    level("level-transport", tr("&Transport"), 2, Level::Transport);
    level("level-network", tr("&Network"), 3, Level::Network);
    level("level-link", tr("&Link"), 4, Level::Link);
    levels->actions().first()->setChecked(true);

    auto* times = new QActionGroup(this);
    times->addAction(toggle(menu, "even-steps", tr("&Even steps"), {}, true,
                            [this](bool on) { stageView->setTrueTime(!on); }));
    times->addAction(toggle(menu, "true-time", tr("Tr&ue time"), {}, false, [](bool) {}));
    toggle(menu, "transcript", tr("Trans&cript"), {QKeySequence(Qt::CTRL | Qt::Key_T)}, false,
           [this](bool on) { showTranscript(on); });
    menu->addSeparator();
    action(menu, "zoom-in", tr("Zoom &in"),
           {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
           [this] { setZoom(zoomNow * 1.1); });
    action(menu, "zoom-out", tr("Zoom &out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)},
           [this] { setZoom(zoomNow / 1.1); });
    action(menu, "zoom-reset", tr("No&rmal size"), {QKeySequence(Qt::CTRL | Qt::Key_0)},
           [this] { setZoom(1); });
    auto* looks = menu->addMenu(tr("&Theme"));
    themes = new QActionGroup(this);
    const auto look = [&](const char* name, const QString& words, ThemeName which) {
        auto* made = action(looks, name, words, {}, [this, which] { setThemeName(which); });
        made->setCheckable(true);
        made->setData(static_cast<int>(which));
        made->setChecked(which == themeNow);
        themes->addAction(made);
    };
    look("theme-light", tr("&Light"), ThemeName::Light);
    look("theme-dark", tr("&Dark"), ThemeName::Dark);
    look("theme-projector", tr("&Projector"), ThemeName::Projector);
    const bool still = QSettings().value(QStringLiteral("view/still")).toBool();
    stageView->setReducedMotion(still);
    toggle(menu, "still", tr("Reduced &motion"), {}, still, [this](bool on) {
        stageView->setReducedMotion(on);
        QSettings().setValue(QStringLiteral("view/still"), on);
    });
    buildPrivacyEntries(menu);
    menu->addSeparator();
    buildPaneEntries(menu);
    menu->addSeparator();
    action(menu, "find", tr("&Find exchanges…"), {QKeySequence::Find}, [this] {
        if (isCompact)
            showPage(1);
        else
            actionNamed(QStringLiteral("exchanges"))->setChecked(true);
        exchangePanel->search()->setFocus();
        exchangePanel->search()->selectAll();
    });
    action(menu, "show-all", tr("Show &all exchanges"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)},
           [this] { exchangePanel->showAll(); });
    menu->addSeparator();
    auto* full = action(menu, "present", tr("&Present"), {QKeySequence(Qt::Key_F5)},
                        [this] { setPresenting(!isPresenting); });
    full->setToolTip(tr("Full screen, the stage alone (F5; Esc leaves)"));
    full->setIconText(tr("F5 Present"));
}

/// Which panes are shown where there is room.
void MainWindow::buildPaneEntries(QMenu* menu) {
    const auto pane = [&](const char* name, const QString& words, Qt::Key key, bool* wanted) {
        toggle(menu, name, words, {QKeySequence(key)}, *wanted, [this, wanted, name](bool on) {
            *wanted = on;
            QSettings().setValue(QStringLiteral("view/") + QLatin1String(name), on);
            arrangeForWidth();
            fitTable();
        });
    };
    pane("library", tr("Li&brary"), Qt::Key_F9, &wantLibrary);
    pane("exchanges", tr("E&xchanges"), Qt::Key_F8, &wantExchanges);
    pane("inspector", tr("In&spector"), Qt::Key_F7, &wantInspector);
    auto* charts = toggle(menu, "charts", tr("C&harts"), {QKeySequence(Qt::Key_F4)}, !chartsPane->isHidden(),
                          [this](bool on) { showCharts(on); });
    connect(charts, &QAction::triggered, this, // what one chose oneself, unlike what a lesson brings
            [](bool on) { QSettings().setValue(QStringLiteral("view/charts"), on); });
}

void MainWindow::buildGoMenu() {
    auto* menu = menuBar()->addMenu(tr("&Go"));
    action(menu, "first", tr("F&irst message"), {QKeySequence(Qt::CTRL | Qt::Key_Home)},
           [this] { stageView->first(); });
    action(menu, "back", tr("&Back"), {QKeySequence(Qt::CTRL | Qt::Key_Left)},
           [this] { stageView->previous(); });
    action(menu, "play", tr("&Play or pause"), {QKeySequence(Qt::CTRL | Qt::Key_Space)},
           [this] { stageView->togglePlay(); });
    action(menu, "forward", tr("&Forward"), {QKeySequence(Qt::CTRL | Qt::Key_Right)},
           [this] { stageView->next(); });
    action(menu, "last", tr("&Last message"), {QKeySequence(Qt::CTRL | Qt::Key_End)},
           [this] { stageView->last(); });
    menu->addSeparator();
    action(menu, "explain", tr("&Explain"), {QKeySequence(Qt::ALT | Qt::Key_1)},
           [this] { inspectorPane->setTab(Inspector::Explain); });
    action(menu, "packet", tr("Pac&ket"), {QKeySequence(Qt::ALT | Qt::Key_2)},
           [this] { inspectorPane->setTab(Inspector::Packet); });
    action(menu, "bytes", tr("B&ytes"), {QKeySequence(Qt::ALT | Qt::Key_3)},
           [this] { inspectorPane->setTab(Inspector::Bytes); });
    menu->addSeparator();
    action(menu, "next-pane", tr("&Next pane"), {QKeySequence(Qt::Key_F6)}, [this] { cyclePanes(1); });
    action(menu, "previous-pane", tr("Previous p&ane"), {QKeySequence(Qt::SHIFT | Qt::Key_F6)},
           [this] { cyclePanes(-1); });
}

void MainWindow::buildHelpMenu() {
    auto* menu = menuBar()->addMenu(tr("&Help"));
    action(menu, "keys", tr("&Keys"), {QKeySequence(Qt::Key_F1)}, [this] { showKeys(); });
    action(menu, "about", tr("&About Wirestage"), {}, [this] { showAbout(); });
}

void MainWindow::fillRecent() {
    // A file's name may tell whose it is.
    const QStringList paths =
        namesHidden() ? QStringList() : QSettings().value(QStringLiteral("recent")).toStringList();
    libraryPanel->setRecent(paths);
    recentMenu->clear();
    recentMenu->setEnabled(!paths.isEmpty());
    for (const QString& path : paths) {
        auto* entry =
            recentMenu->addAction(QFileInfo(path).fileName().replace(QLatin1Char('&'), QStringLiteral("&&")));
        entry->setToolTip(path);
        connect(entry, &QAction::triggered, this, [this, path] { openFile(path); });
    }
    if (paths.isEmpty())
        return;
    recentMenu->addSeparator();
    connect(recentMenu->addAction(tr("&Forget these")), &QAction::triggered, this, [this] {
        QSettings().remove(QStringLiteral("recent"));
        fillRecent();
    });
}

void MainWindow::cyclePanes(int direction) {
    const QList<QWidget*> panes{libraryPanel->list(),
                                exchangePanel->tableView(),
                                stageView,
                                transcriptView,
                                chartsPane,
                                inspectorPane,
                                transport};
    QList<QWidget*> seen;
    for (QWidget* pane : panes)
        if (pane->isVisible())
            seen << pane;
    if (seen.isEmpty())
        return;
    int now = -1;
    for (int i = 0; i < seen.size(); ++i)
        if (seen[i] == focusWidget() || seen[i]->isAncestorOf(focusWidget()))
            now = i;
    const auto count = static_cast<int>(seen.size());
    QWidget* to = seen[now < 0 ? 0 : (now + direction + count) % count];
    if (to->focusPolicy() == Qt::NoFocus) { // a pane made of parts: its first part
        for (QWidget* part : to->findChildren<QWidget*>())
            if (part->isVisible() && (part->focusPolicy() & Qt::TabFocus))
                return part->setFocus(Qt::TabFocusReason);
    }
    to->setFocus(Qt::TabFocusReason);
}

void MainWindow::showKeys() {
    const std::pair<QString, QString> lines[] = {
        {tr("PageDown, Right, Space"), tr("next message")},
        {tr("PageUp, Left"), tr("message before")},
        {tr("Home, End"), tr("first, last message")},
        {QStringLiteral("P"), tr("play or pause (Ctrl+Space anywhere)")},
        {QStringLiteral("F5"), tr("full screen for a projector; Esc leaves it")},
        {tr("B or ."), tr("black screen while presenting; W: white")},
        {QStringLiteral("Ctrl + / − / 0"), tr("larger, smaller, normal")},
        {QStringLiteral("F6, Shift+F6"), tr("next pane, pane before")},
        {QStringLiteral("F7, F8, F9"), tr("inspector, exchanges, library: shown or not")},
        {QStringLiteral("F4"), tr("charts of the TCP connection: shown or not")},
        {QStringLiteral("Ctrl+F"), tr("search the exchanges")},
        {QStringLiteral("Ctrl+A"), tr("in the table: all exchanges on the stage")},
        {QStringLiteral("Ctrl+T"), tr("transcript instead of the diagram")},
        {QStringLiteral("Ctrl+1 … 5"), tr("level: highest, application, transport, network, link")},
        {QStringLiteral("Ctrl+Shift+H"), tr("names and addresses hidden: stand-ins for everybody, or not")},
        {QStringLiteral("Alt+1, 2, 3"), tr("explain, packet, bytes")},
    };
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keys"));
    auto* grid = new QGridLayout(dialog);
    grid->setHorizontalSpacing(24);
    int row = 0;
    for (const auto& [keys, what] : lines) {
        auto* name = new QLabel(keys);
        name->setProperty("role", QStringLiteral("fieldName"));
        grid->addWidget(name, row, 0);
        grid->addWidget(new QLabel(what), row++, 1);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    grid->addWidget(buttons, row, 0, 1, 2);
    dialog->show();
}

void MainWindow::showAbout() {
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("About Wirestage"));
    auto* column = new QVBoxLayout(dialog);
    column->setSpacing(10);
    auto* name = new QLabel(QStringLiteral("Wirestage ") + QApplication::applicationVersion());
    name->setProperty("role", QStringLiteral("title"));
    column->addWidget(name);
    auto* words = new QLabel(
        tr("Shows who said what to whom on a network, message by message, for everybody in the room.\n\n"
           "Free software under the GNU General Public License, version 3 or later."));
    words->setWordWrap(true);
    words->setMinimumWidth(360);
    column->addWidget(words);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    column->addWidget(buttons);
    dialog->show();
}

} // namespace wirestage
