// SPDX-License-Identifier: GPL-3.0-or-later
// Labels and controls in one column.
#include "app/lesson/lesson_pane.h"

#include "app/lesson/parameter_controls.h"
#include "app/window/pane_parts.h"
#include "app/window/translate.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace wirestage {

LessonPane::LessonPane(QWidget* parent)
    : QScrollArea(parent), title(plainLabel(QStringLiteral("title"))),
      goal(plainLabel(QStringLiteral("lead"))), variant(plainLabel(QStringLiteral("note"))),
      introduction(plainLabel(QStringLiteral("prose"))),
      parametersHeading(plainLabel(QStringLiteral("section"), tr("TURN IT"))),
      vantageHeading(plainLabel(QStringLiteral("section"), tr("WHERE A CAPTURE IS TAKEN"))),
      teacherHeading(plainLabel(QStringLiteral("section"), tr("FOR THE TEACHER"))), teacher(plainLabel()),
      score(plainLabel(QStringLiteral("cardTitle"))), problem(plainLabel(QStringLiteral("note"))),
      conclusion(plainLabel(QStringLiteral("prose"))), controls(new ParameterControls),
      reset(new QPushButton(tr("As the lesson has it"))), vantage(new QComboBox) {
    setAccessibleName(tr("Lesson"));
    auto* column = scrolledColumn(this);
    for (QLabel* one : {title, goal, variant, introduction, problem})
        column->addWidget(one);
    column->addSpacing(6);
    column->addWidget(parametersHeading);
    column->addWidget(controls);
    column->addWidget(reset, 0, Qt::AlignLeft);
    column->addSpacing(6);
    column->addWidget(teacherHeading);
    column->addWidget(teacher);
    column->addWidget(score);
    column->addSpacing(6);
    column->addWidget(vantageHeading);
    vantage->setAccessibleName(tr("Where a capture of this lesson is taken"));
    column->addWidget(vantage, 0, Qt::AlignLeft);
    column->addSpacing(6);
    column->addWidget(conclusion);
    column->addStretch(1);
    connect(controls, &ParameterControls::changed, this, &LessonPane::parameterChanged);
    connect(reset, &QPushButton::clicked, this, &LessonPane::parametersReset);
    connect(vantage, &QComboBox::currentTextChanged, this, &LessonPane::vantageChosen);
    setNotes({});
    setScore({});
}

void LessonPane::setRun(const std::shared_ptr<const lesson::LessonRun>& run) {
    if (!run)
        return;
    const lesson::Lesson& now = run->lesson;
    title->setText(wirestage::tr(now.title));
    goal->setText(wirestage::tr(now.goal));
    setTextOrHide(introduction, wirestage::tr(now.introduction));
    setTextOrHide(conclusion, wirestage::tr(now.conclusion));
    QString words;
    for (const lesson::VariantInfo& one : now.variants)
        if (one.id == now.variant)
            words = one.goal.empty()
                        ? wirestage::tr(one.title)
                        : wirestage::tr(one.title) + QStringLiteral(": ") + wirestage::tr(one.goal);
    setTextOrHide(variant, words);
    setTextOrHide(problem, run->run.problem ? wirestage::tr(*run->run.problem) : QString());
    controls->setParameters(now.parameters);
    for (QWidget* one : std::initializer_list<QWidget*>{parametersHeading, controls, reset})
        one->setVisible(!now.parameters.empty());
    reset->setEnabled(!run->choice.parameters.empty());
    const QSignalBlocker quiet(vantage);
    vantage->clear();
    for (const std::string& name : run->file->vantagePoints())
        vantage->addItem(QString::fromStdString(name));
    vantage->setCurrentText(QString::fromStdString(run->vantage.name));
}

void LessonPane::setNotes(const QString& words) {
    setTextOrHide(teacher, words);
    teacherHeading->setVisible(!words.isEmpty());
}

void LessonPane::setScore(const QString& words) {
    setTextOrHide(score, words);
}

} // namespace wirestage
