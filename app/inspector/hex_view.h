// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes in hexadecimal and as characters, side by side, with one field marked. A click or the arrow keys
// choose a byte; whoever listens marks the field that it belongs to.
#pragma once

#include <QAbstractScrollArea>

#include <cstdint>
#include <span>
#include <vector>

namespace wirestage {

class HexView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit HexView(QWidget* parent = nullptr);

    void setBytes(std::vector<std::uint8_t> bytes);
    /// Marks `length` bytes from `offset` and scrolls there; 0 bytes mark nothing.
    void mark(std::uint32_t offset, std::uint32_t length);
    /// Said to a screen reader and shown nowhere: what is marked.
    void setMarkName(const QString& name);

    [[nodiscard]] int bytesPerRow() const { return perRow; }
    [[nodiscard]] std::uint32_t current() const { return cursor; }
    [[nodiscard]] std::uint32_t markedFrom() const { return markOffset; }
    [[nodiscard]] std::uint32_t markedLength() const { return markLength; }
    /// Where a byte's hexadecimal digits stand, in the viewport.
    [[nodiscard]] QRect rectOf(std::uint32_t offset) const;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void byteChosen(std::uint32_t offset);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void measure();
    void choose(std::int64_t offset);
    void bring(std::uint32_t offset);
    void say();
    [[nodiscard]] int hexLeft(int column) const;
    [[nodiscard]] int asciiLeft(int column) const;
    [[nodiscard]] std::int64_t byteAt(const QPoint& where) const; ///< -1: none
    void paintRow(class QPainter& painter, int row, int y) const;

    std::vector<std::uint8_t> bytes;
    std::uint32_t cursor = 0, markOffset = 0, markLength = 0;
    QString markName;
    int perRow = 16;
    int cell = 8, line = 16; ///< width of a character, height of a row
};

} // namespace wirestage
