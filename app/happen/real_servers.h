// SPDX-License-Identifier: GPL-3.0-or-later
// Real programs as ends of an exchange: dnsmasq(8), vsftpd(8) and udhcpc(1). Each is given the lesson's
// addresses and names, so that it stands in for the lesson's host. None of them writes a file outside memory.
#pragma once

#include "app/happen/cast.h"

namespace wirestage::happen {

/// Nothing where it is not installed.
std::optional<Player> dhcpByDnsmasq(const Play& play);
std::optional<Player> dnsByDnsmasq(const Play& play);
std::optional<Player> ftpByVsftpd(const Play& play);
std::optional<Player> dhcpByUdhcpc();

} // namespace wirestage::happen
