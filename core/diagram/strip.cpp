// SPDX-License-Identifier: GPL-3.0-or-later
// Walking messages into items, once over all of them and later block by block.
#include "core/diagram/strip.h"

#include <algorithm>

namespace wirestage::diagram {

namespace {

constexpr std::uint64_t itemsInBlock = 256;
/// A message's row in even steps is about this high: time stretches it only where it would be higher.
constexpr double evenStep = 90;

} // namespace

double Counts::height(const RowSizes& s) const {
    const auto d = [](std::uint64_t n) { return static_cast<double>(n); };
    return d(items - folds) * s.message + d(folds) * s.fold + d(lines) * s.line + d(chips) * s.chips +
           d(tops) * s.phaseTop + d(bottoms) * s.phaseBottom + d(gaps) * s.gap + stretch;
}

Counts& Counts::operator+=(const Counts& more) {
    items += more.items;
    folds += more.folds;
    lines += more.lines;
    chips += more.chips;
    tops += more.tops;
    bottoms += more.bottoms;
    gaps += more.gaps;
    stretch += more.stretch;
    return *this;
}

struct Strip::Cursor {
    Row row = 0;
    std::size_t fold = 0, phase = 0;
    Counts before;
};

Strip::Cursor Strip::at(std::uint64_t block) const {
    const Block& b = blocks[block];
    return {b.row, b.fold, b.phase, b.before};
}

void Strip::findPhase(const DiagramSource& source, Cursor& cursor, Item& item, Counts& adds) const {
    const auto& phases = source.phases();
    while (cursor.phase < phases.size() && phases[cursor.phase].last < item.first)
        ++cursor.phase;
    if (cursor.phase == phases.size())
        return;
    const PhaseSpan& phase = phases[cursor.phase];
    if (phase.first == item.first || (phase.first < item.first && item.first == begin)) {
        item.phaseBegins = static_cast<std::int32_t>(cursor.phase);
        adds.tops = 1;
    }
    if (phase.last == item.last) {
        item.phaseEnds = static_cast<std::int32_t>(cursor.phase);
        adds.bottoms = 1;
    }
}

void Strip::measureTime(const DiagramSource& source, Item& item, Counts& adds) const {
    const Time passed = item.facts.time - source.facts(item.first - 1).time;
    if (passed > scale.longest) {
        item.leftOut = passed;
        adds.gaps = 1;
    } else if (passed > 0) {
        adds.stretch = std::max(0.0, static_cast<double>(passed) * scale.unitsPerNanosecond - evenStep);
    }
}

/// Reads the item at the cursor, moves the cursor behind it and returns what the item adds. `item.lead` is
/// left to the caller, who knows the sizes.
Counts Strip::step(const DiagramSource& source, Cursor& cursor, Item& item) const {
    item = {};
    item.first = item.last = cursor.row;
    item.facts = source.facts(cursor.row);
    Counts adds;
    adds.items = 1;
    if (cursor.fold < folds.size() && folds[cursor.fold].first == cursor.row) {
        item.fold = true;
        item.last = folds[cursor.fold++].last;
        adds.folds = 1;
    } else {
        adds.lines = summaryLines(item.facts);
        adds.chips = hasChips(item.facts) ? 1 : 0;
    }
    if (!inner)
        findPhase(source, cursor, item, adds);
    if (scale.on() && item.first > (inner ? begin : 0))
        measureTime(source, item, adds);
    cursor.before += adds;
    cursor.row = item.last + 1;
    return adds;
}

void Strip::build(const DiagramSource& source, Row from, Row to, std::vector<Fold> with,
                  const TimeScale& time, const std::function<bool()>& keepGoing) {
    begin = from;
    end = to;
    folds = std::move(with);
    scale = time;
    blocks.clear();
    Cursor cursor;
    cursor.row = from;
    const auto& phases = source.phases();
    cursor.phase =
        static_cast<std::size_t>(std::partition_point(phases.begin(), phases.end(),
                                                      [&](const PhaseSpan& p) { return p.last < from; }) -
                                 phases.begin());
    Item item;
    while (cursor.row < to) {
        if (cursor.before.items % itemsInBlock == 0) {
            if (keepGoing && blocks.size() % 256 == 255 && !keepGoing())
                break;
            blocks.push_back({cursor.row, cursor.fold, cursor.phase, cursor.before});
        }
        static_cast<void>(step(source, cursor, item));
    }
    end = cursor.row;
    folds.resize(cursor.fold);
    total = cursor.before;
}

void Strip::buildInner(const DiagramSource& source, const Fold& fold, const TimeScale& time) {
    inner = true;
    build(source, fold.first, fold.last + 1, {}, time, {});
}

Item Strip::item(const DiagramSource& source, std::uint64_t number, const RowSizes& sizes) const {
    Cursor cursor = at(number / itemsInBlock);
    Item found;
    Counts adds;
    do
        adds = step(source, cursor, found);
    while (cursor.before.items <= number);
    found.height = adds.height(sizes);
    found.y = cursor.before.height(sizes) - found.height;
    found.lead = static_cast<double>(adds.tops) * sizes.phaseTop +
                 static_cast<double>(adds.gaps) * sizes.gap + adds.stretch;
    return found;
}

std::uint64_t Strip::itemAt(const DiagramSource& source, double y, const RowSizes& sizes) const {
    const auto after = std::partition_point(blocks.begin(), blocks.end(),
                                            [&](const Block& b) { return b.before.height(sizes) <= y; });
    Cursor cursor = at(after == blocks.begin() ? 0 : static_cast<std::uint64_t>(after - blocks.begin()) - 1);
    const Row stop = after == blocks.end() ? end : after->row;
    Item found;
    while (cursor.row < stop) {
        static_cast<void>(step(source, cursor, found));
        if (cursor.before.height(sizes) > y)
            break;
    }
    return cursor.before.items - 1;
}

std::uint64_t Strip::itemOf(Row row) const {
    const auto after =
        std::partition_point(blocks.begin(), blocks.end(), [&](const Block& b) { return b.row <= row; });
    const Block& block = *(after - 1);
    // Every message before this one is an item, but those inside a fold together are one.
    std::uint64_t number = block.before.items;
    Row at = block.row;
    std::size_t fold = block.fold;
    while (at < row) {
        const bool folded = fold < folds.size() && folds[fold].first <= row;
        const Row until = folded ? folds[fold].first : row;
        number += until - at;
        at = until;
        if (!folded || row <= folds[fold].last)
            break;
        at = folds[fold++].last + 1;
        ++number;
    }
    return number;
}

std::size_t Strip::foldOf(Row row) const {
    const auto found =
        std::partition_point(folds.begin(), folds.end(), [&](const Fold& f) { return f.last < row; });
    return found != folds.end() && found->first <= row ? static_cast<std::size_t>(found - folds.begin())
                                                       : folds.size();
}

} // namespace wirestage::diagram
