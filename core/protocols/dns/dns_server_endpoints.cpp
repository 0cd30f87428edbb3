// SPDX-License-Identifier: GPL-3.0-or-later
// Answers from zones, and zone transfers.
#include "core/protocols/dns/dns_server_endpoints.h"

namespace wirestage::simulation {
namespace {

constexpr SettingSpec zoneSettings[] = {
    {"name", SettingType::Text, true},
    {"records", SettingType::Words, true},
    {"ttl", SettingType::Number, false, 0, 2147483647}, // of records that have none of their own
    {"transfer", SettingType::Flag},                    // may everybody have the whole zone?
};

constexpr SettingSpec settings[] = {
    {"zones", SettingType::Table, true, 0, 0, zoneSettings},
    {"udp-size", SettingType::Number, false, 512, 65535},
    {"transfer-size", SettingType::Number, false, 512, 65535},
};

std::variant<std::unique_ptr<Application>, Text> make(const Settings& given) {
    // 1232 bytes fit into every packet of IPv6's least MTU; 16 KiB is as far as a name can be pointed to.
    constexpr std::int64_t usualUdpSize = 1232, usualTransferSize = 16384, usualTimeToLive = 3600;
    std::vector<DnsZone> zones;
    for (const Settings& one : given.table("zones")) {
        const auto timeToLive = static_cast<std::uint32_t>(one.number("ttl", usualTimeToLive));
        auto parsed = parseZone(one.text("name"), one.words("records"), timeToLive);
        if (auto* why = std::get_if<Text>(&parsed))
            return std::move(*why);
        zones.push_back(std::get<DnsZone>(std::move(parsed)));
        zones.back().mayBeTransferred = one.flag("transfer");
        for (std::size_t i = 0; i + 1 < zones.size(); ++i)
            if (foldedName(zones[i].origin) == foldedName(zones.back().origin))
                return WS_TR("lesson", "the zone %1 is there twice").with(zones.back().origin);
    }
    return std::make_unique<DnsServer>(
        std::move(zones), static_cast<std::uint16_t>(given.number("udp-size", usualUdpSize)),
        static_cast<std::size_t>(given.number("transfer-size", usualTransferSize)));
}

} // namespace

void DnsServer::datagram(HostServices& host, const IncomingDatagram& in) {
    listener.datagram(host, in,
                      [&](const DnsClient& client, const DnsMessage& query) { answer(host, client, query); });
}

void DnsServer::stream(HostServices& host, const StreamEvent& event) {
    listener.stream(host, event,
                    [&](const DnsClient& client, const DnsMessage& query) { answer(host, client, query); });
}

void DnsServer::answer(HostServices& host, const DnsClient& client, const DnsMessage& query) {
    if (query.questions.front().type == dnstype::axfr)
        return transfer(host, client, query);
    DnsMessage reply = dnsAnswerTo(query);
    answerFromZones(zones, reply);
    listener.reply(host, client, std::move(reply));
}

/// RFC 5936, 2.2: the SOA, everything else, the SOA again, in as many messages as it takes. Each repeats the
/// question, as it may.
void DnsServer::transfer(HostServices& host, const DnsClient& client, const DnsMessage& query) {
    DnsMessage reply = dnsAnswerTo(query);
    const DnsZone* zone = zoneNamed(zones, query.questions.front().name);
    if (!client.stream || !zone || !zone->mayBeTransferred) {
        setCode(reply, !client.stream ? DnsCode::NotImplemented // RFC 5936, 4.2: not defined over UDP
                       : !zone        ? DnsCode::NotAuthoritative
                                      : DnsCode::Refused);
        return listener.reply(host, client, std::move(reply));
    }
    constexpr std::uint16_t authoritative = 0x0400;
    reply.head.flags |= authoritative;
    DnsMessage message = reply;
    constexpr std::size_t afterwards = 11; // an OPT record
    std::vector<DnsRecord> all = zone->records;
    all.push_back(zone->soa());
    std::size_t size = writeDns(message).size();
    for (const DnsRecord& record : all) {
        DnsMessage alone;
        alone.records.push_back(record);
        const std::size_t more = writeDns(alone).size() - DnsHead::size; // compressed it is smaller
        if (!message.records.empty() && size + more + afterwards > mostInTransfer) {
            listener.reply(host, client, std::move(message), false);
            message = reply;
            size = writeDns(message).size();
        }
        message.records.push_back(record);
        size += more;
    }
    listener.reply(host, client, std::move(message));
}

const ApplicationType dnsServerType{"dns-server", settings, {}, make};

} // namespace wirestage::simulation
