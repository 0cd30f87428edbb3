// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part of a BOOTP and DHCP message (RFC 2131, 2): one list that reads, writes and describes it.
#pragma once

#include "core/protocols/dhcp/dhcp_options.h"
#include "core/protocols/fields.h"
#include "core/protocols/names.h"

#include <algorithm>

namespace wirestage {
namespace dhcp {

inline Text operationName(std::uint64_t number) {
    return number == 1   ? WS_TR("values", "Request: from the client's side")
           : number == 2 ? WS_TR("values", "Reply: from the server's side")
                         : Text{};
}
inline Text broadcastName(std::uint64_t set) {
    return set ? WS_TR("values", "Answer me by broadcast") : WS_TR("values", "Answer me by unicast");
}

inline Text givenName(std::string_view name) {
    return name.empty() || name[0] == 0 ? WS_TR("values", "not given") : Text{};
}

} // namespace dhcp

template <class Visitor>
void fields(Visitor& v, DhcpHead& head) {
    const DhcpFields& f = dhcpFields;
    v.u8(f.type, head.operation, dhcp::operationName);
    v.u8(f.hardwareType, head.hardwareType, hardwareTypeName);
    v.u8(f.hardwareLength, head.hardwareLength);
    v.u8(f.hops, head.hops);
    v.u32(f.id, head.transaction);
    v.u16(f.seconds, head.seconds, secondsName);
    v.parts16(
        f.flags, head.flags,
        [&](auto& word) {
            word.part(f.broadcast, 1, dhcp::broadcastName);
            word.part(f.reserved, 15);
        },
        [](std::uint64_t flags) { return dhcp::broadcastName(flags >> 15); });
    v.ipv4(f.clientAddress, head.client);
    v.ipv4(f.yourAddress, head.your);
    v.ipv4(f.serverAddress, head.server);
    v.ipv4(f.relayAddress, head.relay);
    if (head.hasMac()) {
        v.mac(f.macAddress, head.hardware, macAddressName);
        v.bytes(f.hardwarePadding, head.hardwareRest, 10);
    } else {
        const std::size_t length = std::min<std::size_t>(head.hardwareLength, 16);
        v.bytes(f.hardwareAddress, head.hardwareBytes, length);
        v.bytes(f.hardwarePadding, head.hardwareRest, 16 - length);
    }
    if (head.optionsInServerName)
        v.text(f.serverNameOptions, head.serverName, 64);
    else
        v.text(f.serverName, head.serverName, 64, dhcp::givenName);
    if (head.optionsInFile)
        v.text(f.fileOptions, head.file, 128);
    else
        v.text(f.file, head.file, 128, dhcp::givenName);
}

namespace dhcp {

/// Notes which fields hold options besides the option field, and reads the options that are kept in the head.
void readHeadOptions(DhcpHead& head, Bytes options);

/// The areas of options in the order in which they are read: the option field, file, sname.
struct Areas {
    Bytes area[3];
    std::size_t count = 0;
};
Areas areasOf(const DhcpHead& head, Bytes options);

} // namespace dhcp
} // namespace wirestage
