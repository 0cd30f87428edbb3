// SPDX-License-Identifier: GPL-3.0-or-later
// The table over a few and over a million exchanges, with Qt's own model tester looking on.
#include "app/exchanges/exchange_table_model.h"

#include "tests/app/exchanges/made_up_exchanges.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

using Tester = QAbstractItemModelTester;
constexpr auto fatal = Tester::FailureReportingMode::Fatal;

int column(ExchangeColumn which) {
    return static_cast<int>(which);
}

QString cell(const ExchangeTableModel& model, int row, ExchangeColumn which) {
    return model.data(model.index(row, column(which)), Qt::DisplayRole).toString();
}

TEST(ExchangeTable, KeepsTheRulesOfAModelWhileItGrowsSortsAndSearches) {
    ExchangeTableModel model;
    const Tester tester(&model, fatal);
    auto source = std::make_shared<MadeUpExchanges>(10);
    model.setSource(source);
    source->howMany = 500;
    model.refresh(false);
    EXPECT_EQ(model.rowCount(), 500);
    model.sort(column(ExchangeColumn::Duration), Qt::DescendingOrder);
    model.setQuery(parseQuery(QStringLiteral("outcome:refused")));
    EXPECT_EQ(model.rowCount(), 100);
    source->howMany = 1000;
    model.refresh(true);
    EXPECT_EQ(model.rowCount(), 200);
    model.setWithin(std::vector<ExchangeId>{1, 5, 6, 25});
    EXPECT_EQ(model.rowCount(), 2);
    model.setWithin(std::nullopt);
    model.setQuery({});
    model.sort(-1, Qt::AscendingOrder);
    EXPECT_EQ(model.rowCount(), 1000);
}

TEST(ExchangeTable, SaysWhoWhenHowLongAndHowItEnded) {
    ExchangeTableModel model;
    model.setSource(std::make_shared<MadeUpExchanges>(1000));
    EXPECT_EQ(cell(model, 5, ExchangeColumn::Protocol), QStringLiteral("TCP"));
    EXPECT_EQ(cell(model, 5, ExchangeColumn::Who), QStringLiteral("10.0.0.5 ↔ server"));
    EXPECT_EQ(cell(model, 999, ExchangeColumn::Who), QStringLiteral("10.0.0.99 → everybody"));
    EXPECT_EQ(cell(model, 5, ExchangeColumn::Outcome), QStringLiteral("Refused"));
    EXPECT_EQ(cell(model, 777, ExchangeColumn::Sentence), QStringLiteral("the needle"));
    EXPECT_TRUE(cell(model, 9, ExchangeColumn::Protocol).startsWith(QStringLiteral("↳")));
    EXPECT_FALSE(cell(model, 8, ExchangeColumn::Protocol).startsWith(QStringLiteral("↳")));
}

TEST(ExchangeTable, SortsByEveryColumn) {
    ExchangeTableModel model;
    auto source = std::make_shared<MadeUpExchanges>(300);
    model.setSource(source);
    model.sort(column(ExchangeColumn::Size), Qt::DescendingOrder);
    EXPECT_EQ(model.idAt(0), 299u);
    model.sort(column(ExchangeColumn::Duration), Qt::AscendingOrder);
    for (int row = 1; row < model.rowCount(); ++row)
        EXPECT_LE(source->row(model.idAt(row - 1)).duration, source->row(model.idAt(row)).duration);
    model.sort(column(ExchangeColumn::Who), Qt::AscendingOrder);
    EXPECT_EQ(cell(model, 0, ExchangeColumn::Who), QStringLiteral("10.0.0.0 ↔ server"));
    model.sort(column(ExchangeColumn::Sentence), Qt::DescendingOrder);
    EXPECT_EQ(model.idAt(0), 99u) << "\"hay 99\" is the last one in the order of letters";
}

TEST(ExchangeTable, ArrangesAMillionWithoutHoldingUpTheWindow) {
    ExchangeTableModel model;
    auto source = std::make_shared<MadeUpExchanges>(1'000'000);
    model.setSource(source);
    EXPECT_EQ(model.rowCount(), 1'000'000);
    QElapsedTimer clock;
    clock.start();
    model.sort(column(ExchangeColumn::Duration), Qt::DescendingOrder);
    EXPECT_LT(clock.elapsed(), 50) << "the order is worked out in another thread";
    EXPECT_TRUE(model.busy());
    QSignalSpy arranged(&model, &ExchangeTableModel::arranged);
    ASSERT_TRUE(arranged.wait(30'000));
    EXPECT_EQ(source->row(model.idAt(0)).duration, 999'000);
    EXPECT_EQ(source->sentencesMade, 0u) << "no sentence is made for a row that nobody sees";
}

/// One of them takes its time to be told.
struct WithALongOne : MadeUpExchanges {
    using MadeUpExchanges::MadeUpExchanges;
    [[nodiscard]] Text sentence(ExchangeId id) const override {
        return id == 2 ? Text::verbatim("after " + std::to_string(++told)) : MadeUpExchanges::sentence(id);
    }
    [[nodiscard]] std::optional<Text> sentenceAtOnce(ExchangeId id) const override {
        return id == 2 ? std::nullopt : std::optional(sentence(id));
    }
    mutable std::atomic<int> told = 0;
};

TEST(ExchangeTable, LetsALongExchangeBeToldInAnotherThread) {
    ExchangeTableModel model;
    model.setSource(std::make_shared<WithALongOne>(5));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    EXPECT_EQ(cell(model, 1, ExchangeColumn::Sentence), QStringLiteral("hay 1"));
    EXPECT_EQ(cell(model, 2, ExchangeColumn::Sentence), QStringLiteral("…"));
    ASSERT_TRUE(changed.wait(10'000));
    EXPECT_EQ(changed.front().front().toModelIndex().row(), 2);
    EXPECT_EQ(cell(model, 2, ExchangeColumn::Sentence), QStringLiteral("after 1"));
    model.refresh(true);
    EXPECT_EQ(cell(model, 2, ExchangeColumn::Sentence), QStringLiteral("after 1"))
        << "what was known last stands until the new words are there";
    changed.clear();
    ASSERT_TRUE(changed.wait(10'000));
    EXPECT_EQ(cell(model, 2, ExchangeColumn::Sentence), QStringLiteral("after 2"));
}

TEST(ExchangeTable, ShowsWhatItFindsWhileItLooksOn) {
    ExchangeTableModel model;
    model.setSource(std::make_shared<MadeUpExchanges>(1'000'000));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.setQuery(parseQuery(QStringLiteral("needle")));
    EXPECT_EQ(model.rowCount(), 0);
    QSignalSpy arranged(&model, &ExchangeTableModel::arranged);
    ASSERT_TRUE(inserted.wait(60'000));
    EXPECT_EQ(model.idAt(0), 777u);
    model.setQuery({});
    EXPECT_EQ(model.rowCount(), 1'000'000) << "the search was given up";
}

} // namespace
} // namespace wirestage
