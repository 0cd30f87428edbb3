// SPDX-License-Identifier: GPL-3.0-or-later
// Small parts that every pane is put together from, so that they look and behave alike. How a part looks is
// said in style_sheet.cpp by the `role` given here.
#pragma once

#include <QRect>
#include <QString>

class QAction;
class QFont;
class QLabel;
class QPainter;
class QScrollArea;
class QToolButton;
class QVBoxLayout;
class QWidget;

namespace wirestage {

/// Words as they are (never markup: they may come off the wire), broken into lines. Roles: "heading",
/// "title", "quiet", "cardTitle", "cardValue", "section".
QLabel* plainLabel(const QString& role = {}, const QString& words = {});

/// Sets the text, or hides the label where there is none.
void setTextOrHide(QLabel* label, const QString& words);

/// A pane whose contents scroll downwards only; returns the layout to fill.
QVBoxLayout* scrolledColumn(QScrollArea* area);

/// Text broken at words, and within a word only where the word alone is too long. Returns the height it
/// takes.
int wrappedHeight(const QFont& font, const QString& text, int width);
/// Draws it so with the painter's font and pen, from the top.
void drawWrapped(QPainter& painter, const QRect& where, const QString& text);

/// A rounded switch at the top of the window.
QToolButton* pill(QAction* action);

} // namespace wirestage
