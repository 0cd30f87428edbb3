// SPDX-License-Identifier: GPL-3.0-or-later
// Options of neighbour discovery: RFC 4861, 4.6; routes RFC 4191; DNS servers and search list RFC 8106; nonce
// RFC 3971.
#include "core/protocols/icmpv6/icmpv6_options.h"

#include "core/protocols/icmpv6/icmpv6_wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint8_t redirectedHeader = 4;

void describeLinkAddress(DescribeFields& v, Reader& data) {
    MacAddress mac;
    Bytes other;
    if (data.remaining() == 6)
        v.mac(icmpv6Fields.linkAddress, mac, macAddressName);
    else
        v.bytes(icmpv6Fields.linkAddress, other, data.remaining());
}

void describePrefix(DescribeFields& v) {
    std::uint64_t ignored = 0;
    IpAddress prefix;
    v.u8(icmpv6Fields.prefixLength, ignored);
    v.parts8(icmpv6Fields.prefixFlags, ignored, [](auto& parts) {
        parts.part(icmpv6Fields.onLink, 1);
        parts.part(icmpv6Fields.autonomous, 1);
        parts.part(icmpv6Fields.routerAddress, 1);
        parts.part(icmpv6Fields.prefixReserved, 5);
    });
    v.u32(icmpv6Fields.validLifetime, ignored, secondsName);
    v.u32(icmpv6Fields.preferredLifetime, ignored, secondsName);
    detail::reserved6(v, 4);
    v.ipv6(icmpv6Fields.prefix, prefix);
}

/// The prefix may be cut to 0, 8 or 16 bytes (RFC 4191, 2.3).
void describeRoute(DescribeFields& v, Reader& data, Describer& describer) {
    std::uint64_t ignored = 0;
    v.u8(icmpv6Fields.prefixLength, ignored);
    v.parts8(icmpv6Fields.routeFlags, ignored, [](auto& parts) {
        parts.skip(3);
        parts.part(icmpv6Fields.routePreference, 2, routerPreferenceName);
    });
    v.u32(icmpv6Fields.routeLifetime, ignored, secondsName);
    std::array<std::uint8_t, 16> whole{};
    const Bytes rest = data.take(std::min<std::size_t>(16, data.remaining()));
    std::copy(rest.begin(), rest.end(), whole.begin());
    describer.add(icmpv6Fields.prefix, 0, toString(IpAddress::v6(whole.data())),
                  describer.offsetOf(rest.data()), static_cast<std::uint32_t>(rest.size()));
}

void describeServers(DescribeFields& v, Reader& data) {
    std::uint64_t ignored = 0;
    IpAddress server;
    detail::reserved6(v, 2);
    v.u32(icmpv6Fields.serversLifetime, ignored, secondsName);
    while (data.has(16))
        v.ipv6(icmpv6Fields.server, server, ipAddressName);
}

/// A name of labels up to an empty one; none where the bytes end before.
std::string readName(Reader& data) {
    std::string name;
    while (!data.empty()) {
        const std::uint8_t length = data.u8();
        if (length == 0 || !data.has(length))
            break;
        const Bytes label = data.take(length);
        name += (name.empty() ? "" : ".") +
                printable({reinterpret_cast<const char*>(label.data()), label.size()}, 63);
    }
    return name;
}

void describeSearchList(DescribeFields& v, Reader& data, Describer& describer) {
    std::uint64_t ignored = 0;
    detail::reserved6(v, 2);
    v.u32(icmpv6Fields.searchLifetime, ignored, secondsName);
    while (!data.empty()) {
        const std::uint8_t* from = data.position();
        const std::string name = readName(data);
        if (!name.empty())
            describer.add(icmpv6Fields.searchDomain, 0, name, describer.offsetOf(from),
                          static_cast<std::uint32_t>(data.position() - from));
    }
}

void decodeContents(Dissection& into, std::uint8_t type, Bytes contents) {
    Reader data(contents);
    DescribeFields v(data, *into.describer);
    std::uint64_t ignored = 0;
    Bytes bytes;
    switch (type) {
    case 1:
    case 2: describeLinkAddress(v, data); break;
    case 3: describePrefix(v); break;
    case 5:
        detail::reserved6(v, 2);
        v.u32(icmpv6Fields.linkMtu, ignored, bytesName);
        break;
    case 14: v.bytes(icmpv6Fields.nonce, bytes, data.remaining()); break;
    case 24: describeRoute(v, data, *into.describer); break;
    case 25: describeServers(v, data); break;
    case 31: describeSearchList(v, data, *into.describer); break;
    default: v.bytes(icmpv6Fields.optionData, bytes, data.remaining()); break;
    }
}

void decodeOption(Dissection& into, Bytes option) {
    const std::uint8_t type = option[0];
    Describer* describer = into.describer;
    if (describer) {
        Reader reader(option);
        DescribeFields v(reader, *describer);
        std::uint64_t ignored = 0;
        describer->open(icmpv6Fields.option, describer->offsetOf(option.data()),
                        static_cast<std::uint32_t>(option.size()), {}, icmpv6OptionName(type));
        v.u8(icmpv6Fields.optionType, ignored, icmpv6OptionName);
        v.u8(icmpv6Fields.optionLength, ignored, [](std::uint64_t units) { return bytesName(8 * units); });
    }
    // RFC 4861, 4.6.3: six reserved bytes before the packet
    if (type == redirectedHeader)
        decodeQuoted(into, 0x86dd, {option.subspan(8), static_cast<std::uint32_t>(option.size() - 8)});
    else if (describer)
        decodeContents(into, type, option.subspan(2));
    if (describer)
        describer->close();
}

} // namespace

void decodeDiscoveryOptions(Dissection& into, Bytes options) {
    while (options.size() >= 2) {
        const std::size_t length = std::size_t{8} * options[1];
        if (length == 0 || length > options.size()) {
            if (!into.quoted)
                markNonsense(into);
            return;
        }
        decodeOption(into, options.first(length));
        options = options.subspan(length);
    }
}

} // namespace wirestage
