// SPDX-License-Identifier: GPL-3.0-or-later
// Packets whose payload nobody decodes, of both versions of IP.
#include "core/protocols/ip/ip_story.h"

#include "core/protocols/names.h"

namespace wirestage {
namespace {

/// "UDP", or the number where the protocol has no name here.
Text payloadName(std::uint8_t protocol) {
    Text name = ipProtocolName(protocol);
    return name.empty() ? WS_TR("ip", "protocol %1").with(protocol) : name;
}

} // namespace

void groupUndecodedIp(Grouping& grouping, PacketInHand& packet, ProtocolId protocol) {
    const NetworkFacts& network = packet.packet->network;
    const bool toEverybody = network.destination.isBroadcast() || network.destination.isMulticast();
    groupPlain(grouping, packet, protocol, packet.source, packet.destination, toEverybody,
               0x4'0000u + network.protocol);
}

void tellUndecodedIp(const Telling& telling, Message& message) {
    const NetworkFacts& network = telling.packet.network;
    message.label = {"kinds", kind(message.kind).title, {}, {}};
    if (network.fragment)
        message.summary =
            WS_TR("ip", "bytes %1 to %2 of datagram %3")
                .with(network.fragmentOffset)
                .with(network.fragmentOffset + (network.payloadLength ? network.payloadLength - 1 : 0))
                .with(network.identification);
    else
        message.summary = WS_TR("ip", "%1, %2, TTL=%3")
                              .with(payloadName(network.protocol))
                              .with(bytesInWords(network.payloadLength))
                              .with(network.ttl);
}

void narrateUndecodedIp(const Story& story, Exchange& exchange) {
    std::uint8_t protocol = 0;
    bool fragment = false;
    story.forEach([&](const StoryStep& step) {
        protocol = step.packet.network.protocol;
        fragment = step.packet.network.fragment;
        return false;
    });
    narratePlain(
        story, exchange,
        (story.record().protocol == ProtocolId::ipv6 ? WS_TR("ip", "IPv6: %1") : WS_TR("ip", "IPv4: %1"))
            .with(payloadName(protocol)),
        payloadName(protocol));
    if (!fragment)
        return;
    story.forEach([&](const StoryStep& step) {
        const auto& network = step.packet.network;
        if (const HostId source = story.hostOf(network.source); source != none)
            story.participant(exchange, source, WS_TR("roles", "sender"));
        if (const HostId target = story.hostOf(network.destination); target != none)
            story.participant(exchange, target, WS_TR("roles", "receiver"));
        return false;
    });
    exchange.title = WS_TR("ip", "Incomplete datagram");
    exchange.summary =
        WS_TRN("ip", "%n fragment(s) of a datagram that never became whole", "", story.record().packets);
}

} // namespace wirestage
