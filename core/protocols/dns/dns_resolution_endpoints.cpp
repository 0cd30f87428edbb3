// SPDX-License-Identifier: GPL-3.0-or-later
// The search of a recursive resolver (RFC 1034, 5.3.3): the cache, else the servers of the nearest zone that
// is known, referrals and aliases followed. Only what lies in the zone of the server that says it is believed
// (RFC 2181, 5.4.1; RFC 5452, 6).
#include "core/protocols/dns/dns_resolver_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr std::size_t mostAliases = 12;
constexpr unsigned mostQuestions = 40; // of one client's question, all that it takes together
constexpr unsigned mostDepth = 4;
constexpr std::size_t mostServers = 8;

std::vector<DnsRecord> pick(const DnsMessage& message, DnsSection section, std::string_view folded,
                            std::uint16_t type) {
    std::vector<DnsRecord> found;
    for (const DnsRecord& record : message.records)
        if (record.section == section && record.recordClass == internetClass &&
            foldedName(record.name) == folded && (type == dnstype::any || record.type == type))
            found.push_back(record);
    return found;
}

std::string shown(const std::string& name) {
    return name.empty() ? "." : printable(name, 60);
}

} // namespace

DnsResolver::SearchId DnsResolver::begin(DnsQuestion question, std::optional<SearchId> parent) {
    Search search;
    search.name = question.name;
    search.question = std::move(question);
    search.parent = parent;
    search.depth = parent ? searches.at(*parent).depth + 1 : 0;
    search.seen.push_back(foldedName(search.name));
    searches.emplace(++lastSearch, std::move(search));
    return lastSearch;
}

/// The next step of a search that nothing is awaited for.
void DnsResolver::advance(HostServices& host, SearchId id) {
    if (answerFromCache(host, id))
        return;
    Search& search = searches.at(id);
    chooseServers(host, search);
    if (search.servers.empty())
        askForServer(host, id);
    else
        ask(host, id);
}

/// Goes as far as the cache leads; true where that was to the end, and the search is over.
bool DnsResolver::answerFromCache(HostServices& host, SearchId id) {
    Search& search = searches.at(id);
    const std::uint16_t type = search.question.type;
    for (;;) {
        const std::string from = search.name;
        if (const auto absence = cache.findAbsence(from, type, host.now())) {
            DnsRecord soa = absence->soa;
            soa.section = DnsSection::Authority;
            if (!search.asked)
                host.noted(ProtocolId::dns, WS_TR("dns", "%1 %2: from the cache, known to be absent")
                                                .with(shown(from))
                                                .with(dnsTypeName(type)));
            finish(host, id, {absence->wholeName ? DnsCode::NoSuchName : DnsCode::NoError, {std::move(soa)}});
            return true;
        }
        if (auto known = cache.find(from, type, DnsTrust::Answer, host.now()); !known.empty()) {
            if (!search.asked && !search.clients.empty())
                host.noted(ProtocolId::dns, WS_TR("dns", "%1 %2: from the cache, %3 s left")
                                                .with(shown(from))
                                                .with(dnsTypeName(type))
                                                .with(known.front().timeToLive));
            finish(host, id, {DnsCode::NoError, std::move(known)});
            return true;
        }
        const auto alias = cache.find(from, dnstype::cname, DnsTrust::Answer, host.now());
        if (alias.empty() || type == dnstype::any)
            return false;
        if (!followAlias(search, alias.front())) {
            fail(host, id);
            return true;
        }
    }
}

/// RFC 1034, 3.6.2 and 5.2.2: the search goes on with the name behind the alias. False where aliases go round
/// or never end.
bool DnsResolver::followAlias(Search& search, const DnsRecord& alias) {
    const std::string target = foldedName(alias.target);
    const bool round = std::find(search.seen.begin(), search.seen.end(), target) != search.seen.end();
    search.chain.push_back(alias);
    search.chain.back().section = DnsSection::Answer;
    search.seen.push_back(target);
    search.name = alias.target;
    search.servers.clear();
    search.unknownServers.clear();
    return !round && search.chain.size() <= mostAliases && dns::isSoundName(alias.target);
}

/// The servers of the nearest zone above the name that is known, at least the root's.
void DnsResolver::chooseServers(HostServices& host, Search& search) {
    if (!search.servers.empty() || !search.unknownServers.empty())
        return; // from the referral that has just come
    const std::string name = foldedName(search.name);
    for (std::string_view zone = name; !zone.empty(); zone = parentOf(zone)) {
        const std::string owner(zone);
        const auto servers = cache.find(owner, dnstype::ns, DnsTrust::Referral, host.now());
        if (servers.empty())
            continue;
        search.zone = owner;
        useServers(host, search, servers, {});
        if (!search.servers.empty() || !search.unknownServers.empty())
            return;
    }
    search.zone.clear();
    search.servers = setup.roots;
}

