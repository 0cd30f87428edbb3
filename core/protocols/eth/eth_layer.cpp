// SPDX-License-Identifier: GPL-3.0-or-later
// Ethernet: hands its payload to whom the type names, or to LLC where the type is a length, and shows what
// pads a short frame to the 60 bytes (without check sequence) that IEEE 802.3 asks for.
#include "core/protocols/eth/eth_wire.h"

#include "core/protocols/wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::size_t shortestFrame = 60;

void describeRest(Dissection& into, const FieldSpec& node, Bytes frame, std::size_t used) {
    if (used >= frame.size())
        return;
    Bytes rest = frame.subspan(used);
    Bytes padding = used < shortestFrame ? rest.first(std::min(rest.size(), shortestFrame - used)) : Bytes{};
    if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte != 0; }))
        padding = {};
    into.describer->open(node, into.describer->offsetOf(rest.data()),
                         static_cast<std::uint32_t>(rest.size()));
    describeData(into, ethFields.padding, padding);
    describeData(into, ethFields.trailer, rest.subspan(padding.size()));
    into.describer->close();
}

void describeType(Describer& describer, const EthHeader& header) {
    if (header.typeIsLength()) {
        Field& field = describer.description.fields.back();
        field.spec = &ethFields.length;
        field.value = std::to_string(header.type);
        field.meaning = bytesName(header.type);
    }
}

std::uint32_t decodeEth(Dissection& into, const Part& part) {
    into.push(ProtocolId::eth);
    Reader reader(part.bytes);
    EthHeader header;
    openHeader(into, ethFields.node, part.bytes, EthHeader::size);
    const bool whole = readHeader(reader, header, into.describer);
    if (into.describer) {
        if (whole)
            describeType(*into.describer, header);
        into.describer->close();
    }
    if (!whole) {
        markTruncated(into, part);
        return part.length;
    }
    into.link.source = header.source;
    into.link.destination = header.destination;
    into.link.hasAddresses = true;
    Part payload = part.after(EthHeader::size);
    std::uint32_t used = EthHeader::size;
    if (header.typeIsLength()) {
        payload = payload.upTo(header.type);
        used += std::max(payload.length, decodeChild(into, Binding::Table::EtherType, etherTypeOfLlc, payload,
                                                     Carried::OtherLink));
    } else {
        into.link.type = header.type;
        used += decodeChild(into, Binding::Table::EtherType, header.type, payload, Carried::OtherLink);
    }
    if (into.describer)
        describeRest(into, ethFields.node, part.bytes, used);
    return part.length;
}

} // namespace

extern const WireProtocol ethWire;
const WireProtocol ethWire{
    ProtocolId::eth,
    {{Binding::Table::LinkType, static_cast<std::uint16_t>(LinkType::Ethernet), decodeEth},
     {Binding::Table::EtherType, 0x6558, decodeEth}},
    listOf(ethFields)};

} // namespace wirestage
