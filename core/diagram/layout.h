// SPDX-License-Identifier: GPL-3.0-or-later
// From a sequence to geometry. Pure and local: measuring looks at the lifelines and at the kinds that occur,
// and a part of the diagram costs what is in that part. Units are pixels at zoom 1; text is never made to fit
// by shrinking it or cutting its letters.
//
// A message's label is always whole. Its summary has the lines its kind gives it, between the two lifelines
// or, where that is too narrow, over as much of the diagram as it needs (a row holds one message only); what
// is longer still ends in "…" after a whole word, and goes on in the inspector.
#pragma once

#include "core/diagram/scene.h"
#include "core/diagram/sequence.h"
#include "core/diagram/text_metrics.h"

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace wirestage::diagram {

struct LayoutOptions {
    TypeSizes type;
    double width = 1200; ///< of the place to fill; a diagram of many lifelines is wider
    std::function<std::string(const Text&)> words = english; ///< in the reader's language
};

/// What is the same for the whole view.
struct Measures {
    double firstLane = 0, distance = 0; ///< x of the first lifeline, and from each to the next
    double width = 0;                   ///< of the whole diagram
    double headHeight = 0, headWidth = 0;
    double top = 0;            ///< before the first item
    double startPad = 0;       ///< part of `top` where the states at the beginning have their names
    double bottom = 0;         ///< below the last item
    double statusWidth = 0;    ///< of an overlay's column at the right border; 0: there is none
    double timeRight = 0;      ///< right edge of the times, which stay at the left border of what is visible
    bool statesInside = false; ///< where there is no room for the states' names beside the outer lifelines
    int digits = 3;            ///< behind the seconds' point
    RowSizes rows;
};

class Layout {
public:
    static constexpr std::size_t noLane = ~std::size_t{0};

    /// Gives the sequence its row sizes. `metrics` must live as long as the layout.
    Layout(std::shared_ptr<Sequence> sequence, const TextMetrics& metrics, LayoutOptions options);

    [[nodiscard]] const Measures& measures() const { return sizes; }
    [[nodiscard]] const Sequence& sequence() const { return *shown; }
    [[nodiscard]] const TextMetrics& textMetrics() const { return metrics; }
    [[nodiscard]] const LayoutOptions& options() const { return chosen; }
    [[nodiscard]] double width() const { return sizes.width; }
    [[nodiscard]] double height() const; ///< without the heads
    [[nodiscard]] double headHeight() const { return sizes.headHeight; }

    /// What is in this part of the diagram: y counts from below the heads.
    [[nodiscard]] Scene scene(const Rect& visible) const;

    /// From the top of the row that a message is in, below the heads, to its end.
    [[nodiscard]] Rect rowOf(Row row) const;
    [[nodiscard]] std::optional<Row> rowAt(double y) const;

    [[nodiscard]] std::string statusWords(LaidStatus status) const; ///< with its sign
    /// Where an overlay's column begins while `visible` is on screen; else the right border of that.
    [[nodiscard]] double statusLeft(const Rect& visible) const;

    [[nodiscard]] std::size_t lanes() const { return participants().size(); }
    [[nodiscard]] const std::vector<Participant>& participants() const {
        return shown->source().participants();
    }
    [[nodiscard]] std::size_t laneOf(HostId host) const; ///< noLane for whoever has no lifeline
    [[nodiscard]] double laneX(std::size_t lane) const {
        return sizes.firstLane + static_cast<double>(lane) * sizes.distance;
    }
    [[nodiscard]] std::string timeText(Time time) const; ///< "0.021 s" since the first message of the source
    [[nodiscard]] double arrowBelow(const Item& item) const; ///< from the item's y to its arrow

    /// A participant's head, as lines that fit it.
    struct HeadLines {
        std::vector<std::string> name, details;
        bool underIcon = false; ///< the details have the whole width: beside the icon an address would break
    };
    /// How far below the first line the details begin, and how high all lines are.
    [[nodiscard]] double detailsBelow(const HeadLines& lines) const;
    [[nodiscard]] HeadLines headLines(const Participant& participant) const;

private:
    void measureTimes();
    void measureStatuses();
    void measureLanes();
    void placeLanes(double left, double right, double least);
    void closeUp(double left, double right, double closest);
    [[nodiscard]] double widestHead() const;
    void measureHeads();
    [[nodiscard]] double widestState(std::size_t lane) const;
    [[nodiscard]] double widestTimer(std::size_t lane) const;

    std::shared_ptr<Sequence> shown;
    const TextMetrics& metrics;
    LayoutOptions chosen;
    Measures sizes;
    std::unordered_map<HostId, std::size_t> laneOfHost;
    Time origin = 0;
};

RowSizes rowSizes(const TypeSizes& type);

/// A shape that says it without colour: "✓", "!", ...
std::string_view signOf(LaidStatus status);

/// "1 240": digits in groups of three, with a narrow space that does not break.
std::string grouped(std::uint64_t number);

/// What a fold's row says: "1 240 segments, 1.8 MB".
Text foldText(const Fold& fold, const RowFacts& first);

/// Which hue a state's ribbon has: the same for the same word everywhere.
std::uint8_t toneOf(std::string_view state);

} // namespace wirestage::diagram
