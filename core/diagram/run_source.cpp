// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson is short: its messages are put into words once, and everything else refers to their rows.
#include "core/diagram/run_source.h"

#include <algorithm>
#include <map>
#include <set>

namespace wirestage::diagram {

namespace {

/// More timers than this on one diagram hide the exchange: then only those that ran out are shown.
constexpr std::size_t timersShown = 8;

/// In a lesson every message is there to be seen; only a long one may fold those that are alike.
constexpr Row longLesson = 60;

class RunSource final : public DiagramSource {
public:
    RunSource(std::shared_ptr<const lesson::LessonRun> from, const std::vector<ExchangeId>& of,
              std::optional<Level> ofLevel, bool withHidden)
        : run(std::move(from)), level(ofLevel) {
        const MessageList list = run->whole->messages(of, level);
        for (Row row = 0; row < list.size(); ++row) {
            Message message = run->message(list.at(row));
            if (withHidden || !hidden(message.kind))
                add(std::move(message));
        }
        addLifelines();
        if (messages.empty())
            return;
        addStates();
        addTimers();
        addPhases();
    }

    [[nodiscard]] Row size() const override { return messages.size(); }
    [[nodiscard]] RowFacts facts(Row row) const override {
        const Message& m = messages[row];
        return {m.kind, m.notes, m.exchange, m.ref.packet, m.time, m.lost.value_or(false)};
    }
    [[nodiscard]] std::uint32_t bytes(Row row) const override {
        return run->whole->frame(messages[row].ref.packet).length;
    }
    [[nodiscard]] Message message(Row row) const override { return messages[row]; }
    [[nodiscard]] const std::vector<Participant>& participants() const override { return hosts; }
    [[nodiscard]] const std::vector<StateSpan>& states() const override { return stateSpans; }
    [[nodiscard]] const std::vector<PhaseSpan>& phases() const override { return phaseSpans; }
    [[nodiscard]] const std::vector<TimerMark>& timers() const override { return timerMarks; }

    [[nodiscard]] std::optional<Way> way(Row row) const override { return ways[row]; }
    [[nodiscard]] bool foldable() const override { return size() > longLesson; }

private:
    [[nodiscard]] bool hidden(KindId id) const {
        return std::any_of(run->lesson.hide.begin(), run->lesson.hide.end(),
                           [&](const std::string& kind) { return isKind(id, kind); });
    }
    void add(Message message);
    [[nodiscard]] Way wayOf(Message& message) const;
    void addLifelines();
    void addStates();
    void addMachine(simulation::NodeId node, const std::vector<const simulation::StateChange*>& changes);
    void addTimers();
    void addPhases();
    [[nodiscard]] Row rowAtTime(Time time) const;
    [[nodiscard]] Row rowArrivingAt(Time time, HostId host) const;
    [[nodiscard]] Row rowOfPacket(PacketIndex packet) const;
    [[nodiscard]] Row rowOfFrame(std::uint32_t frame) const;

