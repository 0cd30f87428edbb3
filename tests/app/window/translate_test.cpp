// SPDX-License-Identifier: GPL-3.0-or-later
// The seam between the core's texts and the screen.
#include "app/window/translate.h"

#include <QCoreApplication>
#include <QTranslator>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

/// Knows two texts, as a .qm file would.
class German : public QTranslator {
public:
    [[nodiscard]] QString translate(const char* context, const char* source, const char*,
                                    int n) const override {
        if (QLatin1String(context) != QLatin1String("test"))
            return {};
        if (QLatin1String(source) == QLatin1String("%1 asks %2"))
            return QStringLiteral("%2 wird von %1 gefragt");
        if (QLatin1String(source) == QLatin1String("%n segment(s)"))
            return n == 1 ? QStringLiteral("%n Segment") : QStringLiteral("%n Segmente");
        return {};
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

TEST(Translate, LeavesForeignBytesAlone) {
    EXPECT_EQ(tr(Text::verbatim("100 %1 %n (s)")), QStringLiteral("100 %1 %n (s)"));
}

TEST(Translate, SpeaksEnglishWhereNobodyTranslates) {
    EXPECT_EQ(tr(WS_TRN("test", "%n segment(s)", "", 1)), QStringLiteral("1 segment"));
    EXPECT_EQ(tr(WS_TRN("test", "%n segment(s)", "", 3)), QStringLiteral("3 segments"));
    EXPECT_EQ(tr(WS_TR("test", "%1 asks %2").with("a").with("b")), QStringLiteral("a asks b"));
}

TEST(Translate, LetsATranslatorChangeTheOrderAndTheNumber) {
    German german;
    QCoreApplication::installTranslator(&german);
    EXPECT_EQ(tr(WS_TR("test", "%1 asks %2").with("a %2").with("b")),
              QStringLiteral("b wird von a %2 gefragt"))
        << "what stands in an argument is not filled again";
    EXPECT_EQ(tr(WS_TRN("test", "%n segment(s)", "", 1)), QStringLiteral("1 Segment"));
    EXPECT_EQ(tr(WS_TRN("test", "%n segment(s)", "", 3)), QStringLiteral("3 Segmente"));
    QCoreApplication::removeTranslator(&german);
}

TEST(Translate, GroupsDigitsByThree) {
    EXPECT_EQ(grouped(999), QStringLiteral("999"));
    EXPECT_EQ(grouped(1234567), QStringLiteral("1\u202f234\u202f567"));
}

} // namespace
} // namespace wirestage
