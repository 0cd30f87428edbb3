// SPDX-License-Identifier: GPL-3.0-or-later
// Zones (RFC 1034, 4.2) as a lesson gives them, a line a record: "www 300 A 192.0.2.10"; and what a server
// that has them answers (RFC 1034, 4.3.2).
#pragma once

#include "core/protocols/dns/dns_talk_endpoints.h"
#include "core/text/text.h"

#include <map>
#include <span>
#include <variant>

namespace wirestage::simulation {

struct DnsZone {
    std::string origin;             ///< whole, as it was written; the root is "."
    std::vector<DnsRecord> records; ///< in the order of the lines, the SOA first
    bool mayBeTransferred = true;
    /// Places in `records` by folded name. A name that only leads to others (RFC 8020, 3) has none.
    std::map<std::string, std::vector<std::size_t>, std::less<>> names;

    [[nodiscard]] const DnsRecord& soa() const { return records.front(); }
};

/// OWNER [TTL] [IN] TYPE DATA. Names without a dot at the end are relative to the origin, "@" is the origin
/// (RFC 1035, 5.1). Text: what is wrong.
std::variant<DnsRecord, Text> parseZoneRecord(std::string_view line, std::string_view origin,
                                              std::uint32_t timeToLive);

/// Empty lines, and those that begin with a semicolon, are left out. Text: why it is no zone.
std::variant<DnsZone, Text> parseZone(std::string_view origin, std::span<const std::string> lines,
                                      std::uint32_t timeToLive);

/// What a server that has these zones says: answers, referrals, or that it is not in charge.
void answerFromZones(std::span<const DnsZone> zones, DnsMessage& answer);

/// The zone of exactly this name, or null.
const DnsZone* zoneNamed(std::span<const DnsZone> zones, std::string_view name);

} // namespace wirestage::simulation
