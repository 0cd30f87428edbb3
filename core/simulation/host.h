// SPDX-License-Identifier: GPL-3.0-or-later
// A simulated host, or a router, which is a host that also forwards: its interfaces, its protocols one upon
// the other, and the applications that run on it.
#pragma once

#include "core/simulation/host_arp.h"
#include "core/simulation/host_icmp.h"
#include "core/simulation/host_ip.h"
#include "core/simulation/host_streams.h"
#include "core/simulation/host_udp.h"
#include "core/simulation/random.h"
#include "core/simulation/world.h"

#include <deque>
#include <functional>
#include <map>
#include <tuple>

namespace wirestage::simulation {

class Router;

inline constexpr std::uint16_t etherTypeIp = 0x0800, etherTypeArp = 0x0806;

class Host final : public Node, public HostServices, private StreamHost {
public:
    Host(World& inWorld, NodeId ownId);
    ~Host() override;
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    // --- called by the world ---
    void start() override;
    void frameArrived(std::uint32_t interface, std::uint32_t frame, bool damaged) override;
    void obey(const Command& command);

    // --- for the host's own parts ---
    [[nodiscard]] const NodeSetup& setup() const;
    [[nodiscard]] RunInterface& recordOf(InterfaceId interface);
    HostArp& arp() { return arpPart; }
    HostIp& ip() { return ipPart; }
    HostIcmp& icmp() { return icmpPart; }
    HostUdp& udp() { return udpPart; }
    HostStreams& streams() { return streamsPart; }
    [[nodiscard]] Router* router() { return routerPart.get(); }
    [[nodiscard]] std::uint32_t currentFrame() const { return frameNow; }

    void transmit(InterfaceId interface, const MacAddress& to, std::uint16_t type, Bytes packet,
                  std::uint32_t hopOf);
    void segmentArrived(const Arrived& how, const IpPacket& packet);
    void tellOfConflict(InterfaceId interface);
    void tellAll(const IncomingIcmp& message); ///< of an error about a protocol that nobody owns
    /// When what is going on has come to its end, at the same moment.
    void later(std::function<void()> work) { soon.push_back(std::move(work)); }
    EventQueue::Key wakeAt(Time time, std::function<void()> work);
    void cancel(const EventQueue::Key& key) { world.events().cancel(key); }
    /// A timer that nobody saw start has gone off.
    void timerFired(ProtocolId protocol, std::uint32_t machine, std::string name, Time started);

