// SPDX-License-Identifier: GPL-3.0-or-later
// The pane on the right: a message explained, its packet, its bytes. A field chosen in one of them is chosen
// in all, and explained below.
#pragma once

#include "app/inspector/inspected.h"
#include "app/stage/theme.h"

#include <QWidget>

#include <memory>

class QTabWidget;
class QScrollArea;

namespace wirestage {

class BytesPane;
class ExplainPane;
class FieldCard;
class PacketPane;

class Inspector : public QWidget {
    Q_OBJECT
public:
    enum Tab { Explain, Packet, Bytes };

    explicit Inspector(QWidget* parent = nullptr);
    void setInspected(std::shared_ptr<const Inspected> inspected); ///< null: nothing is chosen
    void setTheme(const Theme& theme);
    void setTab(Tab tab);
    /// A further pane before the others, where there is something to show in it: a lesson.
    void setExtraPane(QWidget* pane, const QString& title);
    void showExtraPane(bool on);
    [[nodiscard]] Tab tab() const;
    [[nodiscard]] int field() const { return current; }
    [[nodiscard]] std::shared_ptr<const Inspected> inspected() const { return shown; }

public slots:
    void setField(int field); ///< -1: none

signals:
    void fieldChanged(int field);

private:
    std::shared_ptr<const Inspected> shown;
    QTabWidget* tabs;
    ExplainPane* explain;
    PacketPane* packet;
    BytesPane* bytes;
    QWidget* extra = nullptr;
    QString extraTitle;
    FieldCard* card;
    QScrollArea* cardArea;
    int current = -1;
};

} // namespace wirestage
