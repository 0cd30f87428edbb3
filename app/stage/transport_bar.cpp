// SPDX-License-Identifier: GPL-3.0-or-later
// The bar's buttons and how they follow the stage.
#include "app/stage/transport_bar.h"

#include "app/stage/stage_view.h"
#include "app/stage/time_line.h"
#include "app/stage/transport_icons.h"
#include "app/window/translate.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace wirestage {

namespace {

constexpr std::size_t mostMarks = 40;
constexpr std::array<double, 6> speeds{0.25, 0.5, 1, 2, 4, 8};

QToolButton* makeButton(QWidget* parent, int size) {
    auto* button = new QToolButton(parent);
    button->setFixedSize(size, size);
    button->setIconSize(QSize(size * 6 / 10, size * 6 / 10));
    button->setAutoRaise(true);
    return button;
}

} // namespace

TransportBar::TransportBar(StageView* ofStage, QWidget* parent)
    : QWidget(parent), stage(ofStage), first(makeButton(this, 40)), back(makeButton(this, 40)),
      play(makeButton(this, 52)), forward(makeButton(this, 40)), last(makeButton(this, 40)),
      speed(new QComboBox(this)), line(new TimeLine(this)), clock(new QLabel(this)) {
    setLayoutDirection(Qt::LeftToRight); // time runs the same way in every language
    setAttribute(Qt::WA_StyledBackground);
    for (const double factor : speeds)
        speed->addItem(QString::number(factor) + QChar(0xd7), factor);
    speed->setCurrentIndex(2);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 8, 20, 8);
    row->setSpacing(8);
    for (QToolButton* button : {first, back, play, forward, last})
        row->addWidget(button);
    row->addSpacing(8);
    row->addWidget(speed);
    row->addSpacing(8);
    row->addWidget(line, 1);
    row->addSpacing(8);
    row->addWidget(clock);
    connect(first, &QToolButton::clicked, stage, &StageView::first);
    connect(back, &QToolButton::clicked, stage, &StageView::previous);
    connect(play, &QToolButton::clicked, stage, &StageView::togglePlay);
    connect(forward, &QToolButton::clicked, stage, [this] {
        stage->pause();
        stage->next();
    });
    connect(last, &QToolButton::clicked, stage, &StageView::last);
    connect(line, &TimeLine::chosen, stage, &StageView::jumpTo);
    connect(speed, &QComboBox::activated, stage,
            [this](int index) { stage->setSpeed(speeds[static_cast<std::size_t>(index)]); });
    connect(stage, &StageView::speedChanged, this, [this](double factor) {
        if (const int index = speed->findData(factor); index >= 0)
            speed->setCurrentIndex(index);
    });
    connect(stage, &StageView::currentChanged, this, &TransportBar::follow);
    connect(stage, &StageView::playingChanged, this, &TransportBar::showPlaying);
    connect(stage, &StageView::sourceChanged, this, &TransportBar::takeSource);
    connect(stage, &StageView::comingHiddenChanged, this,
            [this] { line->setComingHidden(stage->comingHidden()); });
    setTheme(theme(ThemeName::Light));
    retranslate();
    takeSource();
}

void TransportBar::setTheme(const Theme& theme) {
    colours = theme;
    first->setIcon(transportIcon(TransportSign::First, colours.text));
    back->setIcon(transportIcon(TransportSign::Back, colours.text));
    forward->setIcon(transportIcon(TransportSign::Forward, colours.text));
    last->setIcon(transportIcon(TransportSign::Last, colours.text));
    setStyleSheet(QStringLiteral("wirestage--TransportBar { background: %1; border-top: 1px solid %2; }"
                                 "QToolButton { background: %3; border: 1px solid %2; border-radius: 20px; }"
                                 "QToolButton:hover, QToolButton:focus { border: 2px solid %4; }"
                                 "QToolButton#play { background: %4; border: 0; border-radius: 26px; }"
                                 "QToolButton#play:focus { border: 3px solid %5; }"
                                 "QLabel { color: %5; }")
                      .arg(colours.surface.name(), colours.border.name(), colours.ground.name(),
                           colours.accent.name(), colours.quietText.name()));
    play->setObjectName(QStringLiteral("play"));
    line->setTheme(theme);
    showPlaying(stage->playing());
}

void TransportBar::takeSource() {
    line->setSource(stage->source(), stage->steps(mostMarks));
    const bool any = stage->rowCount() > 0;
    for (QWidget* w : std::initializer_list<QWidget*>{first, back, play, forward, last, speed, line})
        w->setEnabled(any);
    follow(stage->current());
}

void TransportBar::follow(quint64 row) {
    const auto source = stage->source();
    if (!source || row >= source->size()) {
        clock->clear();
        return;
    }
    line->setValue(static_cast<int>(row));
    const Time begin = source->start(), whole = source->facts(source->size() - 1).time - begin;
    // Thousandths of a second say nothing of what is over within a few of them.
    const auto said = [&](Time time) {
        return whole < 10'000'000 ? wirestage::tr(durationInWords(time)) : secondsSince(time);
    };
    clock->setText(tr("%1 of %2").arg(said(source->facts(row).time - begin), said(whole)));
    clock->setMinimumWidth(std::max(clock->minimumWidth(), clock->sizeHint().width()));
}

void TransportBar::showPlaying(bool playing) {
    play->setIcon(transportIcon(playing ? TransportSign::Pause : TransportSign::Play, colours.accentText));
    play->setAccessibleName(playing ? tr("Pause") : tr("Play"));
    play->setToolTip(playing ? tr("Pause (P)") : tr("Play (P)"));
}

void TransportBar::retranslate() {
    const auto name = [](QWidget* w, const QString& words, const QString& tip) {
        w->setAccessibleName(words);
        w->setToolTip(tip);
    };
    name(first, tr("First message"), tr("First message (Home)"));
    name(back, tr("Back"), tr("Back (Left, Page Up)"));
    name(forward, tr("Forward"), tr("Forward (Right, Page Down, Space)"));
    name(last, tr("Last message"), tr("Last message (End)"));
    name(speed, tr("Speed"), tr("Speed of playing"));
    showPlaying(stage->playing());
}

void TransportBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace wirestage
