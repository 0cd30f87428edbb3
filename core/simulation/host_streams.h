// SPDX-License-Identifier: GPL-3.0-or-later
// A host's TCP (RFC 9293): its connections and listeners, what applications ask of them, and the segments
// that come and go. It knows nothing of IP but addresses and the path's MTU; StreamHost is what it stands on.
#pragma once

#include "core/protocols/tcp/tcp_effects_endpoints.h"
#include "core/simulation/application.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace wirestage::simulation {

/// What the streams need of their host.
class StreamHost {
public:
    virtual ~StreamHost() = default;
    [[nodiscard]] virtual Time now() const = 0;
    virtual std::uint64_t random(std::uint64_t below) = 0;            ///< from 0 up to, but without, `below`
    [[nodiscard]] virtual const TcpSettings& tcpSettings() const = 0; ///< of the host
    [[nodiscard]] virtual const std::string& hostName() const = 0;

    /// The address that packets to `destination` come from; nothing where no route leads there.
    [[nodiscard]] virtual std::optional<IpAddress> sourceFor(const IpAddress& destination) const = 0;
    /// Bytes of the largest IP packet that is known to reach `destination` whole (RFC 1191).
    [[nodiscard]] virtual std::uint16_t pathMtu(const IpAddress& destination) const = 0;
    /// Sends a whole segment (as writeTcp makes it) in an IP packet that must not be fragmented.
    virtual void sendSegment(const IpAddress& source, const IpAddress& destination, Bytes segment) = 0;

    /// Tells an application of its stream. The event (its data are copied) is handed over when the call into
    /// HostStreams that is being made has returned, at the same moment: so the application's own calls never
    /// come in the middle of one.
    virtual void tell(Application& owner, const StreamEvent& event) = 0;

    // For the diagram: as in HostServices, of ProtocolId::tcp. `machine` is the StreamId.
    virtual void streamEntered(StreamId machine, std::string state) = 0;
    virtual void streamTimerStarted(StreamId machine, std::string name, Time due) = 0;
    virtual void streamTimerEnded(StreamId machine, std::string name, bool fired) = 0;
    virtual void streamMeasured(StreamId machine, std::string name, double value) = 0;
    virtual void streamNoted(Text note) = 0;
};

class HostStreams {
public:
    explicit HostStreams(StreamHost& below);
    ~HostStreams();
    HostStreams(const HostStreams&) = delete;
    HostStreams& operator=(const HostStreams&) = delete;

    // What HostServices offers applications, which see application.h.
    bool listen(std::uint16_t port, Application& owner, const std::optional<TcpSettings>& tcp);
    void stopListening(std::uint16_t port);
    StreamId connect(const IpAddress& to, std::uint16_t port, Application& owner,
                     const ConnectOptions& options);
    void send(StreamId stream, Bytes data);
    void close(StreamId stream);
    void abort(StreamId stream);
    void setReading(StreamId stream, bool reads);
    [[nodiscard]] std::pair<IpAddress, std::uint16_t> localEnd(StreamId stream) const;
    [[nodiscard]] std::pair<IpAddress, std::uint16_t> remoteEnd(StreamId stream) const;

    /// A segment for one of the host's addresses arrived: from the first byte of its TCP header, its checksum
    /// found right. `segment` lives as long as the call.
    void segment(const IpAddress& source, const IpAddress& destination, Bytes segment);

    /// An ICMP error about a segment that this host sent (RFC 9293, 3.9.2.2; RFC 5927): from `source` and
    /// message.about->sourcePort to what message.about says. `sequence` is the quoted sequence number. Where
    /// the host itself could not send it (no route, ARP without an answer) message.from is its own address.
    /// After a 3/4 pathMtu() is already the new one.
    void error(const IpAddress& source, std::uint32_t sequence, const IncomingIcmp& message);

    /// When `wake` is wanted next; asked again after every call.
    [[nodiscard]] std::optional<Time> deadline() const;
    void wake();

private:
    struct Stream;
    struct Listener;
    struct Ends {
        IpAddress local, remote;
        std::uint16_t localPort = 0, remotePort = 0;
        auto operator<=>(const Ends&) const = default;
    };

    Stream* live(StreamId id);
    Stream* live(const Ends& ends);
    Stream& add(const Ends& ends, Application& owner, const TcpSettings& settings,
                std::optional<StreamId> id = {});
    void accept(Listener& listener, const Ends& ends, const TcpSegment& syn,
                std::optional<std::uint32_t> after);
    /// Carries out what came of a call into the stream's connection.
    void carryOut(Stream& stream);
    void carryOut(Stream& stream, TcpEffect& effect);
    void remove(Stream& stream);
    void reset(const Ends& ends, const TcpSegment& segment);
    [[nodiscard]] std::uint16_t pathSegmentSize(const IpAddress& remote) const;
    [[nodiscard]] std::uint16_t ephemeralPort();

    StreamHost& host;
    std::map<StreamId, std::unique_ptr<Stream>> streams; ///< all that there ever were: their ends stay known
    std::map<Ends, Stream*> byEnds;                      ///< those that are not CLOSED
    std::map<std::uint16_t, std::unique_ptr<Listener>> listeners;
    StreamId lastId = 0;
    std::uint16_t nextPort = 49152;
};

} // namespace wirestage::simulation
