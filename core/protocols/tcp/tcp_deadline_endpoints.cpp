// SPDX-License-Identifier: GPL-3.0-or-later
// What happens when nothing happens: the retransmission timer (RFC 6298, 5), the persist timer (RFC 9293,
// 3.8.6.1), the delayed ACK and TIME-WAIT; and the errors that ICMP reports instead (RFC 9293, 3.9.2.2).
#include "core/protocols/tcp/tcp_connection_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {

void TcpConnection::wake(Time now) {
    for (std::size_t place = 0; place < tcpTimerCount; ++place) {
        const auto timer = static_cast<TcpTimer>(place);
        if (!due(timer) || *due(timer) > now)
            continue;
        stop(timer, true);
        switch (timer) {
        case TcpTimer::Retransmission: retransmissionTimedOut(now); break;
        case TcpTimer::DelayedAck: sendAck(now); break;
        case TcpTimer::Persist: persistTimedOut(now); break;
        case TcpTimer::TimeWait: finish(std::nullopt); break;
        }
    }
    measureAll();
}

void TcpConnection::retransmissionTimedOut(Time now) {
    if (current == TcpState::SynSent || current == TcpState::SynReceived) {
        if (synTimeouts >= settings.synRetries) {
            giveUp();
            return;
        }
        ++synTimeouts;
        timeout.backOff();
        sendSyn(now);
        return;
    }
    if (timeouts >= settings.retries) {
        giveUp();
        return;
    }
    congestion.timedOut(flight(), timeouts > 0);
    ++timeouts;
    timeout.backOff();
    recoverUpTo = sentMost;
    sentAgainUpTo = unacknowledged;
    duplicates = 0;
    scoreboard.clear(); // RFC 2018, 8: the receiver may have thrown it away
    nextToSend = resendFrom(unacknowledged, now);
}

void TcpConnection::watchWindow(Time now) {
    const bool waits = maySend() && unacknowledged == nextToSend && isBefore(nextToSend, endOfStream()) &&
                       !runs(TcpTimer::Retransmission);
    if (!waits) {
        stop(TcpTimer::Persist);
    } else if (!runs(TcpTimer::Persist)) {
        probeInterval = timeout.value();
        start(TcpTimer::Persist, now + probeInterval);
    }
}

void TcpConnection::persistTimedOut(Time now) {
    if (unansweredProbes >= settings.retries) {
        giveUp();
        return;
    }
    const std::uint32_t window = usableWindow(nextToSend);
    if (window > 0) { // small, and for too long: better a small segment than none (3.8.6.2.1, rule 4)
        const std::uint32_t available = queue.end() - nextToSend;
        const std::uint32_t length = std::min({available, window, segmentSize()});
        const bool fin = finWanted && length == available && window > length;
        sendData(nextToSend, length, fin, now);
        nextToSend += length + fin;
        return;
    }
    ++unansweredProbes;
    sendProbe(now);
    probeInterval = std::min(2 * probeInterval, settings.mostTimeout);
    start(TcpTimer::Persist, now + probeInterval);
}

void TcpConnection::unreachable(std::uint8_t code, std::uint32_t sequence, Time /*now*/) {
    constexpr std::uint8_t protocolUnreachable = 2, portUnreachable = 3;
    // Only about what is under way: else anybody could end it (RFC 5927, 4).
    if (!isAtMost(unacknowledged, sequence) || !isBefore(sequence, sentMost))
        return;
    if (code != protocolUnreachable && code != portUnreachable) {
        softError = true; // it may pass: said only when all trying was in vain (RFC 1122, 4.2.3.9)
        return;
    }
    if (passive && current == TcpState::SynReceived)
        finish(std::nullopt);
    else
        finish(StreamEventType::Unreachable);
}

void TcpConnection::limitSegment(std::uint32_t sequence, std::uint16_t bytes, Time now) {
    const bool isOurs = isAtMost(unacknowledged, sequence) && isBefore(sequence, sentMost);
    if (!isOurs || !maySend() || bytes >= pathSegmentSize)
        return;
    pathSegmentSize = bytes;
    congestion.setSegmentSize(segmentSize());
    // What was too large is sent again at once, and is no sign of congestion (RFC 1191, 6.4).
    timedSegmentEnd.reset();
    nextToSend = unacknowledged;
    if (runs(TcpTimer::Retransmission))
        start(TcpTimer::Retransmission, now + timeout.value());
    transmit(now);
    measureAll();
}

} // namespace wirestage::simulation
