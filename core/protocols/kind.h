// SPDX-License-Identifier: GPL-3.0-or-later
// Kinds of messages: a closed, hierarchical list ("dns.response.nxdomain"). A protocol owns its kinds; contents never coin one.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirestage {

enum class Level : std::uint8_t { Link, Network, Transport, Application };

std::string_view name(Level level); ///< "link", "network", "transport", "application"

struct Kind {
    std::string_view name;  ///< "tcp.syn_ack"
    Level level;
    const char* title;      ///< "SYN-ACK", English source of a translatable text (context "kinds")
};

/// A kind's place in the list of all kinds (registry.h).
enum class KindId : std::uint16_t {};

} // namespace wirestage
