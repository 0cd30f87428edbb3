// SPDX-License-Identifier: GPL-3.0-or-later
// The client's verbs, and how a connection works off its jobs.
#include "core/protocols/tcp/tcp_client_endpoints.h"

#include <algorithm>
#include <array>
#include <utility>

namespace wirestage::simulation {
namespace {

// "half": our direction only; "yes": both have to; "after-peer": when the other end has closed.
constexpr std::array<std::string_view, 5> endingNames{"no", "yes", "half", "after-peer", "reset"};

constexpr SettingSpec connectSpecs[] = {
    {"to", SettingType::Address, true},
    {"port", SettingType::Number, true, 1, 65535},
    {"from_port", SettingType::Number, false, 1, 65535},
    {"bytes", SettingType::Number, false, 0, tcpMostBytes},
    {"text", SettingType::Text},
    {"answer", SettingType::Number, false, 0, tcpMostBytes}, // bytes that have to come back
    {"close", SettingType::Text, false, 0, 0, {}, endingNames},
    {"pause_after", SettingType::Number, false, 0, tcpMostBytes},
    {"resume_after", SettingType::Duration, false, 0, tcpMostDuration},
};

// The connection that was opened last, or the one from this port.
constexpr SettingSpec sendSpecs[] = {
    {"from_port", SettingType::Number, false, 1, 65535},
    {"bytes", SettingType::Number, false, 0, tcpMostBytes},
    {"text", SettingType::Text},
    {"answer", SettingType::Number, false, 0, tcpMostBytes},
    {"close", SettingType::Text, false, 0, 0, {}, endingNames},
};
constexpr SettingSpec closeSpecs[] = {
    {"from_port", SettingType::Number, false, 1, 65535},
    {"half", SettingType::Flag},
};
constexpr SettingSpec resetSpecs[] = {
    {"from_port", SettingType::Number, false, 1, 65535},
};
constexpr SettingSpec readSpecs[] = {
    {"from_port", SettingType::Number, false, 1, 65535}, {"pause", SettingType::Flag}, // stop reading instead
};

constexpr VerbSpec verbs[] = {
    {"tcp.connect", connectSpecs}, {"tcp.send", sendSpecs}, {"tcp.close", closeSpecs},
    {"tcp.reset", resetSpecs},     {"tcp.read", readSpecs},
};

std::variant<std::unique_ptr<Application>, Text> make(const Settings& /*settings*/) {
    return std::make_unique<TcpClient>();
}

} // namespace

TcpClient::Ending TcpClient::endingOf(const Command& command) {
    if (command.verb == "tcp.reset")
        return Ending::Reset;
    if (command.verb == "tcp.close")
        return command.settings.flag("half") ? Ending::Half : Ending::Yes;
    const auto found = std::find(endingNames.begin(), endingNames.end(), command.settings.text("close"));
    return found == endingNames.end() ? Ending::No : static_cast<Ending>(found - endingNames.begin());
}

TcpClient::Job TcpClient::jobOf(const Command& command, std::uint64_t from) {
    Job job;
    job.id = command.id;
    job.data = tcpTextFrom(command.settings, from);
    job.answerWanted = static_cast<std::uint64_t>(command.settings.number("answer"));
    job.ending = endingOf(command);
    return job;
}

TcpClient::Connection* TcpClient::find(StreamId id) {
    const auto found = std::find_if(connections.begin(), connections.end(),
                                    [&](const Connection& one) { return one.id == id; });
    return found == connections.end() ? nullptr : &*found;
}

TcpClient::Connection* TcpClient::chosen(const Settings& settings) {
    for (auto one = connections.rbegin(); one != connections.rend(); ++one)
        if (!one->isClosed && (!settings.has("from_port") || settings.number("from_port") == one->localPort))
            return &*one;
    return nullptr;
}

void TcpClient::command(HostServices& host, const Command& command) {
    if (command.verb == "tcp.connect") {
        connect(host, command);
        return;
    }
    Connection* connection = chosen(command.settings);
    if (!connection) {
        host.finished(command.id, false);
        return;
    }
    if (command.verb == "tcp.read") {
        connection->reading.setReading(host, connection->id, !command.settings.flag("pause"));
        host.finished(command.id, true);
        return;
    }
    Job job = jobOf(command, connection->sent);
    connection->sent += job.data.size();
    if (job.ending == Ending::Reset && job.data.empty()) { // whatever else was to be done before
        connection->jobs.push_back(std::move(job));
        host.abort(connection->id);
        over(host, *connection, true);
        return;
    }
    connection->jobs.push_back(std::move(job));
    advance(host, *connection);
}

void TcpClient::connect(HostServices& host, const Command& command) {
    const Settings& settings = command.settings;
    ConnectOptions options;
    if (settings.has("from_port"))
        options.localPort = static_cast<std::uint16_t>(settings.number("from_port"));
    Connection& connection = connections.emplace_back();
    connection.reading = TcpReading(settings);
    connection.jobs.push_back(jobOf(command, 0));
    connection.sent = connection.jobs.back().data.size();
    connection.id = host.connect(settings.address("to"), static_cast<std::uint16_t>(settings.number("port")),
                                 *this, options);
    connection.localPort = host.localEnd(connection.id).second;
}

void TcpClient::stream(HostServices& host, const StreamEvent& event) {
    Connection* connection = find(event.stream);
    if (!connection || connection->isClosed)
        return;
    switch (event.type) {
    case StreamEventType::Accepted:
    case StreamEventType::Opened:
        connection->isOpen = true;
        connection->reading.opened(host, connection->id);
        break;
    case StreamEventType::Data:
        connection->answered += event.data.size();
        connection->reading.took(host, connection->id, event.data.size());
        break;
    case StreamEventType::PeerClosed: connection->peerClosed = true; break;
    case StreamEventType::Acked:
        if (!connection->jobs.empty())
            connection->jobs.front().isAcked = true;
        break;
    case StreamEventType::Closed: over(host, *connection, true); return;
    case StreamEventType::Refused:
    case StreamEventType::Reset:
    case StreamEventType::Unreachable:
    case StreamEventType::TimedOut: over(host, *connection, false); return;
    }
    advance(host, *connection);
}

void TcpClient::advance(HostServices& host, Connection& connection) {
    while (connection.isOpen && !connection.isClosed && !connection.jobs.empty() &&
           advanceFirst(host, connection)) {
        const CommandId id = connection.jobs.front().id;
        connection.jobs.pop_front();
        host.finished(id, true);
    }
}

bool TcpClient::advanceFirst(HostServices& host, Connection& connection) {
    Job& job = connection.jobs.front();
    if (!std::exchange(job.hasStarted, true)) {
        connection.answered = 0;
        job.isAcked = job.data.empty();
        if (!job.isAcked)
            host.send(connection.id,
                      {reinterpret_cast<const std::uint8_t*>(job.data.data()), job.data.size()});
    }
    if (job.ending == Ending::Reset && job.isAcked && connection.answered >= job.answerWanted) {
        host.abort(connection.id);
        over(host, connection, true);
        return false;
    }
    const bool isAnswered = connection.answered >= job.answerWanted;
    if (!job.isAcked || !(isAnswered || connection.peerClosed) || job.isEnding)
        return false;
    switch (job.ending) {
    case Ending::No: return true;
    case Ending::Half: host.close(connection.id); return true;
    case Ending::AfterPeer:
        if (!connection.peerClosed)
            return false;
        [[fallthrough]];
    default:
        job.isEnding = true; // finished when both directions are closed
        host.close(connection.id);
        return false;
    }
}

/// The connection is no more. What was to close it, or asked for nothing more, has succeeded.
void TcpClient::over(HostServices& host, Connection& connection, bool succeeded) {
    connection.isClosed = true;
    for (const Job& job : std::exchange(connection.jobs, {}))
        host.finished(job.id, succeeded && (job.isEnding || job.ending == Ending::Reset));
}

std::optional<Time> TcpClient::deadline() const {
    std::optional<Time> first;
    for (const Connection& connection : connections)
        if (const auto due = connection.reading.deadline();
            due && !connection.isClosed && (!first || *due < *first))
            first = due;
    return first;
}

void TcpClient::wake(HostServices& host) {
    for (Connection& connection : connections)
        if (!connection.isClosed)
            connection.reading.wake(host, connection.id);
}

extern const ApplicationType tcpClientType;
const ApplicationType tcpClientType{"tcp-client", {}, verbs, make};

} // namespace wirestage::simulation
