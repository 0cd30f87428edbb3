// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson that is open, what has been chosen in it, and its run. Every change runs the lesson again at
// once; a choice that cannot be leaves everything as it was and says why.
#pragma once

#include "core/lesson/lesson_run.h"

#include <QObject>
#include <QString>

#include <memory>

namespace wirestage {

class LessonSession : public QObject {
    Q_OBJECT
public:
    explicit LessonSession(QObject* parent = nullptr);

    /// False where the lesson cannot run; refused() has said why.
    bool open(std::shared_ptr<const lesson::LessonFile> file, const lesson::Choice& choice = {});
    void close();
    [[nodiscard]] bool isOpen() const { return ran != nullptr; }
    [[nodiscard]] const std::shared_ptr<const lesson::LessonRun>& run() const { return ran; }
    [[nodiscard]] const lesson::Choice& choice() const { return chosen; }

    void setVariant(const QString& id); ///< empty: the lesson as it is
    void setParameter(const std::string& name, const simulation::SettingValue& value);
    void resetParameters();
    void setVantage(const QString& name);
    void addFault(const QString& fault); ///< as on the command line
    void removeFault(std::size_t place);
    void clearFaults();

signals:
    void opened();
    /// The same lesson with another choice; up to packet `same` of the whole capture nothing has changed.
    void ranAgain(quint32 same);
    void refused(const QString& why);

private:
    bool start(std::shared_ptr<const lesson::LessonFile> file, const lesson::Choice& choice);
    void change(const lesson::Choice& choice);

    std::shared_ptr<const lesson::LessonRun> ran;
    lesson::Choice chosen;
};

} // namespace wirestage
