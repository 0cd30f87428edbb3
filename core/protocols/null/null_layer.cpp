// SPDX-License-Identifier: GPL-3.0-or-later
// Loopback captures. A family is a small number, so the byte order shows itself: the other one gives a large
// number.
#include "core/protocols/null/null_wire.h"

#include "core/protocols/names.h"
#include "core/protocols/wire.h"

namespace wirestage {
namespace {

std::uint32_t decodeNull(Dissection& into, const Part& part) {
    into.push(ProtocolId::null);
    if (part.bytes.size() < 4) {
        markTruncated(into, part);
        return part.length;
    }
    const auto big = static_cast<std::uint32_t>(loadBig<4>(part.bytes.data()));
    const auto little = static_cast<std::uint32_t>(loadLittle<4>(part.bytes.data()));
    const std::uint32_t family = big < little ? big : little;
    const std::uint16_t type = etherTypeOfFamily(family);
    if (into.describer) {
        const std::uint32_t offset = into.describer->offsetOf(part.bytes.data());
        into.describer->open(nullFields.node, offset, 4);
        into.describer->add(nullFields.family, family, std::to_string(family), offset, 4).meaning =
            etherTypeName(type);
        into.describer->close();
    }
    decodeChild(into, Binding::Table::EtherType, type, part.after(4), Carried::OtherLink);
    return part.length;
}

constexpr auto linkType = Binding::Table::LinkType;

} // namespace

std::uint16_t etherTypeOfFamily(std::uint32_t family) {
    switch (family) {
    case 2: return 0x0800;
    case 10: // Linux
    case 23: // Windows
    case 24: // NetBSD, OpenBSD
    case 28: // FreeBSD
    case 30: // macOS
        return 0x86dd;
    default: return 0;
    }
}

extern const WireProtocol nullWire;
const WireProtocol nullWire{ProtocolId::null,
                            {{linkType, static_cast<std::uint16_t>(LinkType::Null), decodeNull},
                             {linkType, static_cast<std::uint16_t>(LinkType::Loop), decodeNull}},
                            listOf(nullFields)};

} // namespace wirestage
