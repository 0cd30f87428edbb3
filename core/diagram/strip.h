// SPDX-License-Identifier: GPL-3.0-or-later
// A stretch of consecutive messages as a column of items, with sums kept for every 256 of them: where an item
// stands, or which one stands at a height, is a search among the sums and a walk through one block. The sums
// count things (items, lines, notes), not units, so other type sizes need no new walk over the messages.
#pragma once

#include "core/diagram/source.h"

#include <functional>
#include <optional>
#include <vector>

namespace wirestage::diagram {

/// Heights, in units.
struct RowSizes {
    double message = 0;     ///< of a message without its summary's lines
    double line = 0;        ///< of each of those
    double chips = 0;       ///< of the line with a message's notes
    double fold = 0;        ///< of a fold's own row
    double phaseTop = 0;    ///< before a phase's first item
    double phaseBottom = 0; ///< after its last
    double gap = 0;         ///< of the mark for time left out
};

/// How many of each there are before an item; a height once sizes are known.
struct Counts {
    std::uint64_t items = 0, folds = 0, lines = 0, chips = 0, tops = 0, bottoms = 0, gaps = 0;
    double stretch = 0; ///< units added because time passed
    [[nodiscard]] double height(const RowSizes& sizes) const;
    Counts& operator+=(const Counts& more);
};

/// A run of alike messages that can be shown as one row.
struct Fold {
    Row first = 0, last = 0;
    std::optional<std::uint64_t> bytes; ///< nothing: some rows have 0, which is not known any more
    [[nodiscard]] Row size() const { return last - first + 1; }
};

/// One row of the diagram: a message, or a fold's own row.
struct Item {
    Row first = 0, last = 0;
    bool fold = false, open = false;
    bool inside = false;                           ///< a message of an opened fold
    std::int32_t phaseBegins = -1, phaseEnds = -1; ///< place among the source's phases
    Time leftOut = 0;                              ///< time not shown before it, if any
    double y = 0, height = 0;                      ///< everything, in units from the diagram's top
    double lead = 0; ///< part of the height that stands before the message itself
    RowFacts facts;  ///< of the first message
};

/// How time becomes height. Off: rows in even steps.
struct TimeScale {
    double unitsPerNanosecond = 0;
    Time longest = 0; ///< what takes longer is left out and marked
    [[nodiscard]] bool on() const { return unitsPerNanosecond > 0; }
};

/// How many lines a message's summary may take.
unsigned summaryLines(const RowFacts& facts);
/// Whether a message's notes take a line of their own below its arrow.
inline bool hasChips(const RowFacts& facts) {
    return facts.notes.any() || facts.lost;
}

class Strip {
public:
    /// False from `keepGoing` (asked now and then) ends the walk; what was walked is a whole, shorter strip.
    void build(const DiagramSource& source, Row from, Row to, std::vector<Fold> folds, const TimeScale& time,
               const std::function<bool()>& keepGoing);

    /// The messages of an opened fold, whose own row has the phase's edges and the time before it already.
    void buildInner(const DiagramSource& source, const Fold& fold, const TimeScale& time);

    [[nodiscard]] std::uint64_t items() const { return total.items; }
    [[nodiscard]] const Counts& counts() const { return total; }
    [[nodiscard]] Row rows() const { return end - begin; }
    [[nodiscard]] const std::vector<Fold>& allFolds() const { return folds; }

    /// The item with this number, with y from the strip's own top.
    [[nodiscard]] Item item(const DiagramSource& source, std::uint64_t number, const RowSizes& sizes) const;
    /// The item that covers this height (the last one for what is below).
    [[nodiscard]] std::uint64_t itemAt(const DiagramSource& source, double y, const RowSizes& sizes) const;
    /// The item that a message belongs to.
    [[nodiscard]] std::uint64_t itemOf(Row row) const;
    /// The fold a message lies in, or its number of folds.
    [[nodiscard]] std::size_t foldOf(Row row) const;

private:
    struct Block {
        Row row = 0;
        std::size_t fold = 0, phase = 0;
        Counts before;
    };
    struct Cursor;
    [[nodiscard]] Counts step(const DiagramSource& source, Cursor& cursor, Item& item) const;
    [[nodiscard]] Cursor at(std::uint64_t block) const;
    void findPhase(const DiagramSource& source, Cursor& cursor, Item& item, Counts& adds) const;
    void measureTime(const DiagramSource& source, Item& item, Counts& adds) const;

    bool inner = false;
    Row begin = 0, end = 0;
    std::vector<Fold> folds;
    std::vector<Block> blocks;
    TimeScale scale;
    Counts total;
};

} // namespace wirestage::diagram
