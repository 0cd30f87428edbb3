// SPDX-License-Identifier: GPL-3.0-or-later
// The FTP server's replies, command by command (RFC 959, 5.4), to a client that the test plays.
#include "ftp_bench.h"

namespace wirestage::simulation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

TEST(FtpServer, GreetsWith220AndAsksForAPasswordBeforeItLetsAnybodyIn) { // RFC 959, 5.4
    FtpServerBench bench;
    EXPECT_EQ(bench.heard(), "220 FTP server ready.\r\n");
    EXPECT_THAT(bench.say("USER alice"), StartsWith("331 "));
    EXPECT_THAT(bench.say("PASS secret"), StartsWith("230 "));
    EXPECT_THAT(bench.host.stateNames(),
                ElementsAre("WAITING FOR USER", "WAITING FOR PASSWORD", "LOGGED IN"));
}

TEST(FtpServer, TakesVerbsInSmallLetters) { // RFC 959, 5.3
    FtpServerBench bench;
    bench.heard();
    EXPECT_THAT(bench.say("user alice"), StartsWith("331 "));
    EXPECT_THAT(bench.say("pAsS secret"), StartsWith("230 "));
}

TEST(FtpServer, DeniesAWrongPasswordWith530AfterItsDelay) { // RFC 2577, 5
    Settings settings = ftpServerSettings();
    settings.set("login_delay", std::int64_t{5});
    FtpServerBench bench(settings);
    bench.say("USER alice");
    EXPECT_EQ(bench.say("PASS wrong"), "");
    bench.host.runFor(4 * second + 999 * millisecond);
    EXPECT_EQ(bench.heard(), "");
    bench.host.runFor(millisecond);
    EXPECT_THAT(bench.heard(), StartsWith("530 "));
    bench.say("USER alice");
    EXPECT_THAT(bench.say("PASS secret"), StartsWith("230 ")); // the right one is not delayed
}

TEST(FtpServer, DoesNotSayWhichNamesItKnows) { // RFC 2577, 7
    FtpServerBench bench;
    bench.heard();
    const std::string known = bench.say("USER alice");
    EXPECT_EQ(bench.say("USER nobody"), known);
    EXPECT_THAT(bench.say("PASS secret"), StartsWith("530 "));
}

TEST(FtpServer, ClosesWith421AfterThreeFailedLogins) { // RFC 2577, 5
    FtpServerBench bench;
    for (int i = 0; i < 2; ++i) {
        bench.say("USER alice");
        EXPECT_THAT(bench.say("PASS wrong"), MatchesRegex("530 [^\r]*\r\n"));
        EXPECT_FALSE(bench.host.streams.at(bench.control).closed);
    }
    bench.say("USER alice");
    EXPECT_THAT(bench.say("PASS wrong"), MatchesRegex("530 [^\r]*\r\n421 [^\r]*\r\n"));
    EXPECT_TRUE(bench.host.streams.at(bench.control).closed);
}

TEST(FtpServer, Answers503ToAPasswordWithoutAUser) { // RFC 959, 4.1.1 and 5.4
    FtpServerBench bench;
    bench.heard();
    EXPECT_THAT(bench.say("PASS secret"), StartsWith("503 "));
}

TEST(FtpServer, Answers530ToWorkBeforeTheLogin) { // RFC 959, 5.4
    FtpServerBench bench;
    bench.heard();
    for (const char* command : {"PWD", "CWD pub", "PASV", "EPSV", "PORT 192,0,2,1,192,1", "LIST",
                                "RETR readme.txt", "STOR x", "TYPE I", "SIZE readme.txt", "DELE readme.txt"})
        EXPECT_THAT(bench.say(command), StartsWith("530 ")) << command;
    EXPECT_THAT(bench.say("NOOP"), StartsWith("200 "));
    EXPECT_THAT(bench.say("SYST"), StartsWith("215 "));
    EXPECT_THAT(bench.say("QUIT"), StartsWith("221 "));
}

TEST(FtpServer, AsksNoPasswordOfAUserWithoutOneAndTakesAnyOfAnonymous) { // RFC 959, 5.4; RFC 1635, 3
    Settings settings = ftpServerSettings();
    settings.set("users",
                 std::vector<Settings>{row({{"name", std::string("guest")}, {"password", std::string()}}),
                                       row({{"name", std::string("anonymous")}})});
    FtpServerBench bench(settings);
    bench.heard();
    EXPECT_THAT(bench.say("USER guest"), StartsWith("230 "));
    EXPECT_THAT(bench.say("USER anonymous"), StartsWith("331 "));
    EXPECT_THAT(bench.say("PASS me@example.org"), StartsWith("230 "));
}

