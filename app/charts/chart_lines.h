// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines each chart has, and how they look: what they mean is told by shape and dash as well as by
// colour.
#pragma once

#include "app/charts/charted.h"
#include "app/stage/theme.h"

#include <QString>

namespace wirestage {

enum class ChartKind { Sequence, RoundTrip, Window, Throughput, count };
QString titleOf(ChartKind kind);
QString axisOf(ChartKind kind); ///< with its unit

struct ChartLine {
    enum class Mark { Dots, Triangles, Steps, DashedSteps, Line, DashedLine };
    QString name;
    Mark mark = Mark::Line;
    QColor color;
    series::Points points;
};

/// Values in the axis's unit. Lines without points are left out.
std::vector<ChartLine> linesOf(ChartKind kind, const ChartedDirection& direction, const Theme& theme);

/// What the chart shows, in a sentence or two: for everybody, and instead of it for a screen reader.
QString summaryOf(ChartKind kind, const ChartedDirection& direction);

} // namespace wirestage
