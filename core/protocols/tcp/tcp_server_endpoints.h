// SPDX-License-Identifier: GPL-3.0-or-later
// A server on simulated TCP that shows what connections do: it echoes, swallows, sends or answers lines, may
// stop reading, and closes when it is told to.
#pragma once

#include "core/protocols/tcp/tcp_text_endpoints.h"

#include <memory>
#include <vector>

namespace wirestage::simulation {

class TcpServer : public Application {
public:
    explicit TcpServer(const Settings& settings);

    void start(HostServices& host) override;
    void command(HostServices& host, const Command& command) override;
    void stream(HostServices& host, const StreamEvent& event) override;
    [[nodiscard]] std::optional<Time> deadline() const override;
    void wake(HostServices& host) override;

private:
    enum class Mode : std::uint8_t { Echo, Sink, Source, Talk };
    enum class Ending : std::uint8_t { AfterPeer, AfterSending, Never, Reset };

    struct Connection {
        StreamId id = 0;
        TcpReading reading;
        std::string line; ///< that has begun, of a talk
        std::optional<Time> sendAt, endAt;
        std::uint64_t sent = 0;
        bool peerClosed = false, hasSent = false;
    };

    Connection* find(StreamId id);
    void accepted(HostServices& host, StreamId id);
    void received(HostServices& host, Connection& connection, Bytes data);
    void answerLines(HostServices& host, Connection& connection, Bytes data);
    void give(HostServices& host, Connection& connection, std::string_view text);
    void sendOwn(HostServices& host, Connection& connection);
    void consider(HostServices& host, Connection& connection);
    void end(HostServices& host, Connection& connection);

    Settings settings;
    Mode mode;
    Ending ending;
    Time delay, endDelay;
    std::vector<Connection> connections; ///< in the order in which they were accepted
};

extern const ApplicationType tcpServerType; ///< "tcp-server"

} // namespace wirestage::simulation
