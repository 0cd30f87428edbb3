// SPDX-License-Identifier: GPL-3.0-or-later
// Interfaces come, go and carry traffic; what was chosen stays chosen.
#include "app/capture/interface_table.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <gtest/gtest.h>

#include <map>

namespace wirestage {
namespace {

NetworkInterface interface(const std::string& name, std::optional<Text> unusable = {}) {
    NetworkInterface made;
    made.name = name;
    made.addresses = {"192.0.2.1", "2001:db8::1"};
    made.unusable = std::move(unusable);
    return made;
}

struct Interfaces : testing::Test {
    std::vector<NetworkInterface> there{interface("eth0"),
                                        interface("wlan0", WS_TR("capture", "is switched off"))};
    std::map<std::string, std::uint64_t> counted{{"eth0", 100}};
    InterfaceModel model{nullptr, [this] { return there; },
                         [this](const std::string& name) -> std::optional<std::uint64_t> {
                             const auto found = counted.find(name);
                             return found == counted.end() ? std::nullopt : std::optional(found->second);
                         }};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    QString words(int row, int column) const { return model.index(row, column).data().toString(); }
};

TEST_F(Interfaces, SayTheirAddressesOrWhyOneCannotBeUsed) {
    EXPECT_EQ(words(0, InterfaceModel::Name), QStringLiteral("eth0"));
    EXPECT_EQ(words(0, InterfaceModel::Addresses), QStringLiteral("192.0.2.1, 2001:db8::1"));
    EXPECT_EQ(words(1, InterfaceModel::Addresses), QStringLiteral("is switched off"));
}

TEST_F(Interfaces, CountPacketsASecond) {
    counted["eth0"] = 130;
    model.look();
    EXPECT_EQ(words(0, InterfaceModel::Traffic), QStringLiteral("30 packets/s"));
    counted["eth0"] = 5; // it was reset: nothing can be said of that second
    model.look();
    counted["eth0"] = 6;
    model.look();
    const auto traffic = model.index(0, InterfaceModel::Traffic).data(InterfaceModel::TrafficRole);
    EXPECT_EQ(traffic.value<QList<double>>(), (QList<double>{30, 1}));
    EXPECT_EQ(words(1, InterfaceModel::Traffic), QString()) << "nobody counts there";
}

TEST_F(Interfaces, StayChosenWhenOthersComeAndGo) {
    QSignalSpy changed(&model, &InterfaceModel::chosenChanged);
    EXPECT_TRUE(model.setData(model.index(1, InterfaceModel::Name), Qt::Checked, Qt::CheckStateRole));
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(model.chosen(), QStringList{QStringLiteral("wlan0")});
    there.insert(there.begin(), interface("usb0"));
    model.look();
    EXPECT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.chosen(), QStringList{QStringLiteral("wlan0")});
    there = {interface("eth0")};
    model.look();
    EXPECT_TRUE(model.chosen().isEmpty());
}

TEST(NetworkInterfaces, AreFoundOnThisMachineWithoutRights) {
    const auto all = networkInterfaces();
    const bool loopback = std::any_of(all.begin(), all.end(), [](const auto& one) { return one.loopback; });
    EXPECT_TRUE(loopback);
    EXPECT_TRUE(packetsCounted("lo"));
    EXPECT_FALSE(packetsCounted("../../etc"));
    EXPECT_FALSE(packetsCounted("no-such-interface"));
}

TEST(CaptureRights, NameACommandWhereNobodyMayCapture) {
    const CaptureRights rights = captureRights("/nonexistent/wirestage-capture");
    EXPECT_NE(rights.tool.has_value(), !rights.why.empty()) << "either somebody may, or it says why not";
    EXPECT_NE(rights.tool.has_value(), !rights.remedy.empty());
}

} // namespace
} // namespace wirestage
