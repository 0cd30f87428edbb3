// SPDX-License-Identifier: GPL-3.0-or-later
// One end of a TCP connection: the state machine of RFC 9293, 3.10, without I/O and without a clock. It is
// told what the application wants, what arrived and what time it is, and says what comes of it.
#pragma once

#include "core/protocols/tcp/tcp_congestion_endpoints.h"
#include "core/protocols/tcp/tcp_effects_endpoints.h"
#include "core/protocols/tcp/tcp_receiver_endpoints.h"
#include "core/protocols/tcp/tcp_send_queue_endpoints.h"
#include "core/protocols/tcp/tcp_timeout_endpoints.h"

#include <array>
#include <optional>
#include <vector>

namespace wirestage::simulation {

class TcpConnection {
public:
    /// `pathSegmentSize`: the most bytes behind the TCP header's first 20 that the path takes whole.
    TcpConnection(const TcpSettings& settings, std::uint32_t initialSequence, std::uint16_t pathSegmentSize);

    // The user's calls (3.10.1 to 3.10.5).
    void open(Time now); ///< active
    void listen();       ///< passive
    void send(Bytes data, Time now);
    void close(Time now);
    void abort(Time now);
    void setReading(bool reads, Time now);

    /// 3.10.7. The segment's checksum was right and its addresses and ports are this connection's.
    void arrive(const TcpSegment& segment, Time now);
    /// An ICMP destination unreachable about this connection's segment with that number (3.9.2.2).
    void unreachable(std::uint8_t code, std::uint32_t sequence, Time now);
    /// An ICMP 3/4: the path takes less than was thought (RFC 1191, 6.4).
    void limitSegment(std::uint32_t sequence, std::uint16_t pathSegmentSize, Time now);

    [[nodiscard]] std::optional<Time> deadline() const;
    void wake(Time now);

    [[nodiscard]] TcpState state() const { return current; }
    /// A connection in TIME-WAIT may be opened anew by a SYN that is surely later (3.6.1).
    [[nodiscard]] bool makesWayFor(const TcpSegment& syn) const;
    [[nodiscard]] std::uint32_t highestSent() const { return sentMost; } ///< where the next one has to begin
    /// What has happened since this was asked last.
    std::vector<TcpEffect> takeEffects() { return std::exchange(effects, {}); }

private:
    // tcp_connection_endpoints.cpp: states, timers, what is told
    void enter(TcpState state);
    void tell(StreamEventType type, std::vector<std::uint8_t> data = {});
    void start(TcpTimer timer, Time due);
    void stop(TcpTimer timer, bool fired = false);
    [[nodiscard]] bool runs(TcpTimer timer) const { return due(timer).has_value(); }
    [[nodiscard]] const std::optional<Time>& due(TcpTimer timer) const {
        return timers[static_cast<std::size_t>(timer)];
    }
    void measure(TcpQuantity quantity, double value);
    void measureAll();
    void finish(std::optional<StreamEventType> event); ///< to CLOSED
    void giveUp();
    void deliver();
    void enterTimeWait(Time now);
    [[nodiscard]] bool isSynchronized() const { return current >= TcpState::Established; }

    // tcp_arrival_endpoints.cpp: 3.10.7
    void arriveInListen(const TcpSegment& segment, Time now);
    void arriveInSynSent(const TcpSegment& segment, Time now);
    void arriveElsewhere(const TcpSegment& segment, Time now);
    void takeSynOptions(const TcpSegment& syn);
    [[nodiscard]] bool isTooOld(const TcpSegment& segment) const; ///< PAWS
    void answerUnacceptable(const TcpSegment& segment, Time now);
    void takeReset(const TcpSegment& segment, Time now);
    void takeSyn(Time now);
    bool takeAcknowledgementOfSyn(const TcpSegment& segment, Time now);
    void establish(Time now);
    void takeData(const TcpSegment& segment, Time now);
    void takeFin(Time now);
    void acknowledgeLater(std::uint32_t bytes, Time now);

    // tcp_acknowledgement_endpoints.cpp: the ACK field and what it does to sending
    bool takeAcknowledgement(const TcpSegment& segment, Time now);
    void takeNewAcknowledgement(const TcpSegment& segment, Time now);
    [[nodiscard]] bool isDuplicate(const TcpSegment& segment, bool reportsNew) const;
    void takeDuplicate(Time now);
    void takeWindow(const TcpSegment& segment);
    void takeRoundTrip(const TcpSegment& segment, Time now);
    void advanceStateAfterFin(Time now);
    [[nodiscard]] bool isFinAcknowledged() const;

