// SPDX-License-Identifier: GPL-3.0-or-later
// Reads, watches and remembers; thumbnails are runs, made off the window's thread.
#include "app/lesson/lesson_shelf.h"

#include "app/window/translate.h"
#include "core/diagram/run_source.h"
#include "core/lesson/lesson_run.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace wirestage {
namespace {

constexpr diagram::Row strokesShown = 7;

QString keyOf(const lesson::LessonFile& file) {
    return QString::fromStdString(file.path().empty() ? file.id() : file.path());
}

QString progressKey(const QString& id, const QString& variant) {
    return QStringLiteral("lessons/%1/%2").arg(id, variant.isEmpty() ? QStringLiteral("lesson") : variant);
}

std::shared_ptr<const Thumbnail> thumbnailOf(const std::shared_ptr<const lesson::LessonFile>& file) {
    const auto result = lesson::runLesson(file);
    const auto* run = std::get_if<std::shared_ptr<const lesson::LessonRun>>(&result);
    if (!run)
        return {};
    const auto source = diagram::runSource(*run, {}, (*run)->lesson.level);
    auto made = std::make_shared<Thumbnail>();
    const auto& hosts = source->participants();
    const auto laneOf = [&](HostId host) {
        const auto found =
            std::find_if(hosts.begin(), hosts.end(), [&](const Participant& p) { return p.host == host; });
        return static_cast<int>(found - hosts.begin());
    };
    made->lanes = static_cast<int>(hosts.size());
    for (diagram::Row row = 0; row < std::min(source->size(), strokesShown); ++row) {
        const Message message = source->message(row);
        const int from = laneOf(message.from), to = message.to == none ? made->lanes - 1 : laneOf(message.to);
        if (from < made->lanes && to < made->lanes)
            made->strokes.push_back({from, to, message.lost.value_or(false)});
    }
    return made;
}

bool meant(const std::vector<std::string>& explains, const std::string& protocol, const std::string& outcome,
           const std::vector<std::string>& kinds) {
    return std::any_of(explains.begin(), explains.end(), [&](const std::string& one) {
        return one == protocol + "." + outcome ||
               std::any_of(kinds.begin(), kinds.end(),
                           [&](const std::string& k) { return k == one || k.starts_with(one + "."); });
    });
}

} // namespace

LessonShelf::LessonShelf(QObject* parent) : QObject(parent), drawing(this) {
    connect(&watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        readFolder();
        emit changed();
    });
    connect(&watcher, &QFileSystemWatcher::fileChanged, this, [this](const QString& path) {
        if (QFile::exists(path))
            watcher.addPath(path); // editors replace files: the watch goes with the old one
        readFolder();
        emit changed();
        emit fileChanged(path);
    });
    readFolder();
    drawThumbnails();
}

QString LessonShelf::folder() {
    return QString::fromStdString(lesson::userLessonFolder());
}

void LessonShelf::readFolder() {
    const QString path = folder();
    own.clear();
    if (!QFileInfo(path).isDir())
        return;
    if (!watcher.directories().contains(path))
        watcher.addPath(path);
    own = lesson::lessonsInFolder(QFile::encodeName(path).toStdString());
    for (const auto& file : own)
        if (const QString one = keyOf(*file); !watcher.files().contains(one))
            watcher.addPath(one);
}

QList<ShelfEntry> LessonShelf::entries() const {
    QList<ShelfEntry> all;
    const QSettings settings;
    const auto add = [&](const lesson::LessonFile& file, bool isOwn) {
        ShelfEntry entry;
        entry.key = keyOf(file);
        entry.own = isOwn;
        entry.broken = !file.usable();
        const lesson::Lesson& lesson = file.lesson();
        entry.title = lesson.title.empty() ? QString::fromStdString(file.id()) : wirestage::tr(lesson.title);
        entry.chapter = lesson.chapter;
        if (entry.broken)
            entry.about = tr("line %1: %2")
                              .arg(file.problems().front().place.line)
                              .arg(wirestage::tr(file.problems().front().what));
        else if (!lesson.variants.empty())
            entry.about =
                lesson.variants.size() == 1 ? tr("1 variant") : tr("%1 variants").arg(lesson.variants.size());
        entry.seen =
            settings.value(progressKey(QString::fromStdString(file.id()), {}) + QStringLiteral("/seen"))
                .toInt();
        entry.thumbnail = thumbnails.value(entry.key);
        all << entry;
    };
    for (const auto& file : lesson::builtInLessons())
        add(*file, false);
    for (const auto& file : own)
        add(*file, true);
    return all;
}

std::shared_ptr<const lesson::LessonFile> LessonShelf::find(const QString& key, QString* why) {
    if (const auto builtIn = lesson::lessonNamed(key.toStdString()))
        return builtIn;
    for (const auto& file : own)
        if (keyOf(*file) == key || QString::fromStdString(file->id()) == key)
            return file;
    auto loaded = lesson::LessonFile::load(QFile::encodeName(key).toStdString());
    if (const auto* file = std::get_if<std::shared_ptr<const lesson::LessonFile>>(&loaded)) {
        watcher.addPath(key);
        return *file;
    }
    if (why)
        *why = wirestage::tr(std::get<Text>(loaded));
    return {};
}

void LessonShelf::drawThumbnails() {
    using Drawn = QHash<QString, std::shared_ptr<const Thumbnail>>;
    drawing.run(
        [files = own] {
            Drawn drawn;
            for (const auto& file : lesson::builtInLessons())
                drawn.insert(keyOf(*file), thumbnailOf(file));
            for (const auto& file : files)
                drawn.insert(keyOf(*file), thumbnailOf(file));
            return drawn;
        },
        [this](Drawn drawn) {
            thumbnails = std::move(drawn);
            emit changed();
        });
}

void LessonShelf::remember(const QString& id, const QString& variant, quint64 row, quint64 rows) {
    if (rows == 0)
        return;
    QSettings settings;
    const QString key = progressKey(id, variant);
    settings.setValue(key + QStringLiteral("/row"), row);
    const int now = static_cast<int>((row + 1) * 100 / rows);
    if (now > settings.value(key + QStringLiteral("/seen")).toInt())
        settings.setValue(key + QStringLiteral("/seen"), now);
}

quint64 LessonShelf::resumeAt(const QString& id, const QString& variant) {
    return QSettings().value(progressKey(id, variant) + QStringLiteral("/row")).toULongLong();
}

QList<LessonShelf::Candidate> LessonShelf::explaining(const std::string& protocol, const std::string& outcome,
                                                      const std::vector<std::string>& kinds) const {
    QList<Candidate> found;
    for (const auto& file : lesson::builtInLessons()) {
        if (!file->usable())
            continue;
        const lesson::Lesson& lesson = file->lesson();
        const QString id = QString::fromStdString(file->id());
        if (meant(lesson.explains, protocol, outcome, kinds))
            found << Candidate{id, {}, wirestage::tr(lesson.title)};
        for (const lesson::VariantInfo& variant : lesson.variants)
            if (meant(variant.explains, protocol, outcome, kinds))
                found << Candidate{id, QString::fromStdString(variant.id),
                                   wirestage::tr(lesson.title) + QStringLiteral(": ") +
                                       wirestage::tr(variant.title)};
    }
    return found;
}

} // namespace wirestage
