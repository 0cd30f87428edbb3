// SPDX-License-Identifier: GPL-3.0-or-later
// The interfaces one can name, as dumpcap -D lists them.
#pragma once

#include "app/helper/options.h"

#include <string>
#include <variant>
#include <vector>

namespace wirestage::helper {

struct ListedInterface {
    std::string name;
    std::vector<std::string> addresses;
    bool loopback = false;
    bool wireless = false;
    bool up = false;
};

/// \return the interfaces, or libpcap's reason why there are none to be had.
std::variant<std::vector<ListedInterface>, std::string> listInterfaces();

/// Lines "1. eth0"; for machines, more fields separated by tabs, in dumpcap -D -M's order.
std::string inLines(const std::vector<ListedInterface>& interfaces, bool machine);

/// As in dumpcap, -i takes a number from the list too.
void resolveNumbers(std::vector<DeviceOptions>& devices);

} // namespace wirestage::helper
