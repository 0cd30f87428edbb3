// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/source.h"

namespace wirestage::diagram {

std::optional<Text> ofWhatDidNotArrive(const DiagramSource& source, Row row) {
    const Message message = source.message(row);
    if (message.to == none)
        return std::nullopt;
    if (message.lost.value_or(false))
        return WS_TR("diagram", "Nothing of it: it was lost on the way");
    const auto way = source.way(row);
    if (!way || !way->stopped)
        return std::nullopt;
    for (const Participant& who : source.participants())
        if (who.host == way->to)
            return WS_TR("diagram", "Nothing of it: %1 did not pass it on").with(who.name);
    return WS_TR("diagram", "Nothing of it: it was not passed on");
}

} // namespace wirestage::diagram
