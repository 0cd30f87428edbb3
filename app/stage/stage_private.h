// SPDX-License-Identifier: GPL-3.0-or-later
// What the stage's own files share.
#pragma once

#include "app/stage/scene_painter.h"
#include "app/stage/stage_view.h"
#include "core/diagram/layout.h"

#include <QElapsedTimer>
#include <QTimer>

#include <atomic>
#include <thread>

class QLabel;

namespace wirestage {

struct StageView::Private {
    explicit Private(StageView* stage);
    ~Private();

    // What is shown.
    void rebuild(); ///< the source, or how its time is shown, has changed
    void buildWhole(diagram::SequenceOptions options);
    void stopBuilding();
    void take(std::shared_ptr<diagram::Sequence> made);
    void relayout(); ///< the sequence, the theme, the zoom or the width has changed
    void updateBars();
    void foldsChanged();

    // Where things are. A pixel is 1 / scale() units; the body lies below the heads.
    [[nodiscard]] double scale() const { return zoom * colours.stageScale(); }
    [[nodiscard]] double left() const; ///< in units
    [[nodiscard]] double top() const;
    [[nodiscard]] double headPixels() const;
    [[nodiscard]] QRect bodyRect() const; ///< in pixels
    [[nodiscard]] diagram::Rect visible() const;
    const diagram::Scene& scene();
    [[nodiscard]] QRect pixelsOf(const diagram::Rect& rect) const;
    const diagram::Place* placeAt(QPoint pixel);
    const diagram::Place* placeOf(Row row);
    void bringOnScreen(Row row);
    void bringSideways(Row row);
    [[nodiscard]] bool isSeen(Row row, int viewportHeight) const;
    [[nodiscard]] double rowBorder(double y, double least, double most) const;
    void scrollTo(double y); ///< in units

    // Moving.
    [[nodiscard]] Row rowOfItem(std::uint64_t item) const { return sequence->item(item).first; }
    void makeCurrent(Row row, bool travel);
    [[nodiscard]] std::optional<Row> neighbour(int way) const;
    void startTravel();
    void endTravel();
    void tick();
    [[nodiscard]] int travelTime() const; ///< ms
    [[nodiscard]] int pauseAfter(Row row) const;

    // Painting.
    [[nodiscard]] Told told();
    void paintHeads(QPainter& painter);
    void paintBody(QPainter& painter, const QRect& exposed);
    void paintTravelling(QPainter& painter);
    void updateRow(Row row);
    void placeNote();
    void announce(); ///< tells screen readers which message is current

    StageView* q;
    std::shared_ptr<const diagram::DiagramSource> source;
    std::shared_ptr<diagram::Sequence> sequence;
    std::unique_ptr<QtMetrics> metrics;
    std::unique_ptr<diagram::Layout> layout;
    std::unique_ptr<ScenePainter> painter;
    std::optional<diagram::Scene> cached;
    Theme colours = wirestage::theme(ThemeName::Light);
    Row current = diagram::noRow;
    bool timeIsTrue = false, reducedMotion = false, isPlaying = false, comingHidden = false;
    double zoom = 1, playSpeed = 1;
    Cover covering = Cover::Nothing;
    QLabel* note = nullptr; ///< see StageView::setNote

    std::function<bool(Row)> gate; ///< see StageView::setGate
    QTimer frames;                 ///< while a packet travels
    QTimer pauseTimer;             ///< between two messages while playing
    QElapsedTimer sinceStart;
    double travelled = 1;

    std::thread builder;
    std::shared_ptr<std::atomic<bool>> building; ///< false tells the builder to stop
};

/// Lets screen readers see the messages on screen.
void installStageAccessibility();

} // namespace wirestage
