// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson's run as the source of a diagram: arrows with both of their moments, losses, who heard what, and
// the states and timers that the hosts themselves told of. Nothing of it is inferred.
#pragma once

#include "core/diagram/source.h"
#include "core/lesson/lesson_run.h"

#include <memory>
#include <optional>
#include <vector>

namespace wirestage::diagram {

/// `of` empty: all exchanges of the run's whole capture. Kinds that the lesson hides are left out unless
/// `withHidden`. Every host and router of the lesson has a lifeline, in the lesson's order.
std::shared_ptr<const DiagramSource> runSource(std::shared_ptr<const lesson::LessonRun> run,
                                               const std::vector<ExchangeId>& of = {},
                                               std::optional<Level> level = {}, bool withHidden = false);

} // namespace wirestage::diagram
