// SPDX-License-Identifier: GPL-3.0-or-later
// A small name space for tests: the root, org with example.org on two servers, net with example.net, a
// reverse zone, a resolver and a client; and each DNS message in a line.
#pragma once

#include "core/protocols/dns/dns_writer.h"
#include "core/simulation/endpoints.h"
#include "fake_network.h"

#include <gmock/gmock.h>

#include <stdexcept>

namespace wirestage::simulation {

using Lines = std::vector<std::string>;

/// The application of that name, from settings that pass its check.
inline std::unique_ptr<Application> made(std::string_view name, const Settings& settings = {}) {
    const ApplicationType* type = applicationNamed(name);
    if (!type)
        throw std::runtime_error("no application " + std::string(name));
    if (const auto problem = check(settings, type->settings))
        throw std::runtime_error(problem->name + ": " + english(problem->why));
    auto result = type->make(settings);
    if (auto* why = std::get_if<Text>(&result))
        throw std::runtime_error(english(*why));
    return std::get<std::unique_ptr<Application>>(std::move(result));
}

inline Settings zone(std::string name, Lines records, bool transfer = false) {
    Settings one;
    one.set("name", std::move(name));
    one.set("records", std::move(records));
    one.set("transfer", transfer);
    return one;
}

inline Settings serverOf(std::vector<Settings> zones) {
    Settings settings;
    settings.set("zones", std::move(zones));
    return settings;
}

inline Settings resolverWith(std::string_view root) {
    Settings hint, settings;
    hint.set("address", std::string(root));
    settings.set("roots", std::vector<Settings>{hint});
    return settings;
}

inline Settings lookupOf(std::string name, std::string type = "A") {
    Settings settings;
    settings.set("name", std::move(name));
    settings.set("type", std::move(type));
    return settings;
}

inline const Lines rootRecords{"@ 86400 SOA a.root-servers.net. nstld.example. 1 1800 900 604800 86400",
                               "@ 518400 NS a.root-servers.net.",
                               "a.root-servers.net. 518400 A 198.41.0.4",
                               "org 172800 NS ns.org-registry.org.",
                               "ns.org-registry.org. 172800 A 199.19.56.1",
                               "net 172800 NS ns.net-registry.net.",
                               "ns.net-registry.net. 172800 A 199.19.57.1",
                               "in-addr.arpa 172800 NS ns.net-registry.net.",
                               "broken 172800 NS ns.broken.",
                               "ns.broken. 172800 A 203.0.113.99"};
inline const Lines orgRecords{"@ 900 SOA ns.org-registry hostmaster 1 1800 900 604800 900",
                              "@ 86400 NS ns.org-registry",
                              "ns.org-registry 86400 A 199.19.56.1",
                              "example 86400 NS ns1.example",
                              "example 86400 NS ns2.example",
                              "ns1.example 86400 A 192.0.2.53",
                              "ns2.example 86400 A 192.0.2.54"};
inline const Lines exampleRecords{"@ 3600 SOA ns1 hostmaster 2026010101 7200 3600 1209600 900",
                                  "@ 86400 NS ns1",
                                  "@ 86400 NS ns2",
                                  "@ 3600 MX 10 mail",
                                  "@ 3600 TXT \"v=spf1 mx -all\"",
                                  "ns1 86400 A 192.0.2.53",
                                  "ns2 86400 A 192.0.2.54",
                                  "www 300 A 192.0.2.10",
                                  "www 300 AAAA 2001:db8::10",
                                  "mail 3600 A 192.0.2.25",
                                  "ftp 600 CNAME www",
                                  "shop 600 CNAME www.example.net.",
                                  "round 600 CNAME round.example.net.",
                                  "once 0 A 192.0.2.77",
                                  "_sip._udp 3600 SRV 10 60 5060 sip",
                                  "sip 3600 A 192.0.2.60",
                                  "deep.under 300 A 192.0.2.90"};
inline const Lines netRecords{"@ 900 SOA ns.net-registry hostmaster 1 1800 900 604800 900",
                              "@ 86400 NS ns.net-registry", "ns.net-registry 86400 A 199.19.57.1",
                              "example 86400 NS ns1.example.org."}; // no glue: it lies elsewhere
inline const Lines exampleNetRecords{"@ 3600 SOA ns1.example.org. hostmaster 1 7200 3600 1209600 900",
                                     "@ 86400 NS ns1.example.org.", "www 300 A 198.51.100.80",
                                     "round 600 CNAME round.example.org."};
inline const Lines reverseRecords{
    "@ 3600 SOA ns.net-registry.net. hostmaster.example.net. 1 7200 3600 1209600 900",
    "@ 86400 NS ns.net-registry.net.", "10.2.0.192 3600 PTR www.example.org."};

/// "www.example.org A? rd", "NXDOMAIN aa www.example.org A: SOA ns1...". Sections are set apart by bars.
inline std::string inALine(Bytes bytes) {
    const DnsMessage message = readDns(bytes);
    const DnsHead& head = message.head;
    std::string question = "-";
    if (!message.questions.empty())
        question = message.questions.front().name + " " + dnsTypeName(message.questions.front().type);
    std::string flags;
    for (const auto& [set, name] : {std::pair{head.authoritative(), " aa"},
                                    {head.truncated(), " tc"},
                                    {head.recursionDesired(), " rd"},
                                    {head.recursionAvailable(), " ra"}})
        flags += set ? name : "";
    std::string line = question + (head.response() ? ":" : "?") + flags;
    if (head.response() && message.responseCode != 0)
        line += " code " + std::to_string(message.responseCode);
    DnsSection section = DnsSection::Answer;
    for (const DnsRecord& record : message.records) {
        for (; section < record.section; section = static_cast<DnsSection>(static_cast<int>(section) + 1))
            line += " |";
        line += " " + record.name + " " + std::to_string(record.timeToLive) + " " + dnsTypeName(record.type) +
                (record.data.empty() ? "" : " " + record.data);
    }
    return line;
}

class DnsWorld {
public:
    explicit DnsWorld(Settings server = serverOf({zone("example.org", exampleRecords, true),
                                                  zone("example.net", exampleNetRecords)}),
                      Settings recursive = resolverWith("198.41.0.4"))
        : resolverApplication(network.install(resolver, made("dns-resolver", recursive))) {
        client.nameServersKnown = {*parseIpAddress("10.0.0.53")};
        network.install(root, made("dns-server", serverOf({zone(".", rootRecords)})));
        network.install(org, made("dns-server", serverOf({zone("org", orgRecords)})));
        network.install(net, made("dns-server",
                                  serverOf({zone("net", netRecords), zone("in-addr.arpa", reverseRecords)})));
        network.install(first, made("dns-server", server));
        network.install(second, made("dns-server", server));
    }

