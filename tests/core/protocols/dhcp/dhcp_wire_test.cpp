// SPDX-License-Identifier: GPL-3.0-or-later
// DHCP messages as RFC 2131 and 2132 define them; the bytes are put together here, field by field.
#include "core/bytes/writer.h"
#include "core/protocols/dhcp/dhcp_header.h"
#include "core/protocols/dhcp/dhcp_wire.h"

#include <gtest/gtest.h>

namespace wirestage {
namespace {

using Buffer = std::vector<std::uint8_t>;

/// The fixed part (RFC 2131, figure 1), as a client with 02:00:5e:10:00:01 sends it.
Buffer head(std::uint8_t operation = 1, std::uint16_t seconds = 4, std::uint16_t flags = 0x8000) {
    Writer w;
    for (const int byte : {int{operation}, 1, 6, 0})
        w.u8(static_cast<std::uint64_t>(byte));
    w.u32(0x3903f326);
    w.u16(seconds);
    w.u16(flags);
    w.zeros(8);                               // ciaddr, yiaddr
    w.append(Buffer{192, 0, 2, 1});           // siaddr
    w.append(Buffer{192, 0, 2, 254});         // giaddr
    w.append(Buffer{2, 0, 0x5e, 0x10, 0, 1}); // chaddr
    w.zeros(10 + 64 + 128);
    return std::move(w).take();
}

Buffer with(Buffer message, const Buffer& options) {
    const Buffer cookie{99, 130, 83, 99};
    message.insert(message.end(), cookie.begin(), cookie.end());
    message.insert(message.end(), options.begin(), options.end());
    return message;
}

Description describe(const Buffer& bytes) {
    Description description;
    Describer describer(description);
    describer.useBuffer(0, bytes.data());
    describeDhcp(bytes, describer);
    return description;
}

std::size_t count(const Description& description, std::string_view name) {
    std::size_t found = 0;
    for (const Field& field : description.fields)
        found += field.spec->name == name;
    return found;
}

TEST(DhcpHead, ReadsTheFixedPartAndTheMessageType) {
    const Buffer message =
        with(head(), {53, 1, 3, 50, 4, 192, 0, 2, 57, 54, 4, 192, 0, 2, 1, 51, 4, 0, 0, 14, 16, 255});
    const auto found = readDhcpHead(message);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->type, DhcpType::Request);
    EXPECT_EQ(found->transaction, 0x3903f326U);
    EXPECT_EQ(found->seconds, 4);
    EXPECT_TRUE(found->broadcast());
    EXPECT_EQ(toString(found->hardware), "02:00:5e:10:00:01");
    EXPECT_EQ(toString(found->relay), "192.0.2.254");
    EXPECT_EQ(toString(found->requested), "192.0.2.57");
    EXPECT_EQ(toString(found->serverIdentifier), "192.0.2.1");
    EXPECT_EQ(found->leaseSeconds, 3600U);
}

TEST(DhcpHead, IsWrittenAsItWasRead) {
    const Buffer message = head(2, 7, 0);
    DhcpHead found = *readDhcpHead(message);
    Writer writer;
    writeHeader(writer, found);
    EXPECT_EQ(writer.bytes(), message);
}

TEST(DhcpHead, TakesAMessageWithoutTheCookieForBootp) {
    const auto found = readDhcpHead(head());
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->hasCookie);
    EXPECT_EQ(found->type, DhcpType::Bootp);
    EXPECT_EQ(describe(head()).value("dhcp.bootp"), "1");
}

TEST(DhcpHead, RefusesWhatIsNeitherRequestNorReply) {
    EXPECT_FALSE(readDhcpHead(head(3)));
    EXPECT_FALSE(readDhcpHead(Buffer(235, 1)));
}

TEST(DhcpMessage, ReadsTheOptionsAHostNeeds) {
    const DhcpMessage message =
        *readDhcp(with(head(2), {53,  1,   5,  1, 4, 255, 255, 255, 0,  3,  4, 192, 0,   2,  1,  6,
                                 8,   192, 0,  2, 2, 192, 0,   2,   3,  12, 2, 'p', 'c', 15, 3,  'l',
                                 'a', 'n', 58, 4, 0, 0,   7,   8,   59, 4,  0, 0,   12,  78, 255}));
    EXPECT_EQ(message.head.type, DhcpType::Ack);
    EXPECT_EQ(toString(*message.subnetMask), "255.255.255.0");
    ASSERT_EQ(message.domainNameServers.size(), 2U);
    EXPECT_EQ(toString(message.domainNameServers[1]), "192.0.2.3");
    EXPECT_EQ(message.hostName, "pc");
    EXPECT_EQ(message.domainName, "lan");
    EXPECT_EQ(message.renewalSeconds, 1800U);
    EXPECT_EQ(message.rebindingSeconds, 3150U);
}

TEST(DhcpMessage, JoinsOptionsThatAreSplit) {
    // RFC 3396: several instances are one value, in their order.
    const DhcpMessage message =
        *readDhcp(with(head(2), {12, 2, 'h', 'o', 53, 1, 6, 12, 2, 's', 't', 56, 2, 'n', 'o', 255}));
    EXPECT_EQ(message.hostName, "host");
    EXPECT_EQ(message.message, "no");
}

