// SPDX-License-Identifier: GPL-3.0-or-later
// Above the stage of an overlay: the verdict in a sentence, what it is about, and what else could be laid
// over or looked at.
#pragma once

#include "app/overlay/overlay_session.h"

#include <QFrame>

class QLabel;
class QMenu;
class QToolButton;

namespace wirestage {

class OverlayBar : public QFrame {
    Q_OBJECT
public:
    explicit OverlayBar(QWidget* parent = nullptr);
    void show(const OverlaySession& session);
    void setLarge(bool on);              ///< letters for a projector
    [[nodiscard]] QString words() const; ///< the verdict and what is below it
    [[nodiscard]] QToolButton* othersButton() const { return others; }

signals:
    void exchangeWanted(wirestage::ExchangeId id); ///< another one is to be compared
    void closeWanted();

private:
    QLabel *sign, *sentence, *detail;
    QToolButton *others, *close;
    QMenu* otherMenu;
    bool large = false;
};

} // namespace wirestage
