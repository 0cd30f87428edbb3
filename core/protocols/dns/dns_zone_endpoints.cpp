// SPDX-License-Identifier: GPL-3.0-or-later
// Zones read from lines and checked, so that a lesson with an impossible one does not run.
#include "core/protocols/dns/dns_zone_endpoints.h"

#include <algorithm>
#include <charconv>

namespace wirestage::simulation {
namespace {

std::string_view takeWord(std::string_view& rest) {
    constexpr std::string_view blanks = " \t";
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    const std::string_view word = rest.substr(0, rest.find_first_of(blanks));
    rest.remove_prefix(word.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    return word;
}

bool isNumber(std::string_view word, std::uint32_t& number) {
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    return error == std::errc{} && end == word.data() + word.size();
}

/// RFC 2181, 8: of 31 bits.
constexpr std::uint32_t mostTimeToLive = 0x7fffffff;

/// Fills what the data says of the name that it leads to, and the address, as reading a message would.
DnsRecord asRead(DnsRecord record) {
    DnsMessage message;
    message.records.push_back(std::move(record));
    DnsMessage read = readDns(writeDns(message));
    return read.records.empty() ? DnsRecord{} : std::move(read.records.front());
}

std::optional<Text> problemOf(const DnsZone& zone) {
    const std::string origin = foldedName(zone.origin);
    for (const auto& [name, places] : zone.names) {
        const auto count = [&](std::uint16_t type) {
            return std::count_if(places.begin(), places.end(),
                                 [&](std::size_t i) { return zone.records[i].type == type; });
        };
        // RFC 1034, 3.6.2 and RFC 2181, 10.1: a name with a CNAME has nothing else.
        if (count(dnstype::cname) > 0 && places.size() > 1)
            return WS_TR("lesson", "“%1” is an alias (CNAME): it can have no other record").with(name);
        if (count(dnstype::soa) > (name == origin ? 1 : 0))
            return WS_TR("lesson", "a zone has one SOA record, and that at its top, not at “%1”").with(name);
    }
    return std::nullopt;
}

} // namespace

std::variant<DnsRecord, Text> parseZoneRecord(std::string_view line, std::string_view origin,
                                              std::uint32_t timeToLive) {
    std::string_view rest = line;
    DnsRecord record;
    record.recordClass = internetClass;
    record.timeToLive = timeToLive;
    record.name = dns::wholeName(takeWord(rest), origin);
    std::string_view word = takeWord(rest);
    if (isNumber(word, record.timeToLive))
        word = takeWord(rest);
    if (word == "IN")
        word = takeWord(rest);
    if (!dns::isSoundName(record.name) || record.timeToLive > mostTimeToLive || word.empty())
        return WS_TR("lesson", "“%1” is no record as in “www 300 A 192.0.2.10”").with(line);
    const auto type = dnsTypeNamed(word);
    if (!type || *type == dnstype::opt || (*type >= 249 && *type <= dnstype::any))
        return WS_TR("lesson", "“%1”: %2 is no type of record").with(line).with(word);
    auto data = dns::wholeData(*type, rest, origin);
    if (!data)
        return WS_TR("lesson", "“%1”: this is not what %2 holds").with(line).with(dnsTypeName(*type));
    if (!isWithin(foldedName(record.name), foldedName(origin)))
        return WS_TR("lesson", "“%1” does not belong into the zone %2").with(line).with(origin);
    record.type = *type;
    record.data = *std::move(data);
    return asRead(std::move(record));
}

std::variant<DnsZone, Text> parseZone(std::string_view origin, std::span<const std::string> lines,
                                      std::uint32_t timeToLive) {
    DnsZone zone;
    zone.origin = dns::wholeName(origin, ".");
    if (!dns::isSoundName(zone.origin))
        return WS_TR("lesson", "“%1” is no domain name").with(origin);
    for (const std::string& line : lines) {
        if (line.find_first_not_of(" \t") == std::string::npos || line.starts_with(';'))
            continue;
        auto parsed = parseZoneRecord(line, zone.origin, timeToLive);
        if (auto* why = std::get_if<Text>(&parsed))
            return std::move(*why);
        zone.records.push_back(std::get<DnsRecord>(std::move(parsed)));
    }
    std::stable_sort(zone.records.begin(), zone.records.end(), [](const DnsRecord& a, const DnsRecord& b) {
        return a.type == dnstype::soa && b.type != dnstype::soa;
    });
    const std::string top = foldedName(zone.origin);
    if (zone.records.empty() || zone.soa().type != dnstype::soa || foldedName(zone.soa().name) != top)
        return WS_TR("lesson",
                     "the zone %1 needs a record as in “@ 3600 SOA ns1 hostmaster 1 7200 3600 1209600 900”")
            .with(zone.origin);
    for (std::size_t i = 0; i < zone.records.size(); ++i) {
        const std::string name = foldedName(zone.records[i].name);
        zone.names[name].push_back(i);
        for (std::string_view above = name; above != top;) {
            above = parentOf(above);
            zone.names.try_emplace(std::string(above));
        }
    }
    if (auto why = problemOf(zone))
        return *std::move(why);
    return zone;
}

} // namespace wirestage::simulation
