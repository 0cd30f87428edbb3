// SPDX-License-Identifier: GPL-3.0-or-later
// The table of exchanges with its search, its packet filter and the choice of what goes on the stage.
#pragma once

#include "app/exchanges/exchange_table_model.h"
#include "app/exchanges/exchange_table_view.h"
#include "app/stage/theme.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QToolButton;

namespace wirestage {

class ExchangePanel : public QWidget {
    Q_OBJECT
public:
    explicit ExchangePanel(QWidget* parent = nullptr);

    void setSource(std::shared_ptr<const ExchangeSource> source);
    void refresh(bool complete);
    void setTheme(const Theme& theme);
    /// Marks an exchange without announcing it.
    void setCurrent(ExchangeId id);
    void setAll(); ///< marks that all are on the stage
    [[nodiscard]] ExchangeTableModel* table() const { return model; }
    [[nodiscard]] QTableView* tableView() const { return view; }
    [[nodiscard]] QLineEdit* search() const { return searchBox; }
    [[nodiscard]] QLineEdit* filter() const { return filterBox; }
    [[nodiscard]] QString verdict() const; ///< what is said beside the boxes
    /// The height at which all rows are seen.
    [[nodiscard]] int wantedHeight() const;

    /// Says in words what is wrong with a packet filter; empty: it is good. Called while it is typed.
    std::function<QString(const QString&)> checkFilter;
    /// What the packet filter lets through; called when a good one is entered. Empty text: no filter.
    std::function<void(const QString&)> applyFilter;

public slots:
    void showAll();
    void openAdvanced(bool open);

signals:
    /// What is to be on the stage; empty: all exchanges.
    void chosen(const std::vector<wirestage::ExchangeId>& ids);
    void activated();     ///< Enter or a double click: go on to the stage
    void heightChanged(); ///< wantedHeight() is another one

private:
    void nameParts();
    void arrangeParts();
    void connectBoxes();
    void connectTable();
    void announce();
    void queryTyped();
    void filterTyped();
    void filterEntered();
    void showCount();
    void keepCurrent();
    [[nodiscard]] std::vector<ExchangeId> selected() const;

    ExchangeTableModel* model;
    ExchangeTableView* view;
    QLineEdit *searchBox, *filterBox;
    QToolButton *advanced, *all;
    QLabel *count, *queryVerdict, *filterVerdict;
    QWidget* advancedRow;
    QTimer typing, choosing;
    ExchangeId current = none;
    bool everything = false;
};

} // namespace wirestage
