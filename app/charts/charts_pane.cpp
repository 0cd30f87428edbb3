// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses which chart of which connection is seen, and says why where there is none.
#include "app/charts/charts_pane.h"

#include "app/window/pane_parts.h"
#include "app/window/translate.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QTabBar>

namespace wirestage {

ChartsPane::ChartsPane(QWidget* parent)
    : QWidget(parent), kinds(new QTabBar), which(new QComboBox), chart(new ChartView),
      words(plainLabel(QStringLiteral("quiet"))), nothing(plainLabel(QStringLiteral("quiet"))),
      colours(theme(ThemeName::Light)), charting(this) {
    setObjectName(QStringLiteral("charts"));
    setAttribute(Qt::WA_StyledBackground);
    setAutoFillBackground(true);
    setMinimumHeight(150);
    kinds->setAccessibleName(tr("Which chart is shown"));
    kinds->setExpanding(false);
    kinds->setDrawBase(false);
    for (int i = 0; i < static_cast<int>(ChartKind::count); ++i)
        kinds->addTab(titleOf(static_cast<ChartKind>(i)));
    which->setAccessibleName(tr("Which connection and direction"));
    which->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    which->setMinimumContentsLength(16);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 4, 8, 0);
    top->addWidget(kinds);
    top->addStretch(1);
    top->addWidget(which, 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 4);
    column->setSpacing(2);
    column->addLayout(top);
    column->addWidget(chart, 1);
    words->setContentsMargins(12, 0, 12, 0);
    nothing->setContentsMargins(18, 12, 18, 12);
    column->addWidget(words);
    column->addWidget(nothing, 1);
    setFocusProxy(kinds);
    connect(kinds, &QTabBar::currentChanged, this, &ChartsPane::showChart);
    connect(which, &QComboBox::currentIndexChanged, this, &ChartsPane::showChart);
    connect(chart, &ChartView::packetChosen, this, &ChartsPane::packetChosen);
    sayNothing(tr("Nothing is on the stage yet."));
}

void ChartsPane::setShown(std::shared_ptr<const Capture> of, std::vector<ExchangeId> ids) {
    capture = std::move(of);
    exchanges = std::move(ids);
    stale = true;
    charting.forget();
    if (isVisible())
        work();
}

void ChartsPane::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (stale)
        work();
}

void ChartsPane::work() {
    stale = false;
    if (!capture)
        return take({});
    charting.run([from = capture, ids = exchanges] { return chartedOf(*from, ids); },
                 [this](Charted found) { take(std::move(found)); });
}

void ChartsPane::setLesson(Congestion from, Names called) {
    congestion = std::move(from);
    names = std::move(called);
    stale = true;
    if (isVisible())
        work();
}

/// A measurement belongs to no packet: a click on it goes to the data nearest in time.
void ChartsPane::addCongestion(ChartedDirection& to) const {
    to.series.congestion = congestion(to.sender, to.start);
    for (series::Point& point : to.series.congestion)
        if (const series::Point* beside = series::nearest(to.series.flight, point.seconds))
            point.packet = beside->packet;
}

void ChartsPane::take(Charted found) {
    charted = std::move(found);
    for (ChartedDirection& one : charted.directions) {
        if (congestion)
            addCongestion(one);
        if (names) {
            one.from = names(one.sender);
            one.to = names(one.receiver);
        }
    }
    const QSignalBlocker quiet(which);
    which->clear();
    for (const ChartedDirection& one : charted.directions)
        which->addItem(tr("%1: %2 → %3, %4")
                           .arg(wirestage::tr(one.title), fromUtf8(one.from), fromUtf8(one.to),
                                wirestage::tr(bytesInWords(one.series.bytes))));
    // The direction that carries most is the one worth a look first.
    int most = 0;
    for (std::size_t i = 1; i < charted.directions.size(); ++i)
        if (charted.directions[i].series.bytes >
            charted.directions[static_cast<std::size_t>(most)].series.bytes)
            most = static_cast<int>(i);
    if (which->count() > 0)
        which->setCurrentIndex(most);
    showChart();
}

const ChartedDirection* ChartsPane::direction() const {
    const auto place = static_cast<std::size_t>(std::max(0, which->currentIndex()));
    return place < charted.directions.size() ? &charted.directions[place] : nullptr;
}

void ChartsPane::showChart() {
    const ChartedDirection* shown = direction();
    if (!shown)
        return sayNothing(!capture ? tr("Nothing is on the stage yet.")
                          : charted.anyTcp
                              ? tr("The TCP connections on the stage carried no data: there is "
                                   "nothing to draw.")
                              : tr("There is no TCP connection on the stage. The charts are drawn from "
                                   "TCP's sequence numbers and acknowledgements."));
    nothing->hide();
    which->show();
    chart->show();
    words->show();
    chart->setLines(linesOf(kind(), *shown, colours), axisOf(kind()), shown->seconds);
    words->setText(summaryOf(kind(), *shown));
    chart->setAccessibleName(titleOf(kind()));
    chart->setAccessibleDescription(words->text());
    placeHead();
}

void ChartsPane::sayNothing(const QString& why) {
    chart->hide();
    words->hide();
    which->hide();
    nothing->setText(why);
    nothing->show();
}

void ChartsPane::setCurrent(PacketIndex packet) {
    current = packet;
    placeHead();
}

void ChartsPane::placeHead() {
    const ChartedDirection* shown = direction();
    if (!shown || !capture || current == none || current >= capture->packetCount())
        return chart->setPlayhead({});
    chart->setPlayhead(static_cast<double>(capture->timeOf(current) - shown->start) / 1e9);
}

void ChartsPane::setTheme(const Theme& theme) {
    colours = theme;
    chart->setFont(font());
    chart->setTheme(theme);
    if (direction())
        showChart();
}

void ChartsPane::setKind(ChartKind kind) {
    kinds->setCurrentIndex(static_cast<int>(kind));
}

ChartKind ChartsPane::kind() const {
    return static_cast<ChartKind>(
        std::clamp(kinds->currentIndex(), 0, static_cast<int>(ChartKind::count) - 1));
}

QString ChartsPane::summary() const {
    return nothing->isHidden() ? words->text() : nothing->text();
}

} // namespace wirestage
