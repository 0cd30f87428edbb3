// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of FTP's control connection, with the examples of RFC 959 and RFC 2428.
#include "core/protocols/ftp/ftp_wire.h"

#include <gtest/gtest.h>

#include <string>

namespace wirestage {
namespace {

Bytes bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Description describe(std::string_view segment, FtpSide side) {
    Description description;
    Describer describer(description);
    describer.useBuffer(0, bytes(segment).data());
    describeFtp(bytes(segment), side, describer);
    return description;
}

TEST(FtpLine, EndsBehindTheLineFeed) {
    EXPECT_EQ(ftpLineLength(bytes("QUIT\r\nNOOP\r\n")), 6U);
    EXPECT_EQ(ftpLineLength(bytes("QUIT")), 0U);
    EXPECT_EQ(ftpLineText(bytes("QUIT\r\n")), "QUIT");
    EXPECT_EQ(ftpLineText(bytes("QUIT\n")), "QUIT");
}

TEST(FtpCommand, KeepsWhereVerbAndArgumentStand) {
    const FtpCommand command = readFtpCommand(bytes("RETR  my file\r\n"));
    EXPECT_EQ(command.verb.text, "RETR");
    EXPECT_EQ(command.argument.text, "my file");
    EXPECT_EQ(command.argument.offset, 6U);
    EXPECT_TRUE(readFtpCommand(bytes("LIST \r\n")).argument.empty());
    EXPECT_TRUE(readFtpCommand(bytes("\r\n")).verb.empty());
}

TEST(FtpReply, ReadsCodeAndText) {
    const FtpReplyLine reply = readFtpReplyLine(bytes("331 Password required\r\n"));
    EXPECT_EQ(reply.code, 331);
    EXPECT_FALSE(reply.goesOn);
    EXPECT_EQ(reply.text.text, "Password required");
    EXPECT_EQ(reply.text.offset, 4U);
    EXPECT_EQ(readFtpReplyLine(bytes(" 331 inside\r\n")).code, 0);
    EXPECT_EQ(readFtpReplyLine(bytes("200\r\n")).code, 200);
}

TEST(FtpReply, OfSeveralLinesEndsWhereRfc959SaysSo) {
    // The example of section 4.2: lines inside may begin with other numbers.
    FtpReplyAssembly assembly;
    using Step = FtpReplyAssembly::Step;
    EXPECT_EQ(assembly.add(readFtpReplyLine(bytes("123-First line\r\n"))), Step::First);
    EXPECT_EQ(assembly.add(readFtpReplyLine(bytes("Second line\r\n"))), Step::Inside);
    EXPECT_EQ(assembly.add(readFtpReplyLine(bytes("234 A line beginning with numbers\r\n"))), Step::Inside);
    EXPECT_EQ(assembly.openCode(), 123);
    EXPECT_EQ(assembly.add(readFtpReplyLine(bytes("123 The last line\r\n"))), Step::Last);
    EXPECT_EQ(assembly.add(readFtpReplyLine(bytes("200 Okay\r\n"))), Step::Whole);
}

TEST(FtpEndpoint, OfPortAndPassiveReply) {
    const auto active = ftpEndpointOfPort("192,0,2,7,197,180");
    ASSERT_TRUE(active);
    EXPECT_EQ(toString(active->address), "192.0.2.7");
    EXPECT_EQ(active->port, 197 * 256 + 180);
    EXPECT_FALSE(ftpEndpointOfPort("192,0,2,7,197"));
    EXPECT_FALSE(ftpEndpointOfPort("192,0,2,7,256,1"));
    EXPECT_EQ(ftpEndpointOfPasvReply("Entering Passive Mode (192,0,2,1,8,1).")->port, 2049);
    EXPECT_EQ(ftpEndpointOfPasvReply("Entering Passive Mode 192,0,2,1,8,1")->port, 2049);
    EXPECT_FALSE(ftpEndpointOfPasvReply("Entering Passive Mode"));
}

TEST(FtpEndpoint, OfTheExamplesInRfc2428) {
    const auto four = ftpEndpointOfEprt("|1|132.235.1.2|6275|");
    ASSERT_TRUE(four);
    EXPECT_EQ(toString(four->address), "132.235.1.2");
    EXPECT_EQ(four->port, 6275);
    const auto six = ftpEndpointOfEprt("|2|1080::8:800:200C:417A|5282|");
    ASSERT_TRUE(six);
    EXPECT_EQ(six->address.version, 6);
    EXPECT_EQ(six->port, 5282);
    EXPECT_FALSE(ftpEndpointOfEprt("|2|132.235.1.2|6275|"));
    EXPECT_FALSE(ftpEndpointOfEprt("|1|132.235.1.2|6275"));
    EXPECT_EQ(ftpEndpointOfEpsvReply("Entering Extended Passive Mode (|||6446|)")->port, 6446);
    EXPECT_FALSE(ftpEndpointOfEpsvReply("Entering Extended Passive Mode (||"));
}

TEST(FtpDescription, NamesThePartsOfACommand) {
    const Description description = describe("PORT 192,0,2,7,197,180\r\n", FtpSide::Client);
    EXPECT_EQ(description.value("ftp.request"), "1");
    EXPECT_EQ(description.value("ftp.request.command"), "PORT");
    EXPECT_EQ(description.value("ftp.active.cip"), "192.0.2.7");
    EXPECT_EQ(description.value("ftp.active.port"), "50612");
    EXPECT_EQ(description.find("ftp.request.arg")->offset, 5U);
}

TEST(FtpDescription, NamesTheFirstLineOfASegmentAlone) {
    const Description description = describe("230-Welcome\r\n230 Logged in\r\n", FtpSide::Server);
    EXPECT_EQ(description.value("ftp.response.code"), "230");
    EXPECT_EQ(description.value("ftp.response.arg"), "Welcome");
    const Field& last = description.fields.back();
    EXPECT_EQ(last.spec->name, "");
    EXPECT_EQ(last.value, "230 Logged in");
    EXPECT_EQ(last.offset, 13U);
}

TEST(FtpDescription, IsSafeAtEveryLength) {
    const std::string segment = "227 Entering Passive Mode (192,0,2,1,8,1)\r\n229 (|||6446|)\r\n";
    for (std::size_t length = 0; length <= segment.size(); ++length)
        for (const FtpSide side : {FtpSide::Client, FtpSide::Server})
            for (const Field& field : describe(segment.substr(0, length), side).fields)
                EXPECT_LE(field.offset + field.length, length);
}

TEST(FtpRecognition, TellsFtpFromSmtp) {
    EXPECT_TRUE(looksLikeFtpReply(bytes("220 ready\r\n")));
    EXPECT_FALSE(looksLikeFtpReply(bytes("220 ready")));
    EXPECT_FALSE(looksLikeFtpReply(bytes("999 ready\r\n")));
    EXPECT_TRUE(opensFtpSession(bytes("user anonymous\r\n")));
    EXPECT_FALSE(opensFtpSession(bytes("EHLO example.org\r\n")));
    EXPECT_TRUE(looksLikeFtpCommand(bytes("RETR a\r\n")));
    EXPECT_FALSE(looksLikeFtpCommand(bytes("GET / HTTP/1.1\r\n")));
}

} // namespace
} // namespace wirestage
