// SPDX-License-Identifier: GPL-3.0-or-later
// What a learner may turn in a lesson, as a form: numbers, choices, truths and texts. A change is told at
// once.
#pragma once

#include "core/lesson/lesson.h"

#include <QWidget>

#include <vector>

class QFormLayout;

namespace wirestage {

class ParameterControls : public QWidget {
    Q_OBJECT
public:
    explicit ParameterControls(QWidget* parent = nullptr);
    /// Rebuilds the form where the parameters are others than before; else only their values follow.
    void setParameters(const std::vector<lesson::Parameter>& parameters);

signals:
    void changed(const std::string& name, const simulation::SettingValue& value);

private:
    QWidget* control(const lesson::Parameter& parameter);
    void follow(QWidget* control, const simulation::SettingValue& value);

    QFormLayout* form;
    std::vector<lesson::Parameter> shown;
    std::vector<QWidget*> controls; ///< by parameter
};

} // namespace wirestage
