// SPDX-License-Identifier: GPL-3.0-or-later
// Domain names on the wire: labels and compression pointers (RFC 1035, 3.1 and 4.1.4). A pointer must lead
// towards the start of the message, so that no chain of them can go round; a name has at most 255 bytes.
#pragma once

#include "core/capture/frame.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace wirestage::dns {

struct Name {
    std::string text;             ///< "www.example.org", "<Root>"; bytes that cannot be shown are escaped
    std::uint32_t wireLength = 0; ///< bytes it takes where it stands, a pointer included
    std::uint16_t labels = 0;
    bool bad = false; ///< a pointer that leads nowhere, a reserved label type, or more than 255 bytes
};

/// The name at `offset` of a message; nothing where the message ends inside it.
std::optional<Name> readName(Bytes message, std::size_t offset);

/// What can be said of a name without taking memory.
struct NameOutline {
    std::uint32_t wireLength = 0; ///< 0 where the message ends inside the name
    std::uint16_t length = 0;     ///< characters of its text, dots included; 0 is the root
    std::uint16_t labels = 0;
    bool bad = false;
    bool compressed = false;
    bool hostLike = true;   ///< letters, digits, hyphens, underscores only
    std::uint32_t hash = 0; ///< the same for names that differ in upper and lower case only
};

NameOutline outlineOfName(Bytes message, std::size_t offset);

/// The text of one label or character string, as names and texts are shown.
void appendShown(std::string& text, Bytes bytes);

} // namespace wirestage::dns
