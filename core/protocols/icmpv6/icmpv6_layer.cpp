// SPDX-License-Identifier: GPL-3.0-or-later
// ICMPv6 (RFC 4443): errors with the packet that caused them, echoes, and neighbour discovery, which is
// IPv6's ARP.
#include "core/protocols/icmpv6/icmpv6_wire.h"

#include "core/bytes/checksum.h"
#include "core/protocols/icmp/icmp_wire.h"
#include "core/protocols/icmpv6/icmpv6_options.h"
#include "core/protocols/wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint8_t icmpv6Number = 58;
constexpr std::uint8_t listenerQuery = 130;

void decodeError(Dissection& into, const Icmpv6Header& header, Part rest) {
    const std::size_t said = std::size_t{8} * header.originalLength;
    const std::size_t length = said > 0 ? std::min(rest.bytes.size(), said) : rest.bytes.size();
    decodeQuoted(into, 0x86dd, rest.upTo(static_cast<std::uint32_t>(length)));
    if (into.describer && length + 4 <= rest.bytes.size())
        describeIcmpExtension(*into.describer, rest.bytes.subspan(length));
}

void decodeRest(Dissection& into, const Icmpv6Header& header, Part rest) {
    Describer* describer = into.describer;
    if (header.isError())
        decodeError(into, header, rest);
    else if (header.isDiscovery())
        decodeDiscoveryOptions(into, rest.bytes);
    else if (!describer || rest.bytes.empty())
        return;
    else if (header.type == listenerQuery)
        describeListenerQuery(*describer, rest.bytes);
    else if (header.type == 143)
        describeListenerRecords(*describer, rest.bytes, header.records);
    else
        describeData(into, icmpv6Fields.data, rest.bytes);
}

/// Version 2 of a listener query is told by its length alone (RFC 3810, 8.1).
void nameResponseCode(Describer& describer, const Icmpv6Header& header, std::uint32_t length) {
    if (header.type != listenerQuery || length < 28)
        return;
    for (Field& field : describer.description.fields)
        if (field.spec == &icmpv6Fields.responseDelay)
            field.spec = &icmpv6Fields.responseCode;
}

void describeSum(const Dissection& into, const Part& part) {
    InternetChecksum sum;
    sum.addPseudoHeader(into.network.source, into.network.destination, icmpv6Number, part.length);
    sum.add(part.bytes);
    describeChecksum(*into.describer, icmpv6Fields.checksum, icmpv6Fields.checksumStatus,
                     !into.quoted && part.bytes.size() == part.length, sum.value());
    into.describer->covers(icmpv6Fields.checksum, part.bytes, into.network.source, into.network.destination);
}

std::uint32_t decodeIcmpv6(Dissection& into, const Part& part) {
    into.push(ProtocolId::icmpv6);
    into.carried = Carried::Icmpv6;
    Reader reader(part.bytes);
    Icmpv6Header header;
    header.type = 255; // of an empty message
    Describer* describer = into.describer;
    openHeader(into, icmpv6Fields.node, part.bytes, part.bytes.size());
    const bool whole = readHeader(reader, header, describer);
    into.icmp.type = header.type;
    into.icmp.code = header.code;
    into.icmp.identifier = header.identifier;
    into.icmp.sequence = header.sequence;
    into.icmp.target = header.target;
    if (!whole)
        markTruncated(into, part);
    if (describer) {
        describeSum(into, part);
        nameResponseCode(*describer, header, part.length);
    }
    if (whole)
        decodeRest(into, header, part.after(part.bytes.size() - reader.remaining()));
    if (describer)
        describer->close();
    return part.length;
}

} // namespace

extern const WireProtocol icmpv6Wire;
const WireProtocol icmpv6Wire{
    ProtocolId::icmpv6, {{Binding::Table::IpProtocol, icmpv6Number, decodeIcmpv6}}, listOf(icmpv6Fields)};

void writeIcmpv6(Writer& writer, const Icmpv6Header& header, const IpAddress& source,
                 const IpAddress& destination, Bytes rest) {
    const std::size_t start = writer.size();
    writeHeader(writer, header);
    writer.append(rest);
    if (header.checksum)
        return;
    InternetChecksum sum;
    sum.addPseudoHeader(source, destination, icmpv6Number, static_cast<std::uint32_t>(writer.size() - start));
    sum.add(writer.from(start));
    writer.patch16(start + 2, sum.value());
}

} // namespace wirestage
