// SPDX-License-Identifier: GPL-3.0-or-later
// A capture of one place sees a packet once. How far it came tells the router that sent an error back.
#include "core/diagram/captured_ways.h"

#include <algorithm>
#include <array>

namespace wirestage::diagram {

namespace {

/// The errors of a router on the way. What the target itself says (no such port or protocol, fragments are
/// missing) tells of a packet that arrived.
constexpr std::array tellOfTheWay{
    KindId::icmp_unreachable_network,       KindId::icmp_unreachable_host,
    KindId::icmp_unreachable_source_route,  KindId::icmp_unreachable_fragmentation_needed,
    KindId::icmp_unreachable_prohibited,    KindId::icmp_unreachable_other,
    KindId::icmp_time_exceeded_ttl,         KindId::icmp_parameter_problem,
    KindId::icmpv6_unreachable_no_route,    KindId::icmpv6_unreachable_prohibited,
    KindId::icmpv6_unreachable_scope,       KindId::icmpv6_unreachable_address,
    KindId::icmpv6_unreachable_other,       KindId::icmpv6_packet_too_big,
    KindId::icmpv6_time_exceeded_hop_limit, KindId::icmpv6_parameter_problem,
};

} // namespace

void CapturedWays::hear(const Capture& capture, const Message& message) {
    if (std::find(tellOfTheWay.begin(), tellOfTheWay.end(), message.kind) == tellOfTheWay.end() ||
        message.from == none)
        return;
    if (const auto packet = capture.quoted(message.ref.packet))
        stops[*packet] = message.from;
}

std::optional<Way> CapturedWays::way(const Capture& capture, const Message& message) const {
    if (message.to == none) {
        if (message.exchange == none)
            return std::nullopt;
        const ExchangeRow exchange = capture.row(message.exchange);
        const HostId other = message.from == exchange.originator  ? exchange.responder
                             : message.from == exchange.responder ? exchange.originator
                                                                  : none;
        if (other == none || other == message.from)
            return std::nullopt;
        return Way{message.from, other};
    }
    const auto found = stops.find(message.ref.packet);
    // A frame had come to where its link ends all the same.
    if (found == stops.end() || message.ref.level == Level::Link || found->second == message.to ||
        found->second == message.from)
        return std::nullopt;
    return Way{message.from, found->second, true};
}

} // namespace wirestage::diagram
