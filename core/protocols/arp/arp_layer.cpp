// SPDX-License-Identifier: GPL-3.0-or-later
// ARP and RARP, and what hosts do with ARP beside asking: probes and announcements (RFC 5227).
#include "core/protocols/arp/arp_wire.h"

#include "core/protocols/wire.h"

namespace wirestage {
namespace {

constexpr NamedNumber operations[] = {
    {1, WS_MARK("values", "request")},         {2, WS_MARK("values", "reply")},
    {3, WS_MARK("values", "reverse request")}, {4, WS_MARK("values", "reverse reply")},
    {8, WS_MARK("values", "inverse request")}, {9, WS_MARK("values", "inverse reply")},
};

/// What the addresses make of it (RFC 5227, 1.1; RFC 2002, 4.6 for "gratuitous").
void describePurpose(Describer& describer, const ArpPacket& packet) {
    if (!packet.hasIpv4() || !packet.hasMac() || packet.operation > 2)
        return;
    const auto say = [&](const FieldSpec& spec) { describer.addGenerated(spec, 1, "1"); };
    if (packet.senderProtocol == packet.targetProtocol && !packet.senderProtocol.isUnspecified()) {
        say(arpFields.gratuitous);
        if (packet.operation == 1 && packet.targetHardware.isZero())
            say(arpFields.announcement);
    } else if (packet.operation == 1 && packet.senderProtocol.isUnspecified() &&
               packet.targetHardware.isZero()) {
        say(arpFields.probe);
    }
}

std::uint32_t decodeArp(Dissection& into, const Part& part) {
    into.push(ProtocolId::arp);
    into.carried = Carried::Arp;
    Reader reader(part.bytes);
    ArpPacket packet;
    openHeader(into, arpFields.node, part.bytes, 0);
    const bool whole = readHeader(reader, packet, into.describer);
    const auto length = static_cast<std::uint32_t>(part.bytes.size() - reader.remaining());
    if (into.describer) {
        into.describer->resizeOpen(length);
        if (whole)
            describePurpose(*into.describer, packet);
        into.describer->close();
    }
    if (!whole)
        markTruncated(into, part);
    into.arp = {packet.operation, packet.senderHardware, packet.targetHardware, packet.senderProtocol,
                packet.targetProtocol};
    return whole ? length : part.length;
}

} // namespace

Text arpOperationName(std::uint64_t number) {
    return named(operations, number);
}

extern const WireProtocol arpWire;
const WireProtocol arpWire{
    ProtocolId::arp,
    {{Binding::Table::EtherType, 0x0806, decodeArp}, {Binding::Table::EtherType, 0x8035, decodeArp}},
    listOf(arpFields)};

} // namespace wirestage
