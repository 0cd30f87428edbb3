// SPDX-License-Identifier: GPL-3.0-or-later
// What numbers that several protocols share stand for: EtherTypes (IEEE), IP protocol numbers, ports and DSCP
// code points (IANA). Only what a learner may meet; an unknown number has no name.
#pragma once

#include "core/bytes/address.h"
#include "core/text/text.h"

#include <cstdint>

namespace wirestage {

Text etherTypeName(std::uint64_t number);
Text ipProtocolName(std::uint64_t number);
Text hardwareTypeName(std::uint64_t number); ///< of ARP and of Linux's cooked captures
Text portName(std::uint64_t number);         ///< of a well-known port
Text differentiatedServicesName(std::uint64_t number);
Text congestionName(std::uint64_t number); ///< the two bits of RFC 3168
Text secondsName(std::uint64_t number);    ///< "30 min" for 1800
Text bytesName(std::uint64_t number);

Text macAddressName(const MacAddress& address); ///< "broadcast", "group" or nothing
Text ipAddressName(const IpAddress& address);   ///< what kind of address it is, where that is special

} // namespace wirestage
