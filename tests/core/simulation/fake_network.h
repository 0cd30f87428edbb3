// SPDX-License-Identifier: GPL-3.0-or-later
// Fake hosts on one wire: a datagram reaches whoever has its destination address (a broadcast all others) and
// a stream its listener, each after the same delay and in order. No packets are made; for real ones see
// simulate(). A test may lose or change a datagram on its way.
#pragma once

#include "fake_host.h"

#include <functional>
#include <memory>
#include <queue>

namespace wirestage::simulation {

class FakeNetwork;

/// A FakeHost whose datagrams and streams go to the others of its network.
class NetworkHost : public FakeHost {
public:
    NetworkHost(FakeNetwork& on, std::string name, std::string_view address, std::uint64_t seed)
        : FakeHost(std::move(name)), network(on) {
        interfaces[0].address = parseIpAddress(address).value_or(IpAddress{});
        interfaces[0].hardware.bytes[5] = static_cast<std::uint8_t>(seed);
        randomness = [plain = randomness, seed](std::uint64_t below) {
            return below == 0 ? 0 : (plain(below) + seed * 7919) % below;
        };
    }

    using FakeHost::send;
    void send(OutgoingDatagram datagram) override;
    StreamId connect(const IpAddress& to, std::uint16_t port, Application& owner,
                     const ConnectOptions& options) override;
    void send(StreamId stream, Bytes data) override;
    void close(StreamId stream) override;
    void abort(StreamId stream) override;

    struct End { ///< what the network knows of a stream
        Application* owner = nullptr;
        NetworkHost* peer = nullptr;
        StreamId peerStream = 0;
    };
    std::map<StreamId, End> ends;

private:
    FakeNetwork& network;
};

class FakeNetwork {
public:
    Time delay = 5 * millisecond; ///< one way
    /// Asked for each datagram; false loses it.
    std::function<bool(const NetworkHost& from, OutgoingDatagram& datagram)> onDatagram;
    struct Sent {
        std::string from;
        Time time = 0;
        OutgoingDatagram datagram;
    };
    std::vector<Sent> log; ///< every datagram, lost ones included
    /// Asked for each connection request; false loses it, and no answer comes, as behind a firewall.
    std::function<bool(const NetworkHost& from, StreamId stream)> onOpen;
    struct Said {
        std::string from;
        Time time = 0;
        std::uint16_t localPort = 0, remotePort = 0;
        std::string bytes;
    };
    std::vector<Said> said; ///< what was sent over streams, in order

    NetworkHost& addHost(std::string name, std::string_view address) {
        const std::uint64_t seed = hosts.size() + 1;
        hosts.push_back(std::make_unique<NetworkHost>(*this, std::move(name), address, seed));
        return *hosts.back();
    }
    /// The application starts when the network next runs.
    Application& install(NetworkHost& host, std::unique_ptr<Application> application) {
        Application& installed = *application;
        applications.push_back({&host, std::move(application)});
        at(time, [this, &host, &installed] { installed.start(wakened(host)); });
        return installed;
    }
    void command(NetworkHost& host, Application& application, Command command, Time after = 0) {
        at(time + after,
           [this, &host, &application, command] { application.command(wakened(host), command); });
    }
    /// Runs until nothing is left to happen, or the moment has come.
    void run(Time until = 3600 * second) {
        for (unsigned steps = 0; steps < 1'000'000; ++steps) {
            Time next = events.empty() ? until : events.top().time;
            Installed* sleeper = nullptr;
            for (Installed& one : applications)
                if (const auto due = one.application->deadline(); due && *due < next) {
                    next = std::max(*due, time);
                    sleeper = &one;
                }
            if (next >= until)
                break;
            time = next;
            if (sleeper) {
                sleeper->application->wake(wakened(*sleeper->host));
            } else {
                const auto what = events.top().what;
                events.pop();
                what();
            }
        }
        time = std::max(time, until == 3600 * second ? time : until);
    }
    [[nodiscard]] Time now() const { return time; }

    /// A datagram out of nowhere, as an attacker would send it.
    void inject(OutgoingDatagram datagram, const IpAddress& source, Time after = 0) {
        at(time + after,
           [this, datagram = std::move(datagram), source] { deliver(nullptr, datagram, source); });
    }

    // --- what its hosts ask for ---
    void carry(const NetworkHost& from, const OutgoingDatagram& datagram) {
        OutgoingDatagram changed = datagram;
        log.push_back({from.hostName(), time, changed});
        if (onDatagram && !onDatagram(from, changed))
            return;
        const IpAddress source = datagram.options.source.value_or(from.interfaces[0].address);
        at(time + delay, [this, &from, changed, source] { deliver(&from, changed, source); });
    }
    void open(NetworkHost& from, StreamId stream) {
        if (onOpen && !onOpen(from, stream))
            return;
        at(time + delay, [this, &from, stream] { arrive(from, stream); });
    }
    void carry(NetworkHost& from, StreamId stream, std::vector<std::uint8_t> data) {
        const FakeHost::Stream& one = from.streams.at(stream);
        said.push_back(
            {from.hostName(), time, one.localPort, one.remotePort, std::string(data.begin(), data.end())});
        at(time + delay, [this, &from, stream, data = std::move(data)] {
            tellPeer(from, stream, StreamEventType::Data, data);
        });
    }
    void end(NetworkHost& from, StreamId stream, bool abort) {
        at(time + delay, [this, &from, stream, abort] {
            tellPeer(from, stream, abort ? StreamEventType::Reset : StreamEventType::PeerClosed, {});
        });
    }

private:
    struct Event {
        Time time = 0;
        std::uint64_t order = 0;
        std::function<void()> what;
        bool operator<(const Event& other) const {
            return std::pair(time, order) > std::pair(other.time, other.order); // the earliest on top
        }
    };
    struct Installed {
        NetworkHost* host = nullptr;
        std::unique_ptr<Application> application;
    };

