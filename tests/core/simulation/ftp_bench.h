// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of FTP share: settings of a server and of a session, a server to talk to line by line, and a
// client and a server on a wire.
#pragma once

#include "core/protocols/ftp/ftp_client_endpoints.h"
#include "core/protocols/ftp/ftp_server_endpoints.h"
#include "fake_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wirestage::simulation {

inline Settings row(std::initializer_list<std::pair<const char*, SettingValue>> values) {
    Settings settings;
    for (const auto& [name, value] : values)
        settings.set(name, value);
    return settings;
}

/// alice/secret and a few files: /readme.txt of two lines, /pub with a large and an empty file.
inline Settings ftpServerSettings() {
    Settings settings;
    settings.set("users", std::vector<Settings>{
                              row({{"name", std::string("alice")}, {"password", std::string("secret")}})});
    settings.set("files",
                 std::vector<Settings>{
                     row({{"path", std::string("/readme.txt")}, {"text", std::string("Hello\nworld\n")}}),
                     row({{"path", std::string("/pub/large.txt")}, {"size", std::int64_t{20000}}}),
                     row({{"path", std::string("/pub/empty")}, {"size", std::int64_t{0}}}),
                 });
    settings.set("login_delay", std::int64_t{0});
    return settings;
}

inline Settings ftpSessionSettings(std::vector<std::string> commands, std::string mode = "passive",
                                   std::string server = "192.0.2.2") {
    return row({{"to", std::move(server)},
                {"user", std::string("alice")},
                {"password", std::string("secret")},
                {"mode", std::move(mode)},
                {"commands", std::move(commands)}});
}

inline std::unique_ptr<Application> makeFtp(const ApplicationType& type, const Settings& settings) {
    const auto problem = check(settings, type.settings);
    EXPECT_FALSE(problem) << problem->name << ": " << english(problem->why);
    auto made = type.make(settings);
    EXPECT_TRUE(std::holds_alternative<std::unique_ptr<Application>>(made));
    return std::move(std::get<std::unique_ptr<Application>>(made));
}

/// A server alone, to which the test is the client.
class FtpServerBench {
public:
    explicit FtpServerBench(const Settings& settings = ftpServerSettings())
        : server(makeFtp(ftpServerType, settings)) {
        host.interfaces[0].address = *parseIpAddress("192.0.2.2");
        host.attach(*server);
        connect();
    }
    void connect() {
        control = host.accept(client, 49152, 21);
        told = 0;
        tell(control, StreamEventType::Accepted);
    }
    void tell(StreamId stream, StreamEventType type, std::string_view data = {}) {
        const FakeHost::Stream& one = host.streams.at(stream);
        StreamEvent event{type, stream, one.remote, one.remotePort, one.localPort, bytesOf(data)};
        host.deliver(event);
    }
    /// Sends a command; what the server has said since the last time.
    std::string say(std::string_view command) {
        tell(control, StreamEventType::Data, std::string(command) + "\r\n");
        return heard();
    }
    std::string heard() {
        const auto& sent = host.streams.at(control).sent;
        std::string news(sent.begin() + static_cast<std::ptrdiff_t>(told), sent.end());
        told = sent.size();
        return news;
    }
    void logIn() {
        say("USER alice");
        EXPECT_THAT(say("PASS secret"), testing::StartsWith("230 "));
    }
    /// The client opens a data connection to the port that the server listens at.
    StreamId openData(std::string_view from = "192.0.2.1") {
        for (const auto& [port, owner] : host.listeningPorts)
            if (port != 21) {
                const StreamId data = host.accept(*parseIpAddress(from), 49153, port);
                tell(data, StreamEventType::Accepted);
                return data;
            }
        ADD_FAILURE() << "the server listens for no data connection";
        return 0;
    }
    std::string sentOn(StreamId stream) {
        const auto& sent = host.streams.at(stream).sent;
        return {sent.begin(), sent.end()};
    }
    const FtpFiles& files() { return static_cast<FtpServer&>(*server).files(); }

    FakeHost host{"server"};
    IpAddress client = *parseIpAddress("192.0.2.1");
    std::unique_ptr<Application> server;
    StreamId control = 0;
    std::size_t told = 0;
};

/// A client 192.0.2.1 and a server 192.0.2.2.
class FtpPair {
public:
    explicit FtpPair(const Settings& settings = ftpServerSettings()) {
        server = static_cast<FtpServer*>(&network.install(serverHost, makeFtp(ftpServerType, settings)));
        client = static_cast<FtpClient*>(&network.install(clientHost, makeFtp(ftpClientType, {})));
    }
    void run(const Settings& session) {
        const auto problem = check(session, ftpClientType.verbs[0].settings);
        ASSERT_FALSE(problem) << problem->name << ": " << english(problem->why);
        network.command(clientHost, *client, {1, "ftp.session", session}, millisecond);
        network.run();
    }
    /// The control connection's lines in order: commands by their verb, replies by their code.
    std::string dialogue() const {
        std::string words;
        for (const auto& one : network.said)
            if (one.localPort == 21 || one.remotePort == 21)
                words += (words.empty() ? "" : " ") + one.bytes.substr(0, one.bytes.find_first_of(" -\r"));
        return words;
    }
    /// The first line that begins with that word.
    std::string line(std::string_view begin) const {
        for (const auto& one : network.said)
            if (one.bytes.starts_with(begin))
                return one.bytes.substr(0, one.bytes.find("\r\n"));
        return {};
    }

    FakeNetwork network;
    NetworkHost& clientHost = network.addHost("client", "192.0.2.1");
    NetworkHost& serverHost = network.addHost("server", "192.0.2.2");
    FtpServer* server = nullptr;
    FtpClient* client = nullptr;
};

} // namespace wirestage::simulation
