// SPDX-License-Identifier: GPL-3.0-or-later
// The bar's buttons and how they follow the stage.
#include "app/stage/transport_bar.h"

#include "app/stage/stage_view.h"

namespace wirestage {

TransportBar::TransportBar(StageView* ofStage, QWidget* parent) : QWidget(parent), stage(ofStage) {}
void TransportBar::setTheme(const Theme& theme) {
    colours = theme;
}
void TransportBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
}

} // namespace wirestage
