// SPDX-License-Identifier: GPL-3.0-or-later
// Labels, columns and switches as every pane uses them.
#include "app/window/pane_parts.h"

#include <QAction>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QTextLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace wirestage {
namespace {

/// Breaks the lines; returns the height.
int breakLines(QTextLayout& layout, int width) {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    qreal height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 20));
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return static_cast<int>(std::ceil(height));
}

/// What scrolls: as high as its words are at the width it has. The height of the narrowest column, in which
/// every word stands below the other, would leave a page of nothing to scroll to.
class Column : public QWidget {
public:
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, 0}; }
};

} // namespace

int wrappedHeight(const QFont& font, const QString& text, int width) {
    if (text.isEmpty())
        return 0;
    QTextLayout layout(text, font);
    return breakLines(layout, width);
}

void drawWrapped(QPainter& painter, const QRect& where, const QString& text) {
    QTextLayout layout(text, painter.font());
    breakLines(layout, where.width());
    layout.draw(&painter, where.topLeft());
}

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
    auto* inside = new Column;
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
