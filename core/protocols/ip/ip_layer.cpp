// SPDX-License-Identifier: GPL-3.0-or-later
// IPv4 packets (RFC 791): addresses and fragments for those who group, the payload for the protocol it names.
#include "core/protocols/ip/ip_wire.h"

#include "core/bytes/checksum.h"
#include "core/protocols/wire.h"

#include <algorithm>

namespace wirestage {
namespace {

void keepFacts(NetworkFacts& facts, const IpHeader& header) {
    facts.source = header.source;
    facts.destination = header.destination;
    facts.protocol = header.protocol;
    facts.ttl = header.timeToLive;
    facts.moreFragments = header.moreFragments();
    facts.fragmentOffset = header.fragmentOffset;
    facts.fragment = facts.moreFragments || facts.fragmentOffset != 0;
    facts.identification = header.identification;
}

/// The packet's length. 0 is what a sender's own capture shows where the network card cuts packets up.
std::uint32_t packetLength(const IpHeader& header, const Part& part) {
    const std::uint32_t said = header.totalLength.value_or(0);
    return said == 0 ? part.length : std::min(said, part.length);
}

/// Options and checksum of a header that is there as a whole. False where an option is impossible.
bool describeRest(Describer& describer, Bytes header, bool quoted) {
    InternetChecksum sum;
    sum.add(header);
    describeChecksum(describer, ipFields.checksum, ipFields.checksumStatus, !quoted, sum.value());
    describer.covers(ipFields.checksum, header);
    return describeIpOptions(describer, header.subspan(IpHeader::size));
}

/// True where the header can be true: then its length in bytes is `header.length`.
bool isPossible(const IpHeader& header) {
    const std::uint32_t length = header.length.value_or(0);
    const std::uint32_t total = header.totalLength.value_or(0);
    return header.version == 4 && length >= IpHeader::size && (total == 0 || total >= length);
}

/// Reads and describes the header. 0 where nothing behind it can be read.
std::uint32_t readIpHeader(Dissection& into, IpHeader& header, const Part& part) {
    Reader reader(part.bytes);
    if (!readHeader(reader, header, into.describer)) {
        markTruncated(into, part);
        return 0;
    }
    if (!isPossible(header)) {
        markNonsense(into);
        return 0;
    }
    const std::uint32_t length = *header.length;
    if (length > part.bytes.size()) {
        markTruncated(into, part);
        return 0;
    }
    if (into.describer) {
        into.describer->resizeOpen(length);
        if (!describeRest(*into.describer, part.bytes.first(length), into.quoted))
            markNonsense(into);
    }
    return length;
}

std::uint32_t decodeIp(Dissection& into, const Part& part) {
    into.push(ProtocolId::ip);
    IpHeader header;
    openHeader(into, ipFields.node, part.bytes, IpHeader::size);
    const std::uint32_t headerLength = readIpHeader(into, header, part);
    if (into.describer)
        into.describer->close();
    if (header.source.version != 0 && header.destination.version != 0 && header.version == 4)
        keepFacts(into.network, header);
    if (headerLength == 0) {
        into.carried = Carried::OtherIp;
        return part.length;
    }
    const std::uint32_t length = packetLength(header, part);
    const Part payload = part.upTo(length).after(headerLength);
    const std::uint32_t said = header.totalLength.value_or(0);
    into.network.payload = payload.bytes;
    into.network.payloadLength = said == 0 ? payload.length : said - headerLength;
    if (into.network.fragment && (!into.quoted || header.fragmentOffset != 0)) {
        into.carried = Carried::OtherIp;
        into.payload = payload.bytes;
        return length;
    }
    decodeChild(into, Binding::Table::IpProtocol, header.protocol, payload, Carried::OtherIp);
    return length;
}

} // namespace

extern const WireProtocol ipWire;
const WireProtocol ipWire{ProtocolId::ip,
                          {{Binding::Table::EtherType, 0x0800, decodeIp},
                           {Binding::Table::LinkType, static_cast<std::uint16_t>(LinkType::Ipv4), decodeIp},
                           {Binding::Table::LlcSap, 0x06, decodeIp},
                           {Binding::Table::IpProtocol, 4, decodeIp}},
                          listOf(ipFields)};

void writeIp(Writer& writer, IpHeader header, Bytes options, Bytes payload) {
    const std::size_t start = writer.size();
    const std::size_t padding = (4 - options.size() % 4) % 4;
    const std::size_t length = IpHeader::size + options.size() + padding;
    if (!header.length)
        header.length = static_cast<std::uint8_t>(length);
    if (!header.totalLength)
        header.totalLength = static_cast<std::uint16_t>(length + payload.size());
    writeHeader(writer, header);
    writer.append(options);
    writer.zeros(padding);
    if (!header.checksum) {
        InternetChecksum sum;
        sum.add(writer.from(start));
        writer.patch16(start + 10, sum.value());
    }
    writer.append(payload);
}

} // namespace wirestage
