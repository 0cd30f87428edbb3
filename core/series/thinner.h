// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a series small: as they are while they are few, then the least and the greatest of each column of
// time, which is all that a chart of so many columns can show.
#pragma once

#include "core/series/tcp_series.h"

#include <algorithm>

namespace wirestage::series {

class Thinner {
public:
    /// `seconds`: the length of the whole.
    Thinner(double seconds, std::size_t columnCount)
        : scale(seconds > 0 ? static_cast<double>(columnCount) / seconds : 0), columns(columnCount) {}

    void add(const Point& point) {
        if (!thinned) {
            kept.push_back(point);
            if (kept.size() <= 4 * columns)
                return;
            thinned = true;
            extremes.resize(columns);
            for (const Point& early : kept)
                put(early);
            kept.clear();
            return;
        }
        put(point);
    }

    [[nodiscard]] Points points() && {
        if (thinned)
            for (const Extremes& column : extremes) {
                if (column.least.packet == none)
                    continue;
                const bool leastFirst = column.least.packet <= column.greatest.packet;
                kept.push_back(leastFirst ? column.least : column.greatest);
                if (column.least.packet != column.greatest.packet)
                    kept.push_back(leastFirst ? column.greatest : column.least);
            }
        return std::move(kept);
    }

private:
    struct Extremes {
        Point least, greatest;
    };
    void put(const Point& point) {
        const auto wanted = static_cast<std::size_t>(std::max(0.0, point.seconds * scale));
        Extremes& column = extremes[std::min(wanted, columns - 1)];
        if (column.least.packet == none) {
            column = {point, point};
            return;
        }
        if (point.value < column.least.value)
            column.least = point;
        if (point.value >= column.greatest.value)
            column.greatest = point;
    }

    double scale;
    std::size_t columns;
    bool thinned = false;
    Points kept;
    std::vector<Extremes> extremes;
};

} // namespace wirestage::series
