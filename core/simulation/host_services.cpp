// SPDX-License-Identifier: GPL-3.0-or-later
// A host's services that only pass a question on, and what it writes down for the diagram.
#include "core/simulation/host.h"
#include "core/simulation/router.h"

namespace wirestage::simulation {

bool Host::listen(std::uint16_t port, Application& owner, const std::optional<TcpSettings>& tcp) {
    return streamsPart.listen(port, owner, tcp);
}

StreamId Host::connect(const IpAddress& to, std::uint16_t port, Application& owner,
                       const ConnectOptions& options) {
    return streamsPart.connect(to, port, owner, options);
}

std::pair<IpAddress, std::uint16_t> Host::localEnd(StreamId stream) const {
    return streamsPart.localEnd(stream);
}
std::pair<IpAddress, std::uint16_t> Host::remoteEnd(StreamId stream) const {
    return streamsPart.remoteEnd(stream);
}

void Host::sendEcho(const IpAddress& to, std::uint16_t identifier, std::uint16_t sequence, Bytes data,
                    Application& owner, const SendOptions& options) {
    icmpPart.sendEcho(to, identifier, sequence, data, owner, options);
}

void Host::sendIp(const IpAddress& to, std::uint8_t protocol, Bytes payload, const SendOptions& options) {
    ipPart.send(ipPart.sourceFor(to, options).value_or(ipv4Address(0)), to, protocol, payload, options);
}

MacAddress Host::hardware(InterfaceId interface) const {
    return interface < interfaceCount() ? ipPart.interface(interface).hardware : MacAddress {};
}
IpAddress Host::address(InterfaceId interface) const {
    return interface < interfaceCount() ? ipPart.interface(interface).address : IpAddress {};
}
unsigned Host::prefixLength(InterfaceId interface) const {
    return interface < interfaceCount() ? ipPart.interface(interface).prefixLength : 0;
}
void Host::setAddress(InterfaceId interface, const IpAddress& address, unsigned prefixLength) {
    ipPart.setAddress(interface, address, prefixLength);
}

void Host::probe(InterfaceId interface, const IpAddress& address, unsigned probes, Time interval,
                 Application& owner) {
    arpPart.probe(interface, address, probes, interval, owner);
}
void Host::resolve(const IpAddress& neighbour, Application& owner) {
    arpPart.resolve(neighbour, owner);
}

void Host::entered(ProtocolId protocol, std::uint32_t machine, std::string state) {
    world.record().states.push_back({id, protocol, machine, std::move(state), now(), frameNow});
}

void Host::timerStarted(ProtocolId protocol, std::uint32_t machine, std::string name, Time due) {
    timerEnded(protocol, machine, name, false);
    timers[{protocol, machine, name}] = world.record().timers.size();
    world.record().timers.push_back({.node = id,
                                     .protocol = protocol,
                                     .machine = machine,
                                     .name = std::move(name),
                                     .started = now(),
                                     .due = due,
                                     .ended = due,
                                     .fired = false,
                                     .running = true});
}

void Host::timerEnded(ProtocolId protocol, std::uint32_t machine, std::string name, bool fired) {
    const auto running = timers.find({protocol, machine, std::move(name)});
    if (running == timers.end())
        return;
    TimerSpan& timer = world.record().timers[running->second];
    timer.ended = now();
    timer.fired = fired;
    timer.running = false;
    timers.erase(running);
}

void Host::timerFired(ProtocolId protocol, std::uint32_t machine, std::string name, Time started) {
    world.record().timers.push_back({.node = id,
                                     .protocol = protocol,
                                     .machine = machine,
                                     .name = std::move(name),
                                     .started = started,
                                     .due = now(),
                                     .ended = now(),
                                     .fired = true,
                                     .running = false});
}

void Host::measured(ProtocolId protocol, std::uint32_t machine, std::string name, double value) {
    world.record().measurements.push_back({id, protocol, machine, std::move(name), now(), value});
}

void Host::noted(ProtocolId protocol, Text note) {
    world.record().notes.push_back({id, protocol, std::move(note), now()});
}

void Host::finished(CommandId command, bool /*succeeded*/) {
    world.script().finished(command);
}

std::optional<IpAddress> Host::sourceFor(const IpAddress& destination) const {
    return ipPart.sourceFor(destination);
}
std::uint16_t Host::pathMtu(const IpAddress& destination) const {
    return ipPart.pathMtu(destination);
}
void Host::sendSegment(const IpAddress& source, const IpAddress& destination, Bytes segment) {
    SendOptions options;
    options.dontFragment = true;
    options.source = source;
    ipPart.send(source, destination, protocolTcp, segment, options);
}

void Host::tell(Application& owner, const StreamEvent& event) {
    later([this, &owner, event, data = std::vector<std::uint8_t>(event.data.begin(), event.data.end())] {
        StreamEvent copy = event;
        copy.data = data;
        owner.stream(*this, copy);
    });
}

void Host::streamEntered(StreamId machine, std::string state) {
    entered(ProtocolId::tcp, machine, std::move(state));
}
void Host::streamTimerStarted(StreamId machine, std::string name, Time due) {
    timerStarted(ProtocolId::tcp, machine, std::move(name), due);
}
void Host::streamTimerEnded(StreamId machine, std::string name, bool fired) {
    timerEnded(ProtocolId::tcp, machine, std::move(name), fired);
}
void Host::streamMeasured(StreamId machine, std::string name, double value) {
    measured(ProtocolId::tcp, machine, std::move(name), value);
}
void Host::streamNoted(Text note) {
    noted(ProtocolId::tcp, std::move(note));
}

} // namespace wirestage::simulation
