// SPDX-License-Identifier: GPL-3.0-or-later
// What can be concluded about a TCP segment from those before it, as seen from one point of the network:
// relative numbers, the true window, and what looks like loss, repetition or a full window. The rules and
// their names are those of Wireshark's sequence analysis, so that both programs say the same of the same
// segment.
#pragma once

#include "core/capture/frame.h"
#include "core/flow/note.h"
#include "core/protocols/dissection.h"

namespace wirestage {

/// One direction of a connection: what its sender has sent and said so far.
struct TcpDirection {
    Time newestTime = 0;          ///< when `next` last moved
    Time acknowledgedTime = 0;    ///< when `acknowledged` was last said
    std::uint32_t base = 0;       ///< sequence number that is shown as 0
    std::uint32_t next = 0;       ///< behind the highest byte seen; 0: nothing seen
    std::uint32_t contiguous = 0; ///< the other side can acknowledge up to here without surprising us
    std::uint32_t acknowledged = 0;
    std::uint32_t finSequence = 0;
    std::uint32_t lastNotes = 0;
    std::uint16_t window = 0;
    std::int16_t duplicateAcks = 0;
    std::uint16_t lastNewLength = 0; ///< payload of the segment that last moved `next`
    std::int8_t windowScale = -1;    ///< -1: SYN not seen, -2: scaling is off
    bool baseKnown : 1 = false;
    bool finSent : 1 = false;
    bool synSent : 1 = false;
    bool scaleNow : 1 = false; ///< not the first segment behind the SYN any more
};

struct TcpConnection {
    TcpDirection directions[2]; ///< 0: low key side sends
    Time synTime = 0;
    Time firstRoundTrip = 0; ///< SYN to the ACK that ends the handshake, 0: not seen
    std::uint16_t synCount = 0;
    bool synAckSeen : 1 = false;  ///< the SYN was answered
    bool established : 1 = false; ///< the handshake's third segment, or data, was seen
    bool resetSeen : 1 = false;
    bool resetEarly : 1 = false; ///< by a side that had not sent a FIN
    bool dataSeen : 1 = false;
};

/// What the analysis says of one segment.
struct SegmentReport {
    Notes notes;
    std::uint32_t relativeSequence = 0, relativeAcknowledgement = 0;
    std::uint32_t window = 0;   ///< true size where the scale is known
    std::uint32_t newBytes = 0; ///< payload beyond what was seen before
};

/// Whether a SYN begins a new connection between ports that were used before.
bool beginsAnew(const TcpConnection& connection, unsigned direction, const TcpFacts& segment);

/// Where the segments were seen. On a wire one that comes late may have been overtaken; where each is seen at
/// the moment it is sent (a simulated run), bytes that come again were sent again.
enum class SeenAt : std::uint8_t { Wire, Sender };

/// Takes the next segment into account. `direction`: 0 where the flow's low side sent it.
SegmentReport analyse(TcpConnection& connection, unsigned direction, const TcpFacts& segment, Time time,
                      SeenAt where = SeenAt::Wire);

} // namespace wirestage
