// SPDX-License-Identifier: GPL-3.0-or-later
// The cache's clock counts whole seconds, as those of the servers one meets do.
#include "core/protocols/dns/dns_cache_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr std::size_t mostKept = 10'000;             // of sets, and of absences
constexpr std::uint32_t longestLife = 604'800;       // a week: RFC 2181, 8, lets a resolver set a limit
constexpr std::uint32_t mostTimeToLive = 0x7fffffff; // RFC 2181, 8: above that it counts as 0
constexpr std::uint32_t longestAbsence = 10'800;     // three hours: RFC 2308, 5

std::int64_t secondOf(Time time) {
    return time / second;
}

template <class Map>
void trim(Map& map, std::int64_t now) {
    if (map.size() < mostKept)
        return;
    std::erase_if(map, [&](const auto& one) { return one.second.expires <= now; });
    if (map.size() >= mostKept) // what would go first goes now
        map.erase(std::min_element(map.begin(), map.end(), [](const auto& a, const auto& b) {
            return a.second.expires < b.second.expires;
        }));
}

std::uint32_t ageing(std::uint32_t timeToLive, std::int64_t kept, std::int64_t now) {
    return timeToLive - static_cast<std::uint32_t>(std::min<std::int64_t>(timeToLive, now - kept));
}

} // namespace

void DnsCache::makeRoom(std::int64_t now) {
    trim(sets, now);
    trim(absences, now);
}

bool DnsCache::keep(std::vector<DnsRecord> set, DnsTrust trust, Time now) {
    if (set.empty())
        return false;
    std::uint32_t life = longestLife; // a set has one TTL; where records differ, the least (RFC 2181, 5.2)
    for (const DnsRecord& record : set)
        life = std::min(life, record.timeToLive > mostTimeToLive ? 0 : record.timeToLive);
    if (life == 0)
        return false;
    const std::int64_t clock = secondOf(now);
    const Key key{foldedName(set.front().name), set.front().type};
    if (const auto known = sets.find(key);
        known != sets.end() && known->second.expires > clock && known->second.trust > trust)
        return false;
    makeRoom(clock);
    for (DnsRecord& record : set)
        record.timeToLive = life;
    sets[key] = {std::move(set), trust, clock, clock + life};
    absences.erase(key);
    absences.erase({key.first, 0});
    return true;
}

bool DnsCache::keepAbsence(const std::string& name, std::uint16_t type, bool wholeName, DnsRecord soa,
                           Time now) {
    const std::int64_t clock = secondOf(now);
    soa.timeToLive = std::min(soa.timeToLive, longestAbsence);
    if (soa.timeToLive == 0)
        return false;
    makeRoom(clock);
    const std::int64_t expires = clock + soa.timeToLive;
    absences[{foldedName(name), wholeName ? std::uint16_t{0} : type}] = {
        {wholeName, std::move(soa)}, clock, expires};
    return true;
}

std::vector<DnsRecord> DnsCache::find(const std::string& name, std::uint16_t type, DnsTrust trust,
                                      Time now) const {
    const auto found = sets.find({foldedName(name), type});
    const std::int64_t clock = secondOf(now);
    if (found == sets.end() || found->second.trust < trust || found->second.expires <= clock)
        return {};
    std::vector<DnsRecord> records = found->second.records;
    for (DnsRecord& record : records)
        record.timeToLive = ageing(record.timeToLive, found->second.kept, clock);
    return records;
}

std::optional<DnsAbsence> DnsCache::findAbsence(const std::string& name, std::uint16_t type, Time now) const {
    const std::int64_t clock = secondOf(now);
    for (const std::uint16_t which : {std::uint16_t{0}, type}) {
        const auto found = absences.find({foldedName(name), which});
        if (found == absences.end() || found->second.expires <= clock)
            continue;
        DnsAbsence absence = found->second.what;
        absence.soa.timeToLive = ageing(absence.soa.timeToLive, found->second.kept, clock);
        return absence;
    }
    return std::nullopt;
}

} // namespace wirestage::simulation
