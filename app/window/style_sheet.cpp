// SPDX-License-Identifier: GPL-3.0-or-later
// One sheet for the whole window. Sizes follow the text, so that zooming leaves the proportions alone.
#include "app/window/style_sheet.h"

#include <QHash>

namespace wirestage {
namespace {

const char sheet[] = R"(
QMainWindow, QMenuBar, QMenu, QStatusBar { background: @surface; color: @text; }
QMenuBar { padding: 1px 6px; }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected, QMenu::item:selected { background: @accentSoft; color: @accent; }
QMenu { border: 1px solid @lifeline; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 26px; border-radius: 4px; }
QMenu::separator { height: 1px; background: @border; margin: 4px 6px; }
QMenu::item:disabled { color: @lifeline; }

#header { background: @surface; border-bottom: 1px solid @border; }
#brand { font-weight: 700; font-size: @large; }
#subject { color: @quietText; font-size: @medium; }
#library { background: @surface; }
#exchanges { background: @surface; }
#inspector, #inspector QScrollArea, #column { background: @surface; }
#charts { background: @surface; border-top: 1px solid @border; }
#transport { background: @surface; border-top: 1px solid @border; }
QSplitter::handle { background: @border; }
QSplitter::handle:hover, QSplitter::handle:focus { background: @accent; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

*[role="title"] { font-size: @title; font-weight: 700; }
*[role="lead"] { font-size: @medium; color: @quietText; }
*[role="prose"] { font-size: @medium; }
*[role="story"] { font-size: @medium; border-left: 3px solid @accent; padding: 2px 0 2px 10px; }
*[role="section"] { font-size: @small; font-weight: 700; color: @quietText; }
*[role="quiet"] { color: @quietText; font-size: @small; }
*[role="cardTitle"], *[role="cardValue"], *[role="fieldName"] { font-weight: 700; }
*[role="note"] { background: @warningSoft; color: @text; border-left: 3px solid @warning; padding: 6px 10px; }
QFrame[role="card"] { background: @ground; border: 1px solid @border; border-radius: 6px; }
QFrame[role="questionCard"] { background: @accentSoft; border: 0; border-radius: 6px; }
*[role="question"] { color: @accent; font-weight: 700; }
#fieldCard { background: @accentSoft; border: 0; border-top: 1px solid @border; }
*[role="mono"] { font-family: "DejaVu Sans Mono", monospace; }
QPushButton[role="keyField"] { border: 0; border-radius: 4px; text-align: left; background: transparent; }
QPushButton[role="keyField"]:hover { background: @ground; }
QPushButton[role="keyField"]:focus { border: 2px solid @accent; }

QToolButton[role="pill"] { background: @surface; color: @text; border: 1px solid @lifeline; border-radius: @radius; padding: 3px 13px; }
QToolButton[role="pill"]:hover { background: @ground; }
QToolButton[role="pill"]:checked { background: @accentSoft; color: @accent; border-color: @accent; }
QToolButton[role="pill"]:focus { border: 2px solid @accent; padding: 2px 12px; }
QToolButton[role="pill"]:disabled { color: @lifeline; border-color: @border; }
QToolButton[role="pill"]::menu-indicator { subcontrol-origin: padding; subcontrol-position: center right; right: 6px; width: 8px; }
QToolButton[tone="fault"] { background: @dangerSoft; border-color: @danger; color: @text; }
#predict { background: @accentSoft; border-top: 1px solid @border; }
#predict QLabel[role="question"] { font-size: @large; }
QToolButton[role="answer"] { background: @surface; color: @text; border: 1px solid @lifeline; border-radius: 6px; padding: 7px 16px; font-size: @medium; }
QToolButton[role="answer"]:hover { background: @ground; }
QToolButton[role="answer"]:focus { border: 2px solid @accent; padding: 6px 15px; }
QToolButton[role="answer"]:disabled { color: @quietText; border-style: dashed; }
QToolButton[role="answer"][tone="good"] { border: 2px solid @good; color: @good; font-weight: 700; padding: 6px 15px; }
#overlay { background: @surface; border: 2px solid @lifeline; border-radius: 7px; }
#overlay[tone="good"] { border-color: @good; }
#overlay[tone="problem"] { border-color: @danger; }
#overlaySign { font-size: @title; font-weight: 700; color: @quietText; min-width: 26px; }
#overlay[tone="good"] #overlaySign { color: @good; }
#overlay[tone="problem"] #overlaySign { color: @danger; }
#overlayVerdict { font-size: @large; font-weight: 700; }
#overlayDetail { color: @quietText; }
#goals { background: @surface; border-top: 1px solid @border; }
#goal { font-weight: 700; font-size: @medium; }
#overlayVerdict[presenting="true"], #goal[presenting="true"], #overlaySign[presenting="true"] { font-size: @projected; }
#overlayDetail[presenting="true"], #legend[presenting="true"] { font-size: @large; }
#caption[presenting="true"], #predict[presenting="true"] QLabel, #predict[presenting="true"] QToolButton { font-size: @projected; }
#whatIf { background: @surface; border-top: 1px solid @border; }
#caption { background: @surface; border-top: 1px solid @border; padding: 10px 24px; font-size: @large; }
QToolButton[hasMenu="true"] { padding-right: 22px; }

QPushButton { background: @surface; color: @text; border: 1px solid @lifeline; border-radius: 5px; padding: 3px 12px; }
QPushButton[hasMenu="true"] { padding-right: 22px; }
QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: center right; right: 6px; width: 8px; }
QPushButton:hover { background: @ground; }
QPushButton:focus { border: 2px solid @accent; padding: 2px 11px; }
QLineEdit, QComboBox { background: @ground; border: 1px solid @lifeline; border-radius: 5px; padding: 4px 8px; selection-background-color: @accent; selection-color: @accentText; }
QLineEdit:focus, QComboBox:focus { border: 2px solid @accent; padding: 3px 7px; }
QLineEdit[tone="good"] { border: 2px solid @good; padding: 3px 7px; }
QLineEdit[tone="problem"] { border: 2px solid @danger; padding: 3px 7px; }
QLabel[role="verdict"] { color: @quietText; }
QLabel[role="verdict"][tone="good"] { color: @good; }
QLabel[role="verdict"][tone="problem"] { color: @danger; }

QTableView, QTreeView, QListView { background: @surface; color: @text; alternate-background-color: @ground; selection-background-color: @accentSoft; selection-color: @text; outline: 0; }
QTableView::item { padding: 0 6px; border: 0; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: @accentSoft; color: @text; }
QTableView:focus, QTreeView:focus { border: 0; }
QTreeView::item { padding: 2px 0; }
QListView[role="transcript"] { font-size: @medium; padding: 8px 0; }
QListView[role="transcript"]::item { padding: 6px 14px; border: 0; }
QHeaderView { background: @ground; }

QTabWidget::pane { border: 0; border-top: 1px solid @border; }
QTabBar { background: @surface; }
QTabBar::tab { background: @surface; color: @quietText; padding: 8px 16px; border: 0; border-bottom: 3px solid transparent; font-size: @medium; }
QTabBar::tab:selected { color: @accent; border-bottom: 3px solid @accent; font-weight: 600; }
QTabBar::tab:focus { background: @accentSoft; }

QFrame[role="message"][tone="problem"] { background: @dangerSoft; border-bottom: 1px solid @danger; }
QFrame[role="message"][tone="note"] { background: @accentSoft; border-bottom: 1px solid @border; }
QFrame[role="progress"] { background: @ground; border-bottom: 1px solid @border; }
QProgressBar { background: @border; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @lifeline; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QString pixels(double points, double factor) {
    return QStringLiteral("%1pt").arg(points * factor, 0, 'f', 1);
}

} // namespace

QString windowStyleSheet(const Theme& theme, double points) {
    const QHash<QString, QString> words{
        {QStringLiteral("surface"), theme.surface.name()},
        {QStringLiteral("ground"), theme.ground.name()},
        {QStringLiteral("text"), theme.text.name()},
        {QStringLiteral("quietText"), theme.quietText.name()},
        {QStringLiteral("border"), theme.border.name()},
        {QStringLiteral("lifeline"), theme.lifeline.name()},
        {QStringLiteral("accent"), theme.accent.name()},
        {QStringLiteral("accentText"), theme.accentText.name()},
        {QStringLiteral("accentSoft"), theme.accentSoft.name()},
        {QStringLiteral("danger"), theme.danger.name()},
        {QStringLiteral("dangerSoft"), theme.dangerSoft.name()},
        {QStringLiteral("good"), theme.good.name()},
        {QStringLiteral("warning"), theme.warning.name()},
        {QStringLiteral("warningSoft"), theme.warningSoft.name()},
        {QStringLiteral("small"), pixels(points, 0.9)},
        {QStringLiteral("medium"), pixels(points, 1.08)},
        {QStringLiteral("large"), pixels(points, 1.3)},
        {QStringLiteral("title"), pixels(points, 1.6)},
        {QStringLiteral("projected"), pixels(points, 2.4)},
        {QStringLiteral("radius"), QStringLiteral("%1px").arg(static_cast<int>(points * 1.15))},
    };
    // Names are replaced whole: @accent is not the beginning of @accentSoft.
    QString text;
    const QString source = QString::fromLatin1(sheet);
    for (qsizetype i = 0; i < source.size();) {
        if (source[i] != u'@') {
            text += source[i++];
            continue;
        }
        qsizetype end = ++i;
        while (end < source.size() && source[end].isLetter())
            ++end;
        text += words.value(source.mid(i, end - i));
        i = end;
    }
    return theme.styleSheet() + text;
}

} // namespace wirestage
