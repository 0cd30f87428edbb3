// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/ends_source.h"

#include "core/diagram/capture_source.h"
#include "core/exchange/segments.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace wirestage::diagram {

namespace {

using overlay::Passage;

/// Up to so many messages are looked at whole; of more the last packet says whether a message was lost.
constexpr Row messagesLookedAt = 1000;

class EndsSource final : public DiagramSource {
public:
    EndsSource(std::shared_ptr<const Capture> merged, std::shared_ptr<const Passages> known,
               std::vector<ExchangeId> of, std::optional<Level> level)
        : capture(merged), passages(std::move(known)),
          base(captureSource(std::move(merged), std::move(of), level)) {
        for (Row row = 0; base->size() <= messagesLookedAt && row < base->size(); ++row)
            lostRows.push_back(message(row).lost.value_or(false));
        setStates();
    }

    [[nodiscard]] Row size() const override { return base->size(); }
    [[nodiscard]] RowFacts facts(Row row) const override {
        RowFacts facts = base->facts(row);
        facts.lost = row < lostRows.size() ? bool{lostRows[row]}
                                           : passageOf(facts.packet).fate == Passage::Fate::Lost &&
                                                 kind(facts.kind).level != Level::Link;
        return facts;
    }
    [[nodiscard]] std::uint32_t bytes(Row row) const override { return base->bytes(row); }
    [[nodiscard]] Message message(Row row) const override;
    [[nodiscard]] std::optional<Way> way(Row row) const override { return base->way(row); }
    [[nodiscard]] const std::vector<Participant>& participants() const override {
        return base->participants();
    }
    [[nodiscard]] const std::vector<StateSpan>& states() const override { return stateSpans; }
    [[nodiscard]] const std::vector<PhaseSpan>& phases() const override { return base->phases(); }

private:
    [[nodiscard]] const Passage& passageOf(PacketIndex packet) const {
        static const Passage nothing;
        return packet < passages->size() ? (*passages)[packet] : nothing;
    }
    [[nodiscard]] const Passage& passageOfContent(PacketIndex packet, const Message& message) const;
    [[nodiscard]] Row cause(Row row, HostId host) const;
    void setStates();

    std::shared_ptr<const Capture> capture;
    std::shared_ptr<const Passages> passages;
    std::shared_ptr<const DiagramSource> base;
    std::vector<bool> lostRows; ///< by row, where there are few
    std::vector<StateSpan> stateSpans;
    mutable std::mutex lock;
    mutable std::map<ExchangeId, std::vector<TcpSegment>> segments; ///< of exchanges that lost one
};

/// What a lost segment carried arrives all the same with its repetition, and with it the message.
const Passage& EndsSource::passageOfContent(PacketIndex packet, const Message& message) const {
    const Passage& own = passageOf(packet);
    if (own.fate != Passage::Fate::Lost || message.ref.level != Level::Application)
        return own;
    const std::lock_guard guard(lock);
    const auto [place, isNew] = segments.try_emplace(message.exchange);
    std::vector<TcpSegment>& all = place->second;
    if (isNew)
        capture->segments(message.exchange, [&](const TcpSegment& segment) { all.push_back(segment); });
    const auto lost = std::find_if(all.begin(), all.end(),
                                   [&](const TcpSegment& segment) { return segment.packet == packet; });
    for (auto later = lost; later != all.end(); ++later)
        if (later->fromOriginator == lost->fromOriginator &&
            passageOf(later->packet).fate == Passage::Fate::Arrived &&
            static_cast<std::int32_t>(later->sequence - lost->sequence) <= 0 &&
            static_cast<std::int32_t>(later->next() - lost->next()) >= 0)
            return passageOf(later->packet);
    return own;
}

Message EndsSource::message(Row row) const {
    Message m = base->message(row);
    if (m.ref.level == Level::Link || m.packets.empty())
        return m;
    std::size_t arrived = 0, lost = 0;
    for (const PacketIndex packet : m.packets) {
        if (const Passage& own = passageOf(packet); own.sentSeen)
            m.sent = std::min(m.sent.value_or(own.sent), own.sent);
        const Passage& passage = passageOfContent(packet, m);
        arrived += passage.fate == Passage::Fate::Arrived;
        lost += passage.fate == Passage::Fate::Lost;
        if (passage.fate == Passage::Fate::Arrived)
            m.received = std::max(m.received.value_or(passage.received), passage.received);
    }
    if (arrived < m.packets.size())
        m.received.reset();
    if (lost > 0)
        m.lost = true;
    else if (arrived == m.packets.size())
        m.lost = false;
    return m;
}

/// A host's state changes with what it sends, and with what comes to it: not with what was lost on the way,
/// but with that message's repetition. noRow: none came.
Row EndsSource::cause(Row row, HostId host) const {
    if (row >= lostRows.size() || !lostRows[row])
        return row;
    const Message lost = message(row);
    if (lost.from == host)
        return row;
    for (Row later = row + 1; later < lostRows.size(); ++later) {
        const Message other = message(later);
        if (!lostRows[later] && other.kind == lost.kind && other.from == lost.from && other.to == lost.to)
            return later;
    }
    return noRow;
}

void EndsSource::setStates() {
    const auto arrives = [&](Row row, HostId host) {
        if (row >= size())
            return false;
        const Message m = message(row);
        return m.from != host && m.received.has_value();
    };
    for (StateSpan span : base->states()) {
        span.first = span.atStart ? span.first : cause(span.first, span.host);
        span.end = span.end == noRow ? noRow : cause(span.end, span.host);
        if (span.first == noRow || span.first >= span.end)
            continue; // it never came to it
        span.beginsOnArrival = !span.atStart && !span.inferred && arrives(span.first, span.host);
        span.endsOnArrival = arrives(span.end, span.host);
        stateSpans.push_back(std::move(span));
    }
    std::stable_sort(stateSpans.begin(), stateSpans.end(),
                     [](const StateSpan& a, const StateSpan& b) { return a.first < b.first; });
}

} // namespace

std::shared_ptr<const DiagramSource> endsSource(std::shared_ptr<const Capture> merged,
                                                std::shared_ptr<const Passages> passages,
                                                std::vector<ExchangeId> of, std::optional<Level> level) {
    return std::make_shared<EndsSource>(std::move(merged), std::move(passages), std::move(of), level);
}

} // namespace wirestage::diagram
