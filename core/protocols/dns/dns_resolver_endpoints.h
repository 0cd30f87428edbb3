// SPDX-License-Identifier: GPL-3.0-or-later
// The application "dns-resolver": it searches on behalf of others (RFC 1034, 5.3.3), from the root down to
// the servers in charge, and remembers what it hears (RFC 1035, 7.4; RFC 2308).
#pragma once

#include "core/protocols/dns/dns_cache_endpoints.h"
#include "core/protocols/dns/dns_inquiry_endpoints.h"
#include "core/protocols/dns/dns_listener_endpoints.h"
#include "core/simulation/endpoints.h"

#include <map>

namespace wirestage::simulation {

struct DnsResolverSetup {
    std::vector<IpAddress> roots; ///< the root's servers (RFC 9609)
    Time timeout = 2 * second;    ///< RFC 1035, 4.2.1: not less than 2 to 5 s
    unsigned rounds = 2;
    bool remembers = true;
    std::uint16_t edns = 0;
    std::uint16_t udpSize = 1232;
};

class DnsResolver : public Application {
public:
    explicit DnsResolver(DnsResolverSetup given) : setup(std::move(given)), listener(setup.udpSize) {}

    void start(HostServices& host) override { listener.start(host, *this); }
    void command(HostServices& host, const Command& command) override;
    void datagram(HostServices& host, const IncomingDatagram& in) override;
    void stream(HostServices& host, const StreamEvent& event) override;
    void icmp(HostServices& host, const IncomingIcmp& message) override;
    [[nodiscard]] std::optional<Time> deadline() const override;
    void wake(HostServices& host) override;

private:
    using SearchId = std::uint32_t;
    struct Waiting {
        DnsClient client;
        DnsMessage query;
    };
    /// One question being searched for: for clients, or because another search needs a server's address.
    struct Search {
        DnsQuestion question;
        std::vector<Waiting> clients;
        std::optional<SearchId> parent;
        unsigned depth = 0; ///< of searches that need this one
        unsigned spent = 0; ///< questions to servers, those of its own searches included
        std::string name;   ///< that is looked for now: the question's, or what its aliases lead to
        std::vector<std::string> seen; ///< names so far, folded
        std::vector<DnsRecord> chain;  ///< the aliases
        std::string zone;              ///< whose servers are asked, folded
        std::vector<IpAddress> servers;
        std::vector<std::string> unknownServers; ///< in charge of the zone, without an address yet
        std::optional<DnsInquiry> inquiry;
        bool asked = false; ///< somebody: the answer is not from the cache alone
    };
    struct Result {
        DnsCode code = DnsCode::NoError;
        std::vector<DnsRecord> records; ///< answers, and the SOA as authority
    };

    // dns_resolver_endpoints.cpp: clients
    void query(HostServices& host, const DnsClient& client, const DnsMessage& query);
    void respond(HostServices& host, const Waiting& waiting, const Result& result);
    void settle(HostServices& host);

    // dns_resolution_endpoints.cpp: the search
    SearchId begin(DnsQuestion question, std::optional<SearchId> parent);
    void advance(HostServices& host, SearchId id);
    bool answerFromCache(HostServices& host, SearchId id);
    bool followAlias(Search& search, const DnsRecord& alias);
    void chooseServers(HostServices& host, Search& search);
    void useServers(HostServices& host, Search& search, const std::vector<DnsRecord>& servers,
                    const std::vector<DnsRecord>& glue);
    void askForServer(HostServices& host, SearchId id);
    void ask(HostServices& host, SearchId id);
    void take(HostServices& host, SearchId id, const DnsMessage& message);
    bool takeAnswer(HostServices& host, SearchId id, const DnsMessage& message);
    bool takeAbsence(HostServices& host, SearchId id, const DnsMessage& message);
    bool takeReferral(HostServices& host, Search& search, const DnsMessage& message);
    void keep(HostServices& host, std::vector<DnsRecord> set, DnsTrust trust);
    void finish(HostServices& host, SearchId id, Result result);
    void fail(HostServices& host, SearchId id) { finish(host, id, {DnsCode::ServerFailure, {}}); }
    bool spend(SearchId id);

    DnsResolverSetup setup;
    DnsListener listener;
    DnsCache cache;
    std::map<SearchId, Search> searches;
    SearchId lastSearch = 0;
    std::uint32_t machines = 0;
};

extern const ApplicationType dnsResolverType;

} // namespace wirestage::simulation