/// Addresses of a zone's servers, from the records that came along or the cache. Those of which neither is
/// known can be searched for, unless they lie in the zone itself.
void DnsResolver::useServers(HostServices& host, Search& search, const std::vector<DnsRecord>& servers,
                             const std::vector<DnsRecord>& glue) {
    search.servers.clear();
    search.unknownServers.clear();
    for (const DnsRecord& server : servers) {
        const std::string target = foldedName(server.target);
        std::vector<DnsRecord> addresses;
        std::copy_if(glue.begin(), glue.end(), std::back_inserter(addresses),
                     [&](const DnsRecord& one) { return foldedName(one.name) == target; });
        if (addresses.empty())
            addresses = cache.find(target, dnstype::a, DnsTrust::Referral, host.now());
        for (const DnsRecord& one : addresses)
            if (search.servers.size() < mostServers)
                search.servers.push_back(one.address);
        if (addresses.empty() && !isWithin(target, search.zone) && search.unknownServers.size() < mostServers)
            search.unknownServers.push_back(server.target);
    }
}

/// The address of the next server that has none yet is a search of its own.
void DnsResolver::askForServer(HostServices& host, SearchId id) {
    Search& search = searches.at(id);
    if (search.unknownServers.empty() || search.depth >= mostDepth || !spend(id))
        return fail(host, id);
    DnsQuestion question{search.unknownServers.front(), dnstype::a, internetClass, false};
    search.unknownServers.erase(search.unknownServers.begin());
    const SearchId inner = begin(std::move(question), id);
    advance(host, inner);
}

/// Counts a step against the client's question that it is for.
bool DnsResolver::spend(SearchId id) {
    while (searches.at(id).parent)
        id = *searches.at(id).parent;
    return ++searches.at(id).spent <= mostQuestions;
}

void DnsResolver::ask(HostServices& host, SearchId id) {
    if (!spend(id))
        return fail(host, id);
    Search& search = searches.at(id);
    DnsInquirySetup inquiry;
    inquiry.question = {search.name, search.question.type, internetClass, false};
    inquiry.servers = search.servers;
    inquiry.timeout = setup.timeout;
    inquiry.rounds = setup.rounds;
    inquiry.recursionDesired = false;
    inquiry.edns = setup.edns;
    inquiry.machine = ++machines;
    search.asked = true;
    search.inquiry.emplace(std::move(inquiry));
    search.inquiry->start(host, *this);
}

void DnsResolver::take(HostServices& host, SearchId id, const DnsMessage& message) {
    Search& search = searches.at(id);
    const DnsCode code = codeOf(message);
    const bool known = code == DnsCode::NoError || code == DnsCode::NoSuchName;
    if (known && message.head.authoritative() && takeAnswer(host, id, message))
        return;
    if (known && message.head.authoritative() && takeAbsence(host, id, message))
        return;
    if (code == DnsCode::NoError && takeReferral(host, search, message)) {
        search.inquiry.reset();
        return search.servers.empty() ? askForServer(host, id) : ask(host, id);
    }
    search.inquiry->goOn(host); // a lame server (RFC 1912, 2.8)
    settle(host);
}

/// The records themselves, or an alias. True where the search is over or goes on elsewhere.
bool DnsResolver::takeAnswer(HostServices& host, SearchId id, const DnsMessage& message) {
    Search& search = searches.at(id);
    const std::uint16_t type = search.question.type;
    bool followed = false;
    while (isWithin(foldedName(search.name), search.zone)) {
        const std::string name = foldedName(search.name);
        if (auto found = pick(message, DnsSection::Answer, name, type); !found.empty()) {
            if (type != dnstype::any)
                keep(host, found, DnsTrust::Answer);
            finish(host, id, {DnsCode::NoError, std::move(found)});
            return true;
        }
        const auto alias = pick(message, DnsSection::Answer, name, dnstype::cname);
        if (alias.empty())
            break;
        keep(host, {alias.front()}, DnsTrust::Answer);
        followed = true;
        if (!followAlias(search, alias.front())) {
            fail(host, id);
            return true;
        }
    }
    if (!followed)
        return false;
    if (isWithin(foldedName(search.name), search.zone) && takeAbsence(host, id, message))
        return true;
    search.inquiry.reset();
    advance(host, id);
    return true;
}

