// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/overlay/candidates.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>

namespace wirestage::overlay {
namespace {

constexpr unsigned mostBits = 62;
constexpr std::uint64_t sawTcp = 1ULL << 62, sawApplication = 1ULL << 63, marks = sawTcp | sawApplication;
constexpr std::size_t relativesBefore = 4, relativesAfter = 12, mostRelatives = 24;
constexpr std::size_t mostStrangers = 4;
constexpr Time strangersWithin = 30'000'000'000; ///< as long as who asked could still wait

std::uint64_t bitOf(std::size_t step) {
    return 1ULL << std::min<std::size_t>(step, mostBits - 1);
}

/// Steps that a message of this kind may be.
std::uint64_t stepsOf(KindId kind, const lesson::Pattern& pattern) {
    std::uint64_t found = 0;
    for (std::size_t step = 0; step < pattern.steps.size(); ++step)
        for (const std::string& one : pattern.steps[step].kinds)
            if (isKind(kind, one))
                found |= bitOf(step);
    return found;
}

/// Required steps of an application, where the pattern speaks of one: a TCP connection alone is no FTP
/// session, though that has one for its data. Else all that are required.
std::uint64_t tellingSteps(const lesson::Pattern& pattern, std::uint64_t required) {
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < allKinds().size(); ++i)
        if (allKinds()[i].level == Level::Application)
            found |= stepsOf(static_cast<KindId>(i), pattern) & required;
    return found ? found : required;
}

} // namespace

Candidates::Candidates(const Capture& from, const Reference& reference, const std::vector<ExchangeId>& among)
    : capture(from) {
    for (std::size_t step = 0; step < reference.pattern.steps.size(); ++step)
        if (!reference.pattern.steps[step].optional)
            required |= bitOf(step);
    lookAtColumns(reference);
    const std::uint64_t telling = tellingSteps(reference.pattern, required);
    std::vector<ExchangeId> wanted = among;
    std::sort(wanted.begin(), wanted.end());
    for (ExchangeId id = 0; id < steps.size(); ++id)
        if ((steps[id] & telling) && (wanted.empty() || std::binary_search(wanted.begin(), wanted.end(), id)))
            ordered.push_back(id);
    std::stable_sort(ordered.begin(), ordered.end(), [&](ExchangeId a, ExchangeId b) {
        return std::popcount(steps[a] & required) > std::popcount(steps[b] & required);
    });
    findHosts();
}

void Candidates::lookAtColumns(const Reference& reference) {
    std::array<Steps, static_cast<std::size_t>(KindId::count)> ofKind{};
    for (std::size_t i = 0; i < ofKind.size(); ++i) {
        const auto& one = kind(static_cast<KindId>(i));
        ofKind[i] = stepsOf(static_cast<KindId>(i), reference.pattern);
        if (one.level == Level::Application)
            ofKind[i] |= sawApplication;
        else if (one.protocol == ProtocolId::tcp)
            ofKind[i] |= sawTcp;
    }
    // The column has a packet's highest message only; what carries an application's message is of these
    // kinds.
    const Steps data = stepsOf(KindId::tcp_data, reference.pattern),
                datagrams = stepsOf(KindId::udp_datagram, reference.pattern);
    Steps packets = 0;
    for (const KindId below : {KindId::ip_packet, KindId::ipv6_packet, KindId::eth_frame})
        packets |= stepsOf(below, reference.pattern);
    steps.assign(capture.exchangeCount(), 0);
    for (PacketIndex packet = 0; packet < capture.packetCount(); ++packet)
        if (const ExchangeId id = capture.exchangeOf(packet); id < steps.size())
            steps[id] |= ofKind[static_cast<std::size_t>(capture.kindOf(packet))] | packets;
    overTcp.assign(steps.size(), false);
    for (ExchangeId id = 0; id < steps.size(); ++id) {
        overTcp[id] = steps[id] & sawTcp;
        if (steps[id] & sawApplication)
            steps[id] |= steps[id] & sawTcp ? data : datagrams;
        steps[id] &= ~marks;
    }
    for (ExchangeId id = 0; id < steps.size(); ++id)
        if (const ExchangeId parent = capture.row(id).parent; parent < steps.size())
            steps[parent] |= steps[id];
}

