// SPDX-License-Identifier: GPL-3.0-or-later
// The question before a message of what is on the stage: the lesson's own where it has one, else from the
// protocol's state machine.
#pragma once

#include "app/lesson/predict_bar.h"
#include "core/diagram/source.h"
#include "core/lesson/lesson_run.h"

namespace wirestage {

/// Empty where nothing can be asked. `run` may be null: a capture.
/// The `number`th of a row, from 0; empty where there are not so many. A lesson's own ones, else one that the
/// states of both ends give.
PredictQuestion questionBefore(const Capture& capture, const lesson::LessonRun* run,
                               const diagram::DiagramSource& shown, diagram::Row row, std::size_t number = 0);

} // namespace wirestage
