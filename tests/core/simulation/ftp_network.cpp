// SPDX-License-Identifier: GPL-3.0-or-later
// Runs FTP sessions and keeps what the applications hold when the run is over.
#include "ftp_network.h"

#include <algorithm>

namespace wirestage::simulation::test {
namespace {

std::vector<FtpFetched> fetchedLast;
FtpFiles filesLast;

/// Client and server as they are, but for their last act.
class RecordedClient : public FtpClient {
public:
    ~RecordedClient() override { fetchedLast = fetched(); }
};
class RecordedServer : public Application {
public:
    explicit RecordedServer(std::unique_ptr<Application> real) : inner(std::move(real)) {}
    ~RecordedServer() override { filesLast = static_cast<FtpServer&>(*inner).files(); }
    void start(HostServices& host) override { inner->start(host); } // it then hears of its streams itself
    [[nodiscard]] std::optional<Time> deadline() const override { return inner->deadline(); }
    void wake(HostServices& host) override { inner->wake(host); }

private:
    std::unique_ptr<Application> inner;
};

using Made = std::variant<std::unique_ptr<Application>, Text>;

const ApplicationType recordedClient{"ftp-client", {}, ftpClientType.verbs, [](const Settings&) -> Made {
                                         return std::make_unique<RecordedClient>();
                                     }};
const ApplicationType recordedServer{
    "ftp-server", ftpServerType.settings, {}, [](const Settings& settings) -> Made {
        Made made = ftpServerType.make(settings);
        if (auto* real = std::get_if<std::unique_ptr<Application>>(&made))
            return std::make_unique<RecordedServer>(std::move(*real));
        return made;
    }};

} // namespace

std::string FtpRun::lastState(std::string_view host) const {
    std::string last;
    for (const StateChange& change : run.states)
        if (change.node == nodeNamed(run, host) && change.protocol == ProtocolId::ftp)
            last = change.state;
    return last;
}

std::vector<std::string> FtpRun::replies() const {
    std::vector<std::string> codes;
    std::set<std::uint32_t> seen; // sequence numbers: a reply that is sent again is not said again
    for (const SentFrame& frame : run.frames) {
        const Dissection packet = dissected(frame);
        if (packet.carried != Carried::Tcp || packet.sourcePort != 21 || packet.payload.empty() ||
            frame.hopOf != nobody || !seen.insert(packet.tcp.sequence).second)
            continue;
        for (std::string_view rest = textOf(packet.payload); rest.size() >= 3;) {
            if (rest[3] != '-')
                codes.emplace_back(rest.substr(0, 3));
            rest.remove_prefix(std::min(rest.find('\n') + 1, rest.size()));
        }
    }
    return codes;
}

std::vector<std::string> FtpRun::openings(std::string_view host) const {
    std::vector<std::string> ports;
    for (const SentFrame& frame : run.frames) {
        const Dissection packet = dissected(frame);
        if (packet.carried == Carried::Tcp && (packet.tcp.flags & 0x12) == 0x02 &&
            frame.from == nodeNamed(run, host))
            ports.push_back(std::to_string(packet.sourcePort) + ">" + std::to_string(packet.destinationPort));
    }
    return ports;
}

FtpRun runFtp(FtpScene scene) {
    fetchedLast.clear();
    filesLast = {};
    install(scene.network, "server", recordedServer, scene.serverSettings);
    install(scene.network, "client", recordedClient);
    Time at = 0;
    scene.further.insert(scene.further.begin(), scene.session);
    for (Settings& session : scene.further) {
        session.set("to", scene.server);
        const auto problem = check(session, ftpClientType.verbs[0].settings);
        EXPECT_FALSE(problem) << problem->name << ": " << english(problem->why);
        step(scene.network, "client", "ftp.session", session, at);
        at += 60 * second;
    }
    FtpRun result;
    result.run = simulate(scene.network, scene.interference);
    result.fetched = fetchedLast;
    result.files = filesLast;
    return result;
}

FtpScene behindTranslator() {
    FtpScene scene;
    scene.network = acrossRouter();
    scene.server = "192.168.2.20";
    node(scene.network, "router").router.outside = "eth1";
    node(scene.network, "router").router.firewallFrom = "eth1";
    return scene;
}

} // namespace wirestage::simulation::test