/// The two ends; of what has none in the index (fragments that never became a datagram), who is told of.
std::vector<HostId> Candidates::hostsOf(ExchangeId id) const {
    const ExchangeRow row = capture.row(id);
    if (row.originator == none && row.responder == none)
        return capture.participants({id});
    if (row.responder == none)
        return {row.originator};
    return {row.originator, row.responder};
}

void Candidates::findHosts() {
    for (ExchangeId id = 0; id < steps.size(); ++id)
        if (steps[id])
            for (const HostId host : hostsOf(id))
                byHost.emplace_back(host, id);
    // What was asked of everybody and answered by nobody may have been meant for any host.
    for (ExchangeId id = 0; id < steps.size(); ++id)
        if (steps[id] && capture.row(id).responder == none)
            byHost.emplace_back(none, id);
    std::sort(byHost.begin(), byHost.end());
}

/// Of those that a host takes part in, the ones next to `id`.
std::vector<ExchangeId> Candidates::near(HostId host, ExchangeId id, std::size_t before,
                                         std::size_t after) const {
    std::vector<ExchangeId> found;
    const auto middle = std::lower_bound(byHost.begin(), byHost.end(), std::pair(host, id));
    for (auto it = middle; it != byHost.begin() && before > 0 && std::prev(it)->first == host; --it, --before)
        found.push_back(std::prev(it)->second);
    for (auto it = middle; it != byHost.end() && after > 0 && it->first == host; ++it, --after)
        found.push_back(it->second);
    return found;
}

std::vector<ExchangeId> Candidates::relativesOf(ExchangeId seed) const {
    std::vector<ExchangeId> group{seed};
    const auto add = [&](ExchangeId id) {
        const ExchangeId parent = capture.row(id).parent;
        const auto has = [&](ExchangeId one) {
            return std::find(group.begin(), group.end(), one) != group.end();
        };
        if (group.size() < mostRelatives && !has(id) && !has(parent))
            group.push_back(id);
    };
    // Relatives of relatives, too: the laptop asks its resolver, which asks others, which the laptop never
    // does.
    for (unsigned round = 0; round < 2; ++round)
        for (const ExchangeId member : std::vector<ExchangeId>(group))
            for (const HostId host : hostsOf(member))
                for (const ExchangeId id : near(host, seed, relativesBefore, relativesAfter))
                    add(id);
    for (const ExchangeId id : near(none, seed, relativesBefore, relativesAfter))
        if (capture.row(id).protocol == capture.row(seed).protocol)
            add(id);
    std::sort(group.begin(), group.end());
    return group;
}

std::vector<ExchangeId> Candidates::strangersOf(ExchangeId seed) const {
    constexpr std::size_t lookedAt = 64;
    std::vector<ExchangeId> group{seed};
    if (overTcp[seed])
        return group;
    const ExchangeRow own = capture.row(seed);
    const auto isSamePair = [&](const ExchangeRow& row) {
        const auto same = [](HostId a, HostId b) { return a == b || a == none || b == none; };
        return (same(row.originator, own.originator) && same(row.responder, own.responder)) ||
               (same(row.originator, own.responder) && same(row.responder, own.originator));
    };
    for (const HostId host : {own.originator, own.responder}) {
        if (host == none)
            continue;
        for (const ExchangeId id : near(host, seed + 1, 0, lookedAt)) {
            const ExchangeRow row = capture.row(id);
            if (group.size() <= mostStrangers && row.protocol == own.protocol && !overTcp[id] &&
                isSamePair(row) && row.time - own.time < strangersWithin &&
                !(steps[id] & steps[seed] & required) &&
                std::find(group.begin(), group.end(), id) == group.end())
                group.push_back(id);
        }
    }
    std::sort(group.begin(), group.end());
    return group;
}

} // namespace wirestage::overlay