    void at(Time when, std::function<void()> what) { events.push({when, lastOrder++, std::move(what)}); }

    /// The host with its clock at this moment.
    NetworkHost& wakened(NetworkHost& host) const {
        host.runUntil(time);
        return host;
    }

    void deliver(const NetworkHost* from, const OutgoingDatagram& datagram, const IpAddress& source) {
        for (const auto& host : hosts) {
            const bool broadcast = datagram.destination.isBroadcast();
            if (host.get() == from || (!broadcast && host->interfaces[0].address != datagram.destination))
                continue;
            const auto owner = host->boundPorts.find(datagram.destinationPort);
            if (owner == host->boundPorts.end())
                continue;
            IncomingDatagram incoming;
            incoming.source = source;
            incoming.destination = datagram.destination;
            incoming.sourcePort = datagram.sourcePort;
            incoming.destinationPort = datagram.destinationPort;
            if (from)
                incoming.sourceHardware = from->interfaces[0].hardware;
            incoming.payload = datagram.payload;
            owner->second->datagram(wakened(*host), incoming);
        }
    }

    /// A connection request comes to its host.
    void arrive(NetworkHost& from, StreamId stream) {
        const FakeHost::Stream& mine = from.streams.at(stream);
        const auto host = std::find_if(hosts.begin(), hosts.end(), [&](const auto& one) {
            return one->interfaces[0].address == mine.remote;
        });
        const auto fail = [&](StreamEventType why) {
            at(time + delay, [this, &from, stream, why] { tell(from, stream, why, {}); });
        };
        if (host == hosts.end())
            return fail(StreamEventType::Unreachable);
        const auto listener = (*host)->listeningPorts.find(mine.remotePort);
        if (listener == (*host)->listeningPorts.end())
            return fail(StreamEventType::Refused);
        NetworkHost& peer = **host;
        const StreamId theirs = peer.accept(from.interfaces[0].address, mine.localPort, mine.remotePort);
        peer.ends[theirs] = {listener->second, &from, stream};
        from.ends[stream].peer = &peer;
        from.ends[stream].peerStream = theirs;
        at(time + delay, [this, &from, stream] { tell(from, stream, StreamEventType::Opened, {}); });
        at(time + 2 * delay, [this, &peer, theirs] { tell(peer, theirs, StreamEventType::Accepted, {}); });
    }

    void tellPeer(NetworkHost& from, StreamId stream, StreamEventType type, Bytes data) {
        const NetworkHost::End mine = from.ends.at(stream);
        if (!mine.peer)
            return;
        NetworkHost& peer = *mine.peer;
        const bool bothClosed =
            type == StreamEventType::PeerClosed && peer.streams.at(mine.peerStream).closed;
        tell(peer, mine.peerStream, type, data);
        if (bothClosed) {
            tell(peer, mine.peerStream, StreamEventType::Closed, {});
            tell(from, stream, StreamEventType::Closed, {});
        }
    }

    void tell(NetworkHost& host, StreamId stream, StreamEventType type, Bytes data) {
        const FakeHost::Stream& one = host.streams.at(stream);
        if (one.aborted)
            return;
        StreamEvent event;
        event.type = type;
        event.stream = stream;
        event.remote = one.remote;
        event.remotePort = one.remotePort;
        event.localPort = one.localPort;
        event.data = data;
        host.ends.at(stream).owner->stream(wakened(host), event);
    }

    Time time = 0;
    std::uint64_t lastOrder = 0;
    std::vector<std::unique_ptr<NetworkHost>> hosts;
    std::vector<Installed> applications;
    std::priority_queue<Event> events;
};

inline void NetworkHost::send(OutgoingDatagram datagram) {
    FakeHost::send(datagram);
    network.carry(*this, datagram);
}

inline StreamId NetworkHost::connect(const IpAddress& to, std::uint16_t port, Application& owner,
                                     const ConnectOptions& options) {
    const StreamId stream = FakeHost::connect(to, port, owner, options);
    ends[stream].owner = &owner;
    network.open(*this, stream);
    return stream;
}

inline void NetworkHost::send(StreamId stream, Bytes data) {
    FakeHost::send(stream, data);
    network.carry(*this, stream, {data.begin(), data.end()});
}

inline void NetworkHost::close(StreamId stream) {
    FakeHost::close(stream);
    network.end(*this, stream, false);
}

inline void NetworkHost::abort(StreamId stream) {
    FakeHost::abort(stream);
    network.end(*this, stream, true);
}

} // namespace wirestage::simulation
