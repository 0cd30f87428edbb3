// SPDX-License-Identifier: GPL-3.0-or-later
// Ports handed out, packets changed on their way through.
#include "core/simulation/nat.h"

namespace wirestage::simulation {

namespace {

bool hasPorts(std::uint8_t protocol) {
    return protocol == protocolTcp || protocol == protocolUdp || protocol == protocolIcmp;
}

} // namespace

std::uint16_t Nat::portFor(std::uint8_t protocol, const End& inside) {
    if (!hasPorts(protocol)) {
        owners[{protocol, 0}] = inside;
        return 0;
    }
    const auto [known, isNew] = ports.try_emplace({protocol, inside}, next);
    if (isNew) {
        owners[{protocol, next}] = inside;
        next = next == 65535 ? 61000 : static_cast<std::uint16_t>(next + 1);
    }
    return known->second;
}

void Nat::outbound(std::vector<std::uint8_t>& packet, const IpAddress& outside) {
    if (const auto ends = endsOf(packet)) {
        const std::uint16_t port = portFor(ends->protocol, ends->source);
        End remote = ends->destination;
        if (ends->protocol == protocolIcmp)
            remote.port = 0; // an echo has one identifier, not two ports
        sessions.insert({{ends->protocol, port}, remote});
        return changeEnd(packet, Which::Source, {outside, port});
    }
    // RFC 3022, 4.3: an error says what it is about as the other side knows it.
    const auto quotation = quotationIn(packet);
    const auto about = quotation ? endsOf(Bytes(packet).subspan(*quotation)) : std::nullopt;
    if (!about)
        return;
    const auto known = ports.find({about->protocol, about->destination});
    if (known == ports.end())
        return;
    changeQuotedEnd(packet, Which::Destination, {outside, known->second});
    changeAddress(packet, Which::Source, outside);
}

bool Nat::inbound(std::vector<std::uint8_t>& packet) {
    const auto quotation = quotationIn(packet);
    const auto ends = endsOf(quotation ? Bytes(packet).subspan(*quotation) : Bytes(packet));
    if (!ends)
        return false;
    End own = quotation ? ends->source : ends->destination;
    End remote = quotation ? ends->destination : ends->source;
    if (ends->protocol == protocolIcmp)
        remote.port = 0;
    const Outside port{ends->protocol, own.port};
    const auto owner = owners.find(port);
    if (owner == owners.end() || sessions.find({port, remote}) == sessions.end())
        return false;
    if (quotation) {
        changeQuotedEnd(packet, Which::Source, owner->second);
        changeAddress(packet, Which::Destination, owner->second.address);
    } else
        changeEnd(packet, Which::Destination, owner->second);
    return true;
}

void Firewall::wentOut(Bytes packet) {
    if (const auto ends = endsOf(packet))
        sessions.insert(*ends);
}

bool Firewall::letsIn(Bytes packet) const {
    if (const auto quotation = quotationIn(packet)) {
        const auto about = endsOf(packet.subspan(*quotation));
        return about && sessions.find(*about) != sessions.end();
    }
    const auto ends = endsOf(packet);
    return ends && sessions.find(ends->reversed()) != sessions.end();
}

} // namespace wirestage::simulation
