// SPDX-License-Identifier: GPL-3.0-or-later
// A segment arrives: RFC 9293, 3.10.7, in the order of its steps, with the challenge ACKs of RFC 5961 that it
// has taken over and the test against old duplicates of RFC 7323, 5.3 (PAWS).
#include "core/protocols/tcp/tcp_connection_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr Time mostAckDelay = 500'000'000; // RFC 1122, 4.2.3.2
constexpr Time synPatience = 500'000'000;  // between answers to repeated SYNs
constexpr std::uint32_t timestampBytes = 12;

} // namespace

void TcpConnection::arrive(const TcpSegment& segment, Time now) {
    switch (current) {
    case TcpState::Closed: return;
    case TcpState::Listen: arriveInListen(segment, now); break;
    case TcpState::SynSent: arriveInSynSent(segment, now); break;
    default: arriveElsewhere(segment, now); break;
    }
    measureAll();
}

void TcpConnection::arriveInListen(const TcpSegment& segment, Time now) {
    if (segment.has(tcp_flag::rst))
        return;
    if (segment.has(tcp_flag::ack)) {
        sendReset(segment.header.acknowledgement, now);
        return;
    }
    if (!segment.has(tcp_flag::syn))
        return;
    takeSynOptions(segment);
    enter(TcpState::SynReceived);
    sendSyn(now);
}

void TcpConnection::takeSynOptions(const TcpSegment& syn) {
    peersInitialSequence = syn.header.sequence;
    receiver.begin(peersInitialSequence);
    sendWindow = largestSendWindow = syn.header.window; // never scaled in a SYN (RFC 7323, 2.2)
    windowFromSequence = syn.header.sequence;
    windowFromAcknowledgement = syn.header.acknowledgement;
    const TcpOptions& options = syn.options;
    peersSegmentSize = options.maximumSegmentSize.value_or(536);
    usesTimestamps = settings.timestamps && options.timestamps;
    if (usesTimestamps)
        recentTimestamp = options.timestamps->value;
    usesSelectiveAck = settings.selectiveAck && options.selectiveAckPermitted;
    usesWindowScale = settings.windowScale && options.windowScale;
    if (usesWindowScale) {
        sendShift = *options.windowScale;
        receiveShift = std::min<std::uint8_t>(*settings.windowScale, 14);
    }
}

void TcpConnection::arriveInSynSent(const TcpSegment& segment, Time now) {
    const bool acknowledges = segment.has(tcp_flag::ack);
    const std::uint32_t number = segment.header.acknowledgement;
    if (acknowledges && (isAtMost(number, initialSequence) || isBefore(sentMost, number))) {
        if (!segment.has(tcp_flag::rst))
            sendReset(number, now);
        return;
    }
    if (segment.has(tcp_flag::rst)) {
        if (acknowledges)
            finish(StreamEventType::Refused);
        return;
    }
    if (!segment.has(tcp_flag::syn))
        return;
    takeSynOptions(segment);
    if (!acknowledges) { // both opened at the same time
        enter(TcpState::SynReceived);
        sendSyn(now);
        return;
    }
    takeRoundTrip(segment, now);
    unacknowledged = number;
    stop(TcpTimer::Retransmission);
    acknowledgeNow = true;
    establish(now);
}

void TcpConnection::establish(Time now) {
    enter(TcpState::Established);
    softError = false;
    congestion.begin(segmentSize(), synTimeouts > 0);
    if (synTimeouts > 0)
        timeout.begunAfterLostSyn();
    if (acknowledgeNow)
        sendAck(now);
    tell(passive ? StreamEventType::Accepted : StreamEventType::Opened);
    if (finWanted)
        enter(TcpState::FinWait1);
}

bool TcpConnection::isTooOld(const TcpSegment& segment) const {
    return segment.options.timestamps && isBefore(segment.options.timestamps->value, recentTimestamp);
}

