// SPDX-License-Identifier: GPL-3.0-or-later
// IPv4 options (RFC 791, 3.1; router alert: RFC 2113).
#include "core/protocols/ip/ip_wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint8_t endOfList = 0, noOperation = 1;
constexpr std::uint8_t recordRoute = 7, stream = 136, timestamps = 68, looseRoute = 131, strictRoute = 137,
                       routerAlert = 148;

constexpr NamedNumber optionNames[] = {
    {endOfList, WS_MARK("values", "End of option list")},
    {noOperation, WS_MARK("values", "No operation")},
    {recordRoute, WS_MARK("values", "Record route")},
    {timestamps, WS_MARK("values", "Timestamps")},
    {130, WS_MARK("values", "Security")},
    {looseRoute, WS_MARK("values", "Loose source route")},
    {134, WS_MARK("values", "Commercial security")},
    {stream, WS_MARK("values", "Stream identifier")},
    {strictRoute, WS_MARK("values", "Strict source route")},
    {routerAlert, WS_MARK("values", "Router alert")},
};

constexpr NamedNumber classes[] = {
    {0, WS_MARK("values", "control")},
    {2, WS_MARK("values", "debugging and measurement")},
};

constexpr NamedNumber stampKinds[] = {
    {0, WS_MARK("values", "timestamps only")},
    {1, WS_MARK("values", "address and timestamp of each")},
    {3, WS_MARK("values", "timestamps of the hosts listed")},
};

Text optionName(std::uint64_t type) {
    return named(optionNames, type);
}

/// A route: the pointer counts from the option's first byte, so byte 4 is the first address.
void describeRoute(DescribeFields& v, Reader& data, std::uint8_t type) {
    std::uint8_t pointer = 0;
    v.u8(ipFields.pointer, pointer);
    IpAddress address;
    for (std::size_t place = 4; data.has(4); place += 4) {
        const bool visited = place < pointer;
        const FieldSpec& ahead = type == recordRoute ? ipFields.emptyRoute : ipFields.sourceRoute;
        v.ipv4(visited ? ipFields.recordedRoute : ahead, address);
    }
}

void describeTimestamps(DescribeFields& v, Reader& data) {
    std::uint64_t ignored = 0;
    std::uint8_t kind = 0;
    v.u8(ipFields.pointer, ignored);
    v.bits8([&](auto& word) {
        word.field(ipFields.overflow, 4, ignored);
        word.field(ipFields.stampKind, 4, kind,
                   [](std::uint64_t number) { return named(stampKinds, number); });
    });
    IpAddress address;
    while (data.has(kind == 0 ? 4 : 8)) {
        if (kind != 0)
            v.ipv4(ipFields.stampAddress, address);
        v.u32(ipFields.stamp, ignored);
    }
}

void describeContents(std::uint8_t type, Reader& data, Describer& describer) {
    DescribeFields v(data, describer);
    std::uint64_t ignored = 0;
    Bytes bytes;
    switch (type) {
    case recordRoute:
    case looseRoute:
    case strictRoute: describeRoute(v, data, type); break;
    case timestamps: describeTimestamps(v, data); break;
    case stream: v.u16(ipFields.streamIdentifier, ignored); break;
    case routerAlert: v.u16(ipFields.routerAlert, ignored); break;
    default: break;
    }
    if (!data.empty() && !data.truncated())
        v.bytes(ipFields.optionData, bytes, data.remaining());
}

/// The option at the start. Its length in bytes, or 0 where that is impossible.
std::size_t describeOption(Describer& describer, Bytes options) {
    Reader head(options);
    DescribeFields v(head, describer);
    const std::uint8_t type = options[0];
    const bool single = type == endOfList || type == noOperation;
    const std::size_t length = single ? 1 : options.size() > 1 ? options[1] : 0;
    const bool possible = length <= options.size() && (single || length >= 2);
    std::uint64_t ignored = 0;
    describer.open(ipFields.option, describer.offsetOf(options.data()),
                   static_cast<std::uint32_t>(possible ? length : options.size()), {}, optionName(type));
    v.parts8(
        ipFields.optionType, ignored,
        [](auto& parts) {
            parts.part(ipFields.optionCopied, 1);
            parts.part(ipFields.optionClass, 2, [](std::uint64_t number) { return named(classes, number); });
            parts.part(ipFields.optionNumber, 5);
        },
        optionName);
    if (!single)
        v.u8(ipFields.optionLength, ignored);
    if (possible && !single) {
        Reader data(options.subspan(2, length - 2));
        describeContents(type, data, describer);
    }
    describer.close();
    return possible ? length : 0;
}

} // namespace

bool describeIpOptions(Describer& describer, Bytes options) {
    while (!options.empty()) {
        const bool last = options[0] == endOfList;
        const std::size_t length = describeOption(describer, options);
        if (length == 0)
            return false;
        options = options.subspan(last ? options.size() : length);
    }
    return true;
}

} // namespace wirestage