/// RFC 2308, 2: no such name, or none with such records, with the SOA of the zone that says so.
bool DnsResolver::takeAbsence(HostServices& host, SearchId id, const DnsMessage& message) {
    Search& search = searches.at(id);
    const std::string name = foldedName(search.name);
    const bool wholeName = codeOf(message) == DnsCode::NoSuchName;
    for (const DnsRecord& record : message.records) {
        if (record.section != DnsSection::Authority || record.type != dnstype::soa)
            continue;
        const std::string zone = foldedName(record.name);
        if (!isWithin(name, zone) || !isWithin(zone, search.zone))
            continue;
        DnsRecord soa = record;
        soa.timeToLive = lifeOfAbsence(record);
        if (setup.remembers &&
            cache.keepAbsence(search.name, search.question.type, wholeName, soa, host.now()))
            host.noted(ProtocolId::dns, WS_TR("dns", "%1 %2: absence cached for %3 s")
                                            .with(shown(name))
                                            .with(dnsTypeName(search.question.type))
                                            .with(soa.timeToLive));
        finish(host, id, {wholeName ? DnsCode::NoSuchName : DnsCode::NoError, {std::move(soa)}});
        return true;
    }
    if (!wholeName)
        return false;
    finish(host, id, {DnsCode::NoSuchName, {}}); // without SOA: not to be remembered (RFC 2308, 5)
    return true;
}

/// Others are in charge (RFC 1034, 4.3.2, step 3b): of a zone nearer to the name.
bool DnsResolver::takeReferral(HostServices& host, Search& search, const DnsMessage& message) {
    const std::string name = foldedName(search.name);
    std::string cut;
    for (const DnsRecord& record : message.records) {
        const std::string owner = foldedName(record.name);
        if (record.section == DnsSection::Authority && record.type == dnstype::ns && isWithin(name, owner) &&
            isWithin(owner, search.zone) && owner != search.zone)
            cut = owner;
    }
    if (cut.empty())
        return false;
    const auto servers = pick(message, DnsSection::Authority, cut, dnstype::ns);
    std::vector<DnsRecord> glue;
    for (const DnsRecord& record : message.records)
        if (record.section == DnsSection::Additional && record.type == dnstype::a &&
            isWithin(foldedName(record.name), search.zone) &&
            std::any_of(servers.begin(), servers.end(), [&](const DnsRecord& server) {
                return foldedName(server.target) == foldedName(record.name);
            }))
            glue.push_back(record);
    keep(host, servers, DnsTrust::Referral);
    for (const DnsRecord& server : servers) {
        std::vector<DnsRecord> addresses;
        std::copy_if(glue.begin(), glue.end(), std::back_inserter(addresses),
                     [&](const DnsRecord& one) { return foldedName(one.name) == foldedName(server.target); });
        keep(host, std::move(addresses), DnsTrust::Referral);
    }
    search.zone = cut;
    useServers(host, search, servers, glue);
    return true;
}

void DnsResolver::keep(HostServices& host, std::vector<DnsRecord> set, DnsTrust trust) {
    if (!setup.remembers || set.empty())
        return;
    const DnsRecord first = set.front();
    if (cache.keep(std::move(set), trust, host.now()) &&
        (trust == DnsTrust::Answer || first.type == dnstype::ns))
        host.noted(ProtocolId::dns, WS_TR("dns", "%1 %2 cached for %3 s")
                                        .with(shown(foldedName(first.name)))
                                        .with(dnsTypeName(first.type))
                                        .with(first.timeToLive));
}

/// Tells those who wait: the clients, or the search that needed the address.
void DnsResolver::finish(HostServices& host, SearchId id, Result result) {
    Search search = std::move(searches.at(id));
    searches.erase(id);
    if (search.inquiry)
        search.inquiry->stop(host);
    result.records.insert(result.records.begin(), search.chain.begin(), search.chain.end());
    if (result.code != DnsCode::NoError && result.code != DnsCode::NoSuchName)
        result.records.clear();
    for (const Waiting& one : search.clients)
        respond(host, one, result);
    if (!search.parent)
        return;
    const auto parent = searches.find(*search.parent);
    if (parent == searches.end())
        return;
    for (const DnsRecord& record : result.records)
        if (record.type == dnstype::a && record.section == DnsSection::Answer && record.address.version)
            parent->second.servers.push_back(record.address);
    if (parent->second.servers.empty())
        askForServer(host, parent->first);
    else
        ask(host, parent->first);
}

} // namespace wirestage::simulation
