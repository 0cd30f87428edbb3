// SPDX-License-Identifier: GPL-3.0-or-later
// The ACK field (RFC 9293, 3.10.7.4, fifth step): what it frees, what it says of losses (RFC 5681, 6582,
// 6675) and of the round trip (RFC 6298, 7323).
#include "core/protocols/tcp/tcp_connection_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {

bool TcpConnection::takeAcknowledgement(const TcpSegment& segment, Time now) {
    const std::uint32_t number = segment.header.acknowledgement;
    if (isBefore(sentMost, number) || isBefore(number, unacknowledged - largestSendWindow)) {
        acknowledgeNow = true; // of what was never sent, or too old (RFC 5961, 5)
        return false;
    }
    unansweredProbes = 0;
    const bool reportsNew = usesSelectiveAck && scoreboard.add(segment.options.selectiveAck,
                                                               {laterOf(unacknowledged, number), sentMost});
    if (isBefore(unacknowledged, number))
        takeNewAcknowledgement(segment, now);
    else if (isDuplicate(segment, reportsNew))
        takeDuplicate(now);
    if (current == TcpState::Closed)
        return false;
    if (isAtMost(unacknowledged, number))
        takeWindow(segment);
    return true;
}

void TcpConnection::takeWindow(const TcpSegment& segment) {
    const TcpHeader& header = segment.header;
    if (isBefore(windowFromSequence, header.sequence) ||
        (windowFromSequence == header.sequence &&
         isAtMost(windowFromAcknowledgement, header.acknowledgement))) {
        sendWindow = std::uint32_t{header.window} << sendShift;
        largestSendWindow = std::max(largestSendWindow, sendWindow);
        windowFromSequence = header.sequence;
        windowFromAcknowledgement = header.acknowledgement;
    }
}

void TcpConnection::takeRoundTrip(const TcpSegment& segment, Time now) {
    const std::uint32_t number = segment.header.acknowledgement;
    if (usesTimestamps && segment.options.timestamps) {
        const std::uint32_t elapsed = clock(now) - segment.options.timestamps->echo;
        const unsigned samples = (flight() + 2 * segmentSize() - 1) / (2 * segmentSize());
        if (elapsed < 0x80000000)
            timeout.sample(Time{elapsed} * 1'000'000, samples);
        timedSegmentEnd.reset();
    } else if (timedSegmentEnd && isAtMost(*timedSegmentEnd, number)) {
        timeout.sample(now - timedSince);
        timedSegmentEnd.reset();
    }
}

void TcpConnection::takeNewAcknowledgement(const TcpSegment& segment, Time now) {
    const std::uint32_t number = segment.header.acknowledgement;
    const std::uint32_t bytes = number - unacknowledged;
    takeRoundTrip(segment, now);
    unacknowledged = number;
    queue.acknowledge(number);
    scoreboard.acknowledge(number);
    nextToSend = laterOf(nextToSend, number);
    sentAgainUpTo = laterOf(sentAgainUpTo, number);
    timeouts = 0;
    softError = false;
    bool restarts = true;
    if (!congestion.isRecovering()) {
        congestion.acknowledged(bytes);
        duplicates = 0;
    } else if (!isBefore(number, recoverUpTo)) {
        congestion.leaveRecovery(flight());
        duplicates = 0;
    } else {
        // RFC 6582 restarts the timer at the first partial acknowledgement only: a flight with many losses
        // is then left to the timeout.
        restarts = usesSelectiveAck || !std::exchange(sawPartialAcknowledgement, true);
        congestion.partlyAcknowledged(bytes);
        if (!usesSelectiveAck)
            resendFrom(unacknowledged, now);
    }
    if (unacknowledged == sentMost)
        stop(TcpTimer::Retransmission);
    else if (restarts && runs(TcpTimer::Retransmission))
        start(TcpTimer::Retransmission, now + timeout.value());
    if (isAtMost(queue.end(), number) && std::exchange(acknowledgementWanted, false))
        tell(StreamEventType::Acked);
    advanceStateAfterFin(now);
}

bool TcpConnection::isFinAcknowledged() const {
    return finSent && unacknowledged == endOfStream();
}

void TcpConnection::advanceStateAfterFin(Time now) {
    if (!isFinAcknowledged())
        return;
    if (current == TcpState::FinWait1)
        enter(TcpState::FinWait2);
    else if (current == TcpState::Closing)
        enterTimeWait(now);
    else if (current == TcpState::LastAck)
        finish(StreamEventType::Closed);
}

/// RFC 5681, 2; with SACK it is one that reports something new (RFC 6675, 2).
bool TcpConnection::isDuplicate(const TcpSegment& segment, bool reportsNew) const {
    if (segment.header.acknowledgement != unacknowledged || !isBefore(unacknowledged, nextToSend))
        return false;
    if (usesSelectiveAck)
        return reportsNew;
    return segment.length() == 0 && std::uint32_t{segment.header.window} << sendShift == sendWindow;
}

void TcpConnection::takeDuplicate(Time now) {
    constexpr unsigned duplicateThreshold = 3;
    if (++duplicates == 1)
        flightAtFirstDuplicate = flight();
    if (congestion.isRecovering()) {
        congestion.duplicateWhileRecovering();
        return;
    }
    const bool isLoss = duplicates >= duplicateThreshold ||
                        (usesSelectiveAck && scoreboard.isLost(unacknowledged, segmentSize()));
    // What was under way at an earlier loss causes duplicates that mean nothing new (RFC 6582, 3.2, step 2;
    // RFC 6675, 5.1).
    const bool isNew =
        usesSelectiveAck ? !isBefore(unacknowledged, recoverUpTo) : isBefore(recoverUpTo, unacknowledged);
    if (!settings.fastRetransmit || !isLoss || !isNew)
        return;
    congestion.enterRecovery(flightAtFirstDuplicate, usesSelectiveAck);
    recoverUpTo = sentMost;
    sawPartialAcknowledgement = false;
    sentAgainUpTo = resendFrom(unacknowledged, now);
}

} // namespace wirestage::simulation
