// SPDX-License-Identifier: GPL-3.0-or-later
// Frames with a length in place of the EtherType carry LLC: its access points name the protocol, or SNAP
// follows.
#include "core/protocols/llc/llc_wire.h"

#include "core/protocols/wire.h"

namespace wirestage {
namespace {

constexpr NamedNumber accessPoints[] = {
    {0x00, WS_MARK("values", "Null")},          {0x06, WS_MARK("values", "IP")},
    {0x42, WS_MARK("values", "Spanning tree")}, {0x98, WS_MARK("values", "ARP")},
    {0xaa, WS_MARK("values", "SNAP")},          {0xe0, WS_MARK("values", "IPX")},
    {0xf0, WS_MARK("values", "NetBIOS")},       {0xfe, WS_MARK("values", "ISO network layer")},
    {0xff, WS_MARK("values", "Global")},
};

/// Numbered frames (information, supervisory) have a second control byte; they are not looked into further.
void describeSecondControlByte(Dissection& into, Reader& reader) {
    const std::uint8_t second = reader.u8();
    if (!into.describer || reader.truncated())
        return;
    Field& control = into.describer->description.fields.back();
    control.number |= std::uint64_t{second} << 8; // the first byte is the lower one (802.2, 5.4)
    control.value = numberAsText(Show::Hexadecimal, control.number, 16);
    control.length = 2;
}

struct Next {
    Binding::Table table = Binding::Table::LlcSap;
    std::uint16_t number = 0;
};

Next readSnap(Dissection& into, Reader& reader) {
    SnapHeader snap;
    if (!readHeader(reader, snap, into.describer))
        return {};
    if (into.describer) {
        Field& type = into.describer->description.fields.back();
        if (snap.isEtherType())
            type.meaning = etherTypeName(snap.type);
        else
            type.spec = &llcFields.protocol;
    }
    if (!snap.isEtherType())
        return {};
    into.link.type = snap.type;
    return {Binding::Table::EtherType, snap.type};
}

std::uint32_t decodeLlc(Dissection& into, const Part& part) {
    into.push(ProtocolId::llc);
    Reader reader(part.bytes);
    LlcHeader header;
    openHeader(into, llcFields.node, part.bytes, 0);
    readHeader(reader, header, into.describer);
    Next next{Binding::Table::LlcSap, header.destination};
    if (!header.isUnnumbered())
        describeSecondControlByte(into, reader);
    else if (header.isSnap() && !reader.truncated())
        next = readSnap(into, reader);
    const std::size_t length = part.bytes.size() - reader.remaining();
    if (into.describer) {
        into.describer->resizeOpen(static_cast<std::uint32_t>(length));
        into.describer->close();
    }
    if (reader.truncated()) {
        markTruncated(into, part);
        return part.length;
    }
    return static_cast<std::uint32_t>(length) +
           decodeChild(into, next.table, next.number, part.after(length), Carried::OtherLink);
}

} // namespace

Text llcSapName(std::uint64_t number) {
    return named(accessPoints, number);
}

extern const WireProtocol llcWire;
const WireProtocol llcWire{
    ProtocolId::llc, {{Binding::Table::EtherType, etherTypeOfLlc, decodeLlc}}, listOf(llcFields)};

} // namespace wirestage
