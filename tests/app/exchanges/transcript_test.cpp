// SPDX-License-Identifier: GPL-3.0-or-later
// The text twin of a diagram.
#include "app/exchanges/transcript.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

class MadeUpMessages final : public diagram::DiagramSource {
public:
    explicit MadeUpMessages(diagram::Row many) : rows(many) {
        hosts.resize(2);
        hosts[0].host = 0;
        hosts[0].name = "laptop";
        hosts[1].host = 1;
        hosts[1].name = "server";
    }
    [[nodiscard]] diagram::Row size() const override { return rows; }
    [[nodiscard]] diagram::RowFacts facts(diagram::Row row) const override {
        diagram::RowFacts f;
        f.time = 5'000'000'000 + static_cast<Time>(row) * 1'000'000;
        return f;
    }
    [[nodiscard]] std::uint32_t bytes(diagram::Row) const override { return 60; }
    [[nodiscard]] Message message(diagram::Row row) const override {
        Message m;
        m.time = facts(row).time;
        m.from = row % 2;
        m.to = row == 0 ? none : 1 - m.from;
        m.label = Text::verbatim("Hello");
        m.summary = Text::verbatim("number " + std::to_string(row));
        if (row == 1)
            m.notes.add(Note::Retransmission);
        return m;
    }
    [[nodiscard]] const std::vector<Participant>& participants() const override { return hosts; }
    [[nodiscard]] const std::vector<diagram::StateSpan>& states() const override { return noStates; }
    [[nodiscard]] const std::vector<diagram::PhaseSpan>& phases() const override { return noPhases; }

private:
    diagram::Row rows;
    std::vector<Participant> hosts;
    std::vector<diagram::StateSpan> noStates;
    std::vector<diagram::PhaseSpan> noPhases;
};

TEST(Transcript, GivesARowAsManyLinesAsItsWordsNeed) {
    TranscriptView view;
    view.resize(900, 400);
    view.setSource(std::make_shared<MadeUpMessages>(3));
    view.show();
    const auto height = [&] {
        QCoreApplication::processEvents();
        return view.visualRect(view.model()->index(0, 0)).height();
    };
    const int usual = height();
    EXPECT_LT(usual, 2 * view.fontMetrics().lineSpacing());
    view.resize(view.fontMetrics().horizontalAdvance(view.model()->index(1, 0).data().toString()) * 2 / 3,
                400);
    EXPECT_TRUE(QTest::qWaitFor([&] { return height() >= 2 * view.fontMetrics().lineSpacing(); }, 2000));
    view.resize(900, 400);
    EXPECT_TRUE(QTest::qWaitFor([&] { return height() == usual; }, 2000));
}

TEST(Transcript, TellsEveryMessageInALine) {
    TranscriptModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSource(std::make_shared<MadeUpMessages>(3));
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.line(0), QStringLiteral("1. 0.000\u00a0s, laptop to everybody: Hello, number 0"));
    EXPECT_TRUE(
        model.line(1).startsWith(QStringLiteral("2. 0.001\u00a0s, server to laptop: Hello, number 1 [")));
}

TEST(Transcript, ReachesTheLastOfTenMillionMessages) {
    TranscriptModel model;
    model.setSource(std::make_shared<MadeUpMessages>(10'000'000));
    EXPECT_LT(model.rowCount(), 100'000) << "rows come in portions";
    EXPECT_TRUE(model.canFetchMore({}));
    model.reach(9'999'999);
    EXPECT_EQ(model.rowCount(), 10'000'000);
    EXPECT_FALSE(model.canFetchMore({}));
}

TEST(Transcript, TellsWhichMessageTheKeysReach) {
    TranscriptView view;
    view.setSource(std::make_shared<MadeUpMessages>(5));
    view.resize(500, 300);
    view.show();
    view.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&view));
    view.setFocus();
    view.setCurrent(0);
    quint64 reached = 99;
    QObject::connect(&view, &TranscriptView::rowChosen, &view, [&](quint64 row) { reached = row; });
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(reached, 1u);
}

} // namespace
} // namespace wirestage
