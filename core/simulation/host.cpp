// SPDX-License-Identifier: GPL-3.0-or-later
// A host between the network and its applications: what comes in, whose turn it is, and who is woken when.
#include "core/simulation/host.h"

#include "core/bytes/checksum.h"
#include "core/simulation/network_check.h"
#include "core/simulation/router.h"

#include <algorithm>

namespace wirestage::simulation {

namespace {
/// What goes on after so much at one moment has to queue like everything else.
constexpr unsigned mostAtOnce = 1000;
} // namespace

Host::Host(World& inWorld, NodeId ownId)
    : world(inWorld), id(ownId), numbers(inWorld.setup().seed, inWorld.setup().nodes[ownId].name),
      ipPart(*this), arpPart(*this), icmpPart(*this), udpPart(*this), streamsPart(*this),
      resolvers(setup().nameServers) {
    if (setup().role == NodeRole::Router)
        routerPart = std::make_unique<Router>(*this);
    for (const auto& [address, hardware] : setup().neighbours)
        arpPart.know(address, hardware);
}
Host::~Host() = default;

const NodeSetup& Host::setup() const {
    return world.setup().nodes[id];
}

RunInterface& Host::recordOf(InterfaceId interface) {
    return world.record().nodes[id].interfaces[interface];
}

/// Everything that happens to a host happens in here: afterwards what waited for its end is done, and the
/// applications are asked when they want to be woken.
template <class Work>
void Host::within(std::uint32_t frame, Work work) {
    frameNow = frame;
    work();
    drain();
    frameNow = nobody;
    refreshDeadlines();
}

void Host::drain() {
    for (unsigned done = 0; !soon.empty(); ++done) {
        if (done == mostAtOnce) {
            world.events().at(now(), Pending::Timer, [this] { within(nobody, [] {}); });
            return;
        }
        const std::function<void()> next = std::move(soon.front());
        soon.pop_front();
        next();
    }
}

EventQueue::Key Host::wakeAt(Time time, std::function<void()> work) {
    return world.events().at(time, Pending::Timer, [this, work = std::move(work)] { within(nobody, work); });
}

void Host::start() {
    world.events().at(now(), Pending::Step, [this] {
        within(nobody, [this] {
            for (const ApplicationSetup& application : setup().applications)
                if (application.type)
                    run(*application.type, application.settings);
        });
    });
}

Application* Host::run(const ApplicationType& type, const Settings& settings) {
    auto made = type.make(settings);
    if (Text* const why = std::get_if<Text>(&made)) {
        world.stop(
            WS_TR("simulation", "%1: %2: %3").with(hostName()).with(std::string(type.name)).with(*why));
        return nullptr;
    }
    auto running = std::make_unique<Running>();
    running->type = &type;
    running->application = std::move(std::get<std::unique_ptr<Application>>(made));
    Application* const application = running->application.get();
    applications.push_back(std::move(running));
    application->start(*this);
    return application;
}

Application* Host::forVerb(const std::string& verb) {
    const ApplicationType* const type = typeForVerb(setup(), verb);
    if (!type)
        return nullptr;
    for (const auto& running : applications)
        if (running->type == type)
            return running->application.get();
    return run(*type, {});
}

void Host::obey(const Command& command) {
    within(nobody, [&] {
        if (Application* const application = forVerb(command.verb))
            application->command(*this, command);
    });
}

void Host::frameArrived(std::uint32_t interface, std::uint32_t frame, bool damaged) {
    const Bytes bytes = world.bytesOf(frame, damaged);
    Reader reader(bytes);
    EthHeader header;
    if (!readHeader(reader, header))
        return;
    if (header.destination != hardware(interface) && !header.destination.isBroadcast())
        return;
    if (!world.takeIn(id, interface, frame, damaged))
        return;
    within(frame, [&] { takeIn(interface, bytes, damaged); });
}

void Host::takeIn(InterfaceId interface, Bytes bytes, bool damaged) {
    Reader reader(bytes);
    EthHeader header;
    readHeader(reader, header);
    if (header.type == etherTypeIp)
        return ipPart.received({interface, header.source, header.destination.isBroadcast(), false},
                               reader.rest());
    // ARP has no checksum of its own: there it is Ethernet's that finds the damage.
    if (header.type == etherTypeArp && !damaged)
        arpPart.received(interface, reader.rest());
}

void Host::transmit(InterfaceId interface, const MacAddress& to, std::uint16_t type, Bytes packet,
                    std::uint32_t hopOf) {
    Writer writer;
    EthHeader header;
    header.destination = to;
    header.source = hardware(interface);
    header.type = type;
    writeHeader(writer, header);
    writer.append(packet);
    world.send(id, interface, std::move(writer).take(), hopOf);
}

void Host::segmentArrived(const Arrived& how, const IpPacket& packet) {
    const IpHeader& header = packet.header;
    InternetChecksum sum;
    sum.addPseudoHeader(header.source, header.destination, protocolTcp,
                        static_cast<std::uint32_t>(packet.payload.size()));
    sum.add(packet.payload);
    // RFC 1122, 4.2.3.10: not from or to a broadcast address.
    if (!how.toBroadcast && packet.payload.size() >= 20 && sum.value() == 0)
        streamsPart.segment(header.source, header.destination, packet.payload);
}

void Host::tellOfConflict(InterfaceId interface) {
    for (const auto& running : applications)
        running->application->conflict(*this, interface);
}

void Host::tellAll(const IncomingIcmp& message) {
    for (const auto& running : applications)
        running->application->icmp(*this, message);
}

void Host::refreshDeadlines() {
    for (const auto& each : applications) {
        Running& running = *each;
        refresh(running.application->deadline(), running.due, running.timer,
                [this, &running] { running.application->wake(*this); });
    }
    refresh(streamsPart.deadline(), streamsDue, streamsTimer, [this] { streamsPart.wake(); });
}

void Host::refresh(std::optional<Time> wanted, std::optional<Time>& due, EventQueue::Key& timer,
                   std::function<void()> wake) {
    if (wanted)
        wanted = std::max(*wanted, now());
    if (wanted == due)
        return;
    if (due)
        cancel(timer);
    due = wanted;
    if (wanted)
        timer = world.events().at(*wanted, Pending::Timer, [this, &due, wake = std::move(wake)] {
            due.reset();
            within(nobody, wake);
        });
}

} // namespace wirestage::simulation
