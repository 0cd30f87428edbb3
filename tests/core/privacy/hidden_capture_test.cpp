// SPDX-License-Identifier: GPL-3.0-or-later
// A capture whose names are hidden, as a whole: what it says, what it shows, what it becomes as a file.
#include "core/exchange/saving.h"
#include "core/privacy/stand_ins.h"
#include "core/protocols/protocol_names.h"
#include "tests/support/shared_captures.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include <unistd.h>

namespace wirestage {
namespace {

using testing::HasSubstr;
using testing::Not;

std::shared_ptr<Capture> indexed(const std::filesystem::path& path) {
    auto opened = CaptureFile::open(path.string());
    auto* file = std::get_if<CaptureFile>(&opened);
    if (!file)
        return nullptr;
    auto capture = std::make_shared<Capture>(*file);
    capture->index();
    return capture;
}

std::shared_ptr<Capture> recording(std::string_view name) {
    return indexed(test::sourceFolder() / "resources" / "recordings" / (std::string(name) + ".pcapng"));
}

/// What of an exchange has nothing to do with names.
std::vector<std::string> skeleton(const Capture& capture) {
    std::vector<std::string> lines;
    for (ExchangeId id = 0; id < capture.exchangeCount(); ++id) {
        const ExchangeRow row = capture.row(id);
        lines.push_back(std::string(name(row.protocol)) + " " + std::string(name(row.outcome)) + " " +
                        std::to_string(row.first) + " " + std::to_string(row.packets) + " " +
                        std::to_string(row.bytes) + " of " + std::to_string(row.parent));
    }
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet)
        lines.push_back(std::to_string(packet + 1) + " " + std::string(kind(capture.kindOf(packet)).name) +
                        " " + std::to_string(capture.notesOf(packet).bits));
    return lines;
}

/// Every text that a viewer may read.
std::string everyWord(const Capture& capture) {
    std::string words;
    for (HostId id = 0; id < capture.hostCount(); ++id) {
        const Participant host = capture.host(id);
        words += host.name + "\n";
        for (const std::string& address : host.addresses)
            words += address + "\n";
    }
    for (ExchangeId id = 0; id < capture.exchangeCount(); ++id) {
        const Exchange exchange = capture.exchange(id);
        words += english(exchange.title) + "\n" + english(exchange.summary) + "\n";
        for (const Participant& one : exchange.participants)
            words += one.name + "\n";
    }
    for (const auto level :
         {std::optional<Level>{}, std::optional{Level::Link}, std::optional{Level::Transport}}) {
        const MessageList list = capture.messages({}, level);
        for (std::uint64_t row = 0; row < list.size(); ++row) {
            const Message message = capture.message(list.at(row));
            words += english(message.label) + "\n" + english(message.summary) + "\n";
            for (const Secret& secret : message.secrets)
                words += secret.value + "\n";
        }
    }
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet) {
        const Description description = capture.describe(packet);
        for (const Field& field : description.fields)
            words += field.value + " " + english(field.meaning) + "\n";
        const Frame frame = capture.frame(packet);
        words.append(frame.bytes.begin(), frame.bytes.end());
        words += "\n";
    }
    return words;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// Is the word there with nothing of a word or number in front of it or behind it?
bool holdsWord(const std::string& text, const std::string& word) {
    const auto isPart = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == ':';
    };
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !isPart(text[at - 1])) &&
            (end == text.size() || !isPart(text[end]) ||
             (text[end] == '.' && (end + 1 == text.size() || !isPart(text[end + 1])))))
            return true;
    }
    return false;
}

/// The addresses of hosts that do not stand for themselves.
std::set<std::string> addressesOf(const Capture& capture, StandIns& names) {
    std::set<std::string> all;
    const auto add = [&](const std::string& text) {
        const auto address = parseIpAddress(text);
        const auto hardware = parseMacAddress(text);
        if ((address && names.of(*address) != *address) || (hardware && names.of(*hardware) != *hardware))
            all.insert(text);
    };
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet)
        for (const Field& field : capture.describe(packet).fields)
            if (field.spec->show == Show::Address && field.spec->tells == TellsOf::ByKind)
                add(field.value);
    return all;
}

/// Of each checksum that is told to be right or wrong.
std::vector<std::string> checksums(const Capture& capture) {
    std::vector<std::string> all;
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet)
        for (const Field& field : capture.describe(packet).fields)
            if (field.spec->name.ends_with("checksum.status"))
                all.push_back(std::to_string(packet + 1) + " " + std::string(field.spec->name) + " " +
                              field.value);
    return all;
}

