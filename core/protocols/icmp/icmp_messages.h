// SPDX-License-Identifier: GPL-3.0-or-later
// ICMP (RFC 792) and ICMPv6 (RFC 4443) have echo, errors and traceroute in common; both rooms use what is
// here.
#pragma once

#include "core/grouping/room.h"

namespace wirestage {

/// What an ICMP exchange is about: kept in ExchangeRecord::phase.
enum class IcmpStory : std::uint8_t { Other, Ping, Traceroute };

/// A UDP datagram that looks like a traceroute's probe joins the probes before it. False: it is none.
bool joinTraceroute(Grouping& grouping, PacketInHand& packet);

/// An echo request or reply (also timestamp, mask): one run of the same identifier. `protocol`: icmp or
/// icmpv6.
void groupEcho(Grouping& grouping, PacketInHand& packet, ProtocolId protocol, bool reply);

/// What an error says of the packet it quotes.
enum class IcmpError : std::uint8_t { Unreachable, TimeExceeded, TooBig, Advice };

/// An error joins the exchange of the packet it quotes, and may end it.
void groupError(Grouping& grouping, PacketInHand& packet, ProtocolId protocol, IcmpError error);

/// A message that stands in no exchange yet: one of its own for this pair of hosts.
void groupAlone(Grouping& grouping, PacketInHand& packet, ProtocolId protocol, std::uint32_t space,
                Outcome outcome);

std::unique_ptr<StoryWalk> walkIcmp();
/// The story is walked by walkIcmp().
void narrateIcmp(const Story& story, Exchange& exchange);
/// "port 33435", "10.0.2.9": what a quoted packet was on its way to.
Text quotedTarget(const Dissection& packet);

} // namespace wirestage
