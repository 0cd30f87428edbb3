// SPDX-License-Identifier: GPL-3.0-or-later
// What is sent, and when: as the peer's window and the congestion window allow, and if it is worth a segment
// (Nagle, RFC 9293, 3.7.4; silly window avoidance, 3.8.6.2.1).
#include "core/protocols/tcp/tcp_connection_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {

bool TcpConnection::maySend() const {
    return current == TcpState::Established || current == TcpState::FinWait1 ||
           current == TcpState::CloseWait || current == TcpState::Closing || current == TcpState::LastAck;
}

std::uint32_t TcpConnection::segmentSize() const {
    constexpr std::uint32_t timestampBytes = 12, least = 8;
    std::uint32_t size = std::min({peersSegmentSize, settings.maximumSegmentSize, pathSegmentSize});
    std::uint32_t options = usesTimestamps ? timestampBytes : 0;
    if (usesSelectiveAck && receiver.hasGap())
        options += 4 + 8 * static_cast<std::uint32_t>(receiver.blocks(usesTimestamps ? 3 : 4).size());
    return std::max(size - std::min(size, options), least);
}

void TcpConnection::transmit(Time now) {
    if (!maySend())
        return;
    const bool hasNew = isBefore(sentMost, endOfStream());
    if (hasNew && flight() == 0 && lastSent && now - *lastSent > timeout.value())
        congestion.restartAfterIdle();
    if (recoversSelectively())
        while (resendMissing(false, now)) {
        }
    while (transmitNext(now)) {
    }
    if (recoversSelectively() && !hasNew) // RFC 6675, 4, NextSeg, rule 3
        while (resendMissing(true, now)) {
        }
    watchWindow(now);
}

std::uint32_t TcpConnection::usableWindow(std::uint32_t from) const {
    const std::uint32_t edge = unacknowledged + sendWindow;
    return isBefore(from, edge) ? edge - from : 0;
}

std::uint32_t TcpConnection::usableByCongestion(std::uint32_t from) const {
    std::uint32_t allowed = congestion.window(), used = from - unacknowledged;
    if (recoversSelectively())
        used = scoreboard.pipe({unacknowledged, sentMost}, sentAgainUpTo, segmentSize());
    else if (congestion.isEnabled() && settings.fastRetransmit && !congestion.isRecovering())
        allowed += std::min(duplicates, 2U) * segmentSize(); // limited transmit (RFC 3042)
    return allowed - std::min(allowed, used);
}

/// Sends the segment at SND.NXT if it may go.
bool TcpConnection::transmitNext(Time now) {
    nextToSend = scoreboard.skip(nextToSend);
    const std::uint32_t sequence = nextToSend;
    if (!isBefore(sequence, endOfStream()))
        return false;
    const std::uint32_t window = usableWindow(sequence);
    const std::uint32_t usable = std::min(window, usableByCongestion(sequence));
    if (usable == 0)
        return false;
    if (isBefore(sequence, sentMost) && queue.segmentEnd(sequence)) { // again, after a timeout
        const std::uint32_t end = *queue.segmentEnd(sequence);
        if (std::min(end - sequence, segmentSize()) > usable)
            return false;
        nextToSend = resendFrom(sequence, now);
        return true;
    }
    const std::uint32_t available = queue.end() - sequence;
    const std::uint32_t length = std::min({available, segmentSize(), usable});
    const bool fin = finWanted && length == available && window > length;
    if (!isWorthSending(length, length == available, fin))
        return false;
    sendData(sequence, length, fin, now);
    nextToSend = sequence + length + fin;
    return true;
}

bool TcpConnection::isWorthSending(std::uint32_t length, bool isAll, bool fin) const {
    if (length >= segmentSize() || fin)
        return true;
    const bool mayBeSmall = !settings.nagle || unacknowledged == nextToSend;
    return length > 0 && mayBeSmall && (isAll || length >= largestSendWindow / 2);
}

/// The next segment that SACK shows missing, as long as the network has room for it.
bool TcpConnection::resendMissing(bool evenIfNotLost, Time now) {
    const std::uint32_t from = laterOf(unacknowledged, sentAgainUpTo);
    const std::optional<SequenceRange> hole = scoreboard.nextHole(from);
    if (!hole || usableByCongestion(from) < segmentSize())
        return false;
    if (!evenIfNotLost && !scoreboard.isLost(hole->first, segmentSize()))
        return false;
    sentAgainUpTo = resendFrom(hole->first, now);
    return true;
}

