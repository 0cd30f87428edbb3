// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a packet, and of what was put together from several (a choice where there is more than the
// frame).
#pragma once

#include "app/inspector/inspected.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;

namespace wirestage {

class HexView;

class BytesPane : public QWidget {
    Q_OBJECT
public:
    explicit BytesPane(QWidget* parent = nullptr);
    void setInspected(std::shared_ptr<const Inspected> inspected);
    void setField(int field); ///< switches to the buffer it stands in and marks its bytes

signals:
    void fieldChosen(int field);

private:
    void showBuffer(int buffer);

    std::shared_ptr<const Inspected> shown;
    QComboBox* buffers;
    HexView* hex;
    QLabel *heading, *marked;
};

} // namespace wirestage
