// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of fields, and what is worked out from a description.
#include "app/inspector/field_model.h"

#include "app/inspector/layer_summary.h"
#include "tests/app/inspector/made_up_packet.h"

#include <QAbstractItemModelTester>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

TEST(FieldModel, IsATreeThatQtsTesterAccepts) {
    FieldModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setDescription(ipAndUdp());
    ASSERT_EQ(model.rowCount(), 2);
    const QModelIndex ip = model.index(0, 0);
    EXPECT_EQ(model.rowCount(ip), 12);
    const QModelIndex flags = model.indexOfField(placeOf(model.description(), "ip.flags"));
    EXPECT_EQ(flags.parent(), ip);
    EXPECT_EQ(model.rowCount(flags), 3);
    EXPECT_EQ(model.data(model.index(1, FieldModel::ValueColumn, flags), Qt::DisplayRole).toString(),
              QStringLiteral("1"));
    model.setDescription({});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(FieldModel, MarksWhatChangedWithASignAndAWord) {
    FieldModel model;
    const auto it = inspectedIpAndUdp();
    model.setDescription(it->packet, it->changed);
    const QModelIndex ttl = model.indexOfField(placeOf(it->packet, "ip.ttl"));
    EXPECT_TRUE(model.data(ttl, FieldModel::ChangedRole).toBool());
    EXPECT_TRUE(model.data(ttl, Qt::DisplayRole).toString().startsWith(QStringLiteral("●")));
    EXPECT_TRUE(model.data(ttl, Qt::AccessibleTextRole).toString().contains(QStringLiteral("changed")));
    EXPECT_FALSE(
        model.data(model.indexOfField(placeOf(it->packet, "ip.src")), FieldModel::ChangedRole).toBool());
}

TEST(FieldModel, ShowsForeignBytesSafely) {
    static constexpr FieldSpec spec{"ftp.request.arg", "Argument", Show::Text};
    Field field;
    field.spec = &spec;
    field.value = "a\x1b[31mb\n<b>c</b>";
    const QString shown = fieldValue(field);
    EXPECT_FALSE(shown.contains(QChar(0x1b)));
    EXPECT_FALSE(shown.contains(QLatin1Char('\n')));
}

TEST(ChangedFields, ComparesTheSecondOptionWithTheSecond) {
    static constexpr FieldSpec top{"dhcp", "DHCP", Show::Heading}, option{"dhcp.option.type", "Option"};
    Description before, now;
    for (auto* d : {&before, &now})
        addField(*d, top, -1, 0, 4, "");
    addField(before, option, 0, 0, 1, "53");
    addField(before, option, 0, 1, 1, "54");
    addField(now, option, 0, 0, 1, "53");
    addField(now, option, 0, 1, 1, "51");
    addField(now, option, 0, 2, 1, "1");
    EXPECT_EQ(changedFields(now, before), (std::vector<bool>{false, false, true, true}));
}

TEST(FieldAt, GivesTheInnermostFieldOfAByte) {
    const Description d = ipAndUdp();
    EXPECT_EQ(fieldAt(d, 0, 27), placeOf(d, "ip.src"));
    EXPECT_EQ(fieldAt(d, 0, 15), placeOf(d, "ip.dsfield")) << "a byte of named bits is the word they make up";
    EXPECT_EQ(fieldAt(d, 0, 41), placeOf(d, "udp.checksum"));
    EXPECT_EQ(fieldAt(d, 0, 200), -1);
    EXPECT_EQ(fieldAt(d, 1, 27), -1) << "another buffer";
}

TEST(LayersOf, SaysWhoToWhomOnEachBox) {
    const auto layers = layersOf(ipAndUdp());
    ASSERT_EQ(layers.size(), 2u);
    EXPECT_EQ(layers[0].title, QStringLiteral("IPv4"));
    EXPECT_EQ(layers[0].summary, QStringLiteral("10.0.0.1 → 10.0.0.2 · TTL 64"));
    EXPECT_EQ(layers[1].summary, QStringLiteral("5353 → 53 · length 8"));
}

} // namespace
} // namespace wirestage
