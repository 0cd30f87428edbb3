// SPDX-License-Identifier: GPL-3.0-or-later
// The whole capture on one screen: counted from the columns, one packet a protocol taken apart where they do
// not tell.
#include "core/exchange/capture_state.h"

#include "core/protocols/protocol_names.h"

#include <algorithm>

namespace wirestage {
namespace {

constexpr std::size_t noteCount = static_cast<std::size_t>(Note::count);

/// The protocol a packet is counted under: its highest message's.
ProtocolId protocolOf(const PacketRecord& record) {
    return kind(record.kind).protocol;
}

/// Of a simulation: not every address of a host is a host, and some never speak.
std::uint64_t hostsThatSpoke(const Grouping& grouping) {
    std::vector<bool> spoke(grouping.hosts.size());
    for (ExchangeId id = 0; id < grouping.exchanges.size(); ++id)
        for (const HostId host : {grouping.exchanges[id].originator, grouping.exchanges[id].responder})
            if (host != none)
                spoke[grouping.canonical(host)] = true;
    return static_cast<std::uint64_t>(std::count(spoke.begin(), spoke.end(), true));
}

} // namespace

CaptureSummary Capture::summary() const {
    const CaptureState::Reading reading(*state);
    const Grouping& grouping = state->grouping;
    CaptureSummary summary;
    summary.packets = grouping.packets.size();
    summary.hosts = grouping.knowsHosts() ? hostsThatSpoke(grouping) : grouping.hosts.size();
    summary.flows = grouping.flows.size();
    summary.exchanges = grouping.exchanges.size();
    std::array<CaptureSummary::Share, static_cast<std::size_t>(ProtocolId::count)> shares{};
    std::array<std::uint64_t, noteCount> notes{};
    std::uint64_t undecoded = 0;
    for (PacketIndex i = 0; i < grouping.packets.size(); ++i) {
        const PacketRecord& record = grouping.packets[i];
        ++shares[static_cast<std::size_t>(protocolOf(record))].packets;
        undecoded += record.kind == KindId::frame_undecoded;
        for (std::uint32_t bits = record.notes.bits; bits; bits &= bits - 1)
            ++notes[static_cast<std::size_t>(__builtin_ctz(bits))];
        if (record.exchange != none) {
            const unsigned application =
                record.applicationMessages == 255 ? grouping.manyMessages.at(i) : record.applicationMessages;
            summary.messages +=
                ShownMessages::of(record, grouping.exchanges[record.exchange], application).count();
        }
    }
    for (ExchangeId id = 0; id < grouping.exchanges.size(); ++id) {
        const ExchangeRecord& exchange = grouping.exchanges[id];
        summary.bytes += exchange.bytes;
        shares[static_cast<std::size_t>(exchange.protocol)].bytes += exchange.bytes;
        ++summary.outcomes[std::string(name(exchange.protocol))][std::string(name(exchange.outcome))];
    }
    for (std::size_t i = 0; i < shares.size(); ++i)
        if (shares[i].packets || shares[i].bytes)
            summary.protocols[std::string(protocolNames[i])] = shares[i];
    for (std::size_t i = 0; i < noteCount; ++i)
        if (notes[i] && static_cast<Note>(i) != Note::WindowUpdate &&
            static_cast<Note>(i) != Note::Reassembled)
            summary.problems[std::string(name(static_cast<Note>(i)))] = notes[i];
    if (undecoded)
        summary.problems["not_decoded"] = undecoded;
    if (const std::uint64_t gone = state->index->firstKept + state->index->file.gaveWay())
        summary.problems["gave_way"] = gone;
    if (state->index->problem)
        summary.problems["cut_off"] = 1;
    if (!grouping.packets.empty())
        summary.duration = grouping.packets[static_cast<PacketIndex>(grouping.packets.size() - 1)].time -
                           grouping.packets[0].time;
    return summary;
}

} // namespace wirestage
