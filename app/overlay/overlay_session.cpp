// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/overlay/overlay_session.h"

#include "app/window/translate.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace wirestage {
namespace {

std::vector<ExchangeId> exchangesFrom(const Capture& capture, ExchangeId first) {
    const ExchangeId count = capture.exchangeCount();
    std::vector<ExchangeId> ids(count > first ? count - first : 0);
    std::iota(ids.begin(), ids.end(), first);
    return ids;
}

/// Protocols that a lesson's pattern speaks of.
std::set<ProtocolId> protocolsOf(const lesson::Pattern& pattern) {
    std::set<ProtocolId> found;
    for (const lesson::PatternStep& step : pattern.steps)
        for (const std::string& one : step.kinds)
            for (const Kind& known : allKinds())
                if (known.name == one || std::string_view(known.name).substr(0, one.size() + 1) == one + ".")
                    found.insert(known.protocol);
    return found;
}

} // namespace

std::optional<OverlaySession::Part>
OverlaySession::partOf(const std::shared_ptr<const lesson::LessonFile>& file, const lesson::Choice& choice) {
    auto result = lesson::runLesson(file, choice);
    if (const auto* problems = std::get_if<std::vector<lesson::Problem>>(&result)) {
        emit refused(problems->empty() ? QString() : wirestage::tr(problems->front().what));
        return std::nullopt;
    }
    Part part;
    part.run = std::get<std::shared_ptr<const lesson::LessonRun>>(std::move(result));
    part.reference = overlay::referenceOf(*part.run);
    return part;
}

bool OverlaySession::layLesson(const std::shared_ptr<const lesson::LessonFile>& file,
                               const lesson::Choice& choice) {
    lesson::Choice faultless = choice;
    faultless.faults.clear(); // faults of one's own are no part of what a textbook says
    auto part = partOf(file, faultless);
    if (!part)
        return false;
    name = part->run->lesson.title;
    parts.clear();
    parts.push_back(*std::move(part));
    beginAnew();
    emit begun();
    return true;
}

bool OverlaySession::layGoal(const overlay::Goal& goal) {
    std::vector<Part> all;
    for (const auto& one : goal.parts) {
        const auto file = lesson::lessonNamed(one.lesson);
        lesson::Choice choice;
        choice.variant = one.variant;
        auto part = file ? partOf(file, choice) : std::nullopt;
        if (!part)
            return false;
        all.push_back(*std::move(part));
    }
    name = goal.title;
    parts = std::move(all);
    beginAnew();
    emit begun();
    return true;
}

void OverlaySession::layExchange(const std::shared_ptr<const Capture>& capture, ExchangeId id) {
    Part part;
    part.reference = overlay::referenceOf(*capture, id, "#" + std::to_string(id + 1));
    part.capture = capture;
    name = part.reference.title;
    parts.clear();
    parts.push_back(std::move(part));
    beginAnew();
    emit begun();
}

void OverlaySession::end() {
    if (!isOn())
        return;
    parts.clear();
    beginAnew();
    emit ended();
}

QString OverlaySession::title() const {
    return wirestage::tr(name);
}

void OverlaySession::beginAnew() {
    for (Part& part : parts)
        part.done = false;
    at = 0;
    since = 0;
    now.reset();
}

/// Of a capture that goes on, what was found last stays until something new begins: the next part, or the
/// same once more.
OverlaySession::Look OverlaySession::look(std::shared_ptr<const Capture> capture,
                                          std::vector<ExchangeId> among, Source source) const {
    return [capture = std::move(capture), among = std::move(among), source, from = parts, place = at,
            first = since, before = now]() {
        Found found;
        found.part = std::min(place, from.size() - 1);
        found.goesOn = source == Source::Live;
        const overlay::Reference& reference = from[found.part].reference;
        const bool onlyNew = source != Source::File && among.empty() && first > 0;
        const auto ids = onlyNew ? exchangesFrom(*capture, first) : among;
        found.comparison = onlyNew && ids.empty() ? overlay::nothingLike(reference)
                                                  : overlay::compare(reference, *capture, ids);
        if (found.comparison.verdict == overlay::Verdict::NotFound && onlyNew && before)
            return *before;
        found.source = diagram::overlaySource(capture, reference, found.comparison, found.goesOn);
        return found;
    };
}

void OverlaySession::take(const Found& found) {
    if (!isOn() || found.part >= parts.size())
        return;
    now = found;
    if (found.comparison.verdict == overlay::Verdict::Same && !parts[found.part].done) {
        parts[found.part].done = true;
        if (found.part == at && at + 1 < parts.size())
            ++at;
    }
    if (found.comparison.verdict == overlay::Verdict::Same && !found.comparison.exchanges.empty())
        since = std::max(since, found.comparison.exchanges.back() + 1);
    emit changed();
}

std::vector<OverlaySession::Fit> OverlaySession::fitting(const Capture& capture, ExchangeId id) {
    const ProtocolId protocol = capture.row(id).protocol;
    std::vector<Fit> fits;
    const auto weigh = [&](const std::shared_ptr<const lesson::LessonFile>& file, const std::string& variant,
                           const Text& title) {
        lesson::Choice choice;
        choice.variant = variant;
        const auto result = lesson::runLesson(file, choice);
        const auto* run = std::get_if<std::shared_ptr<const lesson::LessonRun>>(&result);
        if (!run)
            return;
        const auto comparison = overlay::compare(overlay::referenceOf(**run), capture, {id});
        if (comparison.verdict != overlay::Verdict::NotFound)
            fits.push_back({file->id(), variant, title, comparison.verdict, comparison.score});
    };
    for (const auto& file : lesson::builtInLessons()) {
        if (!file->usable() || !protocolsOf(file->lesson().pattern).contains(protocol))
            continue;
        weigh(file, {}, file->lesson().title);
        for (const lesson::VariantInfo& variant : file->lesson().variants)
            weigh(file, variant.id,
                  WS_TR("overlay", "%1: %2").with(file->lesson().title).with(variant.title));
    }
    std::stable_sort(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) {
        return std::pair(a.verdict == overlay::Verdict::Same, a.score) >
               std::pair(b.verdict == overlay::Verdict::Same, b.score);
    });
    return fits;
}

} // namespace wirestage
