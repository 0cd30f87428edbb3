// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a capture once for what does not change (lifelines, states, phases) and keeps the messages that were
// looked at last, because painting asks for the same ones again and again.
#include "core/diagram/capture_source.h"

#include "core/diagram/captured_ways.h"

#include <algorithm>
#include <list>
#include <mutex>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace wirestage::diagram {

namespace {

constexpr std::size_t messagesKept = 1024;
/// Of so many messages the facts are kept where the capture is still being indexed.
constexpr Row rowsKnown = 50000;
/// More exchanges than this share a diagram without their states and phases: nobody could read them.
constexpr std::size_t exchangesTold = 64;
/// Up to so many messages are asked who sent them; of more the exchanges' two sides must do.
constexpr Row messagesLookedAt = 1000;

/// The index knows the kind of a packet's highest message only. What carries that one is not decoded for the
/// sake of a row's height: a segment is told from the rest because segments fold.
KindId onLevel(KindId highest, Level level) {
    if (kind(highest).level <= level)
        return highest;
    switch (level) {
    case Level::Link: return KindId::eth_frame;
    case Level::Network: return KindId::ip_packet;
    default: break;
    }
    return kind(highest).protocol == ProtocolId::ftp ? KindId::tcp_data : KindId::frame_undecoded;
}

class CaptureSource final : public DiagramSource {
public:
    CaptureSource(std::shared_ptr<const Capture> from, std::vector<ExchangeId> of, std::optional<Level> level,
                  PacketIndex since)
        : capture(std::move(from)), list(capture->messages(of, level, since)), count(list.size()) {
        if (!capture->indexed() && count <= rowsKnown)
            know();
        if (since > 0) {
            goOn(std::move(of), since);
            return;
        }
        for (const HostId host : lifelines(of))
            hosts.push_back(capture->host(host));
        if (of.empty() && capture->exchangeCount() <= exchangesTold)
            for (ExchangeId id = 0; id < capture->exchangeCount(); ++id)
                of.push_back(id);
        if (!of.empty() && of.size() <= exchangesTold)
            tell(of);
    }

    [[nodiscard]] Row size() const override { return count; }

    [[nodiscard]] RowFacts facts(Row row) const override {
        if (row < known.size())
            return known[row];
        const MessageRef ref = list.at(row);
        const PacketIndex packet = ref.packet;
        RowFacts facts;
        facts.packet = packet;
        facts.kind = onLevel(capture->kindOf(packet), ref.level);
        facts.notes = capture->notesOf(packet);
        facts.exchange = capture->exchangeOf(packet);
        facts.time = capture->timeOf(packet);
        return facts;
    }

    [[nodiscard]] std::uint32_t bytes(Row row) const override {
        return row < lengths.size() ? lengths[row] : capture->lengthOf(list.at(row).packet);
    }

    [[nodiscard]] Message message(Row row) const override {
        const std::lock_guard guard(lock);
        if (const auto found = kept.find(row); found != kept.end())
            return found->second;
        if (kept.size() >= messagesKept) {
            kept.erase(order.front());
            order.pop_front();
        }
        order.push_back(row);
        return kept.emplace(row, capture->message(list.at(row))).first->second;
    }

    [[nodiscard]] std::optional<Way> way(Row row) const override { return ways.way(*capture, message(row)); }
    [[nodiscard]] Time start() const override { return begin.value_or(DiagramSource::start()); }
    [[nodiscard]] const std::vector<Participant>& participants() const override { return hosts; }
    [[nodiscard]] const std::vector<StateSpan>& states() const override { return stateSpans; }
    [[nodiscard]] const std::vector<PhaseSpan>& phases() const override { return phaseSpans; }

private:
    [[nodiscard]] std::vector<HostId> lifelines(const std::vector<ExchangeId>& of);
    void know();
    void goOn(std::vector<ExchangeId> of, PacketIndex since);
    [[nodiscard]] std::vector<ExchangeId> exchangesOnStage() const;
    void tell(const std::vector<ExchangeId>& of);
    void tellStates(const Exchange& exchange);
    bool goesOn(const StateSpan& span, std::size_t& open);
    void tellPhases(const std::vector<Exchange>& exchanges);
    [[nodiscard]] Row rowOf(PacketIndex packet) const {
        return std::min(list.rowAtOrAfter(packet), count - 1);
    }
    [[nodiscard]] Row rowAtTime(Time time) const;