class Folder {
public:
    Folder() : path(std::filesystem::temp_directory_path() / ("without-names-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

void expectHidden(const Capture& capture) {
    const auto hidden = capture.withoutNames();
    StandIns fresh;
    const std::set<std::string> real = addressesOf(capture, fresh);
    const std::string words = everyWord(*hidden);
    for (const std::string& address : real)
        EXPECT_FALSE(holdsWord(words, address)) << address;
    EXPECT_EQ(skeleton(*hidden), skeleton(capture));
    EXPECT_EQ(checksums(*hidden), checksums(capture));

    const Folder folder;
    const auto file = folder.path / "saved.pcapng";
    const auto why = saveCapture(*hidden, file.string());
    ASSERT_FALSE(why) << english(*why);
    const auto again = indexed(file);
    ASSERT_TRUE(again);
    EXPECT_EQ(skeleton(*again), skeleton(capture)) << "read again it is the same story";
    EXPECT_EQ(checksums(*again), checksums(capture));
    EXPECT_EQ(again->exchangeCount(), capture.exchangeCount());
    for (ExchangeId id = 0; id < again->exchangeCount(); ++id)
        EXPECT_EQ(again->exchange(id).messages, capture.exchange(id).messages) << id;
}

TEST(HiddenCapture, OfEveryRecordingTellsTheSameOfOthers) {
    unsigned seen = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(test::sourceFolder() / "resources" / "recordings")) {
        if (entry.path().extension() != ".pcapng")
            continue;
        SCOPED_TRACE(entry.path().filename().string());
        const auto capture = indexed(entry.path());
        ASSERT_TRUE(capture);
        expectHidden(*capture);
        ++seen;
    }
    EXPECT_GE(seen, 15u);
}

TEST(HiddenCapture, CallsHostsByWhatTheyDo) {
    const auto capture = recording("ftp-pasv")->withoutNames();
    EXPECT_TRUE(capture->namesHidden());
    std::set<std::string> names;
    for (HostId id = 0; id < capture->hostCount(); ++id)
        names.insert(capture->host(id).name);
    EXPECT_TRUE(names.contains("client-1"));
    EXPECT_TRUE(names.contains("server-1"));
}

/// The secret that a teacher points at is one that nobody has.
TEST(HiddenCapture, HidesPasswordsAndFileNames) {
    const auto named = recording("ftp-pasv");
    ASSERT_TRUE(named);
    std::set<std::string> arguments;
    for (PacketIndex packet = 0; packet < named->packetCount(); ++packet) {
        const Description description = named->describe(packet);
        const std::string_view command = description.value("ftp.request.command");
        if (command == "USER" || command == "PASS" || command == "RETR" || command == "STOR")
            arguments.insert(std::string(description.value("ftp.request.arg")));
    }
    ASSERT_FALSE(arguments.empty());
    const std::string words = lower(everyWord(*named->withoutNames()));
    for (const std::string& argument : arguments)
        EXPECT_THAT(words, Not(HasSubstr(lower(argument))));
}

TEST(HiddenCapture, TakesNoPartInIndexing) {
    auto opened = CaptureFile::open((test::sourceFolder() / "resources/recordings/dhcp-nak.pcapng").string());
    Capture capture(std::get<CaptureFile>(opened));
    const auto hidden = capture.withoutNames(); // of a capture that is being made, say
    EXPECT_EQ(hidden->packetCount(), 0u);
    capture.index({}, 3);
    EXPECT_EQ(hidden->packetCount(), 3u);
    EXPECT_FALSE(hidden->frame(2).bytes.empty());
    EXPECT_FALSE(capture.namesHidden());
}

TEST(HiddenCapture, GivesUpASaveAndLeavesNothing) {
    const Folder folder;
    const auto path = folder.path / "x.pcapng";
    const auto why =
        saveCapture(*recording("dhcp-nak"), path.string(), {}, [](PacketIndex) { return false; });
    ASSERT_TRUE(why);
    EXPECT_TRUE(why->empty());
    EXPECT_TRUE(std::filesystem::is_empty(folder.path));
    EXPECT_TRUE(saveCapture(*recording("dhcp-nak"), (folder.path / "no" / "x.pcapng").string()));
}

class HiddenReference : public testing::TestWithParam<const char*> {};

TEST_P(HiddenReference, TellsTheSameOfOthers) {
    WIRESTAGE_SHARED_CAPTURE(path, GetParam());
    const auto capture = indexed(path);
    ASSERT_TRUE(capture);
    expectHidden(*capture);
}

INSTANTIATE_TEST_SUITE_P(All, HiddenReference,
                         testing::Values("dhcp/community-dhcp-relay.pcap", "dhcp/wswiki-dhcp-and-dyndns.pcap",
                                         "lab/dhcp-dora-renew-release.pcapng", "lab/dhcp-relay-client.pcapng",
                                         "dns/sanders-dns_axfr.pcapng", "dns/zeek-ipv6-fragmented-dns.pcap",
                                         "lab/dns-recursion.pcapng", "lab/dns-types-tcp-axfr.pcapng",
                                         "lab/ftp-active.pcapng", "lab/ftp-pasv.pcapng",
                                         "lab/ftp-epsv.pcapng", "lab/ftp-badlogin.pcapng",
                                         "lab/ftp-active-blocked.pcapng", "ftp/zeek-ipv6.pcap",
                                         "ftp/community-ftp-active-mode.pcap", "icmp/zeek-icmp.pcap",
                                         "lab/icmp-traceroute-udp.pcapng", "lab/icmp-redirect.pcapng",
                                         "lab/icmp-reassembly-timeout.pcapng",
                                         "icmpv6/zeek-icmp6-nd-options.pcap", "icmpv6/zeek-icmp6-toobig.pcap",
                                         "arp/community-arp-spoofing.pcap", "lab/tcp-data-lost.pcapng",
                                         "ipfrag/ppp-ip6_fragments.pcap", "lab/http-keepalive.pcapng"));

} // namespace
} // namespace wirestage