    CommandId give(std::string verb, Settings settings, Time after = 0) {
        const CommandId id = ++commands;
        network.command(client, stub, {id, std::move(verb), std::move(settings)}, after);
        return id;
    }
    /// The messages by UDP since the last call: "client: www.example.org A? rd".
    Lines talk() {
        network.run();
        Lines lines;
        for (; told < network.log.size(); ++told)
            lines.push_back(network.log[told].from + ": " + inALine(network.log[told].datagram.payload));
        return lines;
    }
    /// What the client was told at last.
    std::string answer() {
        const Lines lines = talk();
        return lines.empty() ? "" : lines.back();
    }

    FakeNetwork network;
    NetworkHost& client = network.addHost("client", "10.0.0.1");
    NetworkHost& resolver = network.addHost("resolver", "10.0.0.53");
    NetworkHost& root = network.addHost("root", "198.41.0.4");
    NetworkHost& org = network.addHost("org", "199.19.56.1");
    NetworkHost& net = network.addHost("net", "199.19.57.1");
    NetworkHost& first = network.addHost("ns1", "192.0.2.53");
    NetworkHost& second = network.addHost("ns2", "192.0.2.54");
    Application& stub = network.install(client, made("dns-client"));
    Application& resolverApplication;
    std::size_t told = 0;

private:
    CommandId commands = 0;
};

} // namespace wirestage::simulation
