// SPDX-License-Identifier: GPL-3.0-or-later
// IPv6 packets (RFC 8200): the header, the chain of extension headers up to a fragment or the payload's
// protocol.
#include "core/protocols/ipv6/ipv6_wire.h"

#include "core/protocols/wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint8_t hopByHop = 0, routing = 43, fragmentHeader = 44, authentication = 51,
                       destinationOptions = 60;

bool isExtension(std::uint8_t number) {
    return number == hopByHop || number == routing || number == fragmentHeader || number == authentication ||
           number == destinationOptions;
}

/// The chain stops: what is left is nobody's.
std::uint32_t stop(Dissection& into, const Part& part) {
    into.carried = Carried::OtherIp;
    into.payload = part.bytes;
    return part.length;
}

bool readFragmentHeader(Dissection& into, const Part& part) {
    Reader reader(part.bytes);
    Ipv6FragmentHeader header;
    openHeader(into, ipv6Fields.fragment, part.bytes, header.size);
    const bool whole = readHeader(reader, header, into.describer);
    if (into.describer)
        into.describer->close();
    if (!whole)
        return false;
    NetworkFacts& facts = into.network;
    facts.protocol = header.next;
    facts.identification = header.identification;
    facts.fragmentOffset = header.offset;
    facts.moreFragments = header.moreFragments;
    facts.fragment =
        header.moreFragments || header.offset != 0; // RFC 6946: else it is whole, an atomic fragment
    return true;
}

/// Length of an extension header other than the fragment header, or 0 where it is not there as a whole.
std::size_t extensionLength(std::uint8_t number, Bytes bytes) {
    if (bytes.size() < 8)
        return 0;
    const std::size_t length =
        number == authentication ? (bytes[1] + 2) * std::size_t{4} : (bytes[1] + 1) * std::size_t{8};
    return length > bytes.size() || length < 8 ? 0 : length;
}

/// Starts with the header that `network.protocol` names.
std::uint32_t decodeExtensions(Dissection& into, const Part& whole) {
    Part part = whole;
    while (isExtension(into.network.protocol)) {
        const std::uint8_t number = into.network.protocol;
        std::size_t length = 8;
        if (number == fragmentHeader) {
            if (!readFragmentHeader(into, part))
                length = 0;
        } else {
            length = extensionLength(number, part.bytes);
            if (length > 0 && into.describer)
                describeIpv6Extension(*into.describer, number, part.bytes.first(length));
        }
        if (length == 0) {
            markTruncated(into, part);
            stop(into, part);
            return whole.length;
        }
        if (number != fragmentHeader)
            into.network.protocol = part.bytes[0];
        part = part.after(length);
        into.network.payload = part.bytes;
        into.network.payloadLength -=
            std::min(into.network.payloadLength, static_cast<std::uint32_t>(length));
        if (into.network.fragment && (!into.quoted || into.network.fragmentOffset != 0)) {
            stop(into, part);
            return whole.length;
        }
    }
    decodeChild(into, Binding::Table::IpProtocol, into.network.protocol, part, Carried::OtherIp);
    return whole.length;
}

std::uint32_t decodeIpv6(Dissection& into, const Part& part) {
    into.push(ProtocolId::ipv6);
    Reader reader(part.bytes);
    Ipv6Header header;
    openHeader(into, ipv6Fields.node, part.bytes, Ipv6Header::size);
    const bool whole = readHeader(reader, header, into.describer);
    if (into.describer)
        into.describer->close();
    if (!whole || header.version != 6) {
        if (whole)
            markNonsense(into);
        else
            markTruncated(into, part);
        return stop(into, part);
    }
    const std::uint32_t said = header.payloadLength.value_or(0);
    Part payload = part.after(Ipv6Header::size);
    if (said != 0) // 0: a jumbogram, or a packet that the network card is to cut up
        payload = payload.upTo(said);
    into.network = NetworkFacts{};
    into.network.source = header.source;
    into.network.destination = header.destination;
    into.network.protocol = header.next;
    into.network.ttl = header.hopLimit;
    into.network.payload = payload.bytes;
    into.network.payloadLength = said != 0 ? said : payload.length;
    return static_cast<std::uint32_t>(Ipv6Header::size) +
           decodeChild(into, Binding::Table::IpProtocol, header.next, payload, Carried::OtherIp);
}

constexpr auto ipProtocol = Binding::Table::IpProtocol;

} // namespace

extern const WireProtocol ipv6Wire;
const WireProtocol ipv6Wire{
    ProtocolId::ipv6,
    {{Binding::Table::EtherType, 0x86dd, decodeIpv6},
     {Binding::Table::LinkType, static_cast<std::uint16_t>(LinkType::Ipv6), decodeIpv6},
     {ipProtocol, 41, decodeIpv6},
     {ipProtocol, hopByHop, decodeExtensions},
     {ipProtocol, routing, decodeExtensions},
     {ipProtocol, fragmentHeader, decodeExtensions},
     {ipProtocol, authentication, decodeExtensions},
     {ipProtocol, destinationOptions, decodeExtensions}},
    listOf(ipv6Fields)};

void writeIpv6(Writer& writer, Ipv6Header header, Bytes payload) {
    if (!header.payloadLength)
        header.payloadLength = static_cast<std::uint16_t>(payload.size());
    writeHeader(writer, header);
    writer.append(payload);
}

} // namespace wirestage
