// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/pattern.h"

#include "core/lesson/pattern_matcher.h"

#include <algorithm>
#include <array>

namespace wirestage::lesson {
namespace {

constexpr std::array<std::string_view, 7> statusNames{"matched",      "missing",  "unexpected", "repeated",
                                                      "out_of_order", "optional", "not_seen"};

} // namespace

std::string_view name(StepStatus status) {
    return statusNames[static_cast<std::size_t>(status)];
}

bool PatternResult::satisfied() const {
    return broken.empty() && std::none_of(steps.begin(), steps.end(), [](const StepResult& one) {
               return one.status == StepStatus::Missing || one.status == StepStatus::OutOfOrder ||
                      !one.broken.empty();
           });
}

PatternResult match(const Pattern& pattern, std::span<const PatternMessage> messages,
                    const std::function<Description(const MessageRef&)>& describe, bool bound) {
    if (pattern.steps.empty())
        return {};
    return Matcher(pattern, messages, describe).run(bound);
}

} // namespace wirestage::lesson