/// Sends the segment again that begins here; returns where it ends. The windows have been asked, or do not
/// count.
std::uint32_t TcpConnection::resendFrom(std::uint32_t sequence, Time now) {
    const std::uint32_t end = queue.segmentEnd(sequence).value_or(sentMost);
    const std::uint32_t dataEnd = isBefore(queue.end(), end) ? queue.end() : end;
    const std::uint32_t length = std::min(dataEnd - sequence, segmentSize());
    const bool fin = finSent && sequence + length == queue.end() && isBefore(queue.end(), end);
    sendData(sequence, length, fin, now);
    return sequence + length + fin;
}

void TcpConnection::sendData(std::uint32_t sequence, std::uint32_t length, bool fin, Time now) {
    TcpSegment segment;
    segment.header.sequence = sequence;
    segment.header.flags = tcp_flag::ack;
    if (length > 0) {
        segment.payload = queue.copy(sequence, length);
        if (queue.pushes(sequence, length))
            segment.header.flags |= tcp_flag::psh;
    }
    if (fin) {
        segment.header.flags |= tcp_flag::fin;
        finSent = true;
    }
    const std::uint32_t end = sequence + length + fin;
    const bool isNew = sequence == sentMost;
    if (!isNew)
        timedSegmentEnd.reset(); // Karn's rule (RFC 6298, 3)
    else if (!timedSegmentEnd) {
        timedSegmentEnd = end;
        timedSince = now;
    }
    if (isBefore(sentMost, end)) {
        sentMost = end;
        queue.sentUpTo(end);
    }
    emit(std::move(segment), now);
    lastSent = now;
    if (!runs(TcpTimer::Retransmission))
        start(TcpTimer::Retransmission, now + timeout.value());
}

/// One byte beyond the window, or the FIN (3.8.6.1). SND.NXT stays: the byte is sent again with what follows.
void TcpConnection::sendProbe(Time now) {
    TcpSegment segment;
    segment.header.sequence = nextToSend;
    segment.header.flags = tcp_flag::ack;
    if (isBefore(nextToSend, queue.end())) {
        segment.payload = queue.copy(nextToSend, 1);
    } else {
        segment.header.flags |= tcp_flag::fin;
        finSent = true;
    }
    sentMost = laterOf(sentMost, nextToSend + 1);
    timedSegmentEnd.reset();
    emit(std::move(segment), now);
}

void TcpConnection::sendSyn(Time now) {
    const bool answers = current == TcpState::SynReceived;
    TcpSegment segment;
    segment.header.sequence = initialSequence;
    segment.header.flags = answers ? tcp_flag::syn | tcp_flag::ack : tcp_flag::syn;
    TcpOptions& options = segment.options;
    options.maximumSegmentSize = std::min(settings.maximumSegmentSize, pathSegmentSize);
    options.selectiveAckPermitted = answers ? usesSelectiveAck : settings.selectiveAck;
    if (settings.windowScale && (!answers || usesWindowScale))
        options.windowScale = std::min<std::uint8_t>(*settings.windowScale, 14);
    if (!answers && settings.timestamps)
        options.timestamps = {clock(now), 0};
    if (!lastSynSent) {
        timedSegmentEnd = initialSequence + 1;
        timedSince = now;
    } else {
        timedSegmentEnd.reset();
    }
    nextToSend = sentMost = initialSequence + 1;
    lastSynSent = now;
    emit(std::move(segment), now);
    start(TcpTimer::Retransmission, now + timeout.value());
}

void TcpConnection::sendAck(Time now) {
    TcpSegment segment;
    // A probe's byte does not count: at its closed window the peer takes nothing behind RCV.NXT.
    segment.header.sequence = runs(TcpTimer::Persist) ? nextToSend : sentMost;
    segment.header.flags = tcp_flag::ack;
    if (usesSelectiveAck && receiver.hasGap())
        segment.options.selectiveAck = receiver.blocks(usesTimestamps ? 3 : 4);
    emit(std::move(segment), now);
}

void TcpConnection::sendReset(std::uint32_t sequence, Time now) {
    TcpSegment segment;
    segment.header.sequence = sequence;
    segment.header.flags = tcp_flag::rst;
    emit(std::move(segment), now);
}

/// Adds what every segment has: acknowledgement, window and timestamps.
void TcpConnection::emit(TcpSegment segment, Time now) {
    if (usesTimestamps && !segment.options.timestamps)
        segment.options.timestamps = {clock(now), segment.has(tcp_flag::ack) ? recentTimestamp : 0};
    if (!segment.has(tcp_flag::rst))
        segment.header.window = receiver.announce(segment.has(tcp_flag::syn) ? 0 : receiveShift);
    if (segment.has(tcp_flag::ack)) {
        segment.header.acknowledgement = lastAcknowledged = receiver.next();
        acknowledgeNow = false;
        waitingBytes = 0;
        stop(TcpTimer::DelayedAck);
    }
    effects.emplace_back(std::move(segment));
    measure(TcpQuantity::Window, receiver.window());
}

} // namespace wirestage::simulation
