// SPDX-License-Identifier: GPL-3.0-or-later
// What is told of simulated FTP sessions: the way from bytes to sentences, on runs whose truth is known.
#include "core/capture/pcapng_writer.h"
#include "core/exchange/capture.h"
#include "ftp_network.h"

#include <algorithm>
#include <sstream>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

/// The exchanges but ARP's that a link saw: "1 of 0: ftp completed: ...", by their numbers from 1.
std::vector<std::string> told(const Run& run, LinkId link) {
    std::vector<std::pair<Time, Bytes>> passed;
    for (const SentFrame& frame : run.frames)
        for (const Passage& passage : frame.passages)
            if (passage.link == link)
                passed.emplace_back(passage.entered, frame.bytes);
    std::stable_sort(passed.begin(), passed.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::ostringstream file;
    PcapngWriter writer(file, "wirestage tests");
    for (const auto& [time, bytes] : passed) {
        Frame frame;
        frame.time = time;
        frame.length = static_cast<std::uint32_t>(bytes.size());
        frame.bytes = bytes;
        writer.write(frame);
    }
    const std::string whole = file.str();
    Capture capture(std::get<CaptureFile>(CaptureFile::fromMemory(bytesOf(whole))));
    capture.index();
    std::vector<std::string> lines;
    for (ExchangeId id = 0; id < capture.exchangeCount(); ++id) {
        const Exchange exchange = capture.exchange(id);
        if (exchange.protocol != ProtocolId::arp)
            lines.push_back((exchange.parent == none ? "" : "> ") + std::string(name(exchange.outcome)) +
                            ": " + english(exchange.summary));
    }
    return lines;
}

struct Fault {
    bool active = false, passive = false; ///< which data connections are swallowed
    std::int64_t serverWaits = 20, clientWaits = 40;
};

/// As seen beside the server.
std::vector<std::string> toldOf(std::vector<std::string> commands, std::string mode, Fault fault = {}) {
    FtpScene scene;
    Meddler meddler;
    meddler.link = [fault](const SentFrame& frame, LinkId, std::uint32_t) {
        const Dissection packet = dissected(frame);
        Verdict verdict;
        verdict.lose =
            packet.carried == Carried::Tcp && (packet.tcp.flags & 0x12) == 0x02 &&
            (packet.sourcePort == 20 ? fault.active : packet.destinationPort != 21 && fault.passive);
        return verdict;
    };
    scene.interference = &meddler;
    scene.session = ftpSessionSettings(std::move(commands), std::move(mode));
    scene.session.set("data_timeout", fault.clientWaits);
    scene.serverSettings.set("data_timeout", fault.serverWaits);
    const FtpRun result = runFtp(std::move(scene));
    return told(result.run, fault.passive ? 0 : 1);
}

TEST(FtpStory, TellsFilesAndSizesWithTheirDataConnectionsBelowTheSession) {
    EXPECT_THAT(toldOf({"TYPE I", "LIST", "RETR pub/large.txt", "STOR new.txt", "QUIT"}, "active"),
                ElementsAre(testing::AllOf(StartsWith("completed: 2 files listed over the client's port"),
                                           HasSubstr("pub/large.txt fetched"), HasSubstr("(active), 20 kB"),
                                           HasSubstr("new.txt stored")),
                            StartsWith("> completed"), StartsWith("> completed: 20 kB sent"),
                            StartsWith("> completed: nothing sent, 1 kB received")));
}

TEST(FtpStory, TellsWhatWasMissing) {
    EXPECT_THAT(toldOf({"RETR missing.txt", "QUIT"}, "active"),
                ElementsAre("completed: missing.txt failed: 550 File not available"));
}

TEST(FtpStory, TellsWhyTheServerAnswered425) {
    Fault fault;
    fault.active = true;
    const auto lines = toldOf({"RETR readme.txt", "QUIT"}, "active", fault);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_THAT(lines[0], StartsWith("completed: readme.txt failed: 425 Cannot open the data connection: the "
                                     "server's data connection to the client's port"));
    EXPECT_THAT(lines[0], testing::EndsWith("(active) got no answer"));
    EXPECT_THAT(lines[1], StartsWith("> timeout: no answer from port"));
}

TEST(FtpStory, TellsOfATransferThatTheClientStopped) { // RFC 959, 4.1.3: 426 after ABOR is the transfer's
    Fault fault;
    fault.active = true;
    fault.serverWaits = 60;
    fault.clientWaits = 20;
    EXPECT_THAT(toldOf({"RETR readme.txt", "QUIT"}, "active", fault).front(),
                StartsWith("completed: readme.txt was stopped by the client: 426"));
}

TEST(FtpStory, TellsWhyNothingWasAskedFor) {
    Fault fault;
    fault.passive = true;
    EXPECT_THAT(toldOf({"RETR readme.txt", "QUIT"}, "passive", fault).front(),
                testing::MatchesRegex("completed: alice logged in, nothing was moved: the data connection to "
                                      "passive port [0-9]+ got no answer"));
}

TEST(FtpStory, TellsThatTheServerEndedAnIdleSession) { // RFC 1123, 4.1.3.2
    EXPECT_THAT(toldOf({"LIST"}, "passive").front(),
                testing::EndsWith("; then the server closed: 421 Timeout; closing control connection."));
}

} // namespace
} // namespace wirestage::simulation::test
