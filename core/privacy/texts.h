// SPDX-License-Identifier: GPL-3.0-or-later
// Names and addresses in texts that people or programs wrote, replaced by stand-ins of the same length.
#pragma once

#include "core/privacy/stand_ins.h"

#include <vector>

namespace wirestage {

/// A sentence keeps the words that any server says, numbers of a few digits and its punctuation; addresses,
/// also as FTP writes them, and every other word become what stands for them.
std::string textWithout(std::string_view text, StandIns& standIns);

/// A domain name's labels. Those of a reverse name (RFC 1035, 3.5; RFC 3596, 2.5) become those of the
/// address's stand-in where each fits into its place.
std::vector<std::string> labelsWithout(const std::vector<std::string_view>& labels, StandIns& standIns);

/// An address written with `separator` between its numbers, as long as `length` by zeros in front of them;
/// 0.0.0.0 where it is longer than that.
std::string addressOfLength(const IpAddress& address, std::size_t length, char separator = '.');

} // namespace wirestage
