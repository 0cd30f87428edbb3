// SPDX-License-Identifier: GPL-3.0-or-later
// Lookups by the host's name servers, and transfers of whole zones.
#include "core/protocols/dns/dns_stub_endpoints.h"

#include <algorithm>

namespace wirestage::simulation {
namespace {

constexpr double usualTimeout = 5, usualTries = 2; // as resolv.conf(5) has them
constexpr std::uint16_t ednsSize = 1232;           // fits into every packet of IPv6's least MTU
constexpr std::uint64_t mostOfZone = 16U << 20;
constexpr Time transferPatience = 30 * second;

constexpr std::string_view types[] = {"A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT", "ANY"};
constexpr SettingSpec lookupSettings[] = {
    {"name", SettingType::Text, true},
    {"type", SettingType::Text, false, 0, 0, {}, types},
    {"server", SettingType::Address},
    {"timeout", SettingType::Duration, false, 0.1, 60},
    {"tries", SettingType::Number, false, 1, 10},
    {"edns", SettingType::Flag},
    {"tcp", SettingType::Flag},
    {"recursion", SettingType::Flag},
};
constexpr SettingSpec reverseSettings[] = {
    {"address", SettingType::Address, true},
    {"server", SettingType::Address},
    {"timeout", SettingType::Duration, false, 0.1, 60},
    {"tries", SettingType::Number, false, 1, 10},
};
constexpr SettingSpec transferSettings[] = {
    {"zone", SettingType::Text, true},
    {"server", SettingType::Address},
};
constexpr VerbSpec verbs[] = {
    {"dns.lookup", lookupSettings},
    {"dns.reverse", reverseSettings},
    {"dns.transfer", transferSettings},
};

std::variant<std::unique_ptr<Application>, Text> make(const Settings&) {
    return std::make_unique<DnsStub>();
}

std::vector<IpAddress> serversFor(const HostServices& host, const Settings& settings) {
    if (const IpAddress one = settings.address("server"); one.version)
        return {one};
    return host.nameServers();
}

} // namespace

void DnsStub::command(HostServices& host, const Command& command) {
    DnsQuestion question;
    question.questionClass = internetClass;
    if (command.verb == "dns.lookup") {
        question.name = dns::wholeName(command.settings.text("name"), ".");
        question.type = dnsTypeNamed(command.settings.text("type", "A")).value_or(dnstype::a);
        lookUp(host, command, std::move(question));
    } else if (command.verb == "dns.reverse") {
        question.name = reverseName(command.settings.address("address"));
        question.type = dnstype::ptr;
        lookUp(host, command, std::move(question));
    } else {
        transfer(host, command);
    }
}

void DnsStub::lookUp(HostServices& host, const Command& command, DnsQuestion question) {
    const Settings& settings = command.settings;
    if (!dns::isSoundName(question.name)) {
        host.noted(ProtocolId::dns, WS_TR("dns", "“%1” is no domain name").with(printable(question.name)));
        return host.finished(command.id, false);
    }
    DnsInquirySetup setup;
    setup.question = std::move(question);
    setup.servers = serversFor(host, settings);
    setup.timeout = fromSeconds(settings.seconds("timeout", usualTimeout));
    setup.rounds = static_cast<unsigned>(settings.number("tries", static_cast<std::int64_t>(usualTries)));
    setup.recursionDesired = settings.flag("recursion", true);
    setup.overTcp = settings.flag("tcp");
    setup.edns = settings.flag("edns") ? ednsSize : std::uint16_t{0};
    setup.machine = machines++;
    if (setup.servers.empty())
        host.noted(ProtocolId::dns, WS_TR("dns", "knows no name server"));
    lookups.push_back({command.id, DnsInquiry(std::move(setup))});
    lookups.back().inquiry.start(host, *this);
    settle(host);
}

/// What has its answer, or nobody left to ask, is over.
void DnsStub::settle(HostServices& host) {
    for (std::size_t i = 0; i < lookups.size();) {
        const DnsInquiry& inquiry = lookups[i].inquiry;
        if (!inquiry.answer() && !inquiry.failed()) {
            ++i;
            continue;
        }
        const CommandId command = lookups[i].command;
        const bool found = inquiry.answer() && codeOf(*inquiry.answer()) == DnsCode::NoError &&
                           holdsAnswer(*inquiry.answer(), inquiry.question());
        if (inquiry.failed())
            host.noted(
                ProtocolId::dns,
                WS_TR("dns", "%1: no name server has helped").with(printable(inquiry.question().name)));
        lookups.erase(lookups.begin() + static_cast<std::ptrdiff_t>(i));
        host.finished(command, found);
    }
}

void DnsStub::datagram(HostServices& host, const IncomingDatagram& in) {
    for (Lookup& one : lookups)
        if (one.inquiry.datagram(host, in))
            break;
    settle(host);
}

void DnsStub::icmp(HostServices& host, const IncomingIcmp& message) {
    for (Lookup& one : lookups)
        if (one.inquiry.icmp(host, message))
            break;
    settle(host);
}

std::optional<Time> DnsStub::deadline() const {
    std::optional<Time> first;
    const auto consider = [&](Time due) { first = std::min(first.value_or(due), due); };
    for (const Lookup& one : lookups)
        if (const auto due = one.inquiry.deadline())
            consider(*due);
    for (const Transfer& one : transfers)
        consider(one.due);
    return first;
}

void DnsStub::wake(HostServices& host) {
    for (Lookup& one : lookups)
        one.inquiry.wake(host);
    settle(host);
    for (std::size_t i = transfers.size(); i-- > 0;)
        if (transfers[i].due <= host.now())
            end(host, i, false);
}

void DnsStub::transfer(HostServices& host, const Command& command) {
    Transfer one;
    one.command = command.id;
    one.zone = dns::wholeName(command.settings.text("zone"), ".");
    const std::vector<IpAddress> servers = serversFor(host, command.settings);
    if (servers.empty() || !dns::isSoundName(one.zone))
        return host.finished(command.id, false);
    one.id = static_cast<std::uint16_t>(host.random(0x10000));
    one.due = host.now() + transferPatience;
    one.connection = host.connect(servers.front(), dnsPort, *this);
    transfers.push_back(std::move(one));
}

void DnsStub::stream(HostServices& host, const StreamEvent& event) {
    const auto found = std::find_if(transfers.begin(), transfers.end(),
                                    [&](const Transfer& one) { return one.connection == event.stream; });
    if (found == transfers.end()) {
        for (Lookup& one : lookups)
            if (one.inquiry.stream(host, event))
                break;
        return settle(host);
    }
    const auto place = static_cast<std::size_t>(found - transfers.begin());
    found->due = host.now() + transferPatience;
    switch (event.type) {
    case StreamEventType::Opened: {
        DnsQuestion question{found->zone, dnstype::axfr, internetClass, false};
        host.send(event.stream, writeDnsForStream(dnsQuery(found->id, std::move(question), false, 0)));
        break;
    }
    case StreamEventType::Data:
        found->bytes += event.data.size();
        found->buffer.append(event.data);
        while (const auto message = found->buffer.next())
            if (const auto result = take(*found, *message))
                return end(host, place, *result);
        if (found->bytes > mostOfZone)
            end(host, place, false);
        break;
    case StreamEventType::Acked:
    case StreamEventType::Accepted: break;
    default: end(host, place, false);
    }
}

/// RFC 5936, 2.2: from the zone's SOA to its SOA again, over as many messages as the server likes; the
/// question stands in the first one at least.
std::optional<bool> DnsStub::take(Transfer& transfer, Bytes bytes) {
    const DnsMessage message = readDns(bytes);
    if (message.malformed != Malformed::No || !message.head.response() || message.head.id != transfer.id)
        return std::nullopt;
    if (codeOf(message) != DnsCode::NoError || message.head.answers == 0)
        return false;
    for (const DnsRecord& record : message.records) {
        if (record.section != DnsSection::Answer)
            continue;
        const bool soa = record.type == dnstype::soa && foldedName(record.name) == foldedName(transfer.zone);
        if (!soa && transfer.starts == 0)
            return false;
        if (soa && ++transfer.starts == 2)
            return true;
    }
    return std::nullopt;
}

void DnsStub::end(HostServices& host, std::size_t place, bool succeeded) {
    const CommandId command = transfers[place].command;
    host.close(transfers[place].connection);
    transfers.erase(transfers.begin() + static_cast<std::ptrdiff_t>(place));
    host.finished(command, succeeded);
}

const ApplicationType dnsStubType{"dns-client", {}, verbs, make};

} // namespace wirestage::simulation