    // --- HostServices ---
    [[nodiscard]] const std::string& hostName() const override { return setup().name; }
    [[nodiscard]] Time now() const override { return world.now(); }
    std::uint64_t random(std::uint64_t below) override { return numbers.below(below); }
    bool bind(std::uint16_t port, Application& owner) override { return udpPart.bind(port, owner); }
    void unbind(std::uint16_t port) override { udpPart.unbind(port); }
    [[nodiscard]] std::uint16_t ephemeralPort() override { return udpPart.ephemeralPort(); }
    void send(OutgoingDatagram datagram) override { udpPart.send(datagram); }
    bool listen(std::uint16_t port, Application& owner, const std::optional<TcpSettings>& tcp) override;
    void stopListening(std::uint16_t port) override { streamsPart.stopListening(port); }
    StreamId connect(const IpAddress& to, std::uint16_t port, Application& owner,
                     const ConnectOptions& options) override;
    void send(StreamId stream, Bytes data) override { streamsPart.send(stream, data); }
    void close(StreamId stream) override { streamsPart.close(stream); }
    void abort(StreamId stream) override { streamsPart.abort(stream); }
    void setReading(StreamId stream, bool reads) override { streamsPart.setReading(stream, reads); }
    [[nodiscard]] std::pair<IpAddress, std::uint16_t> localEnd(StreamId stream) const override;
    [[nodiscard]] std::pair<IpAddress, std::uint16_t> remoteEnd(StreamId stream) const override;
    void sendEcho(const IpAddress& to, std::uint16_t identifier, std::uint16_t sequence, Bytes data,
                  Application& owner, const SendOptions& options) override;
    void sendIp(const IpAddress& to, std::uint8_t protocol, Bytes payload,
                const SendOptions& options) override;
    [[nodiscard]] InterfaceId interfaceCount() const override { return ipPart.interfaceCount(); }
    [[nodiscard]] MacAddress hardware(InterfaceId interface) const override;
    [[nodiscard]] IpAddress address(InterfaceId interface) const override;
    [[nodiscard]] unsigned prefixLength(InterfaceId interface) const override;
    void setAddress(InterfaceId interface, const IpAddress& address, unsigned prefixLength) override;
    void clearAddress(InterfaceId interface) override { ipPart.clearAddress(interface); }
    void setGateway(const IpAddress& gateway) override { ipPart.setGateway(gateway); }
    void setNameServers(std::vector<IpAddress> servers) override { resolvers = std::move(servers); }
    [[nodiscard]] const std::vector<IpAddress>& nameServers() const override { return resolvers; }
    void probe(InterfaceId interface, const IpAddress& address, unsigned probes, Time interval,
               Application& owner) override;
    void announce(InterfaceId interface) override { arpPart.announce(interface); }
    void resolve(const IpAddress& neighbour, Application& owner) override;
    void forgetNeighbours() override { arpPart.forget(); }
    void entered(ProtocolId protocol, std::uint32_t machine, std::string state) override;
    void timerStarted(ProtocolId protocol, std::uint32_t machine, std::string name, Time due) override;
    void timerEnded(ProtocolId protocol, std::uint32_t machine, std::string name, bool fired) override;
    void measured(ProtocolId protocol, std::uint32_t machine, std::string name, double value) override;
    void noted(ProtocolId protocol, Text note) override;
    void finished(CommandId command, bool succeeded) override;

private:
    struct Running {
        const ApplicationType* type = nullptr;
        std::unique_ptr<Application> application;
        std::optional<Time> due; ///< when it will be woken
        EventQueue::Key timer;
    };

    template <class Work>
    void within(std::uint32_t frame, Work work);
    void drain();
    void takeIn(InterfaceId interface, Bytes bytes, bool damaged);
    Application* run(const ApplicationType& type, const Settings& settings);
    Application* forVerb(const std::string& verb);
    void refreshDeadlines();
    void refresh(std::optional<Time> wanted, std::optional<Time>& due, EventQueue::Key& timer,
                 std::function<void()> wake);

    // --- StreamHost ---
    [[nodiscard]] const TcpSettings& tcpSettings() const override { return setup().tcp; }
    [[nodiscard]] std::optional<IpAddress> sourceFor(const IpAddress& destination) const override;
    [[nodiscard]] std::uint16_t pathMtu(const IpAddress& destination) const override;
    void sendSegment(const IpAddress& source, const IpAddress& destination, Bytes segment) override;
    void tell(Application& owner, const StreamEvent& event) override;
    void streamEntered(StreamId machine, std::string state) override;
    void streamTimerStarted(StreamId machine, std::string name, Time due) override;
    void streamTimerEnded(StreamId machine, std::string name, bool fired) override;
    void streamMeasured(StreamId machine, std::string name, double value) override;
    void streamNoted(Text note) override;

    World& world;
    NodeId id;
    Random numbers;
    HostIp ipPart;
    HostArp arpPart;
    HostIcmp icmpPart;
    HostUdp udpPart;
    HostStreams streamsPart;
    std::unique_ptr<Router> routerPart;
    std::vector<IpAddress> resolvers;
    std::vector<std::unique_ptr<Running>> applications;

    std::optional<Time> streamsDue;
    EventQueue::Key streamsTimer;
    std::deque<std::function<void()>> soon;
    std::uint32_t frameNow = nobody; ///< that is being taken in
    std::map<std::tuple<ProtocolId, std::uint32_t, std::string>, std::size_t> timers; ///< those that run
};

} // namespace wirestage::simulation