TEST(DhcpMessage, FindsOptionsInTheFieldsTheyOverflowInto) {
    // RFC 2132, 9.3: 3 means that both file and sname hold options; file is read first.
    Buffer message = with(head(2), {53, 1, 2, 52, 1, 3, 255});
    const Buffer name{12, 2, 'a', 'b', 255}, file{12, 2, 'x', 'y', 255};
    std::copy(name.begin(), name.end(), message.begin() + 44);
    std::copy(file.begin(), file.end(), message.begin() + 108);
    EXPECT_EQ(readDhcp(message)->hostName, "xyab");
    const Description description = describe(message);
    EXPECT_EQ(count(description, "dhcp.option.hostname"), 2U);
    EXPECT_EQ(description.find("dhcp.file"), nullptr);
    EXPECT_EQ(description.find("dhcp.option.hostname")->offset, 110U);
}

TEST(DhcpMessage, ReadsWhatTheRelayAgentAdds) {
    // RFC 3046, 2: circuit ID is suboption 1, remote ID 2.
    const DhcpMessage message = *readDhcp(with(head(), {82, 8, 1, 2, 'e', '0', 2, 2, 9, 8, 255}));
    EXPECT_TRUE(message.relayInformation);
    EXPECT_EQ(message.circuitId, (Buffer{'e', '0'}));
    EXPECT_EQ(message.remoteId, (Buffer{9, 8}));
}

TEST(DhcpMessage, IsSafeAtEveryLength) {
    const Buffer whole = with(head(), {53, 1, 1,   61, 7, 1,  2, 0,   94,  16,  0, 1, 81,  5, 4,   0,
                                       0,  1, 'a', 82, 4, 1,  2, 'e', '0', 119, 3, 1, 'a', 0, 121, 5,
                                       0,  1, 2,   3,  4, 77, 2, 1,   'u', 90,  3, 1, 1,   0, 255});
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const Buffer prefix(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        const auto message = readDhcp(prefix);
        EXPECT_EQ(message.has_value(), length >= DhcpHead::size);
        for (const Field& field : describe(prefix).fields)
            EXPECT_LE(field.offset + field.length, length);
    }
}

TEST(DhcpDescription, NamesOptionsAndSaysTheirValuesInWords) {
    const Description description =
        describe(with(head(), {53, 1, 1, 51, 4, 0, 0, 14, 16, 55, 2, 1, 224, 255}));
    EXPECT_EQ(description.value("dhcp.option.dhcp"), "1");
    EXPECT_EQ(english(description.find("dhcp.option.type")->meaning), "DHCP message type: Discover");
    EXPECT_EQ(description.value("dhcp.option.ip_address_lease_time"), "3600");
    EXPECT_EQ(english(description.find("dhcp.option.ip_address_lease_time")->meaning), "1 h");
    EXPECT_EQ(count(description, "dhcp.option.request_list_item"), 2U);
    EXPECT_EQ(english(description.find("dhcp.option.request_list_item")->meaning), "Subnet mask");
    EXPECT_EQ(description.value("dhcp.flags.bc"), "1");
    EXPECT_EQ(description.value("dhcp.cookie"), "99.130.83.99");
}

TEST(DhcpDescription, GivesAHardwareAddressAsClientIdentifierItsName) {
    const Description description = describe(with(head(), {61, 7, 1, 2, 0, 94, 16, 0, 9, 255}));
    EXPECT_EQ(count(description, "dhcp.hw.mac_addr"), 2U);
    EXPECT_EQ(describe(with(head(), {61, 3, 0, 'm', 'e', 255})).value("dhcp.client_id.undef"), "me");
}

TEST(DhcpDescription, UnfoldsClasslessRoutes) {
    // RFC 3442's example: 10.17.0.0/16 is written 16.10.17.
    const Description description = describe(with(head(2), {121, 7, 16, 10, 17, 192, 0, 2, 1, 255}));
    const Field* route = description.find("dhcp.option.classless_static_route");
    ASSERT_NE(route, nullptr);
    EXPECT_EQ(english(route->meaning), "10.17.0.0/16 by way of 192.0.2.1");
}

TEST(DhcpDescription, DecompressesTheSearchListOverSplitOptions) {
    // RFC 3397: the second name ends in a pointer to the first, and the list is split in the middle of it.
    const Description description =
        describe(with(head(2), {119, 6, 3, 'l', 'a', 'n', 0, 1, 119, 3, 'a', 0xc0, 0, 255}));
    ASSERT_GE(count(description, "dhcp.option.dhcp_dns_domain_search_list_fqdn"), 2U);
    std::vector<std::string> names;
    for (const Field& field : description.fields)
        if (field.spec->name == "dhcp.option.dhcp_dns_domain_search_list_fqdn")
            names.push_back(field.value);
    EXPECT_EQ(names, (std::vector<std::string>{"lan", "a.lan"}));
}

TEST(DhcpDescription, TurnsSecondsInTheWrongByteOrder) {
    EXPECT_EQ(describe(with(head(1, 0x0300), {255})).value("dhcp.secs"), "3");
    EXPECT_EQ(describe(with(head(1, 4), {255})).value("dhcp.secs"), "4");
}

TEST(DhcpDescription, SaysWhereLengthsDoNotFit) {
    Description description;
    Describer describer(description);
    const Buffer odd = with(head(2), {1, 3, 255, 255, 255, 255}), cut = with(head(2), {53, 1, 5, 3, 9, 1});
    describer.useBuffer(0, odd.data());
    EXPECT_EQ(describeDhcp(odd, describer), Malformed::Nonsense);
    describer.useBuffer(0, cut.data());
    EXPECT_EQ(describeDhcp(cut, describer), Malformed::Truncated);
}

TEST(DhcpRecognition, WantsCookieAndMessageType) {
    EXPECT_TRUE(looksLikeDhcp(with(head(), {53, 1, 1, 255})));
    EXPECT_FALSE(looksLikeDhcp(with(head(), {255})));
    EXPECT_FALSE(looksLikeDhcp(head()));
}

} // namespace
} // namespace wirestage
