// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked for, as the flags of dumpcap(1) and of the helper.
#include "app/capture/capture_order.h"

#include "app/capture/happen_menu.h"
#include "app/happen/scenario.h"

#include <gmock/gmock.h>

namespace wirestage {
namespace {

using testing::ElementsAre;

TEST(CaptureOrder, SaysWhatToCaptureInTheFlagsOfDumpcap) {
    CaptureOrder order;
    order.interfaces = QStringList{QStringLiteral("eth0"), QStringLiteral("wlan0")};
    order.filter = QStringLiteral("port 53");
    order.promiscuous = false;
    order.seconds = 30;
    order.megabytes = 5;
    order.packets = 1000;
    EXPECT_THAT(order.command("/usr/bin/dumpcap"),
                ElementsAre("/usr/bin/dumpcap", "-i", "eth0", "-f", "port 53", "-p", "-i", "wlan0", "-f",
                            "port 53", "-p", "-a", "duration:30", "-a", "filesize:5000", "-c", "1000", "-w",
                            "-"));
    EXPECT_EQ(order.of(), QStringLiteral("eth0, wlan0"));
}

TEST(CaptureOrder, LeavesOutWhatIsNotAskedFor) {
    CaptureOrder order;
    order.interfaces = QStringList{QStringLiteral("any")};
    EXPECT_THAT(order.command("helper"), ElementsAre("helper", "-i", "any", "-w", "-"));
}

TEST(CaptureOrder, TakesARemoteCommandAsItIs) {
    CaptureOrder order;
    order.remote = QStringLiteral("ssh -C pi@router dumpcap -w - -f \"not port 22\"");
    EXPECT_THAT(order.command("helper"),
                ElementsAre("ssh", "-C", "pi@router", "dumpcap", "-w", "-", "-f", "not port 22"));
    EXPECT_EQ(order.of(), QStringLiteral("pi@router"));
}

TEST(CaptureOrder, LetsAProgramOfItsOwnMakeAScenarioHappen) {
    const CaptureOrder order = orderFor(*happenScenario("dhcp"));
    EXPECT_THAT(order.command("/usr/bin/dumpcap"), ElementsAre(happenPath().toStdString(), "dhcp"));
    EXPECT_EQ(order.of(), QStringLiteral("DHCP: four messages"));
    EXPECT_EQ(order.textbook, QStringLiteral("dhcp-dora"));
    EXPECT_FALSE(order.needsRights());
    EXPECT_TRUE(CaptureOrder().needsRights());
}

TEST(CaptureOrder, FindsNoCommandInAnEmptyLine) {
    EXPECT_FALSE(wordsOf(QStringLiteral("   ")));
}

} // namespace
} // namespace wirestage
