// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the connection that a segment or an error belongs to, and carries out what the connections say.
#include "core/simulation/host_streams.h"

#include "core/protocols/tcp/tcp_connection_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {

struct HostStreams::Stream {
    StreamId id = 0;
    Ends ends;
    Application* owner = nullptr;
    std::unique_ptr<TcpConnection> connection; ///< null once it is CLOSED
    bool isPassive = false, wasAccepted = false, isBusy = false;
};

struct HostStreams::Listener {
    Application* owner = nullptr;
    std::optional<TcpSettings> settings;
    std::optional<StreamId> machine; ///< that is in LISTEN; the next connection goes on with it
};

HostStreams::HostStreams(StreamHost& below) : host(below) {}
HostStreams::~HostStreams() = default;

bool HostStreams::listen(std::uint16_t port, Application& owner, const std::optional<TcpSettings>& tcp) {
    if (listeners.contains(port))
        return false;
    auto listener = std::make_unique<Listener>();
    listener->owner = &owner;
    listener->settings = tcp;
    listener->machine = ++lastId;
    host.streamEntered(lastId, std::string(nameOf(TcpState::Listen)));
    listeners.emplace(port, std::move(listener));
    return true;
}

void HostStreams::stopListening(std::uint16_t port) {
    const auto found = listeners.find(port);
    if (found == listeners.end())
        return;
    if (found->second->machine)
        host.streamEntered(*found->second->machine, std::string(nameOf(TcpState::Closed)));
    listeners.erase(found);
}

StreamId HostStreams::connect(const IpAddress& to, std::uint16_t port, Application& owner,
                              const ConnectOptions& options) {
    const std::optional<IpAddress> from = host.sourceFor(to);
    const Ends ends{from.value_or(IpAddress{}), to, options.localPort ? *options.localPort : ephemeralPort(),
                    port};
    if (!from || live(ends)) { // no way there, or the local port is taken
        StreamEvent event;
        event.type = StreamEventType::Unreachable;
        event.stream = ++lastId;
        event.remote = to;
        event.remotePort = port;
        event.localPort = ends.localPort;
        host.tell(owner, event);
        return event.stream;
    }
    Stream& stream = add(ends, owner, options.tcp.value_or(host.tcpSettings()));
    stream.connection->open(host.now());
    carryOut(stream);
    return stream.id;
}

void HostStreams::send(StreamId id, Bytes data) {
    if (Stream* stream = live(id)) {
        stream->connection->send(data, host.now());
        carryOut(*stream);
    }
}

void HostStreams::close(StreamId id) {
    if (Stream* stream = live(id)) {
        stream->connection->close(host.now());
        carryOut(*stream);
    }
}

void HostStreams::abort(StreamId id) {
    if (Stream* stream = live(id)) {
        stream->connection->abort(host.now());
        carryOut(*stream);
    }
}

void HostStreams::setReading(StreamId id, bool reads) {
    if (Stream* stream = live(id)) {
        stream->connection->setReading(reads, host.now());
        carryOut(*stream);
    }
}

std::pair<IpAddress, std::uint16_t> HostStreams::localEnd(StreamId id) const {
    const auto found = streams.find(id);
    if (found == streams.end())
        return {};
    return {found->second->ends.local, found->second->ends.localPort};
}

std::pair<IpAddress, std::uint16_t> HostStreams::remoteEnd(StreamId id) const {
    const auto found = streams.find(id);
    if (found == streams.end())
        return {};
    return {found->second->ends.remote, found->second->ends.remotePort};
}

