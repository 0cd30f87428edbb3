// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privacy/texts.h"

#include "core/protocols/ftp/ftp_wire.h"

#include <gmock/gmock.h>

namespace wirestage {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TextsWithoutNames, AreAsLongAndKeepWhatEverybodySays) {
    StandIns names;
    for (const char* text :
         {"User alice logged in from 192.168.1.57.", "", " ", "257 \"/home/alice\" is the current directory",
          "150 Opening BINARY mode data connection for thesis.pdf (10485760 bytes).", "alice-laptop",
          "|2|fe80::aabb:ccff:fedd:eeff|50001|", "\xc3\xa4\xc3\xb6 was here", "1,2,3", "10.0.0.300", "a:b:c",
          "::1"}) {
        const std::string shown = textWithout(text, names);
        EXPECT_EQ(shown.size(), std::string_view(text).size()) << text << " -> " << shown;
        EXPECT_THAT(shown, Not(HasSubstr("alice")));
        EXPECT_THAT(shown, Not(HasSubstr("thesis")));
        EXPECT_THAT(shown, Not(HasSubstr("168")));
        EXPECT_THAT(shown, Not(HasSubstr("aabb")));
    }
    EXPECT_EQ(textWithout("331 Please specify the password.", names), "331 Please specify the password.");
    EXPECT_THAT(
        textWithout("150 Opening BINARY mode data connection for thesis.pdf (10485760 bytes).", names),
        HasSubstr("(10485760 bytes)"));
    EXPECT_EQ(textWithout("I", names), "I") << "TYPE I";
}

TEST(TextsWithoutNames, AddressesOfFtpStayReadable) {
    StandIns names;
    const IpAddress instead = names.of(*parseIpAddress("10.0.0.5"));
    const std::string passive = textWithout("Entering Passive Mode (10,0,0,5,200,13).", names);
    EXPECT_EQ(passive.size(), std::string_view("Entering Passive Mode (10,0,0,5,200,13).").size());
    const auto found = ftpEndpointOfPasvReply(passive);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->address, instead);
    EXPECT_EQ(found->port, 200 * 256 + 13);

    const auto port = ftpEndpointOfPort(textWithout("192,168,1,57,4,5", names));
    ASSERT_TRUE(port);
    EXPECT_EQ(port->address, names.of(*parseIpAddress("192.168.1.57")));

    for (const char* text : {"|1|192.168.1.57|6446|", "|2|2a00:1450:4001:82a::200e|50001|"}) {
        const auto extended = ftpEndpointOfEprt(textWithout(text, names));
        const auto before = ftpEndpointOfEprt(text);
        ASSERT_TRUE(extended && before) << textWithout(text, names);
        EXPECT_EQ(extended->address, names.of(before->address));
        EXPECT_EQ(extended->port, before->port);
    }
}

/// A stand-in that is longer than the address cannot be written in its place: then nobody's is.
TEST(TextsWithoutNames, AnAddressThatDoesNotFitBecomesNobodys) {
    StandIns names;
    const auto found = ftpEndpointOfPort(textWithout("1,1,1,1,4,5", names));
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->address.isUnspecified());
    EXPECT_EQ(found->port, 4 * 256 + 5);
    for (std::size_t length = 0; length < 46; ++length)
        for (const char* address : {"192.0.2.1", "2001:db8:1::1", "::"})
            EXPECT_EQ(addressOfLength(*parseIpAddress(address), length).size(), length) << address;
    EXPECT_EQ(parseIpAddress(addressOfLength(*parseIpAddress("2001:db8:1::5"), 24)),
              parseIpAddress("2001:db8:1::5"));
}

std::string joined(const std::vector<std::string>& labels) {
    std::string name;
    for (const std::string& label : labels)
        name += (name.empty() ? "" : ".") + label;
    return name;
}

TEST(TextsWithoutNames, ReverseNamesFollowTheirAddress) {
    StandIns names;
    const IpAddress instead = names.of(*parseIpAddress("192.168.1.57"));
    EXPECT_EQ(toString(instead), "192.0.2.10");
    EXPECT_EQ(joined(labelsWithout({"57", "1", "168", "192", "in-addr", "arpa"}, names)),
              "10.2.000.192.in-addr.arpa");
    EXPECT_EQ(joined(labelsWithout({"alice", "example", "org"}, names)), "exam1.example.ex1");
    std::vector<std::string_view> nibbles{"f", "f", "e", "e", "d", "d", "c", "c", "b", "b", "a",
                                          "a", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0",
                                          "0", "0", "0", "6", "8", "4", "1", "0", "0", "2"};
    nibbles.insert(nibbles.end(), {"ip6", "arpa"});
    const std::string name = joined(labelsWithout(nibbles, names));
    EXPECT_EQ(name, "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
}

} // namespace
} // namespace wirestage
