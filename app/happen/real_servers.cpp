// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/happen/real_servers.h"

#include "app/happen/company.h"
#include "app/happen/kernel_ends.h"
#include "app/happen/trouble.h"
#include "app/happen/user_namespace.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace wirestage::happen {
namespace {

constexpr std::uint16_t dnsPort = 53, dhcpServerPort = 67, ftpPort = 21;
constexpr const char* servedFolder = "/srv"; ///< of servers' data, by the Filesystem Hierarchy Standard

/// What the lesson's server is set to.
const simulation::Settings& settingsOfServer(const Play& play) {
    for (const auto& node : play.lesson.network.nodes)
        if (node.name == play.scenario.server && !node.applications.empty())
            return node.applications.front().settings;
    throw Trouble("the lesson " + play.lesson.id + " has no server");
}

/// Without files of its own: neither the computer's settings nor a place for leases.
std::vector<std::string> dnsmasq(const std::string& program) {
    return {program,
            "--no-daemon",
            "--conf-file=/dev/null",
            "--pid-file",
            "--leasefile-ro",
            "--no-resolv",
            "--no-hosts",
            "--user=root",
            "--group=root",
            "--bind-interfaces",
            "--except-interface=lo",
            std::string("--interface=") + endInterface};
}

/// "www 300 A 192.0.2.80" of a zone, as dnsmasq wants to be told it; nothing for other types.
std::optional<std::string> hostRecord(const std::string& record, const std::string& zone) {
    std::istringstream words(record);
    std::string name, lifetime, type, address;
    words >> name >> lifetime >> type >> address;
    if (type != "A")
        return std::nullopt;
    if (!name.ends_with('.'))
        name += "." + zone;
    name.pop_back();
    return "--host-record=" + name + "," + address + "," + lifetime;
}

/// The lesson's files below `root`.
void writeFiles(const simulation::Settings& server, const std::filesystem::path& root) {
    std::filesystem::create_directories(root);
    for (const simulation::Settings& one : server.table("files")) {
        const std::filesystem::path path = root.string() + one.text("path");
        if (one.flag("directory")) {
            std::filesystem::create_directories(path);
            continue;
        }
        std::ofstream file(path, std::ios::binary);
        file << (one.has("text") ? one.text("text")
                                 : std::string(static_cast<std::size_t>(one.number("size")), '.'));
    }
    // vsftpd refuses a writable one.
    std::filesystem::permissions(root, std::filesystem::perms(0555));
}

void writeVsftpdSettings(const std::filesystem::path& to, const IpAddress& address,
                         const std::filesystem::path& root) {
    std::filesystem::create_directories(to.parent_path() / "empty");
    std::ofstream(to) << "listen=YES\nlisten_address=" << toString(address)
                      << "\nbackground=NO\nanonymous_enable=YES\nlocal_enable=NO\n"
                         // There is no other user in this namespace that it could become.
                         "run_as_launching_user=YES\nftp_username=root\nseccomp_sandbox=NO\nisolate=NO\n"
                         "isolate_network=NO\nxferlog_enable=NO\nanon_root="
                      << root.string() << "\nsecure_chroot_dir=" << (to.parent_path() / "empty").string()
                      << "\n";
}

} // namespace

std::optional<Player> dhcpByDnsmasq(const Play& play) {
    const std::string program = programNamed("dnsmasq");
    const simulation::Settings& wanted = settingsOfServer(play);
    const auto scope = simulation::parseRange(wanted.text("scope"));
    if (program.empty() || !scope)
        return std::nullopt;
    auto words = dnsmasq(program);
    words.insert(words.end(), {"--port=0", "--no-ping", "--dhcp-authoritative",
                               "--dhcp-range=" + toString(scope->first) + "," + toString(scope->last) + "," +
                                   std::to_string(wanted.number("lease", 3600)),
                               "--dhcp-option=option:router," + toString(wanted.address("router")),
                               "--dhcp-option=option:dns-server," + wanted.text("dns")});
    return Player{"dnsmasq",
                  [words, end = play.server] {
                      setAddress(endInterface, end.address, end.prefixLength);
                      return become(words);
                  },
                  [] { return listensUdp(dhcpServerPort); },
                  {}};
}

std::optional<Player> dnsByDnsmasq(const Play& play) {
    const std::string program = programNamed("dnsmasq");
    if (program.empty())
        return std::nullopt;
    auto words = dnsmasq(program);
    for (const simulation::Settings& zone : settingsOfServer(play).table("zones")) {
        words.push_back("--local=/" + zone.text("name") + "/");
        for (const std::string& record : zone.words("records"))
            if (auto host = hostRecord(record, zone.text("name")))
                words.push_back(*std::move(host));
    }
    return Player{"dnsmasq",
                  [words, end = play.server] {
                      setAddress(endInterface, end.address, end.prefixLength);
                      return become(words);
                  },
                  [] { return listensUdp(dnsPort); },
                  {}};
}

std::optional<Player> ftpByVsftpd(const Play& play) {
    const std::string program = programNamed("vsftpd");
    if (program.empty())
        return std::nullopt;
    return Player{"vsftpd",
                  [program, end = play.server, wanted = settingsOfServer(play)] {
                      const std::filesystem::path folder = servedFolder;
                      makePrivateFolder(servedFolder);
                      writeFiles(wanted, folder / "ftp");
                      writeVsftpdSettings(folder / "vsftpd.conf", end.address, folder / "ftp");
                      setAddress(endInterface, end.address, end.prefixLength);
                      return become({program, (folder / "vsftpd.conf").string()});
                  },
                  [] { return listensTcp(ftpPort); }, Login{"anonymous", "wirestage@example.org"}};
}

std::optional<Player> dhcpByUdhcpc() {
    std::vector<std::string> words{programNamed("udhcpc")};
    if (words.front().empty())
        return std::nullopt;
    // It ends with its lease, and nobody sets the address: the exchange is what counts.
    words.insert(words.end(), {"-i", endInterface, "-f", "-q", "-n", "-s", "/bin/true"});
    return Player{"udhcpc", [words] { return become(words); }, [] { return true; }, {}};
}

} // namespace wirestage::happen
