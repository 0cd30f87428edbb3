// SPDX-License-Identifier: GPL-3.0-or-later
// Indexing, and the answers that need no words.
#include "core/exchange/capture.h"

#include "core/capture/filter.h"
#include "core/exchange/capture_state.h"

#include <algorithm>
#include <thread>

namespace wirestage {

using Reading = CaptureState::Reading;

Capture::Capture(CaptureFile file, Foreknowledge known)
    : state(std::make_shared<CaptureState>(std::move(file))) {
    state->grouping.know(known.hosts);
    state->grouping.segmentsSeenAt = known.segmentsSeenAt;
    state->index->hopOf = std::move(known.hopOf);
}
Capture::Capture(std::shared_ptr<CaptureState> from) : state(std::move(from)) {}
Capture::~Capture() = default;

void Capture::index(const std::function<bool(const Progress&)>& keepGoing, std::uint64_t most) {
    // A window paints hundreds of cells and waits for the lock at each: a batch is short. Progress is told
    // more rarely.
    constexpr PacketIndex batch = 128, batchesBetweenProgress = 16;
    constexpr std::uint64_t mostPackets = 0xfffffff0; // a PacketIndex has 32 bits
    constexpr std::chrono::milliseconds longestWait{100};
    CaptureIndex& index = *state->index;
    CaptureFile::Cursor cursor = index.file.cursor();
    Frame frame;
    bool more = true, goOn = true;
    std::uint64_t batches = 0;
    most = std::min(most, mostPackets);
    while (more && goOn) {
        Progress progress;
        bool waits = false; // for a capture that is being made
        {
            const std::lock_guard guard(index.mutex);
            for (PacketIndex i = 0; i < batch && state->grouping.packets.size() < most; ++i) {
                more = cursor.next(frame);
                if (!more)
                    break;
                const std::size_t place = state->grouping.packets.size();
                state->grouping.add(frame, place < index.hopOf.size() ? index.hopOf[place] : none);
            }
            waits = !more && !cursor.ended();
            more = (more || waits) && state->grouping.packets.size() < most;
            state->letGiveWay(cursor.position());
            progress = {more ? frame.offset : index.file.size(), index.file.size(),
                        static_cast<PacketIndex>(state->grouping.packets.size()),
                        static_cast<ExchangeId>(state->grouping.exchanges.size())};
        }
        while (index.waiting.load(std::memory_order_relaxed) > 0)
            std::this_thread::yield();
        if (keepGoing && (++batches % batchesBetweenProgress == 0 || !more || waits))
            goOn = keepGoing(progress);
        if (waits && goOn)
            index.file.waitForMore(cursor.seen(), longestWait);
    }
    const std::lock_guard guard(index.mutex);
    state->grouping.finish();
    index.file.keepTheRest(); // from now on nobody waits for anybody
    index.problem = cursor.problem();
    index.complete.store(true, std::memory_order_release);
}

/// Expects the lock of the index: nobody reads meanwhile.
void CaptureState::letGiveWay(std::uint64_t position) {
    PacketIndex first = index->firstKept;
    const bool went = index->file.letGiveWay(position, [&](std::uint64_t offset) {
        PacketIndex after = static_cast<PacketIndex>(grouping.packets.size());
        while (first < after) {
            const PacketIndex middle = first + (after - first) / 2;
            if (grouping.packets[middle].offset < offset)
                first = middle + 1;
            else
                after = middle;
        }
        grouping.reassembly.copyBefore(first);
    });
    if (went)
        index->firstKept = first;
}

bool Capture::indexed() const {
    return state->index->complete.load(std::memory_order_acquire);
}

std::optional<Text> Capture::problem() const {
    const Reading reading(*state);
    return state->index->problem;
}

std::uint64_t Capture::lost() const {
    return state->index->file.lost();
}

std::shared_ptr<const void> Capture::hold() const {
    return std::make_shared<const Reading>(*state);
}

PacketIndex Capture::packetCount() const {
    const Reading reading(*state);
    return static_cast<PacketIndex>(state->grouping.packets.size());
}

Time Capture::timeOf(PacketIndex packet) const {
    const Reading reading(*state);
    return state->grouping.packets[packet].time;
}

Time Capture::start() const {
    const Reading reading(*state);
    return state->grouping.packets.empty() ? 0 : state->grouping.packets[0].time;
}

std::optional<std::pair<Time, Time>> Capture::running() const {
    return state->index->file.running();
}

ExchangeId Capture::exchangeOf(PacketIndex packet) const {
    const Reading reading(*state);
    return state->grouping.packets[packet].exchange;
}

Notes Capture::notesOf(PacketIndex packet) const {
    const Reading reading(*state);
    return state->grouping.packets[packet].notes;
}

KindId Capture::kindOf(PacketIndex packet) const {
    const Reading reading(*state);
    return state->grouping.packets[packet].kind;
}

PacketIndex Capture::firstKept() const {
    return state->index->firstKept;
}

std::uint64_t Capture::gaveWay() const {
    return state->index->file.gaveWay();
}

const CaptureFile& Capture::file() const {
    return state->index->file;
}

Frame Capture::frame(PacketIndex packet) const {
    const Reading reading(*state);
    Frame frame = state->shownFrame(packet);
    if (!frame.own && state->index->file.growing()) { // they may give way once indexing goes on
        frame.own = std::make_shared<const std::vector<std::uint8_t>>(frame.bytes.begin(), frame.bytes.end());
        frame.bytes = *frame.own;
    }
    return frame;
}

std::uint32_t Capture::lengthOf(PacketIndex packet) const {
    const Reading reading(*state);
    return state->frameOf(packet).length;
}

std::shared_ptr<const Capture> Capture::withoutNames() const {
    if (state->hiding)
        return std::shared_ptr<const Capture>(new Capture(state));
    return std::shared_ptr<const Capture>(new Capture(std::make_shared<CaptureState>(state)));
}

bool Capture::namesHidden() const {
    return state->hiding != nullptr;
}

ExchangeId Capture::exchangeCount() const {
    const Reading reading(*state);
    return static_cast<ExchangeId>(state->grouping.exchanges.size());
}

ExchangeRow Capture::row(ExchangeId id) const {
    const Reading reading(*state);
    const ExchangeRecord& record = state->grouping.exchanges[id];
    ExchangeRow row;
    row.id = id;
    row.parent = record.parent;
    row.story = record.story;
    row.protocol = record.protocol;
    row.outcome = record.outcome;
    row.originator = record.originator == none ? none : state->grouping.canonical(record.originator);
    row.responder = record.responder == none ? none : state->grouping.canonical(record.responder);
    row.first = record.first;
    row.packets = record.packets;
    row.bytes = record.bytes;
    if (record.packets > 0) {
        row.time = state->grouping.packets[record.first].time;
        row.duration = std::max<Time>(0, state->grouping.packets[record.last].time - row.time);
    }
    return row;
}

Exchange Capture::exchange(ExchangeId id) const {
    return state->tellExchange(id);
}

Glimpse Capture::glimpse(ExchangeId id) const {
    return state->glimpse(id);
}

Text Capture::outcomeSentence(ExchangeId id) const {
    return exchange(id).summary;
}

std::uint64_t Capture::numberOf(const MessageRef& ref) const {
    const Reading reading(*state);
    return state->numberOf(ref);
}

HostId Capture::hostCount() const {
    const Reading reading(*state);
    return state->grouping.hosts.size();
}

Participant Capture::host(HostId id) const {
    const Reading reading(*state);
    id = state->grouping.canonical(id);
    Participant participant;
    participant.host = id;
    participant.name = state->hostName(id);
    participant.addresses = state->addressesOf(id);
    return participant;
}

std::vector<HostId> Capture::participants(const std::vector<ExchangeId>& of) const {
    std::vector<HostId> told;
    for (const ExchangeId id : of)
        for (const Participant& participant : exchange(id).participants)
            told.push_back(participant.host);
    const Reading reading(*state);
    std::vector<HostId> hosts;
    std::vector<bool> seen(state->grouping.hosts.size());
    const auto add = [&](HostId id) {
        if (id == none)
            return;
        id = state->grouping.canonical(id);
        if (!seen[id]) {
            seen[id] = true;
            hosts.push_back(id);
        }
    };
    if (of.empty()) {
        for (ExchangeId id = 0; id < state->grouping.exchanges.size(); ++id) {
            add(state->grouping.exchanges[id].originator);
            add(state->grouping.exchanges[id].responder);
        }
        return hosts;
    }
    for (const HostId id : told)
        add(id);
    return hosts;
}

std::vector<ExchangeId> Capture::matching(const PacketFilter& filter) const {
    constexpr PacketIndex stretch = 256; // indexing goes on in between
    const PacketIndex count = packetCount();
    std::vector<bool> hit;
    std::vector<ExchangeId> ids;
    for (PacketIndex from = 0; from < count; from += stretch) {
        const Reading reading(*state);
        hit.resize(state->grouping.exchanges.size());
        for (PacketIndex i = from; i < std::min(from + stretch, count); ++i) {
            const ExchangeId id = state->grouping.packets[i].exchange;
            if (id != none && !hit[id] && filter.matches(state->shownFrame(i)))
                hit[id] = true;
        }
    }
    for (ExchangeId id = 0; id < hit.size(); ++id)
        if (hit[id])
            ids.push_back(id);
    return ids;
}

} // namespace wirestage
