// SPDX-License-Identifier: GPL-3.0-or-later
// The FTP server's data connections: how they are agreed on, opened, used and given up.
#include "ftp_bench.h"

namespace wirestage::simulation {
namespace {

using testing::MatchesRegex;
using testing::StartsWith;

/// The connection that the server opened last.
const FakeHost::Stream& opened(FtpServerBench& bench) {
    return bench.host.streams.at(bench.host.lastStream);
}

TEST(FtpData, ComesFromPort20ToWhatPORTSaid) { // RFC 959, 3.2 and 4.1.2: 195 * 256 + 80 = 50000
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("PORT 192,0,2,1,195,80"), StartsWith("200 "));
    EXPECT_THAT(bench.say("RETR readme.txt"), MatchesRegex("150 [^\r]*\r\n"));
    EXPECT_EQ(opened(bench).localPort, 20);
    EXPECT_EQ(opened(bench).remotePort, 50000);
    EXPECT_EQ(opened(bench).remote, bench.client);
}

TEST(FtpData, GoesToTheClientsControlPortWhereNothingWasSaid) { // RFC 959, 3.2: the default data port
    FtpServerBench bench;
    bench.logIn();
    bench.say("RETR readme.txt");
    EXPECT_EQ(opened(bench).remotePort, 49152);
}

TEST(FtpData, NamesAPassivePortAsTwoNumbers) { // RFC 959, 4.1.2: p1 * 256 + p2
    Settings settings = ftpServerSettings();
    settings.set("passive_first", std::int64_t{51234});
    settings.set("passive_last", std::int64_t{51234});
    FtpServerBench bench(settings);
    bench.logIn();
    EXPECT_EQ(bench.say("PASV"), "227 Entering Passive Mode (192,0,2,2,200,34).\r\n"); // 200 * 256 + 34
    EXPECT_TRUE(bench.host.listeningPorts.count(51234));
}

TEST(FtpData, NamesTheTranslatorsAddressWhereItIsToldTo) {
    Settings settings = ftpServerSettings();
    settings.set("passive_address", std::string("203.0.113.9"));
    FtpServerBench bench(settings);
    bench.logIn();
    EXPECT_THAT(bench.say("PASV"), StartsWith("227 Entering Passive Mode (203,0,113,9,"));
}

TEST(FtpData, NamesAPortAloneToEPSV) { // RFC 2428, 3
    Settings settings = ftpServerSettings();
    settings.set("passive_first", std::int64_t{50007});
    settings.set("passive_last", std::int64_t{50007});
    FtpServerBench bench(settings);
    bench.logIn();
    EXPECT_EQ(bench.say("EPSV"), "229 Entering Extended Passive Mode (|||50007|).\r\n");
    EXPECT_EQ(bench.say("EPSV 1"), "229 Entering Extended Passive Mode (|||50007|).\r\n");
    EXPECT_THAT(bench.say("EPSV 2"), StartsWith("522 "));
    EXPECT_THAT(bench.say("EPSV six"), StartsWith("501 "));
}

TEST(FtpData, AllowsNothingButEPSVAfterEPSVALL) { // RFC 2428, 4
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("EPSV ALL"), StartsWith("200 "));
    for (const char* command : {"PASV", "PORT 192,0,2,1,195,80", "EPRT |1|192.0.2.1|50000|"})
        EXPECT_THAT(bench.say(command), StartsWith("5")) << command;
    EXPECT_THAT(bench.say("EPSV"), StartsWith("229 "));
}

TEST(FtpData, TakesEPRTWithAnyDelimiter) { // RFC 2428, 2
    for (const char* command : {"EPRT |1|192.0.2.1|50000|", "EPRT !1!192.0.2.1!50000!"}) {
        FtpServerBench bench;
        bench.logIn();
        EXPECT_THAT(bench.say(command), StartsWith("200 ")) << command;
        bench.say("LIST");
        EXPECT_EQ(opened(bench).remotePort, 50000);
        EXPECT_EQ(opened(bench).localPort, 20);
    }
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("EPRT |2|2001:db8::1|50000|"), StartsWith("522 "));
    EXPECT_THAT(bench.say("EPRT |1|192.0.2.1|"), StartsWith("501 "));
    EXPECT_THAT(bench.say("EPRT 192,0,2,1,195,80"), StartsWith("501 "));
}

TEST(FtpData, Answers501ToAnAddressThatIsNone) { // RFC 959, 5.4
    FtpServerBench bench;
    bench.logIn();
    for (const char* command :
         {"PORT 192,0,2,1,195", "PORT 192,0,2,256,195,80", "PORT x", "PORT 192,0,2,1,0,0"})
        EXPECT_THAT(bench.say(command), StartsWith("501 ")) << command;
}

