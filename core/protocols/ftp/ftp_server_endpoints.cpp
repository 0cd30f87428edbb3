// SPDX-License-Identifier: GPL-3.0-or-later
// An FTP server for simulated hosts: its settings, and which session a stream belongs to.
#include "core/protocols/ftp/ftp_server_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr double mostDuration = 86400;

constexpr SettingSpec userColumns[] = {
    {"name", SettingType::Text, true}, {"password", SettingType::Text}, // left out: any will do
};
constexpr SettingSpec fileColumns[] = {
    {"path", SettingType::Text, true},
    {"size", SettingType::Number, false, 0, ftpMostFileBytes},
    {"text", SettingType::Text},
    {"directory", SettingType::Flag},
};
constexpr SettingSpec settingSpecs[] = {
    {"port", SettingType::Number, false, 1, 65535},
    {"data_port", SettingType::Number, false, 1, 65535},
    {"banner", SettingType::Text},
    {"users", SettingType::Table, false, 0, 0, userColumns}, // none: anonymous alone (RFC 1635)
    {"files", SettingType::Table, false, 0, 0, fileColumns},
    {"folder", SettingType::Text}, // where a session begins
    {"passive_first", SettingType::Number, false, 1, 65535},
    {"passive_last", SettingType::Number, false, 1, 65535},
    {"passive_address", SettingType::Address}, // that 227 names: of a translator before the server
    {"other_addresses", SettingType::Flag},    // PORT may name another address than the client's (RFC 2577)
    {"login_delay", SettingType::Duration, false, 0, mostDuration}, // before a wrong login's 530
    {"data_timeout", SettingType::Duration, false, 0.001, mostDuration},
    {"idle_timeout", SettingType::Duration, false, 1, mostDuration},
    {"sessions", SettingType::Number, false, 1, 1000}, // at once; one more is turned away with 421
};

bool hasLineEnd(std::string_view text) {
    return text.find_first_of("\r\n") != std::string_view::npos;
}

std::optional<Text> addFiles(const Settings& settings, FtpSite& site) {
    for (const Settings& row : settings.table("files")) {
        const std::string path = ftpPath("/", row.text("path"));
        FtpFile file;
        file.directory = row.flag("directory");
        if (file.directory ? row.has("size") || row.has("text") : row.has("size") && row.has("text"))
            return WS_TR("lesson", "the file “%1” may have one of: size, text, directory").with(path);
        file.content = row.has("text")
                           ? row.text("text")
                           : ftpSampleText(ftpName(path), static_cast<std::size_t>(row.number("size")));
        if (hasLineEnd(path) || !site.files.add(path, std::move(file)))
            return WS_TR("lesson", "the file “%1” cannot have that path").with(path);
    }
    site.folder = ftpPath("/", settings.text("folder", "/"));
    if (!site.files.isDirectory(site.folder))
        return WS_TR("lesson", "the folder “%1” is not among the files").with(site.folder);
    return std::nullopt;
}

std::optional<Text> fill(const Settings& settings, FtpSite& site) {
    const auto port = [&](std::string_view name, std::uint16_t otherwise) {
        return static_cast<std::uint16_t>(settings.number(name, otherwise));
    };
    site.port = port("port", 21);
    site.dataPort = port("data_port", site.port > 1 ? static_cast<std::uint16_t>(site.port - 1) : 20);
    site.banner = settings.text("banner", site.banner);
    site.passiveFirst = port("passive_first", site.passiveFirst);
    site.passiveLast = port("passive_last", std::max(site.passiveFirst, site.passiveLast));
    if (site.passiveLast < site.passiveFirst)
        return WS_TR("lesson", "passive_last is below passive_first");
    site.passiveAddress = settings.address("passive_address");
    site.otherAddresses = settings.flag("other_addresses");
    site.denialDelay = fromSeconds(settings.seconds("login_delay", 5)); // RFC 2577, 5
    site.dataTimeout = fromSeconds(settings.seconds("data_timeout", 30));
    site.idleTimeout = fromSeconds(settings.seconds("idle_timeout", 300)); // RFC 1123, 4.1.3.2
    for (const Settings& row : settings.table("users"))
        site.users.push_back(
            {row.text("name"), row.has("password") ? std::optional(row.text("password")) : std::nullopt});
    if (!settings.has("users"))
        site.users.push_back({"anonymous", std::nullopt});
    if (hasLineEnd(site.banner))
        return WS_TR("lesson", "the banner must be one line");
    return addFiles(settings, site);
}

std::variant<std::unique_ptr<Application>, Text> make(const Settings& settings) {
    FtpSite site;
    if (auto problem = fill(settings, site))
        return *std::move(problem);
    return std::make_unique<FtpServer>(std::move(site),
                                       static_cast<unsigned>(settings.number("sessions", 50)));
}

} // namespace

FtpServer::FtpServer(FtpSite shared, unsigned mostSessions) : site(std::move(shared)), most(mostSessions) {}

void FtpServer::start(HostServices& host) {
    site.files.touchAll(host.now());
    host.listen(site.port, *this);
}

void FtpServer::accepted(HostServices& host, const StreamEvent& event) {
    if (event.localPort == site.port) {
        if (sessions.size() >= most) {
            host.send(event.stream, bytesOf("421 Too many sessions; closing control connection.\r\n"));
            return host.close(event.stream);
        }
        sessions[event.stream] = std::make_unique<FtpSession>(site, *this, event.stream);
        return sessions[event.stream]->greet(host);
    }
    for (auto& [control, session] : sessions)
        if (session->listensAt(event.localPort))
            return session->dataEvent(host, event);
    host.abort(event.stream); // too late: nobody waits there any more
}

void FtpServer::stream(HostServices& host, const StreamEvent& event) {
    if (event.type == StreamEventType::Accepted) {
        accepted(host, event);
    } else if (const auto own = sessions.find(event.stream); own != sessions.end()) {
        own->second->controlEvent(host, event);
    } else {
        const auto found = std::find_if(sessions.begin(), sessions.end(), [&](const auto& entry) {
            return entry.second->hasData(event.stream);
        });
        if (found != sessions.end())
            found->second->dataEvent(host, event);
    }
    std::erase_if(sessions, [](const auto& entry) { return entry.second->over(); });
}

std::optional<Time> FtpServer::deadline() const {
    std::optional<Time> due;
    for (const auto& [control, session] : sessions)
        due = std::min(due.value_or(session->deadline()), session->deadline());
    return due;
}

void FtpServer::wake(HostServices& host) {
    for (auto& [control, session] : sessions)
        if (session->deadline() <= host.now())
            session->wake(host);
    std::erase_if(sessions, [](const auto& entry) { return entry.second->over(); });
}

const ApplicationType ftpServerType{"ftp-server", settingSpecs, {}, make};

} // namespace wirestage::simulation
