// SPDX-License-Identifier: GPL-3.0-or-later
// The geometry of a part of a diagram: tagged primitives. A painter or a writer knows what each one is (its
// role) and which message it belongs to, and chooses colours and fonts itself.
#pragma once

#include "core/diagram/source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wirestage::diagram {

struct Point {
    double x = 0, y = 0;
};

struct Rect {
    double x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] double right() const { return x + width; }
    [[nodiscard]] double bottom() const { return y + height; }
    [[nodiscard]] bool contains(Point p) const {
        return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
    }
    [[nodiscard]] bool overlaps(const Rect& o) const {
        return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
    }
};

/// What a primitive means.
enum class Role : std::uint8_t {
    Lifeline,
    Head,
    HeadIcon,
    HeadName,
    HeadDetail,
    PhaseFrame,
    PhaseTab,
    PhaseTitle,
    Ribbon,
    RibbonInferred,
    StateName,
    TimeText,
    GapMark,
    GapText,
    Arrow,
    ArrowHead,
    Hearer,
    LostCross,
    EndMark,
    Label,
    Summary,
    ChipBox,
    ChipText,
    BorderName,
    FoldBox,
    FoldText,
    FoldSign,
    FoldBracket,
    Timer,
    TimerEnd,
    TimerName,
    Expected, ///< the reference's arrow beside the captured one
    ExpectedHead,
    ExpectedTime,
    StatusBox, ///< what an overlay's row came to: its tone is the LaidStatus
    StatusText,
    count
};
std::string_view name(Role role); ///< "arrow", "label", ...: a class in SVG

/// Which hue a message has: by its protocol, so that an exchange's arrows belong together.
enum class Family : std::uint8_t {
    None,
    Link,
    Network,
    Transport,
    Datagram,
    Dhcp,
    Dns,
    Ftp,
    Other,
    Trouble,
    count
};
Family familyOf(KindId kind);
std::string_view name(Family family);

/// Sizes and weights of text; the reader of a scene gives each a font.
enum class Font : std::uint8_t { Label, Summary, Small, SmallBold, Head, count };

enum class Align : std::uint8_t { Left, Middle, Right };

struct TextRun {
    std::string words;
    Point at; ///< on the base line; x is the left, middle or right of it
    double width = 0;
    Font font = Font::Summary;
    Align align = Align::Left;
    [[nodiscard]] double left() const {
        return align == Align::Left ? at.x : align == Align::Middle ? at.x - width / 2 : at.x - width;
    }
};

enum class Shape : std::uint8_t { Line, Box, Circle, Triangle, Cross, Loop, Text };

/// What a participant's head shows beside its name.
enum class Icon : std::uint8_t { Computer, Server, Router, Nobody };

struct Primitive {
    Shape shape = Shape::Line;
    Role role = Role::Lifeline;
    Family family = Family::None;
    std::uint8_t tone = 0; ///< of a state ribbon; of a row's status
    Icon icon = Icon::Computer;
    bool dashed = false;
    Row row = noRow;   ///< the message (or first one of the fold) it belongs to
    Point from, to;    ///< Line: its ends; Triangle: its tip is `to`, it looks away from `from`
    Rect box;          ///< Box, Circle, Cross, Loop: what it fills
    double radius = 0; ///< of a box's corners
    TextRun text;
};

/// Where a message (or a closed fold) is: for the mouse, for screen readers, and for what travels along its
/// arrow.
struct Place {
    Row first = 0, last = 0; ///< the same but for folds
    bool fold = false, open = false;
    Rect area;
    Point from, to;   ///< the arrow's ends
    std::string name; ///< a sentence: "3: DHCP Request, laptop to everybody, at 0.043 s: ..."
    KindId kind{};
};

struct Scene {
    std::vector<Primitive> heads; ///< stay on top while the rest scrolls; y from 0
    std::vector<Primitive> body;  ///< y from the top of the whole diagram's rows
    std::vector<Place> places;    ///< by row
};

} // namespace wirestage::diagram
