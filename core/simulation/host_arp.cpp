// SPDX-License-Identifier: GPL-3.0-or-later
// Questions, answers and what is learned from them.
#include "core/simulation/host_arp.h"

#include "core/simulation/host.h"

#include <limits>

namespace wirestage::simulation {

namespace {

constexpr unsigned mostRequests = 3;
constexpr Time betweenRequests = second;     // RFC 1122, 2.3.2.1: at most one a second for each destination
constexpr std::size_t mostWaiting = 8;       // RFC 1122, 2.3.2.2: at least one packet, the latest
constexpr Time defendInterval = 10 * second; // RFC 5227, 1.1
constexpr Time forEver = std::numeric_limits<Time>::max();
constexpr std::uint16_t request = 1, reply = 2;
constexpr MacAddress everybody{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

} // namespace

void HostArp::know(const IpAddress& neighbour, const MacAddress& hardware) {
    cache[neighbour] = {hardware, forEver};
}

const MacAddress* HostArp::hardwareOf(const IpAddress& neighbour) const {
    const auto found = cache.find(neighbour);
    return found != cache.end() && found->second.expires > host.now() ? &found->second.hardware : nullptr;
}

void HostArp::deliver(InterfaceId interface, const IpAddress& neighbour, std::vector<std::uint8_t> packet,
                      std::uint32_t hopOf) {
    if (const MacAddress* const known = hardwareOf(neighbour))
        return host.transmit(interface, *known, etherTypeIp, packet, hopOf);
    Question& question = questions[neighbour];
    question.packets.push_back({std::move(packet), hopOf});
    if (question.packets.size() > mostWaiting)
        question.packets.pop_front();
    question.interface = interface;
    if (question.asked == 0)
        ask(neighbour);
}

void HostArp::resolve(const IpAddress& neighbour, Application& owner) {
    const MacAddress* const known = hardwareOf(neighbour);
    const auto interface = host.ip().interfaceTowards(neighbour);
    if (known || !interface) {
        const std::optional<MacAddress> answer = known ? std::optional(*known) : std::nullopt;
        return host.later([this, &owner, neighbour, answer] { owner.probed(host, neighbour, answer); });
    }
    Question& question = questions[neighbour];
    question.askers.push_back(&owner);
    question.interface = *interface;
    if (question.asked == 0)
        ask(neighbour);
}

void HostArp::ask(const IpAddress& neighbour) {
    Question& question = questions[neighbour];
    ++question.asked;
    question.last = host.now();
    ArpPacket packet;
    packet.operation = request;
    packet.senderHardware = host.hardware(question.interface);
    packet.senderProtocol = host.ip().sourceOn(question.interface);
    packet.targetProtocol = neighbour;
    write(question.interface, everybody, packet);
    question.timer = host.wakeAt(host.now() + betweenRequests, [this, neighbour] { askAgain(neighbour); });
}

void HostArp::askAgain(const IpAddress& neighbour) {
    Question& question = questions[neighbour];
    host.timerFired(ProtocolId::arp, neighbour.v4Number(), "retry", question.last);
    if (question.asked < mostRequests)
        return ask(neighbour);
    const Question failed = std::move(question);
    questions.erase(neighbour);
    for (Application* const asker : failed.askers)
        asker->probed(host, neighbour, std::nullopt);
    for (const Waiting& waiting : failed.packets)
        host.icmp().neighbourIsSilent(waiting.packet, waiting.hopOf);
}

void HostArp::learn(const IpAddress& neighbour, const MacAddress& hardware) {
    Neighbour& known = cache[neighbour];
    if (known.expires != forEver)
        known = {hardware, host.now() + host.setup().neighbourLifetime};
    const auto asked = questions.find(neighbour);
    if (asked == questions.end())
        return;
    Question question = std::move(asked->second);
    questions.erase(asked);
    host.cancel(question.timer);
    for (Waiting& waiting : question.packets)
        host.transmit(question.interface, hardware, etherTypeIp, waiting.packet, waiting.hopOf);
    for (Application* const asker : question.askers)
        asker->probed(host, neighbour, hardware);
}

/// RFC 826, "Packet Reception", in its order.
void HostArp::received(InterfaceId interface, Bytes bytes) {
    Reader reader(bytes);
    ArpPacket packet;
    if (!readHeader(reader, packet) || !packet.hasMac() || !packet.hasIpv4())
        return;
    checkProbes(interface, packet);
    checkConflict(interface, packet);
    const IpAddress& sender = packet.senderProtocol;
    const IpAddress own = host.address(interface);
    const bool forUs = own.version != 0 && packet.targetProtocol == own;
    // Only what one asked for, knows already, or is asked by, is kept; a probe's 0.0.0.0 is nobody.
    if (!sender.isUnspecified() && sender != own &&
        (forUs || cache.find(sender) != cache.end() || questions.find(sender) != questions.end()))
        learn(sender, packet.senderHardware);
    // Who speaks as the owner of our address gets no answer: that is a conflict.
    if (!forUs || packet.operation != request || sender == own)
        return;
    ArpPacket answer;
    answer.operation = reply;
    answer.senderHardware = host.hardware(interface);
    answer.senderProtocol = own;
    answer.targetHardware = packet.senderHardware;
    answer.targetProtocol = sender;
    write(interface, packet.senderHardware, answer);
}

void HostArp::write(InterfaceId interface, const MacAddress& to, const ArpPacket& packet) {
    Writer writer;
    writeHeader(writer, packet);
    host.transmit(interface, to, etherTypeArp, writer.bytes(), nobody);
}

void HostArp::announce(InterfaceId interface) {
    const IpAddress own = host.address(interface);
    if (own.version == 0)
        return;
    ArpPacket packet;
    packet.operation = request;
    packet.senderHardware = host.hardware(interface);
    packet.senderProtocol = packet.targetProtocol = own;
    write(interface, everybody, packet);
}

void HostArp::probe(InterfaceId interface, const IpAddress& address, unsigned count, Time interval,
                    Application& owner) {
    const std::size_t place = ++probesSoFar;
    probes[place] = {interface, address, count, interval, &owner, {}};
    probeNext(place);
}

void HostArp::probeNext(std::size_t place) {
    Probe& probe = probes[place];
    if (probe.left == 0)
        return probeOver(place, std::nullopt);
    --probe.left;
    probe.timer = host.wakeAt(host.now() + probe.interval, [this, place] { probeNext(place); });
    ArpPacket packet;
    packet.operation = request;
    packet.senderHardware = host.hardware(probe.interface);
    packet.senderProtocol = ipv4Address(0);
    packet.targetProtocol = probe.address;
    write(probe.interface, everybody, packet);
}

void HostArp::probeOver(std::size_t place, std::optional<MacAddress> by) {
    const Probe probe = probes[place];
    probes.erase(place);
    host.cancel(probe.timer);
    probe.owner->probed(host, probe.address, by);
}

/// RFC 5227, 2.1.1: somebody speaks as the owner of the address, or probes for it as well.
void HostArp::checkProbes(InterfaceId interface, const ArpPacket& packet) {
    if (packet.senderHardware == host.hardware(interface))
        return;
    std::vector<std::size_t> taken;
    for (const auto& [place, probe] : probes) {
        const bool owned = packet.senderProtocol == probe.address;
        const bool wanted = packet.operation == request && packet.senderProtocol.isUnspecified() &&
                            packet.targetProtocol == probe.address;
        if (probe.interface == interface && (owned || wanted))
            taken.push_back(place);
    }
    for (const std::size_t place : taken)
        probeOver(place, packet.senderHardware);
}

/// RFC 5227, 2.4. The applications may give the address up; if none does it is defended, once in ten seconds.
void HostArp::checkConflict(InterfaceId interface, const ArpPacket& packet) {
    const IpAddress own = host.address(interface);
    if (own.version == 0 || packet.senderProtocol != own || packet.senderHardware == host.hardware(interface))
        return;
    host.tellOfConflict(interface);
    const auto last = defended.find(interface);
    if (host.address(interface) != own ||
        (last != defended.end() && host.now() - last->second < defendInterval))
        return;
    defended[interface] = host.now();
    announce(interface);
}

void HostArp::forget() {
    std::erase_if(cache, [](const auto& entry) { return entry.second.expires != forEver; });
}

} // namespace wirestage::simulation
