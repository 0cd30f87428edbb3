// SPDX-License-Identifier: GPL-3.0-or-later
// The bar below the stage: first, back, play, forward, last, speed, and a time line that shows where the
// messages are: a mark with a name for each of a few, a strip that is darker where there are more of many.
#pragma once

#include "app/stage/theme.h"
#include "core/diagram/source.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QToolButton;

namespace wirestage {

class StageView;
class TimeLine;

class TransportBar : public QWidget {
    Q_OBJECT
public:
    /// Drives this stage and follows it; both live as long as their window.
    explicit TransportBar(StageView* stage, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow(quint64 row);
    void showPlaying(bool playing);
    void takeSource();
    void retranslate();

    StageView* stage;
    QToolButton *first, *back, *play, *forward, *last;
    QComboBox* speed;
    TimeLine* line;
    QLabel* clock;
    Theme colours;
};

} // namespace wirestage