TEST(FtpServer, TellsWhereItIsAndGoesElsewhere) { // RFC 959, 4.1.1 and appendix II
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("PWD"), StartsWith("257 \"/\" "));
    EXPECT_THAT(bench.say("CWD pub"), StartsWith("250 "));
    EXPECT_THAT(bench.say("PWD"), StartsWith("257 \"/pub\" "));
    EXPECT_THAT(bench.say("CWD nowhere"), StartsWith("550 "));
    EXPECT_THAT(bench.say("CWD /readme.txt"), StartsWith("550 ")); // a file is no directory
    EXPECT_THAT(bench.say("CDUP"), StartsWith("250 "));
    EXPECT_THAT(bench.say("CWD ../.."), StartsWith("250 ")); // above the root is the root
    EXPECT_THAT(bench.say("PWD"), StartsWith("257 \"/\" "));
}

TEST(FtpServer, DoublesTheQuotesThatBelongToAPath) { // RFC 959, appendix II
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("MKD a\"b"), StartsWith("257 \"/a\"\"b\" "));
}

TEST(FtpServer, SaysWhatItUnderstandsAndWhatNot) { // RFC 959, 4.2.1
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("XYZZY"), StartsWith("500 "));
    EXPECT_THAT(bench.say("RNFR readme.txt"), StartsWith("502 ")); // a command of FTP, but not of this server
    EXPECT_THAT(bench.say("RETR"), StartsWith("501 "));
    EXPECT_THAT(bench.say("CWD a\tb"), StartsWith("501 "));
    EXPECT_THAT(bench.say("HELP"), MatchesRegex("214-.*\r\n214 [^\r]*\r\n"));
    EXPECT_THAT(bench.say("ACCT x"), StartsWith("202 "));
}

TEST(FtpServer, ListsItsExtensionsBetweenTwoLinesOf211) { // RFC 2389, 3.2
    FtpServerBench bench;
    bench.heard();
    EXPECT_EQ(bench.say("FEAT"), "211-Features:\r\n EPRT\r\n EPSV\r\n MDTM\r\n SIZE\r\n211 End\r\n");
}

TEST(FtpServer, KnowsTheLeastTypesModesAndStructures) { // RFC 1123, 4.1.2.13; RFC 959, 5.4
    FtpServerBench bench;
    bench.logIn();
    for (const char* command : {"TYPE A", "TYPE A N", "TYPE I", "TYPE L 8", "MODE S", "STRU F"})
        EXPECT_THAT(bench.say(command), StartsWith("200 ")) << command;
    for (const char* command : {"TYPE E", "MODE B", "MODE C", "STRU P"})
        EXPECT_THAT(bench.say(command), StartsWith("504 ")) << command;
    for (const char* command : {"TYPE Q", "MODE Q", "STRU Q", "TYPE"})
        EXPECT_THAT(bench.say(command), StartsWith("501 ")) << command;
}

TEST(FtpServer,
     TellsASizeAsItWouldBeTransferred) { // RFC 3659, 4: "Hello\nworld\n", its ends as CR LF in TYPE A
    FtpServerBench bench;
    bench.logIn();
    EXPECT_EQ(bench.say("SIZE readme.txt"), "213 14\r\n");
    bench.say("TYPE I");
    EXPECT_EQ(bench.say("SIZE readme.txt"), "213 12\r\n");
    EXPECT_THAT(bench.say("SIZE pub"), StartsWith("550 "));
    EXPECT_THAT(bench.say("MDTM readme.txt"), MatchesRegex("213 [0-9]{14}\r\n"));
}

TEST(FtpServer, MakesAndRemovesFilesAndDirectories) { // RFC 959, 5.4
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("MKD new"), StartsWith("257 "));
    EXPECT_THAT(bench.say("MKD new"), StartsWith("550 "));
    EXPECT_THAT(bench.say("RMD new"), StartsWith("250 "));
    EXPECT_THAT(bench.say("RMD pub"), StartsWith("550 ")); // not empty
    EXPECT_THAT(bench.say("DELE readme.txt"), StartsWith("250 "));
    EXPECT_THAT(bench.say("DELE readme.txt"), StartsWith("550 "));
    EXPECT_THAT(bench.say("DELE pub"), StartsWith("550 "));
}

