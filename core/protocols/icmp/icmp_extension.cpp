// SPDX-License-Identifier: GPL-3.0-or-later
// What routers add to an ICMP error behind the packet they quote (RFC 4884, 7), mostly the MPLS labels the
// packet carried (RFC 4950).
#include "core/protocols/icmp/icmp_wire.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint8_t mplsClass = 1;

constexpr NamedNumber classes[] = {
    {1, WS_MARK("values", "MPLS label stack")},
    {2, WS_MARK("values", "Interface information")},
    {3, WS_MARK("values", "Interface identification")},
};

void describeLabels(DescribeFields& v, Reader& data) {
    std::uint64_t ignored = 0;
    while (data.has(4)) {
        v.bits32([&](auto& word) {
            word.field(icmpFields.mplsLabel, 20, ignored);
            word.field(icmpFields.mplsExperimental, 3, ignored);
            word.field(icmpFields.mplsBottom, 1, ignored);
            word.field(icmpFields.mplsTtl, 8, ignored);
        });
    }
}

/// The object at the start. Its length, or 0 where that is impossible.
std::size_t describeObject(Describer& describer, Bytes bytes) {
    Reader reader(bytes);
    DescribeFields v(reader, describer);
    const std::size_t length = loadBig<2>(bytes.data());
    const bool possible = length >= 4 && length <= bytes.size();
    std::uint64_t ignored = 0;
    std::uint8_t objectClass = 0;
    describer.open(icmpFields.object, describer.offsetOf(bytes.data()),
                   static_cast<std::uint32_t>(possible ? length : bytes.size()));
    v.u16(icmpFields.objectLength, ignored, bytesName);
    v.u8(icmpFields.objectClass, objectClass, [](std::uint64_t number) { return named(classes, number); });
    v.u8(icmpFields.objectType, ignored);
    if (possible) {
        Reader data(bytes.subspan(4, length - 4));
        DescribeFields contents(data, describer);
        Bytes other;
        if (objectClass == mplsClass)
            describeLabels(contents, data);
        else if (!data.empty())
            contents.bytes(icmpFields.objectData, other, data.remaining());
    }
    describer.close();
    return possible ? length : 0;
}

} // namespace

void describeIcmpExtension(Describer& describer, Bytes extension) {
    Reader reader(extension);
    DescribeFields v(reader, describer);
    std::uint64_t ignored = 0;
    describer.open(icmpFields.extension, describer.offsetOf(extension.data()),
                   static_cast<std::uint32_t>(extension.size()));
    v.bits16([&](auto& word) {
        word.field(icmpFields.extensionVersion, 4, ignored);
        word.field(icmpFields.extensionReserved, 12, ignored);
    });
    v.u16(icmpFields.extensionChecksum, ignored);
    describer.covers(icmpFields.extensionChecksum, extension);
    Bytes objects = reader.rest();
    while (objects.size() >= 4) {
        const std::size_t length = describeObject(describer, objects);
        if (length == 0)
            break;
        objects = objects.subspan(length);
    }
    describer.close();
}

} // namespace wirestage
