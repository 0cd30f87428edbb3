// SPDX-License-Identifier: GPL-3.0-or-later
// A program on a simulated host, and what the host offers it. An application does no I/O and reads no clock:
// it is told what arrived and when, may ask the host to send something, and says when it wants to be woken.
// The same inputs at the same moments always give the same packets.
#pragma once

#include "core/bytes/address.h"
#include "core/bytes/bytes.h"
#include "core/capture/frame.h"
#include "core/protocols/dissection.h"
#include "core/simulation/settings.h"
#include "core/simulation/tcp_settings.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wirestage::simulation {

inline constexpr Time microsecond = 1'000, millisecond = 1'000'000, second = 1'000'000'000;
inline Time fromSeconds(double seconds) {
    return static_cast<Time>(seconds * 1e9 + (seconds < 0 ? -0.5 : 0.5));
}

using InterfaceId = std::uint32_t; ///< of one host, from 0
using StreamId = std::uint32_t;    ///< one end of a TCP connection, of one host
using CommandId = std::uint32_t;   ///< a step of the script

/// How an IP packet is sent.
struct SendOptions {
    std::uint8_t ttl = 64;
    bool dontFragment = false;
    std::optional<InterfaceId> via;        ///< else by the routing table
    std::optional<IpAddress> source;       ///< else the address of the interface
    std::optional<MacAddress> toHardware;  ///< else by ARP; how DHCP reaches a client that has no address yet
    std::optional<std::uint16_t> checksum; ///< forced, wrong on purpose (of UDP or ICMP)
    bool firstFragmentOnly = false;        ///< the others are kept back, so that nobody can put it together
};

struct OutgoingDatagram {
    std::uint16_t sourcePort = 0;
    IpAddress destination;
    std::uint16_t destinationPort = 0;
    std::vector<std::uint8_t> payload;
    SendOptions options;
};

/// A UDP datagram that arrived. `payload` lives as long as the call.
struct IncomingDatagram {
    IpAddress source, destination;
    std::uint16_t sourcePort = 0, destinationPort = 0;
    MacAddress sourceHardware;
    InterfaceId interface = 0;
    Bytes payload;
};

/// What an ICMP error quotes: the packet that it is about.
struct QuotedPacket {
    IpAddress destination;
    std::uint8_t protocol = 0;
    std::uint16_t sourcePort = 0, destinationPort = 0; ///< of UDP and TCP
    std::uint16_t identifier = 0, sequence = 0;        ///< of an echo request
};

/// An ICMP message that arrived (RFC 792): an answer, or an error about something that this host sent.
struct IncomingIcmp {
    IpAddress from, to;
    std::uint8_t type = 0, code = 0;
    std::uint16_t identifier = 0, sequence = 0; ///< of echo and reply
    std::uint16_t nextHopMtu = 0;               ///< of 3/4
    IpAddress gateway;                          ///< of 5
    Bytes body;                                 ///< behind the eight bytes of header
    using Quoted = QuotedPacket;
    std::optional<Quoted> about; ///< of an error
};

enum class StreamEventType : std::uint8_t {
    Accepted,    ///< a listener has a new connection, established
    Opened,      ///< one's own connect succeeded
    Data,        ///< bytes in order
    PeerClosed,  ///< the other end sends no more (its FIN, after all its data)
    Acked,       ///< everything that was given to `send` so far has been acknowledged
    Closed,      ///< both directions are closed
    Refused,     ///< RST to our SYN
    Reset,       ///< RST later
    Unreachable, ///< an ICMP error while opening
    TimedOut,    ///< given up after retransmissions
};

struct StreamEvent {
    StreamEventType type = StreamEventType::Data;
    StreamId stream = 0;
    IpAddress remote;
    std::uint16_t remotePort = 0, localPort = 0;
    Bytes data; ///< lives as long as the call
};

struct ConnectOptions {
    std::optional<std::uint16_t> localPort; ///< else the next ephemeral one, from 49152
    std::optional<TcpSettings> tcp;         ///< else the host's
};

/// One step of the script: what an application is to do.
struct Command {
    CommandId id = 0;
    std::string verb; ///< "dns.lookup"
    Settings settings;
};

class Application;

/// What a host offers the applications that run on it. All calls are made from within a call to the
/// application.
class HostServices {
public:
    virtual ~HostServices() = default;

    [[nodiscard]] virtual const std::string& hostName() const = 0;
    [[nodiscard]] virtual Time now() const = 0; ///< the moment of the call that is being made
    /// Evenly from 0 up to, but without, `below`; from the run's seed.
    virtual std::uint64_t random(std::uint64_t below) = 0;

    // --- UDP ---
    /// Datagrams to this port go to `owner`. False where another application has it.
    virtual bool bind(std::uint16_t port, Application& owner) = 0;
    virtual void unbind(std::uint16_t port) = 0;
    [[nodiscard]] virtual std::uint16_t ephemeralPort() = 0; ///< one that is free, from 49152 (RFC 6335)
    virtual void send(OutgoingDatagram datagram) = 0;

