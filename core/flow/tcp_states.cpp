// SPDX-License-Identifier: GPL-3.0-or-later
// An observer sees segments pass, not states: a state is entered when a segment announces it. That a SYN or a
// FIN arrived is known from the answer to it, so that two sides that open or close at once are told from one
// that follows the other.
#include "core/flow/tcp_states.h"

#include <array>

namespace wirestage {
namespace {

constexpr std::uint8_t fin = 1, syn = 2, rst = 4, ack = 16;

constexpr std::array<std::string_view, 11> names{"CLOSED",      "LISTEN",     "SYN-SENT",   "SYN-RECEIVED",
                                                 "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT",
                                                 "CLOSING",     "LAST-ACK",   "TIME-WAIT"};

} // namespace

std::string_view name(TcpState state) {
    return names[static_cast<std::size_t>(state)];
}

void TcpStates::move(unsigned end, TcpState to, bool inferred) {
    if (ends[end] == to)
        return;
    ends[end] = to;
    changes.push_back({end, to, inferred});
}

/// SYN and SYN-ACK. The listener's LISTEN is concluded from its answer: a closed port would have sent a RST.
void TcpStates::opening(unsigned sender, std::uint8_t flags) {
    const unsigned receiver = 1 - sender;
    if (flags & ack) {
        if (ends[sender] == TcpState::SynSent) { // simultaneous open, RFC 9293 figure 7
            move(sender, TcpState::SynReceived);
            if (ends[receiver] == TcpState::SynReceived) { // each has acknowledged the other's SYN
                move(receiver, TcpState::Established);
                move(sender, TcpState::Established);
            }
            return;
        }
        if (ends[sender] != TcpState::Closed && ends[sender] != TcpState::TimeWait)
            return; // sent again
        move(sender, TcpState::SynReceived);
        if (ends[receiver] == TcpState::Closed)
            move(receiver, TcpState::SynSent, true);
        if (ends[receiver] == TcpState::SynSent)
            move(receiver, TcpState::Established);
        return;
    }
    if (ends[sender] == TcpState::Closed || ends[sender] == TcpState::TimeWait)
        move(sender, TcpState::SynSent);
}

void TcpStates::finish(unsigned sender, const TcpFacts& facts) {
    finSent[sender] = true;
    finEnd[sender] = facts.sequence + facts.payloadLength + 1;
    switch (ends[sender]) {
    case TcpState::Established:
    case TcpState::SynReceived: move(sender, TcpState::FinWait1); break;
    case TcpState::CloseWait: move(sender, TcpState::LastAck); break;
    default: break;
    }
}

/// `sender` acknowledges: does that cover the other side's FIN?
void TcpStates::acknowledgeFin(unsigned sender, const TcpFacts& facts) {
    const unsigned closer = 1 - sender;
    if (!finSent[closer] || static_cast<std::int32_t>(facts.acknowledgement - finEnd[closer]) < 0)
        return;
    if (ends[sender] == TcpState::Established || ends[sender] == TcpState::SynReceived)
        move(sender, TcpState::CloseWait);
    switch (ends[closer]) {
    case TcpState::FinWait1: move(closer, finSent[sender] ? TcpState::TimeWait : TcpState::FinWait2); break;
    case TcpState::Closing: move(closer, TcpState::TimeWait); break;
    case TcpState::LastAck: move(closer, TcpState::Closed); break;
    default: break;
    }
    if (finSent[sender] && ends[sender] == TcpState::FinWait2)
        move(sender, TcpState::TimeWait);
}

std::vector<TcpStates::Change> TcpStates::segment(unsigned sender, const TcpFacts& facts) {
    changes.clear();
    const std::uint8_t flags = facts.flags;
    const unsigned receiver = 1 - sender;
    if (!begun && !(flags & (syn | rst))) { // the capture begins in the middle
        move(0, TcpState::Established, true);
        move(1, TcpState::Established, true);
    }
    begun = true;
    if (flags & rst) {
        move(0, TcpState::Closed);
        move(1, TcpState::Closed);
        return changes;
    }
    if (flags & syn) {
        opening(sender, flags);
        return changes;
    }
    if (flags & ack) {
        if (ends[receiver] == TcpState::SynReceived)
            move(receiver, TcpState::Established);
        if (ends[sender] == TcpState::SynSent)
            move(sender, TcpState::Established);
        acknowledgeFin(sender, facts);
    }
    if (flags & fin) {
        const bool crossing =
            ends[receiver] == TcpState::FinWait1 &&
            !(finSent[receiver] && static_cast<std::int32_t>(facts.acknowledgement - finEnd[receiver]) >= 0);
        finish(sender, facts);
        if (crossing && ends[sender] == TcpState::FinWait1) { // both closed at once, RFC 9293 figure 13
            move(0, TcpState::Closing);
            move(1, TcpState::Closing);
        } else if (ends[receiver] == TcpState::FinWait2) {
            move(receiver, TcpState::TimeWait);
        }
    }
    return changes;
}

} // namespace wirestage
