// SPDX-License-Identifier: GPL-3.0-or-later
// TCP segments (RFC 9293): the header, the options of a SYN for those who follow the connection, and the
// payload.
#include "core/protocols/tcp/tcp_wire.h"

#include "core/bytes/checksum.h"
#include "core/protocols/wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint8_t tcpNumber = 6;
constexpr std::uint8_t synFlag = 2;

constexpr std::array flagNames{"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"};

/// Twelve places, a dot for a flag that is not set, as tshark prints them.
std::string flagLetters(std::uint16_t flags) {
    constexpr std::string_view letters = "RRRACEUAPRSF";
    std::string text;
    for (unsigned i = 0; i < letters.size(); ++i)
        if (flags >> (11 - i) & 1)
            text += letters[i];
        else
            text += "·";
    return text;
}

/// Options, checksum and everything else that only a reader of the packet wants to see.
void describeRest(Dissection& into, const TcpHeader& header, const Part& part) {
    Describer& describer = *into.describer;
    describer.addGenerated(tcpFields.flagLetters, 0, flagLetters(header.flags));
    InternetChecksum sum;
    sum.addPseudoHeader(into.network.source, into.network.destination, tcpNumber, part.length);
    sum.add(part.bytes);
    describeChecksum(describer, tcpFields.checksum, tcpFields.checksumStatus,
                     !into.quoted && part.bytes.size() == part.length, sum.value());
    describer.covers(tcpFields.checksum, part.bytes, into.network.source, into.network.destination);
    const std::size_t end = std::min<std::size_t>(header.length.value_or(TcpHeader::size), part.bytes.size());
    if (end > TcpHeader::size &&
        !describeTcpOptions(describer, part.bytes.subspan(TcpHeader::size, end - TcpHeader::size)))
        markNonsense(into);
    if (!into.quoted)
        describer
            .addGenerated(tcpFields.length, into.tcp.payloadLength, std::to_string(into.tcp.payloadLength))
            .meaning = bytesName(into.tcp.payloadLength);
    describeData(into, tcpFields.payload, into.payload);
}

/// A quoted segment belongs to a connection whose beginning nobody looks up: its numbers count as they stand.
void describeQuotedNumbers(Describer& describer, const TcpHeader& header, bool whole) {
    for (Field& field : describer.description.fields)
        if (field.spec == &tcpFields.sequence)
            field.spec = &tcpFields.relativeSequence;
    if (!whole)
        return;
    describer.addGenerated(tcpFields.relativeAcknowledgement, header.acknowledgement,
                           std::to_string(header.acknowledgement));
    describer.addGenerated(tcpFields.scaledWindow, header.window, std::to_string(header.window));
}

/// What lies behind the header, and whether the header's own length is possible.
void findPayload(Dissection& into, const TcpHeader& header, const Part& part) {
    const std::uint32_t length = header.length.value_or(0);
    if (length < TcpHeader::size || length > part.length) {
        markNonsense(into);
        return;
    }
    into.tcp.payloadLength = part.length - length;
    if (length > part.bytes.size()) {
        markTruncated(into, part);
        return;
    }
    into.payload = part.bytes.subspan(length);
    if (header.flags & synFlag) {
        const TcpSynOptions options =
            readTcpSynOptions(part.bytes.subspan(TcpHeader::size, length - TcpHeader::size));
        into.tcp.windowScale = options.windowScale;
        into.tcp.maximumSegmentSize = options.maximumSegmentSize;
    }
}

std::uint32_t decodeTcp(Dissection& into, const Part& part) {
    into.push(ProtocolId::tcp);
    into.carried = Carried::Tcp;
    Reader reader(part.bytes);
    TcpHeader header;
    Describer* describer = into.describer;
    openHeader(into, tcpFields.node, part.bytes, TcpHeader::size);
    const bool whole = readHeader(reader, header, describer);
    into.sourcePort = header.sourcePort;
    into.destinationPort = header.destinationPort;
    into.tcp.sequence = header.sequence;
    into.tcp.acknowledgement = header.acknowledgement;
    into.tcp.window = header.window;
    into.tcp.flags = static_cast<std::uint8_t>(header.flags);
    if (whole)
        findPayload(into, header, part);
    else
        markTruncated(into, part);
    if (describer) {
        if (whole) {
            describer->resizeOpen(std::min<std::uint32_t>(header.length.value_or(0),
                                                          static_cast<std::uint32_t>(part.bytes.size())));
            describeRest(into, header, part);
        }
        if (into.quoted)
            describeQuotedNumbers(*describer, header, whole);
        describer->close();
    }
    return part.length;
}

} // namespace

extern const WireProtocol tcpWire;
const WireProtocol tcpWire{
    ProtocolId::tcp, {{Binding::Table::IpProtocol, tcpNumber, decodeTcp}}, listOf(tcpFields)};

Text tcpFlagNames(std::uint64_t flags) {
    std::string names;
    // The order in which everybody says them: SYN first, ACK after it.
    for (const unsigned bit : {1U, 0U, 2U, 3U, 4U, 5U, 6U, 7U, 8U})
        if (flags >> bit & 1)
            names += (names.empty() ? "" : ", ") + std::string(flagNames[bit]);
    return Text::verbatim(std::move(names));
}

void writeTcp(Writer& writer, TcpHeader header, Bytes options, const IpAddress& source,
              const IpAddress& destination, Bytes payload) {
    const std::size_t start = writer.size();
    const std::size_t padding = (4 - options.size() % 4) % 4;
    if (!header.length)
        header.length = static_cast<std::uint8_t>(TcpHeader::size + options.size() + padding);
    writeHeader(writer, header);
    writer.append(options);
    writer.zeros(padding);
    writer.append(payload);
    if (header.checksum)
        return;
    InternetChecksum sum;
    sum.addPseudoHeader(source, destination, tcpNumber, static_cast<std::uint32_t>(writer.size() - start));
    sum.add(writer.from(start));
    writer.patch16(start + 16, sum.value());
}

} // namespace wirestage
