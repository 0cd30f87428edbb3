// SPDX-License-Identifier: GPL-3.0-or-later
// ICMP (RFC 792): questions and answers by identifier and sequence, errors with the packet that caused them.
#include "core/protocols/icmp/icmp_wire.h"

#include "core/bytes/checksum.h"
#include "core/protocols/wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint8_t icmpNumber = 1;
constexpr std::size_t oldQuoteLength =
    128; ///< RFC 4884, 5.5: where extensions began before the length was there

/// Where the quoted packet ends: at an extension structure, if there is one.
std::size_t quoteLength(const IcmpHeader& header, Bytes rest) {
    const bool extensible = header.type == 3 || header.type == 11 || header.type == 12;
    if (!extensible)
        return rest.size();
    if (header.originalLength > 0)
        return std::min(rest.size(), std::size_t{4} * header.originalLength);
    const bool looksLikeOne =
        rest.size() >= oldQuoteLength + 4 && rest[oldQuoteLength] == 0x20 && rest[oldQuoteLength + 1] == 0;
    return looksLikeOne ? oldQuoteLength : rest.size();
}

void decodeError(Dissection& into, const IcmpHeader& header, Part rest) {
    const auto length = static_cast<std::uint32_t>(quoteLength(header, rest.bytes));
    decodeQuoted(into, 0x0800, rest.upTo(length));
    if (into.describer && length + 4 <= rest.bytes.size())
        describeIcmpExtension(*into.describer, rest.bytes.subspan(length));
}

/// Router advertisement: pairs of address and preference, in entries of a size that the message states.
void describeRouters(Dissection& into, const IcmpHeader& header, Bytes rest) {
    Reader reader(rest);
    DescribeFields v(reader, *into.describer);
    for (unsigned i = 0; i < header.addressCount && reader.has(8) && header.entrySize >= 2; ++i) {
        IpAddress address;
        std::uint32_t preference = 0;
        v.ipv4(icmpFields.routerAddress, address);
        v.u32(icmpFields.preference, preference);
        reader.skip(4 * (header.entrySize - std::size_t{2}));
    }
}

void decodeRest(Dissection& into, const IcmpHeader& header, Part rest) {
    if (header.isError())
        decodeError(into, header, rest);
    else if (header.type == 9 && into.describer)
        describeRouters(into, header, rest.bytes);
    else
        describeData(into, icmpFields.data, rest.bytes);
}

std::uint32_t decodeIcmp(Dissection& into, const Part& part) {
    into.push(ProtocolId::icmp);
    into.carried = Carried::Icmp;
    Reader reader(part.bytes);
    IcmpHeader header;
    header.type = 255; // of an empty message
    Describer* describer = into.describer;
    openHeader(into, icmpFields.node, part.bytes, part.bytes.size());
    const bool whole = readHeader(reader, header, describer);
    into.icmp.type = header.type;
    into.icmp.code = header.code;
    into.icmp.identifier = header.identifier;
    into.icmp.sequence = header.type >= 42 ? header.extendedSequence : header.sequence;
    if (!whole)
        markTruncated(into, part);
    if (describer) {
        InternetChecksum sum;
        sum.add(part.bytes);
        describeChecksum(*describer, icmpFields.checksum, icmpFields.checksumStatus,
                         !into.quoted && part.bytes.size() == part.length, sum.value());
        describer->covers(icmpFields.checksum, part.bytes);
    }
    if (whole)
        decodeRest(into, header, part.after(part.bytes.size() - reader.remaining()));
    if (describer)
        describer->close();
    return part.length;
}

} // namespace

extern const WireProtocol icmpWire;
const WireProtocol icmpWire{
    ProtocolId::icmp, {{Binding::Table::IpProtocol, icmpNumber, decodeIcmp}}, listOf(icmpFields)};

void writeIcmp(Writer& writer, const IcmpHeader& header, Bytes rest) {
    const std::size_t start = writer.size();
    writeHeader(writer, header);
    writer.append(rest);
    if (header.checksum)
        return;
    InternetChecksum sum;
    sum.add(writer.from(start));
    writer.patch16(start + 2, sum.value());
}

} // namespace wirestage
