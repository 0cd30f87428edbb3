// SPDX-License-Identifier: GPL-3.0-or-later
// A host for one application under test: it keeps what the application asks of it, and the test is the
// network and the clock. Nothing happens by itself but the passing of time, which wakes the application when
// it wants. Several of them on one wire: fake_network.h.
#pragma once

#include "core/simulation/application.h"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>

namespace wirestage::simulation {

class FakeHost : public HostServices {
public:
    struct SentDatagram {
        Time time = 0;
        OutgoingDatagram datagram;
    };
    struct SentEcho {
        Time time = 0;
        IpAddress to;
        std::uint16_t identifier = 0, sequence = 0;
        std::vector<std::uint8_t> data;
        SendOptions options;
    };
    struct SentIp {
        Time time = 0;
        IpAddress to;
        std::uint8_t protocol = 0;
        std::vector<std::uint8_t> payload;
        SendOptions options;
    };
    struct Probe {
        Time time = 0;
        InterfaceId interface = 0;
        IpAddress address;
        unsigned probes = 0;
        Time interval = 0;
    };
    struct State {
        Time time = 0;
        std::uint32_t machine = 0;
        std::string state;
    };
    struct Timer {
        std::uint32_t machine = 0;
        std::string name;
        Time started = 0, due = 0, ended = -1; ///< -1: still runs
        bool fired = false;
    };
    struct Interface {
        MacAddress hardware;
        IpAddress address;
        unsigned prefixLength = 24;
    };
    /// One end of a connection, as the application has used it.
    struct Stream {
        IpAddress remote, local;
        std::uint16_t remotePort = 0, localPort = 0;
        std::vector<std::uint8_t> sent; ///< everything that was given to `send`
        bool closed = false, aborted = false, reading = true;
    };

    explicit FakeHost(std::string name = "host") : ownName(std::move(name)) {
        interfaces.push_back({MacAddress{{0x02, 0x00, 0x5e, 0x10, 0x00, 0x01}}, {}, 24});
    }

    // --- what a test does ---
    void attach(Application& under) {
        application = &under;
        application->start(*this);
    }
    /// Lets time pass up to `moment`, waking the application whenever it wants to be woken.
    void runUntil(Time moment) {
        while (application) {
            const auto due = application->deadline();
            if (!due || *due > moment)
                break;
            clock = std::max(clock, *due);
            application->wake(*this);
            if (++wakes > 1'000'000)
                throw std::runtime_error("the application wakes for ever");
        }
        clock = std::max(clock, moment);
    }
    void runFor(Time span) { runUntil(clock + span); }
    /// Gives a command now; its number.
    CommandId give(std::string verb, Settings settings = {}) {
        const CommandId id = ++commands;
        application->command(*this, Command{id, std::move(verb), std::move(settings)});
        return id;
    }
    void deliver(const IncomingDatagram& datagram) { application->datagram(*this, datagram); }
    void deliver(const StreamEvent& event) { application->stream(*this, event); }
    void deliver(const IncomingIcmp& message) { application->icmp(*this, message); }
    void tellProbed(const IpAddress& address, std::optional<MacAddress> by) {
        application->probed(*this, address, by);
    }
    void tellConflict(InterfaceId interface = 0) { application->conflict(*this, interface); }
    /// A connection that somebody opened to us, before the application is told.
    StreamId accept(const IpAddress& remote, std::uint16_t remotePort, std::uint16_t localPort) {
        Stream& stream = streams[++lastStream];
        stream.remote = remote;
        stream.local = interfaces[0].address;
        stream.remotePort = remotePort;
        stream.localPort = localPort;
        return lastStream;
    }

    // --- what a test looks at ---
    std::vector<SentDatagram> sent;
    std::vector<SentEcho> echoes;
    std::vector<SentIp> packets;
    std::vector<Probe> probes;
    std::vector<IpAddress> resolutions;
    std::vector<State> states;
    std::vector<Timer> timers;
    std::vector<std::string> notes; ///< in English
    std::vector<std::pair<std::string, double>> measurements;
    std::vector<std::pair<CommandId, bool>> finishedCommands;
    std::vector<Interface> interfaces;
    std::map<StreamId, Stream> streams;
    std::map<std::uint16_t, Application*> boundPorts, listeningPorts;
    std::vector<IpAddress> nameServersKnown;
    IpAddress gateway;
    unsigned announcements = 0, forgettings = 0;
    StreamId lastStream = 0;
    /// Where randomness comes from; a test may put a fixed value here.
    std::function<std::uint64_t(std::uint64_t)> randomness =
        [state = std::uint64_t{1}](std::uint64_t below) mutable {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            return below == 0 ? 0 : (state >> 33) % below;
        };

    /// The names of all states that were entered, in order.
    [[nodiscard]] std::vector<std::string> stateNames() const {
        std::vector<std::string> names;
        for (const State& state : states)
            names.push_back(state.state);
        return names;
    }
    /// Of the named timer the last start, or null.
    [[nodiscard]] const Timer* timer(std::string_view name) const {
        for (auto i = timers.rbegin(); i != timers.rend(); ++i)
            if (i->name == name)
                return &*i;
        return nullptr;
    }
    [[nodiscard]] std::optional<bool> outcomeOf(CommandId command) const {
        for (const auto& [id, succeeded] : finishedCommands)
            if (id == command)
                return succeeded;
        return std::nullopt;
    }

