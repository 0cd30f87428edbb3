// SPDX-License-Identifier: GPL-3.0-or-later
// A message: what is written on its arrow, its notes, and everything a fold's row shows.
#include "core/diagram/drawing.h"

#include <algorithm>
#include <cmath>

namespace wirestage::diagram {

namespace {

constexpr double aside = 12; ///< from a lifeline to the text beside it
constexpr double leastForText = 120;

} // namespace

/// "laptop to DHCP server", for those who cannot see the arrow.
std::string Drawing::place(const Message& message) const {
    const auto nameOf = [&](HostId host) {
        const std::size_t lane = layout.laneOf(host);
        return lane == Layout::noLane ? Text::verbatim("?")
                                      : Text::verbatim(layout.participants()[lane].name);
    };
    if (message.to == none)
        return say(WS_TR("diagram", "%1 to everybody").with(nameOf(message.from)));
    return say(WS_TR("diagram", "%1 to %2").with(nameOf(message.from)).with(nameOf(message.to)));
}

Drawing::Ends Drawing::ends(const Message& message, Row row) const {
    Ends e;
    const double left = visible.x + layout.measures().timeRight + 10, right = layout.width() - 20;
    const Way way = layout.sequence().source().way(row).value_or(Way{message.from, message.to});
    e.fromLane = layout.laneOf(way.from);
    e.toLane = way.to == none ? Layout::noLane : layout.laneOf(way.to);
    e.stopped = way.stopped && e.toLane != Layout::noLane;
    // Whoever has no lifeline is beyond the border.
    e.from = e.fromLane == Layout::noLane ? left : layout.laneX(e.fromLane);
    if (message.to != none) {
        e.to = e.toLane == Layout::noLane ? right : layout.laneX(e.toLane);
        return e;
    }
    // To everybody: the next lifeline stands for those who listen, the border where there is none. Where it
    // is known who hears it, the nearest of them.
    e.everybody = true;
    if (message.hearers && e.fromLane != Layout::noLane)
        for (const HostId host : *message.hearers) {
            const std::size_t lane = layout.laneOf(host);
            const auto away = [&](std::size_t other) {
                return std::max(other, e.fromLane) - std::min(other, e.fromLane);
            };
            if (lane != Layout::noLane && lane != e.fromLane &&
                (e.toLane == Layout::noLane || away(lane) < away(e.toLane) ||
                 (away(lane) == away(e.toLane) && lane > e.toLane)))
                e.toLane = lane;
        }
    if (e.toLane != Layout::noLane) {
        e.to = layout.laneX(e.toLane);
        return e;
    }
    if (layout.lanes() < 2 || e.fromLane == Layout::noLane) {
        e.to = std::min(right, e.from + layout.measures().distance);
        return e;
    }
    e.toLane = e.fromLane + 1 < layout.lanes() ? e.fromLane + 1 : e.fromLane - 1;
    e.to = layout.laneX(e.toLane);
    return e;
}

void Drawing::message(const Item& item) {
    const Row row = item.first;
    const Message m = layout.sequence().source().message(row);
    const double y = layout.measures().top + item.y + layout.arrowBelow(item);
    const bool slopes = m.sent && m.received && *m.received > *m.sent;
    Ends e = ends(m, row);
    const auto laid = layout.sequence().source().laid(row);
    const bool onlyExpected = laid && !laid->captured;
    if (laid)
        expected(m, e, *laid, y, row);
    if (onlyExpected) {
        if (e.fromLane != Layout::noLane && e.fromLane == e.toLane)
            e.to = std::min(e.from + layout.measures().distance, layout.width() - 20);
    } else if (e.fromLane != Layout::noLane && e.fromLane == e.toLane) {
        loop(m, e.from, y, row);
        e.to = std::min(e.from + layout.measures().distance, layout.width() - 20);
    } else {
        arrow(m, e, y, slopes ? y + slope : y, row);
    }
    if (!onlyExpected) // nobody can know when it would have come
        time(item, y);
    words(m, e, y - (slopes ? 9 : laid && laid->expected && laid->captured ? 22 : 15), row);
    if (laid)
        status(*laid, y, row);
    borderNames(e, y, row, familyOf(m.kind));
    chips(m, e, (slopes ? y + slope : y) + 7, row);
    if (item.inside)
        line(Role::FoldBracket, {12, layout.measures().top + item.y},
             {12, layout.measures().top + item.y + item.height}, row);

    Place& where = into.places.emplace_back();
    where.first = where.last = row;
    where.kind = m.kind;
    where.area = {0, layout.measures().top + item.y + item.lead, layout.width(), item.height - item.lead};
    where.from = {e.from, y};
    where.to = {e.to, slopes ? y + slope : y};
    where.name = onlyExpected ? say(WS_TR("diagram", "%1: %2, %3, only in the textbook")
                                        .with(row + 1)
                                        .with(m.label)
                                        .with(place(m)))
                              : say(WS_TR("diagram", "%1: %2, %3, at %4")
                                        .with(row + 1)
                                        .with(m.label)
                                        .with(place(m))
                                        .with(layout.timeText(item.facts.time)));
    if (laid)
        where.name += ". " + say(title(laid->status));
    if (!m.summary.empty())
        where.name += ". " + say(m.summary);
    if (e.stopped)
        where.name += ". " + say(WS_TR("diagram", "it goes no further than %1")
                                     .with(Text::verbatim(layout.participants()[e.toLane].name)));
    for (unsigned note = 0; note < static_cast<unsigned>(Note::count); ++note)
        if (m.notes.has(static_cast<Note>(note)))
            where.name += ". " + say(title(static_cast<Note>(note)));
    if (m.lost.value_or(false))
        where.name += ". " + say(WS_TR("diagram", "lost"));
}

/// The same number of lines, but none much shorter than the others, and no address broken for that.
std::vector<std::string> Drawing::evenLines(const std::string& words, std::vector<std::string> lines,
                                            double room) const {
    double longest = 0;
    for (std::string_view rest = words; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        longest = std::max(longest, widthOf(Font::Summary, std::string(rest.substr(0, end))));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    for (double narrow = room * 0.92; narrow > std::max(room * 0.45, longest); narrow *= 0.92) {
        std::vector<std::string> other = wrap(layout.textMetrics(), Font::Summary, words, narrow);
        if (other.size() != lines.size())
            break;
        lines = std::move(other);
    }
    return lines;
}

double Drawing::rightOfWords() const {
    return layout.measures().statusWidth > 0 ? layout.statusLeft(visible) - 8
                                             : std::min(layout.width() - 14, visible.right() - 8);
}

/// The label and below it the summary, just above the arrow's line.
void Drawing::words(const Message& m, const Ends& e, double bottom, Row row) {
    const TypeSizes& type = layout.options().type;
    const Family family = familyOf(m.kind);
    const double leftmost = visible.x + layout.measures().timeRight + 14;
    const double rightmost = rightOfWords();
    // The part of the arrow that is on screen carries the text.
    double left = std::max(e.left() + aside + 9, leftmost),
           right = std::min(e.right() - aside - 9, rightmost);
    if (right - left < leastForText) {
        left = std::max(leftmost, std::min(left, rightmost - leastForText));
        right = std::max(right, left + leastForText);
    }
    const std::string label = say(m.label), summary = say(m.summary);
    const std::size_t most = summaryLines(layout.sequence().source().facts(row));
    double room = right - left;
    std::vector<std::string> lines = wrap(layout.textMetrics(), Font::Summary, summary, room);
    if (lines.size() > most) {
        room = std::max(room, rightmost - leftmost);
        lines = wrapAtMost(layout.textMetrics(), Font::Summary, summary, room, most);
    }
    if (lines.size() > 1)
        lines = evenLines(summary, std::move(lines), room);
    const auto put = [&](Role role, Font font, const std::string& text_, double y) {
        const double width = widthOf(font, text_);
        double middle = (left + right) / 2;
        middle = std::min(middle, rightmost - width / 2);
        // A label that is wider than the rest of the page stands above the time too: it is always whole.
        const double edge =
            role == Role::Label ? std::clamp(rightmost - width, visible.x + 8, leftmost) : leftmost;
        middle = std::max(middle, edge + width / 2);
        text(role, font, text_, {middle, y}, Align::Middle, row).family = family;
    };
    double y = bottom - type.summary * 0.1;
    for (auto line_ = lines.rbegin(); line_ != lines.rend(); ++line_) {
        put(Role::Summary, Font::Summary, *line_, y - type.summary * 0.18);
        y -= layout.measures().rows.line;
    }
    put(Role::Label, Font::Label, label, y - type.label * 0.16);
}

/// Where chips stand on no name: below the arrow or in the line below that, where they are wanted or aside.
/// Left of `leftmost` where there is no such place.
Point Drawing::placeForChips(const Rect& wanted, double leftmost, double rightmost) const {
    const double small = layout.options().type.small;
    std::vector<Rect> names;
    std::vector<double> columns{wanted.x, leftmost, rightmost - wanted.width};
    for (const Primitive& p : into.body) {
        const Rect taken{p.text.left() - 6, p.text.at.y - small, p.text.width + 12, small * 1.2};
        if ((p.role != Role::StateName && p.role != Role::BorderName) || taken.bottom() < wanted.y ||
            taken.y > wanted.y + 3 * wanted.height)
            continue;
        names.push_back(taken);
        columns.insert(columns.end(), {taken.right() + 4, taken.x - wanted.width - 4});
    }
    for (const double x : columns)
        for (const double y : {wanted.y, wanted.y + small * 1.3})
            if (x >= leftmost && x + wanted.width <= rightmost &&
                std::none_of(names.begin(), names.end(), [&](const Rect& taken) {
                    return taken.overlaps({x, y, wanted.width, wanted.height});
                }))
                return {x, y};
    return {leftmost - 1, wanted.y};
}

/// The message's notes as words in pills below its arrow.
void Drawing::chips(const Message& m, const Ends& e, double y, Row row) {
    const double small = layout.options().type.small, height = small * 1.3 + 5;
    std::vector<std::string> all;
    for (unsigned note = 0; note < static_cast<unsigned>(Note::count); ++note)
        if (m.notes.has(static_cast<Note>(note)))
            all.push_back(say(title(static_cast<Note>(note))));
    if (m.lost.value_or(false))
        all.push_back(say(WS_TR("diagram", "lost")));
    double whole = -8;
    for (const std::string& chip : all)
        whole += widthOf(Font::SmallBold, chip) + 20 + 8;
    const double leftmost = visible.x + layout.measures().timeRight + 14;
    const double middle = (std::max(e.left(), leftmost) + std::min(e.right(), visible.right())) / 2;
    double x = std::max(leftmost, std::min(middle - whole / 2, layout.width() - 14 - whole));
    if (all.empty())
        return;
    const double rightmost = layout.statusLeft(visible);
    Point at = placeForChips({x, y, whole, height}, leftmost, rightmost);
    if (at.x < leftmost) { // no room beside the names at the border: what the packet showed is worth more
        std::erase_if(into.body,
                      [&](const Primitive& p) { return p.role == Role::BorderName && p.row == row; });
        at = placeForChips({x, y, whole, height}, leftmost, rightmost);
    }
    if (at.x >= leftmost) {
        x = at.x;
        y = at.y;
    } else {
        y += small * 1.3;
    }
    for (const std::string& chip : all) {
        const double width = widthOf(Font::SmallBold, chip) + 20;
        box(Role::ChipBox, {x, y, width, height}, height / 2, row);
        text(Role::ChipText, Font::SmallBold, chip, {x + 10, y + height / 2 + small * 0.36}, Align::Left,
             row);
        x += width + 8;
    }
}

/// An arrow's end that is off screen has its name at the border; both have where the whole arrow is.
void Drawing::borderNames(const Ends& e, double y, Row row, Family family) {
    const double small = layout.options().type.small;
    const double left = visible.x + layout.measures().timeRight + 12, right = visible.right() - 10;
    const auto nameOf = [&](std::size_t lane) { return layout.participants()[lane].name; };
    const auto side = [&](std::size_t lane, double x) { // 1: beyond the right border, -1: beyond the left one
        return lane == Layout::noLane                             ? 0
               : x > right                                        ? 1
               : x < visible.x + layout.measures().timeRight - 10 ? -1
                                                                  : 0;
    };
    const auto put = [&](int where, const std::string& name) {
        if (where == 0 || name.empty())
            return;
        const auto lines =
            wrapAtMost(layout.textMetrics(), Font::SmallBold, name, right - left - 2 * small, 1);
        const std::string words = where > 0 ? lines.front() + " ›" : "‹ " + lines.front();
        const double width = widthOf(Font::SmallBold, words), base = y + small * 1.3;
        double x = where > 0 ? right - width : left;
        // Beside a state's name that has the place already; not at all where two have.
        const auto taken = [&] {
            return std::find_if(into.body.begin(), into.body.end(), [&](const Primitive& p) {
                return p.role == Role::StateName && std::abs(p.text.at.y - base) < small &&
                       p.text.left() < x + width + 6 && x < p.text.left() + p.text.width + 6;
            });
        };
        if (const auto p = taken(); p != into.body.end())
            x = where > 0 ? p->text.left() - width - 10 : p->text.left() + p->text.width + 10;
        if (x >= left && x + width <= right && taken() == into.body.end())
            text(Role::BorderName, Font::SmallBold, words, {x, base}, Align::Left, row).family = family;
    };
    const int from = side(e.fromLane, e.from), to = side(e.toLane, e.to);
    if (from != 0 && from == to)
        return put(from, nameOf(e.fromLane) + " → " + nameOf(e.toLane));
    if (from != 0)
        put(from, nameOf(e.fromLane));
    if (to != 0)
        put(to, nameOf(e.toLane));
}

void Drawing::fold(const Item& item) {
    const Sequence& sequence = layout.sequence();
    const Fold* found = sequence.foldOf(item.first);
    if (!found)
        return;
    const Message first = sequence.source().message(item.first);
    const Ends e = ends(first, item.first);
    const double middle = layout.measures().top + item.y + layout.arrowBelow(item);
    const double height = layout.options().type.summary * 1.36 + 12;
    const std::string said = say(foldText(*found, item.facts));
    const double textWidth = widthOf(Font::Summary, said);
    const double leftmost = visible.x + layout.measures().timeRight + 14;
    const double rightmost = rightOfWords();
    double left = std::max(e.left() + aside, leftmost), right = std::min(e.right() - aside, rightmost);
    if (right - left < textWidth + 56) {
        const double center =
            std::clamp((left + right) / 2, leftmost + textWidth / 2 + 28,
                       std::max(leftmost + textWidth / 2 + 28, rightmost - textWidth / 2 - 28));
        left = center - textWidth / 2 - 28;
        right = center + textWidth / 2 + 28;
    }
    const Family family = familyOf(item.facts.kind);
    box(Role::FoldBox, {left, middle - height / 2, right - left, height}, 8, item.first).family = family;
    const double signX = (left + right) / 2 - textWidth / 2 - 14;
    Primitive& sign = add(Shape::Triangle, Role::FoldSign, item.first);
    sign.family = family;
    sign.from = item.open ? Point{signX, middle - 5} : Point{signX - 5, middle};
    sign.to = item.open ? Point{signX, middle + 5} : Point{signX + 5, middle};
    text(Role::FoldText, Font::Summary, said,
         {(left + right) / 2, middle + layout.options().type.summary * 0.36}, Align::Middle, item.first)
        .family = family;
    time(item, middle);

    Place& where = into.places.emplace_back();
    where.first = item.first;
    where.last = item.last;
    where.fold = true;
    where.open = item.open;
    where.kind = item.facts.kind;
    where.area = {0, layout.measures().top + item.y + item.lead, layout.width(), item.height - item.lead};
    where.from = {e.from, middle};
    where.to = {e.to, middle};
    where.name = say(item.open ? WS_TR("diagram", "%1, unfolded").with(said)
                               : WS_TR("diagram", "%1, folded").with(said));
}

} // namespace wirestage::diagram
