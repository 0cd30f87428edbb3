// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a lesson about one message, with the message's own values in their places, in the viewer's
// language.
#pragma once

#include "app/inspector/inspected.h"
#include "core/diagram/source.h"
#include "core/lesson/lesson_run.h"

#include <QString>

#include <string>

namespace wirestage {

struct LessonWords {
    QString brief, full, teacher;
};
LessonWords lessonWords(const lesson::LessonRun& run, const Message& message,
                        const diagram::DiagramSource& shown);

/// What the inspector says of a message that was fetched: the full text, or the brief one.
std::string storyOf(const lesson::LessonRun& run, const Inspected& inspected);

/// The lesson's own text with what was chosen made a variant of it: a file that can be opened again.
std::string lessonWithChoice(const lesson::LessonRun& run, const std::string& id);

} // namespace wirestage
