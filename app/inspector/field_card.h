// SPDX-License-Identifier: GPL-3.0-or-later
// One field explained: its title, its value, what the RFC means by it, and where it stands.
#pragma once

#include "app/inspector/inspected.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace wirestage {

class FieldCard : public QFrame {
    Q_OBJECT
public:
    explicit FieldCard(QWidget* parent = nullptr);
    /// -1 empties and hides the card.
    void setField(const Inspected& inspected, int field);

signals:
    void closed();

private:
    QLabel *title, *value, *text, *valueWords, *place;
    QToolButton* close;
};

/// "bytes 14–17", "byte 20, bits 1–2": from 0, as the bytes pane counts.
QString placeInWords(const Field& field);

} // namespace wirestage
