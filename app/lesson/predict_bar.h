// SPDX-License-Identifier: GPL-3.0-or-later
// Before an arrow is drawn: what comes next? Below the stage, with two to four answers; a wrong one is
// answered with its reason, and another may be tried. First answers are counted.
#pragma once

#include <QFrame>
#include <QList>
#include <QString>

class QLabel;
class QToolButton;

namespace wirestage {

class FlowLayout;

struct PredictQuestion {
    struct Answer {
        QString words;
        bool right = false;
        QString why; ///< of a wrong one: why not now
    };
    QString ask;
    QList<Answer> answers;
    QString why; ///< said once it is solved
    [[nodiscard]] bool empty() const { return answers.isEmpty(); }
};

class PredictBar : public QFrame {
    Q_OBJECT
public:
    explicit PredictBar(QWidget* parent = nullptr);
    /// `onward`: one more before the same message; what was said of the one before stays in sight.
    void ask(const PredictQuestion& question, bool onward = false);
    [[nodiscard]] bool asking() const { return open; }
    void choose(int answer); ///< from 0
    void reveal();           ///< shows the right answer; counts as not foreseen
    void reset();            ///< no question, no score
    [[nodiscard]] int asked() const { return allAsked; }
    [[nodiscard]] int foreseen() const { return foreseenAtOnce; }
    [[nodiscard]] QString score() const; ///< "4 of 6 foreseen", empty while nothing was asked

signals:
    void solved(); ///< the right answer was given or shown: the stage goes on
    void scoreChanged();

private:
    void tell(const QString& words, bool right);
    void finish(bool atOnce);

    QLabel *question, *verdict, *count;
    FlowLayout* flow;
    QWidget* buttons;
    QList<QToolButton*> choices;
    PredictQuestion now;
    bool open = false, tried = false;
    int allAsked = 0, foreseenAtOnce = 0;
};

} // namespace wirestage
