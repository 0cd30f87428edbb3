// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson itself, as a tab of the inspector: what it is for, what can be turned, where one looks from, and
// the teacher's notes on the message that is shown.
#pragma once

#include "core/lesson/lesson_run.h"

#include <QScrollArea>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;

namespace wirestage {

class ParameterControls;

class LessonPane : public QScrollArea {
    Q_OBJECT
public:
    explicit LessonPane(QWidget* parent = nullptr);
    void setRun(const std::shared_ptr<const lesson::LessonRun>& run);
    /// What the lesson says of the message that is shown; the words have their values in them.
    void setNotes(const QString& teacher);
    void setScore(const QString& words);

signals:
    void parameterChanged(const std::string& name, const simulation::SettingValue& value);
    void parametersReset();
    void vantageChosen(const QString& name);

private:
    QLabel *title, *goal, *variant, *introduction, *parametersHeading, *vantageHeading, *teacherHeading,
        *teacher, *score, *problem, *conclusion;
    ParameterControls* controls;
    QPushButton* reset;
    QComboBox* vantage;
};

} // namespace wirestage