    std::shared_ptr<const Capture> capture;
    MessageList list;
    Row count = 0;
    PacketIndex first = 0;       ///< of the packets that the rows are made of
    std::vector<RowFacts> known; ///< by row, or empty
    std::vector<std::uint32_t> lengths;
    std::optional<Time> begin; ///< where it is not the first message's
    std::vector<Participant> hosts;
    std::vector<StateSpan> stateSpans;
    std::vector<PhaseSpan> phaseSpans;
    CapturedWays ways;
    mutable std::mutex lock;
    mutable std::unordered_map<Row, Message> kept;
    mutable std::list<Row> order;
};

/// The exchanges' two sides, and between them the routers that had something to say about it: that is where
/// they stand on the way too.
std::vector<HostId> CaptureSource::lifelines(const std::vector<ExchangeId>& of) {
    std::vector<HostId> all = capture->participants(of);
    if (count > messagesLookedAt)
        return all;
    std::vector<HostId> between;
    for (Row row = 0; row < count; ++row) {
        const Message m = message(row);
        ways.hear(*capture, m);
        for (const HostId host : {m.from, m.to})
            if (host != none && std::find(all.begin(), all.end(), host) == all.end() &&
                std::find(between.begin(), between.end(), host) == between.end())
                between.push_back(host);
    }
    all.insert(all.begin() + (all.empty() ? 0 : 1), between.begin(), between.end());
    return all;
}

/// While indexing goes on, each answer is waited for; thousands of them, in the window's thread, would be its
/// whole time. So they are asked for here, a few at once.
void CaptureSource::know() {
    constexpr Row atOnce = 1024;
    std::vector<RowFacts> found;
    found.reserve(count);
    lengths.reserve(count);
    for (Row row = 0; row < count;) {
        const auto held = capture->hold();
        for (const Row end = std::min(count, row + atOnce); row < end; ++row) {
            found.push_back(facts(row));
            lengths.push_back(capture->lengthOf(list.at(row).packet));
        }
    }
    known = std::move(found);
}

/// Not from the beginning. Of all exchanges, those that have a message here stand in their order of
/// appearance in the capture, so that a lifeline keeps its place among the others while earlier messages go.
void CaptureSource::goOn(std::vector<ExchangeId> of, PacketIndex since) {
    first = since;
    begin = of.empty() ? capture->start() : capture->row(of.front()).time;
    const bool all = of.empty();
    const std::vector<ExchangeId> here = exchangesOnStage();
    if (all) {
        const auto held = capture->hold();
        std::unordered_set<HostId> seen;
        for (const ExchangeId id : here) {
            const ExchangeRow row = capture->row(id);
            for (const HostId host : {row.originator, row.responder})
                if (host != none && seen.insert(host).second)
                    hosts.push_back(capture->host(host));
        }
    } else {
        for (const HostId host : lifelines(of))
            hosts.push_back(capture->host(host));
    }
    if (here.size() <= exchangesTold)
        tell(here);
}

std::vector<ExchangeId> CaptureSource::exchangesOnStage() const {
    std::set<ExchangeId> exchanges;
    for (Row row = 0; row < count; ++row)
        exchanges.insert(facts(row).exchange);
    exchanges.erase(none);
    return {exchanges.begin(), exchanges.end()};
}

void CaptureSource::tell(const std::vector<ExchangeId>& of) {
    if (count == 0)
        return;
    std::vector<Exchange> exchanges;
    for (const ExchangeId id : of)
        exchanges.push_back(capture->exchange(id));
    for (const Exchange& exchange : exchanges) {
        // Roles are an exchange's business; where several disagree the host is shown without one.
        for (const Participant& who : exchange.participants)
            for (Participant& host : hosts)
                if (host.host == who.host) {
                    if (host.role.empty() || host.role == who.role)
                        host.role = who.role;
                    if (exchanges.size() == 1)
                        host.addresses = who.addresses;
                }
        tellStates(exchange);
    }
    if (first > 0) // states that were over before the first row
        std::erase_if(stateSpans, [](const StateSpan& span) { return span.end == 0; });
    std::stable_sort(stateSpans.begin(), stateSpans.end(),
                     [](const StateSpan& a, const StateSpan& b) { return a.first < b.first; });
    tellPhases(exchanges);
}

Row CaptureSource::rowAtTime(Time time) const {
    Row low = 0, high = count;
    while (low < high) {
        const Row middle = low + (high - low) / 2;
        if (capture->timeOf(list.at(middle).packet) < time)
            low = middle + 1;
        else
            high = middle;
    }
    return std::min(low, count - 1);
}

/// A state that an exchange begins with may be the one that the exchange before it ended in: then it lasts.
bool CaptureSource::goesOn(const StateSpan& span, std::size_t& open) {
    for (std::size_t i = stateSpans.size(); i-- > 0;)
        if (stateSpans[i].host == span.host) {
            if (stateSpans[i].state != span.state || stateSpans[i].end > span.first)
                return false;
            open = i;
            stateSpans[i].end = span.first;
            return true;
        }
    return false;
}

void CaptureSource::tellStates(const Exchange& exchange) {
    std::vector<std::size_t> open(exchange.participants.size(), ~std::size_t{0});
    for (const Transition& t : exchange.transitions) {
        if (t.participant >= exchange.participants.size())
            continue;
        StateSpan span;
        span.host = exchange.participants[t.participant].host;
        span.state = t.state;
        span.inferred = t.inferred;
        span.first = t.cause == none ? rowAtTime(t.time) : rowOf(t.cause);
        const bool before = t.cause == none && t.time <= exchange.time;
        span.atStart = (before || t.cause < first) && span.first == 0;
        if (before && goesOn(span, open[t.participant]))
            continue;
        // One lifeline has room for one exchange's states: the first one that had any keeps it.
        const bool taken = std::any_of(stateSpans.begin(), stateSpans.end(), [&](const StateSpan& s) {
            return s.host == span.host && s.end > span.first &&
                   (open[t.participant] >= stateSpans.size() || &s != &stateSpans[open[t.participant]]);
        });
        if (taken)
            continue;
        if (std::size_t& last = open[t.participant]; last < stateSpans.size())
            stateSpans[last].end = span.first;
        open[t.participant] = stateSpans.size();
        stateSpans.push_back(std::move(span));
    }
    // Behind its last message an exchange that is one of several says nothing of its hosts any more.
    const Time end = exchange.time + exchange.duration;
    for (const std::size_t last : open)
        if (last < stateSpans.size() && rowAtTime(end) + 1 < count)
            stateSpans[last].end = rowAtTime(end) + 1;
}

/// One exchange (with what it contains) is framed by its phases, several by an exchange each, if they do not
/// overlap.
void CaptureSource::tellPhases(const std::vector<Exchange>& exchanges) {
    const auto within = [&](const Exchange& e) {
        return std::any_of(exchanges.begin(), exchanges.end(),
                           [&](const Exchange& o) { return o.id == e.parent; });
    };
    std::vector<const Exchange*> outermost;
    for (const Exchange& exchange : exchanges)
        if (!within(exchange))
            outermost.push_back(&exchange);
    if (outermost.size() == 1) {
        for (const Phase& phase : outermost.front()->phases)
            if (phase.last >= first)
                phaseSpans.push_back({phase.title, rowOf(phase.first), rowOf(phase.last)});
    } else {
        for (const Exchange& exchange : exchanges)
            phaseSpans.push_back(
                {exchange.title, rowAtTime(exchange.time), rowAtTime(exchange.time + exchange.duration)});
    }
    std::stable_sort(phaseSpans.begin(), phaseSpans.end(),
                     [](const PhaseSpan& a, const PhaseSpan& b) { return a.first < b.first; });
    for (std::size_t i = 1; i < phaseSpans.size(); ++i)
        if (phaseSpans[i].first <= phaseSpans[i - 1].last) {
            if (outermost.size() > 1) {
                phaseSpans.clear();
                return;
            }
            phaseSpans.erase(phaseSpans.begin() + static_cast<std::ptrdiff_t>(i--));
        }
}

} // namespace

std::shared_ptr<const DiagramSource> captureSource(std::shared_ptr<const Capture> capture,
                                                   std::vector<ExchangeId> of, std::optional<Level> level,
                                                   PacketIndex since) {
    return std::make_shared<CaptureSource>(std::move(capture), std::move(of), level, since);
}

} // namespace wirestage::diagram
