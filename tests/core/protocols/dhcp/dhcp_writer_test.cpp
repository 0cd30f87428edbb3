// SPDX-License-Identifier: GPL-3.0-or-later
// DHCP messages as they are written: what is read again is what was meant.
#include "core/protocols/dhcp/dhcp_wire.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace wirestage {
namespace {

using Buffer = std::vector<std::uint8_t>;

IpAddress address(std::string_view text) {
    return *parseIpAddress(text);
}

DhcpMessage offer() {
    DhcpMessage m;
    m.head.operation = 2;
    m.head.hops = 1;
    m.head.transaction = 0x3903f326;
    m.head.seconds = 4;
    m.head.flags = 0x8000;
    m.head.client = address("0.0.0.0");
    m.head.your = address("192.0.2.57");
    m.head.server = address("192.0.2.1");
    m.head.relay = address("192.0.2.254");
    m.head.hardware = {{2, 0, 0x5e, 0x10, 0, 1}};
    m.head.serverName = "boot";
    m.head.file = "pxelinux.0";
    m.head.type = DhcpType::Offer;
    m.head.serverIdentifier = address("192.0.2.1");
    m.head.requested = address("192.0.2.58");
    m.head.leaseSeconds = 3600;
    m.renewalSeconds = 1800;
    m.rebindingSeconds = 3150;
    m.subnetMask = address("255.255.255.0");
    m.routers = {address("192.0.2.254")};
    m.domainNameServers = {address("192.0.2.2"), address("192.0.2.3")};
    m.hostName = "pc1";
    m.domainName = "school.example";
    m.vendorClass = "class";
    m.message = "why not";
    m.clientDomainName = "pc1.school.example";
    m.clientIdentifier = {1, 2, 0, 0x5e, 0x10, 0, 1};
    m.parameters = {1, 3, 6, 15};
    m.circuitId = {'e', 't', 'h', '0'};
    m.remoteId = {9, 8};
    m.relaySuboptions = {5, 4, 192, 0, 2, 0}; // link selection, RFC 3527
    m.relayInformation = true;
    return m;
}

TEST(DhcpWriter, KeepsEveryValueOfAMessage) {
    const DhcpMessage meant = offer();
    const Buffer bytes = writeDhcp(meant);
    const DhcpMessage read = *readDhcp(bytes);
    EXPECT_EQ(read.head.operation, 2);
    EXPECT_EQ(read.head.hops, 1);
    EXPECT_EQ(read.head.transaction, 0x3903f326U);
    EXPECT_EQ(read.head.seconds, 4);
    EXPECT_TRUE(read.head.broadcast());
    EXPECT_EQ(read.head.client, meant.head.client);
    EXPECT_EQ(read.head.your, meant.head.your);
    EXPECT_EQ(read.head.server, meant.head.server);
    EXPECT_EQ(read.head.relay, meant.head.relay);
    EXPECT_EQ(read.head.hardware, meant.head.hardware);
    EXPECT_EQ(read.head.serverName.substr(0, 5), std::string_view("boot\0", 5));
    EXPECT_EQ(read.head.file.substr(0, 11), std::string_view("pxelinux.0\0", 11));
    EXPECT_EQ(read.head.type, DhcpType::Offer);
    EXPECT_EQ(read.head.serverIdentifier, meant.head.serverIdentifier);
    EXPECT_EQ(read.head.requested, meant.head.requested);
    EXPECT_EQ(read.head.leaseSeconds, 3600U);
    EXPECT_EQ(read.renewalSeconds, 1800U);
    EXPECT_EQ(read.rebindingSeconds, 3150U);
    EXPECT_EQ(read.subnetMask, meant.subnetMask);
    EXPECT_EQ(read.routers, meant.routers);
    EXPECT_EQ(read.domainNameServers, meant.domainNameServers);
    EXPECT_EQ(read.hostName, "pc1");
    EXPECT_EQ(read.domainName, "school.example");
    EXPECT_EQ(read.vendorClass, "class");
    EXPECT_EQ(read.message, "why not");
    EXPECT_EQ(read.clientDomainName, "pc1.school.example");
    EXPECT_EQ(read.clientIdentifier, meant.clientIdentifier);
    EXPECT_EQ(read.parameters, meant.parameters);
    EXPECT_EQ(read.circuitId, meant.circuitId);
    EXPECT_EQ(read.remoteId, meant.remoteId);
    EXPECT_EQ(read.relaySuboptions, meant.relaySuboptions);
    EXPECT_TRUE(read.relayInformation);
    EXPECT_EQ(read.malformed, Malformed::No);
    EXPECT_EQ(writeDhcp(read), bytes);
}

TEST(DhcpWriter, LeavesOutWhatIsUnset) {
    DhcpMessage discover;
    discover.head.operation = 1;
    discover.head.type = DhcpType::Discover;
    const DhcpMessage read = *readDhcp(writeDhcp(discover));
    EXPECT_EQ(read.head.type, DhcpType::Discover);
    EXPECT_EQ(read.head.requested.version, 0);
    EXPECT_EQ(read.head.serverIdentifier.version, 0);
    EXPECT_FALSE(read.head.leaseSeconds || read.renewalSeconds || read.subnetMask);
    EXPECT_FALSE(read.relayInformation);
    EXPECT_TRUE(read.parameters.empty() && read.clientIdentifier.empty());
}

TEST(DhcpWriter, FillsUpToTheLengthOfABootpMessage) {
    // RFC 951, 3: 300 bytes; what stands behind the end option is padding (RFC 2132, 3.1).
    DhcpMessage discover;
    discover.head.operation = 1;
    discover.head.type = DhcpType::Discover;
    const Buffer bytes = writeDhcp(discover);
    ASSERT_EQ(bytes.size(), 300U);
    EXPECT_EQ(Buffer(bytes.begin() + 236, bytes.begin() + 244), (Buffer{99, 130, 83, 99, 53, 1, 1, 255}));
    EXPECT_TRUE(std::all_of(bytes.begin() + 244, bytes.end(), [](auto byte) { return byte == 0; }));
}

TEST(DhcpWriter, SplitsWhatIsTooLongForOneOption) {
    // RFC 3396, 5: as few parts as possible, each of at most 255 bytes.
    DhcpMessage lengthy = offer();
    lengthy.message = std::string(600, 'x');
    EXPECT_EQ(readDhcp(writeDhcp(lengthy))->message, lengthy.message);
}

TEST(DhcpWriter, PutsTheRelaysInformationLast) {
    // RFC 3046, 2.1: "SHOULD be the last option in the packet".
    DhcpMessage message = offer();
    message.circuitId = {'e', '0'};
    message.remoteId.clear();
    message.relaySuboptions.clear();
    const Buffer bytes = writeDhcp(message), last{82, 4, 1, 2, 'e', '0', 255};
    const auto found = std::search(bytes.begin(), bytes.end(), last.begin(), last.end());
    ASSERT_NE(found, bytes.end());
    EXPECT_TRUE(std::all_of(found + 7, bytes.end(), [](auto byte) { return byte == 0; }));
}

TEST(DhcpWriter, TakesOptionsOutOfTheFieldsTheyOverflowedInto) {
    // RFC 2132, 9.3: 1 means that file holds options.
    DhcpMessage plain = offer();
    plain.head.file = {};
    plain.hostName.clear();
    Buffer bytes = writeDhcp(plain);
    const Buffer overload{52, 1, 1}, name{12, 2, 'a', 'b', 255};
    bytes.insert(bytes.begin() + 240, overload.begin(), overload.end());
    std::copy(name.begin(), name.end(), bytes.begin() + 108);
    const DhcpMessage read = *readDhcp(bytes);
    ASSERT_TRUE(read.head.optionsInFile);
    const Buffer again = writeDhcp(read);
    EXPECT_EQ(readDhcp(again)->hostName, "ab");
    EXPECT_FALSE(readDhcp(again)->head.optionsInFile);
    EXPECT_EQ(again[108], 0);
}

TEST(DhcpWriter, RepeatsAnAddressThatIsNoMac) {
    DhcpMessage message = offer();
    const Buffer eight{1, 2, 3, 4, 5, 6, 7, 8};
    message.head.hardwareType = 32; // InfiniBand
    message.head.hardwareLength = 8;
    message.head.hardwareBytes = eight;
    const Buffer bytes = writeDhcp(message);
    const DhcpMessage read = *readDhcp(bytes);
    EXPECT_EQ(Buffer(read.head.hardwareBytes.begin(), read.head.hardwareBytes.end()), eight);
    EXPECT_EQ(writeDhcp(read), bytes);
}

} // namespace
} // namespace wirestage
