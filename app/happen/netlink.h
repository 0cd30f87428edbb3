// SPDX-License-Identifier: GPL-3.0-or-later
// Pairs of virtual Ethernet interfaces (veth(4)), through rtnetlink(7): what “ip link add” does.
#pragma once

#include "core/bytes/address.h"

#include <string>

namespace wirestage::happen {

struct LinkEnd {
    std::string name;
    MacAddress hardware; ///< zero: any
    int space = -1;      ///< descriptor of a network namespace; -1: this one
};

/// Both ends are down.
void makeLink(const LinkEnd& here, const LinkEnd& there);

/// An interface of this namespace, which is down, will take no IPv6 address of its own accord: looking for
/// neighbours and routers would be in the picture.
void keepFromIpv6(const std::string& interface);

} // namespace wirestage::happen
