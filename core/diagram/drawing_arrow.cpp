// SPDX-License-Identifier: GPL-3.0-or-later
// The arrow of a message: to one receiver, lost on the way, or to everybody who hears it.
#include "core/diagram/drawing.h"

#include <algorithm>
#include <cmath>

namespace wirestage::diagram {

namespace {

constexpr double headLength = 15;

} // namespace

void Drawing::arrow(const Message& m, const Ends& e, double fromY, double toY, Row row) {
    const Family family = familyOf(m.kind);
    const bool again = m.notes.isRepetition();
    const double way = e.to > e.from ? 1 : -1;
    const bool lost = m.lost.value_or(false);
    const double end = lost ? e.from + (e.to - e.from) * 0.62 : e.to;
    const double endY = lost ? fromY + (toY - fromY) * 0.62 : toY;
    const double ribbon = e.fromLane == Layout::noLane ? 0 : 1;
    Primitive& shaft = line(Role::Arrow, {e.from + way * ribbon, fromY},
                            {end - way * (lost ? 0 : headLength - 3), endY}, row);
    shaft.family = family;
    shaft.dashed = again;
    if (lost) {
        Primitive& cross = add(Shape::Cross, Role::LostCross, row);
        cross.box = {end - 9, endY - 9, 18, 18};
        cross.family = Family::Trouble;
        return;
    }
    Primitive& tip = add(Shape::Triangle, Role::ArrowHead, row);
    tip.from = {end - way * headLength,
                endY - (toY - fromY) * headLength / std::max(1.0, e.right() - e.left())};
    tip.to = {end, endY};
    tip.family = family;
    // The end of a connection shows in its arrow too: one bar before FIN's head, two before RST's.
    const int bars = m.kind == KindId::tcp_rst ? 2 : m.kind == KindId::tcp_fin ? 1 : 0;
    for (int bar = 0; bar < bars; ++bar) {
        const double x = end - way * (headLength + 5 + bar * 6);
        line(Role::EndMark, {x, endY - 7}, {x, endY + 7}, row).family = family;
    }
    if (e.stopped)
        stop(end, endY, way, row, Family::Trouble);
    if (e.everybody && m.hearers)
        hearers(m, e, endY, row);
    else if (e.everybody)
        everybody(e, endY, row, family);
}

void Drawing::goOn(double from, double to, double y, Row row, Family family) {
    Primitive& shaft = line(Role::Hearer, {from, y}, {to, y}, row);
    shaft.dashed = true;
    shaft.family = family;
}

void Drawing::ring(double x, double y, Row row, Family family) {
    Primitive& made = add(Shape::Circle, Role::Hearer, row);
    made.box = {x - 6, y - 6, 12, 12};
    made.family = family;
}

/// Two bars behind a lifeline: no further.
void Drawing::stop(double x, double y, double way, Row row, Family family) {
    for (const double bar : {10.0, 15.0})
        line(Role::EndMark, {x + way * bar, y - 8}, {x + way * bar, y + 8}, row).family = family;
}

/// A message to everybody, of which it is known who heard it: from lifeline to lifeline, both ways. Behind
/// the last one a bar says that it goes no further.
void Drawing::hearers(const Message& m, const Ends& e, double y, Row row) {
    const Family family = familyOf(m.kind);
    for (const bool rightward : {true, false}) {
        double at = e.from;
        bool any = false;
        for (std::size_t lane = e.fromLane; rightward ? ++lane < layout.lanes() : lane-- > 0;) {
            const HostId host = layout.participants()[lane].host;
            if (std::find(m.hearers->begin(), m.hearers->end(), host) == m.hearers->end())
                continue;
            const double x = layout.laneX(lane), way = rightward ? 1 : -1;
            if (lane != e.toLane) {
                goOn(at, x - way * 6, y, row, family);
                ring(x, y, row, family);
            }
            at = x + way * (lane == e.toLane ? 3 : 6);
            any = true;
        }
        const std::size_t last = rightward ? layout.lanes() - 1 : 0;
        if (any && std::abs(at - layout.laneX(last)) > 20)
            stop(at, y, rightward ? 1 : -1, row, family);
    }
}

/// A message to everybody goes on, dashed, to whoever else may hear it: whom the arrow passes, too.
void Drawing::everybody(const Ends& e, double y, Row row, Family family) {
    constexpr std::size_t mostHearers = 6;
    if (e.toLane == Layout::noLane)
        return;
    const bool rightward = e.to > e.from;
    if (e.fromLane != Layout::noLane) { // there may be very many in between: those on the page
        const auto laneFrom = [&](double x) {
            const Measures& m = layout.measures();
            return static_cast<std::size_t>(std::max(0.0, (x - m.firstLane) / m.distance));
        };
        const std::size_t first = std::max(std::min(e.fromLane, e.toLane) + 1, laneFrom(visible.x));
        const std::size_t last = std::min(std::max(e.fromLane, e.toLane), laneFrom(visible.right()) + 1);
        for (std::size_t lane = first; lane < last; ++lane)
            ring(layout.laneX(lane), y, row, family);
    }
    const auto outward = [&](std::size_t lane, double at, double way, double gap) {
        for (std::size_t n = 0; n < mostHearers; ++n) {
            lane = way > 0 ? lane + 1 : lane - 1;
            if (lane >= layout.lanes())
                break;
            const double x = layout.laneX(lane);
            goOn(at + way * gap, x - way * 6, y, row, family);
            ring(x, y, row, family);
            at = x + way * 6;
        }
        return at;
    };
    const double way = rightward ? 1 : -1;
    const double at = outward(e.toLane, e.to, way, 3);
    // The stub beyond the last lifeline: there may be others whom this capture does not know.
    const double end = at + way * 44;
    if (end < layout.width() - 16 && end > layout.measures().timeRight + 8)
        goOn(at, end, y, row, family);
    if (e.fromLane != Layout::noLane) // behind the sender's back
        outward(e.fromLane, e.from, -way, 0);
}

void Drawing::loop(const Message& m, double x, double y, Row row) {
    Primitive& made = add(Shape::Loop, Role::Arrow, row);
    made.box = {x, y - 16, 54, 26};
    made.family = familyOf(m.kind);
    Primitive& tip = add(Shape::Triangle, Role::ArrowHead, row);
    tip.from = {x + 2 + headLength, y + 10};
    tip.to = {x + 2, y + 10};
    tip.family = familyOf(m.kind);
}

} // namespace wirestage::diagram