TEST(FtpData, RefusesToBeSentAgainstOthers) { // RFC 2577, 3
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("PORT 192,0,2,77,195,80"), StartsWith("504 ")); // another's address
    EXPECT_THAT(bench.say("PORT 192,0,2,1,0,25"), StartsWith("504 "));    // a well-known port
    Settings settings = ftpServerSettings();
    settings.set("other_addresses", true);
    FtpServerBench open(settings);
    open.logIn();
    EXPECT_THAT(open.say("PORT 192,0,2,77,195,80"), StartsWith("200 "));
}

TEST(FtpData, IsClosedByTheSenderAtTheEndOfAFile) { // RFC 959, 3.4.1
    FtpServerBench bench;
    bench.logIn();
    bench.say("TYPE I");
    bench.say("PASV");
    const StreamId data = bench.openData();
    EXPECT_THAT(bench.say("RETR readme.txt"), MatchesRegex("150 [^\r]*\r\n"));
    EXPECT_EQ(bench.sentOn(data), "Hello\nworld\n");
    EXPECT_TRUE(bench.host.streams.at(data).closed);
    EXPECT_EQ(bench.heard(), ""); // not complete before the client has it all
    bench.tell(data, StreamEventType::Acked);
    EXPECT_THAT(bench.heard(), StartsWith("226 "));
    EXPECT_EQ(bench.host.states.back().state, "LOGGED IN");
}

TEST(FtpData, HasLinesThatEndWithTwoBytesInTypeA) { // RFC 959, 3.1.1.1
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    const StreamId data = bench.openData();
    bench.say("RETR readme.txt");
    EXPECT_EQ(bench.sentOn(data), "Hello\r\nworld\r\n");
}

TEST(FtpData, WaitsForTheClientAfterTheCommandToo) { // RFC 959, 4.1.2: PASV "listens"
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    EXPECT_THAT(bench.say("NLST"), MatchesRegex("150 [^\r]*\r\n"));
    const StreamId data = bench.openData();
    EXPECT_EQ(bench.sentOn(data), "pub\r\nreadme.txt\r\n");
}

TEST(FtpData, ListsAsLsDoes) {
    FtpServerBench bench;
    bench.logIn();
    bench.say("EPSV");
    const StreamId data = bench.openData();
    bench.say("LIST");
    EXPECT_THAT(bench.sentOn(data), MatchesRegex("drwxr-xr-x +2 ftp +ftp +[0-9]+ Jan +1 00:00 pub\r\n"
                                                 "-rw-r--r-- +1 ftp +ftp +12 Jan +1 00:00 readme.txt\r\n"));
}

TEST(FtpData, ListsADirectoryByNameAndLeavesOptionsOfLsAside) {
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    const StreamId data = bench.openData();
    bench.say("LIST -la pub");
    EXPECT_THAT(bench.sentOn(data), MatchesRegex("-rw.* 0 .*empty\r\n-rw.* 20000 .*large.txt\r\n"));
    bench.tell(data, StreamEventType::Acked);
    bench.heard();
    bench.say("PASV");
    EXPECT_THAT(bench.say("LIST nowhere"), StartsWith("450 ")); // RFC 959, 5.4
}

TEST(FtpData, EndsAnEmptyFileWhenTheClientCloses) {
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    const StreamId data = bench.openData();
    bench.say("RETR pub/empty");
    EXPECT_TRUE(bench.host.streams.at(data).closed);
    bench.tell(data, StreamEventType::PeerClosed);
    EXPECT_THAT(bench.heard(), StartsWith("226 "));
}

TEST(FtpData, StoresWhatCameBeforeTheClientClosed) { // RFC 959, 3.4.1 and 4.1.3
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    const StreamId data = bench.openData();
    EXPECT_THAT(bench.say("STOR pub/new.txt"), MatchesRegex("150 [^\r]*\r\n"));
    bench.tell(data, StreamEventType::Data, "one\r\n");
    bench.tell(data, StreamEventType::Data, "two\r\n");
    EXPECT_EQ(bench.heard(), "");
    bench.tell(data, StreamEventType::PeerClosed);
    EXPECT_THAT(bench.heard(), StartsWith("226 "));
    ASSERT_TRUE(bench.files().find("/pub/new.txt"));
    EXPECT_EQ(bench.files().find("/pub/new.txt")->content, "one\ntwo\n");
}

TEST(FtpData, KeepsNothingOfAFileWhoseConnectionBroke) { // RFC 959, 4.2: 426
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    const StreamId data = bench.openData();
    bench.say("STOR half.txt");
    bench.tell(data, StreamEventType::Data, "one");
    bench.tell(data, StreamEventType::Reset);
    EXPECT_THAT(bench.heard(), StartsWith("426 "));
    EXPECT_FALSE(bench.files().find("/half.txt"));
}

