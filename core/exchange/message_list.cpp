// SPDX-License-Identifier: GPL-3.0-or-later
// Rows by block sums: a block's first row is known, the rest is counted inside the block.
#include "core/exchange/message_list.h"

#include "core/exchange/capture_state.h"

#include <algorithm>

namespace wirestage {

struct MessageList::Body {
    const CaptureState* state = nullptr;
    std::optional<Level> level;
    bool all = true; ///< every packet of the capture from `since` on, else `packets`
    PacketIndex since = 0;
    std::vector<PacketIndex> packets;
    std::uint64_t packetCount = 0;
    std::vector<std::uint64_t> before; ///< rows before each block
    std::uint64_t rows = 0;

    static constexpr std::uint64_t block = 32;
    /// So many are counted before indexing and the window get a turn.
    static constexpr std::uint64_t countedAtOnce = 16384;

    [[nodiscard]] PacketIndex packetAt(std::uint64_t place) const {
        return all ? static_cast<PacketIndex>(since + place) : packets[place];
    }
    [[nodiscard]] unsigned applicationMessages(PacketIndex packet) const {
        const unsigned count = state->grouping.packets[packet].applicationMessages;
        return count == 255 ? state->grouping.manyMessages.at(packet) : count;
    }
    [[nodiscard]] ShownMessages shown(PacketIndex packet) const {
        const PacketRecord& record = state->grouping.packets[packet];
        if (record.exchange == none)
            return {};
        if (!level)
            return ShownMessages::of(record, state->grouping.exchanges[record.exchange],
                                     applicationMessages(packet));
        ShownMessages shown;
        shown.level = *level;
        switch (*level) {
        case Level::Link: shown.lower = record.linkMessages(); break;
        case Level::Network: shown.lower = record.networkMessages(); break;
        case Level::Transport: shown.lower = record.transportMessages(); break;
        case Level::Application: shown.application = applicationMessages(packet); break;
        }
        return shown;
    }
    void count() {
        for (std::uint64_t place = 0; place < packetCount;) {
            const CaptureState::Reading reading(*state);
            for (const std::uint64_t end = std::min(packetCount, place + countedAtOnce); place < end;
                 ++place) {
                if (place % block == 0)
                    before.push_back(rows);
                rows += shown(packetAt(place)).count();
            }
        }
    }
};

MessageList::MessageList() = default;
MessageList::MessageList(std::shared_ptr<const Body> from) : body(std::move(from)) {}

std::uint64_t MessageList::size() const {
    return body ? body->rows : 0;
}

MessageRef MessageList::at(std::uint64_t row) const {
    const CaptureState::Reading reading(*body->state);
    const auto after = std::upper_bound(body->before.begin(), body->before.end(), row);
    const auto block = static_cast<std::uint64_t>(after - body->before.begin()) - 1;
    std::uint64_t left = row - body->before[block];
    const std::uint64_t end = std::min((block + 1) * Body::block, body->packetCount);
    for (std::uint64_t place = block * Body::block; place < end; ++place) {
        const PacketIndex packet = body->packetAt(place);
        const ShownMessages shown = body->shown(packet);
        if (left < shown.application)
            return {packet, Level::Application, static_cast<std::uint16_t>(left)};
        if (left < shown.count())
            return {packet, shown.level,
                    static_cast<std::uint16_t>(shown.firstPart + left - shown.application)};
        left -= shown.count();
    }
    return {body->packetAt(end - 1), Level::Link, 0}; // counted while the capture grew
}

std::uint64_t MessageList::rowAtOrAfter(PacketIndex packet) const {
    if (!body || body->before.empty())
        return 0;
    const CaptureState::Reading reading(*body->state);
    const std::uint64_t target =
        body->all ? std::max(packet, body->since) - body->since
                  : static_cast<std::uint64_t>(
                        std::lower_bound(body->packets.begin(), body->packets.end(), packet) -
                        body->packets.begin());
    if (target >= body->packetCount)
        return body->rows;
    std::uint64_t row = body->before[target / Body::block];
    for (std::uint64_t place = target / Body::block * Body::block; place < target; ++place)
        row += body->shown(body->packetAt(place)).count();
    return row;
}

namespace {

/// Packets of some exchanges and their children.
std::uint64_t packetCountOf(const CaptureState& state, const std::vector<ExchangeId>& family) {
    std::uint64_t count = 0;
    for (const ExchangeId id : family)
        count += state.grouping.exchanges[id].packets;
    return count;
}

std::vector<PacketIndex> packetsOf(const CaptureState& state, const std::vector<ExchangeId>& of,
                                   PacketIndex since) {
    std::vector<PacketIndex> all;
    const std::vector<ExchangeId> family = state.withChildren(of);
    const std::uint64_t there = state.grouping.packets.size();
    if (since > 0 && there - since < packetCountOf(state, family)) { // few of many
        for (PacketIndex i = since; i < there; ++i)
            if (std::binary_search(family.begin(), family.end(), state.grouping.packets[i].exchange))
                all.push_back(i);
        return all;
    }
    for (const ExchangeId id : family) {
        const auto packets = state.packetsOf(id);
        all.insert(all.end(), std::lower_bound(packets.begin(), packets.end(), since), packets.end());
    }
    std::sort(all.begin(), all.end());
    return all;
}

} // namespace

MessageList Capture::messages(std::vector<ExchangeId> of, std::optional<Level> level,
                              PacketIndex since) const {
    auto body = std::make_shared<MessageList::Body>();
    body->state = state.get();
    body->level = level;
    body->all = of.empty();
    {
        const CaptureState::Reading reading(*state);
        const std::uint64_t there = state->grouping.packets.size();
        body->since = static_cast<PacketIndex>(std::min<std::uint64_t>(since, there));
        body->packetCount = there - body->since;
        if (!body->all)
            body->packets = packetsOf(*state, of, since);
    }
    if (!body->all)
        body->packetCount = body->packets.size();
    body->count();
    return MessageList(std::move(body));
}

PacketIndex Capture::sinceLast(std::vector<ExchangeId> of, PacketIndex most) const {
    PacketIndex at = 0;
    {
        const CaptureState::Reading reading(*state);
        at = static_cast<PacketIndex>(state->grouping.packets.size());
        if (of.empty())
            return at > most ? at - most : 0;
        of = state->withChildren(of);
        if (packetCountOf(*state, of) <= most)
            return 0;
    }
    while (at > 0 && most > 0) {
        const CaptureState::Reading reading(*state);
        const PacketIndex end = at - std::min(at, static_cast<PacketIndex>(MessageList::Body::countedAtOnce));
        while (at > end && most > 0)
            if (std::binary_search(of.begin(), of.end(), state->grouping.packets[--at].exchange))
                --most;
    }
    return at;
}

} // namespace wirestage
