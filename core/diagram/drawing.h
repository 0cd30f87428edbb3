// SPDX-License-Identifier: GPL-3.0-or-later
// Makes one part of a diagram's scene; what layout.cpp measured is taken as given.
#pragma once

#include "core/diagram/layout.h"

namespace wirestage::diagram {

inline constexpr double slope = 20; ///< of an arrow whose sending and arriving are both known

class Drawing {
public:
    Drawing(const Layout& of, const Rect& part, Scene& to) : layout(of), visible(part), into(to) {}
    void draw();

private:
    /// Where an arrow runs.
    struct Ends {
        double from = 0, to = 0; ///< x
        std::size_t fromLane = Layout::noLane, toLane = Layout::noLane;
        bool everybody = false;
        bool stopped = false; ///< at somebody whom it was not meant for
        [[nodiscard]] double left() const { return from < to ? from : to; }
        [[nodiscard]] double right() const { return from < to ? to : from; }
    };

    void lifelines();
    void heads();
    void head(std::size_t lane);
    void ribbons();
    void ribbon(const StateSpan& span);
    [[nodiscard]] double underSlope(const StateSpan& span, double reach) const;
    void phases();
    void timers();
    void timer(const TimerMark& mark);
    [[nodiscard]] bool isFree(const Rect& wanted) const;
    void item(const Item& item);
    void gap(const Item& item);
    void time(const Item& item, double y);
    void fold(const Item& item);
    void message(const Item& item);
    void expected(const Message& message, const Ends& ends, const Laid& laid, double y, Row row);
    void status(const Laid& laid, double y, Row row);
    void arrow(const Message& message, const Ends& ends, double fromY, double toY, Row row);
    void hearers(const Message& message, const Ends& ends, double y, Row row);
    void everybody(const Ends& ends, double y, Row row, Family family);
    void goOn(double from, double to, double y, Row row, Family family);
    void stop(double x, double y, double way, Row row, Family family);
    void ring(double x, double y, Row row, Family family);
    void loop(const Message& message, double x, double y, Row row);
    void words(const Message& message, const Ends& ends, double bottom, Row row);
    [[nodiscard]] std::vector<std::string> evenLines(const std::string& words, std::vector<std::string> lines,
                                                     double room) const;
    void chips(const Message& message, const Ends& ends, double y, Row row);
    [[nodiscard]] double rightOfWords() const;
    [[nodiscard]] Point placeForChips(const Rect& wanted, double leftmost, double rightmost) const;
    void borderNames(const Ends& ends, double y, Row row, Family family);
    [[nodiscard]] Ends ends(const Message& message, Row row) const;
    [[nodiscard]] double endOfState(Row row, bool onArrival) const;
    [[nodiscard]] std::string place(const Message& message) const;

    Primitive& add(Shape shape, Role role, Row row);
    Primitive& line(Role role, Point from, Point to, Row row);
    Primitive& box(Role role, const Rect& rect, double radius, Row row);
    Primitive& text(Role role, Font font, std::string words, Point at, Align align, Row row);
    [[nodiscard]] std::string say(const Text& text) const { return layout.options().words(text); }
    [[nodiscard]] double widthOf(Font font, std::string_view words) const {
        return layout.textMetrics().width(font, words);
    }

    const Layout& layout;
    Rect visible;
    Scene& into;
};

} // namespace wirestage::diagram