TEST(FtpData, Answers553WhereAFileCannotBe) { // RFC 959, 5.4
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("STOR pub"), StartsWith("553 "));
    EXPECT_THAT(bench.say("STOR nowhere/x"), StartsWith("553 "));
}

TEST(FtpData, ReportsAMissingFileWithoutOpeningAConnection) { // RFC 959, 5.4: 550 stands in place of 150
    FtpServerBench bench;
    bench.logIn();
    bench.say("PORT 192,0,2,1,195,80");
    const StreamId before = bench.host.lastStream;
    EXPECT_THAT(bench.say("RETR missing.txt"), MatchesRegex("550 [^\r]*\r\n"));
    EXPECT_EQ(bench.host.lastStream, before);
}

TEST(FtpData, Answers425WhenTheClientsPortRefuses) { // RFC 959, 5.4: 425 follows 150
    FtpServerBench bench;
    bench.logIn();
    bench.say("PORT 192,0,2,1,195,80");
    EXPECT_THAT(bench.say("LIST"), StartsWith("150 "));
    bench.tell(bench.host.lastStream, StreamEventType::Refused);
    EXPECT_THAT(bench.heard(), StartsWith("425 "));
    EXPECT_THAT(bench.say("NOOP"), StartsWith("200 "));
}

TEST(FtpData, Answers425WhenNoConnectionComesAboutInTime) {
    Settings settings = ftpServerSettings();
    settings.set("data_timeout", 20.0);
    FtpServerBench bench(settings);
    bench.logIn();
    bench.say("PORT 192,0,2,1,195,80");
    bench.say("LIST");
    bench.host.runFor(19 * second);
    EXPECT_EQ(bench.heard(), "");
    bench.host.runFor(second);
    EXPECT_THAT(bench.heard(), StartsWith("425 "));
    EXPECT_TRUE(opened(bench).aborted);
    ASSERT_TRUE(bench.host.timer("data connection"));
    EXPECT_TRUE(bench.host.timer("data connection")->fired);
    bench.say("PASV");
    bench.say("LIST");
    bench.host.runFor(20 * second);
    EXPECT_THAT(bench.heard(), StartsWith("425 "));
    EXPECT_EQ(bench.host.listeningPorts.size(), 1U); // port 21 alone
}

TEST(FtpData, KeepsCommandsWaitingWhileAFileIsOnItsWay) { // RFC 959, 4.1.1: QUIT waits for the transfer
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    const StreamId data = bench.openData();
    bench.say("RETR readme.txt");
    EXPECT_EQ(bench.say("QUIT"), "");
    bench.tell(data, StreamEventType::Acked);
    EXPECT_THAT(bench.heard(), MatchesRegex("226 [^\r]*\r\n221 [^\r]*\r\n"));
}

TEST(FtpData, StopsATransferAtABORWithTwoReplies) { // RFC 959, 4.1.3: 426, then 226
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    const StreamId data = bench.openData();
    bench.say("RETR pub/large.txt");
    EXPECT_THAT(bench.say("ABOR"), MatchesRegex("426 [^\r]*\r\n226 [^\r]*\r\n"));
    EXPECT_TRUE(bench.host.streams.at(data).aborted);
    EXPECT_THAT(bench.say("ABOR"), MatchesRegex("226 [^\r]*\r\n"));
}

TEST(FtpData, TakesNoConnectionFromSomebodyElse) { // RFC 2577, 8
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    EXPECT_TRUE(bench.host.streams.at(bench.openData("192.0.2.66")).aborted);
    const StreamId data = bench.openData();
    bench.say("RETR readme.txt");
    EXPECT_FALSE(bench.sentOn(data).empty());
}

TEST(FtpData, GivesEachSessionAPortOfItsOwn) {
    Settings settings = ftpServerSettings();
    settings.set("passive_first", std::int64_t{50000});
    settings.set("passive_last", std::int64_t{50001});
    FtpServerBench bench(settings);
    std::set<std::string> replies;
    for (int i = 0; i < 2; ++i) {
        bench.connect();
        bench.logIn();
        replies.insert(bench.say("PASV"));
    }
    EXPECT_EQ(replies.size(), 2U);
    bench.connect();
    bench.logIn();
    EXPECT_THAT(bench.say("PASV"), StartsWith("425 ")); // none is left
}

TEST(FtpData, EndsWithTheControlConnection) { // RFC 959, 3.2
    FtpServerBench bench;
    bench.logIn();
    bench.say("PASV");
    const StreamId data = bench.openData();
    bench.say("RETR pub/large.txt");
    bench.tell(bench.control, StreamEventType::PeerClosed);
    EXPECT_TRUE(bench.host.streams.at(data).aborted);
    EXPECT_FALSE(bench.server->deadline());
}

} // namespace
} // namespace wirestage::simulation
