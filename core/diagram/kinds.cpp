// SPDX-License-Identifier: GPL-3.0-or-later
// What the diagram needs to know of a message's kind: its hue and how many lines its summary gets.
#include "core/diagram/layout.h"
#include "core/diagram/scene.h"
#include "core/diagram/strip.h"

#include <array>

namespace wirestage::diagram {

Family familyOf(KindId id) {
    if (id == KindId::tcp_rst || isKind(id, "icmp.unreachable") || isKind(id, "icmpv6.unreachable"))
        return Family::Trouble;
    const Kind& k = kind(id);
    switch (k.protocol) {
    case ProtocolId::dhcp: return Family::Dhcp;
    case ProtocolId::dns: return Family::Dns;
    case ProtocolId::ftp: return Family::Ftp;
    case ProtocolId::tcp: return Family::Transport;
    case ProtocolId::udp: return Family::Datagram;
    default: break;
    }
    switch (k.level) {
    case Level::Link: return Family::Link;
    case Level::Network: return Family::Network;
    case Level::Transport: return Family::Transport;
    case Level::Application: break;
    }
    return Family::Other;
}

/// What is short by nature gets one line. Where even the whole diagram is too narrow for it, the inspector
/// goes on. An overlay's reasons are sentences.
unsigned summaryLines(const RowFacts& facts) {
    const KindId id = facts.kind;
    const Kind& k = kind(id);
    if (facts.laid)
        return 2;
    return k.level == Level::Application && k.protocol != ProtocolId::ftp && !isKind(id, "dns.query") ? 2 : 1;
}

Text title(LaidStatus status) {
    switch (status) {
    case LaidStatus::Matched: return WS_TR("diagram", "matched");
    case LaidStatus::Awaited: return WS_TR("diagram", "still to come");
    case LaidStatus::Missing: return WS_TR("diagram", "missing");
    case LaidStatus::Unexpected: return WS_TR("diagram", "unexpected");
    case LaidStatus::Repeated: return WS_TR("diagram", "repeated");
    case LaidStatus::OutOfOrder: return WS_TR("diagram", "out of order");
    case LaidStatus::RuleBroken: return WS_TR("diagram", "breaks a rule");
    case LaidStatus::count: break;
    }
    return {};
}

std::string_view signOf(LaidStatus status) {
    constexpr std::array<std::string_view, static_cast<std::size_t>(LaidStatus::count)> signs{
        "✓", "○", "–", "!", "↻", "⇅", "✗"};
    return signs[static_cast<std::size_t>(status)];
}

std::string_view name(Family family) {
    constexpr std::array<std::string_view, static_cast<std::size_t>(Family::count)> names{
        "none", "link", "network", "transport", "datagram", "dhcp", "dns", "ftp", "other", "trouble"};
    return names[static_cast<std::size_t>(family)];
}

std::string_view name(Role role) {
    constexpr std::array<std::string_view, static_cast<std::size_t>(Role::count)> names{
        "lifeline",   "head",      "head-icon",     "head-name",     "head-detail",
        "phase",      "phase-tab", "phase-title",   "ribbon",        "ribbon-inferred",
        "state",      "time",      "gap",           "gap-text",      "arrow",
        "arrow-head", "hearer",    "lost",          "end-mark",      "label",
        "summary",    "chip",      "chip-text",     "border-name",   "fold",
        "fold-text",  "fold-sign", "fold-bracket",  "timer",         "timer-end",
        "timer-name", "expected",  "expected-head", "expected-time", "status",
        "status-text"};
    return names[static_cast<std::size_t>(role)];
}

} // namespace wirestage::diagram
