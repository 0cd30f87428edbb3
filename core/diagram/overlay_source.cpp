// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison is short, so its rows are made once. Whoever plays no part in the capture gets a lifeline of
// the reference, with a number that no host of a capture has.
#include "core/diagram/overlay_source.h"

#include "core/diagram/captured_ways.h"
#include "core/overlay/telling.h"

#include <algorithm>
#include <map>

namespace wirestage::diagram {

using lesson::PatternStep;
using lesson::StepStatus;
using overlay::Comparison;
using overlay::Reference;
using overlay::Step;
using overlay::titleOf;
using overlay::Verdict;

namespace {

constexpr HostId firstUnplayed = 0xf0000000;

/// The kind of that name; of a family ("icmp.unreachable") the first one below it.
KindId kindNamed(std::string_view name) {
    if (const auto exact = kindOfName(name))
        return *exact;
    for (const Kind& one : allKinds())
        if (const auto id = kindOfName(one.name); id && isKind(*id, name))
            return *id;
    return KindId::frame_undecoded;
}

LaidStatus statusOf(const Step& step) {
    if (!step.broken.empty())
        return LaidStatus::RuleBroken;
    switch (step.status) {
    case StepStatus::Matched: return LaidStatus::Matched;
    case StepStatus::Unexpected: return LaidStatus::Unexpected;
    case StepStatus::Repeated: return LaidStatus::Repeated;
    case StepStatus::OutOfOrder: return LaidStatus::OutOfOrder;
    default: return LaidStatus::Missing;
    }
}

/// Where nothing of it was captured: what the reference expects.
std::vector<Step> stepsOf(const Reference& reference) {
    std::vector<Step> steps;
    for (std::size_t place = 0; place < reference.pattern.steps.size(); ++place) {
        const PatternStep& expected = reference.pattern.steps[place];
        if (expected.optional)
            continue;
        Step step;
        step.kind = expected.kinds.front();
        step.from = expected.from;
        step.to = expected.to;
        step.place = place;
        steps.push_back(std::move(step));
    }
    return steps;
}

class Overlay final : public OverlaySource {
public:
    Overlay(std::shared_ptr<const Capture> from, const Reference& reference, const Comparison& comparison,
            bool goesOn)
        : capture(std::move(from)) {
        std::vector<Step> steps =
            comparison.verdict == Verdict::NotFound ? stepsOf(reference) : comparison.steps;
        std::erase_if(steps, [](const Step& step) {
            return step.status == StepStatus::Optional || step.status == StepStatus::NotSeen;
        });
        findParts(reference, comparison, steps);
        for (const Step& step : steps)
            add(step, reference);
        if (goesOn)
            awaitTheRest();
        for (const Step& step : steps)
            if (step.place != lesson::StepResult::npos && step.status != StepStatus::Repeated &&
                !reference.pattern.steps[step.place].optional)
                required.push_back({titleOf(reference.pattern.steps[step.place]), step.message.has_value()});
    }

    [[nodiscard]] Row size() const override { return rows.size(); }
    [[nodiscard]] RowFacts facts(Row row) const override {
        const Message& m = rows[row].message;
        RowFacts facts;
        facts.kind = m.kind;
        facts.notes = m.notes;
        facts.exchange = m.exchange;
        facts.packet = m.ref.packet;
        facts.time = m.time;
        facts.laid = true;
        return facts;
    }
    [[nodiscard]] std::uint32_t bytes(Row row) const override {
        return rows[row].laid.captured ? capture->frame(rows[row].message.ref.packet).length : 0;
    }
    [[nodiscard]] Message message(Row row) const override { return rows[row].message; }
    [[nodiscard]] const std::vector<Participant>& participants() const override { return hosts; }
    [[nodiscard]] const std::vector<StateSpan>& states() const override { return noStates; }
    [[nodiscard]] const std::vector<PhaseSpan>& phases() const override { return noPhases; }
    [[nodiscard]] std::optional<Way> way(Row row) const override {
        return rows[row].laid.captured ? ways.way(*capture, rows[row].message) : std::nullopt;
    }
    [[nodiscard]] std::optional<Laid> laid(Row row) const override { return rows[row].laid; }
    [[nodiscard]] bool overlaid() const override { return true; }
    [[nodiscard]] bool foldable() const override { return false; }
    [[nodiscard]] const std::vector<Goal>& goals() const override { return required; }

private:
    struct OneRow {
        Message message;
        Laid laid;
    };
    void findParts(const Reference& reference, const Comparison& comparison, const std::vector<Step>& steps);
    HostId hostOf(const std::string& name);
    void add(const Step& step, const Reference& reference);
    void awaitTheRest();

