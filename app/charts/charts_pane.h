// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of the TCP connections on the stage, in step with it.
#pragma once

#include "app/charts/chart_view.h"
#include "app/window/latest.h"

#include <QWidget>

#include <functional>

class QComboBox;
class QLabel;
class QTabBar;

namespace wirestage {

class ChartsPane : public QWidget {
    Q_OBJECT
public:
    explicit ChartsPane(QWidget* parent = nullptr);

    /// What the stage shows; the series are made off this thread, and only while the pane is seen.
    void setShown(std::shared_ptr<const Capture> capture, std::vector<ExchangeId> exchanges);
    /// The stage's current message; none: nothing is told yet.
    void setCurrent(PacketIndex packet);
    void setTheme(const Theme& theme);
    /// How the congestion window of a simulated host is asked for (see series::measured); none for a capture.
    using Congestion = std::function<series::Points(HostId sender, Time start)>;
    /// What a host of a lesson is called, as on the stage; none: as in the capture.
    using Names = std::function<std::string(HostId)>;
    void setLesson(Congestion from, Names called);

    void setKind(ChartKind kind);
    [[nodiscard]] ChartKind kind() const;
    [[nodiscard]] ChartView* view() const { return chart; }
    [[nodiscard]] QComboBox* connections() const { return which; }
    [[nodiscard]] QString summary() const;
    [[nodiscard]] bool busy() const { return charting.busy(); }

signals:
    void packetChosen(quint32 packet);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void work();
    void take(Charted found);
    void showChart();
    void addCongestion(ChartedDirection& to) const;
    void placeHead();
    void sayNothing(const QString& why);
    [[nodiscard]] const ChartedDirection* direction() const;

    QTabBar* kinds;
    QComboBox* which;
    ChartView* chart;
    QLabel *words, *nothing;
    Theme colours;
    std::shared_ptr<const Capture> capture;
    std::vector<ExchangeId> exchanges;
    Charted charted;
    Congestion congestion;
    Names names;
    PacketIndex current = none;
    bool stale = true;
    Latest charting;
};

} // namespace wirestage
