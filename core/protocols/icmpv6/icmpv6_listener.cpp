// SPDX-License-Identifier: GPL-3.0-or-later
// Multicast listener discovery, version 2 (RFC 3810, 5.1 and 5.2): sources beside groups.
#include "core/protocols/icmpv6/icmpv6_wire.h"

namespace wirestage {
namespace {

void describeRecord(Describer& describer, DescribeFields& v, Reader& reader) {
    std::uint64_t ignored = 0;
    std::uint8_t words = 0;
    std::uint16_t sources = 0;
    IpAddress address;
    Bytes bytes;
    const std::uint8_t* from = reader.position();
    describer.open(icmpv6Fields.record, describer.offsetOf(from), 0);
    v.u8(icmpv6Fields.recordType, ignored, icmpv6RecordName);
    v.u8(icmpv6Fields.auxiliaryLength, words, [](std::uint64_t number) { return bytesName(4 * number); });
    v.u16(icmpv6Fields.recordSources, sources);
    v.ipv6(icmpv6Fields.recordGroup, address, ipAddressName);
    for (unsigned i = 0; i < sources && !reader.truncated(); ++i)
        v.ipv6(icmpv6Fields.recordSource, address, ipAddressName);
    if (words > 0)
        v.bytes(icmpv6Fields.auxiliaryData, bytes, std::size_t{4} * words);
    describer.resizeOpen(static_cast<std::uint32_t>(reader.position() - from));
    describer.close();
}

} // namespace

void describeListenerQuery(Describer& describer, Bytes rest) {
    Reader reader(rest);
    DescribeFields v(reader, describer);
    std::uint64_t ignored = 0;
    std::uint16_t sources = 0;
    IpAddress address;
    v.parts8(icmpv6Fields.queryFlags, ignored, [](auto& parts) {
        parts.part(icmpv6Fields.queryReserved, 4);
        parts.part(icmpv6Fields.suppress, 1);
        parts.part(icmpv6Fields.robustness, 3);
    });
    v.u8(icmpv6Fields.interval, ignored);
    v.u16(icmpv6Fields.sourceCount, sources);
    for (unsigned i = 0; i < sources && !reader.truncated(); ++i)
        v.ipv6(icmpv6Fields.source, address, ipAddressName);
}

void describeListenerRecords(Describer& describer, Bytes rest, std::uint16_t count) {
    Reader reader(rest);
    DescribeFields v(reader, describer);
    for (unsigned i = 0; i < count && !reader.empty() && !reader.truncated(); ++i)
        describeRecord(describer, v, reader);
}

} // namespace wirestage
