// SPDX-License-Identifier: GPL-3.0-or-later
// The table of exchanges as it is drawn: what an outcome looks like, how wide the columns are, and whether
// the rows have a second line.
#pragma once

#include "app/stage/theme.h"

#include <QHash>
#include <QTableView>

#include <functional>
#include <memory>

namespace wirestage {

class ExchangeTableView : public QTableView {
public:
    explicit ExchangeTableView(QAbstractItemModel* model);

    void setTheme(const Theme& theme);
    /// Other exchanges: what was measured of the last ones counts no more.
    void forget();
    /// Gives the columns what their words need, as far as there is room. Where the names or sentences of the
    /// first rows find too little, all rows get a second line: in a narrow table, and in one of few rows.
    void fitColumns();
    /// Of the header and so many rows that they are a table and not the whole window.
    [[nodiscard]] int wantedHeight() const;

    /// Paints those rows on screen anew whose words are others than before, not all of them.
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                     const QList<int>& roles = {}) override;
    void reset() override;

    std::function<void()> wantAll; ///< Ctrl+A: choosing a million rows one by one is not what is meant

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void measureRows();
    [[nodiscard]] QString wordsOf(int row) const;
    [[nodiscard]] std::shared_ptr<const void> held() const;

    QHash<int, QString> seen; ///< by row on screen: its words when they were last looked at
    int measured = 0;         ///< rows
    int namesWanted = 0, sentenceWanted = 0;
    bool twoLines = false;
};

} // namespace wirestage
