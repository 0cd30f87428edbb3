// SPDX-License-Identifier: GPL-3.0-or-later
// Which of a run's transmissions is the nth that a selector means, counted as faults count.
#pragma once

#include "core/lesson/frame_classifier.h"
#include "core/lesson/lesson_run.h"

namespace wirestage::lesson {

struct LessonRun::NthTable {
    std::vector<FrameClassifier::Kinds> frames; ///< as Run::frames; nothing of hops and of copies

    /// Whether a frame is one of those whose kind and ends the selector means.
    [[nodiscard]] bool means(const LessonRun& of, const MessageSelector& selector, std::uint32_t frame) const;
    /// From 1; 0 where the frame is none of those whose kind and ends the selector means.
    [[nodiscard]] unsigned numberOf(const LessonRun& of, const MessageSelector& selector,
                                    std::uint32_t frame) const;
    [[nodiscard]] unsigned numberOf(const LessonRun& of, const MessageSelector& selector,
                                    const Message& message) const {
        return message.ref.packet < of.truths.size()
                   ? numberOf(of, selector, of.truths[message.ref.packet].frame)
                   : 0;
    }
};

} // namespace wirestage::lesson
