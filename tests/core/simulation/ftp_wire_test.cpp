// SPDX-License-Identifier: GPL-3.0-or-later
// FTP's frames before tshark, a second opinion: nothing malformed, no bad checksum, no error, on any link.
#include "ftp_network.h"

#include <algorithm>

namespace wirestage::simulation::test {
namespace {

TEST(FtpFrames, AreAcceptedByTshark) {
    FtpScene scene;
    scene.session =
        ftpSessionSettings({"PWD", "FEAT", "TYPE I", "LIST", "RETR pub/large.txt", "QUIT"}, "passive");
    scene.further = {
        ftpSessionSettings({"SYST", "LIST", "RETR readme.txt", "QUIT"}, "active"),
        ftpSessionSettings({"EPSV ALL", "NLST", "STOR new.txt", "QUIT"}, "epsv"),
        ftpSessionSettings({"HELP", "RETR pub/empty", "MKD x", "CWD x", "STOR y", "DELE y", "QUIT"}, "eprt"),
        ftpSessionSettings({"RETR missing.txt", "CWD nowhere", "QUIT"}, "active"),
        ftpSessionSettings({"PORT 192,0,2,77,195,80", "PORT x", "XYZZY", "ABOR", "QUIT"}, "active"),
        ftpSessionSettings({"LIST", "QUIT"}, "passive"),
    };
    scene.further.back().set("password", std::string("wrong"));
    const std::size_t sessions = scene.further.size() + 1;
    const FtpRun result = runFtp(std::move(scene));
    const auto replies = result.replies();
    EXPECT_EQ(std::count(replies.begin(), replies.end(), "221"), static_cast<std::ptrdiff_t>(sessions));
    const std::string wrong = objections(result.run, 0);
    if (wrong == "absent")
        GTEST_SKIP() << "there is no tshark here";
    EXPECT_EQ(wrong, "");
    EXPECT_EQ(objections(result.run, 1), "");
}

} // namespace
} // namespace wirestage::simulation::test
