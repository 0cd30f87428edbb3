// SPDX-License-Identifier: GPL-3.0-or-later
// One chart with a playhead. A click goes to the nearest point's packet, Left and Right to the neighbours of
// the playhead.
#pragma once

#include "app/charts/chart_lines.h"

#include <QChartView>

#include <optional>

class QGraphicsLineItem;
class QValueAxis;

namespace wirestage {

class ChartView : public QChartView {
    Q_OBJECT
public:
    explicit ChartView(QWidget* parent = nullptr);

    void setLines(std::vector<ChartLine> lines, const QString& axis, double seconds);
    void setTheme(const Theme& theme);
    /// Seconds on the time axis; nothing: hidden.
    void setPlayhead(std::optional<double> seconds);
    [[nodiscard]] std::optional<double> playhead() const { return head; }
    [[nodiscard]] const std::vector<ChartLine>& lines() const { return shown; }
    /// The packet whose point is nearest to this place of the view; none where there are no points.
    [[nodiscard]] PacketIndex packetAt(const QPointF& place) const;
    /// The next packet with a point behind (or before) the playhead.
    [[nodiscard]] PacketIndex neighbour(bool forward) const;

signals:
    void packetChosen(quint32 packet);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void addLine(const ChartLine& line);
    void placeHead();
    void colour();

    QValueAxis *time, *value;
    QGraphicsLineItem* headLine;
    Theme colours;
    std::vector<ChartLine> shown;
    std::optional<double> head;
};

} // namespace wirestage
