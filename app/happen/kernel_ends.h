// SPDX-License-Identifier: GPL-3.0-or-later
// Ends of an exchange that this computer's own kernel and C library play: their TCP, their ICMP, their
// resolver. Each runs in a process and a network namespace of its own, whose interface has an address.
#pragma once

#include "core/bytes/address.h"

#include <cstdint>
#include <string>

namespace wirestage::happen {

/// Gives one small page to everybody who asks by HTTP, until the process ends.
[[noreturn]] int servePage(std::uint16_t port);
/// Fetches it. \return an exit status: 0 where a page came
int fetchPage(const IpAddress& from, std::uint16_t port);
/// Wants a connection that is refused. \return 0 where it was
int beRefused(const IpAddress& by, std::uint16_t port);
/// Asks a name server for a name's address, as every program of this computer does. \return 0: it has one
int lookUp(const std::string& name, const IpAddress& server);
/// There but for its kernel.
[[noreturn]] int beThere();

// Whether somebody in this namespace is ready to be asked, by the kernel's own lists.
bool listensTcp(std::uint16_t port);
bool listensUdp(std::uint16_t port);
bool hasPacketSocket(); ///< that is bound to an interface: a capture, or a host of ours

} // namespace wirestage::happen
