// SPDX-License-Identifier: GPL-3.0-or-later
// FTP (RFC 959): in active mode the server connects from port 20 to the port that PORT names (section 3.2),
// in passive mode the client connects to the port of the 227 reply (section 4.1.2). The two numbers at the
// end of PORT and 227 make the port: 185,19 is 185 * 256 + 19 = 47379, 117,54 is 30006. Packet numbers are
// tshark's.
#include "tests/pipeline/pipeline.h"

namespace wirestage::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// The arrows above transport, without those of the data connection.
std::vector<std::string> dialogue(const Capture& capture, ExchangeId session) {
    std::vector<std::string> lines;
    for (std::string& line : arrows(capture, session, Level::Application))
        lines.push_back(std::move(line));
    return lines;
}

TEST(FtpPipeline, TellsAnActiveSessionWithItsDataConnection) {
    const auto capture = recording("ftp-active");
    ASSERT_TRUE(capture);
    EXPECT_THAT(outcomes(*capture), ElementsAre("ftp completed", "tcp completed"));
    EXPECT_THAT(dialogue(*capture, 1),
                ElementsAre("4 10.3.0.1 > 10.3.0.2 ftp.reply.220", "6 10.3.0.2 > 10.3.0.1 ftp.command.user",
                            "8 10.3.0.1 > 10.3.0.2 ftp.reply.331", "9 10.3.0.2 > 10.3.0.1 ftp.command.pass",
                            "11 10.3.0.1 > 10.3.0.2 ftp.reply.230", "12 10.3.0.2 > 10.3.0.1 ftp.command.pwd",
                            "14 10.3.0.1 > 10.3.0.2 ftp.reply.257", "15 10.3.0.2 > 10.3.0.1 ftp.command.port",
                            "16 10.3.0.1 > 10.3.0.2 ftp.reply.200", "17 10.3.0.2 > 10.3.0.1 ftp.command.type",
                            "18 10.3.0.1 > 10.3.0.2 ftp.reply.200", "19 10.3.0.2 > 10.3.0.1 ftp.command.size",
                            "20 10.3.0.1 > 10.3.0.2 ftp.reply.213", "21 10.3.0.2 > 10.3.0.1 ftp.command.retr",
                            "25 10.3.0.1 > 10.3.0.2 ftp.reply.150", "37 10.3.0.1 > 10.3.0.2 ftp.reply.226",
                            "39 10.3.0.2 > 10.3.0.1 ftp.command.quit",
                            "40 10.3.0.1 > 10.3.0.2 ftp.reply.221"));
    const Exchange session = exchangeOf(*capture, 1), data = exchangeOf(*capture, 2);
    EXPECT_EQ(participants(session), "10.3.0.2 client, 10.3.0.1 server");
    EXPECT_EQ(data.parent, session.id);
    EXPECT_EQ(participants(data), "10.3.0.1 server, 10.3.0.2 client")
        << "the server opens it and stays the server";
    // The file has 5000 bytes (packets 20 and 25; 26, 28, 30 and 32 carry 3 * 1448 + 656).
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("file.bin fetched"));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("47379"));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("active"));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("5 kB"));
    EXPECT_THAT(sentence(*capture, 2), HasSubstr("5 kB sent, nothing received, closed in order"));
    EXPECT_EQ(phases(session), "Connect and log in 1-11, Work 12-38, Leave 39-43");
    EXPECT_EQ(phases(data), "Handshake 22-24, Transfer 25-33, Close 34-36");
}

TEST(FtpPipeline, ShowsTheDataConnectionBetweenTheCommandAndItsReply) {
    const auto capture = recording("ftp-active");
    ASSERT_TRUE(capture);
    const auto lines = arrows(*capture, 1);
    const auto at = [&](const std::string& line) {
        return std::find(lines.begin(), lines.end(), line) - lines.begin();
    };
    const auto retr = at("21 10.3.0.2 > 10.3.0.1 ftp.command.retr"),
               syn = at("22 10.3.0.1 > 10.3.0.2 tcp.syn"), done = at("37 10.3.0.1 > 10.3.0.2 ftp.reply.226");
    EXPECT_LT(retr, syn);
    EXPECT_LT(syn, done);
    EXPECT_LT(done, static_cast<std::ptrdiff_t>(lines.size()));
}