    // tcp_output_endpoints.cpp: what is sent, and when
    void transmit(Time now);
    bool transmitNext(Time now);
    bool resendMissing(bool evenIfNotLost, Time now);
    std::uint32_t resendFrom(std::uint32_t sequence, Time now);
    [[nodiscard]] std::uint32_t usableWindow(std::uint32_t from) const;
    [[nodiscard]] std::uint32_t usableByCongestion(std::uint32_t from) const;
    [[nodiscard]] bool recoversSelectively() const { return usesSelectiveAck && congestion.isRecovering(); }
    void sendData(std::uint32_t sequence, std::uint32_t length, bool fin, Time now);
    void sendSyn(Time now);
    void sendAck(Time now);
    void sendReset(std::uint32_t sequence, Time now);
    void sendProbe(Time now);
    void emit(TcpSegment segment, Time now);
    [[nodiscard]] TcpOptions optionsNow(Time now) const;
    [[nodiscard]] std::uint32_t segmentSize() const; ///< Eff.snd.MSS (3.7.1)
    [[nodiscard]] std::uint32_t flight() const { return sentMost - unacknowledged; }
    [[nodiscard]] bool isWorthSending(std::uint32_t length, bool isAll, bool fin) const;
    /// Behind the last data, and the FIN if there is to be one.
    [[nodiscard]] std::uint32_t endOfStream() const { return queue.end() + finWanted; }
    [[nodiscard]] bool maySend() const;
    [[nodiscard]] std::uint32_t clock(Time now) const { return static_cast<std::uint32_t>(now / 1'000'000); }

    // tcp_deadline_endpoints.cpp
    void retransmissionTimedOut(Time now);
    void persistTimedOut(Time now);
    void watchWindow(Time now); ///< starts or ends the persist timer

    TcpSettings settings;
    TcpState current = TcpState::Closed;
    bool passive = false, reading = true, toldPeerClosed = false, toldClosed = false;
    bool acknowledgeNow = false;
    std::vector<TcpEffect> effects;
    std::array<std::optional<Time>, tcpTimerCount> timers;
    std::array<std::optional<double>, tcpQuantityCount> measured;

    // The send sequence space (3.3.1): ISS, SND.UNA, SND.NXT and the highest number that was ever sent, which
    // SND.NXT falls behind after a timeout.
    std::uint32_t initialSequence, unacknowledged, nextToSend, sentMost;
    std::uint32_t sendWindow = 0, largestSendWindow = 0;                 ///< SND.WND, MAX.SND.WND (RFC 5961)
    std::uint32_t windowFromSequence = 0, windowFromAcknowledgement = 0; ///< SND.WL1, SND.WL2
    TcpSendQueue queue;
    TcpScoreboard scoreboard;
    bool finWanted = false, finSent = false, acknowledgementWanted = false;
    std::uint16_t peersSegmentSize = 536, pathSegmentSize; ///< 536: what a peer takes that says nothing

    CongestionControl congestion;
    RetransmissionTimeout timeout;
    unsigned timeouts = 0, synTimeouts = 0, unansweredProbes = 0; ///< one after the other
    Time probeInterval = 0;
    unsigned duplicates = 0;
    std::uint32_t flightAtFirstDuplicate = 0;
    std::uint32_t recoverUpTo;       ///< RFC 6582's recover
    std::uint32_t sentAgainUpTo = 0; ///< RFC 6675's HighRxt
    bool softError = false, sawPartialAcknowledgement = false;
    std::optional<std::uint32_t> timedSegmentEnd; ///< the segment whose round trip is being measured
    Time timedSince = 0;
    std::optional<Time> lastSent, lastSynSent;

    TcpReceiver receiver;
    std::uint32_t peersInitialSequence = 0, lastAcknowledged = 0; ///< IRS, Last.ACK.sent (RFC 7323)
    std::uint32_t waitingBytes = 0, largestReceived = 536;        ///< for every second full segment
    bool usesTimestamps = false, usesSelectiveAck = false, usesWindowScale = false;
    std::uint32_t recentTimestamp = 0; ///< TS.Recent
    std::uint8_t sendShift = 0, receiveShift = 0;
};

} // namespace wirestage::simulation
