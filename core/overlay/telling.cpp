// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/overlay/telling.h"

#include <algorithm>
#include <set>

namespace wirestage::overlay {

using lesson::PatternMessage;
using lesson::PatternStep;
using lesson::StepResult;
using lesson::StepStatus;

namespace {

/// "1", "1 and 3", "1, 2 and 5"
std::string listOf(const std::vector<ExchangeId>& exchanges) {
    std::string list;
    for (std::size_t i = 0; i < exchanges.size(); ++i)
        list += (i == 0 ? "" : ", ") + std::to_string(exchanges[i] + 1);
    return list;
}

class Teller {
public:
    Teller(const Reading& what, const Capture& from) : reading(what), capture(from) {}
    std::vector<Step> steps() const;

private:
    [[nodiscard]] Step told(std::size_t place) const;
    [[nodiscard]] Text why(std::size_t place) const;
    [[nodiscard]] Text whyMatched(std::size_t place) const;
    [[nodiscard]] Text whyRepeated(std::size_t place) const;
    [[nodiscard]] Text whyDisplaced(std::size_t place) const;
    [[nodiscard]] bool saysNothing(const StepResult& one) const;
    [[nodiscard]] bool isUnseen(const StepResult& one) const {
        return one.status == StepStatus::Optional && !reading.seen.empty() && !reading.seen[one.step];
    }

