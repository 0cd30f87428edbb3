// SPDX-License-Identifier: GPL-3.0-or-later
// A question, its answers as buttons with the number of their key, and what is said of the choice.
#include "app/lesson/predict_bar.h"

#include "app/window/flow_layout.h"
#include "app/window/pane_parts.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace wirestage {

PredictBar::PredictBar(QWidget* parent)
    : QFrame(parent), question(plainLabel(QStringLiteral("question"))),
      verdict(plainLabel(QStringLiteral("verdict"))), count(plainLabel(QStringLiteral("quiet"))),
      buttons(new QWidget) {
    setObjectName(QStringLiteral("predict"));
    setAccessibleName(tr("What comes next?"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 10);
    column->setSpacing(6);
    auto* top = new QHBoxLayout;
    count->setWordWrap(false);
    top->addWidget(question, 1);
    top->addWidget(count, 0, Qt::AlignTop);
    column->addLayout(top);
    flow = new FlowLayout(buttons, 10);
    flow->setContentsMargins(0, 0, 0, 0);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    buttons->setSizePolicy(policy);
    column->addWidget(buttons);
    column->addWidget(verdict);
    hide();
}

void PredictBar::ask(const PredictQuestion& next, bool onward) {
    now = next;
    open = true;
    tried = false;
    ++allAsked;
    question->setText(now.ask);
    qDeleteAll(choices);
    choices.clear();
    for (int i = 0; i < now.answers.size(); ++i) {
        auto* one = new QToolButton(buttons);
        one->setText(QStringLiteral("%1  %2").arg(i + 1).arg(now.answers[i].words));
        one->setProperty("role", QStringLiteral("answer"));
        one->setFocusPolicy(Qt::StrongFocus);
        one->setShortcut(QKeySequence(Qt::Key_1 + i));
        connect(one, &QToolButton::clicked, this, [this, i] { choose(i); });
        flow->addWidget(one);
        one->show();
        choices << one;
    }
    flow->invalidate();
    buttons->updateGeometry();
    if (!onward)
        setTextOrHide(verdict, {});
    count->setText(score());
    show();
    emit scoreChanged();
}

void PredictBar::choose(int answer) {
    if (!open || answer < 0 || answer >= now.answers.size())
        return;
    const PredictQuestion::Answer& chosen = now.answers[answer];
    if (chosen.right) {
        choices[answer]->setProperty("tone", QStringLiteral("good"));
        finish(!tried);
        return;
    }
    tried = true;
    choices[answer]->setEnabled(false);
    tell(chosen.words + QStringLiteral(": ") + chosen.why, false);
}

void PredictBar::reveal() {
    if (!open)
        return;
    for (int i = 0; i < now.answers.size(); ++i)
        if (now.answers[i].right)
            choices[i]->setProperty("tone", QStringLiteral("good"));
    finish(false);
}

void PredictBar::finish(bool atOnce) {
    open = false;
    foreseenAtOnce += atOnce ? 1 : 0;
    for (QToolButton* one : choices) {
        one->setEnabled(false);
        one->style()->unpolish(one);
        one->style()->polish(one);
    }
    QString right;
    for (const auto& answer : now.answers)
        if (answer.right)
            right = answer.words;
    QString words = atOnce ? tr("Right: %1.").arg(right) : tr("It is %1.").arg(right);
    if (!now.why.isEmpty())
        words += QLatin1Char(' ') + now.why;
    tell(words, true);
    count->setText(score());
    emit scoreChanged();
    emit solved();
}

void PredictBar::tell(const QString& words, bool right) {
    verdict->setProperty("tone", right ? QStringLiteral("good") : QStringLiteral("problem"));
    verdict->style()->unpolish(verdict);
    verdict->style()->polish(verdict);
    setTextOrHide(verdict, words);
    QAccessibleEvent said(verdict, QAccessible::Alert);
    QAccessible::updateAccessibility(&said);
}

void PredictBar::reset() {
    open = false;
    allAsked = foreseenAtOnce = 0;
    hide();
    emit scoreChanged();
}

QString PredictBar::score() const {
    const int done = allAsked - (open ? 1 : 0);
    return done > 0 ? tr("%1 of %2 foreseen").arg(foreseenAtOnce).arg(done) : QString();
}

} // namespace wirestage
