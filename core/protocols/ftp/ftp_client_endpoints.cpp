// SPDX-License-Identifier: GPL-3.0-or-later
// An FTP client for simulated hosts: what a step of the script asks for, and which session a stream belongs
// to.
#include "core/protocols/ftp/ftp_client_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr double mostDuration = 86400;
constexpr std::size_t mostCommands = 1000;
constexpr std::string_view modes[] = {"active", "passive", "eprt", "epsv"};

constexpr SettingSpec sessionSettings[] = {
    {"to", SettingType::Address, true},
    {"port", SettingType::Number, false, 1, 65535},
    {"user", SettingType::Text},
    {"password", SettingType::Text},
    {"mode", SettingType::Text, false, 0, 0, {}, modes},
    {"commands", SettingType::Words},                          // after the login; without QUIT it stays open
    {"size", SettingType::Number, false, 0, ftpMostFileBytes}, // of what STOR sends
    {"text", SettingType::Text},                               // or what it sends
    {"data_timeout", SettingType::Duration, false, 0.001, mostDuration},
    {"reply_timeout", SettingType::Duration, false, 0.001, mostDuration},
};
constexpr VerbSpec verbs[] = {{"ftp.session", sessionSettings}};

/// A command is one line.
std::string firstLineOf(std::string text) {
    return text.substr(0, text.find_first_of("\r\n"));
}

FtpPlan planOf(const Command& command) {
    const Settings& settings = command.settings;
    FtpPlan plan;
    plan.command = command.id;
    plan.server = settings.address("to");
    plan.port = static_cast<std::uint16_t>(settings.number("port", 21));
    plan.user = firstLineOf(settings.text("user", "anonymous"));
    plan.password = firstLineOf(settings.text("password", "guest@example.org"));
    const auto mode = std::find(std::begin(modes), std::end(modes), settings.text("mode", "passive"));
    constexpr FtpMode values[] = {FtpMode::Active, FtpMode::Passive, FtpMode::Eprt, FtpMode::Epsv};
    plan.mode = mode == std::end(modes) ? FtpMode::Passive : values[mode - std::begin(modes)];
    for (std::string& one : settings.words("commands"))
        if (plan.commands.size() < mostCommands)
            plan.commands.push_back(firstLineOf(std::move(one)));
    if (!settings.has("commands"))
        plan.commands = {"QUIT"};
    plan.upload = settings.has("text")
                      ? settings.text("text")
                      : ftpSampleText("upload", static_cast<std::size_t>(settings.number("size", 1000)));
    plan.dataTimeout = fromSeconds(settings.seconds("data_timeout", 60));
    plan.replyTimeout = fromSeconds(settings.seconds("reply_timeout", 120));
    return plan;
}

std::variant<std::unique_ptr<Application>, Text> make(const Settings&) {
    return std::make_unique<FtpClient>();
}

} // namespace

void FtpClient::command(HostServices& host, const Command& command) {
    sessions.push_back(std::make_unique<FtpClientSession>(planOf(command), *this));
    sessions.back()->start(host);
}

FtpClientSession* FtpClient::sessionOf(const StreamEvent& event) {
    const bool accepted = event.type == StreamEventType::Accepted;
    const auto found = std::find_if(sessions.begin(), sessions.end(), [&](const auto& session) {
        return !session->over() &&
               (accepted ? session->listensAt(event.localPort) : session->owns(event.stream));
    });
    return found == sessions.end() ? nullptr : found->get();
}

void FtpClient::stream(HostServices& host, const StreamEvent& event) {
    if (FtpClientSession* session = sessionOf(event))
        session->event(host, event);
    else if (event.type == StreamEventType::Accepted)
        host.abort(event.stream); // too late: nobody waits there any more
}

std::optional<Time> FtpClient::deadline() const {
    std::optional<Time> due;
    for (const auto& session : sessions)
        if (const auto one = session->deadline(); one && (!due || *one < *due))
            due = one;
    return due;
}

void FtpClient::wake(HostServices& host) {
    for (std::size_t i = 0; i < sessions.size(); ++i)
        sessions[i]->wake(host);
}

std::vector<FtpFetched> FtpClient::fetched() const {
    std::vector<FtpFetched> all;
    for (const auto& session : sessions)
        all.insert(all.end(), session->fetched().begin(), session->fetched().end());
    return all;
}

const ApplicationType ftpClientType{"ftp-client", {}, verbs, make};

} // namespace wirestage::simulation
