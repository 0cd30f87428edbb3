// SPDX-License-Identifier: GPL-3.0-or-later
// Kinds of messages: a closed, hierarchical list ("dns.response.nxdomain"). A protocol owns its kinds, in its
// folder's NAME_kinds.def; contents never coin one.
#pragma once

#include "core/protocols/dissection.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wirestage {

enum class Level : std::uint8_t { Link, Network, Transport, Application };

std::string_view name(Level level); ///< "link", "network", "transport", "application"
std::optional<Level> levelOfName(std::string_view name);

/// A kind's place in the list of all kinds: kinds::tcp_syn is "tcp.syn".
enum class KindId : std::uint16_t {
#ifndef Q_MOC_RUN // which cannot read a list that is included inside an enumeration
#define KIND(enumerator, name, level, title) enumerator,
#include "kinds_of_all_protocols.def"
#undef KIND
#endif
    count
};

struct Kind {
    std::string_view name; ///< "tcp.syn_ack"
    ProtocolId protocol;
    Level level;
    const char* title; ///< "SYN-ACK": English source of a translatable text, context "kinds"
};

const Kind& kind(KindId id);
std::span<const Kind> allKinds();
std::optional<KindId> kindOfName(std::string_view name);
/// Whether `id` is `ancestor` or stands below it: dns.response.nxdomain is a dns.response.
bool isKind(KindId id, std::string_view ancestor);

} // namespace wirestage
