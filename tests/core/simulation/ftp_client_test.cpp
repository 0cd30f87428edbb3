// SPDX-License-Identifier: GPL-3.0-or-later
// The FTP client and server talking to each other, without packets: what is said on the control connection,
// in order (RFC 959, 5.4 and 7), and what arrives.
#include "ftp_bench.h"

namespace wirestage::simulation {
namespace {

using testing::ElementsAre;
using testing::MatchesRegex;
using testing::StartsWith;

TEST(FtpClient, WaitsForEachReplyBeforeItsNextCommand) { // RFC 959, 5.4
    FtpPair pair;
    pair.run(ftpSessionSettings({"PWD", "CWD pub", "TYPE I", "QUIT"}));
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 PWD 257 CWD 250 TYPE 200 QUIT 221");
    EXPECT_EQ(pair.clientHost.outcomeOf(1), true);
    EXPECT_THAT(pair.clientHost.stateNames(), ElementsAre("CONNECTING", "WAITING FOR GREETING", "LOGGING IN",
                                                          "LOGGED IN", "LEAVING", "CLOSED"));
}

TEST(FtpClient, FetchesOverAConnectionThatItOpensAfterPASV) { // RFC 959, 4.1.2
    FtpPair pair;
    pair.run(ftpSessionSettings({"TYPE I", "RETR readme.txt", "QUIT"}));
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 TYPE 200 PASV 227 RETR 150 226 QUIT 221");
    ASSERT_EQ(pair.client->fetched().size(), 1U);
    EXPECT_EQ(pair.client->fetched()[0].content, "Hello\nworld\n");
}

TEST(FtpClient, FetchesOverAConnectionThatItAcceptsAfterPORT) { // RFC 959, 4.1.2
    FtpPair pair;
    pair.run(ftpSessionSettings({"RETR readme.txt", "QUIT"}, "active"));
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 PORT 200 RETR 150 226 QUIT 221");
    EXPECT_THAT(pair.line("PORT"), MatchesRegex("PORT 192,0,2,1,[0-9]+,[0-9]+"));
    ASSERT_EQ(pair.client->fetched().size(), 1U);
    EXPECT_EQ(pair.client->fetched()[0].content, "Hello\nworld\n"); // CR LF on the wire, LF in the file
    for (const auto& one : pair.network.said)
        if (one.bytes.starts_with("Hello")) {
            EXPECT_EQ(one.localPort, 20);
        }
}

TEST(FtpClient, AgreesByEPSVAndEPRTToo) { // RFC 2428
    FtpPair passive;
    passive.run(ftpSessionSettings({"LIST", "QUIT"}, "epsv"));
    EXPECT_EQ(passive.dialogue(), "220 USER 331 PASS 230 EPSV 229 LIST 150 226 QUIT 221");
    FtpPair active;
    active.run(ftpSessionSettings({"LIST", "QUIT"}, "eprt"));
    EXPECT_EQ(active.dialogue(), "220 USER 331 PASS 230 EPRT 200 LIST 150 226 QUIT 221");
    EXPECT_THAT(active.line("EPRT"), MatchesRegex("EPRT \\|1\\|192\\.0\\.2\\.1\\|[0-9]+\\|"));
    ASSERT_EQ(active.client->fetched().size(), 1U);
    EXPECT_EQ(active.client->fetched()[0].content, passive.client->fetched()[0].content);
}

TEST(FtpClient, StoresAFileAfter150AndEndsItByClosing) { // RFC 959, 3.4.1 and 5.4
    for (const char* mode : {"active", "passive", "eprt", "epsv"}) {
        FtpPair pair;
        Settings session = ftpSessionSettings({"TYPE I", "STOR upload.txt", "QUIT"}, mode);
        session.set("size", std::int64_t{5000});
        pair.run(session);
        EXPECT_THAT(pair.dialogue(), testing::EndsWith("STOR 150 226 QUIT 221")) << mode;
        ASSERT_TRUE(pair.server->files().find("/upload.txt")) << mode;
        EXPECT_EQ(pair.server->files().find("/upload.txt")->content, ftpSampleText("upload", 5000)) << mode;
    }
}

TEST(FtpClient, AgreesOnANewConnectionForEachTransfer) { // RFC 1123, 4.1.2.5
    FtpPair pair;
    pair.run(ftpSessionSettings({"LIST", "TYPE I", "RETR pub/large.txt", "RETR readme.txt", "QUIT"}));
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 PASV 227 LIST 150 226 TYPE 200 PASV 227 RETR 150 226 "
                               "PASV 227 RETR 150 226 QUIT 221");
    ASSERT_EQ(pair.client->fetched().size(), 3U);
    EXPECT_EQ(pair.client->fetched()[1].content, ftpSampleText("large.txt", 20000));
}

TEST(FtpClient, AgreesWhenTheListSaysSoAndNotTwice) {
    FtpPair pair;
    pair.run(ftpSessionSettings({"EPSV", "LIST", "PORT", "RETR readme.txt", "QUIT"}));
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 EPSV 229 LIST 150 226 PORT 200 RETR 150 226 QUIT 221");
}

TEST(FtpClient, LeavesAfter530) { // RFC 959, 5.4
    FtpPair pair;
    Settings session = ftpSessionSettings({"PWD", "QUIT"});
    session.set("password", std::string("wrong"));
    pair.run(session);
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 530 QUIT 221");
    EXPECT_EQ(pair.clientHost.outcomeOf(1), false);
}

TEST(FtpClient, GoesOnAfter550) {
    for (const char* mode : {"active", "passive"}) {
        FtpPair pair;
        pair.run(ftpSessionSettings({"RETR missing.txt", "PWD", "QUIT"}, mode));
        EXPECT_THAT(pair.dialogue(), testing::EndsWith("RETR 550 PWD 257 QUIT 221")) << mode;
        EXPECT_TRUE(pair.client->fetched().empty());
        EXPECT_EQ(pair.clientHost.outcomeOf(1), true);
    }
}

TEST(FtpClient, GoesOnAfterTheServers425WhenAFirewallSwallowsTheDataConnection) {
    Settings server = ftpServerSettings();
    server.set("data_timeout", std::int64_t{20});
    FtpPair pair(server);
    pair.network.onOpen = [](const NetworkHost& from, StreamId) { return from.hostName() == "client"; };
    pair.run(ftpSessionSettings({"LIST", "QUIT"}, "active"));
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 PORT 200 LIST 150 425 QUIT 221");
    EXPECT_EQ(pair.clientHost.outcomeOf(1), false);
    EXPECT_TRUE(pair.clientHost.listeningPorts.empty());
}

TEST(FtpClient, StopsATransferWhoseDataConnectionNeverComes) { // RFC 959, 4.1.3: ABOR has 426 and 226
    Settings server = ftpServerSettings();
    server.set("data_timeout", std::int64_t{60});
    FtpPair pair(server);
    pair.network.onOpen = [](const NetworkHost& from, StreamId) { return from.hostName() == "client"; };
    Settings session = ftpSessionSettings({"LIST", "QUIT"}, "active");
    session.set("data_timeout", std::int64_t{10});
    pair.run(session);
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 PORT 200 LIST 150 ABOR 426 226 QUIT 221");
    EXPECT_EQ(pair.clientHost.outcomeOf(1), false);
}

TEST(FtpClient, LeavesWhenThePassivePortDoesNotAnswer) {
    FtpPair pair;
    pair.network.onOpen = [](const NetworkHost& from, StreamId stream) {
        return from.streams.at(stream).remotePort == 21;
    };
    Settings session = ftpSessionSettings({"LIST", "QUIT"});
    session.set("data_timeout", std::int64_t{10});
    pair.run(session);
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 PASV 227 QUIT 221");
    EXPECT_EQ(pair.clientHost.outcomeOf(1), false);
    EXPECT_EQ(pair.serverHost.listeningPorts.size(), 1U);
}

TEST(FtpClient, PassesOverATransferThatCouldNotBeAgreedOn) { // RFC 2577, 3
    FtpPair pair;
    pair.run(ftpSessionSettings({"PORT 192,0,2,77,195,80", "LIST", "QUIT"}, "epsv"));
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 PORT 504 EPSV 229 LIST 150 226 QUIT 221");
}

TEST(FtpClient, FailsWhereNobodyServes) {
    FtpPair pair;
    Settings session = ftpSessionSettings({"QUIT"});
    session.set("port", std::int64_t{2121});
    pair.run(session);
    EXPECT_EQ(pair.clientHost.outcomeOf(1), false);
    EXPECT_EQ(pair.clientHost.states.back().state, "CLOSED");
}

TEST(FtpClient, KeepsTheSessionOpenWithoutQUITUntilTheServerEndsIt) { // RFC 1123, 4.1.3.2
    FtpPair pair;
    pair.run(ftpSessionSettings({"PWD"}));
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 PWD 257 421");
    EXPECT_EQ(pair.clientHost.outcomeOf(1), true);
    EXPECT_GE(pair.network.now(), 300 * second);
}

TEST(FtpClient, SendsOneLineACommandWhateverItIsGiven) {
    FtpPair pair;
    Settings session = ftpSessionSettings({"NOOP\r\nDELE readme.txt", "QUIT"});
    session.set("user", std::string("alice\r\nQUIT"));
    pair.run(session);
    EXPECT_EQ(pair.dialogue(), "220 USER 331 PASS 230 NOOP 200 QUIT 221");
}

TEST(FtpClient, GivesUpOnAServerThatNeverGreets) {
    FakeHost host("client");
    const auto client = makeFtp(ftpClientType, {});
    host.attach(*client);
    Settings session = ftpSessionSettings({"QUIT"});
    session.set("reply_timeout", std::int64_t{30});
    const CommandId id = host.give("ftp.session", session);
    StreamEvent opened{StreamEventType::Opened, host.lastStream, {}, 21, 49152, {}};
    host.deliver(opened);
    host.runFor(30 * second);
    EXPECT_EQ(host.outcomeOf(id), false);
    EXPECT_TRUE(host.streams.at(host.lastStream).aborted);
    EXPECT_FALSE(client->deadline());
}

TEST(FtpClient, ReadsRepliesOfSeveralLinesAndOfSeveralPieces) { // RFC 959, 4.2
    FakeHost host("client");
    const auto client = makeFtp(ftpClientType, {});
    host.attach(*client);
    host.give("ftp.session", ftpSessionSettings({"QUIT"}));
    const StreamId control = host.lastStream;
    host.deliver(StreamEvent{StreamEventType::Opened, control, {}, 21, 49152, {}});
    const auto hear = [&](const char* piece) {
        host.deliver(StreamEvent{StreamEventType::Data, control, {}, 21, 49152, bytesOf(piece)});
    };
    hear("220-Wel");
    hear("come\r\n 220 is said inside\r\n221 too\r\n220 Rea");
    EXPECT_TRUE(host.streams.at(control).sent.empty());
    hear("dy\r\n");
    const auto& sent = host.streams.at(control).sent;
    EXPECT_EQ(std::string(sent.begin(), sent.end()), "USER alice\r\n");
}

} // namespace
} // namespace wirestage::simulation
