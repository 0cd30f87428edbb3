// SPDX-License-Identifier: GPL-3.0-or-later
// FTP behind a translator (RFC 3022) that lets only answers in: it rewrites
// addresses in headers, not the one that stands in PORT's text.
#include "ftp_network.h"

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;

TEST(FtpBehindATranslator, WorksInPassiveMode) {
  FtpScene nat = behindTranslator();
  nat.session =
      ftpSessionSettings({"TYPE I", "RETR readme.txt", "QUIT"}, "passive");
  const FtpRun result = runFtp(std::move(nat));
  ASSERT_EQ(result.fetched.size(), 1U);
  EXPECT_EQ(result.fetched[0].content, "Hello\nworld\n");
}

TEST(FtpBehindATranslator,
     IsRefusedInActiveModeByACarefulServer) { // RFC 2577, 3: PORT names another
                                              // address
  FtpScene nat = behindTranslator();
  nat.session = ftpSessionSettings({"RETR readme.txt", "QUIT"}, "active");
  const FtpRun result = runFtp(std::move(nat));
  EXPECT_THAT(result.replies(), ElementsAre("220", "331", "230", "504", "221"));
}

TEST(FtpBehindATranslator, WaitsInVainInActiveModeAndHears425) { // RFC 959, 5.4
  FtpScene nat = behindTranslator();
  nat.serverSettings.set("other_addresses", true);
  nat.serverSettings.set("data_timeout", std::int64_t{20});
  nat.session = ftpSessionSettings({"RETR readme.txt", "QUIT"}, "active");
  const FtpRun result = runFtp(std::move(nat));
  EXPECT_THAT(result.replies(),
              ElementsAre("220", "331", "230", "200", "150", "425", "221"));
  EXPECT_TRUE(result.fetched.empty());
  const auto opened = result.openings("server");
  EXPECT_GE(opened.size(),
            3U); // SYN, and again after 1 and 3 s (RFC 6298, 2.1 and 5.5)
  EXPECT_THAT(opened, testing::Each(opened.front()));
}

TEST(FtpBehindATranslator,
     GivesUpItselfWhereTheServerWaitsLonger) { // RFC 959, 4.1.3
  FtpScene nat = behindTranslator();
  nat.serverSettings.set("other_addresses", true);
  nat.serverSettings.set("data_timeout", std::int64_t{60});
  nat.session = ftpSessionSettings({"LIST", "QUIT"}, "active");
  nat.session.set("data_timeout", std::int64_t{15});
  const FtpRun result = runFtp(std::move(nat));
  EXPECT_THAT(result.replies(), ElementsAre("220", "331", "230", "200", "150",
                                            "426", "226", "221"));
}

} // namespace
} // namespace wirestage::simulation::test