void HostStreams::segment(const IpAddress& source, const IpAddress& destination, Bytes bytes) {
    // RFC 9293, 3.9.2.3: connections have two ends.
    if (destination.isBroadcast() || destination.isMulticast() || source.isMulticast())
        return;
    const std::optional<TcpSegment> segment = readTcpSegment(bytes);
    if (!segment)
        return;
    const TcpHeader& header = segment->header;
    const Ends ends{destination, source, header.destinationPort, header.sourcePort};
    const auto listener = listeners.find(header.destinationPort);
    Stream* stream = live(ends);
    std::optional<std::uint32_t> after;
    if (stream && listener != listeners.end() && stream->connection->makesWayFor(*segment)) {
        after = stream->connection->highestSent();
        stream->connection->abort(host.now());
        carryOut(*stream);
        stream = nullptr;
    }
    if (stream) {
        stream->connection->arrive(*segment, host.now());
        carryOut(*stream);
    } else if (listener == listeners.end() || segment->has(tcp_flag::ack)) {
        reset(ends, *segment);
    } else if (segment->has(tcp_flag::syn) && !segment->has(tcp_flag::rst)) {
        accept(*listener->second, ends, *segment, after);
    }
}

/// `after`: the last number of the connection that had the same ends; the new one's must be larger (RFC 9293,
/// 3.6.1).
void HostStreams::accept(Listener& listener, const Ends& ends, const TcpSegment& syn,
                         std::optional<std::uint32_t> after) {
    constexpr std::uint32_t stepBehind = 64'000;
    TcpSettings settings = listener.settings.value_or(host.tcpSettings());
    if (after)
        settings.initialSequence = *after + stepBehind;
    Stream& stream = add(ends, *listener.owner, settings, std::exchange(listener.machine, std::nullopt));
    stream.isPassive = true;
    stream.connection->listen();
    (void)stream.connection->takeEffects(); // the listener has told that it listens
    stream.connection->arrive(syn, host.now());
    carryOut(stream);
}

void HostStreams::reset(const Ends& ends, const TcpSegment& segment) {
    if (const std::optional<TcpSegment> answer = resetFor(segment))
        host.sendSegment(ends.local, ends.remote, writeTcpSegment(*answer, ends.local, ends.remote));
}

void HostStreams::error(const IpAddress& source, std::uint32_t sequence, const IncomingIcmp& message) {
    constexpr std::uint8_t unreachable = 3, timeExceeded = 11, parameterProblem = 12;
    constexpr std::uint8_t fragmentationNeeded = 4, soft = 0;
    if (!message.about)
        return;
    const IncomingIcmp::Quoted& about = *message.about;
    Stream* stream = live(Ends{source, about.destination, about.sourcePort, about.destinationPort});
    if (!stream)
        return;
    if (message.type == unreachable && message.code == fragmentationNeeded)
        stream->connection->limitSegment(sequence, pathSegmentSize(about.destination), host.now());
    else if (message.type == unreachable)
        stream->connection->unreachable(message.code, sequence, host.now());
    else if (message.type == timeExceeded || message.type == parameterProblem)
        stream->connection->unreachable(soft, sequence, host.now());
    carryOut(*stream);
}

std::optional<Time> HostStreams::deadline() const {
    std::optional<Time> first;
    for (const auto& [ends, stream] : byEnds)
        if (const auto due = stream->connection->deadline(); due && (!first || *due < *first))
            first = due;
    return first;
}

void HostStreams::wake() {
    std::vector<StreamId> due; // in order of their numbers, not of their addresses
    for (const auto& [ends, stream] : byEnds)
        if (const auto deadline = stream->connection->deadline(); deadline && *deadline <= host.now())
            due.push_back(stream->id);
    std::sort(due.begin(), due.end());
    for (const StreamId id : due)
        if (Stream* stream = live(id)) {
            stream->connection->wake(host.now());
            carryOut(*stream);
        }
}

HostStreams::Stream* HostStreams::live(StreamId id) {
    const auto found = streams.find(id);
    return found != streams.end() && found->second->connection ? found->second.get() : nullptr;
}

HostStreams::Stream* HostStreams::live(const Ends& ends) {
    const auto found = byEnds.find(ends);
    return found != byEnds.end() ? found->second : nullptr;
}

