// SPDX-License-Identifier: GPL-3.0-or-later
// What is told of simulated lookups: the way from bytes to sentences, on runs whose truth is known.
#include "core/capture/pcapng_writer.h"
#include "core/exchange/capture.h"
#include "dns_network.h"

#include <gtest/gtest.h>

#include <cctype>
#include <sstream>

namespace wirestage::simulation::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// The frames that passed a link, opened as a capture.
std::unique_ptr<Capture> seenAt(const Run& run, std::string_view link) {
    std::vector<std::pair<Time, Bytes>> passed;
    for (const SentFrame& frame : run.frames)
        for (const Passage& passage : frame.passages)
            if (run.links[passage.link].name == link)
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
    auto opened =
        CaptureFile::fromMemory({reinterpret_cast<const std::uint8_t*>(whole.data()), whole.size()});
    auto capture = std::make_unique<Capture>(std::get<CaptureFile>(std::move(opened)));
    capture->index();
    return capture;
}

/// "completed www.example.org A is 192.0.2.10 (2)": outcome, sentence without the time it took, and the
/// number of the lookup that it was done for.
Lines told(const Capture& capture) {
    Lines lines;
    for (ExchangeId id = 0, number = 0; id < capture.exchangeCount(); ++id) {
        const ExchangeRow row = capture.row(id);
        if (row.protocol != ProtocolId::dns)
            continue;
        std::string line = std::string(name(row.outcome)) + " " + english(capture.outcomeSentence(id));
        if (const auto time = line.rfind(", in "); time != std::string::npos && std::isdigit(line[time + 5]))
            line.resize(time);
        if (row.story != none)
            for (ExchangeId cause = number = 0; cause <= row.story; ++cause)
                number += capture.row(cause).protocol == ProtocolId::dns;
        lines.push_back(row.story == none ? line : line + " (" + std::to_string(number) + ")");
    }
    return lines;
}

std::unique_ptr<Capture> lookedUp(std::string name, std::string type, std::string_view link,
                                  std::string server = {}) {
    NetworkSetup network = dnsNetwork(exampleServer());
    Settings lookup = lookupOf(std::move(name), std::move(type));
    if (!server.empty())
        lookup.set("server", std::move(server));
    step(network, "client", "dns.lookup", lookup);
    return seenAt(simulate(network), link);
}

TEST(DnsStory, PutsWhatAResolverAsksDownToTheLookupThatItIsFor) { // RFC 1034, 5.3.3
    EXPECT_THAT(told(*lookedUp("www.example.org", "A", "resolver-office")),
                ElementsAre("completed www.example.org A is 192.0.2.10",
                            "completed www.example.org A: ask ns.org-registry.org, in charge of org (1)",
                            "completed www.example.org A: ask ns1.example.org, in charge of example.org (1)",
                            "completed www.example.org A is 192.0.2.10 (1)"));
}

TEST(DnsStory, JoinsTheQuestionOverTcpWithTheAnswerThatWasCut) { // RFC 7766, 5
    EXPECT_THAT(told(*lookedUp("many.example.org", "A", "client-office")),
                ElementsAre("completed many.example.org A is 192.0.2.1 and 59 more over TCP"));
}

TEST(DnsStory, DoesNotCallAnAliasWithoutTheRecordAnAnswer) { // RFC 2308, 2.2: NODATA behind an alias
    EXPECT_THAT(told(*lookedUp("ftp.example.org", "MX", "client-office")),
                ElementsAre("not_found ftp.example.org MX: the name stands for www.example.org, which has no "
                            "such record"));
    EXPECT_THAT(told(*lookedUp("ftp.example.org", "MX", "client-office", "192.0.2.53")),
                ElementsAre("not_found ftp.example.org MX: the name stands for www.example.org, which has no "
                            "such record"));
    EXPECT_THAT(told(*lookedUp("ftp.example.org", "A", "client-office")),
                ElementsAre("completed ftp.example.org A is 192.0.2.10"));
    EXPECT_THAT(told(*lookedUp("ftp.example.org", "CNAME", "client-office")),
                ElementsAre("completed ftp.example.org CNAME is www.example.org"));
}

TEST(DnsStory, LetsAServerPointOnWithAnAliasOutOfItsZones) { // RFC 1034, 4.3.2, step 3a
    NetworkSetup network = dnsNetwork(serverOf({zone("example.org", exampleRecords)}));
    Settings direct = lookupOf("shop.example.org");
    direct.set("server", std::string("192.0.2.53"));
    step(network, "client", "dns.lookup", direct);
    EXPECT_THAT(
        told(*seenAt(simulate(network), "client-office")),
        ElementsAre("completed shop.example.org A: the name stands for www.example.net, which others must "
                    "be asked for"));
}

TEST(DnsStory, TellsOfTransfersAndTheirRefusal) { // RFC 5936: 17 records and 60 addresses, the SOA twice
    NetworkSetup network = dnsNetwork(exampleServer());
    for (const char* zone : {"example.org", "example.net"}) {
        Settings transfer;
        transfer.set("zone", std::string(zone));
        transfer.set("server", std::string("192.0.2.53"));
        step(network, "client", "dns.transfer", transfer, network.script.empty() ? 0 : 5 * second);
    }
    EXPECT_THAT(told(*seenAt(simulate(network), "client-office")),
                ElementsAre("completed zone example.org transferred: 77 records over TCP",
                            "denied example.net AXFR: 192.0.2.53 refuses to answer"));
}

TEST(DnsStory, SaysWhoCouldNotBeReached) {
    EXPECT_THAT(told(*lookedUp("www.broken", "A", "resolver-office")),
                testing::Contains("refused www.broken A: no answer, for an ICMP error says that 203.0.113.99 "
                                  "cannot be reached (1)"));
}

TEST(DnsStory, IsOneLookupAlthoughAnotherServerHadToBeAsked) {
    NetworkSetup network = dnsNetwork(exampleServer());
    step(network, "client", "dns.lookup", lookupOf("www.example.org"));
    Meddler meddler;
    meddler.send = [](const SentFrame& frame, std::uint32_t) {
        const Dissection packet = dissected(frame);
        Verdict verdict;
        verdict.lose = packet.carried == Carried::Udp && packet.network.destination == ip("192.0.2.53");
        return verdict;
    };
    const auto capture = seenAt(simulate(network, &meddler), "resolver-office");
    EXPECT_EQ(told(*capture).size(), 4U);
    EXPECT_EQ(told(*capture).back(), "completed www.example.org A is 192.0.2.10 (1)");
}

} // namespace
} // namespace wirestage::simulation::test
