// SPDX-License-Identifier: GPL-3.0-or-later
// VLAN tags, one or several in a row (802.1Q, 802.1ad, and the number that was used before it).
#include "core/protocols/vlan/vlan_wire.h"

#include "core/protocols/wire.h"

#include <algorithm>

namespace wirestage {
namespace {

/// IEEE 802.1Q, table I-2; 1 is below 0.
constexpr NamedNumber priorities[] = {
    {0, WS_MARK("values", "Best effort")},
    {1, WS_MARK("values", "Background")},
    {2, WS_MARK("values", "Excellent effort")},
    {3, WS_MARK("values", "Critical applications")},
    {4, WS_MARK("values", "Video")},
    {5, WS_MARK("values", "Voice")},
    {6, WS_MARK("values", "Internetwork control")},
    {7, WS_MARK("values", "Network control")},
};

void describeType(Describer& describer, const VlanTag& tag) {
    if (tag.typeIsLength()) {
        Field& field = describer.description.fields.back();
        field.spec = &vlanFields.length;
        field.value = std::to_string(tag.type);
        field.meaning = bytesName(tag.type);
    }
}

std::uint32_t decodeVlan(Dissection& into, const Part& part) {
    into.push(ProtocolId::vlan);
    Reader reader(part.bytes);
    VlanTag tag;
    openHeader(into, vlanFields.node, part.bytes, VlanTag::size);
    const bool whole = readHeader(reader, tag, into.describer);
    if (into.describer) {
        if (whole)
            describeType(*into.describer, tag);
        into.describer->close();
    }
    if (!whole) {
        markTruncated(into, part);
        return part.length;
    }
    into.link.vlan = tag.id;
    Part payload = part.after(VlanTag::size);
    constexpr std::uint32_t size = VlanTag::size;
    if (tag.typeIsLength()) {
        into.link.type = 0;
        payload = payload.upTo(tag.type);
        return size + std::max(payload.length, decodeChild(into, Binding::Table::EtherType, etherTypeOfLlc,
                                                           payload, Carried::OtherLink));
    }
    into.link.type = tag.type;
    return size + decodeChild(into, Binding::Table::EtherType, tag.type, payload, Carried::OtherLink);
}

} // namespace

Text vlanPriorityName(std::uint64_t priority) {
    return named(priorities, priority);
}

extern const WireProtocol vlanWire;
const WireProtocol vlanWire{ProtocolId::vlan,
                            {{Binding::Table::EtherType, 0x8100, decodeVlan},
                             {Binding::Table::EtherType, 0x88a8, decodeVlan},
                             {Binding::Table::EtherType, 0x9100, decodeVlan}},
                            listOf(vlanFields)};

} // namespace wirestage