    // --- HostServices ---
    [[nodiscard]] const std::string& hostName() const override { return ownName; }
    [[nodiscard]] Time now() const override { return clock; }
    std::uint64_t random(std::uint64_t below) override { return randomness(below); }

    bool bind(std::uint16_t port, Application& owner) override {
        return boundPorts.emplace(port, &owner).first->second == &owner;
    }
    void unbind(std::uint16_t port) override { boundPorts.erase(port); }
    [[nodiscard]] std::uint16_t ephemeralPort() override {
        std::uint16_t port = 49152;
        while (boundPorts.count(port))
            ++port;
        return port;
    }
    void send(OutgoingDatagram datagram) override { sent.push_back({clock, std::move(datagram)}); }

    bool listen(std::uint16_t port, Application& owner, const std::optional<TcpSettings>&) override {
        return listeningPorts.emplace(port, &owner).first->second == &owner;
    }
    void stopListening(std::uint16_t port) override { listeningPorts.erase(port); }
    StreamId connect(const IpAddress& to, std::uint16_t port, Application&,
                     const ConnectOptions& options) override {
        const auto ephemeral = static_cast<std::uint16_t>(49152 + lastStream);
        return accept(to, port, options.localPort.value_or(ephemeral));
    }
    void send(StreamId stream, Bytes data) override {
        auto& all = streams[stream].sent;
        all.insert(all.end(), data.begin(), data.end());
    }
    void close(StreamId stream) override { streams[stream].closed = true; }
    void abort(StreamId stream) override { streams[stream].aborted = true; }
    void setReading(StreamId stream, bool reads) override { streams[stream].reading = reads; }
    [[nodiscard]] std::pair<IpAddress, std::uint16_t> localEnd(StreamId stream) const override {
        return {streams.at(stream).local, streams.at(stream).localPort};
    }
    [[nodiscard]] std::pair<IpAddress, std::uint16_t> remoteEnd(StreamId stream) const override {
        return {streams.at(stream).remote, streams.at(stream).remotePort};
    }

    void sendEcho(const IpAddress& to, std::uint16_t identifier, std::uint16_t sequence, Bytes data,
                  Application&, const SendOptions& options) override {
        echoes.push_back({clock, to, identifier, sequence, {data.begin(), data.end()}, options});
    }
    void sendIp(const IpAddress& to, std::uint8_t protocol, Bytes payload,
                const SendOptions& options) override {
        packets.push_back({clock, to, protocol, {payload.begin(), payload.end()}, options});
    }

    [[nodiscard]] InterfaceId interfaceCount() const override {
        return static_cast<InterfaceId>(interfaces.size());
    }
    [[nodiscard]] MacAddress hardware(InterfaceId interface) const override {
        return interfaces.at(interface).hardware;
    }
    [[nodiscard]] IpAddress address(InterfaceId interface) const override {
        return interfaces.at(interface).address;
    }
    [[nodiscard]] unsigned prefixLength(InterfaceId interface) const override {
        return interfaces.at(interface).prefixLength;
    }
    void setAddress(InterfaceId interface, const IpAddress& address, unsigned prefixLength) override {
        interfaces.at(interface).address = address;
        interfaces.at(interface).prefixLength = prefixLength;
    }
    void clearAddress(InterfaceId interface) override { interfaces.at(interface).address = {}; }
    void setGateway(const IpAddress& to) override { gateway = to; }
    void setNameServers(std::vector<IpAddress> servers) override { nameServersKnown = std::move(servers); }
    [[nodiscard]] const std::vector<IpAddress>& nameServers() const override { return nameServersKnown; }

    void probe(InterfaceId interface, const IpAddress& address, unsigned count, Time interval,
               Application&) override {
        probes.push_back({clock, interface, address, count, interval});
    }
    void announce(InterfaceId) override { ++announcements; }
    void resolve(const IpAddress& neighbour, Application&) override { resolutions.push_back(neighbour); }
    void forgetNeighbours() override { ++forgettings; }

    void entered(ProtocolId, std::uint32_t machine, std::string state) override {
        states.push_back({clock, machine, std::move(state)});
    }
    void timerStarted(ProtocolId, std::uint32_t machine, std::string name, Time due) override {
        end(machine, name, false);
        timers.push_back({machine, std::move(name), clock, due, -1, false});
    }
    void timerEnded(ProtocolId, std::uint32_t machine, std::string name, bool fired) override {
        end(machine, name, fired);
    }
    void measured(ProtocolId, std::uint32_t, std::string name, double value) override {
        measurements.emplace_back(std::move(name), value);
    }
    void noted(ProtocolId, Text note) override { notes.push_back(english(note)); }
    void finished(CommandId command, bool succeeded) override {
        finishedCommands.emplace_back(command, succeeded);
    }

private:
    void end(std::uint32_t machine, const std::string& name, bool fired) {
        for (Timer& timer : timers)
            if (timer.machine == machine && timer.name == name && timer.ended < 0) {
                timer.ended = clock;
                timer.fired = fired;
            }
    }

    std::string ownName;
    Time clock = 0;
    Application* application = nullptr;
    CommandId commands = 0;
    unsigned wakes = 0;
};

} // namespace wirestage::simulation
