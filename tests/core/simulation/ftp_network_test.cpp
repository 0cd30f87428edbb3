// SPDX-License-Identifier: GPL-3.0-or-later
// FTP over real frames: what a session is like on the wire, behind a translator, and under loss.
#include "ftp_network.h"

#include <random>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;

FtpScene scene(std::vector<std::string> commands, std::string mode) {
    FtpScene made;
    made.session = ftpSessionSettings(std::move(commands), std::move(mode));
    return made;
}

TEST(FtpOnTheWire, KeepsToTheRepliesOfRFC959) { // RFC 959, 5.4
    const FtpRun result = runFtp(scene({"PWD", "TYPE I", "LIST", "RETR pub/large.txt", "QUIT"}, "passive"));
    EXPECT_FALSE(result.run.problem);
    EXPECT_THAT(result.replies(), ElementsAre("220", "331", "230", "257", "200", "227", "150", "226", "227",
                                              "150", "226", "221"));
    ASSERT_EQ(result.fetched.size(), 2U);
    EXPECT_EQ(result.fetched[1].content, ftpSampleText("large.txt", 20000));
    EXPECT_EQ(result.lastState("client"), "CLOSED");
    EXPECT_EQ(result.lastState("server"), "CLOSED");
}

TEST(FtpOnTheWire, OpensPassiveDataConnectionsFromTheClientAlone) { // RFC 959, 3.2; RFC 1123, 4.1.2.6
    const FtpRun result = runFtp(scene({"LIST", "QUIT"}, "passive"));
    EXPECT_TRUE(result.openings("server").empty());
    ASSERT_EQ(result.openings("client").size(), 2U);
    EXPECT_THAT(result.openings("client")[0], testing::EndsWith(">21"));
}

TEST(FtpOnTheWire, OpensActiveDataConnectionsFromPort20) { // RFC 959, 3.2
    const FtpRun result = runFtp(scene({"LIST", "RETR readme.txt", "QUIT"}, "active"));
    ASSERT_EQ(result.fetched.size(), 2U);
    const auto opened = result.openings("server");
    ASSERT_EQ(opened.size(), 2U);
    EXPECT_THAT(opened, testing::Each(testing::StartsWith("20>")));
    EXPECT_NE(opened[0], opened[1]); // RFC 1123, 4.1.2.5: a new port for each
}

TEST(FtpOnTheWire, StoresInEveryMode) {
    for (const char* mode : {"active", "passive", "eprt", "epsv"}) {
        FtpScene upload = scene({"TYPE I", "STOR new.txt", "QUIT"}, mode);
        upload.session.set("size", std::int64_t{30000});
        const FtpRun result = runFtp(std::move(upload));
        ASSERT_TRUE(result.files.find("/new.txt")) << mode;
        EXPECT_EQ(result.files.find("/new.txt")->content, ftpSampleText("upload", 30000)) << mode;
        EXPECT_EQ(result.replies().back(), "221");
    }
}

TEST(FtpOnTheWire, CarriesDataOneWayOnly) { // RFC 959, 3.4.1: the sender closes
    const FtpRun result = runFtp(scene({"TYPE I", "RETR pub/large.txt", "QUIT"}, "active"));
    std::size_t byServer = 0, byClient = 0;
    bool serverEnded = false, clientEndedFirst = false;
    for (const SentFrame& frame : result.run.frames) {
        const Dissection packet = dissected(frame);
        if (packet.carried != Carried::Tcp || packet.sourcePort == 21 || packet.destinationPort == 21)
            continue;
        const bool fromServer = packet.sourcePort == 20;
        (fromServer ? byServer : byClient) += packet.payload.size();
        if (packet.tcp.flags & 0x01) {
            clientEndedFirst = clientEndedFirst || (!fromServer && !serverEnded);
            serverEnded = serverEnded || fromServer;
        }
    }
    EXPECT_EQ(byServer, 20000U);
    EXPECT_EQ(byClient, 0U);
    EXPECT_TRUE(serverEnded);
    EXPECT_FALSE(clientEndedFirst);
}

// --- under loss ---

/// Loses, delays, doubles and damages frames by chance.
class Weather : public Interference {
public:
    explicit Weather(unsigned seed) : random(seed) {
        loss = below(31); // per cent
        delay = below(10);
        copies = below(10);
        damage = below(5);
    }
    Verdict onSend(const SentFrame&, std::uint32_t) override {
        Verdict verdict;
        verdict.delay = below(100) < delay ? static_cast<Time>(below(50)) * millisecond : 0;
        verdict.copies = below(100) < copies ? 1 : 0;
        verdict.damage = below(100) < damage;
        return verdict;
    }
    Verdict onLink(const SentFrame&, std::uint32_t, LinkId, std::uint32_t) override {
        Verdict verdict;
        verdict.lose = below(200) < loss; // a frame passes two links on its way
        return verdict;
    }
    bool missedBy(const SentFrame&, std::uint32_t, NodeId) override { return false; }

private:
    unsigned below(unsigned most) { return static_cast<unsigned>(random() % most); }
    std::mt19937 random;
    unsigned loss, delay, copies, damage;
};

/// Whatever was lost: what is taken for whole is whole, and the session ends.
void survives(const std::string& mode, unsigned& whole) {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(mode + ", seed " + std::to_string(seed));
        Weather weather(seed);
        FtpScene rough = scene({"TYPE I", "RETR pub/large.txt", "STOR new.txt", "QUIT"}, mode);
        rough.session.set("size", std::int64_t{10000});
        rough.network.limit = 24 * 3600 * second;
        rough.interference = &weather;
        const FtpRun result = runFtp(std::move(rough));
        ASSERT_FALSE(result.run.problem) << english(*result.run.problem);
        EXPECT_EQ(result.lastState("client"), "CLOSED");
        const std::string server = result.lastState("server");
        EXPECT_TRUE(server == "CLOSED" || server.empty()) << server;
        for (const FtpFetched& one : result.fetched)
            EXPECT_EQ(one.content, ftpSampleText("large.txt", 20000));
        if (const FtpFile* stored = result.files.find("/new.txt")) {
            EXPECT_EQ(stored->content, ftpSampleText("upload", 10000));
        }
        whole += result.fetched.size() == 1 && result.files.find("/new.txt");
    }
}

TEST(FtpUnderLoss, DeliversPassiveFilesWholeOrFailsAndAlwaysEnds) {
    unsigned whole = 0;
    survives("passive", whole);
    EXPECT_GT(whole, 100U); // most get through: TCP mends what was lost
}

TEST(FtpUnderLoss, DeliversActiveFilesWholeOrFailsAndAlwaysEnds) {
    unsigned whole = 0;
    survives("active", whole);
    EXPECT_GT(whole, 100U);
}

} // namespace
} // namespace wirestage::simulation::test
