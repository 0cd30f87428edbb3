// SPDX-License-Identifier: GPL-3.0-or-later
// Labels, columns and switches as every pane uses them.
#include "app/window/pane_parts.h"

#include <QAction>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace wirestage {

QLabel* plainLabel(const QString& role, const QString& words) {
    auto* label = new QLabel(words);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setMinimumWidth(1);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    label->setSizePolicy(policy);
    if (!role.isEmpty())
        label->setProperty("role", role);
    return label;
}

void setTextOrHide(QLabel* label, const QString& words) {
    label->setText(words);
    label->setVisible(!words.isEmpty());
}

QVBoxLayout* scrolledColumn(QScrollArea* area) {
    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("column"));
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(inside);
    return column;
}

QToolButton* pill(QAction* action) {
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setProperty("role", QStringLiteral("pill"));
    return button;
}

} // namespace wirestage
