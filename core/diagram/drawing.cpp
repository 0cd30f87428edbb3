// SPDX-License-Identifier: GPL-3.0-or-later
// What stands behind the messages: lifelines and their heads, ribbons of states, frames of phases, times.
#include "core/diagram/drawing.h"

#include <algorithm>
#include <cmath>

namespace wirestage::diagram {

namespace {

constexpr double ribbonWidth = 18, frameInset = 8;

Icon iconOf(const Participant& who) {
    const auto has = [&](std::string_view word) {
        return who.role.source.find(word) != std::string::npos || who.name.find(word) != std::string::npos;
    };
    if (has("router") || has("relay") || has("gateway") || has("hop"))
        return Icon::Router;
    return has("server") || has("resolver") || has("responder") ? Icon::Server : Icon::Computer;
}

} // namespace

Scene Layout::scene(const Rect& visible) const {
    Scene scene;
    Drawing(*this, visible, scene).draw();
    return scene;
}

Primitive& Drawing::add(Shape shape, Role role, Row row) {
    Primitive& made = into.body.emplace_back();
    made.shape = shape;
    made.role = role;
    made.row = row;
    return made;
}

Primitive& Drawing::line(Role role, Point from, Point to, Row row) {
    Primitive& made = add(Shape::Line, role, row);
    made.from = from;
    made.to = to;
    return made;
}

Primitive& Drawing::box(Role role, const Rect& rect, double radius, Row row) {
    Primitive& made = add(Shape::Box, role, row);
    made.box = rect;
    made.radius = radius;
    return made;
}

Primitive& Drawing::text(Role role, Font font, std::string words, Point at, Align align, Row row) {
    Primitive& made = add(Shape::Text, role, row);
    made.text.width = widthOf(font, words);
    made.text.words = std::move(words);
    made.text.at = at;
    made.text.font = font;
    made.text.align = align;
    return made;
}

void Drawing::draw() {
    const Sequence& sequence = layout.sequence();
    heads();
    if (sequence.items() == 0) {
        lifelines();
        return;
    }
    phases();
    lifelines();
    ribbons();
    const double top = layout.measures().top;
    std::uint64_t number = sequence.itemAt(visible.y - top);
    for (; number < sequence.items(); ++number) {
        const Item next = sequence.item(number);
        if (next.y + top >= visible.bottom())
            break;
        item(next);
    }
    timers(); // last, because they make do with the room that is left
}

void Drawing::lifelines() {
    const Measures& m = layout.measures();
    for (std::size_t lane = 0; lane < layout.lanes(); ++lane) {
        const double x = layout.laneX(lane);
        if (x + m.headWidth < visible.x)
            continue;
        if (x - m.headWidth > visible.right())
            break;
        line(Role::Lifeline, {x, std::max(0.0, visible.y)},
             {x, std::min(layout.height() - 8, visible.bottom())}, noRow);
    }
}

void Drawing::heads() {
    const Measures& m = layout.measures();
    std::vector<Primitive> keep;
    keep.swap(into.body);
    const double before = (visible.x - m.headWidth - m.firstLane) / std::max(1.0, m.distance);
    for (auto lane = static_cast<std::size_t>(std::max(0.0, before)); lane < layout.lanes(); ++lane) {
        if (layout.laneX(lane) - m.headWidth > visible.right())
            break;
        head(lane);
    }
    into.heads.swap(into.body);
    into.body.swap(keep);
}

void Drawing::head(std::size_t lane) {
    const Measures& m = layout.measures();
    const TypeSizes& type = layout.options().type;
    const Participant& who = layout.participants()[lane];
    const Layout::HeadLines lines = layout.headLines(who);
    const double middle = layout.laneX(lane), left = middle - m.headWidth / 2;
    line(Role::Lifeline, {middle, m.headHeight - 12}, {middle, m.headHeight}, noRow);
    box(Role::Head, {left, 12, m.headWidth, m.headHeight - 24}, 10, noRow).icon = iconOf(who);
    Primitive& icon = box(Role::HeadIcon, {left + 10, 22, 40, 32}, 0, noRow);
    icon.icon = iconOf(who);
    double y = 12 + 8;
    const double x = left + 62;
    for (const std::string& words : lines.name) {
        y += type.head * 1.3;
        text(Role::HeadName, Font::Head, words, {x, y - type.head * 0.32}, Align::Left, noRow);
    }
    y = 12 + 8 + layout.detailsBelow(lines);
    for (const std::string& words : lines.details) {
        y += type.small * 1.28;
        text(Role::HeadDetail, Font::Small, words, {lines.underIcon ? left + 10 : x, y - type.small * 0.32},
             Align::Left, noRow);
    }
}

void Drawing::phases() {
    const Measures& m = layout.measures();
    const Sequence& sequence = layout.sequence();
    const auto& all = sequence.source().phases();
    const Row from = layout.rowAt(std::max(0.0, visible.y)).value_or(sequence.firstRow());
    auto phase =
        std::partition_point(all.begin(), all.end(), [&](const PhaseSpan& p) { return p.last < from; });
    for (; phase != all.end() && phase->first < sequence.endRow(); ++phase) {
        if (phase->last < sequence.firstRow())
            continue;
        const Rect first = layout.rowOf(std::max(phase->first, sequence.firstRow()));
        const double top = first.y + 8 - (phase->first <= sequence.firstRow() ? m.startPad : 0);
        if (top > visible.bottom())
            break;
        const Rect last = layout.rowOf(phase->last);
        const double bottom = last.bottom() - m.rows.phaseBottom / 2 + 3;
        box(Role::PhaseFrame, {frameInset, top, m.width - 2 * frameInset, bottom - top}, 8, noRow);
        const std::string title = std::to_string(phase - all.begin() + 1) + "  " + say(phase->title);
        const double small = layout.options().type.small;
        box(Role::PhaseTab, {frameInset, top, widthOf(Font::SmallBold, title) + 28, small * 1.3 + 10}, 8,
            noRow);
        text(Role::PhaseTitle, Font::SmallBold, title, {frameInset + 14, top + 5 + small}, Align::Left,
             noRow);
    }
}

/// Where a state ends or begins on its lifeline: at the arrow of the message that led to it.
double Drawing::endOfState(Row row, bool onArrival) const {
    const Sequence& sequence = layout.sequence();
    if (row >= sequence.endRow())
        return layout.height() - layout.measures().bottom / 2;
    if (row < sequence.firstRow())
        return 0;
    const Item at = sequence.item(sequence.itemOf(row));
    return layout.measures().top + at.y + layout.arrowBelow(at) + 3 + (onArrival && !at.fold ? slope : 0);
}

void Drawing::ribbons() {
    for (const StateSpan& span : layout.sequence().source().states()) {
        if (span.first >= layout.sequence().endRow() || span.end < layout.sequence().firstRow() ||
            (span.end == layout.sequence().firstRow() && !span.atStart))
            continue;
        ribbon(span);
    }
}

/// How far the arrow that a state begins with has come down beside the state's name.
double Drawing::underSlope(const StateSpan& span, double reach) const {
    if (span.atStart || span.beginsOnArrival || span.first < layout.sequence().firstRow())
        return 0;
    const Message m = layout.sequence().source().message(span.first);
    const bool slopes = m.sent && m.received && *m.received > *m.sent && m.from == span.host;
    return slopes ? slope * std::min(1.0, reach / layout.measures().distance) : 0;
}

void Drawing::ribbon(const StateSpan& span) {
    const Measures& m = layout.measures();
    const std::size_t lane = layout.laneOf(span.host);
    if (lane == Layout::noLane)
        return;
    const double x = layout.laneX(lane);
    if (x < visible.x - m.distance || x > visible.right() + m.distance)
        return;
    const Rect first = layout.rowOf(layout.sequence().firstRow());
    const Item begin = layout.sequence().item(layout.sequence().itemOf(layout.sequence().firstRow()));
    const double top = span.atStart ? first.y + begin.lead - m.startPad + 4
                                    : endOfState(span.first, span.beginsOnArrival) + 2;
    const double bottom = endOfState(span.end, span.endsOnArrival) - 2;
    if (bottom - top < 6 || top > visible.bottom() || bottom < visible.y)
        return;
    Primitive& made = box(span.inferred ? Role::RibbonInferred : Role::Ribbon,
                          {x - ribbonWidth / 2, top, ribbonWidth, bottom - top}, ribbonWidth / 2, noRow);
    made.tone = toneOf(span.state);
    made.row = span.atStart ? noRow : span.first;
    const double small = layout.options().type.small, aside = ribbonWidth / 2 + 7;
    const bool before = lane == 0 ? !m.statesInside : m.statesInside && layout.lanes() == 2;
    const double width = widthOf(Font::SmallBold, span.state);
    const double left = before ? x - aside - width : x + aside;
    // Without its lifeline it would only be in the way, and on the times, which stay.
    if (x > visible.right() || (visible.x > 0 && left < visible.x + m.timeRight + 8))
        return;
    const Point at{left, top + small * 0.95 + 1 + (before ? 0 : underSlope(span, aside + width))};
    // Two connections of one host may be in the same state: its name once is enough.
    if (std::any_of(into.body.begin(), into.body.end(), [&](const Primitive& p) {
            return p.role == Role::StateName && p.text.words == span.state && p.text.at.x == at.x &&
                   std::abs(p.text.at.y - at.y) < small;
        }))
        return;
    text(Role::StateName, Font::SmallBold, span.state, at, Align::Left, made.row);
}

void Drawing::timers() {
    for (const TimerMark& mark : layout.sequence().source().timers())
        if (mark.first < layout.sequence().endRow() && mark.end >= layout.sequence().firstRow())
            timer(mark);
}

/// Whether no words and no other timer's bracket stand here yet.
bool Drawing::isFree(const Rect& wanted) const {
    const TypeSizes& type = layout.options().type;
    return std::none_of(into.body.begin(), into.body.end(), [&](const Primitive& p) {
        const double size = type.of(p.text.font);
        if (p.role == Role::Timer)
            return wanted.overlaps({p.from.x - 3, p.from.y, 6, p.to.y - p.from.y});
        return p.shape == Shape::Text &&
               wanted.overlaps({p.text.left() - 3, p.text.at.y - size * 0.8, p.text.width + 6, size * 1.05});
    });
}

/// A bracket beside the lifeline, on the side where its states have their names; a dot where the timer ran
/// out.
void Drawing::timer(const TimerMark& mark) {
    const std::size_t lane = layout.laneOf(mark.host);
    if (lane == Layout::noLane)
        return;
    const double top = endOfState(mark.first, false) + 4, bottom = mark.endsOnArrival
                                                                       ? endOfState(mark.end, true) - 3
                                                                       : endOfState(mark.end, false) - 8;
    if (bottom - top < 8 || top > visible.bottom() || bottom < visible.y)
        return;
    constexpr double nearest = ribbonWidth / 2 + 8, farthest = nearest + 150, arm = 7;
    const double way = lane == 0 ? -1 : 1, small = layout.options().type.small;
    double x = layout.laneX(lane) + way * nearest;
    for (double away = nearest; away < farthest; away += 8)
        if (const double at = layout.laneX(lane) + way * away; isFree({at - 4, top, 8, bottom - top})) {
            x = at;
            break;
        }
    line(Role::Timer, {x, top}, {x, bottom}, mark.first).dashed = true;
    line(Role::TimerEnd, {x, top}, {x - way * arm, top}, mark.first);
    line(Role::TimerEnd, {x, bottom}, {x - way * arm, bottom}, mark.first);
    if (mark.fired) {
        Primitive& dot = add(Shape::Circle, Role::TimerEnd, mark.first);
        dot.box = {x - 4, bottom - 4, 8, 8};
    }
    const std::string words = say(mark.words);
    const double width = widthOf(Font::Small, words);
    const double left = way < 0 ? x - 6 - width : x + 6;
    // In the middle of the bracket or as near to it as there is room.
    const double middle = (std::max(top, visible.y) + std::min(bottom, visible.bottom())) / 2 + small * 0.36;
    for (double off = 0; off < (bottom - top) / 2; off += small / 2)
        for (const double y : {middle + off, middle - off})
            if (left > visible.x + layout.measures().timeRight && left + width < layout.width() &&
                isFree({left, y - small * 0.8, width, small * 1.05})) {
                text(Role::TimerName, Font::Small, words, {left, y}, Align::Left, mark.first);
                return;
            }
}

void Drawing::time(const Item& item, double y) {
    text(Role::TimeText, Font::Small, layout.timeText(item.facts.time),
         {visible.x + layout.measures().timeRight, y + layout.options().type.small * 0.36}, Align::Right,
         item.first);
}

/// Time that is left out: a break in the lifelines, with its length.
void Drawing::gap(const Item& item) {
    const Measures& m = layout.measures();
    const double middle = m.top + item.y + item.lead - m.rows.gap / 2;
    for (std::size_t lane = 0; lane < layout.lanes(); ++lane) {
        const double x = layout.laneX(lane);
        if (x > visible.x - 20 && x < visible.right() + 20)
            box(Role::GapMark, {x - 7, middle - 8, 14, 16}, 0, item.first);
    }
    text(Role::GapText, Font::Small, say(WS_TR("diagram", "%1 later").with(durationInWords(item.leftOut))),
         {visible.x + m.timeRight + 18, middle + layout.options().type.small * 0.36}, Align::Left,
         item.first);
}

void Drawing::item(const Item& item) {
    if (item.leftOut > 0)
        gap(item);
    if (item.fold)
        fold(item);
    else
        message(item);
}

} // namespace wirestage::diagram
