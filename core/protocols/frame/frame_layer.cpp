// SPDX-License-Identifier: GPL-3.0-or-later
// A frame as the capture gives it. Link types without a link header of their own (raw IP) start with a
// version number, which says what they are.
#include "core/protocols/frame/frame_wire.h"

#include "core/protocols/names.h"
#include "core/protocols/wire.h"

#include <fmt/format.h>

namespace wirestage {
namespace {

std::uint32_t decodeRawIp(Dissection& into, const Part& part) {
    const unsigned version = part.bytes.empty() ? 0 : part.bytes[0] >> 4;
    const std::uint16_t type = version == 4 ? 0x0800 : version == 6 ? 0x86dd : 0;
    return decodeChild(into, Binding::Table::EtherType, type, part, Carried::Undecoded);
}

constexpr auto linkType = Binding::Table::LinkType;

} // namespace

extern const WireProtocol frameWire;
const WireProtocol frameWire{ProtocolId::frame,
                             {{linkType, static_cast<std::uint16_t>(LinkType::RawIpBsd), decodeRawIp},
                              {linkType, static_cast<std::uint16_t>(LinkType::RawIpOpenBsd), decodeRawIp},
                              {linkType, static_cast<std::uint16_t>(LinkType::RawIp), decodeRawIp}},
                             listOf(frameFields)};

void describeFrame(Describer& describer, const Frame& frame) {
    constexpr Time second = 1'000'000'000;
    // Before 1970 the seconds are negative, their fraction still counts upwards.
    const Time fraction = (frame.time % second + second) % second;
    describer.open(frameFields.node, 0, static_cast<std::uint32_t>(frame.bytes.size()));
    describer.addGenerated(frameFields.number, frame.number, std::to_string(frame.number));
    describer.addGenerated(frameFields.time, 0,
                           fmt::format("{}.{:09}", (frame.time - fraction) / second, fraction));
    describer.addGenerated(frameFields.length, frame.length, std::to_string(frame.length)).meaning =
        bytesName(frame.length);
    describer.addGenerated(frameFields.captured, frame.bytes.size(), std::to_string(frame.bytes.size()))
        .meaning = bytesName(frame.bytes.size());
    describer.close();
}

} // namespace wirestage
