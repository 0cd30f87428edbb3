// SPDX-License-Identifier: GPL-3.0-or-later
// What a user asks of a connection (RFC 9293, 3.10.1 to 3.10.5), and its states and timers.
#include "core/protocols/tcp/tcp_connection_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {

std::string_view nameOf(TcpState state) {
    constexpr std::string_view names[] = {"CLOSED",      "LISTEN",     "SYN-SENT",   "SYN-RECEIVED",
                                          "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT",
                                          "CLOSING",     "LAST-ACK",   "TIME-WAIT"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view nameOf(TcpTimer timer) {
    constexpr std::string_view names[tcpTimerCount] = {"RTO", "delayed ACK", "persist", "TIME-WAIT"};
    return names[static_cast<std::size_t>(timer)];
}

std::string_view nameOf(TcpQuantity quantity) {
    constexpr std::string_view names[tcpQuantityCount] = {"cwnd", "ssthresh", "flight",
                                                          "srtt", "rto",      "window"};
    return names[static_cast<std::size_t>(quantity)];
}

TcpConnection::TcpConnection(const TcpSettings& given, std::uint32_t sequence, std::uint16_t pathBytes)
    : settings(given), initialSequence(sequence), unacknowledged(sequence), nextToSend(sequence),
      sentMost(sequence), pathSegmentSize(pathBytes),
      congestion(given.congestionControl, given.initialWindow), timeout(given), recoverUpTo(sequence),
      receiver(given.receiveBuffer, std::min(given.maximumSegmentSize, pathBytes)) {
    queue.begin(sequence + 1);
}

void TcpConnection::open(Time now) {
    enter(TcpState::SynSent);
    sendSyn(now);
    measureAll();
}

void TcpConnection::listen() {
    passive = true;
    enter(TcpState::Listen);
}

void TcpConnection::send(Bytes data, Time now) {
    const bool possible = current == TcpState::SynSent || current == TcpState::SynReceived ||
                          current == TcpState::Established || current == TcpState::CloseWait;
    if (!possible || finWanted || data.empty())
        return;
    queue.append(data);
    acknowledgementWanted = true;
    transmit(now);
    measureAll();
}

void TcpConnection::close(Time now) {
    switch (current) {
    case TcpState::Listen:
    case TcpState::SynSent: finish(StreamEventType::Closed); return;
    case TcpState::SynReceived: finWanted = true; return; // until the connection is established
    case TcpState::Established:
        finWanted = true;
        enter(TcpState::FinWait1);
        break;
    case TcpState::CloseWait:
        finWanted = true;
        enter(TcpState::LastAck);
        break;
    default: return;
    }
    transmit(now);
    measureAll();
}

void TcpConnection::abort(Time now) {
    if (current >= TcpState::SynReceived && current <= TcpState::CloseWait)
        sendReset(sentMost, now);
    finish(std::nullopt);
}

void TcpConnection::setReading(bool reads, Time now) {
    reading = reads;
    const bool hadUnread = receiver.hasUnread();
    deliver();
    if (reads && hadUnread && !receiver.isFinished() && isSynchronized() &&
        receiver.isWorthAnnouncing(receiveShift))
        sendAck(now);
}

void TcpConnection::deliver() {
    if (!reading || !isSynchronized())
        return;
    if (receiver.hasUnread())
        tell(StreamEventType::Data, receiver.fetch());
    if (receiver.isFinished() && !toldPeerClosed) {
        toldPeerClosed = true;
        tell(StreamEventType::PeerClosed);
    }
}

std::optional<Time> TcpConnection::deadline() const {
    std::optional<Time> first;
    for (const std::optional<Time>& timer : timers)
        if (timer && (!first || *timer < *first))
            first = timer;
    return first;
}

bool TcpConnection::makesWayFor(const TcpSegment& syn) const {
    if (current != TcpState::TimeWait || !syn.has(tcp_flag::syn) || syn.has(tcp_flag::ack | tcp_flag::rst))
        return false;
    return isBefore(receiver.next(), syn.header.sequence);
}

void TcpConnection::enter(TcpState state) {
    current = state;
    effects.emplace_back(state);
}

void TcpConnection::tell(StreamEventType type, std::vector<std::uint8_t> data) {
    if (type == StreamEventType::Closed && std::exchange(toldClosed, true))
        return;
    effects.emplace_back(TcpTold{type, std::move(data)});
}

void TcpConnection::start(TcpTimer timer, Time due) {
    timers[static_cast<std::size_t>(timer)] = due;
    effects.emplace_back(TcpTimerStarted{timer, due});
}

void TcpConnection::stop(TcpTimer timer, bool fired) {
    if (std::exchange(timers[static_cast<std::size_t>(timer)], std::nullopt))
        effects.emplace_back(TcpTimerEnded{timer, fired});
}

void TcpConnection::measure(TcpQuantity quantity, double value) {
    std::optional<double>& last = measured[static_cast<std::size_t>(quantity)];
    if (last == value)
        return;
    last = value;
    effects.emplace_back(TcpMeasured{quantity, value});
}

void TcpConnection::measureAll() {
    if (current == TcpState::Closed || current == TcpState::Listen)
        return;
    if (congestion.isEnabled() && isSynchronized())
        measure(TcpQuantity::CongestionWindow, congestion.window());
    if (congestion.isEnabled() && congestion.threshold() != CongestionControl::unlimited)
        measure(TcpQuantity::Threshold, congestion.threshold());
    measure(TcpQuantity::Flight, flight());
    if (timeout.smoothed())
        measure(TcpQuantity::SmoothedRoundTrip, static_cast<double>(*timeout.smoothed()) / 1e9);
    measure(TcpQuantity::Timeout, static_cast<double>(timeout.value()) / 1e9);
}

void TcpConnection::finish(std::optional<StreamEventType> event) {
    if (current == TcpState::Closed)
        return;
    for (std::size_t timer = 0; timer < tcpTimerCount; ++timer)
        stop(static_cast<TcpTimer>(timer));
    enter(TcpState::Closed);
    if (event)
        tell(*event);
}

void TcpConnection::giveUp() {
    if (passive && current == TcpState::SynReceived)
        finish(std::nullopt); // nobody knows of it yet
    else
        finish(softError ? StreamEventType::Unreachable : StreamEventType::TimedOut);
}

void TcpConnection::enterTimeWait(Time now) {
    stop(TcpTimer::Retransmission);
    stop(TcpTimer::Persist);
    enter(TcpState::TimeWait);
    start(TcpTimer::TimeWait, now + settings.timeWait);
    tell(StreamEventType::Closed);
}

} // namespace wirestage::simulation