    const Reading& reading;
    const Capture& capture;
};

/// An acknowledgement alone that no step asks for: a host may send one at any time, and it tells nothing that
/// the segments beside it do not (RFC 9293, section 3.8.6.3).
bool Teller::saysNothing(const StepResult& one) const {
    return one.status == StepStatus::Unexpected && reading.messages[one.message].kind == KindId::tcp_ack;
}

Text Teller::whyMatched(std::size_t place) const {
    const PatternMessage& own = reading.messages[reading.result.steps[place].message];
    for (std::size_t before = place; before-- > 0;) {
        const StepResult& other = reading.result.steps[before];
        if (other.status != StepStatus::Matched && other.status != StepStatus::Repeated)
            continue;
        const PatternMessage& earlier = reading.messages[other.message];
        return WS_TR("overlay", "as expected, %1 after the %2")
            .with(durationInWords(std::max<Time>(0, own.time - earlier.time)))
            .with(titleOf(earlier.kind));
    }
    return WS_TR("overlay", "as expected, the first of them");
}

Text Teller::whyRepeated(std::size_t place) const {
    const StepResult& own = reading.result.steps[place];
    for (std::size_t before = place; before-- > 0;) {
        const StepResult& other = reading.result.steps[before];
        if (other.step != own.step || other.message == StepResult::npos)
            continue;
        const PatternMessage& earlier = reading.messages[other.message];
        return WS_TR("overlay", "once more, %1 after packet %2: no difference")
            .with(durationInWords(std::max<Time>(0, reading.messages[own.message].time - earlier.time)))
            .with(earlier.ref.packet + 1);
    }
    return WS_TR("overlay", "once more: no difference");
}

Text Teller::whyDisplaced(std::size_t place) const {
    const StepResult& own = reading.result.steps[place];
    for (std::size_t before = 0; before < place; ++before) {
        const StepResult& other = reading.result.steps[before];
        if (other.status == StepStatus::Matched && other.step > own.step)
            return WS_TR("overlay", "it comes too late: it belongs before the %1 of packet %2")
                .with(titleOf(reading.messages[other.message].kind))
                .with(reading.messages[other.message].ref.packet + 1);
    }
    for (std::size_t after = reading.result.steps.size(); after-- > place;) {
        const StepResult& other = reading.result.steps[after];
        if (other.status == StepStatus::Matched && other.step < own.step)
            return WS_TR("overlay", "it comes too early: it belongs behind the %1 of packet %2")
                .with(titleOf(reading.messages[other.message].kind))
                .with(reading.messages[other.message].ref.packet + 1);
    }
    return own.why;
}

Text Teller::why(std::size_t place) const {
    const StepResult& own = reading.result.steps[place];
    if (!own.broken.empty())
        return own.why;
    if (isUnseen(own))
        return WS_TR("overlay", "it would be between others: from where this was captured it cannot be seen");
    switch (own.status) {
    case StepStatus::Matched: return whyMatched(place);
    case StepStatus::Missing: return whyMissing(reading, capture, place);
    case StepStatus::Repeated: return whyRepeated(place);
    case StepStatus::OutOfOrder: return whyDisplaced(place);
    case StepStatus::Unexpected:
        return WS_TR("overlay", "not needed here: the reference has no step for it, which is no difference");
    case StepStatus::Optional:
    case StepStatus::NotSeen: break;
    }
    if (reading.pattern.steps[own.step].never)
        return WS_TR("overlay", "not here, as it has to be");
    return reading.place.empty()
               ? WS_TR("overlay", "not here; it may be left out")
               : WS_TR("overlay", "not here; it may be left out, or cannot be seen from “%1”")
                     .with(reading.place);
}

Step Teller::told(std::size_t place) const {
    const StepResult& own = reading.result.steps[place];
    Step step;
    step.status = isUnseen(own) ? StepStatus::NotSeen : own.status;
    step.place = own.step;
    if (own.message != StepResult::npos) {
        const PatternMessage& message = reading.messages[own.message];
        step.kind = kind(message.kind).name;
        step.from = message.from;
        step.to = message.to;
        step.packet = message.ref.packet;
        step.message = message.ref;
    } else {
        const PatternStep& expected = reading.pattern.steps[own.step];
        step.kind = expected.kinds.front();
        step.from = playing(reading, expected.from, expected.to);
        step.to = playing(reading, expected.to, expected.from);
    }
    for (const lesson::Rule& rule : own.broken)
        step.broken.push_back(rule.text);
    step.why = why(place);
    return step;
}

/// Neighbours that would be told the same way are told once.
std::vector<Step> Teller::steps() const {
    std::vector<Step> all;
    for (std::size_t place = 0; place < reading.result.steps.size(); ++place) {
        const StepResult& one = reading.result.steps[place];
        if (saysNothing(one))
            continue;
        const bool folds = one.broken.empty() && !all.empty() && all.back().status == one.status &&
                           (one.status == StepStatus::Unexpected || one.status == StepStatus::Repeated) &&
                           all.back().place == one.step &&
                           all.back().kind == kind(reading.messages[one.message].kind).name;
        if (folds)
            ++all.back().more;
        else
            all.push_back(told(place));
    }
    return all;
}

Text whatDiffers(const Reading& reading) {
    std::size_t missing = 0, displaced = 0, broken = reading.result.broken.size();
    for (const StepResult& one : reading.result.steps) {
        missing += one.status == StepStatus::Missing;
        displaced += one.status == StepStatus::OutOfOrder;
        broken += one.broken.size();
    }
    std::optional<Text> text;
    const auto add = [&](std::size_t count, Text words) {
        if (count == 0)
            return;
        text = text ? WS_TR("overlay", "%1, %2").with(*std::move(text)).with(std::move(words))
                    : std::move(words);
    };
    add(missing, WS_TRN("overlay", "%n required step(s) missing", "", missing));
    add(displaced, WS_TRN("overlay", "%n step(s) out of place", "", displaced));
    add(broken, WS_TRN("overlay", "%n rule(s) broken", "", broken));
    return text.value_or(Text{});
}

Text sentenceOf(const Reference& reference, const Reading& reading, const Comparison& comparison) {
    const std::string list = listOf(comparison.exchanges);
    const bool one = comparison.exchanges.size() == 1;
    Text sentence;
    if (comparison.verdict == Verdict::Same)
        sentence =
            (one ? WS_TR("overlay",
                         "The same: exchange %1 has all %2 required steps of “%3”, and no rule is broken")
                 : WS_TR("overlay",
                         "The same: exchanges %1 have all %2 required steps of “%3”, and no rule is broken"))
                .with(list)
                .with(reading.required)
                .with(reference.title);
    else if (comparison.verdict == Verdict::Partly)
        sentence =
            (one ? WS_TR(
                       "overlay",
                       "As far as can be seen, as expected: exchange %1 has the %2 steps of “%3” that can be "
                       "seen from here; the rest is between others")
                 : WS_TR(
                       "overlay",
                       "As far as can be seen, as expected: exchanges %1 have the %2 steps of “%3” that can "
                       "be seen from here; the rest is between others"))
                .with(list)
                .with(reading.required)
                .with(reference.title);
    else
        sentence =
            (one ? WS_TR("overlay", "Different: exchange %1 has %2 of %3 required steps of “%4”: %5")
                 : WS_TR("overlay", "Different: exchanges %1 have %2 of %3 required steps of “%4”: %5"))
                .with(list)
                .with(reading.matched)
                .with(reading.required)
                .with(reference.title)
                .with(whatDiffers(reading));
    if (!reading.seen.empty() && comparison.verdict == Verdict::Different)
        sentence = WS_TR("overlay", "%1 (the steps between others cannot be seen from here)")
                       .with(std::move(sentence));
    if (!reading.place.empty())
        sentence = WS_TR("overlay", "%1 (as far as can be seen from “%2”, one of the reference's places)")
                       .with(std::move(sentence))
                       .with(reading.place);
    return sentence;
}

} // namespace

Text titleOf(KindId id) {
    return {"kinds", kind(id).title, {}, {}};
}

Text titleOf(const PatternStep& step) {
    for (const Kind& one : allKinds())
        if (one.name == step.kinds.front())
            return {"kinds", one.title, {}, {}};
    return Text::verbatim(step.kinds.front()); // a family: "icmp.unreachable"
}

std::string playing(const Reading& reading, const std::string& role, const std::string& otherEnd) {
    if (!role.empty()) {
        const auto found = reading.result.roles.find(role);
        return found == reading.result.roles.end() ? role : found->second;
    }
    std::set<std::string> parts;
    for (const PatternStep& step : reading.pattern.steps)
        for (const std::string& one : {step.from, step.to})
            if (!one.empty() && one != "*")
                parts.insert(one);
    const bool two = parts.erase(otherEnd) == 1 && parts.size() == 1;
    return two ? playing(reading, *parts.begin(), {}) : "?";
}

Text notFound(const Reference& reference) {
    const auto& steps = reference.pattern.steps;
    const auto first =
        std::find_if(steps.begin(), steps.end(), [](const PatternStep& step) { return !step.optional; });
    if (first == steps.end())
        return WS_TR("overlay", "Not found: “%1” expects nothing that could be compared")
            .with(reference.title);
    return WS_TR("overlay", "Not found: nothing here is like “%1”, which begins with “%2”")
        .with(reference.title)
        .with(titleOf(*first));
}

void tell(const Reference& reference, const Capture& capture, const Reading& reading, Comparison& into) {
    into.steps = Teller(reading, capture).steps();
    for (const lesson::Rule& rule : reading.result.broken)
        into.broken.push_back(rule.text);
    into.sentence = sentenceOf(reference, reading, into);
}

} // namespace wirestage::overlay
