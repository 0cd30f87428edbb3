// SPDX-License-Identifier: GPL-3.0-or-later
// Linux cooked captures: they know the sender's address and the direction, but no destination address.
#include "core/protocols/sll/sll_wire.h"

#include "core/protocols/wire.h"

namespace wirestage {
namespace {

constexpr NamedNumber packetTypes[] = {
    {0, WS_MARK("values", "to us")},      {1, WS_MARK("values", "broadcast")},
    {2, WS_MARK("values", "multicast")},  {3, WS_MARK("values", "to somebody else")},
    {4, WS_MARK("values", "sent by us")},
};

/// The address field holds six bytes of an Ethernet address only where its length says so.
void describeAddress(Describer& describer, std::uint16_t length, std::uint16_t type) {
    for (Field& field : describer.description.fields) {
        if (field.spec == &sllFields.source && length != 6) {
            field.spec = &sllFields.otherSource;
            std::erase(field.value, ':');
            field.value.resize(std::min<std::size_t>(field.value.size(), 2 * std::size_t{length}));
            field.meaning = {};
        }
        if (field.spec == &sllFields.type && type < 0x600)
            field.spec = &sllFields.linuxType;
    }
}

template <class Header>
std::uint32_t decode(Dissection& into, const Part& part) {
    into.push(ProtocolId::sll);
    Reader reader(part.bytes);
    Header header;
    openHeader(into, sllFields.node, part.bytes, Header::size);
    const bool whole = readHeader(reader, header, into.describer);
    if (into.describer) {
        if (whole)
            describeAddress(*into.describer, header.addressLength, header.type);
        into.describer->close();
    }
    if (!whole) {
        markTruncated(into, part);
        return part.length;
    }
    if (header.addressLength == 6)
        into.link.source = header.source;
    into.link.type = header.type < 0x600 ? 0 : header.type;
    decodeChild(into, Binding::Table::EtherType, header.type, part.after(Header::size), Carried::OtherLink);
    return part.length;
}

constexpr auto linkType = Binding::Table::LinkType;

} // namespace

Text sllPacketTypeName(std::uint64_t number) {
    return named(packetTypes, number);
}

extern const WireProtocol sllWire;
const WireProtocol sllWire{
    ProtocolId::sll,
    {{linkType, static_cast<std::uint16_t>(LinkType::LinuxCooked), decode<SllHeader>},
     {linkType, static_cast<std::uint16_t>(LinkType::LinuxCooked2), decode<Sll2Header>}},
    listOf(sllFields)};

} // namespace wirestage