    // --- TCP: what happens to a stream is told to its owner ---
    virtual bool listen(std::uint16_t port, Application& owner,
                        const std::optional<TcpSettings>& tcp = {}) = 0;
    virtual void stopListening(std::uint16_t port) = 0;
    virtual StreamId connect(const IpAddress& to, std::uint16_t port, Application& owner,
                             const ConnectOptions& options = {}) = 0;
    virtual void send(StreamId stream, Bytes data) = 0;
    virtual void close(StreamId stream) = 0; ///< FIN after what was given to `send`; still receives
    virtual void abort(StreamId stream) = 0; ///< RST
    /// An application that does not read lets the receive window fill up (RFC 9293, 3.8.6).
    virtual void setReading(StreamId stream, bool reads) = 0;
    /// The address and port of this end.
    [[nodiscard]] virtual std::pair<IpAddress, std::uint16_t> localEnd(StreamId stream) const = 0;
    [[nodiscard]] virtual std::pair<IpAddress, std::uint16_t> remoteEnd(StreamId stream) const = 0;

    // --- ICMP and IP ---
    /// Echo replies with this identifier, and errors about what was sent, go to `owner`.
    virtual void sendEcho(const IpAddress& to, std::uint16_t identifier, std::uint16_t sequence, Bytes data,
                          Application& owner, const SendOptions& options = {}) = 0;
    virtual void sendIp(const IpAddress& to, std::uint8_t protocol, Bytes payload,
                        const SendOptions& options = {}) = 0;

    // --- interfaces ---
    [[nodiscard]] virtual InterfaceId interfaceCount() const = 0;
    [[nodiscard]] virtual MacAddress hardware(InterfaceId interface) const = 0;
    [[nodiscard]] virtual IpAddress address(InterfaceId interface) const = 0; ///< version 0: none
    [[nodiscard]] virtual unsigned prefixLength(InterfaceId interface) const = 0;
    virtual void setAddress(InterfaceId interface, const IpAddress& address, unsigned prefixLength) = 0;
    virtual void clearAddress(InterfaceId interface) = 0;  ///< and the routes through it
    virtual void setGateway(const IpAddress& gateway) = 0; ///< version 0: none
    virtual void setNameServers(std::vector<IpAddress> servers) = 0;
    [[nodiscard]] virtual const std::vector<IpAddress>& nameServers() const = 0;

    // --- ARP ---
    /// Asks whether somebody has the address, sender address 0.0.0.0 (RFC 5227, 2.1.1): `probes` times,
    /// `interval` apart; then Application::probed says what came of it.
    virtual void probe(InterfaceId interface, const IpAddress& address, unsigned probes, Time interval,
                       Application& owner) = 0;
    virtual void announce(InterfaceId interface) = 0;                         ///< gratuitous (RFC 5227, 2.3)
    virtual void resolve(const IpAddress& neighbour, Application& owner) = 0; ///< a plain question
    virtual void forgetNeighbours() = 0;                                      ///< empties the ARP cache

    // --- what the diagram tells of this end; nothing depends on it ---
    /// A state machine of this host went into a state, the protocol's own word ("SELECTING"). `machine` tells
    /// several machines of one protocol apart (a stream, a lease); 0 where there is one.
    virtual void entered(ProtocolId protocol, std::uint32_t machine, std::string state) = 0;
    /// A timer runs ("RTO", "T1", "retry"); starting one that runs starts it anew.
    virtual void timerStarted(ProtocolId protocol, std::uint32_t machine, std::string name, Time due) = 0;
    virtual void timerEnded(ProtocolId protocol, std::uint32_t machine, std::string name, bool fired) = 0;
    /// A number that a chart may follow: "cwnd", "ssthresh", "flight" (bytes), "srtt", "rto" (seconds).
    virtual void measured(ProtocolId protocol, std::uint32_t machine, std::string name, double value) = 0;
    /// A short note beside the lifeline ("192.168.1.57 set aside").
    virtual void noted(ProtocolId protocol, Text note) = 0;

    /// A step of the script has come to its end; what waits for it goes on.
    virtual void finished(CommandId command, bool succeeded) = 0;
};

class Application {
public:
    virtual ~Application() = default;
    virtual void start(HostServices& /*host*/) {} ///< when the run begins
    virtual void command(HostServices& /*host*/, const Command& /*command*/) {}
    virtual void datagram(HostServices& /*host*/, const IncomingDatagram& /*datagram*/) {}
    virtual void stream(HostServices& /*host*/, const StreamEvent& /*event*/) {}
    virtual void icmp(HostServices& /*host*/, const IncomingIcmp& /*message*/) {}
    /// What came of HostServices::probe and resolve: the hardware address that answered, or nothing.
    virtual void probed(HostServices& /*host*/, const IpAddress& /*address*/,
                        std::optional<MacAddress> /*by*/) {}
    /// Somebody else uses the address of this interface (RFC 5227, 2.4).
    virtual void conflict(HostServices& /*host*/, InterfaceId /*interface*/) {}
    /// When `wake` is wanted next; asked again after every call.
    [[nodiscard]] virtual std::optional<Time> deadline() const { return std::nullopt; }
    virtual void wake(HostServices& /*host*/) {}
};

} // namespace wirestage::simulation
