// SPDX-License-Identifier: GPL-3.0-or-later
// A header drawn as in its RFC, 32 bits a row. Every cell can be chosen; what differs from the message before
// of the same kind carries a dot and a bold frame.
#pragma once

#include "app/inspector/bit_layout.h"
#include "app/stage/theme.h"

#include <QWidget>

namespace wirestage {

class BitPicture : public QWidget {
    Q_OBJECT
public:
    explicit BitPicture(QWidget* parent = nullptr);

    /// `node`: the header's own node in the description, -1 for none. The description must outlive the next
    /// call.
    void setHeader(const Description* description, const std::vector<bool>* changed, int node);
    void setField(int field);
    void setTheme(const Theme& theme);
    [[nodiscard]] QRect rectOf(const BitCell& cell) const;
    [[nodiscard]] const BitLayout& layoutOfBits() const { return bits; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void fieldChosen(int field);
    void fieldHovered(int field); ///< -1: none

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void measure();
    void paintScale(QPainter& painter) const;
    void paintCell(QPainter& painter, const BitCell& cell) const;
    void paintWords(QPainter& painter, const BitCell& cell, const QRect& where) const;
    [[nodiscard]] const Field* fieldOf(const BitCell& cell) const;
    [[nodiscard]] bool upright(const BitCell& cell) const; ///< too narrow for its name: written bottom to top
    [[nodiscard]] int cellAt(const QPoint& where) const;
    [[nodiscard]] int bitLeft(int bit) const;
    void chooseCell(int cell);

    const Description* description = nullptr;
    const std::vector<bool>* changed = nullptr;
    BitLayout bits;
    std::vector<int> rowTops; ///< one more than there are rows
    int field = -1, hovered = -1;
    Theme colours = theme(ThemeName::Light);
};

} // namespace wirestage
