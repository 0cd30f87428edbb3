// SPDX-License-Identifier: GPL-3.0-or-later
// Which packet an error is about: it quotes that packet's IP header and at least the first 64 bits behind it
// (RFC 792; RFC 4443, section 2.4: as much as fits).
#include "core/exchange/capture_state.h"

namespace wirestage {

namespace {

/// So far before an error its packet is looked for: a traceroute has some 16 probes under way.
constexpr PacketIndex mostOfExchange = 64, mostPackets = 4096;

bool isQuoted(const Dissection& packet, const IcmpFacts& by) {
    if (packet.network.protocol != by.quotedProtocol || packet.network.source != by.quotedSource ||
        packet.network.destination != by.quotedDestination)
        return false;
    switch (packet.carried) {
    case Carried::Icmp:
    case Carried::Icmpv6:
        return packet.icmp.identifier == by.quotedSourcePort && packet.icmp.sequence == by.quotedSequence;
    case Carried::Tcp:
        if (packet.tcp.sequence != by.quotedSequence)
            return false;
        [[fallthrough]];
    default:
        return packet.sourcePort == by.quotedSourcePort && packet.destinationPort == by.quotedDestinationPort;
    }
}

} // namespace

/// The latest that fits, unless an earlier one has the very identification of the quoted header.
std::optional<PacketIndex> Capture::quoted(PacketIndex error) const {
    const CaptureState::Reading reading(*state);
    const auto& packets = state->grouping.packets;
    if (state->gaveWay(error))
        return std::nullopt;
    OpenedPacket said;
    state->open(error, said);
    const IcmpFacts& quote = said.packet.icmp;
    if (!quote.hasQuoted)
        return std::nullopt;
    std::optional<PacketIndex> latest;
    PacketIndex looked = 0;
    for (PacketIndex i = error; i-- > 0 && looked < mostOfExchange && error - i <= mostPackets;) {
        if (packets[i].exchange != packets[error].exchange || packets[i].isHop())
            continue;
        if (state->gaveWay(i))
            break;
        ++looked;
        OpenedPacket opened;
        state->open(i, opened);
        if (!isQuoted(opened.packet, quote))
            continue;
        if (opened.packet.network.identification == quote.quotedIdentification)
            return i;
        if (!latest)
            latest = i;
    }
    return latest;
}

} // namespace wirestage
