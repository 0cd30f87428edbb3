// SPDX-License-Identifier: GPL-3.0-or-later
// The panel as somebody uses it: typing, choosing, filtering.
#include "app/exchanges/exchange_panel.h"

#include "tests/app/exchanges/made_up_exchanges.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QPaintEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

struct Panel : testing::Test {
    ExchangePanel panel;
    std::vector<std::vector<ExchangeId>> chosen;

    void SetUp() override {
        panel.resize(1000, 400);
        panel.setSource(std::make_shared<MadeUpExchanges>(200));
        QObject::connect(&panel, &ExchangePanel::chosen, &panel,
                         [this](const std::vector<ExchangeId>& ids) { chosen.push_back(ids); });
        panel.show();
        (void)QTest::qWaitForWindowExposed(&panel);
    }
};

using ExchangePanelTest = Panel;

TEST_F(ExchangePanelTest, PutsTheExchangeOnTheStageThatTheArrowKeysReach) {
    panel.setCurrent(0);
    panel.tableView()->setFocus();
    QTest::keyClick(panel.tableView(), Qt::Key_Down);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !chosen.empty(); }, 2000));
    EXPECT_EQ(chosen.back(), (std::vector<ExchangeId>{1}));
    QTest::keyClick(panel.tableView(), Qt::Key_Down, Qt::ShiftModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return chosen.size() == 2; }, 2000));
    EXPECT_EQ(chosen.back(), (std::vector<ExchangeId>{1, 2}));
}

TEST_F(ExchangePanelTest, GivesLongWordsASecondLineWhereThereIsLittleRoom) {
    struct Talkative : MadeUpExchanges {
        using MadeUpExchanges::MadeUpExchanges;
        [[nodiscard]] Text sentence(ExchangeId) const override {
            return Text::verbatim("declined: another host already uses this address, so it is not taken");
        }
    };
    const auto lineHeight = [&] { return panel.tableView()->verticalHeader()->defaultSectionSize(); };
    const int oneLine = lineHeight();
    const int letters = panel.fontMetrics().height();
    panel.setSource(std::make_shared<Talkative>(200));
    panel.refresh(true);
    panel.resize(letters * 44, 400);
    EXPECT_EQ(lineHeight(), oneLine + letters) << "a narrow table";
    EXPECT_TRUE(panel.tableView()->wordWrap());
    panel.resize(letters * 120, 400);
    EXPECT_EQ(lineHeight(), oneLine) << "all fits in one line";
}

/// What a widget was told to paint anew.
struct PaintedRows : QObject {
    QRegion region;
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint)
            region += static_cast<QPaintEvent*>(event)->region();
        return false;
    }
};

TEST_F(ExchangePanelTest, PaintsOnlyThoseRowsAnewThatHaveChanged) {
    struct Growing : MadeUpExchanges {
        using MadeUpExchanges::MadeUpExchanges;
        [[nodiscard]] ExchangeRow row(ExchangeId id) const override {
            ExchangeRow row = MadeUpExchanges::row(id);
            row.packets += id == 3 ? more.load() : 0;
            return row;
        }
        std::atomic<std::uint64_t> more = 0;
    };
    const auto source = std::make_shared<Growing>(200);
    panel.setSource(source);
    panel.refresh(true);
    QTest::qWait(50);
    QTableView* view = panel.tableView();
    PaintedRows painted;
    view->viewport()->installEventFilter(&painted);

    panel.refresh(true);
    QTest::qWait(50);
    EXPECT_TRUE(painted.region.isEmpty()) << "nothing has changed";

    source->more = 5;
    panel.refresh(true);
    QTest::qWait(50);
    const QRect changed(0, view->rowViewportPosition(3), view->viewport()->width(), view->rowHeight(3));
    EXPECT_EQ(painted.region.boundingRect(), changed);
    EXPECT_EQ(view->model()->index(3, static_cast<int>(ExchangeColumn::Packets)).data().toString(),
              QString::number(MadeUpExchanges(200).row(3).packets + 5));

    painted.region = {};
    view->verticalScrollBar()->setValue(20);
    QTest::qWait(50);
    painted.region = {};
    panel.refresh(true);
    QTest::qWait(50);
    EXPECT_FALSE(painted.region.isEmpty()) << "of rows that came into view nobody knows what they said";
}

TEST_F(ExchangePanelTest, ShowsAllOnControlA) {
    QTest::keyClick(panel.tableView(), Qt::Key_A, Qt::ControlModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !chosen.empty(); }, 2000));
    EXPECT_TRUE(chosen.back().empty()) << "an empty list stands for all";
}

TEST_F(ExchangePanelTest, ShowsAllThatWasFound) {
    QTest::keyClicks(panel.search(), QStringLiteral("host:10.0.0.7"));
    QTest::keyClick(panel.search(), Qt::Key_Return);
    EXPECT_EQ(panel.table()->rowCount(), 2);
    panel.showAll();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !chosen.empty(); }, 2000));
    EXPECT_EQ(chosen.back(), (std::vector<ExchangeId>{7, 107}));
}

TEST_F(ExchangePanelTest, SaysWhatIsWrongWithASearchAndKeepsTheRows) {
    QTest::keyClicks(panel.search(), QStringLiteral("outcome:gone"));
    QTest::keyClick(panel.search(), Qt::Key_Return);
    EXPECT_TRUE(panel.verdict().contains(QStringLiteral("gone")));
    EXPECT_EQ(panel.table()->rowCount(), 200);
}

TEST_F(ExchangePanelTest, ChecksAPacketFilterWhileItIsTyped) {
    QString applied = QStringLiteral("nothing yet");
    panel.checkFilter = [](const QString& text) {
        return text == QLatin1String("udp") ? QString() : QStringLiteral("no such word");
    };
    panel.applyFilter = [&](const QString& text) { applied = text; };
    panel.openAdvanced(true);
    QTest::keyClicks(panel.filter(), QStringLiteral("ud"));
    EXPECT_TRUE(panel.verdict().contains(QStringLiteral("no such word")));
    QTest::keyClick(panel.filter(), Qt::Key_Return);
    EXPECT_EQ(applied, QStringLiteral("nothing yet")) << "a bad filter is not applied";
    QTest::keyClicks(panel.filter(), QStringLiteral("p"));
    EXPECT_TRUE(panel.verdict().startsWith(QStringLiteral("✓")));
    QTest::keyClick(panel.filter(), Qt::Key_Return);
    EXPECT_EQ(applied, QStringLiteral("udp"));
}

TEST_F(ExchangePanelTest, KeepsTheExchangeMarkedThroughANewOrder) {
    panel.setCurrent(42);
    panel.tableView()->sortByColumn(static_cast<int>(ExchangeColumn::Size), Qt::DescendingOrder);
    const auto rows = panel.tableView()->selectionModel()->selectedRows();
    ASSERT_EQ(rows.size(), 1);
    EXPECT_EQ(panel.table()->idAt(rows[0].row()), 42u);
}

} // namespace
} // namespace wirestage