void TcpConnection::arriveElsewhere(const TcpSegment& segment, Time now) {
    const std::uint32_t sequence = segment.header.sequence;
    const bool isReset = segment.has(tcp_flag::rst);
    // In a simultaneous open the SYN of the peer's SYN, ACK is known already; its ACK counts (3.5, figure 7).
    if (current == TcpState::SynReceived && segment.has(tcp_flag::syn) && segment.has(tcp_flag::ack) &&
        !isReset && !passive && sequence == peersInitialSequence) {
        if (takeAcknowledgementOfSyn(segment, now))
            transmit(now);
        return;
    }
    if (usesTimestamps && !isReset) {
        if (!segment.options.timestamps)
            return; // RFC 7323, 3.2
        if (isTooOld(segment)) {
            answerUnacceptable(segment, now);
            return;
        }
    }
    // At a closed window nothing but its acknowledgement counts of a segment, a probe above all (first step).
    const bool onlyAcknowledges = receiver.window() == 0 && sequence == receiver.next() && !isReset &&
                                  segment.length() > 0 && !segment.has(tcp_flag::syn);
    if (!onlyAcknowledges && !receiver.accepts(sequence, segment.length())) {
        if (!isReset)
            answerUnacceptable(segment, now);
        return;
    }
    if (isReset) {
        takeReset(segment, now);
        return;
    }
    if (segment.has(tcp_flag::syn)) {
        takeSyn(now);
        return;
    }
    if (!segment.has(tcp_flag::ack))
        return;
    if (usesTimestamps && isAtMost(sequence, lastAcknowledged))
        recentTimestamp = segment.options.timestamps->value;
    if (current == TcpState::SynReceived ? takeAcknowledgementOfSyn(segment, now)
                                         : takeAcknowledgement(segment, now)) {
        if (onlyAcknowledges)
            acknowledgeNow = true;
        else
            takeData(segment, now);
    }
    transmit(now);
    if (acknowledgeNow && current != TcpState::Closed)
        sendAck(now);
}

/// `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`, but for a repeated SYN: its sender has nothing to gain from an ACK
/// before it knows our SYN.
void TcpConnection::answerUnacceptable(const TcpSegment& segment, Time now) {
    if (current == TcpState::SynReceived && segment.has(tcp_flag::syn) &&
        segment.header.sequence == peersInitialSequence) {
        if (now - lastSynSent.value_or(0) >= synPatience)
            sendSyn(now);
        return;
    }
    sendAck(now);
    if (current == TcpState::TimeWait && segment.has(tcp_flag::fin))
        start(TcpTimer::TimeWait, now + settings.timeWait);
}

void TcpConnection::takeReset(const TcpSegment& segment, Time now) {
    if (segment.header.sequence != receiver.next()) {
        sendAck(now); // a challenge: who really has no such connection answers with the right number
        return;
    }
    if (current == TcpState::SynReceived)
        finish(passive ? std::nullopt : std::optional(StreamEventType::Refused));
    else
        finish(current == TcpState::TimeWait ? std::nullopt : std::optional(StreamEventType::Reset));
}

void TcpConnection::takeSyn(Time now) {
    if (current == TcpState::SynReceived && passive)
        finish(std::nullopt);
    else
        sendAck(now);
}

/// SYN-RECEIVED, fifth step.
bool TcpConnection::takeAcknowledgementOfSyn(const TcpSegment& segment, Time now) {
    const std::uint32_t number = segment.header.acknowledgement;
    if (!isBefore(unacknowledged, number) || isBefore(sentMost, number)) {
        sendReset(number, now);
        return false;
    }
    takeRoundTrip(segment, now);
    unacknowledged = number;
    stop(TcpTimer::Retransmission);
    sendWindow = std::uint32_t{segment.header.window} << (segment.has(tcp_flag::syn) ? 0 : sendShift);
    largestSendWindow = std::max(largestSendWindow, sendWindow);
    windowFromSequence = segment.header.sequence;
    windowFromAcknowledgement = number;
    establish(now);
    return true;
}

void TcpConnection::takeData(const TcpSegment& segment, Time now) {
    if (current != TcpState::Established && current != TcpState::FinWait1 && current != TcpState::FinWait2)
        return;
    const auto size = static_cast<std::uint32_t>(segment.payload.size());
    const bool wasFinished = receiver.isFinished();
    const TcpReceiver::Taken taken =
        receiver.take(segment.header.sequence, segment.payload, segment.has(tcp_flag::fin));
    largestReceived = std::max(largestReceived, size);
    if (taken == TcpReceiver::Taken::InOrder)
        acknowledgeLater(size, now);
    else if (segment.length() > 0)
        acknowledgeNow = true; // RFC 5681, 4.2: out of order, filling a gap, or known already
    deliver();
    if (!wasFinished && receiver.isFinished())
        takeFin(now);
}

void TcpConnection::acknowledgeLater(std::uint32_t bytes, Time now) {
    waitingBytes += bytes;
    const std::uint32_t announced =
        std::min(settings.maximumSegmentSize, pathSegmentSize) - (usesTimestamps ? timestampBytes : 0);
    if (!settings.delayedAck || waitingBytes >= 2 * std::min(announced, largestReceived))
        acknowledgeNow = true;
    else if (!runs(TcpTimer::DelayedAck))
        start(TcpTimer::DelayedAck, now + std::min(settings.ackDelay, mostAckDelay));
}

void TcpConnection::takeFin(Time now) {
    acknowledgeNow = true;
    if (current == TcpState::Established)
        enter(TcpState::CloseWait);
    else if (current == TcpState::FinWait1)
        enter(TcpState::Closing);
    else if (current == TcpState::FinWait2)
        enterTimeWait(now);
}

} // namespace wirestage::simulation
