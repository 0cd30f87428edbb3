// SPDX-License-Identifier: GPL-3.0-or-later
// IPv6 extension headers as a reader of the packet sees them: options (RFC 8200, 4.2), routing headers (RFC
// 5095 withdrew type 0, RFC 6275 has type 2), the Authentication Header (RFC 4302).
#include "core/protocols/ipv6/ipv6_wire.h"

namespace wirestage {
namespace {

constexpr NamedNumber optionNames[] = {
    {0x00, WS_MARK("values", "Pad1")},         {0x01, WS_MARK("values", "PadN")},
    {0x05, WS_MARK("values", "Router alert")}, {0xc2, WS_MARK("values", "Jumbo payload")},
    {0xc9, WS_MARK("values", "Home address")}, {0x26, WS_MARK("values", "Quick-Start")},
    {0x63, WS_MARK("values", "RPL")},
};

constexpr NamedNumber actions[] = {
    {0, WS_MARK("values", "skips it")},
    {1, WS_MARK("values", "discards the packet")},
    {2, WS_MARK("values", "discards the packet and says so by ICMP")},
    {3, WS_MARK("values", "discards the packet and says so by ICMP unless it was multicast")},
};

constexpr NamedNumber alerts[] = {
    {0, WS_MARK("values", "Multicast listener discovery")},
    {1, WS_MARK("values", "RSVP")},
    {2, WS_MARK("values", "Active networks")},
};

constexpr NamedNumber routingTypes[] = {
    {0, WS_MARK("values", "Source route (withdrawn)")},
    {2, WS_MARK("values", "Mobile IPv6")},
    {3, WS_MARK("values", "RPL source route")},
    {4, WS_MARK("values", "Segment routing")},
};

Text optionName(std::uint64_t type) {
    return named(optionNames, type);
}

void describeOptionData(DescribeFields& v, std::uint8_t type, std::size_t length) {
    std::uint64_t ignored = 0;
    Bytes bytes;
    if (type == 0x01 && length > 0)
        v.bytes(ipv6Fields.padding, bytes, length);
    else if (type == 0x05 && length == 2)
        v.u16(ipv6Fields.routerAlert, ignored, [](std::uint64_t number) { return named(alerts, number); });
    else if (type == 0xc2 && length == 4)
        v.u32(ipv6Fields.jumbo, ignored, bytesName);
    else if (length > 0)
        v.bytes(ipv6Fields.unknownOption, bytes, length);
}

void describeOptions(Describer& describer, DescribeFields& v, Reader& reader) {
    while (!reader.empty()) {
        const std::uint8_t type = reader.peek();
        const std::size_t said = type == 0 ? 0 : reader.peek(1);
        const std::size_t whole = type == 0 ? 1 : 2 + said;
        describer.open(ipv6Fields.option, describer.offsetOf(reader.position()),
                       static_cast<std::uint32_t>(std::min(whole, reader.remaining())), {}, optionName(type));
        std::uint64_t ignored = 0;
        v.parts8(
            ipv6Fields.optionType, ignored,
            [](auto& parts) {
                parts.part(ipv6Fields.optionAction, 2,
                           [](std::uint64_t number) { return named(actions, number); });
                parts.part(ipv6Fields.optionChange, 1);
                parts.part(ipv6Fields.optionRest, 5);
            },
            optionName);
        if (type != 0) {
            v.u8(ipv6Fields.optionLength, ignored, bytesName);
            describeOptionData(v, type, said);
        }
        describer.close();
    }
}

void describeRouting(DescribeFields& v, Reader& reader) {
    std::uint64_t ignored = 0;
    std::uint8_t type = 0xff;
    v.u8(ipv6Fields.routingType, type, [](std::uint64_t number) { return named(routingTypes, number); });
    v.u8(ipv6Fields.segmentsLeft, ignored);
    Bytes bytes;
    IpAddress address;
    if (type == 0 || type == 2) {
        v.bytes(ipv6Fields.routingReserved, bytes, 4);
        while (reader.has(16))
            v.ipv6(ipv6Fields.routingAddress, address, ipAddressName);
    }
    if (!reader.empty())
        v.bytes(ipv6Fields.routingData, bytes, reader.remaining());
}

void describeAuthentication(DescribeFields& v, Reader& reader) {
    std::uint64_t ignored = 0;
    Bytes bytes;
    v.bytes(ipv6Fields.authenticationReserved, bytes, 2);
    v.u32(ipv6Fields.securityParameters, ignored);
    v.u32(ipv6Fields.authenticationSequence, ignored);
    if (!reader.empty())
        v.bytes(ipv6Fields.checkValue, bytes, reader.remaining());
}

struct Names {
    const FieldSpec &node, &next, &length;
};

Names namesOf(std::uint8_t number) {
    switch (number) {
    case 0: return {ipv6Fields.hopByHop, ipv6Fields.hopByHopNext, ipv6Fields.hopByHopLength};
    case 43: return {ipv6Fields.routing, ipv6Fields.routingNext, ipv6Fields.routingLength};
    case 51:
        return {ipv6Fields.authentication, ipv6Fields.authenticationNext, ipv6Fields.authenticationLength};
    default: return {ipv6Fields.destinationOptions, ipv6Fields.destinationNext, ipv6Fields.destinationLength};
    }
}

} // namespace

void describeIpv6Extension(Describer& describer, std::uint8_t number, Bytes header) {
    Reader reader(header);
    DescribeFields v(reader, describer);
    const Names names = namesOf(number);
    const auto size = static_cast<std::uint32_t>(header.size());
    const auto sizeName = [size](std::uint64_t) { return bytesName(size); };
    std::uint64_t ignored = 0;
    describer.open(names.node, describer.offsetOf(header.data()), size);
    v.u8(names.next, ignored, ipProtocolName);
    v.u8(names.length, ignored, sizeName);
    if (number == 43)
        describeRouting(v, reader);
    else if (number == 51)
        describeAuthentication(v, reader);
    else
        describeOptions(describer, v, reader);
    describer.close();
}

} // namespace wirestage
