// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson laid over a capture, in the window: a file's, and one that is being made, which a shell plays.
#include "tests/app/window/live_window.h"

#include "app/exchanges/exchange_panel.h"
#include "app/inspector/inspector.h"
#include "app/overlay/goal_bar.h"
#include "app/overlay/overlay_bar.h"
#include "app/overlay/overlay_session.h"
#include "app/window/message_bar.h"

namespace wirestage {
namespace {

using diagram::LaidStatus;

/// As the goals have it: a step is not broken at a line's end.
QString ticked(const char* sign, const char* words) {
    QString step = QString::fromUtf8(sign) + QLatin1Char(' ') + QLatin1String(words);
    return step.replace(QLatin1Char(' '), QChar::Nbsp);
}

struct OverlayWindow : LiveWindow {
    bool compared() {
        return QTest::qWaitFor(
            [&] {
                const auto source = window.stage()->source();
                return window.overlay()->shown() && source && source->overlaid();
            },
            10'000);
    }
    [[nodiscard]] std::vector<LaidStatus> statuses() const {
        std::vector<LaidStatus> all;
        const auto source = window.stage()->source();
        for (quint64 row = 0; source && row < source->size(); ++row)
            if (const auto laid = source->laid(row))
                all.push_back(laid->status);
        return all;
    }
    void openFile(const char* name) {
        window.openFile(QStringLiteral("resources/recordings/%1.pcapng").arg(QLatin1String(name)));
        ASSERT_TRUE(QTest::qWaitFor(
            [&] {
                return window.windowTitle().contains(QLatin1String(name)) && window.stage()->rowCount() > 0 &&
                       !window.busy();
            },
            10'000));
        QTest::qWait(200);
    }
};

TEST_F(OverlayWindow, LaysALessonOverTheExchangeOnTheStage) {
    openFile("dhcp-nak");
    ASSERT_TRUE(window.layLesson(QStringLiteral("dhcp-dora"), {}));
    ASSERT_TRUE(compared());
    EXPECT_TRUE(window.verdict()->isVisible());
    EXPECT_TRUE(window.verdict()->words().startsWith(QStringLiteral("Different at step ")))
        << window.verdict()->words().toStdString();
    const auto all = statuses();
    EXPECT_NE(std::find(all.begin(), all.end(), LaidStatus::Missing), all.end());
    EXPECT_TRUE(window.goals()->words().contains(ticked("✓", "DHCP Request")));

    // A row that only the textbook has is explained by the textbook's own message.
    const auto missing = std::find(all.begin(), all.end(), LaidStatus::Missing) - all.begin();
    window.stage()->jumpTo(static_cast<quint64>(missing));
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            const auto& now = window.inspector()->inspected();
            return now && now->story.find("The capture has no such message") != std::string::npos;
        },
        5'000));

    window.actionNamed(QStringLiteral("overlay-end"))->trigger();
    EXPECT_FALSE(window.verdict()->isVisible());
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return window.stage()->source() && !window.stage()->source()->overlaid(); }, 5'000));
}

TEST_F(OverlayWindow, FindsTheExchangeThatALessonIsAbout) {
    openFile("dhcp-dora-renew-release");
    window.exchanges()->showAll();
    ASSERT_TRUE(window.layLesson(QStringLiteral("dhcp-dora"), {}));
    ASSERT_TRUE(compared());
    EXPECT_EQ(window.overlay()->shown()->comparison.verdict, overlay::Verdict::Same);
    EXPECT_TRUE(window.verdict()->words().startsWith(QStringLiteral("As in the textbook: all 4 steps")));
    EXPECT_TRUE(window.goals()->words().contains(ticked("✓", "DHCP Ack")));
    // The next file has nothing to do with it.
    openFile("dns-recursion");
    EXPECT_FALSE(window.overlay()->isOn());
    EXPECT_FALSE(window.verdict()->isVisible());
}

TEST_F(OverlayWindow, SaysThatThereIsNoSuchLessonWhileTheFileOpens) {
    window.openFile(QStringLiteral("resources/recordings/dns-recursion.pcapng"));
    EXPECT_FALSE(window.layLesson(QStringLiteral("dns-lookup/answer-lost"), {}));
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.stage()->rowCount() > 0 && !window.busy(); }, 10'000));
    EXPECT_TRUE(window.messages()->isVisible());
    EXPECT_TRUE(window.messages()->words().startsWith(QStringLiteral("dns-lookup/answer-lost: ")))
        << window.messages()->words().toStdString();
    EXPECT_FALSE(window.overlay()->isOn());
}

TEST_F(OverlayWindow, GrowsWithWhatIsCaptured) {
    ASSERT_TRUE(window.layLesson(QStringLiteral("dhcp-dora"), {}));
    start();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            const auto now = statuses();
            return !now.empty() && now.front() == LaidStatus::Matched;
        },
        10'000));
    const auto before = statuses();
    EXPECT_EQ(before.size(), 4U);
    EXPECT_EQ(before.back(), LaidStatus::Awaited);
    EXPECT_TRUE(window.verdict()->words().startsWith(QStringLiteral("So far as in the textbook")))
        << window.verdict()->words().toStdString();
    EXPECT_TRUE(window.goals()->words().contains(ticked("○", "DHCP Ack")));
    goOn();
    EXPECT_TRUE(QTest::qWaitFor([&] { return statuses() == std::vector(4, LaidStatus::Matched); }, 10'000));
    EXPECT_TRUE(window.goals()->words().contains(ticked("✓", "DHCP Ack")));
    EXPECT_TRUE(window.stage()->source()->overlaid());
}

TEST_F(OverlayWindow, GoesThroughTheGoalsPartsOneAfterTheOther) {
    const overlay::Goal goal{"twice", Text::verbatim("Two things"), {{"dhcp-dora", ""}, {"dhcp-nak", ""}}};
    openFile("dhcp-dora-renew-release");
    window.exchanges()->showAll();
    ASSERT_TRUE(window.overlay()->layGoal(goal));
    ASSERT_TRUE(compared());
    EXPECT_TRUE(QTest::qWaitFor([&] { return window.overlay()->allParts().front().done; }, 5'000));
    EXPECT_TRUE(window.goals()->words().startsWith(QStringLiteral("Goal: Two things")));
    EXPECT_TRUE(window.goals()->words().contains(ticked("✓", "DHCP: four messages")));
    EXPECT_TRUE(window.goals()->words().contains(ticked("○", "DHCP: the server says no")));
}

TEST_F(OverlayWindow, FindsTheLessonThatFitsBest) {
    const auto file = CaptureFile::open("resources/recordings/dhcp-dora-renew-release.pcapng");
    Capture capture(std::move(std::get<CaptureFile>(const_cast<CaptureFile::Opened&>(file))));
    capture.index();
    const auto fits = OverlaySession::fitting(capture, 0);
    ASSERT_FALSE(fits.empty());
    EXPECT_EQ(fits.front().verdict, overlay::Verdict::Same);
    EXPECT_EQ(fits.front().lesson, "dhcp-dora");
    EXPECT_EQ(fits.front().variant, "");
}

} // namespace
} // namespace wirestage
