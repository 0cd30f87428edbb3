// SPDX-License-Identifier: GPL-3.0-or-later
// The server's settings, and what it does with each connection.
#include "core/protocols/tcp/tcp_server_endpoints.h"

#include <algorithm>
#include <array>
#include <utility>

namespace wirestage::simulation {
namespace {

constexpr std::array<std::string_view, 4> modeNames{"echo", "sink", "source", "talk"};
constexpr std::array<std::string_view, 4> endingNames{"after-peer", "after-sending", "never", "reset"};

constexpr SettingSpec settingSpecs[] = {
    {"port", SettingType::Number, true, 1, 65535},
    {"mode", SettingType::Text, false, 0, 0, {}, modeNames},
    {"bytes", SettingType::Number, false, 0, tcpMostBytes}, // what a source sends, or this:
    {"text", SettingType::Text},
    {"delay", SettingType::Duration, false, 0, tcpMostDuration}, // before a source begins
    {"pause_after", SettingType::Number, false, 0, tcpMostBytes},
    {"resume_after", SettingType::Duration, false, 0, tcpMostDuration},
    {"close", SettingType::Text, false, 0, 0, {}, endingNames},
    {"close_delay", SettingType::Duration, false, 0, tcpMostDuration},
};

constexpr SettingSpec sendSpecs[] = {
    {"bytes", SettingType::Number, false, 0, tcpMostBytes},
    {"text", SettingType::Text},
};

// About the connection that was accepted last.
constexpr VerbSpec verbs[] = {
    {"tcp.server.send", sendSpecs},
    {"tcp.server.close", {}},
    {"tcp.server.reset", {}},
    {"tcp.server.read", {}},
};

template <class Enumeration>
Enumeration choice(const Settings& settings, std::string_view name,
                   const std::array<std::string_view, 4>& names) {
    const auto found = std::find(names.begin(), names.end(), settings.text(std::string(name)));
    return static_cast<Enumeration>(found == names.end() ? 0 : found - names.begin());
}

std::string_view asText(Bytes data) {
    return {reinterpret_cast<const char*>(data.data()), data.size()};
}

std::variant<std::unique_ptr<Application>, Text> make(const Settings& settings) {
    if (const auto problem = tcpTextProblem(settings))
        return *problem;
    if ((settings.has("bytes") || settings.has("text")) && settings.text("mode") != "source")
        return Text(WS_TR("lesson", "only a server whose mode is “source” sends something of its own"));
    return std::make_unique<TcpServer>(settings);
}

} // namespace

TcpServer::TcpServer(const Settings& given)
    : settings(given), mode(choice<Mode>(given, "mode", modeNames)),
      ending(choice<Ending>(given, "close", endingNames)), delay(fromSeconds(given.seconds("delay"))),
      endDelay(fromSeconds(given.seconds("close_delay"))) {}

void TcpServer::start(HostServices& host) {
    host.listen(static_cast<std::uint16_t>(settings.number("port")), *this);
}

TcpServer::Connection* TcpServer::find(StreamId id) {
    const auto found = std::find_if(connections.begin(), connections.end(),
                                    [&](const Connection& one) { return one.id == id; });
    return found == connections.end() ? nullptr : &*found;
}

void TcpServer::command(HostServices& host, const Command& command) {
    if (connections.empty()) {
        host.finished(command.id, false);
        return;
    }
    Connection& last = connections.back();
    if (command.verb == "tcp.server.send")
        give(host, last, tcpTextFrom(command.settings, last.sent));
    else if (command.verb == "tcp.server.close")
        host.close(last.id);
    else if (command.verb == "tcp.server.reset") {
        host.abort(last.id);
        connections.pop_back();
    } else if (command.verb == "tcp.server.read")
        last.reading.setReading(host, last.id, true);
    host.finished(command.id, true);
}

void TcpServer::stream(HostServices& host, const StreamEvent& event) {
    if (event.type == StreamEventType::Accepted) {
        accepted(host, event.stream);
        return;
    }
    Connection* connection = find(event.stream);
    if (!connection)
        return;
    switch (event.type) {
    case StreamEventType::Data: received(host, *connection, event.data); break;
    case StreamEventType::PeerClosed:
        connection->peerClosed = true;
        consider(host, *connection);
        break;
    case StreamEventType::Acked: consider(host, *connection); break;
    case StreamEventType::Closed:
    case StreamEventType::Reset:
    case StreamEventType::Unreachable:
    case StreamEventType::TimedOut:
        connections.erase(connections.begin() + (connection - connections.data()));
        break;
    default: break;
    }
}

void TcpServer::accepted(HostServices& host, StreamId id) {
    Connection& connection = connections.emplace_back();
    connection.id = id;
    connection.reading = TcpReading(settings);
    connection.reading.opened(host, id);
    if (mode != Mode::Source)
        return;
    if (delay > 0)
        connection.sendAt = host.now() + delay;
    else
        sendOwn(host, connection);
}

void TcpServer::sendOwn(HostServices& host, Connection& connection) {
    connection.sendAt.reset();
    give(host, connection, tcpTextFrom(settings));
    if (ending == Ending::AfterSending) // at once, so that the FIN may ride on the last data
        consider(host, connection);
}

void TcpServer::give(HostServices& host, Connection& connection, std::string_view text) {
    connection.sent += text.size();
    connection.hasSent = true;
    host.send(connection.id, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

void TcpServer::received(HostServices& host, Connection& connection, Bytes data) {
    if (ending == Ending::Reset && mode != Mode::Source) {
        end(host, connection);
        return;
    }
    connection.reading.took(host, connection.id, data.size());
    if (mode == Mode::Echo)
        give(host, connection, asText(data));
    else if (mode == Mode::Talk)
        answerLines(host, connection, data);
}

void TcpServer::answerLines(HostServices& host, Connection& connection, Bytes data) {
    constexpr std::size_t longest = 1000;
    for (const char letter : asText(data)) {
        if (letter != '\n') {
            if (letter != '\r' && connection.line.size() < longest)
                connection.line += letter;
            continue;
        }
        give(host, connection, "You said: " + std::exchange(connection.line, {}) + "\n");
    }
}

/// Is it time to end the connection?
void TcpServer::consider(HostServices& host, Connection& connection) {
    if (connection.endAt)
        return;
    const bool sendingIsOver = connection.hasSent || mode == Mode::Sink;
    const bool isTime = (ending == Ending::AfterPeer && connection.peerClosed && !connection.sendAt) ||
                        (ending == Ending::AfterSending && sendingIsOver) ||
                        (ending == Ending::AfterSending && connection.peerClosed) ||
                        (ending == Ending::Reset && (sendingIsOver || connection.peerClosed));
    if (!isTime)
        return;
    if (endDelay > 0)
        connection.endAt = host.now() + endDelay;
    else
        end(host, connection);
}

void TcpServer::end(HostServices& host, Connection& connection) {
    connection.endAt.reset();
    const StreamId id = connection.id;
    if (ending != Ending::Reset) {
        host.close(id);
        return;
    }
    host.abort(id);
    connections.erase(connections.begin() + (&connection - connections.data()));
}

std::optional<Time> TcpServer::deadline() const {
    std::optional<Time> first;
    for (const Connection& connection : connections)
        for (const std::optional<Time>& due :
             {connection.sendAt, connection.endAt, connection.reading.deadline()})
            if (due && (!first || *due < *first))
                first = due;
    return first;
}

void TcpServer::wake(HostServices& host) {
    for (std::size_t place = 0; place < connections.size(); ++place) {
        Connection& connection = connections[place];
        connection.reading.wake(host, connection.id);
        if (connection.sendAt && *connection.sendAt <= host.now()) {
            sendOwn(host, connection);
            if (ending == Ending::AfterPeer)
                consider(host, connection);
        }
    }
    for (std::size_t place = connections.size(); place-- > 0;)
        if (connections[place].endAt && *connections[place].endAt <= host.now())
            end(host, connections[place]);
}

extern const ApplicationType tcpServerType;
const ApplicationType tcpServerType{"tcp-server", settingSpecs, verbs, make};

} // namespace wirestage::simulation
