// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the sequence analysis, one function each. Where a rule looks odd it follows Wireshark 4.0 to
// the letter, since a learner will compare both.
#include "core/flow/tcp_analysis.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::uint8_t fin = 1, syn = 2, rst = 4, ack = 16;

// Sequence numbers wrap: "after" and "before" are judged by the shorter way round (RFC 9293, section 3.4).
bool after(std::uint32_t a, std::uint32_t b) {
    return static_cast<std::int32_t>(a - b) > 0;
}
bool before(std::uint32_t a, std::uint32_t b) {
    return static_cast<std::int32_t>(a - b) < 0;
}

constexpr std::uint32_t bit(Note note) {
    return 1u << static_cast<unsigned>(note);
}

struct Analysis {
    TcpConnection& connection;
    TcpDirection& mine; ///< of the segment's sender
    TcpDirection& other;
    const TcpFacts& segment;
    Time time;
    SeenAt where = SeenAt::Wire;
    Notes notes{};

    [[nodiscard]] bool has(std::uint8_t flags) const { return segment.flags & flags; }
    [[nodiscard]] bool occupiesSequence() const { return segment.payloadLength > 0 || has(syn | fin); }

    void learnBases();
    void learnWindowScale();
    void judgeSender();
    bool judgeProbes();
    void judgeAcknowledgement();
    void judgeRepetition();
    void remember();
    void followLife();
    [[nodiscard]] std::uint32_t offeredWindow() const;
};

/// A connection whose SYN was not captured is shown from 1 on, as if it had been.
void Analysis::learnBases() {
    if (!mine.baseKnown) {
        mine.base = has(syn) ? segment.sequence : segment.sequence - 1;
        mine.baseKnown = true;
    }
    if (!other.baseKnown && has(ack)) {
        other.base = segment.acknowledgement - 1;
        other.baseKnown = true;
    }
}

/// RFC 7323, section 2.2: scaling is on only where both SYNs carry the option.
void Analysis::learnWindowScale() {
    if (!has(syn))
        return;
    mine.synSent = true;
    mine.windowScale =
        segment.windowScale == 255 ? -2 : static_cast<std::int8_t>(std::min<int>(segment.windowScale, 14));
    if (has(ack) && other.synSent && (mine.windowScale == -2 || other.windowScale == -2)) {
        mine.windowScale = -2;
        other.windowScale = -2;
    }
}

/// The other side's window in bytes.
std::uint32_t Analysis::offeredWindow() const {
    const bool scaled = other.windowScale > 0 && other.scaleNow;
    return scaled ? std::uint32_t{other.window} << other.windowScale : other.window;
}

/// The kinds of segment that end the judgement of the sender's own numbers.
bool Analysis::judgeProbes() {
    const bool repeatsAcknowledgement = segment.payloadLength == 0 && segment.window == mine.window &&
                                        segment.sequence == mine.next &&
                                        segment.acknowledgement == mine.acknowledged && !has(syn | fin | rst);
    if (repeatsAcknowledgement && segment.window && (other.lastNotes & bit(Note::KeepAlive))) {
        notes.add(Note::KeepAliveAck);
        return true;
    }
    if (repeatsAcknowledgement && !segment.window && (other.lastNotes & bit(Note::ZeroWindowProbe))) {
        notes.add(Note::ZeroWindowProbeAck);
        return true;
    }
    if (repeatsAcknowledgement && segment.window) {
        mine.duplicateAcks = static_cast<std::int16_t>(
            mine.duplicateAcks < 0 ? 1 : mine.duplicateAcks + (mine.duplicateAcks < 30000));
        notes.add(Note::DuplicateAck);
    }
    return false;
}

void Analysis::judgeSender() {
    const auto length = segment.payloadLength;
    if (length == 1 && segment.sequence == mine.next && other.window == 0) {
        notes.add(Note::ZeroWindowProbe);
        return;
    }
    if (segment.window == 0 && !has(rst | fin | syn))
        notes.add(Note::ZeroWindow);
    if (mine.next && after(segment.sequence, mine.next) && !has(rst))
        notes.add(Note::LostSegment);
    if (length <= 1 && segment.sequence == mine.next - 1 && !has(syn | fin | rst))
        notes.add(Note::KeepAlive);
    if (length == 0 && segment.window && segment.window != mine.window && segment.sequence == mine.next &&
        segment.acknowledgement == mine.acknowledged && !has(syn | fin | rst))
        notes.add(Note::WindowUpdate);
    if (length > 0 && other.windowScale != -1 &&
        segment.sequence + length == other.acknowledged + offeredWindow() && !has(syn | fin | rst))
        notes.add(Note::WindowFull);
    judgeProbes();
}

/// An acknowledgement of bytes the capture does not hold: they were sent, and not seen.
void Analysis::judgeAcknowledgement() {
    if (segment.acknowledgement != mine.acknowledged)
        mine.duplicateAcks = 0;
    if (!other.contiguous || !after(segment.acknowledgement, other.contiguous) || !has(ack))
        return;
    if (before(other.contiguous, other.next)) {
        other.contiguous = other.next;
        notes.add(Note::AckLostSegment);
    } else {
        if (other.duplicateAcks == 0)
            notes.add(Note::AckLostSegment);
        other.duplicateAcks = -1;
    }
}

