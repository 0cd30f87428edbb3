// SPDX-License-Identifier: GPL-3.0-or-later
// Every theme reaches WCAG 2.2's enhanced contrast for text (1.4.6, 7:1) and 3:1 for lines that carry meaning
// (1.4.11), whatever is drawn on whatever.
#include "app/stage/theme.h"

#include "core/diagram/text_metrics.h"

#include <gtest/gtest.h>

namespace wirestage {
namespace {

constexpr ThemeName all[] = {ThemeName::Light, ThemeName::Dark, ThemeName::Projector};

std::string where(const char* what, const Theme& t) {
    return std::string(what) + " in " + wordOf(t.name).toStdString();
}

// Black on white is 21:1, and #777777 on white 4.48:1, as WCAG's own examples say.
TEST(Contrast, IsReckonedAsWcagDoes) {
    EXPECT_NEAR(contrast(Qt::black, Qt::white), 21, 0.01);
    EXPECT_NEAR(contrast(QColor(0x77, 0x77, 0x77), Qt::white), 4.48, 0.01);
}

TEST(Theme, TextReachesSevenToOneOnWhateverItStandsOn) {
    for (const ThemeName name : all) {
        const Theme& t = theme(name);
        for (const QColor& paper : {t.ground, t.surface}) {
            EXPECT_GE(contrast(t.text, paper), 7) << where("text", t);
            EXPECT_GE(contrast(t.quietText, paper), 7) << where("quiet text", t);
            EXPECT_GE(contrast(t.accent, paper), 7) << where("accent", t);
            EXPECT_GE(contrast(t.danger, paper), 7) << where("danger", t);
            EXPECT_GE(contrast(t.good, paper), 7) << where("good", t);
            EXPECT_GE(contrast(t.warning, paper), 7) << where("warning", t);
            for (unsigned f = 0; f < static_cast<unsigned>(diagram::Family::count); ++f)
                EXPECT_GE(contrast(t.family(static_cast<diagram::Family>(f)), paper), 7)
                    << where(std::string(diagram::name(static_cast<diagram::Family>(f))).c_str(), t);
        }
        EXPECT_GE(contrast(t.accentText, t.accent), 7) << where("text on accent", t);
        EXPECT_GE(contrast(t.text, t.accentSoft), 7) << where("text on what is chosen", t);
        EXPECT_GE(contrast(t.warning, t.warningSoft), 7) << where("a chip", t);
        for (unsigned depth = 0; depth < 4; ++depth)
            EXPECT_GE(contrast(t.text, t.layerSoft(depth)), 7) << where("text in a layer's box", t);
    }
}

TEST(Theme, LinesThatCarryMeaningReachThreeToOne) {
    for (const ThemeName name : all) {
        const Theme& t = theme(name);
        EXPECT_GE(contrast(t.lifeline, t.ground), 3) << where("lifeline", t);
        // An arrow on its glow, and a ribbon's outline against the ground.
        for (unsigned f = 0; f < static_cast<unsigned>(diagram::Family::count); ++f)
            EXPECT_GE(contrast(t.family(static_cast<diagram::Family>(f)), t.highlight), 3)
                << where("on the glow", t);
        for (unsigned depth = 0; depth < 4; ++depth)
            EXPECT_GE(contrast(t.layer(depth), t.layerSoft(depth)), 3) << where("a layer's border", t);
    }
}

TEST(Theme, HasANameThatIsFoundAgain) {
    for (const ThemeName name : all)
        EXPECT_EQ(themeOfName(wordOf(name)), name);
    EXPECT_EQ(themeOfName(QStringLiteral("no such")), ThemeName::Light);
}

// 24 points are 32 pixels at 96 dots per inch.
TEST(Theme, MakesLabelsThirtyTwoPixelsHighOnTheProjector) {
    EXPECT_GE(theme(ThemeName::Projector).stageScale() * diagram::TypeSizes::large().label, 32);
    EXPECT_GE(theme(ThemeName::Projector).stageScale() * diagram::TypeSizes::large().summary, 32);
}

} // namespace
} // namespace wirestage
