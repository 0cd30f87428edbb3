// SPDX-License-Identifier: GPL-3.0-or-later
// Linux netlink captures (LINKTYPE_NETLINK): a cooked header, then messages between kernel and programs. The
// packet filter hands whole IP packets to programs this way (linux/netfilter/nfnetlink_queue.h,
// nfnetlink_log.h).
#pragma once

#include "core/protocols/fields.h"

namespace wirestage {

struct NetlinkSpecs {
    FieldSpec node{"netlink", WS_MARK("fields", "Linux netlink"), Show::Heading};
    FieldSpec hardwareType{"netlink.hatype", WS_MARK("fields", "Link-layer address type")};
    FieldSpec family{"netlink.family", WS_MARK("fields", "Netlink family"), Show::Hexadecimal};
    FieldSpec length{"netlink.hdr_len", WS_MARK("fields", "Message length")};
    FieldSpec type{"netlink.hdr_type", WS_MARK("fields", "Message type"), Show::Hexadecimal};
};
inline constexpr NetlinkSpecs netlinkFields;

/// Of the cooked header, which is in network order, unlike the message behind it.
inline constexpr std::size_t netlinkCookedSize = 16;

} // namespace wirestage
