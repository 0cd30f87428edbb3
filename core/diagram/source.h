// SPDX-License-Identifier: GPL-3.0-or-later
// What a diagram is made from: messages by row, their lifelines, states and phases. A capture is one source
// (see capture_source.h); a simulated run or an overlay becomes another by implementing the same few
// functions.
#pragma once

#include "core/exchange/model.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wirestage::diagram {

using Row = std::uint64_t; ///< a message's place among those shown, from 0
inline constexpr Row noRow = ~Row{0};

/// What is known of a message without decoding it.
struct RowFacts {
    KindId kind{};
    Notes notes;
    ExchangeId exchange = none;
    PacketIndex packet = 0;
    Time time = 0;
    bool lost = false; ///< known to have been lost
    bool laid = false; ///< it has a Laid: its reason needs room

    /// It asks whether a connection's other end is still there, or answers that (RFC 9293, section 3.8.4),
    /// and that is all there is to it.
    [[nodiscard]] bool keepsAlive() const {
        Notes asks, answers;
        asks.add(Note::KeepAlive);
        answers.add(Note::KeepAliveAck);
        return notes.bits == asks.bits || notes.bits == answers.bits;
    }
};

/// What a message of the textbook, or of the capture laid over it, came to. Awaited: it may still come.
enum class LaidStatus : std::uint8_t {
    Matched,
    Awaited,
    Missing,
    Unexpected,
    Repeated,
    OutOfOrder,
    RuleBroken,
    count
};

/// Of an overlay's row: which of the two have the message, and what is to be said of that.
struct Laid {
    LaidStatus status = LaidStatus::Matched;
    bool expected = false; ///< the reference has it here: a pale arrow
    bool captured = false; ///< the capture has it: the strong arrow
    /// In the reference, since its first message; nothing where it does not say when.
    std::optional<Time> expectedAt;
    PacketIndex example = none; ///< of the reference's own capture: a packet that carries it
};
Text title(LaidStatus status); ///< "matched", "still to come", ...

/// A participant is in this state from one message on, up to another one.
struct StateSpan {
    HostId host = none;
    std::string state;     ///< the protocol's own word
    Row first = 0;         ///< the message that led into it
    Row end = noRow;       ///< the message that led out of it; noRow: it lasts
    bool inferred = false; ///< concluded, not seen
    bool atStart = false;  ///< already so before message `first`
    /// The change came with the arrival of message `first` (or `end`), not with its sending.
    bool beginsOnArrival = false, endsOnArrival = false;
};

/// A timer of a participant: it runs from one message on, up to another one.
struct TimerMark {
    HostId host = none;
    Text words;         ///< "RTO 1 s"
    Row first = 0;      ///< the message that started it
    Row end = noRow;    ///< the message that stopped it, or that its running out led to; noRow: it runs on
    bool fired = false; ///< it ran out
    bool endsOnArrival = false; ///< of the message `end`, which stopped it
};

/// Where a message's arrow runs, if not from its sender to its receiver.
struct Way {
    HostId from = none, to = none;
    bool stopped = false; ///< `to` did not pass it on
};

/// A framed part of the diagram.
struct PhaseSpan {
    Text title;
    Row first = 0, last = 0;
};

/// All functions may be called from any thread. The parts that are lists (participants, states, phases) do
/// not change during a source's life.
class DiagramSource {
public:
    virtual ~DiagramSource() = default;
    [[nodiscard]] virtual Row size() const = 0;
    [[nodiscard]] virtual RowFacts facts(Row row) const = 0;      ///< cheap: called for every row once
    [[nodiscard]] virtual std::uint32_t bytes(Row row) const = 0; ///< on the wire; called for folded rows
    [[nodiscard]] virtual Message message(Row row) const = 0;     ///< called for the rows on screen
    [[nodiscard]] virtual const std::vector<Participant>&
    participants() const = 0;                                               ///< the lifelines, in order
    [[nodiscard]] virtual const std::vector<StateSpan>& states() const = 0; ///< by row
    [[nodiscard]] virtual const std::vector<PhaseSpan>& phases() const = 0; ///< by row, not overlapping
    /// What times are counted from; earlier than the first message where those before it are left out.
    [[nodiscard]] virtual Time start() const { return size() > 0 ? facts(0).time : 0; }
    /// By row. Empty for a capture: there timers are guesses.
    [[nodiscard]] virtual const std::vector<TimerMark>& timers() const {
        static const std::vector<TimerMark> unknown;
        return unknown;
    }
    /// Nothing where no more is known than the two ends. Of a broadcast: whom of all it is for.
    [[nodiscard]] virtual std::optional<Way> way(Row /*row*/) const { return std::nullopt; }
    /// Of an overlay every row has it, of everything else none.
    [[nodiscard]] virtual std::optional<Laid> laid(Row /*row*/) const { return std::nullopt; }
    [[nodiscard]] virtual bool overlaid() const { return false; }
    /// Whether runs of alike messages may be folded into one line.
    [[nodiscard]] virtual bool foldable() const { return true; }
};

/// What the receiver knows of a message that is known not to have come to it; nothing where it may have.
std::optional<Text> ofWhatDidNotArrive(const DiagramSource& source, Row row);

} // namespace wirestage::diagram
