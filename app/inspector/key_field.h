// SPDX-License-Identifier: GPL-3.0-or-later
// A line of the explanation: a field's name, its value and its bytes. A button: it leads to the field's
// explanation.
#pragma once

#include "app/stage/theme.h"

#include <QAbstractButton>

namespace wirestage {

class KeyField : public QAbstractButton {
    Q_OBJECT
public:
    KeyField(const QString& name, const QString& value, const QString& bytes, const Theme& theme);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Columns {
        int name = 0, value = 0; ///< widths
        bool below = false;      ///< the bytes have a line of their own
    };
    [[nodiscard]] Columns columnsAt(int width) const;
    [[nodiscard]] QFont bold() const;
    [[nodiscard]] QFont mono() const;

    QString name, value, bytes;
    Theme colours;
};

} // namespace wirestage