TEST(FtpServer, SaysGoodbyeAndClosesFirst) { // RFC 959, 4.1.1 and 5.4
    FtpServerBench bench;
    bench.logIn();
    EXPECT_THAT(bench.say("QUIT"), StartsWith("221 "));
    EXPECT_TRUE(bench.host.streams.at(bench.control).closed);
    EXPECT_EQ(bench.host.states.back().state, "CLOSED");
}

TEST(FtpServer, EndsAnIdleSessionWith421AfterFiveMinutes) { // RFC 1123, 4.1.3.2
    FtpServerBench bench;
    bench.logIn();
    bench.host.runFor(299 * second);
    EXPECT_EQ(bench.heard(), "");
    bench.host.runFor(second);
    EXPECT_THAT(bench.heard(), StartsWith("421 "));
    EXPECT_TRUE(bench.host.streams.at(bench.control).closed);
}

TEST(FtpServer, AbandonsAControlConnectionThatItsClientNeverCloses) {
    FtpServerBench bench;
    bench.say("QUIT");
    bench.host.runFor(400 * second);
    EXPECT_TRUE(bench.host.streams.at(bench.control).aborted);
    EXPECT_FALSE(bench.server->deadline());
}

TEST(FtpServer, TurnsOneSessionTooManyAwayWith421) { // RFC 959, 5.4
    Settings settings = ftpServerSettings();
    settings.set("sessions", std::int64_t{1});
    FtpServerBench bench(settings);
    bench.connect();
    EXPECT_THAT(bench.heard(), StartsWith("421 "));
    EXPECT_TRUE(bench.host.streams.at(bench.control).closed);
}

TEST(FtpServer, AnswersCommandsThatCameTogetherInTheirOrder) {
    FtpServerBench bench;
    bench.heard();
    EXPECT_THAT(bench.say("USER alice\r\nPASS secret\r\nPWD"),
                MatchesRegex("331 [^\r]*\r\n230 [^\r]*\r\n257 [^\r]*\r\n"));
}

TEST(FtpServer, LeavesOutTelnetsBytesBeforeACommand) { // RFC 959, 3.3; RFC 854
    FtpServerBench bench;
    bench.heard();
    EXPECT_THAT(bench.say("\xff\xf4\xff\xf2NOOP"), StartsWith("200 "));
    EXPECT_THAT(bench.say("\xff\xfb\x01NOOP"), StartsWith("200 "));
}

TEST(FtpServer, EndsASessionThatSendsWithoutALineEndForEver) {
    FtpServerBench bench;
    bench.heard();
    const std::string much(10'000, 'x');
    for (int i = 0; i < 8; ++i)
        bench.tell(bench.control, StreamEventType::Data, much);
    EXPECT_THAT(bench.heard(), StartsWith("421 "));
}

TEST(FtpServer, RefusesSettingsThatCannotBe) {
    const auto problem = [](const char* name, SettingValue value) {
        Settings settings = ftpServerSettings();
        settings.set(name, std::move(value));
        if (const auto wrong = check(settings, ftpServerType.settings))
            return english(wrong->why);
        const auto made = ftpServerType.make(settings);
        return std::holds_alternative<Text>(made) ? english(std::get<Text>(made)) : std::string();
    };
    EXPECT_EQ(problem("passive_last", std::int64_t{49999}), "passive_last is below passive_first");
    EXPECT_EQ(problem("folder", std::string("/nowhere")), "the folder “/nowhere” is not among the files");
    EXPECT_EQ(problem("files", std::vector<Settings>{row({{"path", std::string("/a")},
                                                          {"size", std::int64_t{1}},
                                                          {"text", std::string("x")}})}),
              "the file “/a” may have one of: size, text, directory");
    EXPECT_EQ(problem("files", std::vector<Settings>{row({{"path", std::string("/")}})}),
              "the file “/” cannot have that path");
    EXPECT_EQ(problem("files",
                      std::vector<Settings>{row({{"path", std::string("/a")}, {"size", std::int64_t{1}}}),
                                            row({{"path", std::string("/a/b")}, {"size", std::int64_t{1}}})}),
              "the file “/a/b” cannot have that path");
    EXPECT_EQ(problem("banner", std::string("two\nlines")), "the banner must be one line");
    EXPECT_EQ(problem("port", std::int64_t{0}), "must be from 1 to 65535, not 0");
}

} // namespace
} // namespace wirestage::simulation
