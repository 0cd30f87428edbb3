// SPDX-License-Identifier: GPL-3.0-or-later
// Steps, and the packet that travels along the arrow stepped to.
#include "app/stage/stage_private.h"

#include <algorithm>

namespace wirestage {

namespace {

constexpr int travelMilliseconds = 700, pauseMilliseconds = 900, pauseAtPhase = 2000;

} // namespace

std::optional<StageView::Row> StageView::Private::neighbour(int way) const {
    if (!sequence || sequence->items() == 0)
        return {};
    if (current == diagram::noRow)
        return way > 0 ? std::optional<Row>(sequence->firstRow()) : std::nullopt;
    std::uint64_t item = sequence->itemOf(current);
    while (way > 0 ? ++item < sequence->items() : item-- > 0) {
        const diagram::Item found = sequence->item(item);
        if (!(found.fold && found.open)) // an opened fold's own row is no step of the story
            return found.first;
    }
    return {};
}

std::vector<StageView::Row> StageView::steps(std::size_t most) const {
    std::vector<Row> all;
    if (!d->sequence || d->building || d->sequence->items() > most)
        return all;
    for (std::uint64_t item = 0; item < d->sequence->items(); ++item)
        if (const diagram::Item found = d->sequence->item(item); !(found.fold && found.open))
            all.push_back(found.first);
    return all;
}

void StageView::Private::makeCurrent(Row row, bool travel) {
    const bool changed = row != current;
    current = row;
    bringOnScreen(row);
    q->viewport()->update();
    if (changed)
        emit q->currentChanged(row);
    announce();
    if (travel && !reducedMotion)
        startTravel();
}

int StageView::Private::travelTime() const {
    return static_cast<int>(travelMilliseconds / playSpeed);
}

int StageView::Private::pauseAfter(Row row) const {
    const auto& phases = source->phases();
    const bool ends =
        std::any_of(phases.begin(), phases.end(), [&](const diagram::PhaseSpan& p) { return p.last == row; });
    return static_cast<int>((ends ? pauseAtPhase : pauseMilliseconds) / playSpeed);
}

void StageView::Private::startTravel() {
    const diagram::Place* place = placeOf(current);
    if (!place || place->fold) {
        endTravel();
        return;
    }
    travelled = 0;
    sinceStart.start();
    frames.start();
}

void StageView::Private::tick() {
    travelled = std::min(1.0, static_cast<double>(sinceStart.elapsed()) / std::max(1, travelTime()));
    updateRow(current);
    if (travelled >= 1)
        endTravel();
}

void StageView::Private::endTravel() {
    const bool was = frames.isActive();
    frames.stop();
    travelled = 1;
    if (was)
        updateRow(current);
    if (isPlaying && !pauseTimer.isActive() && current != diagram::noRow)
        pauseTimer.start(pauseAfter(current));
}

void StageView::Private::updateRow(Row row) {
    if (const diagram::Place* place = placeOf(row)) {
        const double s = scale();
        q->viewport()->update(
            pixelsOf(place->area).adjusted(0, static_cast<int>(-20 * s), 0, static_cast<int>(20 * s)));
    }
}

} // namespace wirestage
