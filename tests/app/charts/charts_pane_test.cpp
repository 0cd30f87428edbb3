// SPDX-License-Identifier: GPL-3.0-or-later
// The charts: what they draw of a recording, that they keep step and lead back to the messages, and what they
// say where there is nothing to draw.
#include "app/charts/charts_pane.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

std::shared_ptr<const Capture> recording(const std::string& name) {
    auto opened = CaptureFile::open("resources/recordings/" + name + ".pcapng");
    auto capture = std::make_shared<Capture>(std::move(std::get<CaptureFile>(opened)));
    capture->index();
    return capture;
}

class Charts : public testing::Test {
protected:
    void show(const std::string& name, std::vector<ExchangeId> of = {}) {
        capture = recording(name);
        pane.resize(900, 320);
        pane.show();
        pane.setShown(capture, std::move(of));
        ASSERT_TRUE(QTest::qWaitFor([this] { return !pane.busy(); }));
    }
    const ChartLine* line(const QString& name) {
        for (const ChartLine& one : pane.view()->lines())
            if (one.name == name)
                return &one;
        return nullptr;
    }
    std::shared_ptr<const Capture> capture;
    ChartsPane pane;
};

TEST_F(Charts, DrawDataAcknowledgementsAndTheWindowsEdge) {
    show("tcp-fast-retransmit");
    for (const char* name : {"Data", "Acknowledged", "Window edge", "Data sent again"})
        ASSERT_TRUE(line(QLatin1String(name))) << name;
    EXPECT_EQ(line(QStringLiteral("Data sent again"))->points.size(), 1U); // the recording's one lost segment
    // Data stays below the edge of the window (RFC 9293, section 3.8.6).
    EXPECT_LE(line(QStringLiteral("Data"))->points.back().value,
              line(QStringLiteral("Window edge"))->points.back().value);
    EXPECT_TRUE(pane.summary().contains("sent again")) << pane.summary().toStdString();
}

TEST_F(Charts, TellMarksApartWithoutColour) {
    show("tcp-fast-retransmit");
    EXPECT_NE(line(QStringLiteral("Data"))->mark, line(QStringLiteral("Data sent again"))->mark);
    EXPECT_NE(line(QStringLiteral("Acknowledged"))->mark, line(QStringLiteral("Window edge"))->mark);
}

TEST_F(Charts, HaveLinesForEachKind) {
    show("tcp-fast-retransmit");
    for (int kind = 0; kind < static_cast<int>(ChartKind::count); ++kind) {
        pane.setKind(static_cast<ChartKind>(kind));
        EXPECT_FALSE(pane.view()->lines().empty()) << kind;
        EXPECT_FALSE(pane.summary().isEmpty()) << kind;
        EXPECT_EQ(pane.view()->accessibleDescription(), pane.summary());
    }
}

TEST_F(Charts, GoToTheMessageOfAPoint) {
    show("tcp-fast-retransmit");
    QSignalSpy chosen(&pane, &ChartsPane::packetChosen);
    const ChartLine* again = line(QStringLiteral("Data sent again"));
    ASSERT_TRUE(again);
    // Where the point is on the screen: packetAt is asked everywhere, and must find it somewhere.
    bool found = false;
    for (int x = 0; x < pane.view()->width() && !found; x += 3)
        for (int y = 0; y < pane.view()->height() && !found; y += 3)
            if (pane.view()->packetAt(QPointF(x, y)) == again->points[0].packet) {
                QTest::mouseClick(pane.view()->viewport(), Qt::LeftButton, {}, QPoint(x, y));
                found = true;
            }
    ASSERT_TRUE(found);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0][0].toUInt(), again->points[0].packet);
}

TEST_F(Charts, KeepStepWithTheStage) {
    show("tcp-fast-retransmit");
    EXPECT_FALSE(pane.view()->playhead());
    pane.setCurrent(5);
    ASSERT_TRUE(pane.view()->playhead());
    EXPECT_NEAR(*pane.view()->playhead(), static_cast<double>(capture->timeOf(5) - capture->timeOf(0)) / 1e9,
                1e-9);
}

TEST_F(Charts, MoveByKeyboard) {
    show("tcp-fast-retransmit");
    pane.setCurrent(0);
    QSignalSpy chosen(&pane, &ChartsPane::packetChosen);
    QTest::keyClick(pane.view(), Qt::Key_Right);
    ASSERT_EQ(chosen.count(), 1);
    const auto first = chosen[0][0].toUInt();
    pane.setCurrent(first);
    QTest::keyClick(pane.view(), Qt::Key_Right);
    ASSERT_EQ(chosen.count(), 2);
    EXPECT_GT(chosen[1][0].toUInt(), first);
    pane.setCurrent(chosen[1][0].toUInt());
    QTest::keyClick(pane.view(), Qt::Key_Left);
    ASSERT_EQ(chosen.count(), 3);
    EXPECT_EQ(chosen[2][0].toUInt(), first);
}

TEST_F(Charts, OfferASessionsDataConnectionsToo) {
    show("ftp-pasv", {0});
    EXPECT_GE(pane.connections()->count(), 3); // both directions of the control connection, and files
}

TEST_F(Charts, ShowTheCongestionWindowWhereAHostMeasuredIt) {
    show("tcp-fast-retransmit");
    pane.setLesson(
        [](HostId, Time) {
            return series::Points{{0, 1460, none}, {0.001, 2920, none}};
        },
        [](HostId) { return std::string("Client"); });
    ASSERT_TRUE(QTest::qWaitFor([this] { return !pane.busy(); }));
    pane.setKind(ChartKind::Window);
    const ChartLine* window = line(QStringLiteral("Congestion window"));
    ASSERT_TRUE(window);
    EXPECT_EQ(window->points.size(), 2U);
    EXPECT_NE(window->points[0].packet, none);
    EXPECT_TRUE(pane.connections()->itemText(0).contains(QStringLiteral("Client → Client")))
        << "as the lesson says";
}

TEST_F(Charts, SayWhyThereIsNothingToDraw) {
    EXPECT_EQ(pane.summary(), QStringLiteral("Nothing is on the stage yet."));
    show("dhcp-dora-renew-release");
    EXPECT_TRUE(pane.summary().startsWith("There is no TCP connection on the stage."))
        << pane.summary().toStdString();
    EXPECT_TRUE(pane.view()->isHidden());
}

TEST_F(Charts, DoNothingWhileNobodySeesThem) {
    ChartsPane hidden;
    hidden.setShown(recording("tcp-fast-retransmit"), {});
    EXPECT_FALSE(hidden.busy());
}

TEST_F(Charts, HaveLegibleLinesInEveryTheme) {
    show("tcp-fast-retransmit");
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::Projector}) {
        pane.setTheme(theme(name));
        for (int kind = 0; kind < static_cast<int>(ChartKind::count); ++kind) {
            pane.setKind(static_cast<ChartKind>(kind));
            for (const ChartLine& one : pane.view()->lines()) // WCAG 2.2, 1.4.11
                EXPECT_GE(contrast(one.color, theme(name).surface), 3) << one.name.toStdString();
        }
    }
}

} // namespace
} // namespace wirestage
