// SPDX-License-Identifier: GPL-3.0-or-later
// What the window has to say without standing in the way: a sentence above the contents that goes on a click,
// and the progress of opening a file with a way to stop it.
#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;
class QPushButton;

namespace wirestage {

class MessageBar : public QFrame {
    Q_OBJECT
public:
    enum class Tone { Note, Problem };

    explicit MessageBar(QWidget* parent = nullptr);
    void say(const QString& words, Tone tone = Tone::Note);
    void clear();
    [[nodiscard]] QString words() const;

private:
    QLabel *sign, *label;
    QToolButton* close;
};

class ProgressRow : public QFrame {
    Q_OBJECT
public:
    explicit ProgressRow(QWidget* parent = nullptr);
    void tell(const QString& words, int thousandths); ///< below 0: nobody knows how much is left
    [[nodiscard]] QPushButton* cancelButton() const { return cancel; }

signals:
    void cancelled();

private:
    QLabel* label;
    QProgressBar* bar;
    QPushButton* cancel;
};

} // namespace wirestage
