// SPDX-License-Identifier: GPL-3.0-or-later
// Asks what is to be captured: interfaces of this machine or a command on another one, a filter that is
// checked while it is typed, and when to stop. Where nobody may capture here it says so, with the command
// that mends it.
#pragma once

#include "app/capture/capture_order.h"
#include "app/capture/interface_table.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableView;
class QTabWidget;

namespace wirestage {

class CaptureDialog : public QDialog {
    Q_OBJECT
public:
    using Rights = std::function<CaptureRights()>;
    /// `rights` is asked again when the dialog is used: somebody may mend them meanwhile.
    explicit CaptureDialog(Rights rights, QWidget* parent = nullptr);

    [[nodiscard]] CaptureOrder order() const;
    [[nodiscard]] const std::string& tool() const { return toolPath; } ///< empty: none may capture here
    [[nodiscard]] InterfaceModel* interfaces() const { return model; }
    [[nodiscard]] QLineEdit* filter() const { return filterBox; }
    [[nodiscard]] QLineEdit* remote() const { return remoteBox; }
    [[nodiscard]] QPushButton* startButton() const { return start; }
    [[nodiscard]] QLabel* verdict() const { return filterVerdict; }

signals:
    /// Instead of all this: something is to happen in a private network.
    void happenWanted(const CaptureOrder& order);

private:
    QWidget* localPage();
    QWidget* remotePage();
    QWidget* rightsCard();
    QWidget* limits();
    QWidget* happenButton();
    void restore();
    void remember() const;
    void judge();
    void lookForRights();

    Rights askRights;
    std::string toolPath;
    InterfaceModel* model;
    QTabWidget* pages;
    QTableView* table;
    QWidget* card; ///< about missing rights
    QLabel *cardWords, *filterVerdict;
    QLineEdit *remedy, *filterBox, *remoteBox;
    QCheckBox* promiscuous;
    QSpinBox *seconds, *megabytes, *packets;
    QPushButton* start;
};

} // namespace wirestage
