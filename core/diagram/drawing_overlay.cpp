// SPDX-License-Identifier: GPL-3.0-or-later
// What an overlay adds to a message: the reference's arrow, pale beside the captured one, when it came there,
// and what the row came to.
#include "core/diagram/drawing.h"

#include <fmt/format.h>

#include <algorithm>

namespace wirestage::diagram {

namespace {

constexpr double above = 8; ///< the reference's arrow over the captured one
constexpr double headLength = 13;

} // namespace

void Drawing::expected(const Message& m, const Ends& e, const Laid& laid, double y, Row row) {
    if (!laid.expected)
        return;
    const double small = layout.options().type.small;
    if (laid.expectedAt) {
        // Below the captured time, in brackets; alone where the capture has none.
        const std::string when = fmt::format("({:.3f} s)", static_cast<double>(*laid.expectedAt) / 1e9);
        const double base = y + small * (laid.captured ? 1.7 : 0.36);
        text(Role::ExpectedTime, Font::Small, when, {visible.x + layout.measures().timeRight, base},
             Align::Right, row);
    }
    const double at = laid.captured ? y - above : y;
    if (e.fromLane != Layout::noLane && e.fromLane == e.toLane) {
        if (!laid.captured)
            loop(m, e.from, y, row);
        return;
    }
    const double way = e.to > e.from ? 1 : -1;
    line(Role::Expected, {e.from + way, at}, {e.to - way * (headLength - 2), at}, row).dashed = true;
    Primitive& tip = add(Shape::Triangle, Role::ExpectedHead, row);
    tip.from = {e.to - way * headLength, at};
    tip.to = {e.to, at};
}

void Drawing::status(const Laid& laid, double y, Row row) {
    const double small = layout.options().type.small, height = small * 1.3 + 8;
    const double left = layout.statusLeft(visible), width = layout.measures().statusWidth;
    box(Role::StatusBox, {left, y - height / 2, width, height}, height / 2, row).tone =
        static_cast<std::uint8_t>(laid.status);
    text(Role::StatusText, Font::SmallBold, layout.statusWords(laid.status), {left + 13, y + small * 0.36},
         Align::Left, row)
        .tone = static_cast<std::uint8_t>(laid.status);
}

} // namespace wirestage::diagram
