// SPDX-License-Identifier: GPL-3.0-or-later
// The lessons there are: those that the program brings and those in the user's own folder, which is watched.
// Where somebody stopped in each of them is remembered here, and what each looks like in small.
#pragma once

#include "app/window/latest.h"
#include "core/lesson/lesson_file.h"

#include <QFileSystemWatcher>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace wirestage {

/// A lesson's diagram as a few strokes.
struct Thumbnail {
    struct Stroke {
        int from = 0, to = 0; ///< lifelines
        bool lost = false;
    };
    int lanes = 0;
    std::vector<Stroke> strokes;
};

struct ShelfEntry {
    QString key; ///< a built-in lesson's id, or the path of a file
    QString title, about;
    unsigned chapter = 0;
    bool own = false;    ///< from the user's folder
    bool broken = false; ///< `about` says what is wrong
    int seen = 0;        ///< hundredths of its messages
    std::shared_ptr<const Thumbnail> thumbnail;
};

class LessonShelf : public QObject {
    Q_OBJECT
public:
    explicit LessonShelf(QObject* parent = nullptr);
    [[nodiscard]] QList<ShelfEntry> entries() const;
    /// By id or path; a path outside the folder is read and watched too. Null where there is none, and `why`
    /// says it.
    std::shared_ptr<const lesson::LessonFile> find(const QString& key, QString* why = nullptr);
    [[nodiscard]] static QString folder(); ///< of the user's own lessons

    /// Where one stopped in a lesson and its variant: a message's place, from 0.
    static void remember(const QString& id, const QString& variant, quint64 row, quint64 rows);
    [[nodiscard]] static quint64 resumeAt(const QString& id, const QString& variant);

    struct Candidate {
        QString lesson, variant, title;
    };
    /// The lessons (or variants) that show the cause of an exchange that ended like this: protocol, outcome,
    /// and the kinds of its messages.
    [[nodiscard]] QList<Candidate> explaining(const std::string& protocol, const std::string& outcome,
                                              const std::vector<std::string>& kinds) const;

signals:
    void changed();                       ///< entries are others
    void fileChanged(const QString& key); ///< a lesson's text is another

private:
    void readFolder();
    void drawThumbnails();

    lesson::LessonFiles own;
    QHash<QString, std::shared_ptr<const Thumbnail>> thumbnails;
    QFileSystemWatcher watcher;
    Latest drawing;
};

} // namespace wirestage
