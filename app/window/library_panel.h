// SPDX-License-Identifier: GPL-3.0-or-later
// The panel on the left: the lessons by chapter, the recordings that come with the program, and the captures
// opened lately. One types to find.
#pragma once

#include "app/lesson/lesson_shelf.h"
#include "app/stage/theme.h"

#include <QStringList>
#include <QWidget>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace wirestage {

class LibraryPanel : public QWidget {
    Q_OBJECT
public:
    /// "NETWORK SERVICES": the course's chapter, as a heading.
    static QString chapterTitle(unsigned chapter);
    explicit LibraryPanel(QWidget* parent = nullptr);
    void setLessons(const QList<ShelfEntry>& entries);
    void setRecent(const QStringList& paths);
    void setCurrent(const QString& key); ///< a lesson's key, a recording's name or a capture's path: marked
                                         ///< as the open one
    void setTheme(const Theme& theme);
    [[nodiscard]] QListView* list() const { return view; }
    [[nodiscard]] QLineEdit* search() const { return box; }

signals:
    void lessonChosen(const QString& key);
    void recordingChosen(const QString& name);
    void captureChosen(const QString& path);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill();
    void fillLessons();
    void filter(const QString& words);
    void choose(const QModelIndex& index);

    QLineEdit* box;
    QListView* view;
    QStandardItemModel* model;
    QList<ShelfEntry> lessons;
    QStringList recent;
    QString current;
};

} // namespace wirestage