    std::shared_ptr<const lesson::LessonRun> run;
    std::optional<Level> level;
    std::vector<Message> messages;
    std::vector<std::optional<Way>> ways; ///< by message
    std::vector<Participant> hosts;
    std::vector<StateSpan> stateSpans;
    std::vector<PhaseSpan> phaseSpans;
    std::vector<TimerMark> timerMarks;
};

/// Who heard a broadcast, from the frame's own arrivals; of all else, where it really began and ended.
void RunSource::add(Message message) {
    const lesson::PacketTruth& truth = run->truths[message.ref.packet];
    std::optional<Way> way;
    if (message.to == none) {
        message.hearers.emplace();
        for (const auto& hearer : truth.hearers)
            message.hearers->push_back(run->hostOf(hearer.node));
    } else if (message.ref.level != Level::Link && truth.hopOf == none) {
        way = wayOf(message);
    }
    messages.push_back(std::move(message));
    ways.push_back(way);
}

/// The network level shows the hops one by one, so the first of them ends at the next station. Else a packet
/// that is not lost may end before its target all the same: at a router that does not pass it on, or that
/// translates its addresses, and what leaves there is another packet. Sets when it came there.
Way RunSource::wayOf(Message& message) const {
    Way way{run->hostOf(run->run.frames[run->truths[message.ref.packet].frame].from), message.to};
    const lesson::PacketTruth::Hearer* last = nullptr;
    for (PacketIndex packet = message.ref.packet; packet < run->truths.size(); ++packet) {
        const lesson::PacketTruth& truth = run->truths[packet];
        if (truth.origin == message.ref.packet && !truth.hearers.empty() &&
            !(level == Level::Network && last))
            last = &truth.hearers.front();
    }
    if (!last || message.lost.value_or(false) || run->hostOf(last->node) == message.to)
        return way;
    way.to = run->hostOf(last->node);
    way.stopped = level != Level::Network && !run->lesson.network.nodes[last->node].router.outside;
    message.received = last->time;
    return way;
}

void RunSource::addLifelines() {
    for (simulation::NodeId node = 0; node < run->lesson.hosts.size(); ++node) {
        const lesson::Host& host = run->lesson.hosts[node];
        if (host.role == simulation::NodeRole::Switch)
            continue;
        Participant who = run->whole->host(run->hostOf(node));
        who.name = english(host.title);
        who.role = host.role == simulation::NodeRole::Router ? WS_TR("roles", "router")
                   : host.icon == "server"                   ? WS_TR("roles", "server")
                                                             : Text{};
        hosts.push_back(std::move(who));
    }
}

/// The first message at this moment or later; the last one where there is none.
Row RunSource::rowAtTime(Time time) const {
    const auto found = std::partition_point(messages.begin(), messages.end(),
                                            [&](const Message& m) { return m.time < time; });
    return static_cast<Row>(found - messages.begin());
}

/// The message that arrived there at this moment; noRow: none did.
Row RunSource::rowArrivingAt(Time time, HostId host) const {
    for (Row row = rowAtTime(time); row-- > 0;)
        if (messages[row].received == time && (messages[row].to == host || messages[row].to == none))
            return row;
    return noRow;
}

Row RunSource::rowOfPacket(PacketIndex packet) const {
    const auto found = std::partition_point(messages.begin(), messages.end(),
                                            [&](const Message& m) { return m.ref.packet < packet; });
    return static_cast<Row>(found - messages.begin());
}

/// The message that a frame carried where the packet was first sent; noRow where none is shown.
Row RunSource::rowOfFrame(std::uint32_t frame) const {
    for (PacketIndex packet = 0; packet < run->truths.size(); ++packet)
        if (run->truths[packet].frame == frame) {
            const PacketIndex origin =
                run->truths[packet].origin == none ? packet : run->truths[packet].origin;
            const Row row = rowOfPacket(origin);
            return row < size() && messages[row].ref.packet == origin ? row : noRow;
        }
    return noRow;
}

/// One lifeline has room for one protocol's states at a time: the highest protocol's that is shown, and of
/// several machines (connections) each from where the one before has ended.
void RunSource::addStates() {
    struct Machine {
        ProtocolId protocol{};
        std::vector<const simulation::StateChange*> changes;
    };
    std::map<simulation::NodeId, std::map<std::pair<int, std::uint32_t>, Machine>> byNode;
    const auto levelOf = [](ProtocolId protocol) {
        for (const Kind& k : allKinds())
            if (k.protocol == protocol)
                return static_cast<int>(k.level);
        return 0;
    };
    std::set<ProtocolId> shown;
    for (const Message& m : messages)
        shown.insert(kind(m.kind).protocol);
    for (const auto& change : run->run.states)
        if (const int height = levelOf(change.protocol); shown.contains(change.protocol)) {
            Machine& machine = byNode[change.node][{-height, change.machine}];
            machine.protocol = change.protocol;
            machine.changes.push_back(&change);
        }
    for (const auto& [node, machines] : byNode) {
        const ProtocolId first = machines.begin()->second.protocol;
        Time free = 0;
        std::vector<const Machine*> inOrder;
        for (const auto& [key, machine] : machines)
            if (machine.protocol == first)
                inOrder.push_back(&machine);
        std::stable_sort(inOrder.begin(), inOrder.end(), [](const Machine* a, const Machine* b) {
            return a->changes.front()->time < b->changes.front()->time;
        });
        for (const Machine* machine : inOrder)
            if (machine->changes.front()->time >= free) {
                addMachine(node, machine->changes);
                free = machine->changes.back()->time;
            }
    }
    std::stable_sort(stateSpans.begin(), stateSpans.end(),
                     [](const StateSpan& a, const StateSpan& b) { return a.first < b.first; });
}

void RunSource::addMachine(simulation::NodeId node,
                           const std::vector<const simulation::StateChange*>& changes) {
    StateSpan* before = nullptr;
    const std::size_t begin = stateSpans.size();
    stateSpans.reserve(begin + changes.size());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const auto* change = changes[i];
        StateSpan span;
        span.host = run->hostOf(node);
        span.state = change->state;
        Row row = change->frame == simulation::nobody ? noRow : rowOfFrame(change->frame);
        span.beginsOnArrival = row != noRow;
        if (row == noRow)
            row = rowAtTime(change->time);
        span.first = row;
        // Left again before or with the first message: the state in which it all begins.
        const bool leftAtOnce = i + 1 < changes.size() && changes[i + 1]->time <= messages.front().time;
        span.atStart =
            row == 0 && !span.beginsOnArrival && (change->time < messages.front().time || leftAtOnce);
        if (row >= size())
            break; // after the last message
        if (before) {
            before->end = row;
            before->endsOnArrival = span.beginsOnArrival;
        }
        stateSpans.push_back(std::move(span));
        before = &stateSpans.back();
    }
}

void RunSource::addTimers() {
    std::vector<const simulation::TimerSpan*> shown;
    for (const auto& timer : run->run.timers)
        if (!timer.running) // until long after the last message: it would end nowhere
            shown.push_back(&timer);
    if (shown.size() > timersShown)
        std::erase_if(shown, [](const simulation::TimerSpan* timer) { return !timer->fired; });
    for (const auto* timer : shown) {
        TimerMark mark;
        mark.host = run->hostOf(timer->node);
        mark.words =
            WS_TR("diagram", "%1 %2").with(timer->name).with(durationInWords(timer->due - timer->started));
        const Row after = rowAtTime(timer->started + 1);
        mark.first = after == 0 ? 0 : after - 1;
        mark.fired = timer->fired;
        const Row stopper = timer->fired ? noRow : rowArrivingAt(timer->ended, mark.host);
        mark.endsOnArrival = stopper != noRow;
        mark.end = mark.endsOnArrival ? stopper : rowAtTime(timer->ended);
        if (mark.end >= size())
            mark.end = noRow;
        if (mark.end > mark.first)
            timerMarks.push_back(std::move(mark));
    }
    std::stable_sort(timerMarks.begin(), timerMarks.end(),
                     [](const TimerMark& a, const TimerMark& b) { return a.first < b.first; });
}

void RunSource::addPhases() {
    for (const auto& phase : run->phases) {
        const Row first = rowOfPacket(phase.first), after = rowOfPacket(phase.last + 1);
        if (after > first)
            phaseSpans.push_back({phase.title, first, after - 1});
    }
}

} // namespace

std::shared_ptr<const DiagramSource> runSource(std::shared_ptr<const lesson::LessonRun> run,
                                               const std::vector<ExchangeId>& of, std::optional<Level> level,
                                               bool withHidden) {
    return std::make_shared<RunSource>(std::move(run), of, level, withHidden);
}

} // namespace wirestage::diagram