TEST(FtpPipeline, TellsAPassiveSession) {
    const auto capture = recording("ftp-pasv");
    ASSERT_TRUE(capture);
    EXPECT_THAT(outcomes(*capture), ElementsAre("ftp completed", "tcp completed"));
    EXPECT_EQ(exchangeOf(*capture, 2).parent, 0u);
    EXPECT_EQ(participants(exchangeOf(*capture, 2)), "10.3.0.2 client, 10.3.0.1 server");
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("file.bin fetched over passive port 30006, 5 kB"));
    EXPECT_THAT(sentence(*capture, 2), HasSubstr("nothing sent, 5 kB received"));
    EXPECT_THAT(dialogue(*capture, 1), testing::IsSupersetOf({"15 10.3.0.2 > 10.3.0.1 ftp.command.pasv",
                                                              "16 10.3.0.1 > 10.3.0.2 ftp.reply.227"}));
}

TEST(FtpPipeline, SaysWhyAnActiveTransferFailed) {
    // The server's SYN to port 38847 (PORT ...,151,191) is sent in packets 22 and 24 to 31, never answered;
    // after 30 s the client closes (32). There is no 226, and no QUIT.
    const auto capture = recording("ftp-active-blocked");
    ASSERT_TRUE(capture);
    EXPECT_THAT(outcomes(*capture), ElementsAre("ftp timeout", "tcp timeout"));
    EXPECT_EQ(exchangeOf(*capture, 2).parent, 0u);
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("file.bin did not come"));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("38847"));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("active"));
    EXPECT_THAT(sentence(*capture, 2), HasSubstr("no answer from port 38847 to 9 SYNs"));
    const auto lines = arrows(*capture, 2);
    EXPECT_EQ(lines.front(), "22 10.3.0.1 > 10.3.0.2 tcp.syn");
    EXPECT_EQ(lines.back(), "31 10.3.0.1 > 10.3.0.2 tcp.syn [retransmission]");
}

TEST(FtpPipeline, TellsADeniedLogin) {
    // The capture begins after the handshake; packet 8 is 530 (RFC 959, section 5.4: not logged in).
    const auto capture = recording("ftp-badlogin");
    ASSERT_TRUE(capture);
    EXPECT_THAT(outcomes(*capture), ElementsAre("ftp denied"));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("530"));
    EXPECT_THAT(sentence(*capture, 1), HasSubstr("labuser"));
    EXPECT_THAT(states(exchangeOf(*capture, 1)),
                ElementsAre("10.3.0.2 ESTABLISHED ?", "10.3.0.1 ESTABLISHED ?", "10.3.0.2 FIN-WAIT-1 9",
                            "10.3.0.1 CLOSE-WAIT 10", "10.3.0.2 FIN-WAIT-2 10", "10.3.0.1 LAST-ACK 10",
                            "10.3.0.2 TIME-WAIT 10", "10.3.0.1 CLOSED 11"));
}

TEST(FtpPipeline, ShowsTheCredentialsThatAnObserverReads) {
    // Packet 3: USER labuser, packet 6: PASS wrong.
    const auto capture = recording("ftp-badlogin");
    ASSERT_TRUE(capture);
    const MessageList list = capture->messages({0}, Level::Application);
    std::vector<std::string> secrets;
    for (std::uint64_t row = 0; row < list.size(); ++row)
        for (const Secret& secret : capture->message(list.at(row)).secrets)
            secrets.push_back(secret.value);
    EXPECT_THAT(secrets, ElementsAre("labuser", "wrong"));
}

TEST(FtpPipeline, ReadsAReplyOfSeveralLinesAsOne) {
    // Packet 4 is "220-FileZilla Server 1.9.1" and a line that begins with "220 " (RFC 959, section 4.2).
    WIRESTAGE_INDEXED(capture, "ftp/zeek-ftp-password-pass-command.pcap");
    EXPECT_THAT(dialogue(capture, 1), ElementsAre("4 192.168.10.188 > 192.168.10.132 ftp.reply.220",
                                                  "6 192.168.10.132 > 192.168.10.188 ftp.command.user",
                                                  "8 192.168.10.188 > 192.168.10.132 ftp.reply.331",
                                                  "9 192.168.10.132 > 192.168.10.188 ftp.command.pass",
                                                  "11 192.168.10.188 > 192.168.10.132 ftp.reply.530"));
    EXPECT_THAT(outcomes(capture), ElementsAre("ftp denied"));
}

TEST(FtpPipeline, DoesNotTakePop3ForFtp) {
    // Port 110; the server greets with "+OK" and the client begins with USER, as RFC 1939, section 7 has it.
    WIRESTAGE_INDEXED(capture, "pop3/suricata-pop3.pcap");
    EXPECT_THAT(outcomes(capture), Not(testing::Contains(HasSubstr("ftp"))));
}

} // namespace
} // namespace wirestage::test
