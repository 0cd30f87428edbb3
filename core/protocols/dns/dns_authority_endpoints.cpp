// SPDX-License-Identifier: GPL-3.0-or-later
// How a server with zones finds its answer (RFC 1034, 4.3.2): the nearest zone, down to a cut or to the name,
// aliases followed; no records and no names with the SOA (RFC 2308, 2).
#include "core/protocols/dns/dns_zone_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr std::uint16_t bitAa = 0x0400;
constexpr unsigned mostAliases = 16;

class Authority {
public:
    Authority(std::span<const DnsZone> all, DnsMessage& into) : zones(all), answer(into) {}

    void run(const DnsQuestion& question) {
        std::string name = question.name;
        std::vector<std::string> seen;
        for (unsigned hops = 0; hops <= mostAliases; ++hops) {
            const DnsZone* zone = nearest(name);
            if (!zone) {
                if (hops == 0) // an alias out of our zones is answer enough: the asker goes on
                    setCode(answer, DnsCode::Refused);
                break;
            }
            seen.push_back(foldedName(name));
            const DnsRecord* alias = inZone(*zone, name, question.type, hops == 0);
            if (!alias || std::find(seen.begin(), seen.end(), foldedName(alias->target)) != seen.end())
                break;
            name = alias->target;
        }
        addAddresses();
    }

private:
    const DnsZone* nearest(std::string_view name) const {
        const std::string folded = foldedName(name);
        const DnsZone* best = nullptr;
        for (const DnsZone& zone : zones)
            if (isWithin(folded, foldedName(zone.origin)) &&
                (!best || labelCount(foldedName(zone.origin)) > labelCount(foldedName(best->origin))))
                best = &zone;
        return best;
    }

    /// The records of a name; of one type, or of all where `type` is 0.
    static std::vector<const DnsRecord*> recordsOf(const DnsZone& zone, std::string_view folded,
                                                   std::uint16_t type) {
        std::vector<const DnsRecord*> found;
        if (const auto at = zone.names.find(folded); at != zone.names.end())
            for (const std::size_t i : at->second)
                if (type == 0 || zone.records[i].type == type)
                    found.push_back(&zone.records[i]);
        return found;
    }

    /// The highest cut on the way from the zone's top down to the name: a name with NS records below the top.
    static std::vector<const DnsRecord*> cutAbove(const DnsZone& zone, std::string_view folded) {
        const std::string top = foldedName(zone.origin);
        std::vector<const DnsRecord*> cut;
        for (std::string_view name = folded; name != top; name = parentOf(name))
            if (auto servers = recordsOf(zone, name, dnstype::ns); !servers.empty())
                cut = std::move(servers);
        return cut;
    }

    void add(const DnsRecord& record, DnsSection section) {
        const bool there =
            std::any_of(answer.records.begin(), answer.records.end(), [&](const DnsRecord& one) {
                return one.type == record.type && one.data == record.data &&
                       foldedName(one.name) == foldedName(record.name);
            });
        if (there)
            return;
        answer.records.push_back(record);
        answer.records.back().section = section;
    }

    void denyWithSoa(const DnsZone& zone) {
        DnsRecord soa = zone.soa();
        soa.timeToLive = lifeOfAbsence(soa); // RFC 2308, 3
        add(soa, DnsSection::Authority);
    }

    /// Answers from one zone. The alias to follow, if the name is one.
    const DnsRecord* inZone(const DnsZone& zone, std::string_view name, std::uint16_t type, bool first) {
        const std::string folded = foldedName(name);
        if (const auto cut = cutAbove(zone, folded); !cut.empty()) {
            for (const DnsRecord* server : cut)
                add(*server, DnsSection::Authority);
            return nullptr; // AA stays clear: others are in charge
        }
        if (first)
            answer.head.flags |= bitAa; // of the name that was asked for (RFC 1035, 4.1.1)
        const auto all = recordsOf(zone, folded, 0);
        if (all.size() == 1 && all.front()->type == dnstype::cname && type != dnstype::cname &&
            type != dnstype::any) {
            add(*all.front(), DnsSection::Answer);
            return all.front();
        }
        // To ANY one record set is answer enough (RFC 8482, 4.1).
        const std::uint16_t wanted = type == dnstype::any && !all.empty() ? all.front()->type : type;
        const auto found = recordsOf(zone, folded, wanted);
        for (const DnsRecord* record : found)
            add(*record, DnsSection::Answer);
        if (found.empty()) {
            denyWithSoa(zone);
            if (zone.names.find(folded) == zone.names.end())
                setCode(answer, DnsCode::NoSuchName);
        }
        return nullptr;
    }

    /// The addresses of those whom the answer names (RFC 1035, 3.3.9 and 3.3.11; RFC 2782): from our zones,
    /// glue below a cut included.
    void addAddresses() {
        std::vector<std::string> targets;
        for (const DnsRecord& record : answer.records)
            if (record.type == dnstype::mx || record.type == dnstype::srv || record.type == dnstype::ns)
                targets.push_back(foldedName(record.target));
        for (const std::string& target : targets) {
            const DnsZone* zone = nearest(target);
            for (const std::uint16_t type : {dnstype::a, dnstype::aaaa})
                for (const DnsRecord* record :
                     zone ? recordsOf(*zone, target, type) : std::vector<const DnsRecord*>())
                    add(*record, DnsSection::Additional);
        }
    }

    std::span<const DnsZone> zones;
    DnsMessage& answer;
};

} // namespace

void answerFromZones(std::span<const DnsZone> zones, DnsMessage& answer) {
    if (const DnsQuestion question = answer.questions.front(); question.questionClass == internetClass)
        Authority(zones, answer).run(question);
    else
        setCode(answer, DnsCode::Refused);
}

const DnsZone* zoneNamed(std::span<const DnsZone> zones, std::string_view name) {
    for (const DnsZone& zone : zones)
        if (foldedName(zone.origin) == foldedName(name))
            return &zone;
    return nullptr;
}

} // namespace wirestage::simulation
