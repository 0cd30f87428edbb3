// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/overlay/goal_bar.h"

#include "app/window/translate.h"

#include <QBoxLayout>
#include <QLabel>
#include <QStyle>

namespace wirestage {
namespace {

/// A step is not broken at a line's end.
QString ticked(bool done, const QString& words) {
    QString step = (done ? QStringLiteral("✓ ") : QStringLiteral("○ ")) + words;
    return step.replace(QLatin1Char(' '), QChar::Nbsp);
}

} // namespace

GoalBar::GoalBar(QWidget* parent) : QFrame(parent), legend(new QLabel), goal(new QLabel) {
    setObjectName(QStringLiteral("goals"));
    legend->setObjectName(QStringLiteral("legend"));
    legend->setProperty("role", QStringLiteral("quiet"));
    goal->setObjectName(QStringLiteral("goal"));
    for (QLabel* one : {legend, goal}) {
        one->setTextFormat(Qt::PlainText);
        one->setWordWrap(true);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(18, 5, 18, 6);
    column->setSpacing(2);
    column->addWidget(goal);
    column->addWidget(legend);
    hide();
}

void GoalBar::show(const OverlaySession& session, const QString& captured) {
    setVisible(session.isOn());
    legend->setText(tr("┄┄▸ textbook      ━━▸ %1").arg(captured));
    QStringList words;
    const auto& parts = session.allParts();
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const auto& found = session.shown();
        const bool isShown = found && found->part == part;
        QStringList steps;
        if (isShown)
            for (const auto& step : found->source->goals())
                steps << ticked(step.reached, wirestage::tr(step.title));
        if (parts.size() > 1)
            steps.prepend(ticked(parts[part].done, wirestage::tr(parts[part].reference.title)));
        words << steps.join(QStringLiteral("   "));
    }
    goal->setText(tr("Goal: %1").arg(session.title()) + QStringLiteral("      ") +
                  words.join(QStringLiteral("   ·   ")));
}

void GoalBar::setLarge(bool on) {
    for (QLabel* one : {legend, goal}) {
        one->setProperty("presenting", on);
        one->style()->unpolish(one);
        one->style()->polish(one);
    }
}

QString GoalBar::words() const {
    return goal->text();
}

} // namespace wirestage
