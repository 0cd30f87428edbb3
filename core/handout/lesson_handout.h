// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson's run as a hand-out: its words, its questions and its packets.
#pragma once

#include "core/handout/handout.h"
#include "core/lesson/lesson_run.h"

namespace wirestage::handout {

/// Everything but the rows to show is filled in. `source`: what of the run the page draws (see run_source.h);
/// null: all of it, on the lesson's own level.
Handout lessonHandout(const std::shared_ptr<const lesson::LessonRun>& run,
                      std::shared_ptr<const diagram::DiagramSource> source = nullptr,
                      std::function<std::string(const Text&)> words = english);

} // namespace wirestage::handout
