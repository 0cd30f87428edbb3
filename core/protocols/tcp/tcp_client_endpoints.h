// SPDX-License-Identifier: GPL-3.0-or-later
// A client on simulated TCP: it opens connections, sends, waits for answers and closes, step by step as a
// script says. A step is finished when what it was for is done.
#pragma once

#include "core/protocols/tcp/tcp_text_endpoints.h"

#include <deque>
#include <vector>

namespace wirestage::simulation {

class TcpClient : public Application {
public:
    void command(HostServices& host, const Command& command) override;
    void stream(HostServices& host, const StreamEvent& event) override;
    [[nodiscard]] std::optional<Time> deadline() const override;
    void wake(HostServices& host) override;

private:
    enum class Ending : std::uint8_t { No, Yes, Half, AfterPeer, Reset };

    struct Job {
        CommandId id = 0;
        std::string data;
        std::uint64_t answerWanted = 0;
        Ending ending = Ending::No;
        bool hasStarted = false, isAcked = false, isEnding = false;
    };
    struct Connection {
        StreamId id = 0;
        std::uint16_t localPort = 0;
        TcpReading reading;
        std::uint64_t sent = 0, answered = 0; ///< of the answer: what came since the job began
        bool isOpen = false, peerClosed = false, isClosed = false;
        std::deque<Job> jobs;
    };

    static Job jobOf(const Command& command, std::uint64_t from);
    static Ending endingOf(const Command& command);
    Connection* find(StreamId id);
    Connection* chosen(const Settings& settings);
    void connect(HostServices& host, const Command& command);
    void advance(HostServices& host, Connection& connection);
    /// True when the first job is done.
    bool advanceFirst(HostServices& host, Connection& connection);
    void over(HostServices& host, Connection& connection, bool succeeded);

    std::vector<Connection> connections; ///< in the order in which they were opened
};

extern const ApplicationType tcpClientType; ///< "tcp-client"

} // namespace wirestage::simulation
