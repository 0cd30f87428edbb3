// SPDX-License-Identifier: GPL-3.0-or-later
// TCP above its wire format: connections as exchanges (RFC 9293), and what they hand to the applications on
// top.
#pragma once

#include "core/grouping/room.h"

namespace wirestage {

extern const MessageRoom tcpRoom;

/// How a connection stands if nothing more were captured.
Outcome outcomeOf(const TcpConnection& connection);

/// Files a TCP segment into the exchange of its connection.
void groupSegment(Grouping& grouping, PacketInHand& packet);

KindId segmentKind(const TcpFacts& tcp);

void tellSegment(const Telling& telling, Message& message);
std::unique_ptr<StoryWalk> walkConnection();
/// The story is walked by walkConnection().
void narrateConnection(const Story& story, Exchange& exchange);

} // namespace wirestage
