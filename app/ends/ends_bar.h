// SPDX-License-Identifier: GPL-3.0-or-later
// Above the stage of a capture merged from both ends: what was found, in one sentence, and below it what that
// takes for granted.
#pragma once

#include <QFrame>

class QLabel;

namespace wirestage {

struct BothEnds;

class EndsBar : public QFrame {
    Q_OBJECT
public:
    explicit EndsBar(QWidget* parent = nullptr);
    void tell(const BothEnds& ends);
    [[nodiscard]] QString words() const;
    [[nodiscard]] QString assumption() const;

private:
    QLabel *sentence, *basis;
};

} // namespace wirestage