HostStreams::Stream& HostStreams::add(const Ends& ends, Application& owner, const TcpSettings& settings,
                                      std::optional<StreamId> id) {
    constexpr std::uint64_t allNumbers = std::uint64_t{1} << 32;
    auto stream = std::make_unique<Stream>();
    stream->id = id ? *id : ++lastId;
    stream->ends = ends;
    stream->owner = &owner;
    const auto sequence = settings.initialSequence ? *settings.initialSequence
                                                   : static_cast<std::uint32_t>(host.random(allNumbers));
    stream->connection = std::make_unique<TcpConnection>(settings, sequence, pathSegmentSize(ends.remote));
    byEnds[ends] = stream.get();
    return *(streams[stream->id] = std::move(stream));
}

void HostStreams::carryOut(Stream& stream) {
    if (stream.isBusy) // sending has led to an error at once: whoever is at it goes on with that
        return;
    stream.isBusy = true;
    for (auto effects = stream.connection->takeEffects(); !effects.empty();
         effects = stream.connection->takeEffects())
        for (TcpEffect& effect : effects)
            carryOut(stream, effect);
    stream.isBusy = false;
    if (stream.connection->state() == TcpState::Closed)
        remove(stream);
}

void HostStreams::carryOut(Stream& stream, TcpEffect& effect) {
    const Ends& ends = stream.ends;
    if (auto* segment = std::get_if<TcpSegment>(&effect)) {
        segment->header.sourcePort = ends.localPort;
        segment->header.destinationPort = ends.remotePort;
        host.sendSegment(ends.local, ends.remote, writeTcpSegment(*segment, ends.local, ends.remote));
    } else if (auto* told = std::get_if<TcpTold>(&effect)) {
        StreamEvent event;
        event.type = told->type;
        event.stream = stream.id;
        event.remote = ends.remote;
        event.remotePort = ends.remotePort;
        event.localPort = ends.localPort;
        event.data = told->data;
        stream.wasAccepted |= told->type == StreamEventType::Accepted;
        host.tell(*stream.owner, event);
    } else if (auto* state = std::get_if<TcpState>(&effect)) {
        // An opening that comes to nothing leaves its end listening (RFC 9293, 3.10.7.4, second step).
        const auto listener = listeners.find(ends.localPort);
        if (*state == TcpState::Closed && stream.isPassive && !stream.wasAccepted &&
            listener != listeners.end() && !listener->second->machine) {
            listener->second->machine = stream.id;
            *state = TcpState::Listen;
        }
        host.streamEntered(stream.id, std::string(nameOf(*state)));
    } else if (auto* started = std::get_if<TcpTimerStarted>(&effect)) {
        host.streamTimerStarted(stream.id, std::string(nameOf(started->timer)), started->due);
    } else if (auto* ended = std::get_if<TcpTimerEnded>(&effect)) {
        host.streamTimerEnded(stream.id, std::string(nameOf(ended->timer)), ended->fired);
    } else if (auto* measured = std::get_if<TcpMeasured>(&effect)) {
        host.streamMeasured(stream.id, std::string(nameOf(measured->quantity)), measured->value);
    }
}

void HostStreams::remove(Stream& stream) {
    byEnds.erase(stream.ends);
    stream.connection.reset();
}

std::uint16_t HostStreams::pathSegmentSize(const IpAddress& remote) const {
    constexpr std::uint16_t tcpHeader = 20, least = 28; // of the smallest MTU that there is (RFC 791)
    const std::uint16_t headers = tcpHeader + (remote.version == 6 ? 40 : 20);
    const std::uint16_t mtu = host.pathMtu(remote);
    return mtu > headers + least ? static_cast<std::uint16_t>(mtu - headers) : least;
}

std::uint16_t HostStreams::ephemeralPort() {
    constexpr std::uint16_t first = 49152, last = 65535; // RFC 6335, 6
    for (unsigned tries = 0; tries <= last - first; ++tries) {
        const std::uint16_t port = nextPort;
        nextPort = nextPort == last ? first : static_cast<std::uint16_t>(nextPort + 1);
        const bool taken = listeners.contains(port) ||
                           std::any_of(byEnds.begin(), byEnds.end(),
                                       [&](const auto& one) { return one.first.localPort == port; });
        if (!taken)
            return port;
    }
    return first;
}

} // namespace wirestage::simulation
