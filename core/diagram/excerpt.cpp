// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a sequence behind as many rows as are wanted.
#include "core/diagram/excerpt.h"

#include "core/diagram/layout.h"

#include <algorithm>

namespace wirestage::diagram {

Excerpt excerpt(const std::shared_ptr<const DiagramSource>& source, const ExcerptWish& wish) {
    SequenceOptions options;
    options.trueTime = wish.trueTime;
    options.first = wish.first;
    options.last = wish.last;
    Excerpt made;
    made.sequence = std::make_shared<Sequence>(source, options);
    made.sequence->setSizes(rowSizes({}));
    const std::uint64_t items = made.sequence->items();
    std::uint64_t keep = std::min(items, std::max<std::uint64_t>(1, wish.most));
    if (wish.mostHeight > 0 && made.sequence->height() > wish.mostHeight)
        keep = std::clamp<std::uint64_t>(made.sequence->itemAt(wish.mostHeight), 1, keep);
    const Row end = made.sequence->endRow();
    if (keep < items) {
        options.last = made.sequence->item(keep - 1).last;
        made.sequence = std::make_shared<Sequence>(source, options);
    }
    const Row shown = made.sequence->endRow() - made.sequence->firstRow();
    if (made.sequence->endRow() < end)
        made.leftOut = WS_TR("diagram", "The first %1 of %2 messages; the other %3 are left out.")
                           .with(grouped(shown))
                           .with(grouped(end - made.sequence->firstRow()))
                           .with(grouped(end - made.sequence->endRow()));
    else if (shown < source->size())
        made.leftOut = WS_TR("diagram", "Messages %1 to %2 of %3.")
                           .with(grouped(made.sequence->firstRow() + 1))
                           .with(grouped(made.sequence->endRow()))
                           .with(grouped(source->size()));
    return made;
}

} // namespace wirestage::diagram