    std::shared_ptr<const Capture> capture;
    std::vector<OneRow> rows;
    CapturedWays ways;
    std::vector<Participant> hosts;
    std::map<std::string, HostId> byName;
    std::vector<Goal> required;
    std::vector<StateSpan> noStates;
    std::vector<PhaseSpan> noPhases;
};

/// In the reference's order of its parts, then those who have none, as they come.
void Overlay::findParts(const Reference& reference, const Comparison& comparison,
                        const std::vector<Step>& steps) {
    std::map<std::string, Participant> captured;
    std::map<HostId, Text> roles;
    for (const ExchangeId id : comparison.exchanges)
        for (const Participant& who : capture->exchange(id).participants)
            roles.emplace(who.host, who.role);
    for (const Step& step : steps)
        if (step.message) {
            const Message m = capture->message(*step.message);
            for (const HostId host : {m.from, m.to})
                if (host != none) {
                    Participant who = capture->host(host);
                    if (const auto role = roles.find(host); role != roles.end())
                        who.role = role->second;
                    captured.emplace(who.name, who);
                }
        }
    std::vector<std::string> order;
    const auto wanted = [&](const std::string& name) {
        const bool spoken = std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
            return step.from == name || step.to == name;
        });
        if (spoken && !name.empty() && name != "*" && name != "?" &&
            std::find(order.begin(), order.end(), name) == order.end())
            order.push_back(name);
    };
    for (const auto& [part, title] : reference.titles) {
        const auto played = comparison.roles.find(part);
        wanted(played == comparison.roles.end() ? part : played->second);
    }
    for (const Step& step : steps) {
        wanted(step.from);
        wanted(step.to);
    }
    for (const std::string& name : order) {
        Participant who;
        if (const auto found = captured.find(name); found != captured.end()) {
            who = found->second;
        } else {
            who.host = firstUnplayed + static_cast<HostId>(hosts.size());
            who.name = name;
            for (const auto& [part, title] : reference.titles)
                if (part == name)
                    who.name = english(title);
            who.role = WS_TR("overlay", "of the textbook: nobody yet");
        }
        byName.emplace(name, who.host);
        hosts.push_back(std::move(who));
    }
}

HostId Overlay::hostOf(const std::string& name) {
    const auto found = byName.find(name);
    return found == byName.end() ? none : found->second;
}

void Overlay::add(const Step& step, const Reference& reference) {
    OneRow row;
    row.laid.status = statusOf(step);
    row.laid.captured = step.message.has_value();
    row.laid.expected = step.place != lesson::StepResult::npos && step.status != StepStatus::Repeated &&
                        step.status != StepStatus::OutOfOrder;
    if (row.laid.expected && step.place < reference.times.size())
        row.laid.expectedAt = reference.times[step.place];
    if (row.laid.expected && step.place < reference.examples.size())
        row.laid.example = reference.examples[step.place];
    if (step.message) {
        row.message = capture->message(*step.message);
        ways.hear(*capture, row.message);
    } else {
        row.message.kind = kindNamed(step.kind);
        row.message.label = {"kinds", kind(row.message.kind).title, {}, {}};
        if (step.place != lesson::StepResult::npos)
            row.message.label = titleOf(reference.pattern.steps[step.place]);
        row.message.from = hostOf(step.from);
        row.message.to = hostOf(step.to);
        // It stands where it belongs; a moment it has none.
        if (!rows.empty()) {
            row.message.time = rows.back().message.time;
            row.message.ref.packet = rows.back().message.ref.packet;
        }
    }
    // Of what is no difference the message's own words say more.
    if (row.laid.status != LaidStatus::Matched && row.laid.status != LaidStatus::Unexpected &&
        !step.why.empty())
        row.message.summary = step.why;
    if (step.more > 0)
        row.message.summary =
            WS_TRN("overlay", "%1 (and %n more)", "", step.more).with(std::move(row.message.summary));
    rows.push_back(std::move(row));
}

void Overlay::awaitTheRest() {
    for (auto row = rows.rbegin(); row != rows.rend() && row->laid.status != LaidStatus::Matched; ++row)
        if (row->laid.status == LaidStatus::Missing) {
            row->laid.status = LaidStatus::Awaited;
            row->message.summary = {};
        }
}

} // namespace

std::shared_ptr<const OverlaySource> overlaySource(std::shared_ptr<const Capture> capture,
                                                   const Reference& reference, const Comparison& comparison,
                                                   bool goesOn) {
    return std::make_shared<Overlay>(std::move(capture), reference, comparison, goesOn);
}

} // namespace wirestage::diagram
