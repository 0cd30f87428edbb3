// SPDX-License-Identifier: GPL-3.0-or-later
// Below the stage of an overlay: what the two kinds of arrows are, and the goal with its steps, which tick
// themselves.
#pragma once

#include "app/overlay/overlay_session.h"

#include <QFrame>

class QLabel;

namespace wirestage {

class GoalBar : public QFrame {
    Q_OBJECT
public:
    explicit GoalBar(QWidget* parent = nullptr);
    /// `captured`: what the strong arrows are: "captured on eth0, live".
    void show(const OverlaySession& session, const QString& captured);
    void setLarge(bool on); ///< letters for a projector
    [[nodiscard]] QString words() const;

private:
    QLabel *legend, *goal;
};

} // namespace wirestage
