// SPDX-License-Identifier: GPL-3.0-or-later
// A shape for every outcome, so that the word beside it is not the only way to tell them apart, and colour
// never is.
#pragma once

#include "core/exchange/model.h"

#include <QColor>
#include <QPainterPath>
#include <QRectF>

class QPainter;

namespace wirestage {

/// Fits a square of side 16 whose corner is 0,0; strokes of width 2.
QPainterPath outcomeShape(Outcome outcome);

/// Whether the exchange did what it was for, did not, or is still open: what the colour goes by.
enum class OutcomeMood : std::uint8_t { Good, Bad, Open };
OutcomeMood moodOf(Outcome outcome);

void paintOutcome(QPainter& painter, const QRectF& where, Outcome outcome, const QColor& color);

} // namespace wirestage