/// Bytes that were there before: a fast retransmission where duplicate ACKs asked for them, out of order
/// where they follow closely, else a retransmission after the timer.
void Analysis::judgeRepetition() {
    constexpr Time closely = 20'000'000, unknownRoundTrip = 3'000'000;
    if (!occupiesSequence() || notes.has(Note::KeepAlive))
        return;
    const auto length = segment.payloadLength;
    bool repeats = mine.next && before(segment.sequence, mine.next);
    if (length > 1 && mine.next - 1 == segment.sequence) // new data behind a zero window probe's byte
        repeats = false;
    if (length > 0 && other.acknowledged && !after(segment.sequence + length, other.acknowledged)) {
        notes.add(Note::SpuriousRetransmission);
        return;
    }
    if (!repeats)
        return;
    if (where == SeenAt::Sender) { // no guess by the time: RFC 5681, 3.2 takes three duplicates
        const bool fast = other.duplicateAcks >= 3 && other.acknowledged == segment.sequence;
        notes.add(fast ? Note::FastRetransmission : Note::Retransmission);
        return;
    }
    if (other.duplicateAcks >= 2 && other.acknowledged == segment.sequence &&
        time - other.acknowledgedTime < closely) {
        notes.add(Note::FastRetransmission);
        return;
    }
    const Time threshold = connection.firstRoundTrip ? connection.firstRoundTrip : unknownRoundTrip;
    const std::uint32_t end = segment.sequence + length + (has(syn | fin) ? 1 : 0);
    if (time - mine.newestTime < threshold &&
        (mine.next != end || (mine.lastNewLength == 0 && !has(syn | fin)))) {
        notes.add(Note::OutOfOrder);
        return;
    }
    notes.add(Note::Retransmission);
}

void Analysis::remember() {
    const std::uint32_t end = segment.sequence + segment.payloadLength + (has(syn | fin) ? 1 : 0);
    const bool probe = notes.has(Note::ZeroWindowProbe);
    if (!mine.next || after(end, mine.next + (has(syn | fin) ? 1 : 0)))
        mine.lastNewLength =
            static_cast<std::uint16_t>(std::min<std::uint32_t>(segment.payloadLength, 0xffff));
    if ((after(end, mine.next) || !mine.next) && !probe) {
        mine.next = end;
        mine.newestTime = time;
    }
    if ((segment.sequence == mine.contiguous || !mine.contiguous) && !probe)
        mine.contiguous = mine.next;
    mine.window = segment.window;
    mine.acknowledged = segment.acknowledgement;
    mine.acknowledgedTime = time;
    mine.lastNotes = notes.bits;
    if (!has(syn))
        mine.scaleNow = true;
    if (has(fin)) {
        mine.finSent = true;
        mine.finSequence = end;
    }
    followLife();
}

/// The few facts of a connection's life that decide how it ended.
void Analysis::followLife() {
    if ((segment.flags & (syn | ack)) == syn) {
        connection.synTime = time;
        connection.synCount = static_cast<std::uint16_t>(std::min<int>(connection.synCount + 1, 0xffff));
    }
    if ((segment.flags & (syn | ack)) == (syn | ack))
        connection.synAckSeen = true;
    if (segment.payloadLength > 0 && !notes.has(Note::KeepAlive))
        connection.dataSeen = true;
    if (has(ack) && !has(syn | rst)) {
        connection.established = true;
        if (!connection.firstRoundTrip && connection.synTime && other.synSent && connection.synAckSeen &&
            segment.sequence - mine.base == 1 && segment.acknowledgement - other.base == 1)
            connection.firstRoundTrip = time - connection.synTime;
    }
    if (has(rst) && !connection.resetSeen) {
        connection.resetSeen = true;
        connection.resetEarly = !mine.finSent;
    }
}

} // namespace

bool beginsAnew(const TcpConnection& connection, unsigned direction, const TcpFacts& segment) {
    const TcpDirection& mine = connection.directions[direction];
    return (segment.flags & (syn | ack)) == syn && mine.baseKnown && segment.sequence != mine.base;
}

SegmentReport analyse(TcpConnection& connection, unsigned direction, const TcpFacts& segment, Time time,
                      SeenAt where) {
    Analysis analysis{
        connection, connection.directions[direction], connection.directions[1 - direction], segment, time,
        where};
    analysis.learnBases();
    analysis.learnWindowScale();
    const std::uint32_t seenBefore = analysis.mine.next;
    analysis.judgeSender();
    analysis.judgeAcknowledgement();
    analysis.judgeRepetition();
    analysis.remember();

    SegmentReport report;
    report.notes = analysis.notes;
    report.relativeSequence = segment.sequence - analysis.mine.base;
    report.relativeAcknowledgement = segment.acknowledgement - analysis.other.base;
    const bool scaled = analysis.mine.windowScale > 0 && !(segment.flags & syn);
    report.window = scaled ? std::uint32_t{segment.window} << analysis.mine.windowScale : segment.window;
    const std::uint32_t end = segment.sequence + segment.payloadLength;
    if (!seenBefore || !before(segment.sequence, seenBefore))
        report.newBytes = segment.payloadLength;
    else if (after(end, seenBefore))
        report.newBytes = end - seenBefore;
    return report;
}

} // namespace wirestage
