// SPDX-License-Identifier: GPL-3.0-or-later
// Takes away every system call that carrying packets from open interfaces to open descriptors does not need.
// Packets are written by strangers; should one ever take over the code that handles it, it finds itself where
// nothing can be opened, started or reached.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace wirestage::helper {

/// For all threads that there are; there can be no further ones. Only `writable` descriptors and those of
/// errors can be written to, only `readable` ones be read from. Another system call ends the process with
/// SIGSYS. \return why it did not work, if it did not.
std::optional<std::string> confine(const std::vector<int>& writable, const std::vector<int>& readable);

} // namespace wirestage::helper
