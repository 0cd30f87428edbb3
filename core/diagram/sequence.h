// SPDX-License-Identifier: GPL-3.0-or-later
// What to show of a source, as a column of items: messages, folds of alike ones (closed, or opened with their
// messages below), phases, and time left out. Finding an item by its height or by a message costs the same in
// ten million messages as in ten thousand.
#pragma once

#include "core/diagram/strip.h"

#include <map>
#include <memory>

namespace wirestage::diagram {

struct SequenceOptions {
    bool trueTime = false;
    bool folds = true;
    Row first = 0, last = noRow; ///< of the source's messages, both included
};

class Sequence {
public:
    /// Walks over all messages once. `keepGoing` is asked now and then; false ends the walk, and the sequence
    /// is made of what was walked. For long sources call it off the window's thread.
    Sequence(std::shared_ptr<const DiagramSource> from, const SequenceOptions& options,
             const std::function<bool()>& keepGoing = {});

    [[nodiscard]] const DiagramSource& source() const { return *of; }
    [[nodiscard]] const std::shared_ptr<const DiagramSource>& sharedSource() const { return of; }
    [[nodiscard]] const SequenceOptions& options() const { return chosen; }
    /// The kinds that occur, for measuring their labels.
    [[nodiscard]] const std::vector<KindId>& kinds() const { return occurring; }
    [[nodiscard]] bool complete() const { return whole; } ///< the walk was not ended

    void setSizes(const RowSizes& sizes) { rowSizes = sizes; }
    [[nodiscard]] const RowSizes& sizes() const { return rowSizes; }

    [[nodiscard]] std::uint64_t items() const;
    [[nodiscard]] double height() const;
    [[nodiscard]] Item item(std::uint64_t number) const;
    [[nodiscard]] std::uint64_t itemAt(double y) const; ///< clamped to the first and last item
    [[nodiscard]] std::uint64_t itemOf(Row row) const;  ///< a closed fold's row for what lies in it
    [[nodiscard]] Row firstRow() const { return chosen.first; }
    [[nodiscard]] Row endRow() const { return chosen.first + strip.rows(); }

    [[nodiscard]] const Fold* foldOf(Row row) const; ///< null outside of folds
    [[nodiscard]] bool isOpen(const Fold& fold) const;
    void setOpen(const Fold& fold, bool open);

private:
    struct Opened {
        Strip inner;
        std::uint64_t item = 0; ///< of the fold's own row, all folds being closed
    };
    void findFolds(std::vector<Fold>& folds, const std::function<bool()>& keepGoing);
    [[nodiscard]] TimeScale scaleOf() const;

    std::shared_ptr<const DiagramSource> of;
    SequenceOptions chosen;
    RowSizes rowSizes;
    Strip strip; ///< all folds closed
    TimeScale scale;
    std::map<Row, Opened> opened; ///< by the fold's first message
    std::vector<KindId> occurring;
    bool whole = true;
};

} // namespace wirestage::diagram
