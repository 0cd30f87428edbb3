// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson takes some milliseconds, so it runs where it is asked for.
#include "app/lesson/lesson_session.h"

#include "app/window/translate.h"

namespace wirestage {

LessonSession::LessonSession(QObject* parent) : QObject(parent) {}

bool LessonSession::start(std::shared_ptr<const lesson::LessonFile> file, const lesson::Choice& choice) {
    auto result = lesson::runLesson(file, choice);
    if (const auto* problems = std::get_if<std::vector<lesson::Problem>>(&result)) {
        QString why = problems->empty() ? QString() : wirestage::tr(problems->front().what);
        if (!problems->empty() && problems->front().place.line > 0)
            why = tr("line %1: %2").arg(problems->front().place.line).arg(why);
        emit refused(why);
        return false;
    }
    ran = std::get<std::shared_ptr<const lesson::LessonRun>>(std::move(result));
    chosen = choice;
    return true;
}

bool LessonSession::open(std::shared_ptr<const lesson::LessonFile> file, const lesson::Choice& choice) {
    if (!start(std::move(file), choice))
        return false;
    emit opened();
    return true;
}

void LessonSession::close() {
    ran.reset();
    chosen = {};
}

void LessonSession::change(const lesson::Choice& choice) {
    if (!ran || choice == chosen)
        return;
    const auto before = ran;
    if (start(before->file, choice))
        emit ranAgain(ran->sameUpTo(*before));
}

void LessonSession::setVariant(const QString& id) {
    lesson::Choice choice = chosen;
    choice.variant = id.toStdString();
    choice.parameters.clear(); // a variant brings its own
    choice.faults.clear();
    change(choice);
}

void LessonSession::setParameter(const std::string& name, const simulation::SettingValue& value) {
    lesson::Choice choice = chosen;
    choice.parameters.insert_or_assign(name, value);
    change(choice);
}

void LessonSession::resetParameters() {
    lesson::Choice choice = chosen;
    choice.parameters.clear();
    change(choice);
}

void LessonSession::setVantage(const QString& name) {
    lesson::Choice choice = chosen;
    choice.vantage = name.toStdString();
    change(choice);
}

void LessonSession::addFault(const QString& fault) {
    lesson::Choice choice = chosen;
    choice.faults.push_back(fault.toStdString());
    change(choice);
}

void LessonSession::removeFault(std::size_t place) {
    lesson::Choice choice = chosen;
    if (place >= choice.faults.size())
        return;
    choice.faults.erase(choice.faults.begin() + static_cast<std::ptrdiff_t>(place));
    change(choice);
}

void LessonSession::clearFaults() {
    lesson::Choice choice = chosen;
    choice.faults.clear();
    change(choice);
}

} // namespace wirestage
