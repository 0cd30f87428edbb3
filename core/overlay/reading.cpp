// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/overlay/reading.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace wirestage::overlay {

using lesson::StepResult;
using lesson::StepStatus;

namespace {

/// A step out of its place, or one whose values break rules, is worth half. Between several exchanges rules
/// are what tells that they belong together, so there a broken one costs as much as two steps.
void weigh(Reading& reading) {
    std::set<std::size_t> there, half;
    double less = reading.result.broken.empty() ? 0 : 0.5;
    for (const StepResult& one : reading.result.steps) {
        reading.strays += one.status == StepStatus::Unexpected;
        if (one.step == StepResult::npos) {
            less += one.broken.empty() ? 0 : 0.5;
            continue;
        }
        if (reading.pattern.steps[one.step].optional) {
            less += one.broken.empty() ? 0 : 0.5;
            continue;
        }
        if (one.status == StepStatus::Matched)
            there.insert(one.step);
        if (one.status == StepStatus::OutOfOrder || !one.broken.empty())
            half.insert(one.step);
        less += reading.related && !one.broken.empty() ? 1.5 : 0;
    }
    for (const lesson::PatternStep& step : reading.pattern.steps)
        reading.required += !step.optional;
    reading.matched = there.size();
    double sum = 0;
    for (std::size_t step = 0; step < reading.pattern.steps.size(); ++step)
        sum += half.contains(step) ? 0.5 : there.contains(step) ? 1 : 0;
    reading.score = reading.required ? std::max(0.0, sum - less) / static_cast<double>(reading.required) : 0;
}

} // namespace

bool Reading::betterThan(const Reading& other) const {
    const auto worth = [](const Reading& one) {
        return std::tuple(one.fits() && one.seen.empty(), one.fits(), one.score);
    };
    return worth(*this) > worth(other);
}

Reading read(const Capture& capture, lesson::Pattern pattern, std::vector<ExchangeId> exchanges,
             ExchangeId seed, bool related) {
    Reading reading;
    reading.seed = seed;
    reading.related = related;
    reading.pattern = std::move(pattern);
    reading.exchanges = std::move(exchanges);
    reading.messages = lesson::patternMessages(capture, reading.pattern, reading.exchanges, &reading.leftOut);
    reading.result = lesson::match(
        reading.pattern, reading.messages,
        [&](const MessageRef& ref) { return capture.describe(ref.packet); }, false);
    weigh(reading);
    return reading;
}

} // namespace wirestage::overlay
