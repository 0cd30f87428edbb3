// SPDX-License-Identifier: GPL-3.0-or-later
// FTP's commands and reply codes by name (RFC 959, 2228, 2389, 2428, 2640, 3659, 4217, 7151).
#pragma once

#include "core/text/text.h"

#include <string_view>

namespace wirestage::ftp {

struct Verb {
    std::string_view name; ///< "RETR"
    const char* words;     ///< marked with WS_MARK("values", ...)
};

/// Verbs may be written in small letters.
bool sameVerb(std::string_view written, std::string_view name);
/// The command of that name, or null.
const Verb* verbNamed(std::string_view written);

} // namespace wirestage::ftp
