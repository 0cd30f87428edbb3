// SPDX-License-Identifier: GPL-3.0-or-later
// The wire is longer than any on Earth, so that an exchange takes seconds and can be watched. Two round trips
// (ARP and the first answer) stay below a second all the same, after which Linux would send a SYN once more
// (RFC 6298, 2.1).
#include "app/happen/scenario.h"

#include <algorithm>
#include <array>

namespace wirestage {
namespace {

constexpr int slow = 200;
constexpr int manyTrips = 100; ///< where there are a few dozen of them

constexpr std::array scenarios{
    HappenScenario{"dhcp", WS_MARK("happen", "DHCP: four messages"),
                   WS_MARK("happen", "A host without an address gets one from a server"), "dhcp-dora",
                   "laptop", "server", slow},
    HappenScenario{"dns", WS_MARK("happen", "DNS: a name is looked up"),
                   WS_MARK("happen", "This computer's resolver asks a name server for www.example.org"),
                   "dns-lookup", "laptop", "server", slow},
    HappenScenario{"ping", WS_MARK("happen", "Ping: is anybody there?"),
                   WS_MARK("happen", "Three echo requests, answered by this computer's kernel"), "ping",
                   "laptop", "server", slow},
    HappenScenario{"connection", WS_MARK("happen", "TCP: a connection, and a page over it"),
                   WS_MARK("happen", "This computer's kernel opens a connection, fetches a page and closes"),
                   "tcp-handshake", "client", "server", slow},
    HappenScenario{"refused", WS_MARK("happen", "TCP: a connection is refused"),
                   WS_MARK("happen", "The host is there, but nobody listens on the port"), "tcp-reset",
                   "client", "server", slow},
    HappenScenario{"ftp", WS_MARK("happen", "FTP: a session with a file"),
                   WS_MARK("happen", "Login, a listing and a file, each over a connection of its own"),
                   "ftp-passive", "client", "server", manyTrips},
};

} // namespace

Text happenCast(const std::string& server, const std::string& client) {
    const auto name = [](const std::string& player) { return Text{"happen", player, {}, {}}; };
    return WS_TR("happen", "%1 answers, %2 asks").with(name(server)).with(name(client));
}

std::optional<Text> happenCastIn(std::string_view line) {
    constexpr std::string_view who = "wirestage-happen: ", answers = " answers, ", asks = " asks";
    const std::size_t comma = line.find(answers);
    if (!line.starts_with(who) || !line.ends_with(asks) || comma == std::string_view::npos)
        return std::nullopt;
    line.remove_suffix(asks.size());
    return happenCast(std::string(line.substr(who.size(), comma - who.size())),
                      std::string(line.substr(comma + answers.size())));
}

std::span<const HappenScenario> happenScenarios() {
    return scenarios;
}

const HappenScenario* happenScenario(std::string_view id) {
    const auto* const found =
        std::find_if(scenarios.begin(), scenarios.end(), [&](const auto& one) { return one.id == id; });
    return found == scenarios.end() ? nullptr : found;
}

} // namespace wirestage
