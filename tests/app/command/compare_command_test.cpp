// SPDX-License-Identifier: GPL-3.0-or-later
// wirestage compare: what it prints, and its exit statuses.
#include "app/command/command.h"
#include "app/command/compare_command.h"
#include "app/command/source.h"
#include "tests/support/shared_captures.h"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace wirestage {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::json;

struct Ran {
    int status = 0;
    std::string out, complaint;
};

Ran run(std::vector<std::string> words) {
    words.insert(words.begin(), {"wirestage", "compare"});
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    Ran ran;
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    ran.status = runCommand(static_cast<int>(arguments.size()), arguments.data());
    std::fflush(stdout);
    std::fflush(stderr);
    ran.out = testing::internal::GetCapturedStdout();
    ran.complaint = testing::internal::GetCapturedStderr();
    return ran;
}

std::string recording(const std::string& name) {
    return (test::sourceFolder() / "resources" / "recordings" / (name + ".pcapng")).string();
}

/// The first bytes of a recording, in a file that goes away.
class CutFile {
public:
    CutFile(const std::string& of, std::size_t bytes)
        : path_(std::filesystem::temp_directory_path() / ("wirestage_cut_" + of + ".pcapng")) {
        std::ifstream in(recording(of), std::ios::binary);
        std::string text(bytes, '\0');
        in.read(text.data(), static_cast<std::streamsize>(bytes));
        std::ofstream(path_, std::ios::binary).write(text.data(), in.gcount());
    }
    ~CutFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    CutFile(const CutFile&) = delete;
    CutFile& operator=(const CutFile&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

TEST(CompareCommand, SaysTheVerdictFirstAndThenALineAStep) {
    const Ran ran = run({"--to", "dhcp-dora", recording("dhcp-dora-renew-release")});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.complaint, "");
    EXPECT_THAT(ran.out, StartsWith("The same: exchange 1 has all 4 required steps of “DHCP: four messages"));
    EXPECT_THAT(ran.out, HasSubstr("matched           #2  DHCP Offer: 10.0.0.1 → 02:00:00:00:00:c1: as "
                                   "expected, 301 µs after the DHCP Discover\n"));
    EXPECT_THAT(ran.out, HasSubstr("Other exchanges that are like it (--exchange chooses one): 3 (25 %)\n"));
}

TEST(CompareCommand, PrintsOneObjectWithTheKeysThatAreAgreed) {
    const Ran ran = run({"--to", "dhcp-dora", "--json", recording("dhcp-dora-renew-release")});
    EXPECT_EQ(ran.status, 0);
    const Json object = Json::parse(ran.out);
    EXPECT_EQ(object["reference"], "dhcp-dora");
    EXPECT_EQ(object["exchange"], 1);
    EXPECT_EQ(object["verdict"], "same");
    ASSERT_EQ(object["steps"].size(), 4U);
    for (const Json& step : object["steps"])
        for (const char* key : {"kind", "from", "to", "status", "packet", "why", "broken"})
            EXPECT_TRUE(step.contains(key)) << key;
    EXPECT_EQ(object["steps"][1]["kind"], "dhcp.offer");
    EXPECT_EQ(object["steps"][1]["from"], "10.0.0.1");
    EXPECT_EQ(object["steps"][1]["status"], "matched");
    EXPECT_EQ(object["steps"][1]["packet"], 2);
    EXPECT_EQ(object["others"][0]["exchange"], 3);
    EXPECT_EQ(object["others"][0]["score"], 0.25);
}

TEST(CompareCommand, EndsWithOneWhereThereIsADifference) {
    const Ran ran = run({"--to", "ftp-passive", "--json", recording("ftp-badlogin")});
    EXPECT_EQ(ran.status, 1);
    const Json object = Json::parse(ran.out);
    EXPECT_EQ(object["verdict"], "different");
    bool missing = false;
    for (const Json& step : object["steps"])
        if (step["kind"] == "ftp.reply.230") {
            missing = true;
            EXPECT_EQ(step["status"], "missing");
            EXPECT_TRUE(step["packet"].is_null());
            EXPECT_THAT(step["why"].get<std::string>(), HasSubstr("530 Not logged in"));
        }
    EXPECT_TRUE(missing);
}

TEST(CompareCommand, EndsWithOneWhereNothingIsLikeTheReference) {
    const Ran ran = run({"--to", "dhcp-dora", "--json", recording("tcp-rto")});
    EXPECT_EQ(ran.status, 1);
    const Json object = Json::parse(ran.out);
    EXPECT_EQ(object["verdict"], "not_found");
    EXPECT_TRUE(object["exchange"].is_null());
    EXPECT_TRUE(object["steps"].empty());
    EXPECT_EQ(run({"--to", "tcp-close", "-f", "udp", recording("tcp-rto")}).status, 1);
}

TEST(CompareCommand, ComparesWithAVariantAndWithALessonsRun) {
    EXPECT_EQ(run({"--to", "dhcp-dora/no-server", "--lesson", "dhcp-dora", "--variant", "no-server"}).status,
              0);
    EXPECT_EQ(run({"--to", "dhcp-dora", "--lesson", "dhcp-dora", "--fault", "drop:dhcp.offer"}).status, 0)
        << "the client asks again: a repetition is no difference";
    EXPECT_EQ(run({"--to", "dhcp-dora", "--lesson", "dhcp-dora", "--variant", "no-server"}).status, 1);
}

TEST(CompareCommand, ComparesWithAnExchangeOfAnotherCapture) {
    const std::string dora = recording("dhcp-dora-renew-release");
    const Ran same = run({"--to-file", dora + "#1", "--json", recording("dhcp-decline")});
    EXPECT_EQ(same.status, 0);
    EXPECT_EQ(Json::parse(same.out)["reference"], dora + "#1");
    EXPECT_EQ(run({"--to-file", recording("ftp-pasv"), recording("ftp-active")}).status, 1);
    EXPECT_EQ(run({"--to-file", recording("ftp-pasv"), recording("ftp-pasv")}).status, 0);
}

TEST(CompareCommand, LooksAtTheExchangeThatIsAskedFor) {
    const Ran ran =
        run({"--to", "dhcp-dora", "--json", "--exchange", "3", recording("dhcp-dora-renew-release")});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(Json::parse(ran.out)["exchange"], 3);
}

TEST(CompareCommand, OffersOnlyWhatItTakes) {
    CLI::App app;
    SourceOptions source;
    CompareOptions options;
    source.addTo(app, true);
    options.addTo(app);
    const std::string help = app.help();
    EXPECT_EQ(help.find("--level"), help.npos);
    EXPECT_EQ(help.find("--rows"), help.npos);
    EXPECT_NE(help.find("--exchange"), help.npos);
}

TEST(CompareCommand, EndsWithTwoWhereItIsUsedWrongly) {
    const std::string capture = recording("dhcp-nak");
    EXPECT_EQ(run({capture}).status, 2);
    EXPECT_EQ(run({"--to", "dhcp-dora"}).status, 2);
    EXPECT_EQ(run({"--to", "dhcp-dora", "--to-file", capture, capture}).status, 2);
    EXPECT_EQ(run({"--to", "dhcp-dora", "--rows", "1-3", capture}).status, 2);
    EXPECT_EQ(run({"--to", "dhcp-dora", "--exchange", "99", capture}).status, 2);
    EXPECT_EQ(run({"--to-file", capture + "#99", capture}).status, 2);
    EXPECT_EQ(run({"--to-file", capture + "#x", capture}).status, 2);
    const Ran unknown = run({"--to", "dhcp-dorra", capture});
    EXPECT_EQ(unknown.status, 2);
    EXPECT_THAT(unknown.complaint, HasSubstr("did you mean “dhcp-dora”?"));
    EXPECT_EQ(run({"--to", "dhcp-dora/nothing", capture}).status, 2);
}

TEST(CompareCommand, EndsWithThreeWhereAFileIsUnreadableOrCutOff) {
    EXPECT_EQ(run({"--to", "dhcp-dora", "no/such/file.pcap"}).status, 3);
    EXPECT_EQ(run({"--to-file", "no/such/file.pcap", recording("dhcp-nak")}).status, 3);
    const CutFile cut("dhcp-dora-renew-release", 1001);
    const Ran ran = run({"--to", "dhcp-dora", "--json", cut.path()});
    EXPECT_EQ(ran.status, 3);
    EXPECT_THAT(Json::parse(ran.out)["verdict"], AnyOf("same", "different", "not_found"))
        << "what could be read was compared";
}

} // namespace
} // namespace wirestage
