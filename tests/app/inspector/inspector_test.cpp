// SPDX-License-Identifier: GPL-3.0-or-later
// The three panes stay on the same field.
#include "app/inspector/inspector.h"

#include "app/inspector/bit_picture.h"
#include "app/inspector/explain_pane.h"
#include "app/inspector/field_card.h"
#include "app/inspector/hex_view.h"
#include "tests/app/inspector/made_up_packet.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTreeView>

#include <gtest/gtest.h>

#include <algorithm>

namespace wirestage {
namespace {

struct InspectorTest : testing::Test {
    Inspector inspector;
    std::shared_ptr<Inspected> packet = inspectedIpAndUdp();

    void SetUp() override {
        inspector.resize(440, 800);
        inspector.setInspected(packet);
        inspector.show();
        (void)QTest::qWaitForWindowExposed(&inspector);
    }
    [[nodiscard]] int place(std::string_view name) const { return placeOf(packet->packet, name); }
    [[nodiscard]] bool says(const QString& words) const {
        for (const QLabel* label : inspector.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(words))
                return true;
        return false;
    }
};

TEST_F(InspectorTest, ScrollsNoFurtherThanItsWords) {
    // Narrow columns of words are high; what counts is the width that the pane has.
    auto* pane = inspector.findChild<ExplainPane*>();
    ASSERT_NE(pane, nullptr);
    inspector.resize(900, 2000);
    EXPECT_TRUE(QTest::qWaitFor([&] { return pane->verticalScrollBar()->maximum() == 0; }, 2000))
        << pane->verticalScrollBar()->maximum();
    inspector.resize(440, 200);
    EXPECT_TRUE(QTest::qWaitFor([&] { return pane->verticalScrollBar()->maximum() > 0; }, 2000));
    int lowest = 0; // of what stands in the column
    for (const QWidget* part : pane->widget()->findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
        if (part->isVisible())
            lowest = std::max(lowest, part->geometry().bottom());
    EXPECT_TRUE(QTest::qWaitFor([&] { return pane->widget()->height() <= lowest + 40; }, 2000))
        << pane->widget()->height() << " with the last part at " << lowest;
}

TEST_F(InspectorTest, SaysWhereInTheExchangeItIs) {
    EXPECT_TRUE(says(QStringLiteral("2 of 4")));
}

TEST_F(InspectorTest, MarksTheBytesOfAFieldThatIsClickedInThePicture) {
    inspector.setTab(Inspector::Packet);
    inspector.setField(place("ip"));
    auto* picture = inspector.findChild<BitPicture*>();
    ASSERT_NE(picture, nullptr);
    for (const BitCell& cell : picture->layoutOfBits().cells)
        if (cell.field == place("ip.ttl"))
            QTest::mouseClick(picture, Qt::LeftButton, {}, picture->rectOf(cell).center());
    EXPECT_EQ(inspector.field(), place("ip.ttl"));
    auto* hex = inspector.findChild<HexView*>();
    EXPECT_EQ(hex->markedFrom(), 22u);
    EXPECT_EQ(hex->markedLength(), 1u);
}

TEST_F(InspectorTest, FindsTheFieldOfAByteThatIsClicked) {
    inspector.setTab(Inspector::Bytes);
    auto* hex = inspector.findChild<HexView*>();
    QApplication::processEvents();
    QTest::mouseClick(hex->viewport(), Qt::LeftButton, {}, hex->rectOf(31).center());
    EXPECT_EQ(inspector.field(), place("ip.dst"));
}

TEST_F(InspectorTest, ExplainsAFieldAndSaysThatItChanged) {
    inspector.setField(place("ip.ttl"));
    auto* card = inspector.findChild<FieldCard*>();
    EXPECT_TRUE(card->isVisible());
    EXPECT_TRUE(says(QStringLiteral("ip.ttl")));
    EXPECT_TRUE(says(QStringLiteral("differs from packet 5")));
    inspector.setField(-1);
    EXPECT_FALSE(card->isVisible());
}

TEST_F(InspectorTest, KeepsTheFieldFromOneMessageToTheNext) {
    inspector.setField(place("ip.ttl"));
    inspector.setInspected(inspectedIpAndUdp());
    EXPECT_EQ(inspector.field(), place("ip.ttl"));
}

TEST_F(InspectorTest, WalksThePictureWithTheKeys) {
    inspector.setTab(Inspector::Packet);
    auto* picture = inspector.findChild<BitPicture*>();
    inspector.setField(place("udp.srcport"));
    QTest::keyClick(picture, Qt::Key_Right);
    EXPECT_EQ(inspector.field(), place("udp.dstport"));
    QTest::keyClick(picture, Qt::Key_Left);
    EXPECT_EQ(inspector.field(), place("udp.srcport"));
}

TEST_F(InspectorTest, HasNothingToSayOfNothing) {
    inspector.setInspected(nullptr);
    inspector.setField(3);
    EXPECT_TRUE(says(QStringLiteral("No message chosen")));
}

TEST(KeyFields, AreThoseTheExplanationSpeaksOfAndThenWhatChanged) {
    const auto packet = inspectedIpAndUdp();
    const auto fields = keyFieldsOf(*packet);
    EXPECT_LE(fields.size(), 6u);
    for (const int field : fields)
        EXPECT_GE(field, 0);
}

TEST(PlaceInWords, CountsBytesAndBitsFromZero) {
    const Description d = ipAndUdp();
    EXPECT_EQ(placeInWords(d.fields[static_cast<std::size_t>(placeOf(d, "ip.src"))]),
              QStringLiteral("bytes 26–29"));
    EXPECT_EQ(placeInWords(d.fields[static_cast<std::size_t>(placeOf(d, "ip.flags.df"))]),
              QStringLiteral("byte 20, bit 1"));
}

} // namespace
} // namespace wirestage
