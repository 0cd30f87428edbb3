// SPDX-License-Identifier: GPL-3.0-or-later
// The recursive resolver towards its clients.
#include "core/protocols/dns/dns_resolver_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr std::size_t mostSearches = 256, mostWaiting = 64;
constexpr std::uint16_t recursionAvailable = 0x0080;

constexpr SettingSpec rootSettings[] = {
    {"name", SettingType::Text},
    {"address", SettingType::Address, true},
};
constexpr SettingSpec settings[] = {
    {"roots", SettingType::Table, true, 0, 0, rootSettings},
    {"timeout", SettingType::Duration, false, 0.1, 60},
    {"tries", SettingType::Number, false, 1, 10},
    {"cache", SettingType::Flag},
    {"edns", SettingType::Flag},
    {"udp-size", SettingType::Number, false, 512, 65535},
};
constexpr VerbSpec verbs[] = {{"dns.flush", {}}};

std::variant<std::unique_ptr<Application>, Text> make(const Settings& given) {
    DnsResolverSetup setup;
    for (const Settings& root : given.table("roots"))
        setup.roots.push_back(root.address("address"));
    if (setup.roots.empty())
        return WS_TR("lesson", "a resolver must know at least one of the root's servers");
    setup.timeout = fromSeconds(given.seconds("timeout", 2));
    setup.rounds = static_cast<unsigned>(given.number("tries", 2));
    setup.remembers = given.flag("cache", true);
    setup.udpSize = static_cast<std::uint16_t>(given.number("udp-size", setup.udpSize));
    setup.edns = given.flag("edns") ? setup.udpSize : std::uint16_t{0};
    return std::make_unique<DnsResolver>(std::move(setup));
}

bool sameQuestion(const DnsQuestion& a, const DnsQuestion& b) {
    return a.type == b.type && foldedName(a.name) == foldedName(b.name);
}

} // namespace

/// The only command: dns.flush.
void DnsResolver::command(HostServices& host, const Command& command) {
    cache.clear();
    host.noted(ProtocolId::dns, WS_TR("dns", "cache emptied"));
    host.finished(command.id, true);
}

void DnsResolver::query(HostServices& host, const DnsClient& client, const DnsMessage& query) {
    const DnsQuestion& question = query.questions.front();
    const Waiting waiting{client, query};
    if (question.questionClass != internetClass || question.type == dnstype::axfr)
        return respond(host, waiting, {DnsCode::Refused, {}});
    for (auto& [id, search] : searches) {
        if (!sameQuestion(search.question, question) || search.parent)
            continue;
        const bool again = std::any_of(search.clients.begin(), search.clients.end(), [&](const Waiting& one) {
            return one.client.address == client.address && one.client.port == client.port &&
                   one.client.stream == client.stream && one.query.head.id == query.head.id;
        });
        if (again || search.clients.size() >= mostWaiting)
            return; // it is being worked on
        search.clients.push_back(waiting);
        return;
    }
    if (searches.size() >= mostSearches)
        return respond(host, waiting, {DnsCode::ServerFailure, {}});
    const SearchId id = begin(question, std::nullopt);
    Search& search = searches.at(id);
    search.clients.push_back(waiting);
    if (!query.head.recursionDesired() && !answerFromCache(host, id)) {
        // Only what is known already (RFC 1034, 4.3.1).
        return finish(host, id, {DnsCode::Refused, {}});
    }
    if (searches.contains(id))
        advance(host, id);
}

void DnsResolver::respond(HostServices& host, const Waiting& waiting, const Result& result) {
    DnsMessage answer = dnsAnswerTo(waiting.query);
    answer.head.flags |= recursionAvailable;
    setCode(answer, result.code);
    answer.records = result.records;
    listener.reply(host, waiting.client, std::move(answer));
}

/// Whoever has an answer, or nobody left to ask, goes on.
void DnsResolver::settle(HostServices& host) {
    std::vector<SearchId> ready;
    for (const auto& [id, search] : searches)
        if (search.inquiry && (search.inquiry->answer() || search.inquiry->failed()))
            ready.push_back(id);
    for (const SearchId id : ready) {
        const auto found = searches.find(id);
        if (found == searches.end() || !found->second.inquiry)
            continue;
        Search& search = found->second;
        if (search.inquiry->answer()) {
            const DnsMessage answer = *search.inquiry->answer();
            take(host, id, answer);
        } else if (search.inquiry->failed()) {
            search.inquiry.reset();
            search.servers.clear(); // there may be others whose addresses are not known yet
            askForServer(host, id);
        }
    }
}

void DnsResolver::datagram(HostServices& host, const IncomingDatagram& in) {
    if (in.destinationPort == dnsPort)
        return listener.datagram(host, in, [&](const DnsClient& client, const DnsMessage& message) {
            query(host, client, message);
        });
    for (auto& [id, search] : searches)
        if (search.inquiry && search.inquiry->datagram(host, in))
            break;
    settle(host);
}

void DnsResolver::stream(HostServices& host, const StreamEvent& event) {
    for (auto& [id, search] : searches)
        if (search.inquiry && search.inquiry->stream(host, event))
            return settle(host);
    listener.stream(host, event, [&](const DnsClient& client, const DnsMessage& message) {
        query(host, client, message);
    });
}

void DnsResolver::icmp(HostServices& host, const IncomingIcmp& message) {
    for (auto& [id, search] : searches)
        if (search.inquiry && search.inquiry->icmp(host, message))
            break;
    settle(host);
}

std::optional<Time> DnsResolver::deadline() const {
    std::optional<Time> first = listener.deadline();
    for (const auto& [id, search] : searches)
        if (search.inquiry)
            if (const auto due = search.inquiry->deadline())
                first = std::min(first.value_or(*due), *due);
    return first;
}

void DnsResolver::wake(HostServices& host) {
    listener.wake(host);
    for (auto& [id, search] : searches)
        if (search.inquiry)
            search.inquiry->wake(host);
    settle(host);
}

const ApplicationType dnsResolverType{"dns-resolver", settings, verbs, make};

} // namespace wirestage::simulation
