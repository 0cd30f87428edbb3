// SPDX-License-Identifier: GPL-3.0-or-later
// TCP options: a kind, a length and data, but for the two kinds of one byte (RFC 9293, 3.1).
#include "core/protocols/tcp/tcp_wire.h"

#include <algorithm>
#include <fmt/format.h>

namespace wirestage {
namespace {

constexpr std::uint8_t endOfList = 0, noOperation = 1;

constexpr NamedNumber optionNames[] = {
    {0, WS_MARK("values", "End of option list")},
    {1, WS_MARK("values", "No operation")},
    {2, WS_MARK("values", "Maximum segment size")},
    {3, WS_MARK("values", "Window scale")},
    {4, WS_MARK("values", "Selective acknowledgment permitted")},
    {5, WS_MARK("values", "Selective acknowledgment")},
    {8, WS_MARK("values", "Timestamps")},
    {19, WS_MARK("values", "MD5 signature")},
    {28, WS_MARK("values", "User timeout")},
    {29, WS_MARK("values", "Authentication")},
    {30, WS_MARK("values", "Multipath TCP")},
    {34, WS_MARK("values", "Fast Open")},
    {253, WS_MARK("values", "Experimental")},
    {254, WS_MARK("values", "Experimental")},
};

Text optionName(std::uint64_t kind) {
    return named(optionNames, kind);
}

/// Runs one field over what is left of an option.
void rest(DescribeFields& v, Reader& data, const FieldSpec& spec) {
    Bytes bytes;
    if (!data.empty())
        v.bytes(spec, bytes, data.remaining());
}

void describeWindowScale(DescribeFields& v, Describer& describer) {
    std::uint8_t shift = 255;
    v.u8(tcpFields.windowShift, shift);
    if (shift == 255)
        return;
    const unsigned used = std::min<unsigned>(shift, 14); // RFC 7323, 2.3
    describer.addGenerated(tcpFields.windowMultiplier, 1U << used, std::to_string(1U << used));
}

void describeSack(DescribeFields& v, Reader& data, Describer& describer) {
    std::uint32_t edge = 0;
    unsigned count = 0;
    for (; data.has(8); ++count) {
        v.u32(tcpFields.sackLeft, edge);
        v.u32(tcpFields.sackRight, edge);
    }
    describer.addGenerated(tcpFields.sackCount, count, std::to_string(count));
}

void describeFastOpen(DescribeFields& v, Reader& data, Describer& describer) {
    if (data.empty())
        describer.add(tcpFields.fastOpenRequest, 0, {}, describer.offsetOf(data.position()), 0);
    else
        rest(v, data, tcpFields.fastOpenCookie);
}

void describeContents(std::uint8_t kind, Reader& data, Describer& describer) {
    DescribeFields v(data, describer);
    std::uint64_t value = 0;
    switch (kind) {
    case 2: v.u16(tcpFields.maximumSegmentSize, value, bytesName); break;
    case 3: describeWindowScale(v, describer); break;
    case 5: describeSack(v, data, describer); break;
    case 8:
        v.u32(tcpFields.timestamp, value);
        v.u32(tcpFields.timestampEcho, value);
        break;
    case 19: rest(v, data, tcpFields.digest); break;
    case 28:
        v.bits16([&](auto& word) {
            word.field(tcpFields.timeoutInMinutes, 1, value);
            word.field(tcpFields.timeout, 15, value);
        });
        break;
    case 29:
        v.u8(tcpFields.authKey, value);
        v.u8(tcpFields.authNextKey, value);
        rest(v, data, tcpFields.authCode);
        break;
    case 34: describeFastOpen(v, data, describer); break;
    case 253:
    case 254:
        v.u16(tcpFields.experiment, value);
        rest(v, data, tcpFields.experimentData);
        break;
    default: rest(v, data, tcpFields.unknown); break;
    }
}

/// The option at the start. Its length in bytes, or 0 where that is impossible.
std::size_t describeOption(Describer& describer, Bytes options) {
    Reader head(options);
    DescribeFields v(head, describer);
    const std::uint8_t kind = options[0];
    const bool single = kind == endOfList || kind == noOperation;
    const std::size_t length = single ? 1 : options.size() > 1 ? options[1] : 0;
    const bool possible = length <= options.size() && (single || length >= 2);
    std::uint64_t ignored = 0;
    describer.open(tcpFields.option, describer.offsetOf(options.data()),
                   static_cast<std::uint32_t>(possible ? length : options.size()), {}, optionName(kind));
    v.u8(tcpFields.optionKind, ignored, optionName);
    if (!single)
        v.u8(tcpFields.optionLength, ignored);
    if (possible && !single) {
        Reader data(options.subspan(2, length - 2));
        describeContents(kind, data, describer);
    }
    describer.close();
    return possible ? length : 0;
}

} // namespace

TcpSynOptions readTcpSynOptions(Bytes options) {
    TcpSynOptions found;
    while (!options.empty() && options[0] != endOfList) {
        if (options[0] == noOperation) {
            options = options.subspan(1);
            continue;
        }
        if (options.size() < 2 || options[1] < 2 || options[1] > options.size())
            break;
        if (options[0] == 2 && options[1] == 4)
            found.maximumSegmentSize = static_cast<std::uint16_t>(loadBig<2>(options.data() + 2));
        else if (options[0] == 3 && options[1] == 3)
            found.windowScale = std::min<std::uint8_t>(options[2], 14);
        options = options.subspan(options[1]);
    }
    return found;
}

bool describeTcpOptions(Describer& describer, Bytes options) {
    if (options.empty())
        return true;
    describer.open(tcpFields.options, describer.offsetOf(options.data()),
                   static_cast<std::uint32_t>(options.size()), bytesAsText(options));
    bool sound = true;
    while (!options.empty() && sound) {
        const bool last = options[0] == endOfList;
        const std::size_t length = describeOption(describer, options);
        sound = length > 0;
        options = options.subspan(last ? options.size() : length);
    }
    describer.close();
    return sound;
}

} // namespace wirestage
