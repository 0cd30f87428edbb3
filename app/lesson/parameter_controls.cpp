// SPDX-License-Identifier: GPL-3.0-or-later
// One control for each type of value.
#include "app/lesson/parameter_controls.h"

#include "app/window/translate.h"
#include "core/lesson/lesson_file.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace wirestage {
namespace {

bool sameParameters(const std::vector<lesson::Parameter>& a, const std::vector<lesson::Parameter>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
        return one.name == other.name && one.value.index() == other.value.index() &&
               one.least == other.least && one.most == other.most && one.choices == other.choices;
    });
}

QString withUnit(const std::string& unit) {
    return unit.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(unit);
}

} // namespace

ParameterControls::ParameterControls(QWidget* parent) : QWidget(parent), form(new QFormLayout(this)) {
    form->setContentsMargins(0, 0, 0, 0);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

void ParameterControls::setParameters(const std::vector<lesson::Parameter>& parameters) {
    if (sameParameters(parameters, shown)) {
        shown = parameters;
        for (std::size_t i = 0; i < shown.size(); ++i)
            follow(controls[i], shown[i].value);
        return;
    }
    while (form->rowCount() > 0)
        form->removeRow(0);
    controls.clear();
    shown = parameters;
    for (const lesson::Parameter& parameter : shown) {
        QWidget* made = control(parameter);
        const QString title = wirestage::tr(parameter.title);
        made->setAccessibleName(title);
        made->setObjectName(QStringLiteral("parameter-") + QString::fromStdString(parameter.name));
        controls.push_back(made);
        form->addRow(title, made);
        follow(made, parameter.value);
    }
}

QWidget* ParameterControls::control(const lesson::Parameter& parameter) {
    const std::string name = parameter.name;
    const bool limited = parameter.most > parameter.least;
    if (std::holds_alternative<bool>(parameter.value)) {
        auto* box = new QCheckBox;
        connect(box, &QCheckBox::toggled, this, [this, name](bool on) { emit changed(name, on); });
        return box;
    }
    if (std::holds_alternative<std::int64_t>(parameter.value)) {
        auto* spin = new QSpinBox;
        constexpr double most = std::numeric_limits<int>::max();
        spin->setRange(static_cast<int>(limited ? std::max(parameter.least, -most) : 0),
                       static_cast<int>(limited ? std::min(parameter.most, most) : most));
        spin->setSuffix(withUnit(parameter.unit));
        spin->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        spin->setKeyboardTracking(false);
        connect(spin, &QSpinBox::valueChanged, this,
                [this, name](int value) { emit changed(name, std::int64_t{value}); });
        return spin;
    }
    if (std::holds_alternative<double>(parameter.value)) {
        auto* spin = new QDoubleSpinBox;
        spin->setDecimals(3);
        spin->setRange(limited ? parameter.least : 0, limited ? parameter.most : 1e9);
        spin->setSuffix(withUnit(parameter.unit));
        spin->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        spin->setKeyboardTracking(false);
        connect(spin, &QDoubleSpinBox::valueChanged, this,
                [this, name](double value) { emit changed(name, value); });
        return spin;
    }
    if (!parameter.choices.empty()) {
        auto* box = new QComboBox;
        for (const std::string& choice : parameter.choices)
            box->addItem(QString::fromStdString(choice));
        connect(box, &QComboBox::currentTextChanged, this,
                [this, name](const QString& value) { emit changed(name, value.toStdString()); });
        return box;
    }
    auto* line = new QLineEdit;
    connect(line, &QLineEdit::editingFinished, this, [this, name, line] {
        const auto it =
            std::find_if(shown.begin(), shown.end(), [&](const auto& p) { return p.name == name; });
        if (it == shown.end() || lesson::toString(it->value) == line->text().toStdString())
            return;
        const auto value = lesson::parseParameter(*it, line->text().toStdString());
        if (const auto* right = std::get_if<simulation::SettingValue>(&value))
            emit changed(name, *right);
    });
    return line;
}

void ParameterControls::follow(QWidget* control, const simulation::SettingValue& value) {
    const QSignalBlocker quiet(control);
    if (auto* box = qobject_cast<QCheckBox*>(control))
        box->setChecked(std::get<bool>(value));
    else if (auto* spin = qobject_cast<QSpinBox*>(control))
        spin->setValue(static_cast<int>(std::get<std::int64_t>(value)));
    else if (auto* real = qobject_cast<QDoubleSpinBox*>(control))
        real->setValue(std::get<double>(value));
    else if (auto* choice = qobject_cast<QComboBox*>(control))
        choice->setCurrentText(QString::fromStdString(lesson::toString(value)));
    else if (auto* line = qobject_cast<QLineEdit*>(control))
        line->setText(QString::fromStdString(lesson::toString(value)));
}

} // namespace wirestage
